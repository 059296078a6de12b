//! E2: the primary of PostgreSQL is killed while its standby lags, and the standby promoted.
//!
//! The standby is waited for at every commit (`synchronous_standby_names`). Under load its stream is
//! stalled for 0.4 s, so that commits stand written here and not yet there, then every process of the
//! primary is killed (`kill -9`). The service's URL names both hosts with
//! `target_session_attrs=read-write`; it runs through all rounds, in which the two change places.
//!
//! - Passes: nothing acknowledged is lost, the first write is done within 5 s after each promotion, the
//!   service is never restarted.
//! - Full: 10 rounds. Short: 2.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Crowd, wait_until},
    pg::{self, Server},
    process::signal,
    site::Site,
};
use std::{
    ops::ControlFlow,
    thread,
    time::{Duration, Instant},
};

const WRITERS: usize = 8;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    if let Some(why) = pg::missing() {
        return Outcome::Skipped(why);
    }
    let (mut primary, mut standby) = (Server::new(), None);
    // Made before there is a standby: a port of its own is all that the URL needs of it.
    let second = standby.insert(primary.standby());
    let url = format!(
        "postgres://postgres@127.0.0.1:{},127.0.0.1:{}/postgres?target_session_attrs=read-write",
        primary.port, second.port
    );
    primary.wait_for_standby();
    let mut standby = standby.take().expect("just made");
    let mut site = Site::at(url);
    let mut service = site.start();
    let (record, writers) = (Record::default(), Crowd::default());
    let rounds = form.pick(2, 10);
    let mut slowest = Duration::ZERO;
    for _ in 0..rounds {
        site.renew();
        thread::scope(|scope| {
            writers.gather(scope, &site, WRITERS, |caller, number| {
                caller.insist(&format!("E2-{number}"), &record, || writers.is_over());
                ControlFlow::Continue(())
            });
            let before = record.count();
            wait_until("writes go on", Duration::from_secs(60), || record.count() > before + 200);
            let (senders, all) = (primary.senders(), primary.processes());
            assert!(!senders.is_empty(), "nothing streams");
            senders.iter().for_each(|pid| signal(*pid, "STOP"));
            thread::sleep(Duration::from_millis(400));
            primary.kill(&all);
            standby.promote();
            let promoted = Instant::now();
            let wrote = || record.first_after(promoted).is_some();
            wait_until("a write after the promotion", crate::within(Duration::from_secs(5)), wrote);
            slowest = slowest.max(record.first_after(promoted).map_or(Duration::ZERO, |at| at - promoted));
            let after = record.count();
            wait_until("writes as before", Duration::from_secs(30), || record.count() > after + 100);
            writers.send_home();
        });
        check(&site.url, &record);
        primary.follow(&standby);
        standby.wait_for_standby();
        std::mem::swap(&mut primary, &mut standby);
    }
    let figures = check(&site.url, &record);
    assert_eq!(service.stop(Duration::from_secs(30)), Some(0), "the one service of all rounds");
    let slowest = slowest.as_millis();
    Outcome::Held(vec![format!(
        "{rounds} failovers, first write within {slowest} ms of the promotion; {figures}"
    )])
}
