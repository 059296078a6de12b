//! E12: readers follow the change feed while eight writers write.
//!
//! On PostgreSQL somebody holds transactions open meanwhile, now and then, so that events become visible
//! in another order than they were numbered in.
//!
//! - Passes: each reader meets every task's making once: none missed, none twice.
//! - Full: 60 s on each database (100,000 rows are for a machine that can write them so fast). Short: 5 s.

use crate::{
    Form, Outcome,
    check::{Record, check},
    load::Caller,
    pg,
    site::Site,
};
use diesel::{connection::SimpleConnection, prelude::*};
use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};
use tiendo::db::{AnyConn, Backend, schema::tasks};
use tiendo::ids::Id;

const WRITERS: usize = 8;
/// The page lengths of the readers.
const READERS: [usize; 4] = [200, 200, 50, 7];

/// Runs it.
pub fn run(form: Form) -> Outcome {
    pg::on_both(|backend| follow(backend, form))
}

fn follow(backend: Backend, form: Form) -> String {
    let mut site = Site::new(backend);
    let _service = site.open();
    let (record, next) = (Record::default(), AtomicUsize::new(0));
    let [over, done] = [const { AtomicBool::new(false) }; 2];
    let readings: Vec<Reading> = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut caller = Caller::new(&site);
                    while !over.load(Ordering::Relaxed) {
                        let key = format!("E12-{}", next.fetch_add(1, Ordering::Relaxed));
                        caller.insist(&key, &record, || false);
                    }
                })
            })
            .collect();
        let readers: Vec<_> = READERS
            .iter()
            .map(|limit| {
                let (site, done) = (&site, &done);
                // What is read is only complete when the reader began after the last write.
                scope.spawn(move || read(site, *limit, done))
            })
            .collect::<Vec<_>>();
        let begun = Instant::now();
        while begun.elapsed() < form.pick(Duration::from_secs(5), Duration::from_secs(60)) {
            hold_open(&site);
        }
        over.store(true, Ordering::Relaxed);
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        done.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().unwrap()).collect()
    });
    let mut conn = AnyConn::open(&site.url).unwrap();
    let made: Vec<Id> = tasks::table.select(tasks::id).load(&mut conn).unwrap();
    let made: BTreeSet<String> = made.iter().map(ToString::to_string).collect();
    for (reading, limit) in readings.iter().zip(READERS) {
        let missed = made.difference(&reading.tasks).count();
        assert_eq!((missed, reading.twice), (0, 0), "missed and met twice, in pages of {limit}");
    }
    let pages: usize = readings.iter().map(|reading| reading.pages).sum();
    format!(
        "{backend:?}: {} readers, {pages} pages: missed 0, twice 0; {}",
        READERS.len(),
        check(&site.url, &record)
    )
}

/// Takes the number of a transaction and keeps it open for a while; on SQLite only the while passes.
fn hold_open(site: &Site) {
    let mut conn = AnyConn::open(&site.url).unwrap();
    if conn.backend() == Backend::Postgres {
        conn.batch_execute("BEGIN; SELECT pg_current_xact_id(); SELECT pg_sleep(0.2); COMMIT").unwrap();
    }
    thread::sleep(Duration::from_millis(50));
}

/// What one reader met.
#[derive(Default)]
struct Reading {
    tasks: BTreeSet<String>,
    places: BTreeSet<String>,
    twice: usize,
    pages: usize,
}

/// How often the feed must end after `done`: any transaction of the server that is open holds it back, and
/// says so to nobody.
const ENDS: usize = 50;

/// Follows the feed until it ends after `done`, and nothing was held back.
fn read(site: &Site, limit: usize, done: &AtomicBool) -> Reading {
    let (mut caller, mut reading, mut since) = (Caller::new(site), Reading::default(), String::new());
    let mut ends = 0;
    loop {
        let last = done.load(Ordering::Relaxed);
        let path = format!("/api/v1/changes?limit={limit}{since}");
        let page = caller.send("GET", &path, &[], "").unwrap().expect(200).json();
        reading.pages += 1;
        for change in page["items"].as_array().unwrap() {
            let text = |name: &str| change[name].as_str().unwrap().to_owned();
            reading.twice += usize::from(!reading.places.insert(text("cursor")));
            if text("event") == "task.assigned" {
                reading.twice += usize::from(!reading.tasks.insert(text("id")));
            }
        }
        since = format!("&since={}", page["next_cursor"].as_str().unwrap());
        if page["has_more"] != true {
            ends += usize::from(last);
            if ends == ENDS {
                return reading;
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}
