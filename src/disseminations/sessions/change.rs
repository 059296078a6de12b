//! Correcting and deleting sessions, while their wave is not complete.

use crate::{
    auth::Actor,
    db::schema::dissemination_sessions as sessions,
    disseminations::{
        model::Placed,
        rules, save,
        sessions::{
            create::check,
            model::{self, SessionRow},
        },
        wire::DisseminationSessionPatch,
        workflow::Step,
    },
    documents::save::listed,
    error::Result,
    events::Tx,
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
};
use diesel::prelude::*;

/// Corrects a session; what changes nothing leaves nothing. Past days keep what they knew.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &DisseminationSessionPatch,
) -> Result<Answer> {
    let (placed, before) = open(tx, actor, id, expected)?;
    let row = patched(&before, patch)?;
    if row == before {
        return Answer::changed(before.version, &before.wire()?);
    }
    check(tx, &placed, &row)?;
    let row = keep(tx, row)?;
    model::note(tx, &placed, id, Some(&row))?;
    let (old, new) = (before.wire()?, row.wire()?);
    save::record(tx, actor, "dissemination.session_changed", &placed, ("session", Some(&old), Some(&new)))?;
    Answer::changed(new.version, &new)
}

/// Deletes a session; the history keeps it, and so do the figures of past days.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let (placed, before) = open(tx, actor, id, expected)?;
    keep(tx, SessionRow { deleted_at: Some(tx.at), ..before.clone() })?;
    model::note(tx, &placed, id, None)?;
    let old = before.wire()?;
    save::record(tx, actor, "dissemination.session_deleted", &placed, ("session", Some(&old), None))?;
    Ok(Answer::nothing())
}

/// A session found for writing, with its dissemination, which is locked.
fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<(Placed, SessionRow)> {
    let seen = model::find(tx.conn, actor, id)?;
    let step = Step::Session(seen.audience);
    let placed = save::find(tx, actor, seen.dissemination_id, step)?;
    let row = model::find(tx.conn, actor, id)?;
    expected.check(row.version)?;
    save::may_now(&placed, step)?;
    Ok((placed, row))
}

fn patched(old: &SessionRow, patch: &DisseminationSessionPatch) -> Result<SessionRow> {
    let old = old.clone();
    let patch = patch.clone();
    let rapporteurs = patch.rapporteurs.0.map(|few| listed(&rules::rapporteurs(&few.0))).transpose()?;
    let attendance = patch.attendance.0.map(|few| listed(&rules::attendance(&few.0))).transpose()?;
    Ok(SessionRow {
        form: patch.form.0.unwrap_or(old.form),
        held_on: patch.held_on.0.map_or(old.held_on, |day| day.0),
        place: patch.place.map(|text| text.0).over(old.place),
        rapporteurs: rapporteurs.unwrap_or(old.rapporteurs),
        key_points: patch.key_points.map(|text| text.0).over(old.key_points),
        local_link: patch.local_link.map(|text| text.0).over(old.local_link),
        public_concerns: patch.public_concerns.map(|text| text.0).over(old.public_concerns),
        attendance: attendance.unwrap_or(old.attendance),
        ..old
    })
}

/// Next version by compare-and-swap.
fn keep(tx: &mut Tx, row: SessionRow) -> Result<SessionRow> {
    let read = row.version;
    let row = SessionRow { version: read + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(sessions::table.find(row.id).filter(sessions::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(row) } else { Err(version::stale(read + 1, read)) }
}
