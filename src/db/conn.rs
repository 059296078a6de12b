//! One connection to either database.

use std::{
    fs,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use diesel::{
    Connection, PgConnection, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection},
};

use super::{level, opened, target::Target};
use crate::error::{Error, Result};

/// Per connection. `busy_timeout` stands first: switching to WAL already needs the lock.
///
/// FULL keeps every acknowledged commit over a power cut; group commit pays for it. What one large job writes
/// may be moved by SQLite itself, all else is by the writer (`checkpoint`).
const SQLITE_SETUP: &str = "\
    PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
    PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8192; \
    PRAGMA mmap_size=2147418112; PRAGMA wal_autocheckpoint=20000;";

/// No statement waits for a lock for ever, and no forgotten transaction holds one for ever. Nothing is compiled
/// for a question: it takes longer than any of ours, and a plan for any value looks dear on large tables.
const POSTGRES_SETUP: &str = "\
    SET jit = off; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; SET TIME ZONE 'UTC';";

/// SQLSTATEs are hidden by diesel, so some errors can be told apart only by their English text. Only
/// a superuser may choose the language, so this is tried and its failure ignored.
const POSTGRES_LANGUAGE: &str = "SET lc_messages = 'C'";

/// A connection to either database, usable wherever diesel wants one.
///
/// Never call the derived `establish`: it tries the variants in turn, and a PostgreSQL that is down
/// would become a file name. [`AnyConn::open`] goes by the scheme.
#[derive(diesel::MultiConnection)]
pub enum AnyConn {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Which of the two databases it is.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Backend {
    Sqlite,
    Postgres,
}

/// Stamps one diesel expression on the inner connection of an [`AnyConn`]: for what the derived
/// connection cannot do itself (batch insert, `ON CONFLICT`, `as_returning`).
///
/// ```ignore
/// on!(conn, c => diesel::insert_into(t::table).values(&rows).on_conflict_do_nothing().execute(c))?
/// ```
#[macro_export]
macro_rules! on {
    ($conn:expr, $inner:ident => $body:expr) => {
        match $conn {
            $crate::db::AnyConn::Postgres($inner) => $body,
            $crate::db::AnyConn::Sqlite($inner) => $body,
        }
    };
}

impl AnyConn {
    /// Which database this connection leads to.
    pub fn backend(&self) -> Backend {
        match self {
            Self::Postgres(_) => Backend::Postgres,
            Self::Sqlite(_) => Backend::Sqlite,
        }
    }

    /// Opens a connection of one's own, apart from the threads: for migrations, tools and tests.
    /// A missing SQLite file is created, with its folder.
    pub fn open(url: &str) -> Result<AnyConn> {
        Self::connect(&Target::parse(url)?)
    }

    /// The same to look at a database that is there: nothing is created, and writing is an error.
    pub fn open_to_read(url: &str) -> Result<AnyConn> {
        let target = Target::parse(url)?;
        if let Target::Sqlite(path) = &target
            && !path.exists()
        {
            return Err(Error::internal(format!("{} does not exist", path.display())));
        }
        let mut conn = Self::connect(&target)?;
        conn.forbid_writing()?;
        Ok(conn)
    }

    pub(super) fn connect(target: &Target) -> Result<AnyConn> {
        match target {
            Target::Sqlite(path) => open_sqlite(path).map(Self::Sqlite),
            Target::Postgres(address) => open_postgres(address).map(Self::Postgres),
        }
    }

    /// Makes writing an error on this connection: a change outside of `Db::write` would escape the
    /// one transaction and the one writer.
    pub(super) fn forbid_writing(&mut self) -> Result<()> {
        Ok(self.batch_execute(match self {
            Self::Sqlite(_) => "PRAGMA query_only=ON",
            Self::Postgres(_) => "SET default_transaction_read_only = on",
        })?)
    }

    /// Lets PostgreSQL stop a statement for which nobody waits any more; for SQLite see `opened`.
    pub(super) fn limit_statements(&mut self, limit: Duration) -> Result<()> {
        if let Self::Postgres(pg) = self {
            pg.batch_execute(&format!("SET statement_timeout = {}", limit.as_millis().max(1)))?;
        }
        Ok(())
    }

