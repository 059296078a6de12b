//! Transaction levels: level 0 is outside, level 1 a transaction, above are savepoints.
//!
//! Jobs fail with our own error type, may panic, and may leave levels open when they do. So levels
//! are opened and closed by number here, rather than with diesel's `transaction`.

use diesel::{
    Connection, QueryResult,
    connection::{SimpleConnection, TransactionManager},
    result::Error::BrokenTransactionManager,
};

use super::AnyConn;

type Manager = <AnyConn as Connection>::TransactionManager;

/// The level of a transaction.
pub(super) const TRANSACTION: u32 = 1;
/// The level of a job that shares its transaction with others.
pub(super) const SAVEPOINT: u32 = 2;

/// Opens a savepoint above the current level.
pub(super) fn open_savepoint(conn: &mut AnyConn) -> QueryResult<()> {
    Manager::begin_transaction(conn)
}

/// Closes `level`, which must be the current one, and keeps its changes. Nothing is kept on failure.
pub(super) fn keep(conn: &mut AnyConn, level: u32) -> QueryResult<()> {
    let closed = match current(conn)? {
        now if now != level => Err(BrokenTransactionManager),
        TRANSACTION => commit(conn),
        _ => Manager::commit_transaction(conn),
    };
    if closed.is_err() {
        // What counts is the reason of the failure; an unfit connection is dropped by its thread.
        let _ = undo(conn, level);
    }
    closed
}

/// Rolls back until `level` is closed. The levels below it are not touched.
pub(super) fn undo(conn: &mut AnyConn, level: u32) -> QueryResult<()> {
    loop {
        let now = current(conn)?;
        if now < level {
            // Lower than asked: the database has ended the whole transaction by itself.
            return if now + 1 == level { Ok(()) } else { Err(BrokenTransactionManager) };
        }
        Manager::rollback_transaction(conn)?;
        if current(conn)? >= now {
            return Err(BrokenTransactionManager);
        }
    }
}

/// The level the connection stands on.
fn current(conn: &mut AnyConn) -> QueryResult<u32> {
    let depth = Manager::transaction_manager_status_mut(conn).transaction_depth()?;
    Ok(depth.map_or(0, |d| d.get()))
}

/// On PostgreSQL a `COMMIT` of a failed transaction reports success and rolls back: a job that
/// swallowed an error would be told that it is saved. A statement in the same round trip prevents it,
/// because it fails in a failed transaction, and `COMMIT` is then not reached. It closes cursors, of which
/// there are none: nothing is planned for it and nothing comes back, as would for a `SELECT`.
fn commit(conn: &mut AnyConn) -> QueryResult<()> {
    match conn {
        AnyConn::Sqlite(_) => Manager::commit_transaction(conn),
        AnyConn::Postgres(pg) => pg.batch_execute("CLOSE ALL; COMMIT"),
    }
}
