//! What a database URL means. The scheme decides, and nothing is guessed.

use std::path::PathBuf;

use super::Backend;
use crate::error::{Error, Result};

/// A database, named without ambiguity.
///
/// The address of PostgreSQL may hold a password: this type has no `Debug`, and errors never quote it.
#[derive(Clone)]
pub(super) enum Target {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Target {
    /// Reads a URL; everything but `sqlite://`, `postgres://` and `postgresql://` is refused, because a
    /// typing error taken for a file name would silently start an empty database.
    pub fn parse(url: &str) -> Result<Self> {
        match url.split_once("://") {
            Some(("sqlite", path)) => sqlite_path(path).map(Self::Sqlite),
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(with_defaults(url))),
            Some((scheme, _)) => Err(refused(&format!("the scheme {scheme}:// is not known"))),
            None => Err(refused("there is no scheme")),
        }
    }

    pub fn backend(&self) -> Backend {
        match self {
            Self::Sqlite(_) => Backend::Sqlite,
            Self::Postgres(_) => Backend::Postgres,
        }
    }
}

fn refused(why: &str) -> Error {
    Error::internal(format!(
        "database URL refused: {why}; use sqlite://<path>, postgres://<…> or postgresql://<…>"
    ))
}

/// The text after `sqlite://`, literally a path: no escapes and no parameters, as other tools have them.
fn sqlite_path(path: &str) -> Result<PathBuf> {
    match path {
        "" => Err(refused("sqlite:// names no file")),
        ":memory:" => Err(refused("a database in memory cannot be shared by several threads")),
        p if p.contains(['?', '#', '%']) => Err(refused("sqlite:// takes a plain path, without ?, # or %")),
        // SQLite reads a name that begins with `file:` as a URI of its own.
        p if p.starts_with("file:") => Err(refused("sqlite:// takes a path, not a file: URI")),
        p => Ok(PathBuf::from(p)),
    }
}

/// Adds what libpq would otherwise leave open: who we are, and an end to waiting for a dead host.
fn with_defaults(url: &str) -> String {
    let mut url = url.to_owned();
    for (name, value) in [("application_name", "tiendo"), ("connect_timeout", "5")] {
        if !url.contains(&format!("{name}=")) {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&format!("{name}={value}"));
        }
    }
    url
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;

    fn path(url: &str) -> PathBuf {
        match Target::parse(url).unwrap() {
            Target::Sqlite(path) => path,
            Target::Postgres(_) => panic!("{url} is no file"),
        }
    }

    fn address(url: &str) -> String {
        match Target::parse(url).unwrap() {
            Target::Sqlite(_) => panic!("{url} is a file"),
            Target::Postgres(address) => address,
        }
    }

    #[test]
    fn a_sqlite_url_is_a_path() {
        assert_eq!(path("sqlite://data/tiendo.db"), PathBuf::from("data/tiendo.db"));
        assert_eq!(path("sqlite:///var/lib/tiến độ.db"), PathBuf::from("/var/lib/tiến độ.db"));
    }

    #[test]
    fn other_addresses_are_refused_in_one_line() {
        for url in [
            "",
            "tiendo.db",
            "/tmp/tiendo.db",
            "sqlite:tiendo.db",
            "mysql://localhost/tiendo",
            "postgress://localhost/tiendo",
            "sqlite://",
            "sqlite://:memory:",
            "sqlite://x.db?mode=ro",
            "sqlite://file:x.db",
        ] {
            let cause = Target::parse(url).err().and_then(|e| e.cause).unwrap_or_default();
            assert!(cause.starts_with("database URL refused: "), "{url:?}: {cause}");
            assert!(!cause.contains('\n'), "{url:?}: {cause}");
        }
    }

    #[test]
    fn postgres_keeps_its_parameters_and_gets_the_missing_ones() {
        assert_eq!(address("postgres://h/d"), "postgres://h/d?application_name=tiendo&connect_timeout=5");
        assert_eq!(
            address("postgresql://h/d?application_name=x"),
            "postgresql://h/d?application_name=x&connect_timeout=5"
        );
    }
}
