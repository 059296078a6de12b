//! E3: 35 % of all requests and 35 % of all answers are lost; clients send again with their
//! Idempotency-Key until they are answered, often while the service is still at the first one.
//!
//! - Passes: nothing double, nothing lost; the same key with another body is refused (422); one whose
//!   first request is still under way waits for it or is told so (409, Retry-After). On SQLite and on
//!   PostgreSQL.
//! - Full: 20,000 creates on each database. Short: 300.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::Caller,
    lossy::Lossy,
    pg,
    site::Site,
};
use diesel::connection::SimpleConnection;
use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};
use tiendo::db::{AnyConn, Backend};

const CLIENTS: usize = 16;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    pg::on_both(|backend| lose(backend, form))
}

fn lose(backend: Backend, form: Form) -> String {
    let creates = form.pick(300, 20_000);
    let mut site = Site::new(backend);
    let _service = site.start();
    let lossy = Lossy::before(&site.address);
    let (record, mismatches) = (Record::default(), AtomicUsize::new(0));
    let done = AtomicUsize::new(0);
    // A token lives for a quarter of an hour: in portions, each with a new one.
    while done.load(Ordering::Relaxed) < creates {
        let portion = (done.load(Ordering::Relaxed) + 2_000).min(creates);
        site.renew();
        thread::scope(|scope| {
            for _ in 0..CLIENTS {
                scope.spawn(|| {
                    let mut caller = Caller::through(&site, &lossy.address);
                    loop {
                        let claim = |done| (done < portion).then_some(done + 1);
                        let Ok(number) = done.fetch_update(Ordering::Relaxed, Ordering::Relaxed, claim)
                        else {
                            return;
                        };
                        let key = format!("E3-{number}");
                        caller.insist(&key, &record, || false);
                        if number % 10 == 0 {
                            other_body(&site, &key);
                            mismatches.fetch_add(1, Ordering::Relaxed);
                        }
                    }
                });
            }
        });
    }
    assert_eq!(record.count(), creates);
    let (requests, answers) = lossy.lost();
    assert!(requests > creates / 4 && answers > creates / 4, "the network was too good");
    if backend == Backend::Postgres {
        in_flight(&site);
    }
    format!(
        "{backend:?}: {requests} requests and {answers} answers lost; {} reused keys refused (422); {}",
        mismatches.into_inner(),
        check(&site.url, &record)
    )
}

/// The key again, for something else.
fn other_body(site: &Site, key: &str) {
    let headers = [("Idempotency-Key", format!("\"{key}\""))];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let body = site.task(&format!("{key} otherwise"));
    let answer = Caller::new(site).send("POST", "/api/v1/tasks", &headers, &body).unwrap().expect(422);
    assert_eq!(answer.json()["code"], "idempotency_mismatch", "{answer:?}");
}

/// The key while its first request does not come to an end: here it is a transaction of ours.
fn in_flight(site: &Site) {
    let me = Caller::new(site).send("GET", "/api/v1/me", &[], "").unwrap().expect(200).json();
    let user = me["user"]["id"].as_str().unwrap();
    let mut first = AnyConn::open(&site.url).unwrap();
    let claim = format!(
        "BEGIN; INSERT INTO idempotency_keys (user_id, key, operation, request_hash, created_at) \
         VALUES ('{user}', 'E3-held', 'POST /api/v1/tasks', '', {})",
        tiendo::clock::Clock::real().system().millis()
    );
    first.batch_execute(&claim).unwrap();
    let begun = Instant::now();
    let answer = Caller::new(site).make("E3-held").unwrap().expect(409);
    assert_eq!(answer.json()["code"], "idempotency_in_flight", "{answer:?}");
    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
    assert!(begun.elapsed() < Duration::from_secs(15), "409 only after {:?}", begun.elapsed());
    first.batch_execute("ROLLBACK").unwrap();
}
