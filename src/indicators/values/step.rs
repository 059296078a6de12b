//! Approving and returning values.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    indicators::values::{
        model::{self, Placed, Row},
        save,
        workflow::{ValueCommand, ValueStatus},
    },
    policy,
};

/// Does a step on a value that is not the caller's own work.
pub fn step(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    command: ValueCommand,
    expected: Option<&IfMatch>,
    reason: Option<&str>,
) -> Result<Answer> {
    lock_row(tx.conn, "indicator_values", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    let placed = model::placed(tx.conn, row)?;
    if !placed.permits(actor, command) {
        return Err(policy::refused(command.action()));
    }
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    refuse_classified(None, &[("/reason", reason)])?;
    let before = placed.row.clone();
    let row = judged(tx, actor, &placed, command)?;
    let row = save::update(tx, &before, row, command, reason)?;
    save::append(tx, command, &placed.place, Some(&before), &row, reason)?;
    let shown = model::show(tx.conn, actor, row)?;
    Answer::changed(shown.version, &shown)
}

/// What a value becomes by a judgement, once it may be judged by this person.
pub fn judged(tx: &Tx, actor: &Actor, placed: &Placed, command: ValueCommand) -> Result<Row> {
    let before = &placed.row;
    let status = command.leads(before.status);
    let status = status.ok_or_else(|| Error::new(Code::InvalidState).with("status", before.status))?;
    if command.judges() && actor.is_same_hand(before.entered_by, before.entered_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let approved = status == ValueStatus::Approved;
    Ok(Row {
        status,
        approved_unit_id: actor.unit.as_ref().filter(|_| approved).map(|unit| unit.id),
        approved_at: approved.then_some(tx.at),
        ..before.clone()
    })
}
