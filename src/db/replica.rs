//! The replica: a relief for the primary, for reads that may be some seconds old.
//!
//! Nothing is believed about it from afar. Each job first asks the very connection that it runs on whether
//! the server there has replayed all that the primary had written [`BEHIND`] ago; so the bound holds however
//! many hosts the URL names, and no clocks are compared. What is wrong with the replica (too far behind, gone,
//! a job cancelled because it stood in the way of replaying) never reaches a caller: the primary answers.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};

use super::{AnyConn, Backend, job::Wish, lane::Lane, target::Target};
use crate::error::{Error, Result};

/// What the primary had written so long ago the replica must show: with the time between looks, and what a
/// primary that is slow to answer adds, its answers are at most some nine seconds old.
const BEHIND: Duration = Duration::from_secs(5);
/// Between two looks at the primary.
const LOOK: Duration = Duration::from_secs(1);
/// Looks older than this say nothing: who cannot ask the primary cannot tell how old the replica is.
const FORGOTTEN: Duration = Duration::from_secs(3);
/// How long a replica that failed or lags is left alone.
const REST: Duration = Duration::from_secs(1);

diesel::define_sql_function! {
    /// PostgreSQL alone has it: whether this server has replayed the log up to a place.
    fn has_replayed(place: Text, primary_started: Text) -> Bool;
}

/// How long a read is: short ones and long ones have threads of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// As for [`Db::read`](super::Db::read).
    Short,
    /// As for [`Db::report`](super::Db::report): in one snapshot.
    Long,
}

/// How many reads that the replica may serve were served by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Served {
    pub replica: u64,
    pub primary: u64,
}

pub(super) struct Replica {
    pub read: Lane,
    pub report: Lane,
    watch: Arc<Watch>,
    since: Instant,
    /// Milliseconds from `since` until which it is left alone.
    rests_until: AtomicU64,
    by_replica: AtomicU64,
    by_primary: AtomicU64,
}

/// What a job on the replica came to.
enum Came<T> {
    Answer(T),
    /// The replica does not show yet what this caller must see.
    NotYet,
    TooOld,
}

impl Replica {
    pub fn new(read: Lane, report: Lane, primary: &Target) -> Result<Self> {
        Ok(Self {
            read,
            report,
            watch: Watch::start(primary)?,
            since: Instant::now(),
            rests_until: AtomicU64::new(0),
            by_replica: AtomicU64::new(0),
            by_primary: AtomicU64::new(0),
        })
    }

    /// The answer of the replica; none when the primary has to be asked. Refusals are no answer: what is
    /// absent here may be there.
    pub async fn ask<T: Send + 'static>(
        &self,
        length: Length,
        f: impl FnOnce(&mut AnyConn) -> Result<Option<T>> + Send + 'static,
    ) -> Option<T> {
        let answer = self.attempt(length, f).await;
        let served = if answer.is_some() { &self.by_replica } else { &self.by_primary };
        served.fetch_add(1, Ordering::Relaxed);
        answer
    }

    async fn attempt<T: Send + 'static>(
        &self,
        length: Length,
        f: impl FnOnce(&mut AnyConn) -> Result<Option<T>> + Send + 'static,
    ) -> Option<T> {
        let lane = match length {
            Length::Short => &self.read,
            Length::Long => &self.report,
        };
        if self.now() < self.rests_until.load(Ordering::Relaxed) || !lane.answers() {
            return None;
        }
        let bound = self.watch.bound()?;
        let job = move |conn: &mut AnyConn| {
            if !bound.is_reached(conn)? {
                return Ok(Came::TooOld);
            }
            Ok(f(conn)?.map_or(Came::NotYet, Came::Answer))
        };
        match lane.run(Wish::Keep, job).await {
            Ok(Came::Answer(answer)) => return Some(answer),
            Ok(Came::NotYet) => {}
            Ok(Came::TooOld) => self.rest("it is too far behind"),
            Err(e) if e.code.status() >= 500 => self.rest(&e.to_string()),
            Err(_) => {}
        }
        None
    }

    fn rest(&self, why: &str) {
        log::warn!("the primary answers for the replica: {why}");
        let rest = u64::try_from(REST.as_millis()).unwrap_or_default();
        self.rests_until.store(self.now().saturating_add(rest), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    pub fn served(&self) -> Served {
        let count = |of: &AtomicU64| of.load(Ordering::Relaxed);
        Served { replica: count(&self.by_replica), primary: count(&self.by_primary) }
    }
}

/// What a replica must have replayed. SQLite has no log that could be asked for: whoever copies the file
/// says how old the copy may be.
enum Bound {
    None,
    Place(Place),
}

/// Where the primary's log ended at some moment.
#[derive(Clone, QueryableByName)]
struct Place {
    #[diesel(sql_type = Text)]
    place: String,
    /// When this server started: another one after a failover.
    #[diesel(sql_type = Text)]
    started: String,
}

impl Bound {
    fn is_reached(&self, conn: &mut AnyConn) -> Result<bool> {
        match (self, conn) {
            (Self::Place(at), AnyConn::Postgres(conn)) => {
                Ok(diesel::select(has_replayed(&at.place, &at.started)).get_result(conn)?)
            }
            _ => Ok(true),
        }
    }
}

/// Where the log of the primary ended, over the last seconds.
struct Watch {
    backend: Backend,
    /// The latest comes last; the first is as old as an answer may be.
    looks: Mutex<VecDeque<(Instant, Place)>>,
}

impl Watch {
    /// Starts looking, until nobody holds the watch any more.
    fn start(primary: &Target) -> Result<Arc<Self>> {
        let watch = Arc::new(Self { backend: primary.backend(), looks: Mutex::default() });
        if watch.backend == Backend::Postgres {
            let (weak, primary) = (Arc::downgrade(&watch), primary.clone());
            let started = thread::Builder::new().name("db-watch".into()).spawn(move || look(&weak, &primary));
            started.map_err(|e| Error::internal(format!("cannot start the thread db-watch: {e}")))?;
        }
        Ok(watch)
    }

    fn note(&self, at: Instant, place: Place) {
        let mut looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        looks.push_back((at, place));
        while looks.get(1).is_some_and(|(at, _)| at.elapsed() >= BEHIND) {
            looks.pop_front();
        }
    }

    /// What a replica must have replayed to be asked; none while that is not known.
    fn bound(&self) -> Option<Bound> {
        if self.backend == Backend::Sqlite {
            return Some(Bound::None);
        }
        let looks = self.looks.lock().unwrap_or_else(PoisonError::into_inner);
        let (latest, last) = looks.back()?;
        // The place of some seconds ago, on the server that is the primary now.
        let first = looks.iter().map(|(_, place)| place).find(|place| place.started == last.started)?;
        (latest.elapsed() < FORGOTTEN).then(|| Bound::Place(first.clone()))
    }
}

/// An error while the server is no primary: then there is nothing to note.
const ENDS: &str = "SELECT pg_current_wal_lsn()::text AS place, \
    extract(epoch FROM pg_postmaster_start_time())::text AS started";

fn look(watch: &Weak<Watch>, primary: &Target) {
    let mut link: Option<AnyConn> = None;
    while let Some(watch) = watch.upgrade() {
        let at = Instant::now();
        link = link.or_else(|| AnyConn::connect(primary).ok());
        match link.as_mut().map(|conn| sql_query(ENDS).get_result::<Place>(conn)) {
            Some(Ok(place)) => watch.note(at, place),
            // Another connection finds the new primary.
            _ => link = None,
        }
        drop(watch);
        thread::sleep(LOOK);
    }
}
