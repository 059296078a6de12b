//! Writing answers, each change with its event.

use crate::{
    db::schema::reconfirmations,
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    place::Place,
    reconfirmations::model::Row,
};
use diesel::prelude::*;

/// Inserts an answer with its event, at the unit that owns the record.
pub fn insert(tx: &mut Tx, owner: &Place, row: &Row) -> Result<()> {
    diesel::insert_into(reconfirmations::table).values(row).execute(tx.conn)?;
    append(tx, "reconfirmation.given", owner, row, Changes::new_record(row)?)
}

/// Keeps another answer: next version by compare-and-swap, one event.
pub fn update(tx: &mut Tx, owner: &Place, before: &Row, row: Row) -> Result<Row> {
    let read = before.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let found = reconfirmations::table.find(row.id).filter(reconfirmations::version.eq(read));
    if diesel::update(found).set(&row).execute(tx.conn)? != 1 {
        return Err(version::stale(read + 1, read));
    }
    append(tx, "reconfirmation.changed", owner, &row, Changes::between(before, &row)?)?;
    Ok(row)
}

fn append(tx: &mut Tx, kind: &'static str, owner: &Place, row: &Row, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "reconfirmation",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(owner),
        changes,
        reason: row.note.as_deref(),
    })
}
