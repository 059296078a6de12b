//! E1: the service is killed (`kill -9`) at a random moment in the middle of writes, again and again.
//!
//! Eight writers make tasks, each with an Idempotency-Key; what was cut off is sent again to the next
//! process. On SQLite and on PostgreSQL.
//!
//! - Passes: nothing acknowledged is lost, nothing is there twice or by half, the file is sound, the
//!   service is ready again within 3 s of each start.
//! - Full: 20 rounds on each database and 10,000 acknowledged writes on each. Short: 4 rounds.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Caller, Crowd, wait_until},
    pg,
    site::Site,
};
use std::{
    ops::ControlFlow,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tiendo::db::Backend;

const WRITERS: usize = 8;
/// From the start of a process until it is ready.
const READY: Duration = crate::within(Duration::from_secs(3));

/// Runs it.
pub fn run(form: Form) -> Outcome {
    pg::on_both(|backend| kill_again_and_again(backend, form))
}

fn kill_again_and_again(backend: Backend, form: Form) -> String {
    let (rounds, least) = form.pick((4, 200), (20, 10_000));
    let mut site = Site::new(backend);
    let (record, writers, cut_off) = (Record::default(), Crowd::default(), AtomicUsize::new(0));
    let mut slowest = Duration::ZERO;
    // What was sent and not answered, for the writer of the next round.
    let open = Mutex::new(Vec::new());
    for round in 0..rounds {
        let begun = Instant::now();
        let mut service = site.start();
        wait_until("ready again", READY, || is_ready(&site));
        slowest = slowest.max(begun.elapsed());
        assert!(slowest <= READY, "ready only after {slowest:?}");
        site.renew();
        let before = record.count();
        thread::scope(|scope| {
            writers.gather(scope, &site, WRITERS, |caller, number| {
                let again = open.lock().unwrap().pop();
                let key = again.unwrap_or_else(|| format!("E1-{number}"));
                match caller.make(&key) {
                    Ok(answer) if answer.status == 201 => record.acknowledge(&key),
                    Ok(other) => panic!("{other:?}"),
                    Err(_) => {
                        cut_off.fetch_add(1, Ordering::Relaxed);
                        open.lock().unwrap().push(key);
                        return ControlFlow::Break(());
                    }
                }
                ControlFlow::Continue(())
            });
            // Every round does its part, and ends at another moment of a commit.
            let part = (round + 1) * least / rounds;
            wait_until("writes go on", Duration::from_secs(120), || {
                record.count() >= part.max(before + WRITERS)
            });
            thread::sleep(Duration::from_millis(
                u64::from(tiendo::ids::Id::new().to_string().as_bytes()[35]) % 97,
            ));
            service.kill();
            writers.send_home();
        });
        check(&site.url, &record);
    }
    let _service = site.start();
    let mut caller = Caller::new(&site);
    for key in open.into_inner().unwrap() {
        caller.insist(&key, &record, || false);
    }
    assert!(cut_off.load(Ordering::Relaxed) >= rounds, "the kills met too few requests under way");
    format!(
        "{backend:?}: {rounds} kills, {} requests cut off, ready again within {} ms; {}",
        cut_off.into_inner(),
        slowest.as_millis(),
        check(&site.url, &record)
    )
}

fn is_ready(site: &Site) -> bool {
    Caller::new(site).send("GET", "/health/ready", &[], "").is_ok_and(|answer| answer.status == 200)
}
