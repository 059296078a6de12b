//! Housekeeping, once an hour on every node: what has run out is removed, and the planner's figures are
//! refreshed.

use crate::{
    auth::{Gate, once, reads, sessions},
    db::refresh_figures,
    error::Result,
    settings,
};
use actix_web::{rt, web};
use std::time::Duration;

const PAUSE: Duration = Duration::from_secs(3600);
const DAY_MILLIS: i64 = 86_400_000;

/// How many rows were removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed {
    /// Answers kept for requests that come again.
    pub answers: usize,
    pub sessions: usize,
    /// Who was shown what about whom.
    pub reads: usize,
}

/// Keeps house in the background until the handle is aborted.
pub fn start(gate: web::Data<Gate>) -> rt::task::JoinHandle<()> {
    rt::spawn(async move {
        loop {
            match sweep(&gate).await {
                Ok(removed) => log::debug!("removed what has run out: {removed:?}"),
                Err(e) => log::warn!("what has run out stays until the next hour: {e}"),
            }
            if let Err(e) = gate.db.write(refresh_figures).await {
                log::warn!("the planner's figures stay as they are until the next hour: {e}");
            }
            rt::time::sleep(PAUSE).await;
        }
    })
}

/// Removes what has run out. Nothing of it belongs to the record, so no event tells of it.
pub async fn sweep(gate: &web::Data<Gate>) -> Result<Removed> {
    let now = gate.clock.system();
    let answers = gate.db.write(move |conn| once::sweep(conn, now)).await?;
    let sessions = gate.db.write(move |conn| sessions::sweep(conn, now)).await?;
    let reads = gate.db.write(move |conn| {
        let kept = settings::reads_kept_days(conn)?.saturating_mul(DAY_MILLIS);
        reads::sweep(conn, now.plus_millis(-kept))
    });
    Ok(Removed { answers, sessions, reads: reads.await? })
}
