//! A database thread: it keeps one connection alive and runs jobs on it as its duty says.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use diesel::{QueryResult, r2d2::R2D2Connection};

use super::{
    AnyConn, Backend,
    checkpoint::Checkpoint,
    job::{Done, Job, Wish},
    level::{self, SAVEPOINT, TRANSACTION},
    opened,
    target::Target,
};
use crate::error::{Code, Error, Result};

/// What the jobs of a lane get around them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Duty {
    /// No transaction.
    Read,
    /// One read transaction each.
    Snapshot,
    /// One transaction each.
    Write,
    /// One savepoint each in a transaction that up to `most` jobs share: one fsync for all of them.
    WriteGroups { most: usize },
}

/// After this long a group takes no more jobs: the first ones wait for its commit.
const GROUP_PATIENCE: Duration = Duration::from_millis(50);
/// A connection that rested this long is tried before a job is risked on it.
const REST: Duration = Duration::from_secs(5);
/// Between attempts to connect: short at first, so that a restart of the database is hardly felt.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// A connection that counts among the connected ones of its lane as long as it lives.
pub(super) struct Link {
    conn: AnyConn,
    used: Instant,
    connected: Arc<AtomicUsize>,
}

impl Link {
    pub fn open(target: &Target, duty: Duty, limit: Duration, connected: &Arc<AtomicUsize>) -> Result<Self> {
        let mut conn = AnyConn::connect(target)?;
        conn.limit_statements(limit)?;
        if matches!(duty, Duty::Read | Duty::Snapshot) {
            conn.forbid_writing()?;
        }
        if duty == Duty::Snapshot {
            conn.plan_each_question()?;
        }
        connected.fetch_add(1, Ordering::Relaxed);
        Ok(Self { conn, used: Instant::now(), connected: Arc::clone(connected) })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.connected.fetch_sub(1, Ordering::Relaxed);
    }
}

pub(super) struct Worker {
    pub name: &'static str,
    pub target: Target,
    pub duty: Duty,
    pub deadline: Duration,
    pub jobs: Receiver<Box<dyn Job>>,
    pub connected: Arc<AtomicUsize>,
    pub link: Option<Link>,
    pub checkpoint: Checkpoint,
}

impl Worker {
    /// Serves until the queue is shut and empty.
    ///
    /// A job's panic is caught with the job. Should anything else panic, the callers in hand learn it
    /// from their closed channels and the thread goes on with a new connection: nobody would notice a
    /// missing thread, and the only writer must not be lost.
    pub fn live(mut self) {
        while catch_unwind(AssertUnwindSafe(|| self.serve())).is_err() {
            log::error!("{}: panic outside of a job", self.name);
        }
    }

    fn serve(&mut self) {
        // The connection is put back only by a duty that found it fit.
        while let Some(link) = self.link.take().or_else(|| self.reconnect()) {
            let Ok(job) = self.jobs.recv() else { return };
            self.link = match in_time(job) {
                None => Some(link),
                Some(job) => match (self.ready(link), self.duty) {
                    (Ok(link), Duty::WriteGroups { most }) => self.run_group(link, job, most),
                    (Ok(link), _) => self.run_alone(link, job),
                    (Err(e), _) => {
                        log::error!("{}: {e}", self.name);
                        job.refuse(e);
                        None
                    }
                },
            };
        }
    }

    /// Begins the transaction. Nothing has been risked on the connection yet, so one that proves to be
    /// dead is replaced without the caller noticing. (SQLite's cannot die; there the failure stands.)
    fn ready(&self, mut link: Link) -> Result<Link> {
        match self.begin(&mut link) {
            Ok(()) => Ok(link),
            Err(e) if self.target.backend() == Backend::Sqlite => Err(e.into()),
            Err(_) => {
                drop(link);
                let mut link = self.connect()?;
                self.begin(&mut link)?;
                Ok(link)
            }
        }
    }

