//! Writing dispatches, each change with its event.

use crate::{
    db::schema::{dispatch_deadlines as deadlines, dispatches},
    dispatches::{
        model::{DeadlineRow, Row},
        receipts::{self, save as keep},
        wire::SentTo,
    },
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    org_units::model as units,
    place::Place,
};
use diesel::prelude::*;
use serde_json::Value;

/// Inserts a dispatch with its receipts: one event for the dispatch, at the sending unit, and one for
/// each receipt, where its unit lies.
pub fn insert(
    tx: &mut Tx,
    sender: &Place,
    row: &Row,
    set: &DeadlineRow,
    to: &[units::Row],
) -> Result<Vec<SentTo>> {
    diesel::insert_into(dispatches::table).values(row).execute(tx.conn)?;
    diesel::insert_into(deadlines::table).values(set).execute(tx.conn)?;
    let changes =
        Changes::new_record(row)?.joined(Changes::new_record(set)?).and("units", Value::Null, to.len());
    append(tx, "dispatch.sent", sender, row, changes, None)?;
    let new: Vec<receipts::model::Row> = to.iter().map(|unit| receipt(tx, row, unit)).collect();
    keep::insert(tx.conn, &new)?;
    let mut sent = Vec::new();
    for (unit, receipt) in to.iter().zip(&new) {
        keep::append(tx, "receipt.sent", &unit.place(), receipt, Changes::new_record(receipt)?, None)?;
        sent.push(SentTo { receipt_id: receipt.id, unit: unit.reference() });
    }
    Ok(sent)
}

fn receipt(tx: &Tx, row: &Row, unit: &units::Row) -> receipts::model::Row {
    receipts::model::Row {
        id: Id::new(),
        root_id: row.root_id,
        dispatch_id: row.id,
        document_id: row.document_id,
        unit_id: unit.id,
        seen_at: None,
        seen_by: None,
        received_at: None,
        received_by: None,
        assigned_at: None,
        assigned_by: None,
        assigned_unit_id: None,
        assigned_to: None,
        exempt_at: None,
        exempt_by: None,
        exempt_reason: None,
        recalled_at: None,
        recalled_by: None,
        recall_reason: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    }
}

/// Keeps a changed dispatch: next version by compare-and-swap, one event.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    before: &Row,
    row: Row,
    more: Changes,
    reason: Option<&str>,
) -> Result<Row> {
    let read = before.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(dispatches::table.find(row.id).filter(dispatches::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    append(tx, kind, place, &row, Changes::between(before, &row)?.joined(more), reason)?;
    Ok(row)
}

/// Puts deadlines in the place of those in force.
pub fn set_deadlines(tx: &mut Tx, before: &DeadlineRow, set: &DeadlineRow) -> Result<()> {
    diesel::update(deadlines::table.find((before.dispatch_id, before.n)))
        .set(deadlines::until_at.eq(tx.at))
        .execute(tx.conn)?;
    diesel::insert_into(deadlines::table).values(set).execute(tx.conn)?;
    Ok(())
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "dispatch",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
