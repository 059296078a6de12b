//! E5: every process of PostgreSQL is frozen (SIGSTOP) under load, and later let go on.
//!
//! - Passes while it is frozen: each request is refused within 2 s with 503 and Retry-After, also those
//!   that were under way; `/health/live` says 200, `/health/ready` 503; no threads pile up, memory stays
//!   under 1.2 times what it was. Afterwards: served again within 5 s, nothing lost.
//! - Full: 60 s. Short: 4 s longer than a refusal may take.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Caller, Crowd, wait_until},
    pg,
    process::signal,
    site::Site,
};
use std::{
    fs,
    ops::ControlFlow,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tiendo::db::Backend;

const CLIENTS: usize = 16;
/// The longest anybody may wait for a refusal.
const MOST: Duration = crate::within(Duration::from_secs(2));

/// Runs it.
pub fn run(form: Form) -> Outcome {
    if let Some(why) = pg::missing() {
        return Outcome::Skipped(why);
    }
    let mut site = Site::new(Backend::Postgres);
    let service = site.open();
    let (record, clients, frozen) = (Record::default(), Crowd::default(), AtomicBool::new(false));
    let (refused, slowest) = (AtomicUsize::new(0), Mutex::new(Duration::ZERO));
    let mut figures = String::new();
    thread::scope(|scope| {
        clients.gather(scope, &site, CLIENTS, |caller, number| {
            let (key, begun) = (format!("E5-{number}"), Instant::now());
            let answer = match number % 2 {
                0 => caller.make(&key),
                _ => caller.send("GET", "/api/v1/tasks?limit=5", &[], ""),
            };
            let (answer, took) = (answer.expect("an answer, whatever it says"), begun.elapsed());
            match answer.status {
                201 => record.acknowledge(&key),
                200 => {}
                503 => {
                    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
                    assert!(frozen.load(Ordering::Relaxed), "refused without need: {answer:?}");
                    refused.fetch_add(1, Ordering::Relaxed);
                    let mut slowest = slowest.lock().unwrap();
                    *slowest = took.max(*slowest);
                    assert!(took <= MOST, "a refusal took {took:?}");
                    thread::sleep(Duration::from_millis(20));
                }
                _ => panic!("{answer:?}"),
            }
            ControlFlow::Continue(())
        });
        wait_until("requests go on", Duration::from_secs(60), || record.count() > 100);
        let (threads, memory) = state(service.pid());
        let processes = site.server().processes();
        frozen.store(true, Ordering::Relaxed);
        processes.iter().for_each(|pid| signal(*pid, "STOP"));
        let begun = Instant::now();
        let mut health = Caller::new(&site);
        let (mut most_threads, mut most_memory) = (0, 0);
        // The lengths of the pauses have to be over before what is said must be true.
        thread::sleep(MOST);
        while begun.elapsed() < form.pick(MOST + Duration::from_secs(4), Duration::from_secs(60)) {
            health.send("GET", "/health/live", &[], "").unwrap().expect(200);
            health.send("GET", "/health/ready", &[], "").unwrap().expect(503);
            let (threads, memory) = state(service.pid());
            (most_threads, most_memory) = (most_threads.max(threads), most_memory.max(memory));
            thread::sleep(Duration::from_millis(200));
        }
        processes.iter().for_each(|pid| signal(*pid, "CONT"));
        let let_go = Instant::now();
        let served = || record.first_after(let_go).is_some();
        let back = wait_until("served again", crate::within(Duration::from_secs(5)), served);
        thread::sleep(Duration::from_secs(3));
        clients.send_home();
        assert!(most_threads > 0, "nothing was looked at while it was frozen");
        assert!(most_threads <= threads, "threads: {threads}, then {most_threads}");
        assert!(most_memory * 10 <= memory * 12, "memory: {memory} KB, then {most_memory} KB");
        figures = format!(
            "threads {threads}, then {most_threads}; memory {memory} KB, then {most_memory} KB; served again \
             after {} ms",
            back.as_millis()
        );
    });
    let (refused, slowest) = (refused.into_inner(), slowest.into_inner().unwrap().as_millis());
    assert!(refused > CLIENTS, "nothing was refused");
    Outcome::Held(vec![
        format!("{refused} refused, each within {slowest} ms; {figures}"),
        check(&site.url, &record),
    ])
}

/// Threads and resident memory (KB) of a process.
pub fn state(pid: u32) -> (usize, usize) {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let figure = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    (figure("Threads:"), figure("VmRSS:"))
}
