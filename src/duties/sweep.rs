//! The round that makes tasks of recurring duties by itself: one per node, in any number of nodes.

use crate::{
    auth::Gate,
    duties::{make, model},
    error::Result,
    events::{Author, Tx},
};
use actix_web::{rt, web};
use std::time::Duration;

/// How long a task may be late to appear on its day.
const PAUSE: Duration = Duration::from_secs(3600);
/// Duties looked up at once.
const BATCH: i64 = 100;

/// Goes round until the handle is aborted, beginning at once: what was missed is made first.
pub fn start(gate: web::Data<Gate>) -> rt::task::JoinHandle<()> {
    rt::spawn(async move {
        loop {
            match round(&gate).await {
                Ok(0) => {}
                Ok(made) => log::info!("recurring duties became {made} tasks"),
                Err(e) => log::warn!("recurring duties wait for the next round: {e}"),
            }
            rt::time::sleep(PAUSE).await;
        }
    })
}

/// Makes every task whose day has come, each duty in a transaction of its own, between which others
/// write; one that fails does not keep the others. Gives how many tasks were made.
pub async fn round(gate: &web::Data<Gate>) -> Result<usize> {
    let (mut made, mut after) = (0, None);
    loop {
        let (today, last) = (gate.clock.today(), after);
        let ids = gate.db.read(move |conn| model::waiting(conn, today, last, BATCH)).await?;
        let Some(last) = ids.last().copied() else { return Ok(made) };
        after = Some(last);
        for id in ids {
            let clock = gate.clock.clone();
            let one = gate.db.write(move |conn| {
                let (at, recorded_at) = (clock.business(), clock.system());
                let request_id = format!("duty-{id}");
                make::in_time(&mut Tx { conn, author: Author::default(), request_id, at, recorded_at }, id)
            });
            match one.await {
                Ok(tasks) => made += tasks,
                Err(e) => log::warn!("duty {id} waits for the next round: {e}"),
            }
        }
    }
}
