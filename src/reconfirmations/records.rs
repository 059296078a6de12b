//! The records whose owners are asked: tasks that are not done with.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, MultiBackend, schema::tasks},
    error::{Result, Said},
    http::fields::Faults,
    ids::Id,
    measures::Status,
    org_units::model as units,
    reconfirmations::workflow::TouchedKind,
    tasks::{model as work, serving},
};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};
use utoipa::ToSchema;

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A programme or a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserr, ToSchema)]
#[deserr(error = Faults, deny_unknown_fields)]
#[schema(as = ReconfirmationSubject)]
pub struct Subject {
    pub kind: TouchedKind,
    pub id: Id,
}

/// What is known of a record.
#[derive(Debug, Clone)]
pub struct Record {
    pub subject: Subject,
    pub unit_id: Id,
    pub title: String,
    pub number: Option<String>,
    pub status: Said,
    /// Not done with: its owner can still be asked.
    pub open: bool,
    pub created_at: Instant,
}

/// Which records to look among; none of these: all there are, whoever asks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Among<'a> {
    pub actor: Option<&'a Actor>,
    pub unit: Option<Id>,
    /// The path of a unit: of it and of those below it.
    pub under: Option<&'a str>,
    pub kind: Option<TouchedKind>,
}

type Tasks = tasks::BoxedQuery<'static, MultiBackend>;

/// What is not asked about any more.
const DONE_WITH: [Status; 3] = [Status::Completed, Status::Closed, Status::Cancelled];

impl Among<'_> {
    /// Those of these records that are not done with.
    pub fn open(&self, conn: &mut AnyConn, subjects: &[Subject]) -> Result<Vec<Record>> {
        let mut found = Vec::new();
        for chunk in subjects.chunks(CHUNK) {
            let rows = self.tasks().filter(tasks::status.ne_all(DONE_WITH));
            found.extend(tasks(conn, rows, self.ids(chunk, TouchedKind::Task))?);
        }
        Ok(found)
    }

    fn ids(&self, subjects: &[Subject], kind: TouchedKind) -> Vec<Id> {
        let wanted = self.kind.is_none_or(|only| only == kind);
        subjects.iter().filter(|one| wanted && one.kind == kind).map(|one| one.id).collect()
    }

    fn tasks(&self) -> Tasks {
        let mut rows = match self.actor {
            Some(actor) => work::visible(actor),
            None => tasks::table.filter(tasks::deleted_at.is_null()).into_boxed(),
        };
        if let Some(unit) = self.unit {
            rows = rows.filter(tasks::unit_id.eq(unit));
        }
        if let Some(path) = self.under {
            rows = rows.filter(tasks::unit_id.eq_any(units::ids_under(path)));
        }
        rows
    }
}

/// Those of these records that the actor sees, done with or not.
pub fn seen(conn: &mut AnyConn, actor: &Actor, subjects: &[Subject]) -> Result<Vec<Record>> {
    let among = Among { actor: Some(actor), ..Among::default() };
    let mut found = Vec::new();
    for chunk in subjects.chunks(CHUNK) {
        found.extend(tasks(conn, among.tasks(), among.ids(chunk, TouchedKind::Task))?);
    }
    Ok(found)
}

/// For each of some documents what puts it into practice, whoever asks, done with or not.
pub fn serving(conn: &mut AnyConn, documents: &[Id]) -> Result<HashMap<Id, HashSet<Subject>>> {
    let tasks = serving::of(conn, documents)?;
    let subjects =
        |ids: HashSet<Id>| ids.into_iter().map(|id| Subject { kind: TouchedKind::Task, id }).collect();
    Ok(tasks.into_iter().map(|(document, ids)| (document, subjects(ids))).collect())
}

/// The ids of the records of a unit.
#[diesel::dsl::auto_type]
pub fn owned_by(unit: Id) -> _ {
    tasks::table.filter(tasks::unit_id.eq(unit)).select(tasks::id)
}

/// The ids of the records of the unit with this path and of those below it.
#[diesel::dsl::auto_type]
pub fn owned_under(path: &str) -> _ {
    let below: units::ids_under = units::ids_under(path);
    tasks::table.filter(tasks::unit_id.eq_any(below)).select(tasks::id)
}

fn tasks(conn: &mut AnyConn, rows: Tasks, ids: Vec<Id>) -> Result<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Id, Id, String, Option<String>, Status, Instant)> = rows
        .filter(tasks::id.eq_any(ids))
        .select((tasks::id, tasks::unit_id, tasks::title, tasks::code, tasks::status, tasks::created_at))
        .load(conn)?;
    let record = |(id, unit_id, title, number, status, created_at): (_, _, _, _, Status, _)| Record {
        subject: Subject { kind: TouchedKind::Task, id },
        unit_id,
        title,
        number,
        status: status.into(),
        open: !DONE_WITH.contains(&status),
        created_at,
    };
    Ok(rows.into_iter().map(record).collect())
}
