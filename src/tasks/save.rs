//! Writing tasks: the one function through which every change of a task goes.

use crate::{
    auth::{Actor, actors},
    clock::Instant,
    db::{
        AnyConn, Backend, Change, Locked,
        schema::{org_units, progress_reports, task_states, tasks},
        together,
    },
    error::{Code, Error, Fault, Result},
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    measures::Status,
    on,
    tasks::{
        links,
        model::{self, Lens, Placed, Row, UnitColumns},
        of_duty::{self, OfDuty},
        of_source,
        progress::ReportRow,
        wire::{Outcome, Task, TaskParent, TaskSource},
    },
};
use chrono::NaiveDate;
use diesel::{dsl::Eq, prelude::*};

/// A task found for writing: inside the territory, locked, and of the version the caller read.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<IfMatch>) -> Result<Placed> {
    let (_, found) = find_along(tx.conn, id, None)?;
    opened(tx, actor, found, expected)
}

/// The same for what [`find_along`] found.
pub fn opened(
    tx: &mut Tx,
    actor: &Actor,
    found: Option<Placed>,
    expected: Option<IfMatch>,
) -> Result<Placed> {
    let placed = found.ok_or_else(Error::not_found)?;
    model::check_sight(tx.conn, actor, &placed, true)?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    // History is loaded in order: a fact may not slip in before those already known.
    if tx.at < placed.row.changed_at {
        return Err(Fault::at("/at", Code::OutOfOrder)
            .with("last", placed.row.changed_at.to_string())
            .into());
    }
    Ok(placed)
}

/// A task by its id, whoever asks, kept from other writers until the end of the transaction; along with the
/// standing of a session.
pub fn find_along(conn: &mut AnyConn, id: Id, session: Option<Id>) -> Result<(Option<i64>, Option<Placed>)> {
    let find = |conn: &mut AnyConn| {
        let one = tasks::id.eq(id).and(tasks::deleted_at.is_null());
        let found = tasks::table.inner_join(org_units::table).filter(one);
        let standing = actors::standing_of(session);
        on!(conn, c => Locked {
            query: found.select((Row::as_select(), UnitColumns::as_select(), standing)),
            table: "tasks",
        }
        .get_result(c))
        .optional()
    };
    let mut found: Option<(Row, UnitColumns, Option<i64>)> = find(conn)?;
    if found.is_none() && conn.backend() == Backend::Postgres {
        // Another unit may have got the lead while we waited for the lock.
        found = find(conn)?;
    }
    match found {
        Some((row, unit, standing)) => Ok((standing, Some(unit.place(row)))),
        None => Ok((session.map_or(Ok(None), |session| actors::standing(conn, session))?, None)),
    }
}

/// What a new task comes with.
#[derive(Default)]
pub struct Origin<'a> {
    /// What it serves.
    pub parents: &'a [TaskParent],
    /// The recurring duty that became this task.
    pub duty: Option<OfDuty>,
    /// The record that became this task.
    pub source: Option<TaskSource>,
}

/// Inserts a new task with what it comes with, its first state and its event.
pub fn insert(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static str,
    placed: &Placed,
    origin: &Origin,
) -> Result<Task> {
    diesel::insert_into(tasks::table).values(&placed.row).execute(tx.conn)?;
    links::put(tx.conn, &placed.row, &[], origin.parents)?;
    if let Some(duty) = &origin.duty {
        of_duty::put(tx.conn, &placed.row, duty)?;
    }
    if let Some(source) = origin.source {
        of_source::put(tx.conn, &placed.row, source)?;
    }
    let first = state(tx, &placed.row);
    together(tx.conn, &[], &first)?;
    let task = wire(tx, actor, placed)?;
    // Parts are told by events of their own.
    let changes = Changes::new_record(&Task { parts: None, ..task.clone() })?;
    append(tx, kind, placed, changes, None)?;
    Ok(task)
}

/// What is told of a change, and what comes with it.
pub struct Account<'a> {
    /// The kind of its event.
    pub kind: &'static str,
    /// What the row does not show.
    pub changes: Changes,
    pub reason: Option<&'a str>,
    /// The report that brought it about.
    pub report: Option<&'a ReportRow>,
}

impl Account<'_> {
    /// A change that its event and the row tell all of.
    pub fn new(kind: &'static str) -> Self {
        Self { kind, changes: Changes::none(), reason: None, report: None }
    }
}

/// Keeps a changed task: next version by compare-and-swap, a state when figures change, one event.
pub fn update(tx: &mut Tx, actor: &Actor, before: &Placed, mut row: Row, account: Account) -> Result<Placed> {
    let read = before.row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    row.changed_at = tx.at;
    row.imported |= tx.is_import();
    let after = if row.unit_id == before.row.unit_id {
        Placed { row, ..before.clone() }
    } else {
        model::placed(tx.conn, row)?
    };
    let found = keep(tx, before, &after, told(tx, actor, before, &after)?, account)?;
    if found == 0 {
        return Err(version::stale(read + 1, read));
    }
    Ok(after)
}

