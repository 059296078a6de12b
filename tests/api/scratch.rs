//! A database of its own for each test, gone when the test ends.

use std::{fs, path::PathBuf};

use diesel::connection::SimpleConnection;
use tiendo::db::AnyConn;
use uuid::Uuid;

/// An empty database: a SQLite file in a fresh folder, or a fresh schema of `TEST_DATABASE_URL`.
pub struct Scratch {
    pub url: String,
    remains: Remains,
}

enum Remains {
    Folder(PathBuf),
    Schema { server: String, name: String },
}

impl Scratch {
    pub fn new() -> Self {
        let name = format!("tiendo_test_{}", Uuid::now_v7().simple());
        match std::env::var("TEST_DATABASE_URL") {
            Ok(server) if !server.is_empty() => {
                AnyConn::open(&server).unwrap().batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
                let sign = if server.contains('?') { '&' } else { '?' };
                let url = format!("{server}{sign}options=-csearch_path%3D{name}");
                Self { url, remains: Remains::Schema { server, name } }
            }
            _ => {
                let folder = std::env::temp_dir().join(name);
                fs::create_dir_all(&folder).unwrap();
                let url = format!("sqlite://{}", folder.join("tiendo.db").display());
                Self { url, remains: Remains::Folder(folder) }
            }
        }
    }

    /// A place for files of the test; on PostgreSQL there is none.
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.remains {
            Remains::Folder(folder) => Some(folder),
            Remains::Schema { .. } => None,
        }
    }

    /// The name of the schema, on PostgreSQL.
    pub fn schema(&self) -> Option<&str> {
        match &self.remains {
            Remains::Folder(_) => None,
            Remains::Schema { name, .. } => Some(name),
        }
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A test may have failed already: what cannot be removed must not hide why.
        match &self.remains {
            Remains::Folder(folder) => drop(fs::remove_dir_all(folder)),
            Remains::Schema { server, name } => {
                let dropped = AnyConn::open(server)
                    .and_then(|mut conn| Ok(conn.batch_execute(&format!("DROP SCHEMA {name} CASCADE"))?));
                if let Err(e) = dropped {
                    eprintln!("the schema {name} stays: {e}");
                }
            }
        }
    }
}
