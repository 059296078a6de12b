//! Reading parts, always with a task that the actor sees, and writing changed ones.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::task_parts as parts},
    error::{Error, Result},
    events::{Changes, Tx},
    http::{Page, version},
    ids::Id,
    org_units::model as units,
    place::Place,
    tasks::{
        clarity::PartsSaid,
        model::{self as tasks, Placed},
        save,
        wire::{Part, PartBrief, PartStatus, Task},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;
use std::collections::HashMap;

/// How many ids stand in one query: far below what either database takes.
const CHUNK: usize = 500;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = parts, treat_none_as_null = true)]
pub struct PartRow {
    pub id: Id,
    pub root_id: Id,
    pub task_id: Id,
    pub unit_id: Id,
    pub description: Option<String>,
    pub due_on: Option<NaiveDate>,
    pub progress: i32,
    pub status: PartStatus,
    pub submitted_on: Option<NaiveDate>,
    /// Who handed in what waits for an answer.
    pub submitted_by: Option<Id>,
    pub submitted_for: Option<Id>,
    pub accepted_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

/// The ids of the tasks in which the unit with this path, or one below it down to a depth, has a part.
#[diesel::dsl::auto_type]
pub fn tasks_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    parts::table
        .filter(parts::deleted_at.is_null())
        .filter(parts::unit_id.eq_any(mine))
        .select(parts::task_id)
}

/// The same, also of parts that were taken away.
#[diesel::dsl::auto_type]
pub fn tasks_once_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    parts::table.filter(parts::unit_id.eq_any(mine)).select(parts::task_id)
}

/// The ids of the tasks in which a unit has a part.
#[diesel::dsl::auto_type]
pub fn tasks_of(unit: Id) -> _ {
    parts::table.filter(parts::deleted_at.is_null()).filter(parts::unit_id.eq(unit)).select(parts::task_id)
}

/// The ids of the tasks with a part that says not until when, or not what.
#[diesel::dsl::auto_type]
pub fn tasks_with_unsaid() -> _ {
    parts::table
        .filter(parts::deleted_at.is_null())
        .filter(parts::due_on.is_null().or(parts::description.is_null()))
        .select(parts::task_id)
}

/// What the parts of these tasks leave unsaid; tasks whose parts say all are not there.
pub fn unsaid(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, PartsSaid>> {
    let mut found: HashMap<Id, PartsSaid> = HashMap::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Id, bool, bool)> = parts::table
            .filter(parts::deleted_at.is_null().and(parts::task_id.eq_any(chunk)))
            .filter(parts::due_on.is_null().or(parts::description.is_null()))
            .select((parts::task_id, parts::due_on.is_not_null(), parts::description.is_not_null()))
            .load(conn)?;
        for (task, due_on, description) in rows {
            let said = found.entry(task).or_insert(PartsSaid::ALL);
            said.due_on &= due_on;
            said.description &= description;
        }
    }
    Ok(found)
}

/// Gives each task its parts, in the order of their coming.
pub fn fill(conn: &mut AnyConn, tasks: &mut [Task]) -> Result<()> {
    let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
    let rows = parts::table.filter(parts::deleted_at.is_null().and(parts::task_id.eq_any(ids)));
    let rows: Vec<PartRow> =
        rows.order((parts::created_at, parts::id)).select(PartRow::as_select()).load(conn)?;
    let mut found: HashMap<Id, Vec<PartBrief>> = HashMap::new();
    for part in wire(conn, rows)? {
        let Part { id, unit, status, due_on, progress, .. } = part;
        found.entry(part.task_id).or_default().push(PartBrief { id, unit, status, due_on, progress });
    }
    for task in tasks {
        task.parts = Some(found.remove(&task.id).unwrap_or_default());
    }
    Ok(())
}

