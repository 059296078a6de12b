//! A unit says of itself, or a unit above says what it found.

use crate::{
    auth::Actor,
    criteria::{
        assessments::{
            model::{self, Row},
            save,
        },
        sets::model::{self as sets, Row as Set},
        wire::{CriteriaAssessmentCreate, Criterion},
    },
    db::{AnyConn, lock_row, schema::criteria_assessments as said},
    documents::rules::{refuse, refuse_classified},
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    measures::{CriterionEntry, CriterionEntryKind, CriterionFact, CriterionStatus},
    org_units::model::{self as units, Row as Unit},
    policy::{self, Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Records what is said of a unit and a criterion: of the own unit it is a self-assessment, of one below
/// a finding, which counts as verified.
pub fn assess(tx: &mut Tx, actor: &Actor, new: &CriteriaAssessmentCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, new)? {
        return Ok(answer);
    }
    let own = actor.unit.as_ref().ok_or_else(|| policy::refused(Action::CriteriaAssess))?;
    let unit = units::referenced(tx.conn, actor, new.unit_id.unwrap_or(own.id), "/unit_id")?;
    let kind =
        if unit.id == own.id { CriterionEntryKind::SelfAssessed } else { CriterionEntryKind::Verified };
    let action = match kind {
        CriterionEntryKind::Verified => Action::CriteriaVerify,
        _ => Action::CriteriaAssess,
    };
    actor.may_at(action, Site::of(&unit.place()))?;
    refuse_classified(None, &[("/reason", new.reason.as_deref()), ("/evidence", new.evidence.as_deref())])?;
    // One says after the other; and nothing is said while the unit closes.
    lock_row(tx.conn, "org_units", &unit.id.to_string())?;
    let unit = units::load(tx.conn, unit.id)?;
    let set = sets::referenced(tx.conn, actor, new.set_id, "/set_id")?;
    let before = model::about(tx.conn, set.id, unit.id, &new.criterion)?;
    refuse(faults((&set, &unit), new, &before, tx.at.day())?)?;
    refuse_own_claim(actor, kind, before.last())?;
    let row = row(tx, actor, (unit.root_id, own.id, unit.id), new, (kind, &before))?;
    save::insert(tx, &unit.place(), &row)?;
    let shown = model::wire_one(tx.conn, actor, row)?;
    Answer::added(format!("/api/v1/criteria-assessments/{}", shown.id), &shown)
}

/// Nobody settles what the same person said for the unit, whatever post they act in.
fn refuse_own_claim(actor: &Actor, kind: CriterionEntryKind, last: Option<&Row>) -> Result<()> {
    let open = last.filter(|row| row.kind == CriterionEntryKind::SelfAssessed);
    let own = open.is_some_and(|row| actor.is_same_hand(row.recorded_by, row.recorded_for));
    if own && kind == CriterionEntryKind::Verified { Err(Error::new(Code::OwnWork)) } else { Ok(()) }
}

/// Records what a unit says of itself with a report. What is wrong with it was told before, by [`faults`].
pub fn claim(
    tx: &mut Tx,
    actor: &Actor,
    unit: &Unit,
    new: &CriteriaAssessmentCreate,
    (submission, before): (Id, &[Row]),
) -> Result<()> {
    actor.may_at(Action::CriteriaAssess, Site::of(&unit.place()))?;
    let kind = CriterionEntryKind::SelfAssessed;
    let row = row(tx, actor, (unit.root_id, unit.id, unit.id), new, (kind, before))?;
    save::insert(tx, &unit.place(), &Row { submission_id: Some(submission), ..row })
}

/// All that is wrong with what is said of a unit on a day; `before`: what was said until then.
pub fn faults(
    (set, unit): (&Set, &Unit),
    new: &CriteriaAssessmentCreate,
    before: &[Row],
    today: NaiveDate,
) -> Result<Vec<Fault>> {
    let on = new.assessed_on.map_or(today, |day| day.0);
    let mut faults = Vec::new();
    if !set.holds_on(on) {
        faults.push(sets::not_in_force());
    }
    faults.extend(unit_fault(set, unit, on));
    faults.extend(criterion_fault(&set.content()?.criteria, "/criterion", &new.criterion));
    if new.value.is_some() && !takes_value(&set.content()?.criteria, &new.criterion) {
        faults.push(Fault::at("/value", Code::NotPermittedHere).with("why", Phrase::NoThreshold));
    }
    if on > today {
        faults.push(Fault::at("/assessed_on", Code::InFuture));
    } else if let Some(last) = before.last().map(|row| row.assessed_on).filter(|last| on < *last) {
        faults.push(Fault::at("/assessed_on", Code::OutOfOrder).with("last", last));
    }
    let entries: Vec<CriterionEntry> = before.iter().map(Row::entry).collect();
    let met = CriterionFact::on(&entries, NaiveDate::MAX).verified == Some(CriterionStatus::Met);
    if met && new.status.after(true) == CriterionStatus::Lost && new.reason.is_none() {
        faults.push(Fault::at("/reason", Code::ReasonRequired));
    }
    let links = new.links.as_ref().map_or(&[][..], |links| &links.0);
    for (i, _) in links.iter().enumerate().filter(|(_, link)| !link.starts_with("https://")) {
        faults.push(Fault::at(format!("/links/{i}"), Code::NotPermittedHere).with("why", Phrase::Https));
    }
    Ok(faults)
}

/// Whether a criterion asks for a number.
pub fn takes_value(criteria: &[Criterion], code: &str) -> bool {
    let of = criteria.iter().filter(|criterion| &*criterion.code == code);
    let mut asked = of.flat_map(|criterion| &criterion.sub_criteria.0).flat_map(|part| &part.thresholds.0);
    asked.any(|threshold| threshold.value.is_some())
}

/// The fault of a unit that the set does not judge, or that does not exist on the day.
pub fn unit_fault(set: &Set, unit: &Unit, on: NaiveDate) -> Option<Fault> {
    let why = if !set.judges(&unit.level, &unit.kind) {
        Phrase::NotJudgedByIt
    } else if !unit.is_open(on) {
        Phrase::ClosedUnit
    } else if unit.valid_from.is_some_and(|from| on < from) {
        Phrase::NotYetOpen
    } else {
        return None;
    };
    Some(Fault::at("/unit_id", Code::NotPermittedHere).with("why", why))
}

/// The fault of a code that is none of the set's.
pub fn criterion_fault(criteria: &[Criterion], pointer: &str, code: &str) -> Option<Fault> {
    let known: Vec<&str> = criteria.iter().map(|criterion| &*criterion.code).collect();
    let fault = || Fault::at(pointer, Code::UnknownValue).with("accepted", known.join(", "));
    (!known.contains(&code)).then(fault)
}

fn row(
    tx: &Tx,
    actor: &Actor,
    (root, by, unit): (Id, Id, Id),
    new: &CriteriaAssessmentCreate,
    (kind, before): (CriterionEntryKind, &[Row]),
) -> Result<Row> {
    let links = new.links.as_ref().map_or(&[][..], |links| &links.0);
    Ok(Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: root,
        set_id: new.set_id,
        unit_id: unit,
        criterion: new.criterion.0.clone(),
        n: before.last().map_or(0, |row| row.n) + 1,
        kind,
        stated: Some(new.status),
        assessed_on: new.assessed_on.map_or(tx.at.day(), |day| day.0),
        reason: new.reason.as_deref().map(str::to_owned),
        evidence: new.evidence.as_deref().map(str::to_owned),
        links: sets::text(&links)?,
        answers_id: None,
        by_unit_id: by,
        recorded_by: actor.user,
        recorded_for: actor.on_behalf_of,
        created_at: tx.at,
        value: new.value.map(|amount| amount.0),
        submission_id: None,
    })
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    new: &CriteriaAssessmentCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = said::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let shown = model::wire_one(conn, actor, row)?;
    if !same_content(new, &shown)? {
        return Err(conflict());
    }
    Answer::ok(&shown).map(Some)
}
