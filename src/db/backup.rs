//! Copies of a SQLite database, made while it is in use, and put back.
//!
//! PostgreSQL has better tools of its own (`pg_dump`, `pg_basebackup`), which are named instead.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use diesel::{
    Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query,
    sql_types::{Integer, Text},
};

use super::{
    conn::{fold_wal, private},
    lock::{FileLock, suffixed},
    migrate::check_references,
    target::Target,
};
use crate::error::{Code, Error, Result};

/// Stands in the head of every database file of ours ("tien").
pub(super) const APPLICATION_ID: i32 = 0x7469_656e;

/// Writes a consistent copy to `to`, while readers and the writer go on.
///
/// The copy appears under its name only when it is complete and on disk, and never over another file.
pub fn backup(url: &str, to: &Path) -> Result<()> {
    let Target::Sqlite(from) = Target::parse(url)? else {
        return Err(Error::internal(
            "this is a PostgreSQL database: back it up with pg_dump or pg_basebackup",
        ));
    };
    if to.exists() {
        return Err(Error::new(Code::AlreadyExists).with("what", to.display().to_string()));
    }
    if !from.exists() {
        return Err(Error::internal(format!("{} does not exist", from.display())));
    }
    let part = Part::beside(to)?;
    let name = part.name()?;
    let mut conn = open_plain(&from)?;
    // VACUUM INTO reads one snapshot and writes a file without holes and without a log of its own.
    sql_query("VACUUM INTO $1").bind::<Text, _>(name).execute(&mut conn)?;
    part.publish(to)
}

/// Replaces the database by a copy that [`backup`] made.
///
/// Takes the [`FileLock`], so it is refused while a service runs. The copy is checked first; until then
/// nothing is touched.
pub fn restore(url: &str, from: &Path) -> Result<()> {
    let Target::Sqlite(to) = Target::parse(url)? else {
        return Err(Error::internal("this is a PostgreSQL database: restore it with pg_restore or psql"));
    };
    let _lock = FileLock::acquire(url)?;
    if !fs::metadata(from).is_ok_and(|m| m.is_file()) {
        return Err(Error::internal(format!("{} is not a file", from.display())));
    }
    let log = suffixed(from, "-wal");
    if fs::metadata(&log).is_ok_and(|m| m.len() > 0) {
        return Err(Error::internal(format!(
            "{} is a database in use, not a backup: part of it stands in {}",
            from.display(),
            log.display()
        )));
    }
    let part = Part::beside(&to)?;
    fs::copy(from, &part.0).map_err(|e| part.failed(&e))?;
    check(&part).map_err(|e| failed(from, &e.cause.unwrap_or_default()))?;
    retire_log(&to).map_err(|e| part.failed(&e))?;
    part.publish(&to)
}

/// Removes a SQLite database with its log, so that a demo can start afresh. The caller holds the lock.
pub fn remove(url: &str) -> Result<()> {
    let Target::Sqlite(path) = Target::parse(url)? else {
        return Err(Error::internal("only a SQLite database can be made afresh"));
    };
    for part in ["", "-wal", "-shm"] {
        match fs::remove_file(suffixed(&path, part)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(&path, &e)),
            _ => {}
        }
    }
    Ok(())
}

/// A file in the making; removed unless it is published.
struct Part(PathBuf);

impl Part {
    /// A fresh private file in the folder of `target`, so that renaming it is atomic.
    fn beside(target: &Path) -> Result<Self> {
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
        }
        let part = Self(suffixed(target, &format!(".part{}", std::process::id())));
        private().open(&part.0).map_err(|e| failed(&part.0, &e))?;
        Ok(part)
    }

    fn name(&self) -> Result<&str> {
        self.0.to_str().ok_or_else(|| Error::internal("the path is not UTF-8"))
    }

    fn failed(&self, e: &io::Error) -> Error {
        failed(&self.0, e)
    }

    /// Gives the file its name once it is on disk.
    fn publish(self, target: &Path) -> Result<()> {
        let place = || {
            File::open(&self.0)?.sync_all()?;
            fs::rename(&self.0, target)?;
            sync_folder(target)
        };
        place().map_err(|e| failed(target, &e))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        for leftover in ["", "-wal", "-shm", "-journal"] {
            // After publishing none of them exists any more.
            let _ = fs::remove_file(suffixed(&self.0, leftover));
        }
    }
}

/// Opens without the usual settings, which would turn a plain copy into a file with a log beside it.
fn open_plain(path: &Path) -> Result<SqliteConnection> {
    let name = path.to_str().ok_or_else(|| Error::internal("the path is not UTF-8"))?;
    let mut conn = SqliteConnection::establish(name).map_err(|e| Error::internal(format!("{name}: {e}")))?;
    sql_query("PRAGMA busy_timeout=10000").execute(&mut conn)?;
    Ok(conn)
}

#[derive(QueryableByName)]
struct Verdict {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = Integer)]
    application_id: i32,
}

/// Whether a file is a whole database of this service.
fn check(part: &Part) -> Result<()> {
    let mut conn = open_plain(&part.0)?;
    let owner =
        sql_query("SELECT application_id FROM pragma_application_id").get_result::<Owner>(&mut conn)?;
    if owner.application_id != APPLICATION_ID {
        return Err(Error::internal("it is not a database of tiendo"));
    }
    let found = sql_query("PRAGMA integrity_check(5)").load::<Verdict>(&mut conn)?;
    let faults: Vec<_> = found.into_iter().map(|v| v.integrity_check).filter(|v| v != "ok").collect();
    if !faults.is_empty() {
        return Err(Error::internal(format!("it is damaged: {}", faults.join("; "))));
    }
    check_references(&mut conn)
}

/// Removes the log of the database that is to be replaced: SQLite would play it into the new one. Its
/// content moves into the old file first, which stays whole should the replacing fail.
fn retire_log(database: &Path) -> io::Result<()> {
    if database.exists()
        && let Err(e) = fold_wal(database)
    {
        log::warn!("the replaced database is not readable: {e}");
    }
    for name in ["-wal", "-shm"] {
        match fs::remove_file(suffixed(database, name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    sync_folder(database)
}

/// Makes renames and removals in the folder of a file last.
fn sync_folder(file: &Path) -> io::Result<()> {
    match file.parent() {
        Some(folder) if folder != Path::new("") => File::open(folder)?.sync_all(),
        _ => File::open(".")?.sync_all(),
    }
}

fn failed(path: &Path, e: &dyn std::fmt::Display) -> Error {
    Error::internal(format!("{}: {e}", path.display()))
}
