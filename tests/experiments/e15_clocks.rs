//! E15: the clock of the host leaps while the service runs: a day ahead, an hour back, to 20 January
//! 2038 (past the end of 32-bit seconds); and the host lies in another time zone.
//!
//! - Passes: a token is good until a quarter of an hour after its making and not 60 s longer, whatever
//!   the clock did before; after the clock went back, what was made "later" is refused, and the refresh
//!   token gives a good one; the change feed tells everything once and in order; a task is overdue from
//!   midnight in Vietnam, wherever the host lies.
//! - Full and short are the same. Needs libfaketime (`apt-get install faketime`).

use crate::{
    Form, Outcome,
    process::{self, Answer, Client},
    site::{LEADER, Site},
};
use serde_json::{Value, json};
use std::{collections::BTreeSet, fs, path::PathBuf};
use tiendo::db::Backend;

/// Runs it.
pub fn run(_: Form) -> Outcome {
    let Some(library) = library() else {
        return Outcome::Skipped("no libfaketime.so.1: apt-get install faketime".into());
    };
    let site = Site::new(Backend::Sqlite);
    let said = site.key.0.with_extension("clock");
    let clock = Host(said.clone());
    clock.says("2026-03-01 03:00:00");
    let _service = site
        .service()
        .with("LD_PRELOAD", library.to_str().unwrap())
        .with("FAKETIME_TIMESTAMP_FILE", said.to_str().unwrap())
        .with("FAKETIME_NO_CACHE", "1")
        // Pauses are measured with another clock, which does not leap.
        .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .with("TZ", "America/New_York")
        .run();
    let mut feed = Feed { site: &site, since: String::new(), met: BTreeSet::new(), made: BTreeSet::new() };
    let now = "2026-03-01 03:00:00";
    let first = log_in(&site);
    feed.step(&first.token);
    for (at, good) in [("2026-03-01 03:14:30", true), ("2026-03-01 03:16:00", false)] {
        clock.says(at);
        assert_eq!(is_good(&site, &first.token), good, "a token of {now} at {at}");
    }

    clock.says("2026-03-02 03:16:00");
    assert!(!is_good(&site, &first.token), "a day later");
    let second = log_in(&site);
    feed.step(&second.token);

    clock.says("2026-03-02 02:16:00");
    assert!(!is_good(&site, &second.token), "a token that is made only in an hour");
    let third = refresh(&site, &second.refresh);
    assert!(is_good(&site, &third.token), "after the clock went back");
    feed.step(&third.token);
    feed.step(&third.token);

    // 17:00 in UTC is midnight in Vietnam; the host in New York has noon.
    clock.says("2038-01-20 16:59:30");
    let last = log_in(&site);
    let task = feed.step(&last.token);
    assert_eq!(overdue(&site, &last.token, &task), (false, "2038-01-20".into()));
    clock.says("2038-01-20 17:00:30");
    assert_eq!(overdue(&site, &last.token, &task), (true, "2038-01-20".into()));
    assert!(is_good(&site, &last.token));
    clock.says("2038-01-20 17:16:00");
    assert!(!is_good(&site, &last.token), "past its quarter of an hour, in 2038");
    Outcome::Held(vec![format!(
        "4 leaps, {} tasks made between them, each told once, in order",
        feed.made.len()
    )])
}

fn library() -> Option<PathBuf> {
    let folders = fs::read_dir("/usr/lib").ok()?.flatten().map(|entry| entry.path());
    folders.map(|folder| folder.join("faketime/libfaketime.so.1")).find(|file| file.exists())
}

/// The clock of the host; its file is gone when dropped.
struct Host(PathBuf);

impl Host {
    /// Stands at this time of UTC. Written beside and moved, so that nobody reads half of it.
    fn says(&self, utc: &str) {
        let at = chrono::NaiveDateTime::parse_from_str(utc, "%Y-%m-%d %H:%M:%S").unwrap().and_utc();
        let new = self.0.with_extension("new");
        // As an offset from the true time: so the library does not ask in which zone it is written.
        let offset = at.timestamp() - tiendo::clock::Clock::real().system().seconds();
        fs::write(&new, format!("{offset:+}\n")).unwrap();
        fs::rename(new, &self.0).unwrap();
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

struct Tokens {
    token: String,
    refresh: String,
}

fn tokens(answer: &Answer) -> Tokens {
    let refresh = answer.json()["refresh_token"].as_str().unwrap().to_owned();
    Tokens { token: process::token(answer), refresh }
}

fn log_in(site: &Site) -> Tokens {
    tokens(&process::log_in(&site.address, LEADER))
}

fn refresh(site: &Site, token: &str) -> Tokens {
    let body = json!({"refresh_token": token}).to_string();
    let mut client = Client::new(&site.address, "").unwrap();
    tokens(&client.send("POST", "/api/v1/auth/refresh", &[], &body).unwrap().expect(200))
}

fn ask(site: &Site, token: &str, path: &str) -> Answer {
    Client::new(&site.address, token).unwrap().get(path).unwrap()
}

fn is_good(site: &Site, token: &str) -> bool {
    match ask(site, token, "/api/v1/me").status {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

fn overdue(site: &Site, token: &str, task: &str) -> (bool, String) {
    let seen: Value = ask(site, token, &format!("/api/v1/tasks/{task}")).expect(200).json();
    (seen["timeliness"] == "overdue", seen["due_on"].as_str().unwrap().into())
}

/// A reader of the change feed, and the tasks that it has to meet.
struct Feed<'a> {
    site: &'a Site,
    since: String,
    met: BTreeSet<String>,
    made: BTreeSet<String>,
}

impl Feed<'_> {
    /// Makes a task and reads on from where the last reading ended: the new one is there, and nothing
    /// of what was met before. Gives the task.
    fn step(&mut self, token: &str) -> String {
        let key = format!("E15-{}", self.made.len());
        let body = self.site.task(&key).replace("2199-12-31", "2038-01-20");
        let mut client = Client::new(&self.site.address, token).unwrap();
        let made = client.send("POST", "/api/v1/tasks", &[], &body).unwrap().expect(201).id();
        self.made.insert(made.clone());
        let page =
            client.get(&format!("/api/v1/changes?limit=200{}", self.since)).unwrap().expect(200).json();
        for change in page["items"].as_array().unwrap() {
            if change["event"] == "task.assigned" {
                assert!(self.met.insert(change["id"].as_str().unwrap().into()), "met twice: {change}");
            }
        }
        assert_eq!(self.met, self.made, "after {key}");
        self.since = format!("&since={}", page["next_cursor"].as_str().unwrap());
        made
    }
}
