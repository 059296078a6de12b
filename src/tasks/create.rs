//! Registering and assigning tasks.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::tasks},
    documents,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content, fields::Few},
    ids::Id,
    measures::Status,
    org_units::{self, model as units},
    policy::{Action, Site},
    tasks::{
        links,
        model::{self, Lens, Placed, Row},
        save::{self, Origin},
        weight,
        wire::{Task, TaskCreate},
    },
    text,
};
use diesel::prelude::*;

/// Creates a task: a unit's own registration, or what a superior gives it (accepted from the start).
pub fn create(tx: &mut Tx, actor: &Actor, new: &TaskCreate) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx, actor, id, new)?
    {
        return Ok(answer);
    }
    let (placed, kind) = draft(tx, actor, new)?;
    let task =
        save::insert(tx, actor, kind, &placed, &Origin { parents: new.parents(), ..Origin::default() })?;
    Answer::created(address(task.id), task.version, &task)
}

/// Where a task is found.
pub fn address(id: Id) -> String {
    format!("/api/v1/tasks/{id}")
}

/// The row of a new task and what the log calls its coming, with every rule checked.
pub fn draft(tx: &mut Tx, actor: &Actor, new: &TaskCreate) -> Result<(Placed, &'static str)> {
    let lead = units::referenced(tx.conn, actor, new.unit_id, "/unit_id")?;
    let place = lead.place();
    let own = actor.unit.as_ref().is_some_and(|unit| unit.id == lead.id);
    actor.may_at(if own { Action::TaskRegister } else { Action::TaskAssign }, Site::of(&place))?;
    check(tx, actor, &lead, new)?;
    let status = if own { Status::Registered } else { Status::Accepted };
    let kind = if own { "task.registered" } else { "task.assigned" };
    Ok((Placed { row: row(tx, actor, &lead, new, status), place, unit: lead.reference() }, kind))
}

/// The answer when the id is taken: the same task again, or a conflict that says nothing.
pub fn already_there(tx: &mut Tx, actor: &Actor, id: Id, new: &TaskCreate) -> Result<Option<Answer>> {
    let taken: i64 = tasks::table.find(id).count().get_result(tx.conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let placed = model::find(tx.conn, actor, id).map_err(|_| conflict())?;
    let task = Lens::new(tx.conn, actor, tx.at.day())?.wire_one(tx.conn, &placed)?;
    let parents = new.parents.as_ref().map(|parents| Few(links::in_order(&parents.0)));
    if !same_content(&TaskCreate { parents, ..new.clone() }, &as_born(&task))? {
        return Err(conflict());
    }
    Answer::changed(task.version, &task).map(Some)
}

/// The task with the due date it was created with: an extension since does not make it another task.
fn as_born(task: &Task) -> Task {
    Task { due_on: task.original_due_on, ..task.clone() }
}

/// Every rule of a new task's fields, all faults at once.
pub fn check(tx: &mut Tx, actor: &Actor, lead: &units::Row, new: &TaskCreate) -> Result<()> {
    documents::rules::refuse_classified(
        None,
        &[
            ("/title", Some(&*new.title)),
            ("/description", new.description.as_deref()),
            ("/expected_product", new.expected_product.as_deref()),
        ],
    )?;
    let faults = faults(tx, actor, lead, new)?;
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// What is wrong with a new task's days and with what it names.
pub fn faults(tx: &mut Tx, actor: &Actor, lead: &units::Row, new: &TaskCreate) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    if !lead.is_open(tx.at.day()) {
        faults.push(Fault::at("/unit_id", Code::NotPermittedHere).with("why", Phrase::ClosedUnit));
    }
    if let (Some(start), Some(due)) = (new.start_on, new.due_on)
        && due < start
    {
        faults.push(Fault::at("/due_on", Code::DueBeforeStart));
    }
    faults.extend(assigner_fault(tx.conn, actor, lead, new.assigner_unit_id)?);
    faults.extend(links::faults(tx.conn, actor, lead.root_id, new.id, new.parents())?);
    if let Some(document) = new.document_id
        && documents::model::seen(tx.conn, actor, vec![document])?.is_empty()
    {
        faults.push(Fault::at("/document_id", Code::UnknownReference));
    }
    Ok(faults)
}

/// A unit judges its own work only when nobody stands above it; never does a unit below judge.
fn assigner_fault(
    conn: &mut AnyConn,
    actor: &Actor,
    lead: &units::Row,
    assigner: Option<Id>,
) -> Result<Option<Fault>> {
    let Some(id) = assigner else { return Ok(None) };
    let fault = |why: Phrase| Some(Fault::at("/assigner_unit_id", Code::NotPermittedHere).with("why", why));
    let Ok(unit) = units::find(conn, actor, id) else {
        return Ok(Some(Fault::at("/assigner_unit_id", Code::UnknownReference)));
    };
    Ok(if unit.id == lead.id && lead.parent_id.is_some() {
        fault(Phrase::OwnWork)
    } else if lead.place().is_above(&unit.place()) {
        fault(Phrase::BelowLead)
    } else if unit.root_id != lead.root_id {
        fault(Phrase::AnotherTree)
    } else {
        None
    })
}

/// The row of a new task.
pub fn row(tx: &Tx, actor: &Actor, lead: &org_units::model::Row, new: &TaskCreate, status: Status) -> Row {
    let due = new.due_on.map(|day| day.0);
    let own = |text: &str| text.to_owned();
    let row = Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: lead.root_id,
        code: new.code.as_deref().map(own),
        title: new.title.0.clone(),
        description: new.description.as_deref().map(own),
        unit_id: lead.id,
        assigner_unit_id: new.assigner_unit_id.or(lead.parent_id).unwrap_or(lead.id),
        class: new.class,
        field: new.field.as_deref().map(own),
        weight_milli: new.weight.unwrap_or(weight::ONE).0,
        start_on: new.start_on.map(|day| day.0),
        due_on: due,
        original_due_on: due,
        judged_due_on: due,
        document_id: new.document_id,
        lead_individual: new.lead_individual.as_deref().map(own),
        expected_product: new.expected_product.as_deref().map(own),
        status,
        progress: 0,
        result: None,
        submitted_on: None,
        submitted_by: actor.user,
        completed_on: None,
        last_reported_on: None,
        search_text: String::new(),
        imported: tx.is_import(),
        changed_at: tx.at,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
        submitted_for: actor.on_behalf_of,
    };
    Row { search_text: search_text(&row), ..row }
}

/// The folded words a task is found by.
pub fn search_text(row: &Row) -> String {
    text::fold_all([
        Some(&*row.title),
        row.code.as_deref(),
        row.description.as_deref(),
        row.expected_product.as_deref(),
    ])
}
