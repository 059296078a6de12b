//! What tasks serve: for each task the documents that it puts into practice by itself, by an item or by
//! the tasks that it serves. Tasks that serve the same documents lie together in one set.

use crate::{
    db::{
        AnyConn,
        schema::{resolution_items as items, task_links as links, tasks},
    },
    error::Result,
    ids::Id,
    tasks::{serving, wire::ParentKind},
};
use diesel::prelude::*;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::Arc,
};

/// How many ids stand in one query.
const CHUNK: usize = 2_000;

/// Documents, each once.
type Papers = BTreeSet<Id>;

/// The tasks that serve just these documents.
#[derive(Debug, Clone, Default)]
struct Set {
    papers: Arc<Papers>,
    tasks: HashSet<Id>,
}

/// The tasks of one root that serve documents, in their sets.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    /// By their numbers, which never change; some may have become empty.
    sets: Vec<Arc<Set>>,
    set_of: HashMap<Id, usize>,
    numbers: HashMap<Arc<Papers>, usize>,
    by_paper: HashMap<Id, Vec<usize>>,
}

impl Graph {
    /// Reads what all tasks of a root serve; none when more than so many serve documents.
    pub fn build(conn: &mut AnyConn, root: Id, most: usize) -> Result<Option<Self>> {
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let mut ways = Ways::default();
        let born: Vec<(Id, Option<Id>)> = tasks::table
            .filter(tasks::root_id.eq(root).and(tasks::document_id.is_not_null()))
            .limit(limit)
            .select((tasks::id, tasks::document_id))
            .load(conn)?;
        ways.name(born.into_iter().filter_map(|(task, document)| Some((task, document?))));
        let mine = || links::table.filter(links::root_id.eq(root)).limit(limit);
        let named = mine().filter(links::kind.eq(ParentKind::Document));
        ways.name(named.select((links::task_id, links::target_id)).load(conn)?);
        let by_item = links::table
            .inner_join(items::table.on(items::id.eq(links::target_id)))
            .filter(links::root_id.eq(root).and(links::kind.eq(ParentKind::ResolutionItem)))
            .limit(limit);
        ways.name(by_item.select((links::task_id, items::document_id)).load::<(Id, Id)>(conn)?);
        let steps = mine().filter(links::kind.eq(ParentKind::Task));
        ways.serve(steps.select((links::target_id, links::task_id)).load(conn)?);
        if ways.named.len() > most || ways.steps.values().map(Vec::len).sum::<usize>() > most {
            return Ok(None);
        }
        let mut graph = Self::default();
        for (task, papers) in ways.solve() {
            graph.put(task, papers);
        }
        Ok(Some(graph).filter(|graph| graph.len() <= most))
    }

    /// Reads anew what these tasks serve; gives them with all that hang on them.
    pub fn refresh(&mut self, conn: &mut AnyConn, changed: HashSet<Id>) -> Result<HashSet<Id>> {
        let steps = serving::steps(conn, changed.iter().copied().collect())?;
        let touched = serving::reach(changed, &steps);
        let mut ways = Ways::default();
        for chunk in Vec::from_iter(touched.iter().copied()).chunks(CHUNK) {
            let born: Vec<(Id, Option<Id>)> = tasks::table
                .filter(tasks::id.eq_any(chunk).and(tasks::document_id.is_not_null()))
                .select((tasks::id, tasks::document_id))
                .load(conn)?;
            ways.name(born.into_iter().filter_map(|(task, document)| Some((task, document?))));
            let of = |kind: ParentKind| {
                links::table.filter(links::task_id.eq_any(chunk).and(links::kind.eq(kind)))
            };
            let named = of(ParentKind::Document).select((links::task_id, links::target_id));
            ways.name(named.load::<(Id, Id)>(conn)?);
            let by_item: Vec<(Id, Id)> = links::table
                .inner_join(items::table.on(items::id.eq(links::target_id)))
                .filter(links::task_id.eq_any(chunk).and(links::kind.eq(ParentKind::ResolutionItem)))
                .select((links::task_id, items::document_id))
                .load(conn)?;
            ways.name(by_item);
            let served: Vec<(Id, Id)> =
                of(ParentKind::Task).select((links::target_id, links::task_id)).load(conn)?;
            let (inside, outside): (Vec<_>, Vec<_>) =
                served.into_iter().partition(|(served, _)| touched.contains(served));
            ways.serve(inside);
            for (served, task) in outside {
                let papers = self.set_of.get(&served).and_then(|n| self.sets.get(*n));
                ways.name(papers.into_iter().flat_map(|set| set.papers.iter().map(|paper| (task, *paper))));
            }
        }
        let mut solved = ways.solve();
        for task in &touched {
            self.put(*task, solved.remove(task).unwrap_or_default());
        }
        Ok(touched)
    }

