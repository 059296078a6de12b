//! Planning the study of a document.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::disseminations},
    disseminations::{
        model::{self, Placed, PlanRow, Row},
        rules::{self, PlanWave},
        save,
        wire::{Dissemination, DisseminationCreate},
    },
    documents::{
        model as documents,
        rules::{refuse, refuse_classified},
        save::listed,
        wire::DocumentStatus,
    },
    error::{Code, Error, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    policy::{self, Action, Site},
};
use diesel::prelude::*;

/// Plans a unit's study of a document: once for each document and unit.
pub fn create(tx: &mut Tx, actor: &Actor, document: Id, new: &DisseminationCreate) -> Result<Answer> {
    documents::find(tx.conn, actor, document)?;
    if let Some(answer) = already_there(tx.conn, actor, document, new)? {
        return Ok(answer);
    }
    actor.may(Action::DisseminationRecord)?;
    let unit = unit(tx, actor, new)?;
    // No unit closes meanwhile, and nobody else plans for it: first the tree, then the document.
    lock_row(tx.conn, "org_units", &unit.root_id.to_string())?;
    lock_row(tx.conn, "documents", &document.to_string())?;
    if !documents::find(tx.conn, actor, document)?.issued() {
        return Err(Error::new(Code::InvalidState).with("status", DocumentStatus::Draft));
    }
    check(tx, actor, new)?;
    let taken = disseminations::table.filter(disseminations::document_id.eq(document));
    let taken = taken.filter(disseminations::unit_id.eq(unit.id));
    if diesel::select(diesel::dsl::exists(taken)).get_result(tx.conn)? {
        return Err(Error::new(Code::AlreadyExists).with("what", Phrase::Dissemination));
    }
    let (row, plan) = rows(tx, actor, document, &unit, new)?;
    let dissemination = save::insert(tx, actor, &row, &plan)?.wire(actor);
    Answer::created(address(dissemination.id), dissemination.version, &dissemination)
}

/// Where a dissemination is found.
pub fn address(id: Id) -> String {
    format!("/api/v1/disseminations/{id}")
}

fn unit(tx: &mut Tx, actor: &Actor, new: &DisseminationCreate) -> Result<units::Row> {
    let own = actor.unit.as_ref().map(|unit| unit.id);
    let unit = match new.unit_id {
        Some(named) => units::referenced(tx.conn, actor, named, "/unit_id")?,
        None => units::load(tx.conn, own.ok_or_else(|| policy::refused(Action::DisseminationRecord))?)?,
    };
    actor.may_at(Action::DisseminationRecord, Site::of(&unit.place()))?;
    Ok(unit)
}

fn check(tx: &mut Tx, actor: &Actor, new: &DisseminationCreate) -> Result<()> {
    refuse_classified(None, &[("/title", new.title.as_deref()), ("/note", new.note.as_deref())])?;
    if let Some(plan) = new.plan_document_id {
        documents::referenced(tx.conn, actor, plan, "/plan_document_id")?;
    }
    refuse(rules::wave_faults(new.waves.as_ref().map_or(&[], |few| &few.0)))
}

fn planned(new: &DisseminationCreate) -> Vec<PlanWave> {
    rules::waves(new.waves.as_ref().map_or(&[], |few| &few.0))
}

fn rows(
    tx: &Tx,
    actor: &Actor,
    document: Id,
    unit: &units::Row,
    new: &DisseminationCreate,
) -> Result<(Row, PlanRow)> {
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: unit.root_id,
        document_id: document,
        unit_id: unit.id,
        title: new.title.as_deref().map(str::to_owned),
        note: new.note.as_deref().map(str::to_owned),
        plan_document_id: new.plan_document_id,
        plan_n: 1,
        started_on: None,
        completed_on: None,
        verified_on: None,
        completed_by: None,
        completed_for: None,
        created_by: actor.user,
        created_for: actor.on_behalf_of,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        ended_at: None,
    };
    let plan = PlanRow {
        dissemination_id: row.id,
        n: 1,
        root_id: row.root_id,
        set_on: tx.at.day(),
        due_on: new.due_on.map(|day| day.0),
        waves: listed(&planned(new))?,
    };
    Ok((row, plan))
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    document: Id,
    new: &DisseminationCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = disseminations::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let found = model::find(conn, actor, id).map_err(|_| conflict())?;
    let wired = found.wire(actor);
    if found.row.document_id != document || !same(new, &found, &wired)? {
        return Err(conflict());
    }
    Answer::changed(wired.version, &wired).map(Some)
}

/// Waves are shown with more than a request says of them: they are compared as plans.
fn same(new: &DisseminationCreate, found: &Placed, wired: &Dissemination) -> Result<bool> {
    let rest = DisseminationCreate { waves: None, ..new.clone() };
    Ok(planned(new) == found.waves && same_content(&rest, wired)?)
}
