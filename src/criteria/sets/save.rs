//! Writing sets, each change with its event.

use crate::{
    auth::Actor,
    criteria::sets::model::{self, Row},
    db::schema::criteria_sets as sets,
    error::Result,
    events::{Changes, Event, Tx},
    http::version,
    place::Place,
};
use diesel::prelude::*;
use serde_json::{Value, json};

/// Inserts a set, and tells of it at its owner.
pub fn insert(tx: &mut Tx, owner: Option<&Place>, row: &Row) -> Result<()> {
    diesel::insert_into(sets::table).values(row).execute(tx.conn)?;
    append(tx, "criteria_set.created", owner, row, Changes::new_record(&told(row)?)?)
}

/// Keeps a changed set: next version by compare-and-swap, one event.
pub fn update(tx: &mut Tx, actor: &Actor, kind: &'static str, before: &Row, row: Row) -> Result<Row> {
    let read = before.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let changed =
        diesel::update(sets::table.find(row.id).filter(sets::version.eq(read))).set(&row).execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let changes = Changes::between(&told(before)?, &told(&row)?)?;
    // Whoever writes a set acts at its owner.
    append(tx, kind, actor.unit.as_ref(), &row, changes)?;
    Ok(row)
}

/// A set as the log tells it.
fn told(row: &Row) -> Result<Value> {
    let lists = |text: &str| model::json(text);
    Ok(json!({
        "code": row.code, "revision": row.revision, "name": row.name, "unit_id": row.unit_id, "level": row.level,
        "kind": row.kind, "achievement": row.achievement, "legal_basis": row.legal_basis,
        "document_id": row.document_id, "first_year": row.first_year, "last_year": row.last_year, "note": row.note,
        "groups": lists(&row.groups)?, "unit_groups": lists(&row.unit_groups)?,
        "conditions": lists(&row.conditions)?, "criteria": lists(&row.criteria)?,
        "requires_id": row.requires_id, "replaces_id": row.replaces_id, "status": row.status,
        "effective_on": row.effective_on, "replaced_on": row.replaced_on,
    }))
}

fn append(tx: &mut Tx, kind: &'static str, place: Option<&Place>, row: &Row, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "criteria_set",
        subject_id: row.id,
        subject_version: row.version,
        place,
        changes,
        reason: None,
    })
}
