//! Writing recurring duties: the functions through which every change of a duty goes.

use crate::{
    auth::Actor,
    db::{lock_row, schema::recurring_duties as duties},
    duties::{
        model::{self, Placed, Row},
        wire::RecurringDuty,
        workflow::DutyStatus,
    },
    error::Result,
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A duty found for writing: inside the territory, locked, allowed, and of the version the caller read.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>) -> Result<Placed> {
    lock_row(tx.conn, "recurring_duties", &id.to_string())?;
    let placed = model::find(tx.conn, actor, id)?;
    actor.may_at(placed.row.action(), placed.site())?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    Ok(placed)
}

/// The day the next task is made, given those already made.
pub fn next_on(row: &Row, today: NaiveDate, made: &HashMap<String, Id>) -> Option<NaiveDate> {
    let active = row.status == DutyStatus::Active && row.deleted_at.is_none();
    let next = row.schedule().open_on(today).find(|one| !made.contains_key(&one.period));
    next.filter(|_| active).map(|one| one.start_on)
}

/// Inserts a new duty with its event.
pub fn insert(tx: &mut Tx, placed: &Placed) -> Result<RecurringDuty> {
    diesel::insert_into(duties::table).values(&placed.row).execute(tx.conn)?;
    let duty = placed.wire();
    append(tx, "duty.created", placed, Changes::new_record(&duty)?, None)?;
    Ok(duty)
}

/// Keeps a changed duty: next version by compare-and-swap, when it comes next, one event.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    before: &Placed,
    mut row: Row,
    reason: Option<&str>,
) -> Result<RecurringDuty> {
    let read = before.row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    row.next_on = next_on(&row, tx.at.day(), &model::made(tx.conn, row.id)?);
    let changed = diesel::update(duties::table.find(row.id).filter(duties::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let after = model::placed(tx.conn, row)?;
    let duty = after.wire();
    append(tx, kind, &after, Changes::between(&before.wire(), &duty)?, reason)?;
    Ok(duty)
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "duty",
        subject_id: placed.row.id,
        subject_version: placed.row.version,
        place: Some(&placed.place),
        changes,
        reason,
    })
}
