//! What a database URL means. The scheme decides, and nothing is guessed.

use std::{net::IpAddr, path::PathBuf};

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
            Some(("postgres" | "postgresql", rest)) => {
                let remote = is_remote(rest);
                if remote && !cfg!(feature = "pg-tls") {
                    return Err(Error::internal(NO_TLS));
                }
                Ok(Self::Postgres(with_defaults(url, remote)))
            }
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

const NO_TLS: &str = "database URL refused: PostgreSQL on another host needs TLS, and this binary was \
    built without it; build with --features pg-tls, or reach the server over loopback or a socket";

/// Whether any host named after `postgres://` is another machine. What libpq takes for local: no host,
/// a socket's directory, loopback. A host may also stand in the parameters, where it wins.
fn is_remote(rest: &str) -> bool {
    let (address, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = address.split('/').next().unwrap_or_default();
    let hosts = authority.rsplit('@').next().unwrap_or_default();
    let named = parameters.split('&').filter_map(|parameter| parameter.split_once('='));
    let named = named.filter(|(name, _)| matches!(*name, "host" | "hostaddr")).map(|(_, value)| value);
    hosts
        .split(',')
        .map(without_port)
        .chain(named.flat_map(|value| value.split(',')))
        .any(|host| !is_local(host))
}

fn without_port(host: &str) -> &str {
    match host.strip_prefix('[').and_then(|bracketed| bracketed.split_once(']')) {
        Some((v6, _)) => v6,
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    }
}

fn is_local(host: &str) -> bool {
    let socket = host.is_empty() || host.starts_with('/') || host.to_ascii_lowercase().starts_with("%2f");
    socket
        || host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// Adds what libpq would otherwise leave open: who we are, an end to waiting for a dead host (a machine
/// that lost its power ends no connection; the system's own patience is two hours), and that nothing goes
/// to another machine in the clear unless the URL asks for that.
fn with_defaults(url: &str, remote: bool) -> String {
    let mut url = url.to_owned();
    let local = [("application_name", "tiendo"), ("connect_timeout", "5")];
    let distant = [
        ("keepalives_idle", "5"),
        ("keepalives_interval", "2"),
        ("keepalives_count", "3"),
        ("tcp_user_timeout", "11000"),
        ("sslmode", "require"),
    ];
    for (name, value) in local.into_iter().chain(distant.into_iter().filter(|_| remote)) {
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
        let local = "postgres://localhost/d";
        assert_eq!(address(local), format!("{local}?application_name=tiendo&connect_timeout=5"));
        let named = "postgresql:///d?application_name=x";
        assert_eq!(address(named), format!("{named}&connect_timeout=5"));
    }

    #[test]
    fn loopback_and_sockets_are_local() {
        for rest in [
            "/d",
            "localhost/d",
            "u:p@LOCALHOST:5433/d",
            "127.0.0.1,127.0.0.2:5/d",
            "u:p@[::1]:5432/d",
            "%2Fvar%2Frun/d",
            "/d?host=/var/run/postgresql",
        ] {
            assert!(!is_remote(rest), "{rest}");
        }
    }

    #[test]
    fn another_host_is_remote_wherever_it_is_named() {
        for rest in [
            "db/d",
            "u:p@10.0.0.5:5432/d",
            "localhost,db.example.vn/d",
            "[2001:db8::1]:5432/d",
            "127.example.vn/d",
            "u:localhost@db/d",
            "localhost/d?hostaddr=10.0.0.5",
            "/d?sslmode=disable&host=db",
        ] {
            assert!(is_remote(rest), "{rest}");
        }
    }

    #[test]
    fn another_host_wants_tls() {
        let parsed = Target::parse("postgres://u:secret@db.example.vn/d");
        if cfg!(feature = "pg-tls") {
            assert!(address("postgres://db/d").ends_with("&sslmode=require"));
            assert!(address("postgres://db/d?sslmode=disable").contains("?sslmode=disable&"));
        } else {
            let cause = parsed.err().and_then(|e| e.cause).unwrap_or_default();
            assert!(cause.contains("--features pg-tls") && !cause.contains("secret"), "{cause}");
        }
    }
}
