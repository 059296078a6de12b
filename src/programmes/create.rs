//! Beginning programmes.

use crate::{
    auth::Actor,
    db::schema::programmes,
    documents::{
        relations,
        rules::{self, refuse_classified},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content, fields::Few},
    ids::Id,
    org_units::model as units,
    policy::{Action, Site},
    programmes::{
        model::{self, Placed, Row},
        parents, save,
        wire::{ProgrammeCreate, ProgrammeType},
        workflow::ProgrammeStatus,
    },
};
use diesel::prelude::*;

/// Begins a programme of the own unit: a draft.
pub fn create(tx: &mut Tx, actor: &Actor, new: &ProgrammeCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx, actor, new)? {
        return Ok(answer);
    }
    let unit = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    actor.may_at(Action::ProgrammeDraft, Site::of(&unit.place()))?;
    refuse_classified(
        None,
        &[("/title", Some(&*new.title)), ("/drafting_body", new.drafting_body.as_deref())],
    )?;
    let list = new.parents.as_ref().map_or(&[][..], |parents| &parents.0);
    relations::lock(tx.conn, None, list)?;
    let said = rules::Said { id: None, issuer: &unit, issued_on: None, term_id: new.term_id, parents: list };
    let mut faults = rules::faults(tx, actor, &said)?;
    faults.extend(parents::faults(list));
    if !unit.is_open(tx.at.day()) {
        faults.push(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::ClosedUnit));
    }
    rules::refuse(faults)?;
    let row = row(tx, actor, &unit, new);
    diesel::insert_into(programmes::table).values(&row).execute(tx.conn)?;
    parents::put(tx.conn, (row.id, row.root_id), &[], list)?;
    let placed = Placed { row, place: unit.place(), unit: unit.reference() };
    let programme = model::wire_one(tx.conn, actor, &placed)?;
    save::append(tx, "programme.created", &placed, Changes::new_record(&programme)?, None)?;
    Answer::created(format!("/api/v1/programmes/{}", programme.id), programme.version, &programme)
}

fn row(tx: &Tx, actor: &Actor, unit: &units::Row, new: &ProgrammeCreate) -> Row {
    Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        unit_id: unit.id,
        title: new.title.0.clone(),
        doc_type: new.doc_type.unwrap_or(ProgrammeType::Programme),
        term_id: new.term_id,
        year: new.year.map(|year| year.small()),
        drafting_body: new.drafting_body.as_deref().map(str::to_owned),
        status: ProgrammeStatus::Draft,
        revision: 1,
        round: 0,
        submitted_by: None,
        submitted_for: None,
        document_id: None,
        first_issued_on: None,
        created_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    }
}

fn already_there(tx: &mut Tx, actor: &Actor, new: &ProgrammeCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = programmes::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let programme = model::show(tx.conn, actor, id).map_err(|_| conflict())?;
    let parents = new.parents.as_ref().map(|parents| Few(relations::in_order(&parents.0)));
    if !same_content(&ProgrammeCreate { parents, ..new.clone() }, &programme)? {
        return Err(conflict());
    }
    Answer::changed(programme.version, &programme).map(Some)
}
