//! Writing receipts, each change with its event.

use crate::{
    db::{AnyConn, schema::receipts},
    dispatches::receipts::model::Row,
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    on,
    place::Place,
};
use diesel::prelude::*;

/// Rows in one statement: far below what either database takes.
const BATCH: usize = 500;

/// Inserts new receipts. Their events are appended one by one, each where its unit lies: so that the
/// unit's feed and the receipt's history tell of it.
pub fn insert(conn: &mut AnyConn, rows: &[Row]) -> Result<()> {
    for rows in rows.chunks(BATCH) {
        on!(conn, c => diesel::insert_into(receipts::table).values(rows).execute(c))?;
    }
    Ok(())
}

/// Keeps a changed receipt: next version by compare-and-swap, one event.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    before: &Row,
    row: Row,
    reason: Option<&str>,
) -> Result<Row> {
    let read = before.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(receipts::table.find(row.id).filter(receipts::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    append(tx, kind, place, &row, Changes::between(before, &row)?, reason)?;
    Ok(row)
}

/// Appends the event of a receipt.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "receipt",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
