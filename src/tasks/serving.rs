//! Which tasks put a document into practice: those that name it, one of its items, or a document that
//! puts it into practice, and the tasks that serve such a task, all over any number of steps. A task does
//! so once, on however many ways.

use crate::{
    db::{
        AnyConn,
        schema::{resolution_items as items, task_links as links, tasks},
    },
    documents::lineage,
    error::Result,
    ids::Id,
    tasks::{
        facts::{self, TaskFact},
        wire::ParentKind,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeSet, HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 2_000;
/// Most tasks that a list is narrowed to: what one query takes on either database.
pub const MOST: usize = 30_000;

/// Tasks of some units that put some documents into practice, as they were on a day.
#[derive(Debug, Default)]
pub struct Served {
    /// Each task once.
    pub facts: Vec<TaskFact>,
    /// For each document the tasks that put it into practice; some may not have been there on the day, or
    /// be other units'.
    pub by_document: HashMap<Id, HashSet<Id>>,
}

/// The tasks of some units that put some documents into practice, whoever asks. The work grows with the
/// tasks that do so, whatever other tasks there are.
pub fn on(conn: &mut AnyConn, documents: &[Id], units: &HashSet<Id>, day: NaiveDate) -> Result<Served> {
    let by_document = of(conn, documents)?;
    let all: BTreeSet<Id> = by_document.values().flatten().copied().collect();
    Ok(Served { facts: facts::of(conn, &Vec::from_iter(all), Some(units), day)?, by_document })
}

/// For each of some documents the tasks that put it into practice, whoever asks, those too that were
/// deleted or called off.
pub fn of(conn: &mut AnyConn, documents: &[Id]) -> Result<HashMap<Id, HashSet<Id>>> {
    let below = lineage::below(conn, documents)?;
    let papers: BTreeSet<Id> = below.values().flatten().copied().collect();
    let direct = direct(conn, &Vec::from_iter(papers))?;
    let first: HashSet<Id> = direct.values().flatten().copied().collect();
    let steps = steps(conn, Vec::from_iter(first))?;
    let tasks = |papers: &BTreeSet<Id>| {
        let first = papers.iter().filter_map(|paper| direct.get(paper)).flatten().copied();
        reach(first.collect(), &steps)
    };
    Ok(below.iter().map(|(document, papers)| (*document, tasks(papers))).collect())
}

/// The tasks that name a document or one of its items.
fn direct(conn: &mut AnyConn, documents: &[Id]) -> Result<HashMap<Id, HashSet<Id>>> {
    let mut found: HashMap<Id, HashSet<Id>> = HashMap::new();
    for chunk in documents.chunks(CHUNK) {
        let born: Vec<(Option<Id>, Id)> = tasks::table
            .filter(tasks::document_id.eq_any(chunk))
            .select((tasks::document_id, tasks::id))
            .load(conn)?;
        let named: Vec<(Id, Id)> = links::table
            .filter(links::target_id.eq_any(chunk).and(links::kind.eq(ParentKind::Document)))
            .select((links::target_id, links::task_id))
            .load(conn)?;
        let by_item: Vec<(Id, Id)> = links::table
            .inner_join(items::table.on(items::id.eq(links::target_id)))
            .filter(items::document_id.eq_any(chunk).and(links::kind.eq(ParentKind::ResolutionItem)))
            .select((items::document_id, links::task_id))
            .load(conn)?;
        let born = born.into_iter().filter_map(|(document, task)| Some((document?, task)));
        for (document, task) in born.chain(named).chain(by_item) {
            found.entry(document).or_default().insert(task);
        }
    }
    Ok(found)
}

/// Some tasks, and all that serve them by these steps.
pub fn reach(mut reached: HashSet<Id>, steps: &HashMap<Id, Vec<Id>>) -> HashSet<Id> {
    let mut rim = Vec::from_iter(reached.iter().copied());
    while let Some(task) = rim.pop() {
        rim.extend(steps.get(&task).into_iter().flatten().copied().filter(|id| reached.insert(*id)));
    }
    reached
}

/// Which tasks serve these, and which serve those, to the end, whoever asks.
pub fn steps(conn: &mut AnyConn, from: Vec<Id>) -> Result<HashMap<Id, Vec<Id>>> {
    let mut met: HashSet<Id> = from.iter().copied().collect();
    let (mut found, mut rim): (HashMap<Id, Vec<Id>>, _) = (HashMap::new(), from);
    while !rim.is_empty() {
        let mut next = Vec::new();
        for chunk in rim.chunks(CHUNK) {
            let serving: Vec<(Id, Id)> = links::table
                .filter(links::target_id.eq_any(chunk).and(links::kind.eq(ParentKind::Task)))
                .select((links::target_id, links::task_id))
                .load(conn)?;
            for (served, task) in serving {
                found.entry(served).or_default().push(task);
                next.extend(met.insert(task).then_some(task));
            }
        }
        rim = next;
    }
    Ok(found)
}
