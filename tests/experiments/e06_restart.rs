//! E6: the service is told to stop (SIGTERM) under load and started again, one node after the other.
//!
//! The nodes say for a second that they are no longer ready before they stop (`--notice-seconds`). Before
//! them stands a proxy that asks ten times a second who is ready, and sends only repeatable requests a second time; a third of the
//! writes has no Idempotency-Key. On PostgreSQL two nodes; on SQLite, which takes one process at a time,
//! one after the other while the proxy keeps the callers.
//!
//! - Passes: no request fails, each node ends by itself (code 0) within 30 s, nothing lost or double.
//! - Full: 20 restarts on each database. Short: 4.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Caller, wait_until},
    pg,
    process::Start,
    proxy::Proxy,
    site::{Site, free_port},
};
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};
use tiendo::db::Backend;

const CLIENTS: usize = 12;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    pg::on_both(|backend| roll(backend, if backend == Backend::Sqlite { 1 } else { 2 }, form))
}

fn roll(backend: Backend, nodes: usize, form: Form) -> String {
    let restarts = form.pick(4, 20);
    let mut site = Site::new(backend);
    let addresses: Vec<String> = (0..nodes).map(|_| format!("127.0.0.1:{}", free_port())).collect();
    let start = |site: &Site, node: usize| {
        Start::new(&site.url, &site.key.0).at(&addresses[node]).with("TIENDO_NOTICE_SECONDS", "1").run()
    };
    let mut services: Vec<_> = (0..nodes).map(|node| start(&site, node)).collect();
    let token = crate::process::token(&crate::process::log_in(&addresses[0], crate::site::LEADER));
    let proxy = Proxy::before(addresses.clone());
    let (record, stop, asked) = (Record::default(), AtomicBool::new(false), AtomicUsize::new(0));
    site.token = token;
    let mut longest = Duration::ZERO;
    thread::scope(|scope| {
        let (site, record, stop, asked, proxy) = (&site, &record, &stop, &asked, &proxy);
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| scope.spawn(move || ask(site, &proxy.address, client, record, stop, asked)))
            .collect();
        for round in 0..restarts {
            let (before, node) = (record.count(), round % nodes);
            wait_until("requests go on", Duration::from_secs(60), || {
                clients.iter().any(thread::ScopedJoinHandle::is_finished) || record.count() > before + CLIENTS
            });
            let begun = Instant::now();
            let code = services[node].stop(Duration::from_secs(30));
            longest = longest.max(begun.elapsed());
            assert_eq!(code, Some(0), "round {round}: the end of a node");
            services[node] = start(site, node);
        }
        stop.store(true, Ordering::Relaxed);
    });
    format!(
        "{backend:?}: {restarts} restarts, each ended within {} ms; {} requests, failed 0, {} sent to the \
         next node; {}",
        longest.as_millis(),
        asked.into_inner(),
        proxy.again(),
        check(&site.url, &record)
    )
}

/// Reads and writes until told to stop. A request that fails once has failed.
fn ask(site: &Site, address: &str, client: usize, record: &Record, stop: &AtomicBool, asked: &AtomicUsize) {
    let mut caller = Caller::through(site, address);
    for number in 0.. {
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let key = format!("E6-{client}-{number}");
        let answer = match number % 3 {
            0 => caller.make(&key),
            1 => caller.send("POST", "/api/v1/tasks", &[], &site.task(&key)),
            _ => caller.send("GET", "/api/v1/tasks?limit=5", &[], ""),
        };
        let answer = answer.unwrap_or_else(|e| {
            // The others would go on for ever.
            stop.store(true, Ordering::Relaxed);
            panic!("{key}: {e}")
        });
        assert!(matches!(answer.status, 200 | 201), "{key}: {answer:?}");
        asked.fetch_add(1, Ordering::Relaxed);
        if number % 3 != 2 {
            record.acknowledge(&key);
        }
    }
}