    /// Lays a task into the set of its documents, out of the one where it lay.
    fn put(&mut self, task: Id, papers: Papers) {
        let old = self.set_of.get(&task).and_then(|n| self.sets.get_mut(*n));
        if let Some(old) = old {
            if *old.papers == papers {
                return;
            }
            Arc::make_mut(old).tasks.remove(&task);
            self.set_of.remove(&task);
        }
        if papers.is_empty() {
            return;
        }
        let number = self.numbers.get(&papers).copied().unwrap_or_else(|| self.found(papers));
        if let Some(set) = self.sets.get_mut(number) {
            Arc::make_mut(set).tasks.insert(task);
            self.set_of.insert(task, number);
        }
    }

    /// A new set; its number.
    fn found(&mut self, papers: Papers) -> usize {
        let (number, papers) = (self.sets.len(), Arc::new(papers));
        for paper in papers.iter() {
            self.by_paper.entry(*paper).or_default().push(number);
        }
        self.numbers.insert(Arc::clone(&papers), number);
        self.sets.push(Arc::new(Set { papers, tasks: HashSet::new() }));
        number
    }

    /// The set in which a task lies.
    pub fn set_of(&self, task: Id) -> Option<usize> {
        self.set_of.get(&task).copied()
    }

    /// The sets with a document.
    pub fn with(&self, paper: Id) -> &[usize] {
        self.by_paper.get(&paper).map_or(&[], Vec::as_slice)
    }

    /// The tasks of a set.
    pub fn tasks(&self, set: usize) -> impl Iterator<Item = Id> {
        self.sets.get(set).into_iter().flat_map(|set| set.tasks.iter().copied())
    }

    /// How many tasks lie in sets.
    pub fn len(&self) -> usize {
        self.set_of.len()
    }
}

/// What was read of some tasks.
#[derive(Default)]
struct Ways {
    /// By task.
    named: HashMap<Id, Papers>,
    /// Who serves a task.
    steps: HashMap<Id, Vec<Id>>,
}

impl Ways {
    /// Tasks that name documents.
    fn name(&mut self, named: impl IntoIterator<Item = (Id, Id)>) {
        for (task, document) in named {
            self.named.entry(task).or_default().insert(document);
        }
    }

    /// Tasks that are served, and who serves them.
    fn serve(&mut self, steps: Vec<(Id, Id)>) {
        for (served, task) in steps {
            self.steps.entry(served).or_default().push(task);
        }
    }

    /// What each task names, and what those name that it serves, to the end.
    fn solve(self) -> HashMap<Id, Papers> {
        let Self { named: mut found, steps } = self;
        let mut rim: Vec<Id> = found.keys().copied().filter(|task| steps.contains_key(task)).collect();
        while let Some(task) = rim.pop() {
            let papers = found.get(&task).cloned().unwrap_or_default();
            for child in steps.get(&task).into_iter().flatten() {
                let its = found.entry(*child).or_default();
                let before = its.len();
                its.extend(&papers);
                if its.len() > before && steps.contains_key(child) {
                    rim.push(*child);
                }
            }
        }
        found
    }
}