    fn begin(&self, link: &mut Link) -> QueryResult<()> {
        match self.duty {
            Duty::Read if self.target.backend() == Backend::Postgres && link.used.elapsed() >= REST => {
                link.conn.ping()
            }
            Duty::Read => Ok(()),
            Duty::Snapshot => link.conn.begin("BEGIN", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            // IMMEDIATE: a lock that is taken only at the first write may be refused in mid-transaction.
            Duty::Write | Duty::WriteGroups { .. } => link.conn.begin("BEGIN IMMEDIATE", "BEGIN"),
        }
    }

    /// Runs one job; returns the connection if it may serve again.
    fn run_alone(&self, mut link: Link, job: Box<dyn Job>) -> Option<Link> {
        let done = match self.duty {
            Duty::Read | Duty::Snapshot => opened::within(self.deadline, || job.run(&mut link.conn)),
            Duty::Write | Duty::WriteGroups { .. } => job.run(&mut link.conn),
        };
        let keep = self.duty == Duty::Write && done.wish == Wish::Keep;
        let ended = match keep {
            true => level::keep(&mut link.conn, TRANSACTION),
            false => level::undo(&mut link.conn, TRANSACTION),
        };
        // A broken connection costs little to replace, and an unexpected error may come from it: a dead
        // server, one demoted to standby, a statement prepared before a migration.
        let fit = ended.is_ok() && !(done.is_suspect() && self.target.backend() == Backend::Postgres);
        done.tell(if keep { ended.map_err(Error::from) } else { Ok(()) });
        link.used = Instant::now();
        fit.then_some(link)
    }

    /// Runs a job and those that wait behind it in one transaction. Nobody is answered before it has
    /// ended, not even a job that failed: its reasons may be changes that do not last.
    fn run_group(&mut self, mut link: Link, first: Box<dyn Job>, most: usize) -> Option<Link> {
        let begun = Instant::now();
        let mut held = Vec::new();
        let mut next = Some(first);
        let mut fate = Ok(());
        while let Some(job) = next.take() {
            match in_savepoint(&mut link.conn, job) {
                Ok((done, closed)) => {
                    held.push(done);
                    fate = closed;
                }
                Err(e) => fate = Err(e),
            }
            while fate.is_ok() && next.is_none() && held.len() < most && begun.elapsed() < GROUP_PATIENCE {
                let Ok(job) = self.jobs.try_recv() else { break };
                next = in_time(job);
            }
        }
        let fate = fate.and_then(|()| match held.iter().any(|done| done.wish == Wish::Keep) {
            true => level::keep(&mut link.conn, TRANSACTION),
            false => level::undo(&mut link.conn, TRANSACTION),
        });
        let Err(e) = fate else {
            let jobs = held.len();
            held.into_iter().for_each(|done| done.tell(Ok(())));
            self.checkpoint.after(&mut link.conn, jobs);
            link.used = Instant::now();
            return Some(link);
        };
        // Closing the connection is the surest rollback, and it comes before any answer.
        drop(link);
        let failure = GroupFailure::new(Error::from(e), &held);
        log::error!("{}: {} jobs came to nothing: {}", self.name, held.len(), failure.0);
        failure.tell(held);
        None
    }

    /// Connects, however long it takes; `None` if the queue is shut and empty before that.
    fn reconnect(&self) -> Option<Link> {
        let mut pause = SHORTEST_PAUSE;
        let mut told = false;
        loop {
            match self.connect() {
                Ok(link) => {
                    if told {
                        log::info!("{}: connected again", self.name);
                    }
                    return Some(link);
                }
                Err(e) if !told => {
                    log::error!("{}: {e}", self.name);
                    told = true;
                }
                Err(_) => {}
            }
            if !self.pause(pause) {
                return None;
            }
            pause = LONGEST_PAUSE.min(pause * 2);
        }
    }

    fn connect(&self) -> Result<Link> {
        Link::open(&self.target, self.duty, self.deadline, &self.connected)
    }

    /// Waits until the next attempt; `false` if the queue is shut and empty. Jobs are refused meanwhile
    /// only if no thread of the lane is connected: else one without a connection, always free, would
    /// take them from those that could serve them.
    fn pause(&self, pause: Duration) -> bool {
        let until = Instant::now() + pause;
        loop {
            if self.connected.load(Ordering::Relaxed) > 0 {
                thread::sleep(until.saturating_duration_since(Instant::now()));
                return true;
            }
            match self.jobs.recv_deadline(until) {
                Ok(job) => job.refuse(Error::unavailable("no connection to the database")),
                Err(RecvTimeoutError::Timeout) => return true,
                Err(RecvTimeoutError::Disconnected) => return false,
            }
        }
    }
}

/// The job, unless nobody waits for it any more.
fn in_time(job: Box<dyn Job>) -> Option<Box<dyn Job>> {
    if job.is_late() {
        job.refuse(Error::unavailable("the job waited too long for a database thread"));
        return None;
    }
    Some(job)
}

/// Runs one job of a group. The inner result tells whether the group's transaction is still there.
fn in_savepoint(conn: &mut AnyConn, job: Box<dyn Job>) -> QueryResult<(Done, QueryResult<()>)> {
    if let Err(e) = level::open_savepoint(conn) {
        job.refuse(Error::unavailable(&e));
        return Err(e);
    }
    let done = job.run(conn);
    let closed = match done.wish {
        Wish::Keep => level::keep(conn, SAVEPOINT),
        Wish::Undo => level::undo(conn, SAVEPOINT),
    };
    Ok((done, closed))
}

/// Why the transaction of a group came to nothing, for each of its jobs.
struct GroupFailure(Error);

impl GroupFailure {
    fn new(error: Error, held: &[Done]) -> Self {
        // SQLite ends the transaction by itself when the disk is full; then only the job knows why.
        let full = held.iter().any(|done| done.failed == Some(Code::StorageFull));
        Self(if full { Error { cause: error.cause, ..Error::new(Code::StorageFull) } } else { error })
    }

    /// A job that was alone is told the real reason. Several cannot know which of them it was: all of
    /// them may try again.
    fn tell(self, mut held: Vec<Done>) {
        match (held.pop(), self.0) {
            (Some(only), error) if held.is_empty() => only.tell(Err(error)),
            (last, error) => {
                for done in held.into_iter().chain(last) {
                    done.tell(Err(match error.code {
                        Code::StorageFull => Error::new(Code::StorageFull),
                        _ => Error::unavailable(format!("the shared commit failed: {error}")),
                    }));
                }
            }
        }
    }
}
