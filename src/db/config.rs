//! How many threads, how long a queue, how much patience.

use std::{thread, time::Duration};

/// Everything [`Db::open`](super::Db::open) needs to know.
#[derive(Clone, Debug)]
pub struct DbConfig {
    /// `sqlite://<path>` or `postgres://…`.
    pub url: String,
    /// Where reads that may be a little old go; same kind of database.
    pub replica_url: Option<String>,
    /// Threads for short reads (and as many again for the replica).
    pub readers: usize,
    /// Threads for writes on PostgreSQL. SQLite always has exactly one.
    pub writers: usize,
    /// Threads for long reads (and as many again for the replica).
    pub reporters: usize,
    /// Jobs that may wait in front of each group of threads; the next one is refused.
    pub queue: usize,
    /// Most jobs that share one commit on SQLite.
    pub max_batch: usize,
    pub read_deadline: Duration,
    pub write_deadline: Duration,
    pub report_deadline: Duration,
    /// How long PostgreSQL may say nothing before requests are refused instead of queued.
    pub silence: Duration,
}

impl DbConfig {
    /// Defaults for a small server. Readers follow the cores; four at least, because a long page of
    /// one caller should not hold up the short reads of the others.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            replica_url: None,
            readers: thread::available_parallelism().map_or(4, |cores| cores.get().max(4)),
            writers: 8,
            reporters: 2,
            queue: 1024,
            max_batch: 256,
            read_deadline: Duration::from_secs(10),
            write_deadline: Duration::from_secs(15),
            report_deadline: Duration::from_secs(60),
            silence: Duration::from_secs(1),
        }
    }
}
