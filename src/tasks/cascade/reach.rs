//! Following the links between tasks, whoever asks: what of it is shown is for the caller to narrow.

use crate::{
    auth::Actor,
    db::{
        AnyConn,
        schema::{task_links as links, tasks},
    },
    error::{Error, Result},
    ids::Id,
    tasks::{
        model::{Lens, Row, visible},
        wire::{ParentKind, TaskBrief},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::BTreeSet;

/// Most tasks that are followed.
const MOST: usize = 500;

/// The tasks met on the way.
#[derive(Default)]
pub struct Reached {
    pub tasks: BTreeSet<Id>,
    /// There were more.
    pub truncated: bool,
}

impl Reached {
    /// Takes what is new of some tasks, those that were deleted aside; gives it.
    fn take(&mut self, conn: &mut AnyConn, found: Vec<Id>) -> Result<Vec<Id>> {
        let alive: Vec<Id> = tasks::table
            .filter(tasks::id.eq_any(found).and(tasks::deleted_at.is_null()))
            .order(tasks::id)
            .select(tasks::id)
            .load(conn)?;
        let mut new = Vec::new();
        for id in alive.into_iter().filter(|id| !self.tasks.contains(id)) {
            if self.tasks.len() + new.len() >= MOST {
                self.truncated = true;
                break;
            }
            new.push(id);
        }
        self.tasks.extend(&new);
        Ok(new)
    }
}

/// The tasks that serve one of these items, or a task that does, over any number of steps.
pub fn down(conn: &mut AnyConn, items: &[Id]) -> Result<Reached> {
    let mut reached = Reached::default();
    let (mut kind, mut rim) = (ParentKind::ResolutionItem, items.to_vec());
    while !rim.is_empty() {
        let served = links::target_id.eq_any(&rim).and(links::kind.eq(kind));
        let found = links::table.filter(served).select(links::task_id).distinct().load(conn)?;
        rim = reached.take(conn, found)?;
        kind = ParentKind::Task;
    }
    Ok(reached)
}

/// What a task serves over any number of steps: tasks, without itself, documents and items.
pub fn up(conn: &mut AnyConn, task: Id) -> Result<(Reached, BTreeSet<Id>, BTreeSet<Id>)> {
    let mut reached = Reached { tasks: BTreeSet::from([task]), truncated: false };
    let (mut documents, mut items, mut rim) = (BTreeSet::new(), BTreeSet::new(), vec![task]);
    while !rim.is_empty() {
        let born_of: Vec<Option<Id>> = tasks::table
            .filter(tasks::id.eq_any(&rim).and(tasks::document_id.is_not_null()))
            .select(tasks::document_id)
            .load(conn)?;
        documents.extend(born_of.into_iter().flatten());
        let served: Vec<(ParentKind, Id)> = links::table
            .filter(links::task_id.eq_any(&rim))
            .select((links::kind, links::target_id))
            .load(conn)?;
        let mut above = Vec::new();
        for (kind, id) in served {
            match kind {
                ParentKind::Document => drop(documents.insert(id)),
                ParentKind::ResolutionItem => drop(items.insert(id)),
                ParentKind::Task => above.push(id),
            }
        }
        rim = reached.take(conn, above)?;
    }
    reached.tasks.remove(&task);
    Ok((reached, documents, items))
}

/// Those of the tasks that the actor sees, as they stand today, and how many others there are.
pub fn shown(
    conn: &mut AnyConn,
    actor: &Actor,
    ids: &BTreeSet<Id>,
    today: NaiveDate,
) -> Result<(Vec<TaskBrief>, i64)> {
    let rows: Vec<Row> = visible(actor)
        .filter(tasks::id.eq_any(ids.clone()))
        .order(tasks::id)
        .select(Row::as_select())
        .load(conn)?;
    let hidden = unseen(ids.len(), rows.len())?;
    let tasks = Lens::new(conn, actor, today)?.wire(conn, rows)?;
    Ok((tasks.into_iter().map(TaskBrief::from).collect(), hidden))
}

/// How many of what was reached are not shown.
pub fn unseen(reached: usize, shown: usize) -> Result<i64> {
    i64::try_from(reached.saturating_sub(shown)).map_err(Error::internal)
}
