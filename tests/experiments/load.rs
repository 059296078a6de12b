//! Clients that keep on asking.

use crate::{
    check::Record,
    process::{Answer, Client},
    site::Site,
};
use std::{
    io::Result,
    ops::ControlFlow,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread::{self, Scope},
    time::{Duration, Instant},
};

/// A client that connects again whenever its connection has ended.
pub struct Caller<'a> {
    pub site: &'a Site,
    /// Where it calls; the site's own address unless a proxy stands before it.
    pub address: &'a str,
    pub patience: Duration,
    client: Option<Client>,
}

impl<'a> Caller<'a> {
    /// One that calls the service itself.
    pub fn new(site: &'a Site) -> Self {
        Self { site, address: &site.address, patience: Duration::from_secs(20), client: None }
    }

    /// One that calls a proxy before it.
    pub fn through(site: &'a Site, address: &'a str) -> Self {
        Self { address, ..Self::new(site) }
    }

    /// One request, sent once.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
        let mut client = match self.client.take() {
            Some(client) => client,
            None => Client::patient(self.address, &self.site.token, self.patience)?,
        };
        let answer = client.send(method, path, headers, body)?;
        if !answer.header("connection").eq_ignore_ascii_case("close") {
            self.client = Some(client);
        }
        Ok(answer)
    }

    /// Makes a task, with its key as Idempotency-Key.
    pub fn make(&mut self, key: &str) -> Result<Answer> {
        let body = self.site.task(key);
        self.send("POST", "/api/v1/tasks", &[("Idempotency-Key", &format!("\"{key}\""))], &body)
    }

    /// Sends the same again until it is done or `stops` says so; passing trouble (no connection, 409 in
    /// flight, 429, 503, 507) is waited out, anything else is a fault of the service.
    pub fn insist(&mut self, key: &str, record: &Record, stops: impl Fn() -> bool) {
        while !stops() {
            match self.make(key) {
                Ok(answer) if answer.status == 201 => return record.acknowledge(key),
                Ok(answer) if matches!(answer.status, 409 | 429 | 503 | 507) => {
                    assert!(
                        answer.status != 409 || answer.text.contains("idempotency_in_flight"),
                        "{answer:?}"
                    );
                }
                Ok(other) => panic!("{key}: {other:?}"),
                Err(_) => {}
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Callers that go on and on, each request with a number that no other has.
#[derive(Default)]
pub struct Crowd {
    next: AtomicUsize,
    over: AtomicBool,
}

impl Crowd {
    /// So many callers at once: each does `one` with the next number, until it says that it goes home or
    /// all are sent home.
    pub fn gather<'scope>(
        &'scope self,
        scope: &'scope Scope<'scope, '_>,
        site: &'scope Site,
        size: usize,
        one: impl Fn(&mut Caller, usize) -> ControlFlow<()> + Copy + Send + 'scope,
    ) {
        self.over.store(false, Ordering::Relaxed);
        for _ in 0..size {
            scope.spawn(move || {
                let mut caller = Caller::new(site);
                while !self.is_over()
                    && one(&mut caller, self.next.fetch_add(1, Ordering::Relaxed)).is_continue()
                {
                }
            });
        }
    }

    /// Sends all home, after what they are at.
    pub fn send_home(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// Whether they are to go home.
    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }
}

/// Waits until something holds; panics with `what` when it does not within the time.
pub fn wait_until(what: &str, most: Duration, mut holds: impl FnMut() -> bool) -> Duration {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < most, "not within {most:?}: {what}");
        thread::sleep(Duration::from_millis(5));
    }
    begun.elapsed()
}
