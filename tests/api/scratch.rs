//! A database of its own for each test, gone when the test ends.

use std::{env::temp_dir, fs, path::PathBuf, sync::OnceLock};

use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::BigInt};
use sha2::{Digest, Sha256};
use tiendo::db::{AnyConn, migrate};
use uuid::Uuid;

/// A SQLite file in a fresh folder, or a schema or database of the server that `TEST_DATABASE_URL` names.
pub struct Scratch {
    pub url: String,
    remains: Remains,
}

enum Remains {
    Folder(PathBuf),
    Schema { server: String, name: String },
    Database { server: String, name: String },
}

/// The server of `TEST_DATABASE_URL`, if it is set.
fn server() -> Option<String> {
    std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty())
}

fn fresh_name() -> String {
    format!("tiendo_test_{}", Uuid::now_v7().simple())
}

/// Says something to a server.
fn tell(url: &str, what: &str) -> Result<(), String> {
    let mut conn = AnyConn::open(url).map_err(|e| e.to_string())?;
    conn.batch_execute(what).map_err(|e| e.to_string())
}

impl Scratch {
    /// An empty one.
    pub fn new() -> Self {
        let name = fresh_name();
        match server() {
            Some(server) => {
                tell(&server, &format!("CREATE SCHEMA {name}")).unwrap();
                let sign = if server.contains('?') { '&' } else { '?' };
                let url = format!("{server}{sign}options=-csearch_path%3D{name}");
                Self { url, remains: Remains::Schema { server, name } }
            }
            None => {
                let folder = temp_dir().join(name);
                fs::create_dir_all(&folder).unwrap();
                let url = format!("sqlite://{}", folder.join("tiendo.db").display());
                Self { url, remains: Remains::Folder(folder) }
            }
        }
    }

    /// One with every table: a copy of one that was migrated once, because the scripts take longer than most
    /// tests. Who may not make databases on the server has the scripts run each time.
    pub fn migrated() -> Self {
        if let Some(server) = server()
            && let Some(template) = template(&server)
        {
            let name = fresh_name();
            tell(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")).unwrap();
            return Self { url: database(&server, &name), remains: Remains::Database { server, name } };
        }
        let scratch = Self::new();
        match scratch.folder() {
            Some(folder) => fs::write(folder.join("tiendo.db"), migrated_file()).unwrap(),
            None => drop(migrate::run(&scratch.url).unwrap()),
        }
        scratch
    }

    /// A place for files of the test; on PostgreSQL there is none.
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.remains {
            Remains::Folder(folder) => Some(folder),
            Remains::Schema { .. } | Remains::Database { .. } => None,
        }
    }

    /// The name of the schema, if it is one.
    pub fn schema(&self) -> Option<&str> {
        match &self.remains {
            Remains::Schema { name, .. } => Some(name),
            Remains::Folder(_) | Remains::Database { .. } => None,
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A test may have failed already: what cannot be removed must not hide why.
        let (server, what) = match &self.remains {
            Remains::Folder(folder) => return drop(fs::remove_dir_all(folder)),
            Remains::Schema { server, name } => (server, format!("SCHEMA {name} CASCADE")),
            Remains::Database { server, name } => (server, format!("DATABASE {name} WITH (FORCE)")),
        };
        if let Err(e) = tell(server, &format!("DROP {what}")) {
            eprintln!("{what} stays: {e}");
        }
    }
}

/// What is in the file of a migrated database.
fn migrated_file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        let folder = temp_dir().join(fresh_name());
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("tiendo.db");
        migrate::run(&format!("sqlite://{}", file.display())).unwrap();
        let bytes = fs::read(&file).unwrap();
        fs::remove_dir_all(folder).unwrap();
        bytes
    })
}

/// The migrated database of a server, made when first asked for; it stays, for the next run. `None`: the
/// server does not let us.
fn template(server: &str) -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(|| {
        let name = format!("tiendo_template_{}", scripts());
        let made = make_template(server, &name);
        made.inspect_err(|e| eprintln!("every test migrates its own schema: {e}")).ok().map(|()| name)
    })
    .as_deref()
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn make_template(server: &str, name: &str) -> Result<(), String> {
    let mut conn = AnyConn::open(server).map_err(|e| e.to_string())?;
    // Two runs may begin at once. The lock goes with the connection.
    conn.batch_execute("SELECT pg_advisory_lock(20251123)").map_err(|e| e.to_string())?;
    let there = format!("SELECT count(*) AS count FROM pg_database WHERE datname = '{name}'");
    if sql_query(there).get_result::<Count>(&mut conn).map_err(|e| e.to_string())?.count > 0 {
        return Ok(());
    }
    // It gets its name when it is whole.
    for sql in [format!("DROP DATABASE IF EXISTS {name}_begun"), format!("CREATE DATABASE {name}_begun")] {
        conn.batch_execute(&sql).map_err(|e| e.to_string())?;
    }
    migrate::run(&database(server, &format!("{name}_begun"))).map_err(|e| e.to_string())?;
    conn.batch_execute(&format!("ALTER DATABASE {name}_begun RENAME TO {name}")).map_err(|e| e.to_string())
}

/// What tells these migrations from others.
fn scripts() -> String {
    let mut folders: Vec<_> =
        fs::read_dir("migrations/postgres").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut hash = Sha256::new();
    for folder in folders {
        hash.update(fs::read(folder.join("up.sql")).unwrap());
    }
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The URL of another database on the same server.
fn database(server: &str, name: &str) -> String {
    let (address, parameters) = server.split_once('?').unwrap_or((server, ""));
    let (scheme, rest) = address.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    format!("{scheme}://{host}/{name}?{parameters}").trim_end_matches('?').to_owned()
}
