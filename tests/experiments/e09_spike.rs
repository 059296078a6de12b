//! E9: ten times as many callers as usual, all at once, without a pause.
//!
//! First the peak is measured with 64 callers, 70 of 100 requests being reads; then 640 come; then the
//! usual ones are alone again.
//!
//! - Passes: what is refused during the spike is refused with 429 or 503 within 50 ms at the median (the
//!   machine that asks is the one that answers), the others get at least 80 % of the peak together, and
//!   10 s after the spike 80 % of the peak is reached again. Nothing lost or double.
//! - Full: 60 s of spike, on SQLite and PostgreSQL. Short: 8 s, on SQLite.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::Caller,
    pg,
    site::Site,
};
use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tiendo::db::Backend;

const USUAL: usize = 64;
const SPIKE: usize = 640;

/// Runs it.
pub fn run(form: Form) -> Outcome {
    let mut figures = vec![spike(Backend::Sqlite, form)];
    if form == Form::Full {
        match pg::missing() {
            None => figures.push(spike(Backend::Postgres, form)),
            Some(why) => return Outcome::Skipped(format!("it held on SQLite, but {why}")),
        }
    }
    Outcome::Held(figures)
}

/// What a crowd was given.
#[derive(Default)]
struct Given {
    /// Requests that were done in a second.
    rate: f64,
    refusals: Vec<Duration>,
}

fn spike(backend: Backend, form: Form) -> String {
    let mut site = Site::new(backend);
    let _service = site.start();
    site.renew();
    let (record, next) = (Record::default(), AtomicUsize::new(0));
    // One record, so that a read costs the same however much is written.
    let seen = Caller::new(&site).make("E9").unwrap().expect(201).id();
    record.acknowledge("E9");
    let seen = format!("/api/v1/tasks/{seen}");
    let crowd = |size, time| come(&site, &seen, size, time, &record, &next);
    let short = form.pick(Duration::from_secs(4), Duration::from_secs(15));
    // Warm first, or the peak would be too easy to reach.
    crowd(USUAL, short / 2);
    let peak = crowd(USUAL, short).rate;
    let mut spike = crowd(SPIKE, form.pick(Duration::from_secs(8), Duration::from_secs(60)));
    thread::sleep(form.pick(Duration::from_secs(2), Duration::from_secs(8)));
    let after = crowd(USUAL, short).rate;
    spike.refusals.sort();
    let median = spike.refusals.get(spike.refusals.len() / 2).copied().unwrap_or_default();
    let figures = format!(
        "{backend:?}: peak {peak:.0}/s; spike {:.0}/s and {} refused, half of them within {} ms; afterwards {after:.0}/s",
        spike.rate,
        spike.refusals.len(),
        median.as_millis()
    );
    assert!(spike.rate >= peak * crate::FOUR_FIFTHS, "too little is done in the spike: {figures}");
    assert!(median < crate::within(Duration::from_millis(50)), "refused too late: {figures}");
    assert!(after >= peak * crate::FOUR_FIFTHS, "not as before: {figures}");
    format!("{figures}; {}", check(&site.url, &record))
}

fn come(site: &Site, seen: &str, size: usize, time: Duration, record: &Record, next: &AtomicUsize) -> Given {
    let (over, done) = (AtomicBool::new(false), AtomicUsize::new(0));
    let refusals = Mutex::new(Vec::new());
    let begun = Instant::now();
    thread::scope(|scope| {
        for _ in 0..size {
            scope.spawn(|| {
                let mut caller = Caller::new(site);
                while !over.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
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
                            // Who is refused waits, as he is told to; a second is less than that.
                            thread::sleep(Duration::from_secs(1));
                        }
                        other => panic!("{other:?}"),
                    }
                }
            });
        }
        thread::sleep(time);
        over.store(true, Ordering::Relaxed);
    });
    Given {
        rate: done.into_inner() as f64 / begun.elapsed().as_secs_f64(),
        refusals: refusals.into_inner().unwrap(),
    }
}
