//! Answers of owners, and other answers later.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::reconfirmations},
    documents::{model as papers, rules::refuse_classified},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
    reconfirmations::{
        causes,
        model::{self, Row},
        records::{Among, Record, Subject},
        save, touched,
        wire::{ReconfirmationCreate, ReconfirmationPatch},
        workflow::ReconfirmationOutcome,
    },
};
use diesel::prelude::*;

/// Records the answer of an owner to a document that touches its record.
pub fn create(tx: &mut Tx, actor: &Actor, new: &ReconfirmationCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    papers::referenced(tx.conn, actor, new.document_id, "/document_id")?;
    let unknown = || Error::field("/subject/id", Code::UnknownReference);
    let record = model::record(tx.conn, actor, new.subject)?.ok_or_else(unknown)?;
    let owner = units::load(tx.conn, record.unit_id)?.place();
    actor.may_at(Action::ReconfirmationGive, Site::of(&owner))?;
    check(new.outcome, new.note.as_deref())?;
    // One answer at a time, to a document that is not taken back meanwhile.
    lock_row(tx.conn, "documents", &new.document_id.to_string())?;
    let paper = papers::referenced(tx.conn, actor, new.document_id, "/document_id")?;
    if let Some(row) = model::answer(tx.conn, paper.id, new.subject)? {
        return given(tx.conn, actor, row, new);
    }
    if !asks(tx.conn, &paper, &record)? {
        let fault = Fault::at("/subject/id", Code::NotPermittedHere);
        return Err(fault.with("why", Phrase::NotAsked).into());
    }
    let row = row(tx, actor, paper.root_id, new);
    save::insert(tx, &owner, &row)?;
    let (said, version) = model::wire_one(tx.conn, actor, row)?;
    let path = format!("/api/v1/reconfirmations/{}", said.id.unwrap_or(new.document_id));
    Answer::created(path, version, &said)
}

fn row(tx: &Tx, actor: &Actor, root_id: Id, new: &ReconfirmationCreate) -> Row {
    Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id,
        document_id: new.document_id,
        subject_kind: new.subject.kind,
        subject_id: new.subject.id,
        outcome: new.outcome,
        note: new.note.as_deref().map(str::to_owned),
        answered_by: actor.user,
        answered_at: tx.at,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    }
}

/// True while an issued document touches a record.
fn asks(conn: &mut AnyConn, paper: &papers::Row, record: &Record) -> Result<bool> {
    let cause = causes::of(conn, paper)?;
    if !cause.issued {
        return Ok(false);
    }
    let among = Among { unit: Some(record.unit_id), kind: Some(record.subject.kind), ..Among::default() };
    Ok(touched::by(conn, &[cause], &among)?.records.contains_key(&record.subject))
}

fn check(outcome: ReconfirmationOutcome, note: Option<&str>) -> Result<()> {
    refuse_classified(None, &[("/note", note)])?;
    if outcome.needs_note() && note.is_none() {
        return Err(Error::field("/note", Code::ReasonRequired));
    }
    Ok(())
}

fn says(row: &Row, new: &ReconfirmationCreate) -> bool {
    let asked: (Id, Subject) = (new.document_id, new.subject);
    (row.document_id, row.subject()) == asked
        && row.outcome == new.outcome
        && row.note.as_deref() == new.note.as_deref()
}

/// The same answer again is no other; another one goes by the address of the first.
fn given(conn: &mut AnyConn, actor: &Actor, row: Row, new: &ReconfirmationCreate) -> Result<Answer> {
    if new.id.is_some() || !says(&row, new) {
        let what = Said::from(Phrase::Reconfirmation).and(row.id);
        return Err(Error::new(Code::AlreadyExists).with("what", what));
    }
    let (said, version) = model::wire_one(conn, actor, row)?;
    Answer::changed(version, &said)
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    new: &ReconfirmationCreate,
) -> Result<Option<Answer>> {
    let taken: i64 = reconfirmations::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    if !says(&row, new) {
        return Err(conflict());
    }
    let (said, version) = model::wire_one(conn, actor, row)?;
    Answer::changed(version, &said).map(Some)
}

/// Gives another answer; what changes nothing leaves nothing. Of a record that is done with it stays.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &ReconfirmationPatch,
) -> Result<Answer> {
    lock_row(tx.conn, "reconfirmations", &id.to_string())?;
    let before = model::find(tx.conn, actor, id)?;
    let record = model::record(tx.conn, actor, before.subject())?.ok_or_else(Error::not_found)?;
    let owner = units::load(tx.conn, record.unit_id)?.place();
    actor.may_at(Action::ReconfirmationGive, Site::of(&owner))?;
    expected.check(before.version)?;
    if !record.open {
        return Err(Error::new(Code::InvalidState).with("status", record.status));
    }
    let outcome = patch.outcome.0.unwrap_or(before.outcome);
    let note = patch.note.clone().map(|note| note.0).over(before.note.clone());
    check(outcome, note.as_deref())?;
    let row = if (outcome, &note) == (before.outcome, &before.note) {
        before
    } else {
        let (answered_by, answered_at) = (actor.user, tx.at);
        let after = Row { outcome, note, answered_by, answered_at, ..before.clone() };
        save::update(tx, &owner, &before, after)?
    };
    let (said, version) = model::wire_one(tx.conn, actor, row)?;
    Answer::changed(version, &said)
}
