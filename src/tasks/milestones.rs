//! Milestones: steps on the way of a task, planned by who may edit the task, reached by who leads it.
//!
//! No figure looks at them, and the task's own timeliness does not either.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::task_milestones as milestones},
    documents::rules::refuse_classified,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{
        Answer, Page,
        answer::same_content,
        version::{self, IfMatch},
    },
    ids::Id,
    policy::Action,
    tasks::{
        create::address,
        model::{self, Placed, Row},
        save,
        wire::{Milestone, MilestoneCreate, MilestoneDone, MilestonePatch, RoadmapStep},
        workflow::{is_open, is_proposal, takes_reports},
    },
};
use chrono::NaiveDate;
use diesel::{dsl::max, prelude::*};
use serde_json::Value;

/// Most milestones of a task.
const MOST: i64 = 100;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = milestones, treat_none_as_null = true)]
pub struct MilestoneRow {
    id: Id,
    root_id: Id,
    task_id: Id,
    ordinal: i32,
    title: String,
    due_on: NaiveDate,
    done_on: Option<NaiveDate>,
    version: i32,
    created_at: Instant,
    updated_at: Instant,
    deleted_at: Option<Instant>,
}

impl From<MilestoneRow> for Milestone {
    fn from(row: MilestoneRow) -> Self {
        Self {
            id: row.id,
            task_id: row.task_id,
            ordinal: row.ordinal,
            title: row.title,
            due_on: row.due_on,
            done_on: row.done_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Makes the steps of a roadmap milestones of the task that came of it, each with its event.
pub fn of_roadmap(tx: &mut Tx, actor: &Actor, task: Id, roadmap: Vec<RoadmapStep>) -> Result<()> {
    for step in roadmap {
        let new = MilestoneCreate { id: None, ordinal: None, title: step.title, due_on: step.due_on };
        create(tx, actor, task, &new)?;
    }
    Ok(())
}

/// Adds a milestone.
pub fn create(tx: &mut Tx, actor: &Actor, task: Id, new: &MilestoneCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, task, new)? {
        return Ok(answer);
    }
    let placed = open_to_edit(tx, actor, task)?;
    refuse_classified(None, &[("/title", Some(&*new.title))])?;
    if let Some(fault) = within(&placed.row, new.due_on.0) {
        return Err(fault.into());
    }
    let of_task =
        milestones::table.filter(milestones::task_id.eq(task)).filter(milestones::deleted_at.is_null());
    let (n, last): (i64, Option<i32>) =
        of_task.select((diesel::dsl::count_star(), max(milestones::ordinal))).first(tx.conn)?;
    if n >= MOST {
        return Err(Fault::at("", Code::TooMany).with("max", MOST).into());
    }
    let row = MilestoneRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        task_id: task,
        ordinal: new.ordinal.map_or(last.map_or(1, |last| last.saturating_add(1)), |ordinal| ordinal.small()),
        title: new.title.0.clone(),
        due_on: new.due_on.0,
        done_on: None,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
        deleted_at: None,
    };
    diesel::insert_into(milestones::table).values(&row).execute(tx.conn)?;
    let (row_id, milestone) = (row.id, Milestone::from(row));
    record(tx, "task.milestone_added", &placed, None, Some(&milestone))?;
    Answer::created(format!("{}/milestones/{}", address(task), row_id), milestone.version, &milestone)
}

/// Changes a milestone. What changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    (task, id): (Id, Id),
    expected: &IfMatch,
    patch: &MilestonePatch,
) -> Result<Answer> {
    let placed = save::open(tx, actor, task, None)?;
    let before = find(tx.conn, task, id)?;
    may_edit(actor, &placed)?;
    expected.check(before.version)?;
    refuse_classified(None, &[("/title", patch.title.0.as_deref())])?;
    let row = MilestoneRow {
        ordinal: patch.ordinal.0.map_or(before.ordinal, |ordinal| ordinal.small()),
        title: patch.title.0.as_ref().map_or_else(|| before.title.clone(), |title| title.0.clone()),
        due_on: patch.due_on.0.map_or(before.due_on, |day| day.0),
        ..before.clone()
    };
    if let Some(fault) = patch.due_on.0.and_then(|day| within(&placed.row, day.0)) {
        return Err(fault.into());
    }
    if row == before {
        return Answer::changed(before.version, &Milestone::from(before));
    }
    let milestone = update(tx, "task.milestone_changed", &placed, before, row)?;
    Answer::changed(milestone.version, &milestone)
}

/// Takes a milestone away.
pub fn remove(tx: &mut Tx, actor: &Actor, (task, id): (Id, Id), expected: &IfMatch) -> Result<Answer> {
    let placed = save::open(tx, actor, task, None)?;
    let before = find(tx.conn, task, id)?;
    may_edit(actor, &placed)?;
    expected.check(before.version)?;
    let row = MilestoneRow { deleted_at: Some(tx.at), ..before.clone() };
    update(tx, "task.milestone_removed", &placed, before, row)?;
    Ok(Answer::nothing())
}

