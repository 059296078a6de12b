//! The sealer: one task per node, of which one at a time seals.

use crate::{
    auth::Gate,
    error::Result,
    events::seal::{BATCH, batch},
};
use actix_web::{rt, web};
use std::time::{Duration, Instant};

/// How long an event waits for its seal at most, when there is no backlog.
const PAUSE: Duration = Duration::from_secs(5);
/// How long a stopping service goes on sealing; the next start does the rest.
const AT_CLOSE: Duration = Duration::from_secs(5);

/// Seals in the background until the handle is aborted.
pub fn start(gate: web::Data<Gate>) -> rt::task::JoinHandle<()> {
    rt::spawn(async move {
        loop {
            if let Err(e) = seal(&gate, false, None).await {
                log::warn!("events wait for their seals: {e}");
            }
            rt::time::sleep(PAUSE).await;
        }
    })
}

/// Seals what is settled, for some seconds at most, and signs the end.
pub async fn close(gate: &web::Data<Gate>) -> Result<()> {
    seal(gate, true, Some(Instant::now() + AT_CLOSE)).await
}

/// Seals everything that is settled, in small transactions between which others write. With `closing`
/// the end is signed however new the last head is.
pub async fn seal(gate: &web::Data<Gate>, closing: bool, until: Option<Instant>) -> Result<()> {
    loop {
        let (mine, now) = (gate.clone(), gate.clock.system());
        let sealed =
            gate.db.write(move |conn| batch(conn, BATCH, now, closing, &|head| mine.keys.sign_head(head)));
        let sealed = sealed.await?;
        if let Some(head) = sealed.head {
            // Logs go elsewhere: there the head is out of reach of the database's owner.
            log::info!("audit head n={} hash={} jws={}", head.n, head.hash, head.jws);
        }
        if !sealed.more || until.is_some_and(|until| until <= Instant::now()) {
            return Ok(());
        }
    }
}
