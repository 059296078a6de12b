//! The lines of a list for who asks for few members of each task: only what they need is read.

use crate::{
    db::{
        AnyConn, Prepared,
        schema::{org_units, tasks},
    },
    error::Result,
    http::query::Fields,
    ids::Id,
    measures::{self, Status, Timeliness},
    on,
    org_units::wire::UnitRef,
    tasks::{facts::Standing, model::Lens, wire::Class},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// The members of a task that a line can have.
const MEMBERS: [&str; 13] = [
    "id",
    "code",
    "title",
    "unit_id",
    "unit",
    "class",
    "status",
    "timeliness",
    "progress",
    "due_on",
    "submitted_on",
    "completed_on",
    "version",
];

/// True when nothing else is asked for.
pub fn suffices(fields: Option<&Fields>) -> bool {
    fields.is_some_and(|fields| fields.0.iter().all(|name| MEMBERS.contains(&name.as_str())))
}

/// A line; its members are those of a task.
#[derive(Debug, Serialize)]
pub struct TaskLine {
    pub id: Id,
    pub code: Option<String>,
    pub title: String,
    pub unit_id: Id,
    pub unit: UnitRef,
    pub class: Class,
    pub status: Status,
    pub timeliness: Timeliness,
    pub progress: i32,
    pub due_on: Option<NaiveDate>,
    pub submitted_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
    pub version: i32,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
struct Row {
    id: Id,
    code: Option<String>,
    title: String,
    class: Class,
    version: i32,
    #[diesel(embed)]
    now: Standing,
}

impl Row {
    fn line(self, (code, name, level): (String, String, String), lens: &Lens) -> TaskLine {
        let Self { now, .. } = self;
        TaskLine {
            timeliness: measures::timeliness(&now.fact(), lens.day, lens.due_soon_days),
            id: self.id,
            code: self.code,
            title: self.title,
            unit_id: now.unit_id,
            unit: UnitRef { id: now.unit_id, code, name, level },
            class: self.class,
            status: now.status,
            progress: now.progress,
            due_on: now.due_on,
            submitted_on: now.submitted_on,
            completed_on: now.completed_on,
            version: self.version,
        }
    }
}

/// The lines of tasks that the actor has been found to see, in this order.
pub fn lines(conn: &mut AnyConn, lens: &Lens, ids: &[Id]) -> Result<Vec<TaskLine>> {
    let names = (org_units::code, org_units::name, org_units::level);
    let these = tasks::table.inner_join(org_units::table).filter(tasks::id.eq_any(ids));
    let rows: Vec<(Row, (String, String, String))> =
        on!(conn, c => Prepared(these.select((Row::as_select(), names))).load(c))?;
    let mut found: HashMap<Id, TaskLine> =
        rows.into_iter().map(|(row, unit)| (row.id, row.line(unit, lens))).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}
