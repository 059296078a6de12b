//! What every SQLite connection of the process gets when it opens, and no statement can give it. Diesel does
//! not hand out what SQLite wants for that; SQLite itself does, to whoever asked to be told.
//!
//! - A time limit: a question for which nobody waits any more must not keep its thread. The connection asks,
//!   some thousand steps of a statement apart, whether the time of its thread is over, and then gives up
//!   ("interrupted").
//! - Plans that do not depend on the values bound. Else SQLite looks at the value of every `LIMIT ?`, and
//!   prepares the statement anew whenever one is bound: all of ours, each time.
#![allow(unsafe_code)]

use std::{
    cell::Cell,
    ffi::{c_char, c_int, c_void},
    ptr,
    sync::Once,
    time::{Duration, Instant},
};

use libsqlite3_sys as sqlite;

/// Steps of a statement between two looks at the clock: less than a millisecond of work.
const STEPS: c_int = 10_000;

thread_local! {
    static UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Runs something on this thread whose statements end after a while. Without effect on PostgreSQL, which is
/// told of its limit when a connection opens.
pub(super) fn within<T>(limit: Duration, work: impl FnOnce() -> T) -> T {
    UNTIL.set(Instant::now().checked_add(limit));
    let done = work();
    UNTIL.set(None);
    done
}

/// Sets up every connection that opens from now on.
pub(super) fn attend() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: the function has the type that SQLite documents for automatic extensions, and lives as
        // long as the process.
        unsafe { sqlite::sqlite3_auto_extension(Some(opened)) };
    });
}

unsafe extern "C" fn opened(
    db: *mut sqlite::sqlite3,
    _: *mut *mut c_char,
    _: *const sqlite::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite hands out a connection that is open, on the thread that opens it; the handler needs no
    // data of its own, and the option takes a number and a pointer that may be null.
    unsafe {
        sqlite::sqlite3_progress_handler(db, STEPS, Some(is_over), ptr::null_mut());
        let (on, told): (c_int, *mut c_int) = (1, ptr::null_mut());
        sqlite::sqlite3_db_config(db, sqlite::SQLITE_DBCONFIG_ENABLE_QPSG, on, told)
    }
}

unsafe extern "C" fn is_over(_: *mut c_void) -> c_int {
    // The thread may be ending: then there is nothing to stop.
    let over = UNTIL.try_with(|until| until.get().is_some_and(|until| Instant::now() >= until));
    c_int::from(over.unwrap_or_default())
}
