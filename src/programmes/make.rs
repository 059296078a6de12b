//! Making tasks of items: one for each, once, whoever issues how often.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{org_units, programme_items as items},
    },
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::fields::{Day, Line, Prose},
    ids::Id,
    measures::Status,
    org_units::model as units,
    programmes::{
        items::model::{self as item, Row},
        model::Placed,
        wire::IssuedTask,
    },
    tasks::{
        create, links, milestones,
        model::Placed as PlacedTask,
        of_source, parts,
        save::{self as keep, Origin},
        wire::{ParentKind, PartCreate, RoadmapStep, SourceKind, TaskCreate, TaskParent, TaskSource},
    },
};
use diesel::prelude::*;
use std::collections::HashMap;

/// Most characters of a task's title; the whole text stands in its description then.
const TITLE: usize = 500;

/// Refuses an issue when somebody who is to lead is there no longer.
pub fn check(tx: &mut Tx, programme: &Placed) -> Result<()> {
    let rows = item::of(tx.conn, programme.row.id)?;
    let leads = load(tx.conn, rows.iter().map(|row| row.lead_unit_id).collect())?;
    let (today, mut faults) = (tx.at.day(), Vec::new());
    for (i, row) in rows.iter().enumerate() {
        if !leads.get(&row.lead_unit_id).is_some_and(|unit| unit.is_open(today)) {
            let fault = Fault::at(format!("/items/{i}/lead_unit_id"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::ClosedUnit));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// Makes the tasks that are not there yet; gives all, in the order of the items.
pub fn tasks(tx: &mut Tx, actor: &Actor, programme: &Placed, document: Id) -> Result<Vec<IssuedTask>> {
    let rows = item::of(tx.conn, programme.row.id)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let leads = load(tx.conn, rows.iter().map(|row| row.lead_unit_id).collect())?;
    let there = of_source::made(tx.conn, SourceKind::ProgrammeItem, &ids)?;
    let served = item::served(tx.conn, &ids)?;
    for row in rows.iter().filter(|row| !there.contains_key(&row.id)) {
        let lead = leads.get(&row.lead_unit_id).ok_or_else(|| Error::internal("an item without its unit"))?;
        let serves = served.get(&row.id).map_or(&[][..], Vec::as_slice);
        let parents = links::still_there(tx.conn, actor, document, serves)?;
        task(tx, actor, programme, row, lead, &parents)?;
    }
    made(tx.conn, programme.row.id)
}

/// The tasks of the items of a programme, in their order.
pub fn made(conn: &mut AnyConn, programme: Id) -> Result<Vec<IssuedTask>> {
    let rows = item::of(conn, programme)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let made = of_source::made(conn, SourceKind::ProgrammeItem, &ids)?;
    let one = |item_id: Id| Some(IssuedTask { item_id, task_id: *made.get(&item_id)? });
    Ok(ids.into_iter().filter_map(one).collect())
}

/// The tasks of all items there ever were, by item.
pub fn made_ever(conn: &mut AnyConn, programme: Id) -> Result<HashMap<Id, Id>> {
    let ids: Vec<Id> = items::table.filter(items::programme_id.eq(programme)).select(items::id).load(conn)?;
    of_source::made(conn, SourceKind::ProgrammeItem, &ids)
}

fn load(conn: &mut AnyConn, ids: Vec<Id>) -> Result<HashMap<Id, units::Row>> {
    let rows: Vec<units::Row> =
        org_units::table.filter(org_units::id.eq_any(ids)).select(units::Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// What a unit below leads is given by the unit of the programme; what this unit leads itself it
/// registers with the unit above it, as it registers other work.
fn task(
    tx: &mut Tx,
    actor: &Actor,
    programme: &Placed,
    row: &Row,
    lead: &units::Row,
    parents: &[TaskParent],
) -> Result<()> {
    let own = lead.id == programme.row.unit_id;
    let (status, kind, assigner) = if own {
        (Status::Registered, "task.registered", lead.parent_id.unwrap_or(lead.id))
    } else {
        (Status::Accepted, "task.assigned", programme.row.unit_id)
    };
    let new = TaskCreate { assigner_unit_id: Some(assigner), ..said(row, parents) };
    let placed = PlacedTask {
        row: create::row(tx, actor, lead, &new, status),
        place: lead.place(),
        unit: lead.reference(),
    };
    let source = Some(TaskSource { kind: SourceKind::ProgrammeItem, id: row.id });
    let task = keep::insert(tx, actor, kind, &placed, &Origin { parents, duty: None, source })?;
    let roadmap: Vec<RoadmapStep> = serde_json::from_str(&row.roadmap).map_err(Error::internal)?;
    milestones::of_roadmap(tx, actor, task.id, roadmap)?;
    for unit_id in taking_part(tx, actor, row, lead)? {
        let new = PartCreate { id: None, unit_id, description: None, due_on: row.due_on.map(Day) };
        parts::create::create(tx, actor, task.id, &new)?;
    }
    Ok(())
}

/// The units that take part and are there still.
fn taking_part(tx: &mut Tx, actor: &Actor, row: &Row, lead: &units::Row) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for id in row.coordinating()?.into_iter().filter(|id| *id != lead.id) {
        let open = match units::find(tx.conn, actor, id) {
            Err(e) if e.code == Code::NotFound => false,
            unit => unit?.is_open(tx.at.day()),
        };
        if open {
            found.push(id);
        }
    }
    Ok(found)
}

/// An item as a task says it.
fn said(row: &Row, parents: &[TaskParent]) -> TaskCreate {
    let line = row.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let whole = line == row.text && line.chars().count() <= TITLE;
    let title = if line.chars().count() <= TITLE {
        line
    } else {
        line.chars().take(TITLE - 1).chain(['…']).collect()
    };
    let document = parents.iter().find(|parent| parent.kind == ParentKind::Document);
    TaskCreate {
        id: None,
        code: None,
        title: Line(title),
        description: (!whole).then(|| Prose(row.text.clone())),
        unit_id: row.lead_unit_id,
        assigner_unit_id: None,
        class: row.class,
        field: row.field.clone().map(Line),
        weight: None,
        start_on: row.start_on.map(Day),
        due_on: row.due_on.map(Day),
        document_id: document.map(|parent| parent.id),
        lead_individual: row.lead_individual.clone().map(Line),
        expected_product: None,
        parents: None,
    }
}
