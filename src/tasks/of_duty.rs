//! The recurring duty a task comes of, and the period it stands for.

use crate::{
    db::{
        AnyConn, MultiBackend,
        schema::{duty_tasks, tasks},
    },
    error::Result,
    ids::Id,
    tasks::{model::Row, wire::Task},
};
use diesel::prelude::*;
use std::collections::HashMap;

/// Which duty, and for which period: `2023-10`, `2023-W42`.
#[derive(Debug, Clone)]
pub struct OfDuty {
    pub duty_id: Id,
    pub period: String,
}

/// Keeps what a new task comes of. A duty becomes a task once in a period: the key refuses a second.
pub fn put(conn: &mut AnyConn, task: &Row, of: &OfDuty) -> Result<()> {
    let row = (
        duty_tasks::duty_id.eq(of.duty_id),
        duty_tasks::period.eq(&of.period),
        duty_tasks::task_id.eq(task.id),
        duty_tasks::root_id.eq(task.root_id),
    );
    diesel::insert_into(duty_tasks::table).values(row).execute(conn)?;
    Ok(())
}

/// Says of each task what it comes of.
pub fn fill(conn: &mut AnyConn, tasks: &mut [Task]) -> Result<()> {
    let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
    let rows: Vec<(Id, Id, String)> = duty_tasks::table
        .filter(duty_tasks::task_id.eq_any(ids))
        .select((duty_tasks::task_id, duty_tasks::duty_id, duty_tasks::period))
        .load(conn)?;
    let mut found: HashMap<Id, (Id, String)> =
        rows.into_iter().map(|(task, duty, period)| (task, (duty, period))).collect();
    for task in tasks {
        if let Some((duty, period)) = found.remove(&task.id) {
            task.duty_id = Some(duty);
            task.duty_period = Some(period);
        }
    }
    Ok(())
}

/// Narrows a list to what comes of a duty.
pub fn only(
    rows: tasks::BoxedQuery<'static, MultiBackend>,
    duty: Id,
) -> tasks::BoxedQuery<'static, MultiBackend> {
    let of = duty_tasks::table.filter(duty_tasks::duty_id.eq(duty)).select(duty_tasks::task_id);
    rows.filter(tasks::id.eq_any(of))
}
