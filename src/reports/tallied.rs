//! What roll-ups stand on, kept in memory from one question to the next: of each root on a day the tree,
//! and what every task adds to the sums of its unit and of the units above it.
//!
//! The event log decides whether it is right ([`Mark`]): before it is used, what the log tells since is
//! read, the tasks named there are counted anew, and a change of units makes everything be read anew. A
//! question whose snapshot is older than what is kept is answered by what is kept: it is one state of
//! the log, and a later one. So a roll-up costs what changed since the last one, however much there is.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::org_units},
    error::Result,
    events::mark::{Happened, Mark, Since},
    ids::Id,
    measures::{Tally, TaskShare},
    org_units::tree::Tree,
    tasks::{
        facts::{self, TaskFact},
        kept::kinds::{self, Touch},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many tasks are kept at most, over all roots and days, about 100 bytes each.
const MOST_TASKS: usize = 1_200_000;
/// How many days of roots are kept at most.
const MOST_DAYS: usize = 6;
/// After more events than that it is cheaper to read everything anew.
const MOST_EVENTS: usize = 10_000;

/// One root on one day, as it stands in the database at its mark.
pub struct Tallied {
    root: Id,
    on: NaiveDate,
    mark: Mark,
    pub tree: Tree,
    /// Where each unit lies now.
    paths: HashMap<Id, String>,
    tasks: HashMap<Id, (Id, TaskShare)>,
    own: HashMap<Id, Tally>,
    rolled: HashMap<Id, Tally>,
}

/// A place on the shelf: locked while it is brought up to date, so that this is done once.
type Place = Arc<Mutex<Option<Tallied>>>;

/// What is kept.
#[derive(Default)]
pub struct Tallies {
    /// What was used last comes first.
    shelf: Mutex<Vec<((Id, NaiveDate), Place)>>,
    /// Roots with more tasks than are ever kept. They are summed up task by task, until the next start.
    too_large: Mutex<HashSet<Id>>,
}

impl Tallies {
    /// Answers from the sums of a root at the end of a day, as they stand in this snapshot or later. `conn`
    /// must be in one snapshot. None when there are too many tasks to keep.
    pub fn answer<T>(
        &self,
        conn: &mut AnyConn,
        root: Id,
        (day, today): (NaiveDate, NaiveDate),
        answer: impl FnOnce(&Tallied) -> T,
    ) -> Result<Option<T>> {
        if unharmed(&self.too_large).contains(&root) {
            return Ok(None);
        }
        let place = self.place(root, day);
        let mut kept = unharmed(&place);
        let current = match kept.take() {
            Some(old) => old.refreshed(conn)?,
            None => None,
        };
        let current = match current {
            Some(current) => current,
            None => Tallied::read(conn, root, day, today)?,
        };
        let (answered, count) = (answer(&current), current.tasks.len());
        if count > MOST_TASKS {
            unharmed(&self.too_large).insert(root);
            return Ok(None);
        }
        *kept = Some(current);
        drop(kept);
        self.tidy();
        Ok(Some(answered))
    }

    fn place(&self, root: Id, day: NaiveDate) -> Place {
        let mut shelf = unharmed(&self.shelf);
        let found = shelf.iter().position(|(key, _)| *key == (root, day));
        let one = found.map_or_else(|| ((root, day), Place::default()), |at| shelf.remove(at));
        shelf.insert(0, one.clone());
        shelf.truncate(MOST_DAYS);
        one.1
    }

    /// Lets go what was not used for longest. What is in use is no burden yet.
    fn tidy(&self) {
        let mut held = 0;
        unharmed(&self.shelf).retain(|(_, place)| {
            let tasks = place.try_lock().map_or(0, |kept| kept.as_ref().map_or(0, |kept| kept.tasks.len()));
            held += tasks;
            held <= MOST_TASKS
        });
    }

    /// How many days of roots, and how many tasks are held now.
    pub fn held(&self) -> (usize, usize) {
        let shelf = unharmed(&self.shelf);
        let tasks = |(_, place): &(_, Place)| unharmed(place).as_ref().map_or(0, |kept| kept.tasks.len());
        (shelf.len(), shelf.iter().map(tasks).sum())
    }
}

/// A panic leaves nothing by half: what is worked on is taken out first.
fn unharmed<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Tallied {
    fn read(conn: &mut AnyConn, root: Id, on: NaiveDate, today: NaiveDate) -> Result<Self> {
        let tree = Tree::on(conn, root, on)?;
        let units: Vec<Id> = tree.units().map(|unit| unit.id).collect();
        let paths: Vec<(Id, String)> = org_units::table
            .filter(org_units::root_id.eq(root))
            .select((org_units::id, org_units::path))
            .load(conn)?;
        let mut fresh = Self {
            root,
            on,
            mark: Mark::now(conn, root, &[])?,
            tree,
            paths: paths.into_iter().collect(),
            tasks: HashMap::new(),
            own: HashMap::new(),
            rolled: HashMap::new(),
        };
        facts::on(conn, &units, on, today)?.iter().for_each(|task| fresh.add(task));
        Ok(fresh)
    }

    /// Brought to the state of a snapshot; itself when that is older; none when all is to be read anew.
    fn refreshed(mut self, conn: &mut AnyConn) -> Result<Option<Self>> {
        match self.mark.since(conn, self.root, &[], MOST_EVENTS)? {
            Since::Older => Ok(Some(self)),
            Since::TooMuch => Ok(None),
            Since::Known(told, mark) => {
                let Some(touched) = touched(&told) else { return Ok(None) };
                let ids = Vec::from_iter(touched);
                ids.iter().for_each(|task| self.remove(*task));
                facts::of(conn, &ids, None, self.on)?.iter().for_each(|task| self.add(task));
                self.mark = mark;
                Ok(Some(self))
            }
        }
    }

    fn add(&mut self, task: &TaskFact) {
        let (unit, share) = (task.fact.unit, TaskShare::of(&task.fact, self.on));
        self.tasks.insert(task.task_id, (unit, share));
        self.count(unit, share, Tally::add_share);
    }

    fn remove(&mut self, task: Id) {
        if let Some((unit, share)) = self.tasks.remove(&task) {
            self.count(unit, share, Tally::take_share);
        }
    }

    /// Counts in a unit and in every unit above it.
    fn count(&mut self, unit: Id, share: TaskShare, count: fn(&mut Tally, TaskShare)) {
        count(self.own.entry(unit).or_default(), share);
        // Dated parentage has no circles; a broken one must not hang the reader.
        let above = std::iter::successors(Some(unit), |at| self.tree.parent(*at)).take(100);
        for at in above {
            count(self.rolled.entry(at).or_default(), share);
        }
    }

    /// What a unit's own tasks sum up to.
    pub fn own(&self, unit: Id) -> Tally {
        self.own.get(&unit).copied().unwrap_or_default()
    }

    /// The same with those of all units below it.
    pub fn rolled_up(&self, unit: Id) -> Tally {
        self.rolled.get(&unit).copied().unwrap_or_default()
    }

    /// True when the actor reads the tasks of this unit one by one, by where it lies now.
    pub fn reads(&self, actor: &Actor, unit: Id) -> bool {
        let deepest = usize::try_from(actor.longest_path()).unwrap_or(usize::MAX);
        let lies = |path: &String| path.starts_with(actor.territory()) && path.len() <= deepest;
        self.paths.get(&unit).is_some_and(lies)
    }
}

/// The tasks that these events changed; none when they changed more than tasks.
fn touched(told: &[Happened]) -> Option<HashSet<Id>> {
    let mut tasks = HashSet::new();
    for one in told {
        if one.kind.starts_with("org_unit.") {
            return None;
        }
        match kinds::of(&one.kind)? {
            Touch::Fact | Touch::Links => drop(tasks.insert(one.subject_id)),
            // What else there is changes what tasks serve, which bears on no roll-up.
            Touch::Nothing | Touch::Everything => {}
        }
    }
    Some(tasks)
}
