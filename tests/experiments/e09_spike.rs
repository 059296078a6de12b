//! E9: ten times as many callers as usual, all at once, without a pause.
//!
//! First the peak is measured with 240 callers, 70 of 100 requests being reads; then 2,400 come, more than
//! the queues before the database hold (1,024 each); then the usual ones are alone again.
//!
//! - Passes: some are refused during the spike, with 429 or 503 and Retry-After, 99 of 100 of them within
//!   50 ms (the machine that asks is the one that answers); the others get at least 80 % of the peak
//!   together; and within 10 s after the spike a second comes with 80 % of what a service does that is
//!   started on the same data afterwards. Nothing lost or double.
//! - Full: 60 s of spike, on SQLite and PostgreSQL. Short: 8 s, on SQLite; unoptimised, and with 2,400
//!   callers on the same cores, the service may not get to its queues faster than they empty, and who is
//!   refused may get to read it late. So the short form judges neither (tests/api/db/limits.rs shows that
//!   a full queue refuses at once); it says how many were refused, and the rest must hold.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::{Caller, Crowd},
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

const USUAL: usize = 240;
const SPIKE: usize = 2_400;
/// 99 of 100 of those who are refused know it by then.
const REFUSED_WITHIN: Duration = Duration::from_millis(50);
/// So many seconds after the spike it must be as it was before.
const NORMAL_AFTER: usize = 10;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    match form {
        Form::Short => Outcome::Held(vec![spike(Backend::Sqlite, form)]),
        Form::Full => pg::on_both(|backend| spike(backend, form)),
    }
}

/// What a crowd was given.
struct Given {
    /// Requests that were done in each second, one after the other.
    rates: Vec<f64>,
    /// How long those took that were refused, the quickest first.
    refusals: Vec<Duration>,
}

impl Given {
    fn rate(&self) -> f64 {
        self.rates.iter().sum::<f64>() / self.rates.len() as f64
    }

    /// In how much time so many of a hundred were refused that were refused at all; `None` if none were.
    fn refused_within(&self, of_100: usize) -> Option<Duration> {
        self.refusals.get(self.refusals.len() * of_100 / 100).copied()
    }
}

fn spike(backend: Backend, form: Form) -> String {
    let mut site = Site::new(backend);
    let mut service = site.open();
    let (record, callers) = (Record::default(), Crowd::default());
    // One record, so that a read costs the same however much is written.
    let seen = Caller::new(&site).make("E9").unwrap().expect(201).id();
    record.acknowledge("E9");
    let seen = format!("/api/v1/tasks/{seen}");
    let crowd = |size, time| come(&callers, &site, &seen, size, time, &record);
    let short = form.pick(4, 15);
    // Warm first, or the peak would be too easy to reach.
    crowd(USUAL, short / 2);
    let peak = crowd(USUAL, short).rate();
    let spike = crowd(SPIKE, form.pick(8, 60));
    let after = crowd(USUAL, NORMAL_AFTER);
    // What is normal now that so much more is there: what a service does that has seen no spike.
    service.kill();
    let _fresh = site.start();
    let fresh = crowd(USUAL, short).rate();
    let enough = |rate: f64| rate * crate::FOUR_FIFTHS;
    let normal = after.rates.iter().position(|rate| *rate >= enough(fresh));
    let [half, most] = [50, 99].map(|of_100| spike.refused_within(of_100));
    let figures = format!(
        "{backend:?}: peak {peak:.0}/s; spike {:.0}/s and {} refused, half of them within {:?}, 99 of 100 \
         within {:?}; normal within {} s; {:.0}/s in ten \
         seconds, a fresh service {fresh:.0}/s",
        spike.rate(),
        spike.refusals.len(),
        half.unwrap_or_default(),
        most.unwrap_or_default(),
        normal.unwrap_or(NORMAL_AFTER) + 1,
        after.rate()
    );
    assert!(spike.rate() >= enough(peak), "too little is done in the spike: {figures}");
    if form == Form::Full {
        let most = most.expect("nobody was refused, so this shows nothing");
        assert!(most < REFUSED_WITHIN, "refused too late: {figures}");
    }
    assert!(normal.is_some(), "not as before: {figures}");
    format!("{figures}; {}", check(&site.url, &record))
}

/// So many come for some seconds.
fn come(callers: &Crowd, site: &Site, seen: &str, size: usize, seconds: usize, record: &Record) -> Given {
    let (done, refusals) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let rates = thread::scope(|scope| {
        callers.gather(scope, site, size, |caller, number| {
            let (key, asked) = (format!("E9-{number}"), Instant::now());
            let answer = match number % 10 {
                0..3 => caller.make(&key),
                _ => caller.send("GET", seen, &[], ""),
            };
            match answer {
                Ok(answer) if answer.status < 300 => {
                    done.fetch_add(1, Ordering::Relaxed);
                    if answer.status == 201 {
                        record.acknowledge(&key);
                    }
                }
                Ok(answer) if matches!(answer.status, 429 | 503) => {
                    refusals.lock().unwrap().push(asked.elapsed());
                    assert!(!answer.header("retry-after").is_empty(), "{answer:?}");
                    // Who is refused waits, as he is told to; a second is less than that.
                    thread::sleep(Duration::from_secs(1));
                }
                other => panic!("{other:?}"),
            }
            ControlFlow::Continue(())
        });
        let second = |_| {
            let (begun, before) = (Instant::now(), done.load(Ordering::Relaxed));
            thread::sleep(Duration::from_secs(1));
            (done.load(Ordering::Relaxed) - before) as f64 / begun.elapsed().as_secs_f64()
        };
        let rates = (0..seconds).map(second).collect();
        callers.send_home();
        rates
    });
    let mut refusals = refusals.into_inner().unwrap();
    refusals.sort();
    Given { rates, refusals }
}
