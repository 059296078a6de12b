//! Two databases, one door each way.
//!
//! The rooms above hand in a closure and get its answer; where it runs, on which connection and in
//! which transaction is decided here:
//!
//! | door | runs on | transaction |
//! | --- | --- | --- |
//! | [`Db::read`] | reader threads | none; the connection refuses to write |
//! | [`Db::read_stale_ok`] | replica threads, else readers | none |
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
mod config;
mod conn;
mod errors;
mod job;
mod lane;
mod level;
mod lock;
pub mod migrate;
mod opened;
mod prepared;
mod pulse;
mod refold;
pub mod schema;
mod target;
mod types;
mod words;
mod worker;

use std::sync::Arc;

pub use backup::{backup, remove, restore};
pub use config::DbConfig;
pub use conn::{AnyConn, Backend, MultiBackend, refresh_figures};
pub use lock::{FileLock, lock_row};
pub use prepared::Prepared;
pub use words::{Condition, Formula, LONGEST_WORD, Source, holds, holds_together};

use crate::error::{Error, Result};
use job::Wish;
use lane::Lane;
use pulse::Pulse;
use target::Target;
use worker::Duty;

/// The handle every room holds; clones share the same threads.
#[derive(Clone)]
pub struct Db {
    house: Arc<House>,
}

struct House {
    target: Target,
    read: Lane,
    replica: Option<Lane>,
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
                let plan = lane("db-replica", &r, Duty::Read, config.readers, config.read_deadline);
                lane::Plan { pulse: Pulse::take(&r, config.silence)?, ..plan }.open_later()
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

    /// A short read that may be some seconds behind: from the replica where there is one and it answers.
    pub async fn read_stale_ok<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut AnyConn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match &self.house.replica {
            Some(replica) if replica.answers() => replica.run(Wish::Keep, f).await,
            _ => self.read(f).await,
        }
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
            reads: read.queued() + replica.as_ref().map_or(0, Lane::queued),
            writes: write.queued(),
            reports: report.queued(),
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
        let lanes = || [&self.write, &self.read, &self.report].into_iter().chain(&self.replica);
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
