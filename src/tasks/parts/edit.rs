//! Changing parts and taking them away, until they are accepted.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    error::{Code, Error, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    policy::Action,
    tasks::{
        milestones::within,
        parts::model::{self, Open, PartRow},
        wire::{PartPatch, PartStatus},
        workflow::is_open,
    },
};

/// Changes a part. What changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    path: (Id, Id),
    expected: &IfMatch,
    patch: PartPatch,
) -> Result<Answer> {
    let Open { placed, part: before, .. } = open(tx, actor, path, expected)?;
    refuse_classified(None, &[("/description", patch.description.value().map(|text| &*text.0))])?;
    if let Some(fault) = patch.due_on.value().and_then(|day| within(&placed.row, day.0)) {
        return Err(fault.into());
    }
    let row = PartRow {
        description: patch.description.map(|text| text.0).over(before.description.clone()),
        due_on: patch.due_on.map(|day| day.0).over(before.due_on),
        ..before.clone()
    };
    if row == before {
        return Answer::changed(before.version, &model::wire_one(tx.conn, before)?);
    }
    let part = model::update(tx, "task.part_changed", &placed, before, row, Changes::none(), None)?;
    Answer::changed(part.version, &part)
}

/// Takes a part away; the task's history keeps it, and the unit sees the task no longer.
pub fn remove(tx: &mut Tx, actor: &Actor, path: (Id, Id), expected: &IfMatch) -> Result<Answer> {
    let Open { placed, part: before, .. } = open(tx, actor, path, expected)?;
    let row = PartRow { deleted_at: Some(tx.at), ..before.clone() };
    model::update(tx, "task.part_removed", &placed, before, row, Changes::none(), None)?;
    Ok(Answer::nothing())
}

/// A part that the actor may edit now.
fn open(tx: &mut Tx, actor: &Actor, path: (Id, Id), expected: &IfMatch) -> Result<Open> {
    let open = model::open(tx, actor, path)?;
    actor.may_at(Action::PartManage, open.placed.site())?;
    expected.check(open.part.version)?;
    let invalid = || Error::new(Code::InvalidState);
    if !is_open(open.placed.row.status) {
        return Err(invalid().with("status", open.placed.row.status));
    }
    // What was accepted is on record.
    if open.part.status == PartStatus::Accepted {
        return Err(invalid().with("status", open.part.status));
    }
    Ok(open)
}
