//! The record a task was made of: an item of a programme, a line of a registration.

use crate::{
    db::{
        AnyConn, MultiBackend,
        schema::{task_sources as sources, tasks},
    },
    error::Result,
    ids::Id,
    tasks::{
        model::Row,
        wire::{SourceKind, Task, TaskSource},
    },
};
use diesel::prelude::*;
use std::collections::HashMap;

/// Keeps what a new task was made of. A record becomes a task once: the key refuses a second.
pub fn put(conn: &mut AnyConn, task: &Row, source: TaskSource) -> Result<()> {
    let row = (
        sources::task_id.eq(task.id),
        sources::root_id.eq(task.root_id),
        sources::kind.eq(source.kind),
        sources::source_id.eq(source.id),
    );
    diesel::insert_into(sources::table).values(row).execute(conn)?;
    Ok(())
}

/// The tasks that were made of these records, by record, whoever asks.
pub fn made(conn: &mut AnyConn, kind: SourceKind, ids: &[Id]) -> Result<HashMap<Id, Id>> {
    let rows: Vec<(Id, Id)> = sources::table
        .filter(sources::source_id.eq_any(ids).and(sources::kind.eq(kind)))
        .select((sources::source_id, sources::task_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Says of each task what it was made of.
pub fn fill(conn: &mut AnyConn, tasks: &mut [Task]) -> Result<()> {
    let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
    let rows: Vec<(Id, SourceKind, Id)> = sources::table
        .filter(sources::task_id.eq_any(ids))
        .select((sources::task_id, sources::kind, sources::source_id))
        .load(conn)?;
    let found: HashMap<Id, TaskSource> =
        rows.into_iter().map(|(task, kind, id)| (task, TaskSource { kind, id })).collect();
    for task in tasks {
        task.source = found.get(&task.id).copied();
    }
    Ok(())
}

/// Narrows a list to what was made of a record.
pub fn only(
    rows: tasks::BoxedQuery<'static, MultiBackend>,
    source: Id,
) -> tasks::BoxedQuery<'static, MultiBackend> {
    let of = sources::table.filter(sources::source_id.eq(source)).select(sources::task_id);
    rows.filter(tasks::id.eq_any(of))
}
