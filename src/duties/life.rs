//! Pausing, resuming and closing recurring duties.

use crate::{
    auth::Actor,
    documents::rules::refuse_classified,
    duties::{
        model::Row,
        save,
        workflow::{DutyStatus, Step},
    },
    error::{Code, Error, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
};

/// Moves a duty to its next state. What was due during a pause is not made up for.
pub fn step(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    step: Step,
    reason: &str,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected)?;
    let Some(status) = step.leads(before.row.status) else {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    };
    refuse_classified(None, &[("/reason", Some(reason))])?;
    let mut row = Row { status, ..before.row.clone() };
    if status == DutyStatus::Active {
        row.active_since = tx.at.day();
    }
    let duty = save::update(tx, step.event(), &before, row, Some(reason))?;
    Answer::changed(duty.version, &duty)
}
