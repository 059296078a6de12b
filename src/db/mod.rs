//! Two databases, one door each way.
//!
//! The rooms above hand in a closure and get its answer; where it runs, on which connection and in
//! which transaction is decided here:
//!
//! | door | runs on | transaction |
//! | --- | --- | --- |
//! | [`Db::read`] | reader threads | none, or for a few fixed questions [`AnyConn::in_snapshot`]; the connection refuses to write |
//! | [`Db::ask_replica`] | threads on the replica | as for `read` or `report` |
//! | [`Db::report`] | reporter threads | one snapshot for all its queries |
//! | [`Db::write`] | writer threads; on SQLite the one writer | exactly one, answered after COMMIT |
//! | [`Db::rehearse`] | as `write` | always rolled back |
//!
//! The threads and their connections are our own. A job that has started runs to its COMMIT even if
//! its caller goes away, so no dropped future can leave a transaction open; a job that has not
//! started is skipped instead. Queues are bounded: an overload is refused at once, not collected, and so
//! is everything while PostgreSQL says nothing at all (`pulse`).
//! On SQLite one thread writes and commits several jobs with one fsync, which keeps
//! `synchronous=FULL` affordable and makes "database is locked" impossible.
//!
//! What differs between the two databases lives in this folder and nowhere else.

mod backup;
mod checkpoint;
mod config;
mod conn;
mod errors;
mod job;
mod lane;
mod level;
mod lock;
mod locked;
pub mod migrate;
mod opened;
mod prepared;
mod pulse;
mod refold;
mod replica;
pub mod schema;
mod target;
mod together;
mod types;
mod words;
mod worker;

use std::{sync::Arc, time::Duration};

pub use backup::{backup, remove, restore};
pub use config::DbConfig;
pub use conn::{AnyConn, Backend, MultiBackend, refresh_figures};
pub use lock::{FileLock, lock_row};
pub use locked::Locked;
pub use prepared::Prepared;
pub use replica::{Length, Served};
pub use together::{Change, together};
pub use words::{Condition, Formula, LONGEST_WORD, Source, holds, holds_together};

use crate::error::{Code, Error, Result};
use job::Wish;
use lane::Lane;
use pulse::Pulse;
use replica::Replica;
use target::Target;
use worker::Duty;

/// How often a write that met another one is tried.
const ATTEMPTS: u32 = 3;
/// Between two attempts, at most.
const LONGEST_PAUSE_MILLIS: u32 = 50;

/// The handle every room holds; clones share the same threads.
#[derive(Clone)]
pub struct Db {
    house: Arc<House>,
}

struct House {
    target: Target,
    read: Lane,
    replica: Option<Replica>,
    report: Lane,
    write: Lane,
}

/// How many accepted jobs wait for a thread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueueDepths {
    pub reads: usize,
    pub writes: usize,
    pub reports: usize,
}

impl Db {
    /// Opens the connections and starts the threads.
    ///
    /// A bad URL or an unreachable primary is an error here. A replica may be down: it is only ever
    /// a relief for the primary, so its absence must not keep the service from starting.
    pub fn open(config: DbConfig) -> Result<Db> {
        let target = Target::parse(&config.url)?;
        let replica = config.replica_url.as_deref().map(Target::parse).transpose()?;
        if replica.as_ref().is_some_and(|r| r.backend() != target.backend()) {
            return Err(Error::internal("the replica must be the same kind of database as the primary"));
        }
        let (writers, write) = match target.backend() {
            Backend::Sqlite => (1, Duty::WriteGroups { most: config.max_batch.max(1) }),
            Backend::Postgres => (config.writers, Duty::Write),
        };
        let pulse = Pulse::take(&target, config.silence)?;
        let lane = |name, target: &Target, duty, threads: usize, deadline| lane::Plan {
            name,
            target: target.clone(),
            duty,
            threads: threads.max(1),
            queue: config.queue.max(1),
            deadline,
            pulse: Arc::clone(&pulse),
        };
        // The writer first: it is the one that may create the file and switch it to WAL.
        let write = lane("db-write", &target, write, writers, config.write_deadline).open()?;
        let read = lane("db-read", &target, Duty::Read, config.readers, config.read_deadline).open()?;
        let report =
            lane("db-report", &target, Duty::Snapshot, config.reporters, config.report_deadline).open()?;
        let replica = replica
            .map(|r| {
                let pulse = Pulse::take(&r, config.silence)?;
                let lane = |name, duty, threads, deadline| {
                    let plan = lane(name, &r, duty, threads, deadline);
                    lane::Plan { pulse: Arc::clone(&pulse), ..plan }.open_later()
                };
                let reads = lane("db-replica", Duty::Read, config.readers, config.read_deadline)?;
                let reports =
                    lane("db-replica-report", Duty::Snapshot, config.reporters, config.report_deadline)?;
                Replica::new(reads, reports, &target)
            })
            .transpose()?;
        Ok(Db { house: Arc::new(House { target, read, replica, report, write }) })
    }

