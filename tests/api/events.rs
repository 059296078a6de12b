//! The proof of the log: nobody misses a change, nobody does a thing twice.

mod feed;
mod once;
mod readers;
mod state;

use crate::harness::World;
use actix_web::rt::time::sleep;
use diesel::prelude::*;
use std::time::Duration;
use tiendo::{
    clock::Clock,
    db::AnyConn,
    error::Result,
    events::{Author, Changes, Event, Position, Tx, log},
    ids::Id,
    place::Place,
};

/// Appends an event of a task that nobody keeps, through the one door there is.
fn append(conn: &mut AnyConn, clock: &Clock, place: &Place, subject: Id) -> Result<()> {
    let mut tx = Tx {
        conn,
        author: Author::default(),
        request_id: "test".into(),
        at: clock.business(),
        recorded_at: clock.system(),
    };
    tx.append(Event {
        kind: "task.changed",
        subject_type: "task",
        subject_id: subject,
        subject_version: 1,
        place: Some(place),
        changes: Changes::none(),
        reason: None,
    })
}

/// Waits until every event there is can be read: on PostgreSQL any transaction of the server, also one
/// of another test, holds the readers back.
pub async fn settle(world: &World) {
    for _ in 0..9000 {
        let (settled, all) = world
            .db
            .read(|conn| {
                let settled = log::settled_after(conn, Position::default()).load::<log::Recorded>(conn)?;
                Ok((settled.len(), log::count(conn)?))
            })
            .await
            .unwrap();
        if i64::try_from(settled).unwrap() == all {
            return;
        }
        sleep(Duration::from_millis(10)).await;
    }
    panic!("a transaction stays open");
}