/// Says that a milestone was reached.
pub fn complete(
    tx: &mut Tx,
    actor: &Actor,
    (task, id): (Id, Id),
    expected: Option<&IfMatch>,
    done: &MilestoneDone,
) -> Result<Answer> {
    let placed = save::open(tx, actor, task, None)?;
    let before = find(tx.conn, task, id)?;
    actor.may_at(Action::MilestoneComplete, placed.site())?;
    expected.map_or(Ok(()), |expected| expected.check(before.version))?;
    if !takes_reports(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    if before.done_on.is_some() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::Reached));
    }
    let done_on = done.done_on.map_or(tx.at.day(), |day| day.0);
    if done_on > tx.at.day() {
        return Err(Error::field("/done_on", Code::InFuture));
    }
    let row = MilestoneRow { done_on: Some(done_on), ..before.clone() };
    let milestone = update(tx, "task.milestone_completed", &placed, before, row)?;
    Answer::changed(milestone.version, &milestone)
}

/// All milestones of a task, in their order.
pub fn list(conn: &mut AnyConn, actor: &Actor, task: Id) -> Result<Page<Milestone>> {
    model::find(conn, actor, task)?;
    let rows: Vec<MilestoneRow> = milestones::table
        .filter(milestones::task_id.eq(task).and(milestones::deleted_at.is_null()))
        .order((milestones::ordinal, milestones::due_on, milestones::id))
        .select(MilestoneRow::as_select())
        .load(conn)?;
    Ok(Page { items: rows.into_iter().map(Milestone::from).collect(), next_cursor: None })
}

/// One milestone of a task.
pub fn show(conn: &mut AnyConn, actor: &Actor, (task, id): (Id, Id)) -> Result<Milestone> {
    model::find(conn, actor, task)?;
    find(conn, task, id).map(Milestone::from)
}

/// The first day on which a milestone of a task is due.
pub fn first_due_on(conn: &mut AnyConn, task: Id) -> Result<Option<NaiveDate>> {
    let of_task =
        milestones::table.filter(milestones::task_id.eq(task)).filter(milestones::deleted_at.is_null());
    Ok(of_task.select(diesel::dsl::min(milestones::due_on)).first(conn)?)
}

fn find(conn: &mut AnyConn, task: Id, id: Id) -> Result<MilestoneRow> {
    Ok(milestones::table
        .filter(milestones::id.eq(id).and(milestones::task_id.eq(task)))
        .filter(milestones::deleted_at.is_null())
        .select(MilestoneRow::as_select())
        .first(conn)?)
}

/// The task, for who may plan its milestones now.
fn open_to_edit(tx: &mut Tx, actor: &Actor, task: Id) -> Result<Placed> {
    let placed = save::open(tx, actor, task, None)?;
    may_edit(actor, &placed)?;
    Ok(placed)
}

/// Who may edit the task: the lead unit while it is a proposal, then the unit that gave it.
fn may_edit(actor: &Actor, placed: &Placed) -> Result<()> {
    let status = placed.row.status;
    let action = if is_proposal(status) { Action::TaskEdit } else { Action::TaskEditAccepted };
    actor.may_at(action, placed.site())?;
    if is_open(status) { Ok(()) } else { Err(Error::new(Code::InvalidState).with("status", status)) }
}

/// The fault of a due date that does not lie within the days of the task.
pub fn within(task: &Row, day: NaiveDate) -> Option<Fault> {
    if task.start_on.is_some_and(|start| day < start) {
        return Some(Fault::at("/due_on", Code::DueBeforeStart));
    }
    let after = task.due_on.is_some_and(|due| due < day);
    after.then(|| Fault::at("/due_on", Code::NotPermittedHere).with("why", Phrase::AfterTheTask))
}

fn update(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    before: MilestoneRow,
    mut row: MilestoneRow,
) -> Result<Milestone> {
    row.version = before.version + 1;
    row.updated_at = tx.at;
    let read = milestones::id.eq(row.id).and(milestones::version.eq(before.version));
    let changed = diesel::update(milestones::table.filter(read)).set(&row).execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(row.version, before.version));
    }
    let gone = row.deleted_at.is_some();
    let (before, after) = (Milestone::from(before), Milestone::from(row));
    record(tx, kind, placed, Some(&before), (!gone).then_some(&after))?;
    Ok(after)
}

/// The task's history tells it, with the whole milestone before and after.
fn record(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    before: Option<&Milestone>,
    after: Option<&Milestone>,
) -> Result<()> {
    let told = |milestone: Option<&Milestone>| match milestone {
        Some(milestone) => serde_json::to_value(milestone).map_err(Error::internal),
        None => Ok(Value::Null),
    };
    let changes = Changes::none().and("milestone", told(before)?, told(after)?);
    save::append(tx, kind, placed, changes, None)
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    task: Id,
    new: &MilestoneCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<MilestoneRow> =
        milestones::table.find(id).select(MilestoneRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    model::find(conn, actor, row.task_id).map_err(|_| conflict())?;
    let gone = row.deleted_at.is_some();
    let milestone = Milestone::from(row);
    if gone || milestone.task_id != task || !same_content(new, &milestone)? {
        return Err(conflict());
    }
    Answer::changed(milestone.version, &milestone).map(Some)
}
