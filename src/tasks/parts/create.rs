//! Giving coordinating units their parts.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::task_parts as parts},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    policy::Action,
    tasks::{
        create::address,
        milestones::within,
        model::{self as tasks, Placed},
        parts::model::{self, PartRow},
        save,
        wire::{PartCreate, PartStatus},
        workflow::is_open,
    },
};
use diesel::prelude::*;

/// Most parts of a task.
const MOST: usize = 100;

/// Gives a unit a part in a task.
pub fn create(tx: &mut Tx, actor: &Actor, task: Id, new: &PartCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, task, new)? {
        return Ok(answer);
    }
    let placed = save::open(tx, actor, task, None)?;
    actor.may_at(Action::PartManage, placed.site())?;
    if !is_open(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    check(tx, actor, &placed, new)?;
    let row = PartRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        task_id: task,
        unit_id: new.unit_id,
        description: new.description.as_deref().map(str::to_owned),
        due_on: new.due_on.map(|day| day.0),
        progress: 0,
        status: PartStatus::Assigned,
        submitted_on: None,
        submitted_by: None,
        submitted_for: None,
        accepted_on: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    diesel::insert_into(parts::table).values(&row).execute(tx.conn)?;
    let part = model::wire_one(tx.conn, row)?;
    model::record(tx, "task.part_added", &placed, (None, Some(&part)), Changes::none(), None)?;
    Answer::created(format!("{}/parts/{}", address(task), part.id), part.version, &part)
}

/// Every rule of a new part's fields, then those that look at the other parts.
fn check(tx: &mut Tx, actor: &Actor, placed: &Placed, new: &PartCreate) -> Result<()> {
    refuse_classified(None, &[("/description", new.description.as_deref())])?;
    let unit = named(tx.conn, actor, placed.row.assigner_unit_id, new.unit_id)?;
    let refused = |why: Phrase| Fault::at("/unit_id", Code::NotPermittedHere).with("why", why);
    let mut faults = Vec::new();
    if unit.id == placed.row.unit_id {
        faults.push(refused(Phrase::TheLeadUnit));
    }
    if !unit.is_open(tx.at.day()) {
        faults.push(refused(Phrase::ClosedUnit));
    }
    faults.extend(new.due_on.and_then(|day| within(&placed.row, day.0)));
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let taken: Vec<Id> = parts::table
        .filter(parts::task_id.eq(placed.row.id).and(parts::deleted_at.is_null()))
        .select(parts::unit_id)
        .load(tx.conn)?;
    if taken.contains(&unit.id) {
        return Err(Error::new(Code::AlreadyExists).with("what", Phrase::PartOfUnit));
    }
    if taken.len() >= MOST {
        return Err(Fault::at("", Code::TooMany).with("max", MOST).into());
    }
    Ok(())
}

/// The unit a part is for: one the actor sees, or one below the unit that gave the task, since a
/// district asks a commune to work with its sisters, which the commune cannot otherwise see. Any
/// other, and an absent one, are the same fault.
fn named(conn: &mut AnyConn, actor: &Actor, assigner: Id, id: Id) -> Result<units::Row> {
    let unknown = |error: Error| match error.code {
        Code::NotFound => Error::field("/unit_id", Code::UnknownReference),
        _ => error,
    };
    match units::find(conn, actor, id) {
        Err(error) if error.code == Code::NotFound => {
            let unit = units::load(conn, id).map_err(unknown)?;
            let above = units::load(conn, assigner)?.place();
            if above.is_above(&unit.place()) { Ok(unit) } else { Err(unknown(error)) }
        }
        found => found,
    }
}

fn already_there(conn: &mut AnyConn, actor: &Actor, task: Id, new: &PartCreate) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<PartRow> = parts::table.find(id).select(PartRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    tasks::find(conn, actor, row.task_id).map_err(|_| conflict())?;
    let gone = row.deleted_at.is_some();
    let part = model::wire_one(conn, row)?;
    if gone || part.task_id != task || !same_content(new, &part)? {
        return Err(conflict());
    }
    Answer::changed(part.version, &part).map(Some)
}
