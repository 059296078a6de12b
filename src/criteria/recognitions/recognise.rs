//! Recording that a decision recognised a unit.

use crate::{
    auth::Actor,
    criteria::{
        assessments::assess::unit_fault,
        recognitions::model::{self, Row},
        sets::model::{self as sets, Row as Set},
        wire::CriteriaRecognitionCreate,
    },
    db::{AnyConn, lock_row, schema::criteria_recognitions as recognitions},
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model::{self as units, Row as Unit},
    policy::{self, Action, Site},
};
use diesel::prelude::*;

/// Recognises a unit under a set. It follows from the decision alone: what is met is for the board to say.
pub fn recognise(tx: &mut Tx, actor: &Actor, new: &CriteriaRecognitionCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, new)? {
        return Ok(answer);
    }
    let unit = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    actor.may_at(Action::CriteriaRecognise, Site::of(&unit.place()))?;
    let by = actor.unit.as_ref().ok_or_else(|| policy::refused(Action::CriteriaRecognise))?.id;
    refuse_classified(None, &[("/decision_text", new.decision_text.as_deref())])?;
    lock_row(tx.conn, "org_units", &unit.id.to_string())?;
    let unit = units::load(tx.conn, unit.id)?;
    let set = sets::referenced(tx.conn, actor, new.set_id, "/set_id")?;
    let before = of_unit(tx.conn, set.id, unit.id)?;
    let faults = faults(tx, actor, (&set, &unit), new, &before)?;
    refuse(faults)?;
    if before.iter().any(|row| row.withdrawn_on.is_none()) {
        return Err(Error::new(Code::AlreadyExists).with("what", Phrase::RecognitionInForce));
    }
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        set_id: set.id,
        unit_id: unit.id,
        by_unit_id: by,
        recognised_on: new.recognised_on.0,
        decision_text: new.decision_text.as_deref().map(str::to_owned),
        document_id: new.document_id,
        withdrawn_on: None,
        withdrawal_reason: None,
        withdrawal_text: None,
        withdrawal_document_id: None,
        recorded_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    diesel::insert_into(recognitions::table).values(&row).execute(tx.conn)?;
    tx.append(Event {
        kind: "criteria_recognition.recorded",
        subject_type: "criteria_recognition",
        subject_id: row.id,
        subject_version: 1,
        place: Some(&unit.place()),
        changes: Changes::new_record(&row)?,
        reason: None,
    })?;
    let shown = model::wire_one(tx.conn, actor, row)?;
    Answer::created(format!("/api/v1/criteria-recognitions/{}", shown.id), shown.version, &shown)
}

fn of_unit(conn: &mut AnyConn, set: Id, unit: Id) -> Result<Vec<Row>> {
    let rows = recognitions::table.filter(recognitions::set_id.eq(set).and(recognitions::unit_id.eq(unit)));
    Ok(rows.order(recognitions::id).select(Row::as_select()).load(conn)?)
}

fn faults(
    tx: &mut Tx,
    actor: &Actor,
    (set, unit): (&Set, &Unit),
    new: &CriteriaRecognitionCreate,
    before: &[Row],
) -> Result<Vec<Fault>> {
    let on = new.recognised_on.0;
    let mut faults = Vec::new();
    // The decision may come when another version holds already: the unit was judged by this one.
    if !set.began_by(on) {
        faults.push(sets::not_in_force());
    }
    faults.extend(unit_fault(set, unit, on));
    if on > tx.at.day() {
        faults.push(Fault::at("/recognised_on", Code::InFuture));
    } else if let Some(last) =
        before.iter().filter_map(|row| row.withdrawn_on).max().filter(|last| on < *last)
    {
        faults.push(Fault::at("/recognised_on", Code::OutOfOrder).with("last", last));
    }
    if new.decision_text.is_none() && new.document_id.is_none() {
        faults.push(Fault::at("/decision_text", Code::MayNotBeEmpty));
    }
    faults.extend(documents::document_fault(tx.conn, actor, new.document_id)?);
    Ok(faults)
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    new: &CriteriaRecognitionCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = recognitions::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let shown = model::wire_one(conn, actor, row)?;
    if !same_content(new, &shown)? {
        return Err(conflict());
    }
    Answer::changed(shown.version, &shown).map(Some)
}
