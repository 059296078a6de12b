//! How many tasks of each set the units led on a day, and how many of them were overdue.

use crate::{
    db::AnyConn,
    error::Result,
    ids::Id,
    tasks::{
        facts::{self, TaskFact},
        kept::graph::Graph,
    },
};
use chrono::NaiveDate;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

/// How many tasks count, and how many of them are overdue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    pub tasks: i64,
    pub overdue: i64,
}

impl Count {
    /// Adds another one.
    pub const fn add(&mut self, other: Self) {
        self.tasks += other.tasks;
        self.overdue += other.overdue;
    }
}

/// What of a task counts on a day: who led it, and whether it was overdue.
pub type Counted = (Id, bool);

/// What counts of these facts: tasks that were called off do not.
pub fn counted(task: &TaskFact, day: NaiveDate) -> Option<Counted> {
    (!task.fact.cancelled()).then(|| (task.fact.unit, task.fact.overdue(day)))
}

/// The tasks of one set that count.
#[derive(Debug, Clone, Default)]
struct Tallies {
    tasks: HashMap<Id, Counted>,
    units: HashMap<Id, Count>,
}

impl Tallies {
    fn insert(&mut self, task: Id, (unit, overdue): Counted) {
        self.tasks.insert(task, (unit, overdue));
        self.units.entry(unit).or_default().add(Count { tasks: 1, overdue: i64::from(overdue) });
    }

    fn remove(&mut self, task: Id) {
        let Some((unit, overdue)) = self.tasks.remove(&task) else { return };
        let left = self.units.entry(unit).or_default();
        left.add(Count { tasks: -1, overdue: -i64::from(overdue) });
        if left.tasks == 0 {
            self.units.remove(&unit);
        }
    }
}

/// One day, as far as it was asked for.
#[derive(Debug, Clone)]
pub struct Day {
    on: NaiveDate,
    /// By the numbers of the sets.
    sets: HashMap<usize, Arc<Tallies>>,
}

impl Day {
    /// Nothing of it is known yet.
    pub fn new(on: NaiveDate) -> Self {
        Self { on, sets: HashMap::new() }
    }

    /// Reads what is not known yet of these sets.
    pub fn load(&mut self, conn: &mut AnyConn, graph: &Graph, wanted: &[usize]) -> Result<()> {
        let new: Vec<usize> = wanted.iter().copied().filter(|set| !self.sets.contains_key(set)).collect();
        if new.is_empty() {
            return Ok(());
        }
        let ids: Vec<Id> = new.iter().flat_map(|set| graph.tasks(*set)).collect();
        let mut loaded: HashMap<usize, Tallies> =
            new.into_iter().map(|set| (set, Tallies::default())).collect();
        for task in facts::of(conn, &ids, None, self.on)? {
            let set = graph.set_of(task.task_id).and_then(|set| loaded.get_mut(&set));
            if let (Some(set), Some(counted)) = (set, counted(&task, self.on)) {
                set.insert(task.task_id, counted);
            }
        }
        self.sets.extend(loaded.into_iter().map(|(set, tallies)| (set, Arc::new(tallies))));
        Ok(())
    }

    /// Reads anew what these tasks were on the day, which lay in the sets of one graph and now lie in
    /// those of another.
    pub fn refresh(
        &mut self,
        conn: &mut AnyConn,
        (old, new): (&Graph, &Graph),
        touched: &HashSet<Id>,
    ) -> Result<()> {
        let mut here = Vec::new();
        for task in touched {
            if let Some(set) = old.set_of(*task).and_then(|set| self.sets.get_mut(&set)) {
                Arc::make_mut(set).remove(*task);
            }
            here.extend(new.set_of(*task).filter(|set| self.sets.contains_key(set)).map(|_| *task));
        }
        for task in facts::of(conn, &here, None, self.on)? {
            let set = new.set_of(task.task_id).and_then(|set| self.sets.get_mut(&set));
            if let (Some(set), Some(counted)) = (set, counted(&task, self.on)) {
                Arc::make_mut(set).insert(task.task_id, counted);
            }
        }
        Ok(())
    }

    /// Who led tasks of a set, with their counts.
    pub fn units(&self, set: usize) -> impl Iterator<Item = (Id, Count)> {
        let units = self.sets.get(&set).map(|tallies| tallies.units.iter());
        units.into_iter().flatten().map(|(unit, count)| (*unit, *count))
    }

    /// How many tasks are held in memory.
    pub fn len(&self) -> usize {
        self.sets.values().map(|tallies| tallies.tasks.len()).sum()
    }
}
