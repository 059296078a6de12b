//! A unit above verifies what a unit says of itself, or returns it.

use crate::{
    auth::Actor,
    criteria::{
        assessments::{
            model::{self, Row},
            save,
        },
        wire::{CriteriaAssessmentReturn, CriteriaAssessmentVerification},
    },
    db::lock_row,
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result},
    events::Tx,
    http::Answer,
    ids::Id,
    measures::CriterionEntryKind,
    org_units::model::{self as units, Row as Unit},
    place::Place,
    policy::{self, Action, Site},
};

/// From today on it counts: the day of the verification, so that no past figure moves.
pub fn verify(tx: &mut Tx, actor: &Actor, id: Id, said: &CriteriaAssessmentVerification) -> Result<Answer> {
    let (claim, unit) = open(tx, actor, id)?;
    refuse_classified(None, &[("/evidence", said.evidence.as_deref())])?;
    let evidence = said.evidence.as_deref().map(str::to_owned);
    let row = Row { kind: CriterionEntryKind::Verified, evidence, ..answer(tx, actor, &claim)? };
    keep(tx, actor, &unit, row)
}

/// It is not taken so, for a reason; the unit may say it anew.
pub fn return_(tx: &mut Tx, actor: &Actor, id: Id, said: &CriteriaAssessmentReturn) -> Result<Answer> {
    let (claim, unit) = open(tx, actor, id)?;
    refuse_classified(None, &[("/reason", Some(&*said.reason))])?;
    let row = returned(tx, actor, &claim, &said.reason)?;
    keep(tx, actor, &unit, row)
}

/// Returns what came with a report that is returned: who may return the report may return all of it.
pub fn return_of(tx: &mut Tx, actor: &Actor, submission: Id, place: &Place, reason: &str) -> Result<()> {
    for claim in model::unanswered(tx.conn, submission)? {
        let row = returned(tx, actor, &claim, reason)?;
        save::insert(tx, place, &row)?;
    }
    Ok(())
}

fn returned(tx: &Tx, actor: &Actor, claim: &Row, reason: &str) -> Result<Row> {
    Ok(Row {
        kind: CriterionEntryKind::Returned,
        stated: None,
        value: None,
        reason: Some(reason.to_owned()),
        ..answer(tx, actor, claim)?
    })
}

/// A self-assessment that waits, found by who may answer it: the last word on its criterion, and not the
/// own one.
fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, Unit)> {
    let claim = model::find(tx.conn, actor, id)?;
    lock_row(tx.conn, "org_units", &claim.unit_id.to_string())?;
    let unit = units::load(tx.conn, claim.unit_id)?;
    actor.may_at(Action::CriteriaVerify, Site::of(&unit.place()))?;
    let refused = |status: Phrase| Err(Error::new(Code::InvalidState).with("status", status));
    if claim.kind != CriterionEntryKind::SelfAssessed {
        return Err(Error::new(Code::InvalidState).with("status", claim.kind));
    }
    let last = model::about(tx.conn, claim.set_id, claim.unit_id, &claim.criterion)?.pop();
    if last.is_some_and(|last| last.id != claim.id) {
        return refused(Phrase::Superseded);
    }
    if !unit.is_open(tx.at.day()) {
        return refused(Phrase::ClosedUnit);
    }
    if actor.is_same_hand(claim.recorded_by, claim.recorded_for) {
        return Err(Error::new(Code::OwnWork));
    }
    Ok((claim, unit))
}

fn answer(tx: &Tx, actor: &Actor, claim: &Row) -> Result<Row> {
    let by = actor.unit.as_ref().ok_or_else(|| policy::refused(Action::CriteriaVerify))?;
    Ok(Row {
        id: Id::new(),
        n: claim.n + 1,
        assessed_on: tx.at.day(),
        links: "[]".into(),
        answers_id: Some(claim.id),
        by_unit_id: by.id,
        recorded_by: actor.user,
        recorded_for: actor.on_behalf_of,
        created_at: tx.at,
        ..claim.clone()
    })
}

fn keep(tx: &mut Tx, actor: &Actor, unit: &Unit, row: Row) -> Result<Answer> {
    save::insert(tx, &unit.place(), &row)?;
    let shown = model::wire_one(tx.conn, actor, row)?;
    Answer::added(format!("/api/v1/criteria-assessments/{}", shown.id), &shown)
}
