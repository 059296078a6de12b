//! When SQLite's write-ahead log is moved into the file and begun anew.
//!
//! SQLite does that by itself after a commit that finds the log long; but it begins the log anew only if
//! nobody reads it at that moment. Under load somebody always does. Then the log grows without end, every
//! reader has more of it to search, and every commit tries again. So the writer does it between two groups,
//! after everybody has been answered, and waits a moment for those to end who read just then: whoever comes
//! meanwhile reads the file.

use std::time::{Duration, Instant};

use diesel::{QueryResult, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query};

use super::AnyConn;

/// How long the log should get, in pages of 4 KiB: a longer one is slower to search, a shorter one writes
/// the same pages to the file more often.
const PAGES: usize = 4000;
/// Jobs before the first time, when it is not known how much one writes.
const FIRST: usize = 300;
/// How long is waited for readers, and how long before the next attempt when they did not end: a report
/// may take many seconds.
const PATIENCE: &str = "PRAGMA busy_timeout=20";
const USUAL_PATIENCE: &str = "PRAGMA busy_timeout=10000";
const PAUSE: Duration = Duration::from_secs(1);

/// Counts what was written since the last time.
pub(super) struct Checkpoint {
    jobs: usize,
    /// After so many jobs the log is about as long as it should get.
    every: usize,
    not_before: Option<Instant>,
}

impl Default for Checkpoint {
    fn default() -> Self {
        Self { jobs: 0, every: FIRST, not_before: None }
    }
}

/// What SQLite says of it.
#[derive(QueryableByName)]
struct Outcome {
    /// Not 0: somebody still reads the log.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    busy: i32,
    /// Pages in the log.
    #[diesel(sql_type = diesel::sql_types::Integer)]
    log: i32,
}

impl Checkpoint {
    /// To be called outside of a transaction, after some jobs.
    pub fn after(&mut self, conn: &mut AnyConn, jobs: usize) {
        self.jobs += jobs;
        if self.jobs < self.every || self.not_before.is_some_and(|time| Instant::now() < time) {
            return;
        }
        match begin_anew(conn) {
            Ok(Outcome { busy: 0, log }) => {
                let pages = usize::try_from(log).unwrap_or(PAGES).max(1);
                // Not far from what was right the last time: one large job is no rule.
                self.every = (self.jobs * PAGES / pages).clamp(self.every / 2 + 1, self.every * 2);
                (self.jobs, self.not_before) = (0, None);
            }
            Ok(_) => self.not_before = Instant::now().checked_add(PAUSE),
            Err(e) => {
                log::warn!("the write-ahead log cannot be moved into the file: {e}");
                self.not_before = Instant::now().checked_add(PAUSE);
            }
        }
    }
}

fn begin_anew(conn: &mut AnyConn) -> QueryResult<Outcome> {
    let AnyConn::Sqlite(conn) = conn else { return Ok(Outcome { busy: 0, log: 0 }) };
    conn.batch_execute(PATIENCE)?;
    let outcome = sql_query("PRAGMA wal_checkpoint(RESTART)").get_result(conn);
    conn.batch_execute(USUAL_PATIENCE)?;
    outcome
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::Id;

    fn log(conn: &mut AnyConn) -> i32 {
        let AnyConn::Sqlite(conn) = conn else { unreachable!() };
        sql_query("PRAGMA wal_checkpoint(PASSIVE)").get_result::<Outcome>(conn).unwrap().log
    }

    #[test]
    fn the_log_begins_anew_once_those_have_ended_who_read_it() {
        let folder = std::env::temp_dir().join(Id::new().to_string());
        let url = format!("sqlite://{}/t.db", folder.display());
        let (mut writer, mut reader) = (AnyConn::open(&url).unwrap(), AnyConn::open(&url).unwrap());
        writer.batch_execute("CREATE TABLE t (x TEXT); INSERT INTO t VALUES ('first')").unwrap();
        reader.batch_execute("BEGIN; SELECT * FROM t").unwrap();
        let write = "INSERT INTO t VALUES (hex(randomblob(20000)))";
        for _ in 0..10 {
            writer.batch_execute(write).unwrap();
        }
        let before = log(&mut writer);
        let mut checkpoint = Checkpoint::default();
        checkpoint.after(&mut writer, FIRST - 1);
        assert!(checkpoint.not_before.is_none(), "not asked for yet");
        checkpoint.after(&mut writer, 1);
        assert!(checkpoint.not_before.is_some(), "somebody reads");
        writer.batch_execute(write).unwrap();
        assert!(log(&mut writer) > before);
        reader.batch_execute("COMMIT").unwrap();
        checkpoint.not_before = None;
        checkpoint.after(&mut writer, 0);
        assert_eq!(
            (checkpoint.jobs, checkpoint.every),
            (0, 2 * FIRST),
            "little was written: later next time"
        );
        writer.batch_execute(write).unwrap();
        assert!(log(&mut writer) < before, "from its beginning");
        drop((writer, reader));
        std::fs::remove_dir_all(folder).unwrap();
    }
}
