//! The records whose owners are asked: programmes and tasks that are not done with.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{documents, programme_parents as parents, programmes, tasks},
    },
    documents::lineage,
    error::{Result, Said},
    http::fields::Faults,
    ids::Id,
    measures::Status,
    org_units::model as units,
    programmes::{model as plans, workflow::ProgrammeStatus},
    reconfirmations::workflow::TouchedKind,
    tasks::{model as work, serving},
};
use deserr::Deserr;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap, HashSet};
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

type Programmes = programmes::BoxedQuery<'static, MultiBackend>;
type Tasks = tasks::BoxedQuery<'static, MultiBackend>;

/// What is not asked about any more.
const DONE_WITH: [Status; 3] = [Status::Completed, Status::Closed, Status::Cancelled];

impl Among<'_> {
    /// Those of these records that are not done with.
    pub fn open(&self, conn: &mut AnyConn, subjects: &[Subject]) -> Result<Vec<Record>> {
        let mut found = Vec::new();
        for chunk in subjects.chunks(CHUNK) {
            let rows = self.programmes().filter(programmes::status.ne(ProgrammeStatus::Closed));
            found.extend(programmes(conn, rows, self.ids(chunk, TouchedKind::Programme))?);
            let rows = self.tasks().filter(tasks::status.ne_all(DONE_WITH));
            found.extend(tasks(conn, rows, self.ids(chunk, TouchedKind::Task))?);
        }
        Ok(found)
    }

    fn ids(&self, subjects: &[Subject], kind: TouchedKind) -> Vec<Id> {
        let wanted = self.kind.is_none_or(|only| only == kind);
        subjects.iter().filter(|one| wanted && one.kind == kind).map(|one| one.id).collect()
    }

    fn programmes(&self) -> Programmes {
        let mut rows = match self.actor {
            Some(actor) => plans::visible(actor),
            None => programmes::table.filter(programmes::deleted_at.is_null()).into_boxed(),
        };
        if let Some(unit) = self.unit {
            rows = rows.filter(programmes::unit_id.eq(unit));
        }
        if let Some(path) = self.under {
            rows = rows.filter(programmes::unit_id.eq_any(units::ids_under(path)));
        }
        rows
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
        found.extend(programmes(conn, among.programmes(), among.ids(chunk, TouchedKind::Programme))?);
        found.extend(tasks(conn, among.tasks(), among.ids(chunk, TouchedKind::Task))?);
    }
    Ok(found)
}

/// For each of some documents what puts it into practice, whoever asks, done with or not: the programmes
/// and tasks that name it or a document that does, over any number of steps.
pub fn serving(conn: &mut AnyConn, documents: &[Id]) -> Result<HashMap<Id, HashSet<Subject>>> {
    let below = lineage::below(conn, documents)?;
    let papers: BTreeSet<Id> = below.values().flatten().copied().collect();
    let named = naming(conn, &Vec::from_iter(papers))?;
    let mut tasks = serving::of(conn, documents)?;
    let subject = |kind| move |id| Subject { kind, id };
    let of = |(document, papers): (Id, BTreeSet<Id>)| {
        let plans = papers.iter().filter_map(|paper| named.get(paper)).flatten().copied();
        let tasks = tasks.remove(&document).unwrap_or_default().into_iter();
        let all = plans.map(subject(TouchedKind::Programme)).chain(tasks.map(subject(TouchedKind::Task)));
        (document, all.collect())
    };
    Ok(below.into_iter().map(of).collect())
}

/// The programmes that name each of these documents.
fn naming(conn: &mut AnyConn, papers: &[Id]) -> Result<HashMap<Id, Vec<Id>>> {
    let mut found: HashMap<Id, Vec<Id>> = HashMap::new();
    for chunk in papers.chunks(CHUNK) {
        let rows: Vec<(Id, Id)> = parents::table
            .filter(parents::document_id.eq_any(chunk))
            .select((parents::document_id, parents::programme_id))
            .load(conn)?;
        for (paper, programme) in rows {
            found.entry(paper).or_default().push(programme);
        }
    }
    Ok(found)
}

/// The ids of the programmes of a unit.
#[diesel::dsl::auto_type]
pub fn programmes_of(unit: Id) -> _ {
    programmes::table.filter(programmes::unit_id.eq(unit)).select(programmes::id)
}

/// The ids of the programmes of the unit with this path and of those below it.
#[diesel::dsl::auto_type]
pub fn programmes_under(path: &str) -> _ {
    let below: units::ids_under = units::ids_under(path);
    programmes::table.filter(programmes::unit_id.eq_any(below)).select(programmes::id)
}

/// The ids of the tasks that a unit leads.
#[diesel::dsl::auto_type]
pub fn tasks_of(unit: Id) -> _ {
    tasks::table.filter(tasks::unit_id.eq(unit)).select(tasks::id)
}

/// The ids of the tasks that the unit with this path or one below it leads.
#[diesel::dsl::auto_type]
pub fn tasks_under(path: &str) -> _ {
    let below: units::ids_under = units::ids_under(path);
    tasks::table.filter(tasks::unit_id.eq_any(below)).select(tasks::id)
}

fn programmes(conn: &mut AnyConn, rows: Programmes, ids: Vec<Id>) -> Result<Vec<Record>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Id, Id, String, ProgrammeStatus, Instant, Option<Id>)> = rows
        .filter(programmes::id.eq_any(ids))
        .select((
            programmes::id,
            programmes::unit_id,
            programmes::title,
            programmes::status,
            programmes::created_at,
            programmes::document_id,
        ))
        .load(conn)?;
    let papers: Vec<Id> = rows.iter().filter_map(|row| row.5).collect();
    let numbers: Vec<(Id, Option<String>)> = documents::table
        .filter(documents::id.eq_any(papers))
        .select((documents::id, documents::number_text))
        .load(conn)?;
    let numbers: HashMap<Id, Option<String>> = numbers.into_iter().collect();
    let record = |(id, unit_id, title, status, created_at, paper): (_, _, _, ProgrammeStatus, _, _)| Record {
        subject: Subject { kind: TouchedKind::Programme, id },
        unit_id,
        title,
        number: Option::<Id>::and_then(paper, |paper| numbers.get(&paper).cloned().flatten()),
        status: status.into(),
        open: status != ProgrammeStatus::Closed,
        created_at,
    };
    Ok(rows.into_iter().map(record).collect())
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