/// All parts of a task, in the order of their coming.
pub fn list(conn: &mut AnyConn, actor: &Actor, task: Id) -> Result<Page<Part>> {
    tasks::find(conn, actor, task)?;
    let rows: Vec<PartRow> = parts::table
        .filter(parts::task_id.eq(task).and(parts::deleted_at.is_null()))
        .order((parts::created_at, parts::id))
        .select(PartRow::as_select())
        .load(conn)?;
    Ok(Page { items: wire(conn, rows)?, next_cursor: None })
}

/// One part of a task.
pub fn show(conn: &mut AnyConn, actor: &Actor, (task, id): (Id, Id)) -> Result<Part> {
    tasks::find(conn, actor, task)?;
    let row = find(conn, task, id)?;
    wire_one(conn, row)
}

/// A part of a task that the actor sees, or 404.
pub fn find(conn: &mut AnyConn, task: Id, id: Id) -> Result<PartRow> {
    Ok(parts::table
        .filter(parts::id.eq(id).and(parts::task_id.eq(task)))
        .filter(parts::deleted_at.is_null())
        .select(PartRow::as_select())
        .first(conn)?)
}

/// The first day on which a part of a task is due.
pub fn first_due_on(conn: &mut AnyConn, task: Id) -> Result<Option<NaiveDate>> {
    let of_task = parts::table.filter(parts::task_id.eq(task).and(parts::deleted_at.is_null()));
    Ok(of_task.select(diesel::dsl::min(parts::due_on)).first(conn)?)
}

/// The wire form of rows, with their units.
pub fn wire(conn: &mut AnyConn, rows: Vec<PartRow>) -> Result<Vec<Part>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: PartRow| {
        let unit = units.get(&row.unit_id).cloned();
        Ok(Part {
            unit: unit.ok_or_else(|| Error::internal("a part without its unit"))?,
            id: row.id,
            task_id: row.task_id,
            unit_id: row.unit_id,
            description: row.description,
            due_on: row.due_on,
            status: row.status,
            progress: row.progress,
            submitted_on: row.submitted_on,
            accepted_on: row.accepted_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: PartRow) -> Result<Part> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A part found for writing, with its task, whose row is locked: one writer at a time moves the parts
/// of a task.
pub struct Open {
    pub placed: Placed,
    pub part: PartRow,
    /// Where the coordinating unit lies.
    pub unit: Place,
}

/// Finds a part for writing, or 404.
pub fn open(tx: &mut Tx, actor: &Actor, (task, id): (Id, Id)) -> Result<Open> {
    let placed = save::open(tx, actor, task, None)?;
    let part = find(tx.conn, task, id)?;
    let unit = units::load(tx.conn, part.unit_id)?.place();
    Ok(Open { placed, part, unit })
}

/// Keeps a changed part: next version by compare-and-swap, one event in the history of the task.
pub fn update(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    before: PartRow,
    mut row: PartRow,
    more: Changes,
    reason: Option<&str>,
) -> Result<Part> {
    row.version = before.version + 1;
    row.updated_at = tx.at;
    let read = parts::id.eq(row.id).and(parts::version.eq(before.version));
    let changed = diesel::update(parts::table.filter(read)).set(&row).execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(row.version, before.version));
    }
    let gone = row.deleted_at.is_some();
    let (before, after) = (wire_one(tx.conn, before)?, wire_one(tx.conn, row)?);
    record(tx, kind, placed, (Some(&before), (!gone).then_some(&after)), more, reason)?;
    Ok(after)
}

/// The task's history tells it, with the whole part before and after.
pub fn record(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    (before, after): (Option<&Part>, Option<&Part>),
    more: Changes,
    reason: Option<&str>,
) -> Result<()> {
    let told = |part: Option<&Part>| match part {
        Some(part) => serde_json::to_value(part).map_err(Error::internal),
        None => Ok(Value::Null),
    };
    let changes = Changes::none().and("part", told(before)?, told(after)?).joined(more);
    save::append(tx, kind, placed, changes, reason)
}
