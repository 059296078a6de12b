//! What stands beside a task: links, parts, an open request, the duty or the record it was made of.
//!
//! Few tasks have any of it. Which ones this one has is read along with its row; only then are they read.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{
            duty_tasks as duties, extensions, task_links as links, task_parts as parts,
            task_sources as sources, tasks,
        },
    },
    error::Result,
    ids::Id,
    tasks::{
        links as linking, of_duty, of_source, parts as sharing,
        wire::{ExtensionStatus, Task},
    },
};
use diesel::{dsl::exists, prelude::*};

/// Whether there is any of each.
#[derive(Debug, Clone, Copy, Queryable)]
pub struct Beside {
    /// A request for a later due date that nobody has answered.
    pub pending: bool,
    pub links: bool,
    pub parts: bool,
    pub duty: bool,
    pub source: bool,
}

/// Columns of a query on tasks that make a [`Beside`].
#[diesel::dsl::auto_type]
pub fn columns() -> _ {
    let waiting: ExtensionStatus = ExtensionStatus::Pending;
    let pending = extensions::status.eq(waiting);
    (
        exists(extensions::table.filter(extensions::task_id.eq(tasks::id)).filter(pending)),
        exists(links::table.filter(links::task_id.eq(tasks::id))),
        exists(parts::table.filter(parts::task_id.eq(tasks::id)).filter(parts::deleted_at.is_null())),
        exists(duties::table.filter(duties::task_id.eq(tasks::id))),
        exists(sources::table.filter(sources::task_id.eq(tasks::id))),
    )
}

/// What stands beside a task.
pub fn of(conn: &mut AnyConn, task: Id) -> Result<Beside> {
    Ok(tasks::table.find(task).select(columns()).first(conn)?)
}

/// Gives a task in wire form all that stands beside it, as the actor sees it.
pub fn fill(conn: &mut AnyConn, actor: &Actor, task: Task, beside: Beside) -> Result<Task> {
    let mut task = [task];
    if beside.links {
        linking::fill_parents(conn, actor, &mut task)?;
    }
    if beside.duty {
        of_duty::fill(conn, &mut task)?;
    }
    if beside.source {
        of_source::fill(conn, &mut task)?;
    }
    if beside.parts {
        sharing::model::fill(conn, &mut task)?;
    }
    let [mut task] = task;
    task.parts.get_or_insert_default();
    Ok(task)
}
