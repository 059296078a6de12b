//! The doors to the database: what was answered is what is there, whatever happens in between.

mod faults;
mod files;
mod jobs;
mod limits;
mod shape;

use std::{
    sync::mpsc::{Sender, channel},
    time::Duration,
};

use actix_web::rt::{spawn, task::JoinHandle, time::sleep};
use diesel::{QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::BigInt};
use tiendo::{
    db::{AnyConn, Db, DbConfig},
    error::Result,
};

use crate::scratch::Scratch;

/// A table whose references are checked at COMMIT, so that a COMMIT can fail.
const ITEM: &str = "CREATE TABLE item (id BIGINT NOT NULL PRIMARY KEY, \
    parent BIGINT REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)";

/// A scratch database with the table, opened with few threads.
async fn opened(change: impl FnOnce(&mut DbConfig)) -> (Scratch, Db) {
    let scratch = Scratch::new();
    let mut config = DbConfig { readers: 2, writers: 4, reporters: 1, ..DbConfig::new(&scratch.url) };
    change(&mut config);
    let db = Db::open(config).unwrap();
    db.write(|c| Ok(c.batch_execute(ITEM)?)).await.unwrap();
    (scratch, db)
}

fn insert(conn: &mut AnyConn, id: i64) -> Result<i64> {
    sql_query("INSERT INTO item (id) VALUES ($1)").bind::<BigInt, _>(id).execute(conn)?;
    Ok(id)
}

/// Inserts a row that refers to none: only COMMIT will notice.
fn insert_dangling(conn: &mut AnyConn, id: i64) -> Result<i64> {
    sql_query("INSERT INTO item (id, parent) VALUES ($1, -1)").bind::<BigInt, _>(id).execute(conn)?;
    Ok(id)
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn ids_on(conn: &mut AnyConn) -> Result<Vec<i64>> {
    Ok(sql_query("SELECT id FROM item ORDER BY id").load::<Id>(conn)?.into_iter().map(|row| row.id).collect())
}

async fn ids(db: &Db) -> Vec<i64> {
    db.read(ids_on).await.unwrap()
}

/// Keeps a thread busy until it is let go.
struct Busy {
    go: Sender<()>,
    job: JoinHandle<Result<()>>,
}

impl Busy {
    async fn let_go(self) -> Result<()> {
        self.go.send(()).unwrap();
        self.job.await.unwrap()
    }
}

#[derive(Clone, Copy)]
enum Door {
    Read,
    Write,
}

/// Sends a job that waits, and returns once it runs.
async fn keep_busy(db: &Db, door: Door) -> Busy {
    let (go, gone) = channel::<()>();
    let (begin, begun) = channel::<()>();
    let db = db.clone();
    let job = spawn(async move {
        let wait = move |_: &mut AnyConn| {
            begin.send(()).unwrap();
            let _ = gone.recv();
            Ok(())
        };
        match door {
            Door::Read => db.read(wait).await,
            Door::Write => db.write(wait).await,
        }
    });
    while begun.try_recv().is_err() {
        sleep(Duration::from_millis(2)).await;
    }
    Busy { go, job }
}
