//! Writing lines: every change keeps its version, and is told in the history of the registration.

use crate::{
    db::schema::{registration_line_versions as versions, registration_lines as lines},
    error::{Error, Result},
    events::{Changes, Tx},
    http::version,
    registrations::{lines::model::Line, model::Placed, save},
};
use diesel::prelude::*;
use serde_json::{Value, json};

/// Inserts a new line; its event is the caller's.
pub fn insert(tx: &mut Tx, line: &Line) -> Result<()> {
    diesel::insert_into(lines::table).values(line).execute(tx.conn)?;
    keep_version(tx, line)
}

/// Keeps a changed line: next version by compare-and-swap; its event is the caller's.
pub fn update(tx: &mut Tx, before: &Line, line: Line) -> Result<Line> {
    let read = before.version;
    let line = Line { version: read + 1, updated_at: tx.at, ..line };
    let changed = diesel::update(lines::table.find(line.id).filter(lines::version.eq(read)))
        .set(&line)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    keep_version(tx, &line)?;
    Ok(line)
}

fn keep_version(tx: &mut Tx, line: &Line) -> Result<()> {
    let content = serde_json::to_string(&line.content()?).map_err(Error::internal)?;
    diesel::insert_into(versions::table)
        .values((
            versions::line_id.eq(line.id),
            versions::version.eq(line.version),
            versions::root_id.eq(line.root_id),
            versions::registration_id.eq(line.registration_id),
            versions::took_effect_at.eq(tx.at.millis()),
            versions::class.eq(line.class),
            versions::accepted.eq(line.accepted_at.is_some()),
            versions::deleted.eq(line.deleted_at.is_some()),
            versions::content.eq(content),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Tells of lines that came, changed or went, in the history of their registration.
pub fn tell(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    (before, after): (Option<&Line>, Option<&Line>),
    reason: Option<&str>,
) -> Result<()> {
    let changes = Changes::none().and("line", told(before)?, told(after)?);
    save::append(tx, kind, &placed.place, &placed.row, changes, reason)
}

/// A line as the log tells it.
pub fn told(line: Option<&Line>) -> Result<Value> {
    let Some(line) = line else { return Ok(Value::Null) };
    let mut said = line.content()?;
    if let Some(members) = said.as_object_mut() {
        members.insert("id".into(), json!(line.id));
    }
    Ok(said)
}
