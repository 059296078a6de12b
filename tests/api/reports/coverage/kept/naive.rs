//! The same counts, made the slow way: every task by itself, from its whole history.

use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use tiendo::{
    db::{
        AnyConn,
        schema::{document_relations, documents, resolution_items, task_links, tasks},
    },
    documents::{wire::DocumentRelation, workflow::Effect},
    error::Result,
    ids::Id,
    tasks::{
        facts,
        kept::{self, Keeper},
        wire::ParentKind,
    },
};

/// Documents, a unit → tasks, overdue ones.
pub type Counts = BTreeMap<(BTreeSet<Id>, Id), (i64, i64)>;

/// Which of some documents tasks serve, and on which day.
#[derive(Debug, Clone)]
pub struct Question {
    pub root: Id,
    pub documents: Vec<Id>,
    pub units: HashSet<Id>,
    pub day: NaiveDate,
}

/// What a keeper says.
pub fn kept(conn: &mut AnyConn, keeper: &Keeper, asked: &Question) -> Result<Counts> {
    let shares = kept::on(conn, keeper, asked.root, &asked.documents, &asked.units, asked.day)?;
    let mut counts = Counts::new();
    for share in shares {
        for (unit, count) in share.units {
            let old = counts.insert((share.papers.clone(), unit), (count.tasks, count.overdue));
            assert!(old.is_none() && count.tasks > 0, "one share each: {count:?}");
        }
    }
    Ok(counts)
}

/// What goes where, one step.
type Steps = HashMap<Id, Vec<Id>>;

fn up(from: Id, steps: &Steps) -> HashSet<Id> {
    let (mut met, mut rim) = (HashSet::from([from]), vec![from]);
    while let Some(at) = rim.pop() {
        rim.extend(steps.get(&at).into_iter().flatten().copied().filter(|id| met.insert(*id)));
    }
    met
}

/// What the tasks themselves say.
pub fn naive(conn: &mut AnyConn, asked: &Question) -> Result<Counts> {
    let all: Vec<(Id, Option<Id>)> = tasks::table.select((tasks::id, tasks::document_id)).load(conn)?;
    let items: HashMap<Id, Id> = resolution_items::table
        .select((resolution_items::id, resolution_items::document_id))
        .load::<(Id, Id)>(conn)?
        .into_iter()
        .collect();
    let mut steps = Steps::new();
    for (task, kind, target) in task_links::table
        .select((task_links::task_id, task_links::kind, task_links::target_id))
        .load::<(Id, ParentKind, Id)>(conn)?
    {
        let target = if kind == ParentKind::ResolutionItem { items[&target] } else { target };
        steps.entry(task).or_default().push(target);
    }
    for (task, document) in &all {
        steps.entry(*task).or_default().extend(document);
    }
    let alive: HashSet<Id> = documents::table
        .filter(documents::deleted_at.is_null())
        .select(documents::id)
        .load::<Id>(conn)?
        .into_iter()
        .collect();
    for (from, to, relation) in document_relations::table
        .select((document_relations::from_id, document_relations::to_id, document_relations::relation))
        .load::<(Id, Id, DocumentRelation)>(conn)?
    {
        if alive.contains(&from) && Effect::of(relation).is_none() {
            steps.entry(from).or_default().push(to);
        }
    }
    let ids: Vec<Id> = all.into_iter().map(|(task, _)| task).collect();
    let mut counts = Counts::new();
    for task in facts::replay(conn, &ids, asked.day)? {
        let above = up(task.task_id, &steps);
        let papers: BTreeSet<Id> = asked.documents.iter().copied().filter(|id| above.contains(id)).collect();
        if !task.fact.cancelled() && !papers.is_empty() && asked.units.contains(&task.fact.unit) {
            let count = counts.entry((papers, task.fact.unit)).or_default();
            count.0 += 1;
            count.1 += i64::from(task.fact.overdue(asked.day));
        }
    }
    Ok(counts)
}
