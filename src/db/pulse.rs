//! Whether the database answers at all.
//!
//! A server that is stopped, frozen or behind a dead cable says nothing: questions to it neither succeed
//! nor fail. So one connection asks the shortest of questions all the time, and while its answer is
//! overdue callers are told so at once (503) instead of each waiting for its own deadline. Long work
//! that the database is at does not keep it from answering here.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use diesel::r2d2::R2D2Connection;

use super::{AnyConn, Backend, target::Target};
use crate::error::{Error, Result};

/// Between an answer and the next question.
const REST: Duration = Duration::from_millis(250);

/// The pulse of one database. SQLite, a part of this process, has none.
pub(super) struct Pulse {
    since: Instant,
    /// Milliseconds from `since` to the question that has no answer yet; 0: every one has its answer.
    asked: AtomicU64,
    patience: Duration,
}

impl Pulse {
    /// Starts asking, until nobody holds the pulse any more. A database that cannot be reached has said
    /// so: that is an answer, and the threads of the lanes get the same one.
    pub fn take(target: &Target, patience: Duration) -> Result<Arc<Self>> {
        let pulse = Arc::new(Self { since: Instant::now(), asked: AtomicU64::new(0), patience });
        if target.backend() == Backend::Postgres {
            let (weak, target) = (Arc::downgrade(&pulse), target.clone());
            let ask = move || {
                let mut conn = None;
                while let Some(pulse) = weak.upgrade() {
                    pulse.asked.store(pulse.now().max(1), Ordering::Relaxed);
                    conn = ask(conn, &target);
                    pulse.asked.store(0, Ordering::Relaxed);
                    drop(pulse);
                    thread::sleep(REST);
                }
            };
            let started = thread::Builder::new().name("db-pulse".into()).spawn(ask);
            started.map_err(|e| Error::internal(format!("cannot start the thread db-pulse: {e}")))?;
        }
        Ok(pulse)
    }

    /// Whether an answer is overdue.
    pub fn is_silent(&self) -> bool {
        match self.asked.load(Ordering::Relaxed) {
            0 => false,
            asked => Duration::from_millis(self.now().saturating_sub(asked)) > self.patience,
        }
    }

    fn now(&self) -> u64 {
        u64::try_from(self.since.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// One question; the connection comes back if it may be used again.
fn ask(conn: Option<AnyConn>, target: &Target) -> Option<AnyConn> {
    let mut conn = conn.or_else(|| AnyConn::connect(target).ok())?;
    conn.ping().ok().map(|()| conn)
}
