//! Changing, closing and cancelling rounds.

use crate::{
    auth::Actor,
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
    registrations::{
        rounds::{
            create::quota_faults,
            model::{self, Row, RuleRow},
            rules, save,
        },
        wire::RegistrationRoundPatch,
        workflow::RegistrationRoundState::{self, Cancelled, Closed},
    },
};

/// A round found for writing: seen, locked, allowed, and of the version the caller read.
fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>) -> Result<(Row, Place)> {
    lock_row(tx.conn, "registration_rounds", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    let place = units::load(tx.conn, row.unit_id)?.place();
    actor.may_at(Action::RoundManage, Site::of(&place))?;
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    Ok((row, place))
}

/// Sets another title, last day or quotas; what changes nothing leaves nothing. Past days stay judged by
/// what was in force then.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &RegistrationRoundPatch,
) -> Result<Answer> {
    let (before, place) = open(tx, actor, id, Some(expected))?;
    refuse_in(&before, tx, &[Closed, Cancelled])?;
    let title = patch.title.0.as_ref().map(|title| title.0.clone());
    refuse_classified(None, &[("/title", title.as_deref()), ("/reason", patch.reason.as_deref())])?;
    let old = model::rules(tx.conn, id)?.now()?.clone();
    let new = checked(tx, &before, &old, patch)?;
    let row = Row { title: title.unwrap_or_else(|| before.title.clone()), ..before.clone() };
    let ruled = (new.closes_on, &new.quotas) != (old.closes_on, &old.quotas);
    let row = if ruled || row != before {
        let rule = ruled.then_some((&old, RuleRow { n: old.n + 1, set_at: tx.at, ..new }));
        let reason = patch.reason.as_deref();
        save::update(tx, "registration_round.changed", &place, &before, row, rule, reason)?
    } else {
        before
    };
    answer(tx, actor, row)
}

/// The rules after a patch, once everything in it is right.
fn checked(tx: &mut Tx, row: &Row, old: &RuleRow, patch: &RegistrationRoundPatch) -> Result<RuleRow> {
    let mut faults = Vec::new();
    let mut new = old.clone();
    if let Some(day) = patch.closes_on.0.filter(|day| day.0 != old.closes_on) {
        faults.extend(rules::day_faults(row.opens_on, day.0, tx.at.day()));
        if patch.reason.is_none() {
            faults.push(Fault::at("/reason", Code::ReasonRequired));
        }
        new.closes_on = day.0;
    }
    if let Some(quotas) = &patch.quotas.0 {
        faults.extend(quota_faults(tx.conn, &quotas.0)?);
        new.quotas = serde_json::to_string(&quotas.0).map_err(Error::internal)?;
    }
    if faults.is_empty() { Ok(new) } else { Err(Error::faults(faults)) }
}

/// Ends a round: nobody registers anew; what was handed in is still answered.
pub fn close(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    reason: Option<&str>,
) -> Result<Answer> {
    let (before, place) = open(tx, actor, id, expected)?;
    refuse_in(&before, tx, &[Closed, Cancelled])?;
    let reason = reason.filter(|text| !text.is_empty());
    refuse_classified(None, &[("/reason", reason)])?;
    let row = Row { closed_at: Some(tx.at), ended_reason: reason.map(str::to_owned), ..before.clone() };
    let row = save::update(tx, "registration_round.closed", &place, &before, row, None, reason)?;
    answer(tx, actor, row)
}

/// Takes a round back: nothing moves in it any more. Tasks made of it stay.
pub fn cancel(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    reason: &str,
) -> Result<Answer> {
    let (before, place) = open(tx, actor, id, expected)?;
    refuse_in(&before, tx, &[Cancelled])?;
    refuse_classified(None, &[("/reason", Some(reason))])?;
    let row = Row { cancelled_at: Some(tx.at), ended_reason: Some(reason.to_owned()), ..before.clone() };
    let row = save::update(tx, "registration_round.cancelled", &place, &before, row, None, Some(reason))?;
    answer(tx, actor, row)
}

fn refuse_in(row: &Row, tx: &Tx, states: &[RegistrationRoundState]) -> Result<()> {
    let state = row.state(tx.at.day());
    if states.contains(&state) { Err(Error::new(Code::InvalidState).with("status", state)) } else { Ok(()) }
}

fn answer(tx: &mut Tx, actor: &Actor, row: Row) -> Result<Answer> {
    let round = model::wire_one(tx.conn, actor, row, tx.at.day())?;
    Answer::changed(round.version, &round)
}
