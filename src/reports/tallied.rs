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
use parking_lot::Mutex;
use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How many tasks are kept at most, over all roots and days, about 100 bytes each.
const MOST_TASKS: usize = 1_200_000;
/// How many days of roots are kept at most.
const MOST_DAYS: usize = 6;
/// After more events than that it is cheaper to read everything anew.
const MOST_EVENTS: usize = 10_000;
/// After no more events than that what is kept can be brought up to date at once.
const FEW_EVENTS: usize = 200;
/// How long who wants to know at once waits for another one who brings it up to date.
const SOON: Duration = Duration::from_millis(5);

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

/// A place on the shelf: locked while it is brought up to date, so that this is done once. A panic leaves
/// nothing by half: what is worked on is taken out first.
#[derive(Default)]
struct Place {
    kept: Mutex<Option<Tallied>>,
    /// Much is read: who wants to know at once need not wait.
    busy: AtomicBool,
}

impl Place {
    /// Says that much is read, until what this gives is dropped.
    fn busy(&self) -> impl Drop {
        struct Busy<'a>(&'a AtomicBool);
        impl Drop for Busy<'_> {
            fn drop(&mut self) {
                self.0.store(false, Ordering::Relaxed);
            }
        }
        self.busy.store(true, Ordering::Relaxed);
        Busy(&self.busy)
    }
}

/// Which root on which day stands where. What was used last comes first.
type Shelf = Vec<((Id, NaiveDate), Arc<Place>)>;

/// What is kept.
#[derive(Default)]
pub struct Tallies {
    shelf: Mutex<Shelf>,
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
        if self.too_large.lock().contains(&root) {
            return Ok(None);
        }
        let place = self.place(root, day);
        let mut kept = place.kept.lock();
        let mut old = kept.take();
        let mut follows =
            |most, conn: &mut AnyConn| old.as_mut().map_or(Ok(false), |old| old.refresh(conn, most));
        if !follows(FEW_EVENTS, conn)? {
            let _busy = place.busy();
            if !follows(MOST_EVENTS, conn)? {
                old = Some(Tallied::read(conn, root, day, today)?);
            }
        }
        let Some(current) = old else { return Ok(None) };
        let (answered, count) = (answer(&current), current.tasks.len());
        if count > MOST_TASKS {
            self.too_large.lock().insert(root);
            return Ok(None);
        }
        *kept = Some(current);
        drop(kept);
        self.tidy();
        Ok(Some(answered))
    }

    /// The same, when that can be told at once: None also when little is kept or much changed since.
    pub fn answer_soon<T>(
        &self,
        conn: &mut AnyConn,
        (root, day): (Id, NaiveDate),
        answer: impl FnOnce(&Tallied) -> T,
    ) -> Result<Option<T>> {
        let place =
            self.shelf.lock().iter().find(|(key, _)| *key == (root, day)).map(|(_, at)| Arc::clone(at));
        let Some(place) = place.filter(|place| !place.busy.load(Ordering::Relaxed)) else { return Ok(None) };
        let Some(mut kept) = place.kept.try_lock_for(SOON) else { return Ok(None) };
        let Some(mut old) = kept.take() else { return Ok(None) };
        let answered = old.refresh(conn, FEW_EVENTS).map(|current| current.then(|| answer(&old)));
        *kept = Some(old);
        answered
    }

    fn place(&self, root: Id, day: NaiveDate) -> Arc<Place> {
        let mut shelf = self.shelf.lock();
        let found = shelf.iter().position(|(key, _)| *key == (root, day));
        let one = found.map_or_else(|| ((root, day), Arc::default()), |at| shelf.remove(at));
        shelf.insert(0, one.clone());
        shelf.truncate(MOST_DAYS);
        one.1
    }

    /// Lets go what was not used for longest. What is in use is no burden yet.
    fn tidy(&self) {
        let mut held = 0;
        self.shelf.lock().retain(|(_, place)| {
            let tasks =
                place.kept.try_lock().map_or(0, |kept| kept.as_ref().map_or(0, |kept| kept.tasks.len()));
            held += tasks;
            held <= MOST_TASKS
        });
    }

    /// How many days of roots, and how many tasks are held now.
    pub fn held(&self) -> (usize, usize) {
        let shelf = self.shelf.lock();
        let tasks =
            |(_, place): &(_, Arc<Place>)| place.kept.lock().as_ref().map_or(0, |kept| kept.tasks.len());
        (shelf.len(), shelf.iter().map(tasks).sum())
    }
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

    /// Brings it to the state of a snapshot; leaves it when that is older. False when more than so many events
    /// happened since, or all is to be read anew; then it stays as it was.
    fn refresh(&mut self, conn: &mut AnyConn, most: usize) -> Result<bool> {
        let (told, mark) = match self.mark.since(conn, self.root, &[], most)? {
            Since::Older => return Ok(true),
            Since::TooMuch => return Ok(false),
            Since::Known(told, mark) => (told, mark),
        };
        let Some(touched) = touched(&told) else { return Ok(false) };
        let ids = Vec::from_iter(touched);
        let now = facts::of(conn, &ids, None, self.on)?;
        ids.iter().for_each(|task| self.remove(*task));
        now.iter().for_each(|task| self.add(task));
        self.mark = mark;
        Ok(true)
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
