//! Writing tasks: the one function through which every change of a task goes.

use crate::{
    auth::Actor,
    db::{
        AnyConn, Prepared,
        schema::{task_states, tasks},
    },
    error::{Code, Fault, Result},
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    tasks::{
        links,
        model::{self, Lens, Placed, Row},
        of_duty::{self, OfDuty},
        of_source,
        wire::{Task, TaskParent, TaskSource},
    },
};
use diesel::prelude::*;

/// A task found for writing: inside the territory, locked, and of the version the caller read.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<IfMatch>) -> Result<Placed> {
    lock(tx.conn, id)?;
    let placed = model::find(tx.conn, actor, id)?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    // History is loaded in order: a fact may not slip in before those already known.
    if tx.at < placed.row.changed_at {
        return Err(Fault::at("/at", Code::OutOfOrder)
            .with("last", placed.row.changed_at.to_string())
            .into());
    }
    Ok(placed)
}

/// Keeps other writers away from a task until the end of the transaction. On the way of every report: so it
/// is a statement that is prepared once, unlike [`crate::db::lock_row`].
fn lock(conn: &mut AnyConn, id: Id) -> Result<()> {
    if let AnyConn::Postgres(pg) = conn {
        tasks::table.find(id).select(tasks::id).for_update().execute(pg)?;
    }
    Ok(())
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
    record_state(tx, &placed.row)?;
    let task = wire(tx, actor, placed)?;
    // Parts are told by events of their own.
    let changes = Changes::new_record(&Task { parts: None, ..task.clone() })?;
    append(tx, kind, placed, changes, None)?;
    Ok(task)
}

/// Keeps a changed task: next version by compare-and-swap, a state when figures change, one event.
pub fn update(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static str,
    before: &Placed,
    mut row: Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<Placed> {
    let read = before.row.version;
    row.version = read + 1;
    row.updated_at = tx.at;
    row.changed_at = tx.at;
    row.imported |= tx.is_import();
    let mine = tasks::table.filter(tasks::id.eq(row.id).and(tasks::version.eq(read)));
    let update = Prepared(diesel::update(mine).set(&row).returning(tasks::version));
    if update.get_result::<i32>(tx.conn).optional()?.is_none() {
        return Err(version::stale(read + 1, read));
    }
    if counted(&before.row) != counted(&row) {
        record_state(tx, &row)?;
    }
    let after = if row.unit_id == before.row.unit_id {
        Placed { row, ..before.clone() }
    } else {
        model::placed(tx.conn, row)?
    };
    // What can be done with it is no change, nor how it stands against its due date; what stands beside it
    // is told by who changes that.
    let lens = Lens { actor, day: tx.at.day(), due_soon_days: 0 };
    let bare = |task: &Placed| lens.one(task.row.clone(), task.unit.clone(), Vec::new());
    let own = Changes::between(&bare(before), &bare(&after))?;
    append(tx, kind, &after, own.joined(changes), reason)?;
    Ok(after)
}

/// The wire form of a task that was just kept.
pub fn wire(tx: &mut Tx, actor: &Actor, kept: &Placed) -> Result<Task> {
    Lens::new(tx.conn, actor, tx.at.day())?.wire_one(tx.conn, kept)
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

fn record_state(tx: &mut Tx, row: &Row) -> Result<()> {
    let state = diesel::insert_into(task_states::table).values((
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
    ));
    Prepared(state.returning(task_states::n)).get_result::<i32>(tx.conn)?;
    Ok(())
}

/// Appends an event about a task.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    placed: &Placed,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "task",
        subject_id: placed.row.id,
        subject_version: placed.row.version,
        place: Some(&placed.place),
        changes,
        reason,
    })
}
