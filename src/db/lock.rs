//! Locks: one process per SQLite file, one writer per row.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use diesel::{RunQueryDsl, sql_query, sql_types::Text};

use super::{AnyConn, target::Target};
use crate::error::{Code, Error, Phrase, Result, Said};

/// Held by the one process that serves, migrates or restores a SQLite file; let go with the process.
///
/// Two would not damage the file, but they would lose the one writer and, during a restore, each
/// other's work.
pub struct FileLock {
    _held: File,
}

impl FileLock {
    /// Takes the lock beside the file (`<file>.lock`); refused if another process has it. PostgreSQL
    /// serves many processes and needs none.
    pub fn acquire(url: &str) -> Result<Option<FileLock>> {
        match Target::parse(url)? {
            Target::Sqlite(path) => Self::beside(&path).map(Some),
            Target::Postgres(_) => Ok(None),
        }
    }

    fn beside(path: &Path) -> Result<FileLock> {
        let name = suffixed(&path.canonicalize().unwrap_or_else(|_| path.into()), ".lock");
        let failed = |e: std::io::Error| Error::internal(format!("cannot lock {}: {e}", name.display()));
        if let Some(folder) = name.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&name).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(FileLock { _held: file }),
            Err(TryLockError::WouldBlock) => {
                Err(Error::new(Code::InUse)
                    .with("what", Said::from(Phrase::AnotherProcess).and(path.display())))
            }
            Err(TryLockError::Error(e)) => Err(failed(e)),
        }
    }
}

/// A path with something added to its last name.
pub(super) fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// Locks a row until the end of the transaction, so that what is read from it cannot change before the
/// write that depends on it. SQLite has one writer and needs nothing. A missing row is no error here.
pub fn lock_row(conn: &mut AnyConn, table: &'static str, id: &str) -> Result<()> {
    if let AnyConn::Postgres(pg) = conn {
        sql_query(format!("SELECT 1 FROM {table} WHERE id = $1 FOR UPDATE"))
            .bind::<Text, _>(id)
            .execute(pg)?;
    }
    Ok(())
}
