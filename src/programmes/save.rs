//! Writing programmes: the functions through which every change of a programme goes.

use crate::{
    auth::Actor,
    db::{lock_row, schema::programmes},
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    policy::Action,
    programmes::{
        model::{self, Placed, Row},
        wire::Programme,
        workflow::is_open_to_drafting,
    },
};
use diesel::prelude::*;

/// A programme found for writing: inside the territory, locked, allowed, and of the version the caller read.
pub fn open(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    action: Action,
    expected: Option<&IfMatch>,
) -> Result<Placed> {
    lock_row(tx.conn, "programmes", &id.to_string())?;
    let placed = model::find(tx.conn, actor, id)?;
    actor.may_at(action, placed.site())?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    Ok(placed)
}

/// The same for who drafts, while there is something to draft.
pub fn open_draft(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>) -> Result<Placed> {
    let placed = open(tx, actor, id, Action::ProgrammeDraft, expected)?;
    if !is_open_to_drafting(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    Ok(placed)
}

/// Keeps a changed programme: next version by compare-and-swap. Its event is the caller's.
pub fn put(tx: &mut Tx, before: &Placed, mut row: Row) -> Result<Placed> {
    let read = before.row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    let changed = diesel::update(programmes::table.find(row.id).filter(programmes::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    if row.unit_id == before.row.unit_id {
        return Ok(Placed { row, ..before.clone() });
    }
    model::placed(tx.conn, row)
}

/// Keeps a changed programme with its one event, which also tells `more`.
pub fn update(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static str,
    before: &Placed,
    row: Row,
    more: Changes,
    reason: Option<&str>,
) -> Result<Programme> {
    let old = model::wire_one(tx.conn, actor, before)?;
    let after = put(tx, before, row)?;
    let new = model::wire_one(tx.conn, actor, &after)?;
    append(tx, kind, &after, Changes::between(&old, &new)?.joined(more), reason)?;
    Ok(new)
}

/// Appends an event about a programme.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "programme",
        subject_id: placed.row.id,
        subject_version: placed.row.version,
        place: Some(&placed.place),
        changes,
        reason,
    })
}