    /// A short read. Several queries in one job may see different commits; use [`Db::report`] where
    /// figures must agree with each other.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.read.run(Wish::Keep, f).await
    }

    /// A read on the replica, whose answer may be some seconds old. None when the primary has to be asked:
    /// there is no replica, it is down or too far behind, `f` failed there, or `f` itself gave nothing,
    /// because the replica does not show yet what this caller must see. Never an error, not even a refusal:
    /// what the replica does not find may be there.
    pub async fn ask_replica<T: Send + 'static>(
        &self,
        length: Length,
        f: impl FnOnce(&mut AnyConn) -> Result<Option<T>> + Send + 'static,
    ) -> Option<T> {
        self.house.replica.as_ref()?.ask(length, f).await
    }

    /// Whether a replica is configured, up or down.
    pub fn has_replica(&self) -> bool {
        self.house.replica.is_some()
    }

    /// Who served the reads that a replica may serve, for the metrics; none without a replica.
    pub fn served(&self) -> Option<Served> {
        self.house.replica.as_ref().map(Replica::served)
    }

    /// A long read on threads of its own. All its queries see one snapshot.
    pub async fn report<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.report.run(Wish::Keep, f).await
    }

    /// One transaction: committed if `f` returns `Ok`, else rolled back. The answer comes after COMMIT.
    ///
    /// An `unavailable` answer may hide a commit that did happen (the connection broke, or the caller's
    /// patience ended first); only a key that makes the request repeatable settles that.
    pub async fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.write.run(Wish::Keep, f).await
    }

    /// The same for what can be done again: when it was undone because it met another write (a deadlock, a
    /// serialization failure), it is tried anew after a moment, three times in all.
    pub async fn write_again<T: Send + 'static>(
        &self,
        f: impl Fn(&mut AnyConn) -> Result<T> + Send + Sync + 'static,
    ) -> Result<T> {
        let f = Arc::new(f);
        for _ in 1..ATTEMPTS {
            let attempt = Arc::clone(&f);
            match self.write(move |conn| attempt(conn)).await {
                Err(e) if e.code == Code::ConcurrentChange => {
                    // By chance, or the same two would meet again.
                    let millis = getrandom::u32().map_err(Error::internal)? % LONGEST_PAUSE_MILLIS;
                    tokio::time::sleep(Duration::from_millis(millis.into())).await;
                }
                done => return done,
            }
        }
        self.write(move |conn| f(conn)).await
    }

    /// Does what [`Db::write`] does, then takes it back: for `dry_run=true`. Constraints that are
    /// checked only at COMMIT are not seen.
    pub async fn rehearse<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.house.write.run(Wish::Undo, f).await
    }

    /// Which database this is.
    pub fn backend(&self) -> Backend {
        self.house.target.backend()
    }

    /// Jobs that wait, for the metrics.
    pub fn queued(&self) -> QueueDepths {
        let House { read, replica, report, write, .. } = &*self.house;
        QueueDepths {
            reads: read.queued() + replica.as_ref().map_or(0, |replica| replica.read.queued()),
            writes: write.queued(),
            reports: report.queued() + replica.as_ref().map_or(0, |replica| replica.report.queued()),
        }
    }

    /// Refuses new jobs, finishes the accepted ones and ends the threads. A second call does nothing.
    pub async fn close(&self) {
        let house = Arc::clone(&self.house);
        let ended = tokio::task::spawn_blocking(move || house.close()).await;
        if let Err(e) = ended {
            log::error!("closing the database: {e}");
        }
    }
}

impl House {
    fn close(&self) {
        let of_replica = self.replica.iter().flat_map(|replica| [&replica.read, &replica.report]);
        let lanes = || [&self.write, &self.read, &self.report].into_iter().chain(of_replica.clone());
        lanes().for_each(Lane::shut);
        let ended = lanes().map(Lane::join).sum::<usize>();
        if ended > 0
            && let Target::Sqlite(path) = &self.target
            && let Err(e) = conn::fold_wal(path)
        {
            log::warn!("the write-ahead log stays for the next start: {e}");
        }
    }
}
