//! Accepted lines become tasks, each once.

use crate::{
    auth::Actor,
    error::{Code, Error, Phrase, Result},
    events::Tx,
    http::fields::{Day, Line as Text, Prose},
    ids::Id,
    measures::Status,
    org_units::model as units,
    registrations::{
        lines::{
            model::{self as lines, Line},
            save as keep,
        },
        model::Placed,
        rounds::model::Row as Round,
    },
    tasks::{
        create, links, milestones,
        model::{Placed as PlacedTask, Row as Task},
        save::{self, Origin},
        weight::Weight,
        wire::{SourceKind, TaskCreate, TaskSource},
    },
};

/// Makes a task of each line that is none yet, with its milestones, and marks the lines as accepted. Gives
/// the ids of the tasks just made. Events: one for each task and each milestone.
pub fn make(tx: &mut Tx, actor: &Actor, placed: &Placed) -> Result<Vec<Id>> {
    let rows = lines::of(tx.conn, placed.row.id)?;
    let there = lines::made(tx.conn, &rows)?;
    let mut made = Vec::new();
    for line in rows.iter().filter(|line| line.accepted_at.is_none()) {
        if !there.contains_key(&line.id) {
            made.push(one(tx, actor, placed, line)?);
        }
        keep::update(tx, line, Line { accepted_at: Some(tx.at), ..line.clone() })?;
    }
    Ok(made)
}

fn one(tx: &mut Tx, actor: &Actor, placed: &Placed, line: &Line) -> Result<Id> {
    let lead = units::load(tx.conn, line.lead_unit_id)?;
    if !lead.is_open(tx.at.day()) {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::ClosedUnit));
    }
    let new = task(line, &placed.round);
    let row = create::row(tx, actor, &lead, &new, Status::Accepted);
    // The unit registered it; who accepts here never handed it in.
    let (submitted_by, submitted_for) = (placed.row.submitted_by, placed.row.submitted_for);
    let row = Task { submitted_by, submitted_for, ..row };
    let new = PlacedTask { row, place: lead.place(), unit: lead.reference() };
    let parents = links::still_there(tx.conn, actor, placed.round.document_id, &line.items()?)?;
    let source = Some(TaskSource { kind: SourceKind::RegistrationLine, id: line.id });
    let origin = Origin { parents: &parents, duty: None, source };
    let task = save::insert(tx, actor, "task.assigned", &new, &origin)?;
    milestones::of_roadmap(tx, actor, task.id, line.roadmap()?)?;
    Ok(task.id)
}

/// The task a line becomes.
fn task(line: &Line, round: &Round) -> TaskCreate {
    TaskCreate {
        id: None,
        code: None,
        title: Text(line.title.clone()),
        description: line.description.clone().map(Prose),
        unit_id: line.lead_unit_id,
        assigner_unit_id: Some(round.unit_id),
        class: line.class,
        field: line.field.clone().map(Text),
        weight: Some(Weight(line.weight_milli)),
        start_on: line.start_on.map(Day),
        due_on: line.due_on.map(Day),
        document_id: Some(round.document_id),
        lead_individual: line.lead_individual.clone().map(Text),
        expected_product: line.expected_product.clone().map(Text),
        parents: None,
    }
}
