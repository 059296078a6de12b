//! Recording that a decision withdrew a recognition.

use crate::{
    auth::Actor,
    criteria::{
        recognitions::model::{self, Row},
        wire::CriteriaRecognitionWithdrawal,
    },
    db::{lock_row, schema::criteria_recognitions as recognitions},
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{
        Answer,
        version::{self, IfMatch},
    },
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
};
use diesel::prelude::*;

/// Ends a recognition on a day; it stays readable.
pub fn withdraw(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    said: &CriteriaRecognitionWithdrawal,
) -> Result<Answer> {
    lock_row(tx.conn, "criteria_recognitions", &id.to_string())?;
    let before = model::find(tx.conn, actor, id)?;
    let place = units::load(tx.conn, before.unit_id)?.place();
    actor.may_at(Action::CriteriaRecognise, Site::of(&place))?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    if before.withdrawn_on.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Ended));
    }
    refuse_classified(
        None,
        &[("/reason", Some(&*said.reason)), ("/decision_text", said.decision_text.as_deref())],
    )?;
    let on = said.withdrawn_on.map_or(tx.at.day(), |day| day.0);
    let mut faults = Vec::new();
    if on > tx.at.day() {
        faults.push(Fault::at("/withdrawn_on", Code::InFuture));
    } else if on < before.recognised_on {
        faults.push(Fault::at("/withdrawn_on", Code::OutOfOrder).with("last", before.recognised_on));
    }
    if said.decision_text.is_none() && said.document_id.is_none() {
        faults.push(Fault::at("/decision_text", Code::MayNotBeEmpty));
    }
    faults.extend(documents::document_fault(tx.conn, actor, said.document_id)?);
    refuse(faults)?;
    let row = Row {
        withdrawn_on: Some(on),
        withdrawal_reason: Some(said.reason.0.clone()),
        withdrawal_text: said.decision_text.as_deref().map(str::to_owned),
        withdrawal_document_id: said.document_id,
        version: before.version + 1,
        updated_at: tx.at,
        ..before.clone()
    };
    let changed =
        diesel::update(recognitions::table.find(id).filter(recognitions::version.eq(before.version)))
            .set(&row)
            .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(row.version, before.version));
    }
    tx.append(Event {
        kind: "criteria_recognition.withdrawn",
        subject_type: "criteria_recognition",
        subject_id: id,
        subject_version: row.version,
        place: Some(&place),
        changes: Changes::between(&before, &row)?,
        reason: Some(&*said.reason),
    })?;
    let shown = model::wire_one(tx.conn, actor, row)?;
    Answer::changed(shown.version, &shown)
}
