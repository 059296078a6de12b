//! How many tasks put documents into practice, kept in memory from one question to the next.
//!
//! - `graph`: which documents a task serves, by sets of documents; not bound to a day;
//! - `day`: for each set and leading unit how many tasks count on a day, read when first asked for;
//! - `kinds`: what each kind of event does to them.
//!
//! The event log decides whether they are right. Each carries the mark ([`Mark`]) of the snapshot that it
//! was made in; before it is used, what the log tells since is read in the snapshot of the question, and
//! the tasks named there are read anew. A snapshot that is older than what is kept is answered without
//! it. So nothing has to be told to other nodes, and nothing is lost with the process but time. How
//! documents hang together is not kept: it is read each time.
//!
//! No lock is held while the database is read. Who asks takes what is kept, brings it up to date for
//! itself, and puts it back; sets are shared until they change.

mod day;
mod graph;
pub mod kinds;

use crate::{
    db::AnyConn,
    documents::lineage,
    error::Result,
    events::mark::{Happened, Mark, Since},
    ids::Id,
    tasks::serving,
};
use chrono::NaiveDate;
use day::{Day, counted};
use graph::Graph;
use kinds::Touch;
use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use day::Count;

/// How many tasks are held in memory at most, over all roots and days, about 100 bytes each. A task
/// counts once for each day kept, and once more for what it serves.
const MOST_TASKS: usize = 1_000_000;
/// How many days of roots are held at most.
const MOST_DAYS: usize = 8;
/// After more events than that it is cheaper to read everything anew.
const MOST_EVENTS: usize = 10_000;

/// Tasks that put just these of some documents into practice.
#[derive(Debug)]
pub struct Share {
    pub papers: BTreeSet<Id>,
    /// By the units that led them.
    pub units: HashMap<Id, Count>,
}

/// What is kept of one root for one day; as it stands in the database at its mark.
#[derive(Clone)]
struct Kept {
    root: Id,
    on: NaiveDate,
    mark: Mark,
    graph: Arc<Graph>,
    day: Day,
}

/// What is kept.
pub struct Keeper {
    most: usize,
    shelf: Mutex<Shelf>,
}

#[derive(Default)]
struct Shelf {
    /// What was used last comes first.
    kept: Vec<Kept>,
    /// Roots with more tasks than are ever held. They are counted task by task, until the next start.
    too_large: HashSet<Id>,
}

impl Default for Keeper {
    fn default() -> Self {
        Self::holding(MOST_TASKS)
    }
}

/// The tasks that put some documents into practice, by the units out of these that led them on a day; each
/// task in one share. `conn` must be in one snapshot. The work grows with the sets of documents that tasks
/// serve and the units that lead them, and with the tasks that changed since.
pub fn on(
    conn: &mut AnyConn,
    keeper: &Keeper,
    root: Id,
    documents: &[Id],
    units: &HashSet<Id>,
    day: NaiveDate,
) -> Result<Vec<Share>> {
    let Some(mut kept) = keeper.current(conn, root, day)? else {
        return one_by_one(conn, documents, units, day);
    };
    let mut sets: HashMap<usize, BTreeSet<Id>> = HashMap::new();
    for (document, papers) in lineage::below(conn, documents)? {
        for set in papers.iter().flat_map(|paper| kept.graph.with(*paper)) {
            sets.entry(*set).or_default().insert(document);
        }
    }
    let wanted: Vec<usize> = sets.keys().copied().collect();
    kept.day.load(conn, &kept.graph, &wanted)?;
    let mut shares: HashMap<BTreeSet<Id>, HashMap<Id, Count>> = HashMap::new();
    for (set, papers) in sets {
        let share = shares.entry(papers).or_default();
        for (unit, count) in kept.day.units(set).filter(|(unit, _)| units.contains(unit)) {
            share.entry(unit).or_default().add(count);
        }
    }
    keeper.put(kept);
    Ok(shares.into_iter().map(|(papers, units)| Share { papers, units }).collect())
}