    /// Lets PostgreSQL plan every question for what it asks. Reports put few questions of one text for much
    /// and for little; a plan kept for all of them would read a table to answer for a corner of it.
    pub(super) fn plan_each_question(&mut self) -> Result<()> {
        if let Self::Postgres(pg) = self {
            pg.batch_execute("SET plan_cache_mode = force_custom_plan")?;
        }
        Ok(())
    }

    /// Runs a few questions in one snapshot, within a job of [`Db::read`](super::Db::read): short ones, always
    /// the same, for which a plan that is kept does. Who reads much, or now much and now little, takes
    /// [`Db::report`](super::Db::report).
    pub fn in_snapshot<T>(&mut self, f: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.begin(
            "BEGIN",
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL plan_cache_mode = force_generic_plan",
        )?;
        let done = f(self);
        let ended = level::undo(self, level::TRANSACTION);
        let done = done?;
        ended?;
        Ok(done)
    }

    /// Begins the outermost transaction with the words of each database.
    pub(super) fn begin(&mut self, sqlite: &str, postgres: &str) -> diesel::QueryResult<()> {
        match self {
            Self::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, sqlite),
            Self::Postgres(conn) => AnsiTransactionManager::begin_transaction_sql(conn, postgres),
        }
    }
}

fn open_sqlite(path: &Path) -> Result<SqliteConnection> {
    let failed =
        |e: &dyn std::fmt::Display| Error::unavailable(format!("cannot open {}: {e}", path.display()));
    create_private(path).map_err(|e| failed(&e))?;
    opened::attend();
    let name = path.to_str().ok_or_else(|| failed(&"the path is not UTF-8"))?;
    let mut conn = SqliteConnection::establish(name).map_err(|e| failed(&e))?;
    set_up_sqlite(&mut conn).map_err(|e| failed(&e))?;
    Ok(conn)
}

/// Connections that switch the same new file to WAL at once are refused without waiting, whatever
/// `busy_timeout` says: so the waiting is done here.
fn set_up_sqlite(conn: &mut SqliteConnection) -> diesel::QueryResult<()> {
    let until = Instant::now() + Duration::from_secs(10);
    loop {
        match conn.batch_execute(SQLITE_SETUP) {
            Err(e) if e.to_string().contains("is locked") && Instant::now() < until => {
                thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

/// Creates a missing file with its folder, readable by its owner only: SQLite gives the write-ahead log
/// the same rights.
fn create_private(path: &Path) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match private().open(path) {
        Err(e) if e.kind() != std::io::ErrorKind::AlreadyExists => Err(e),
        _ => Ok(()),
    }
}

/// Options for a new file that only its owner may read.
pub(super) fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn open_postgres(address: &str) -> Result<PgConnection> {
    // libpq speaks in several lines, one for each address it tried.
    let failed = |e: &dyn std::fmt::Display| {
        let lines = e.to_string().lines().map(str::trim).collect::<Vec<_>>().join("; ");
        Error::unavailable(format!("cannot reach PostgreSQL: {lines}"))
    };
    let mut conn = PgConnection::establish(address).map_err(|e| failed(&e))?;
    let _ = conn.batch_execute(POSTGRES_LANGUAGE);
    conn.batch_execute(POSTGRES_SETUP).map_err(|e| failed(&e))?;
    Ok(conn)
}

/// Refreshes the planner's figures where tables have grown; PostgreSQL does that by itself. Without it
/// SQLite goes on planning for the empty tables of the first day.
pub fn refresh_figures(conn: &mut AnyConn) -> Result<()> {
    if let AnyConn::Sqlite(conn) = conn {
        // 0x10000: also of tables that this connection did not read.
        conn.batch_execute("PRAGMA analysis_limit=1000; PRAGMA optimize=0x10002")?;
    }
    Ok(())
}

/// Moves the write-ahead log into the SQLite file and refreshes the planner's figures.
pub(super) fn fold_wal(path: &Path) -> Result<()> {
    let mut conn = open_sqlite(path)?;
    Ok(conn.batch_execute("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);")?)
}