/// Writes all that a change leaves; gives how many tasks of the version that was read there were.
fn keep(tx: &mut Tx, before: &Placed, after: &Placed, own: Changes, account: Account) -> Result<usize> {
    let entry = tx.entry(event(account.kind, after, own.joined(account.changes), account.reason))?;
    let state = (counted(&before.row) != counted(&after.row)).then(|| state(tx, &after.row));
    let report = account.report.map(|report| diesel::insert_into(progress_reports::table).values(report));
    let mut also: Vec<&dyn Change> = vec![&entry];
    if let Some(state) = &state {
        also.push(state);
    }
    if let Some(report) = &report {
        also.push(report);
    }
    let mine = tasks::table.filter(tasks::id.eq(after.row.id).and(tasks::version.eq(before.row.version)));
    let kept = match moved(&before.row, &after.row) {
        Some(moved) => together(tx.conn, &also, &diesel::update(mine).set(moved)),
        None => together(tx.conn, &also, &diesel::update(mine).set(&after.row)),
    };
    Ok(kept?)
}

/// The columns that work on a task moves, where what was agreed about it stays. A column that is set, even to
/// what it was, makes SQLite write its indexes again, and asks the triggers of either database.
#[derive(AsChangeset)]
#[diesel(table_name = tasks, treat_none_as_null = true)]
struct Moved {
    progress: i32,
    result: Option<Outcome>,
    submitted_on: Option<NaiveDate>,
    submitted_by: Option<Id>,
    submitted_for: Option<Id>,
    completed_on: Option<NaiveDate>,
    last_reported_on: Option<NaiveDate>,
    imported: bool,
    changed_at: Instant,
    version: i32,
    updated_at: Instant,
}

/// What moved, and the status if it did; none when more than that is another.
fn moved(before: &Row, after: &Row) -> Option<(Moved, Option<Eq<tasks::status, Status>>)> {
    let Row { progress, result, submitted_on, submitted_by, submitted_for, completed_on, .. } = *after;
    let Row { last_reported_on, imported, changed_at, version, updated_at, status, .. } = *after;
    let same = Row {
        progress,
        result,
        submitted_on,
        submitted_by,
        submitted_for,
        completed_on,
        last_reported_on,
        imported,
        changed_at,
        version,
        updated_at,
        status,
        ..before.clone()
    };
    let moved = Moved {
        progress,
        result,
        submitted_on,
        submitted_by,
        submitted_for,
        completed_on,
        last_reported_on,
        imported,
        changed_at,
        version,
        updated_at,
    };
    (same == *after).then(|| (moved, (before.status != status).then(|| tasks::status.eq(status))))
}

/// The wire form of a task that was just kept.
pub fn wire(tx: &mut Tx, actor: &Actor, kept: &Placed) -> Result<Task> {
    Lens::new(tx.conn, actor, tx.at.day())?.wire_one(tx.conn, kept)
}

/// The fields in which two states of a task differ. What can be done with it is no change, nor how it stands
/// against its due date; what stands beside it is told by who changes that.
fn told(tx: &Tx, actor: &Actor, before: &Placed, after: &Placed) -> Result<Changes> {
    let lens = Lens { actor, day: tx.at.day(), due_soon_days: 0 };
    let bare = |task: &Placed| lens.one(task.row.clone(), task.unit.clone(), Vec::new());
    Changes::between(&bare(before), &bare(after))
}

/// What figures depend on.
fn counted(row: &Row) -> impl PartialEq + use<> {
    (
        row.unit_id,
        row.status,
        row.progress,
        row.weight_milli,
        row.due_on,
        row.submitted_on,
        row.completed_on,
        row.deleted_at,
    )
}

fn state(tx: &Tx, row: &Row) -> impl Change + use<> {
    diesel::insert_into(task_states::table).values((
        task_states::task_id.eq(row.id),
        task_states::n.eq(row.version),
        task_states::root_id.eq(row.root_id),
        task_states::took_effect_at.eq(tx.at.millis()),
        task_states::unit_id.eq(row.unit_id),
        task_states::status.eq(row.status),
        task_states::progress.eq(row.progress),
        task_states::weight_milli.eq(row.weight_milli),
        task_states::due_on.eq(row.due_on),
        task_states::submitted_on.eq(row.submitted_on),
        task_states::completed_on.eq(row.completed_on),
        task_states::deleted.eq(row.deleted_at.is_some()),
        task_states::imported.eq(tx.is_import()),
    ))
}

/// Appends an event about a task.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(event(kind, placed, changes, reason))
}

fn event<'a>(kind: &'static str, placed: &'a Placed, changes: Changes, reason: Option<&'a str>) -> Event<'a> {
    Event {
        kind,
        subject_type: "task",
        subject_id: placed.row.id,
        subject_version: placed.row.version,
        place: Some(&placed.place),
        changes,
        reason,
    }
}