/// The same from the tasks themselves.
fn one_by_one(
    conn: &mut AnyConn,
    documents: &[Id],
    units: &HashSet<Id>,
    day: NaiveDate,
) -> Result<Vec<Share>> {
    let served = serving::on(conn, documents, units, day)?;
    let mut serves: HashMap<Id, BTreeSet<Id>> = HashMap::new();
    for (document, tasks) in &served.by_document {
        for task in tasks {
            serves.entry(*task).or_default().insert(*document);
        }
    }
    let mut shares: HashMap<BTreeSet<Id>, HashMap<Id, Count>> = HashMap::new();
    for task in &served.facts {
        if let (Some(papers), Some((unit, overdue))) = (serves.remove(&task.task_id), counted(task, day)) {
            let count = Count { tasks: 1, overdue: i64::from(overdue) };
            shares.entry(papers).or_default().entry(unit).or_default().add(count);
        }
    }
    Ok(shares.into_iter().map(|(papers, units)| Share { papers, units }).collect())
}

impl Keeper {
    /// One that holds so many tasks at most.
    pub fn holding(most: usize) -> Self {
        Self { most, shelf: Mutex::default() }
    }

    /// How many days of roots, and how many tasks are held now.
    pub fn held(&self) -> (usize, usize) {
        let shelf = self.shelf();
        (shelf.kept.len(), shelf.kept.iter().map(Kept::len).sum())
    }

    /// What is kept of a root for a day, as this snapshot has it; none: it is to be counted without.
    fn current(&self, conn: &mut AnyConn, root: Id, on: NaiveDate) -> Result<Option<Kept>> {
        if self.shelf().too_large.contains(&root) {
            return Ok(None);
        }
        if let Some(kept) = self.take(root, on) {
            match kept.mark.since(conn, root, &kinds::NOTHING, MOST_EVENTS)? {
                Since::Older => return Ok(None),
                Since::TooMuch => {}
                Since::Known(told, mark) => {
                    if let Some(kept) = kept.refresh(conn, &told, mark)? {
                        return Ok(Some(kept));
                    }
                }
            }
        }
        // It counts once for what it serves, and once for the day.
        let Some(graph) = Graph::build(conn, root, self.most / 2)? else {
            self.shelf().too_large.insert(root);
            return Ok(None);
        };
        let mark = Mark::now(conn, root, &kinds::NOTHING)?;
        Ok(Some(Kept { root, on, mark, graph: Arc::new(graph), day: Day::new(on) }))
    }

    /// What is kept for the day, or what is kept of the root for another one, with nothing for this day.
    fn take(&self, root: Id, on: NaiveDate) -> Option<Kept> {
        let shelf = self.shelf();
        let of_root = || shelf.kept.iter().filter(|kept| kept.root == root);
        let other = || of_root().next().map(|kept| Kept { on, day: Day::new(on), ..kept.clone() });
        of_root().find(|kept| kept.on == on).cloned().or_else(other)
    }

    /// Keeps this, unless something newer is there, and lets go what was not used for longest.
    fn put(&self, new: Kept) {
        let mut shelf = self.shelf();
        let same = shelf.kept.iter().position(|kept| (kept.root, kept.on) == (new.root, new.on));
        if let Some(at) = same {
            if shelf.kept.get(at).is_some_and(|old| !new.mark.may_replace(&old.mark)) {
                return;
            }
            shelf.kept.remove(at);
        }
        shelf.kept.insert(0, new);
        shelf.kept.truncate(MOST_DAYS);
        let mut held = 0;
        shelf.kept.retain(|kept| {
            held += kept.len();
            held <= self.most
        });
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        // What is on the shelf was whole when it was put there.
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// Brought to the mark of a snapshot by what was told since; none when all is to be read anew.
    fn refresh(mut self, conn: &mut AnyConn, told: &[Happened], mark: Mark) -> Result<Option<Self>> {
        let (mut touched, mut relinked) = (HashSet::new(), HashSet::new());
        for one in told {
            match kinds::of(&one.kind) {
                Some(Touch::Nothing) => {}
                Some(Touch::Fact) => drop(touched.insert(one.subject_id)),
                Some(Touch::Links) => drop(relinked.insert(one.subject_id)),
                Some(Touch::Everything) | None => return Ok(None),
            }
        }
        let old = Arc::clone(&self.graph);
        if !relinked.is_empty() {
            touched.extend(Arc::make_mut(&mut self.graph).refresh(conn, relinked)?);
        }
        self.day.refresh(conn, (&old, &self.graph), &touched)?;
        self.mark = mark;
        Ok(Some(self))
    }

    /// How many tasks it holds in memory.
    fn len(&self) -> usize {
        self.graph.len() + self.day.len()
    }
}
