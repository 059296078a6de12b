//! The proof of the log: it is sealed in order, whatever is done to it is found and named, and people
//! can be forgotten all the same.

mod binary;
mod erasing;
mod heads;
mod reads;
mod scale;
mod sealing;
mod tampering;

use crate::harness::World;
use diesel::{connection::SimpleConnection, prelude::*};
use serde_json::json;
use tiendo::{
    auth::keys::Keys,
    db::{AnyConn, schema::event_seals},
    events::verify::verify,
};

/// A world whose log is spoilt, in one transaction that is taken back each time.
struct Victim {
    world: World,
    conn: AnyConn,
    /// The ids of the events, in the order of the chain.
    ids: Vec<String>,
}

impl Victim {
    /// Some 20 sealed events of several kinds, with one signed head in the middle and one at the end.
    async fn new() -> Self {
        let world = World::new().await;
        world.as_("leader@A").await;
        world.seal().await;
        let leader = world.as_("leader@A").await;
        for n in 1..=5 {
            let task = json!({"title": format!("Đầu việc {n}"), "unit_id": world.unit("A"), "class": "key"});
            leader.post("/api/v1/tasks", task).await.expect(201);
        }
        world.seal().await;
        let mut conn = AnyConn::open(&world.scratch.url).unwrap();
        let seals = event_seals::table.order(event_seals::n).select(event_seals::event_id);
        let ids = seals.load(&mut conn).unwrap();
        Self { world, conn, ids }
    }

    /// The id at a position.
    fn id(&self, n: usize) -> &str {
        &self.ids[n - 1]
    }

    fn last(&self) -> usize {
        self.ids.len()
    }

    /// What a check finds after these statements; then they are undone.
    fn after(&mut self, sql: &str) -> Vec<String> {
        self.after_doing(&[], |conn| conn.batch_execute(sql).unwrap())
    }

    fn after_doing(&mut self, kept: &[String], spoil: impl FnOnce(&mut AnyConn)) -> Vec<String> {
        let keys = Keys::from_pem(&self.world.key).unwrap();
        self.conn.batch_execute("BEGIN").unwrap();
        spoil(&mut self.conn);
        let report = verify(&mut self.conn, kept, &|jws| keys.open_head(jws)).unwrap();
        self.conn.batch_execute("ROLLBACK").unwrap();
        report.broken.iter().map(ToString::to_string).collect()
    }
}
