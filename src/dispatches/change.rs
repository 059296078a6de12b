//! Changing the deadlines and the note of a dispatch.

use crate::{
    auth::Actor,
    db::lock_row,
    dispatches::{
        model::{self, DeadlineRow, Row},
        save,
        wire::DispatchPatch,
    },
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
};

/// Sets other deadlines, with a reason, or another note; what changes nothing leaves nothing. The old
/// deadlines stay with the days on which they held.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &DispatchPatch,
) -> Result<Answer> {
    lock_row(tx.conn, "dispatches", &id.to_string())?;
    let before = model::find(tx.conn, actor, id)?;
    let sender = units::load(tx.conn, before.unit_id)?.place();
    actor.may_at(Action::DispatchChange, Site::of(&sender))?;
    expected.check(before.version)?;
    let note = patch.note.clone().map(|text| text.0).over(before.note.clone());
    refuse_classified(None, &[("/note", note.as_deref()), ("/reason", patch.reason.as_deref())])?;
    let old = model::in_force(tx.conn, id)?;
    let set = patched(&old, patch);
    let moved = set.days() != old.days();
    if moved {
        check(&old, &set, patch, tx)?;
    }
    let row = Row { note, ..before.clone() };
    let row = if moved || row != before {
        if moved {
            save::set_deadlines(tx, &old, &DeadlineRow { n: old.n + 1, set_at: tx.at, ..set.clone() })?;
        }
        let more = Changes::between(&old, &set)?;
        save::update(tx, "dispatch.changed", &sender, &before, row, more, patch.reason.as_deref())?
    } else {
        before
    };
    let dispatch = model::wire_one(tx.conn, actor, row, tx.at.day())?;
    Answer::changed(dispatch.version, &dispatch)
}

fn patched(old: &DeadlineRow, patch: &DispatchPatch) -> DeadlineRow {
    DeadlineRow {
        receipt_due_on: patch.receipt_due_on.clone().map(|day| day.0).over(old.receipt_due_on),
        study_due_on: patch.study_due_on.clone().map(|day| day.0).over(old.study_due_on),
        programme_due_on: patch.programme_due_on.clone().map(|day| day.0).over(old.programme_due_on),
        ..old.clone()
    }
}

fn check(old: &DeadlineRow, set: &DeadlineRow, patch: &DispatchPatch, tx: &Tx) -> Result<()> {
    let mut faults = set.days().faults(old.days(), tx.at.day());
    if patch.reason.is_none() {
        faults.push(Fault::at("/reason", Code::ReasonRequired));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}
