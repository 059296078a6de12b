//! Brings a database to the shape this binary expects.
//!
//! The scripts are part of the binary. cargo does not watch their folders: after adding one, touch
//! this file (a test says so when it is forgotten).

use diesel::{
    PgConnection, QueryableByName, RunQueryDsl, SqliteConnection,
    connection::{AnsiTransactionManager, SimpleConnection, TransactionManager},
    sql_query,
    sql_types::Text,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{AnyConn, backup::APPLICATION_ID, refold::refold};
use crate::error::{Error, Result};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Any number that nothing else in the database uses.
const ADVISORY_LOCK: i64 = 0x7469_656e_646f;

/// Runs the pending migrations on a connection of its own, before any thread opens; returns how many.
/// Safe to run from several processes at once: the later ones find nothing to do.
pub fn run(url: &str) -> Result<usize> {
    migrate(url, Way::Up)
}

/// Takes every migration back, the newest first. All data is lost: for tests and for development.
pub fn down_all(url: &str) -> Result<usize> {
    migrate(url, Way::Down)
}

/// Takes back the newest migration and runs it again, to try its `down.sql`.
pub fn redo(url: &str) -> Result<()> {
    migrate(url, Way::Back)?;
    run(url).map(|_| ())
}

#[derive(Clone, Copy)]
enum Way {
    Up,
    Down,
    /// One step.
    Back,
}

impl Way {
    fn go<DB: diesel::backend::Backend>(
        self,
        harness: &mut impl MigrationHarness<DB>,
        scripts: EmbeddedMigrations,
    ) -> diesel::migration::Result<usize>
    where
        EmbeddedMigrations: diesel::migration::MigrationSource<DB>,
    {
        Ok(match self {
            Self::Up => harness.run_pending_migrations(scripts)?.len(),
            Self::Down => harness.revert_all_migrations(scripts)?.len(),
            Self::Back => harness.revert_last_migration(scripts).map(|_| 1)?,
        })
    }
}

fn migrate(url: &str, way: Way) -> Result<usize> {
    let mut conn = AnyConn::open(url)?;
    let count = match &mut conn {
        AnyConn::Sqlite(conn) => on_sqlite(conn, way)?,
        AnyConn::Postgres(conn) => on_postgres(conn, way)?,
    };
    if matches!(way, Way::Up) {
        refold(&mut conn)?;
    }
    Ok(count)
}

/// All in one transaction: a crash in the middle leaves the old shape. Foreign keys are off meanwhile,
/// because a table is changed by building it anew; they are checked before the commit.
fn on_sqlite(conn: &mut SqliteConnection, way: Way) -> Result<usize> {
    conn.batch_execute("PRAGMA foreign_keys=OFF")?;
    AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?;
    let count = way.go(conn, SQLITE).map_err(failed).and_then(|count| {
        // Every row is looked at: half a second for a province, so only when a script has run.
        if count > 0 {
            conn.batch_execute(&format!("PRAGMA application_id={APPLICATION_ID}"))?;
            check_references(conn)?;
        }
        Ok(count)
    });
    match count {
        Ok(count) => {
            AnsiTransactionManager::commit_transaction(conn)?;
            Ok(count)
        }
        // Dropping the connection rolls back.
        Err(e) => Err(e),
    }
}

#[derive(QueryableByName)]
struct Dangling {
    #[diesel(sql_type = Text)]
    table: String,
}

/// Fails if a row refers to one that does not exist.
pub(super) fn check_references(conn: &mut SqliteConnection) -> Result<()> {
    let dangling =
        sql_query("SELECT DISTINCT \"table\" FROM pragma_foreign_key_check").load::<Dangling>(conn)?;
    if dangling.is_empty() {
        return Ok(());
    }
    let tables = dangling.into_iter().map(|d| d.table).collect::<Vec<_>>().join(", ");
    Err(Error::internal(format!("rows refer to rows that do not exist, in: {tables}")))
}

/// One transaction each, and all under one lock: nodes that start together wait for the first. The
/// lock goes with the connection. Each script waits for its tables only as long as `lock_timeout`
/// says, since everybody else queues behind it.
fn on_postgres(conn: &mut PgConnection, way: Way) -> Result<usize> {
    conn.batch_execute(&format!(
        "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; \
         SET lock_timeout = 0; SELECT pg_advisory_lock({ADVISORY_LOCK}); SET lock_timeout = '10s';"
    ))?;
    way.go(conn, POSTGRES).map_err(failed)
}

fn failed(cause: impl std::fmt::Display) -> Error {
    Error::internal(format!("migration failed: {cause}"))
}
