//! The running service killed in the middle of writes, and stopped under load: what it acknowledged is
//! there, and nothing is there by half.

use crate::{
    process::{self, Client, KeyFile, Service, Start},
    scratch::Scratch,
};
use diesel::{QueryableByName, RunQueryDsl, prelude::*, sql_query, sql_types::Text};
use serde_json::json;
use std::{
    collections::BTreeSet,
    sync::Mutex,
    thread,
    time::{Duration, Instant},
};
use tiendo::{
    db::{AnyConn, schema::events, schema::org_unit_versions, schema::org_units},
    ids::Id,
};

const WRITERS: usize = 4;

/// What the writers know at the end.
#[derive(Default)]
struct Told {
    /// Answered 201 or 200.
    acknowledged: BTreeSet<Id>,
    /// Sent, but never answered.
    unanswered: BTreeSet<Id>,
}

fn unit(id: Id, parent: Option<Id>) -> String {
    let level = if parent.is_some() { "commune" } else { "district" };
    json!({"id": id, "code": id.to_string(), "name": format!("Đảng ủy {id}"), "level": level,
        "kind": "party_committee", "parent_id": parent})
    .to_string()
}

/// Writes units until the service is gone; `stop` ends it.
fn write_until(service: Service, root: Id, token: &str, stop: impl FnOnce(Service)) -> Told {
    let told = Mutex::new(Told::default());
    let address = service.address.clone();
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                let Ok(mut client) = Client::new(&address, token) else { return };
                loop {
                    let id = Id::new();
                    match client.post("/api/v1/org-units", &unit(id, Some(root))) {
                        Ok((201, _)) => told.lock().unwrap().acknowledged.insert(id),
                        Ok(other) => panic!("{other:?}"),
                        Err(_) => {
                            told.lock().unwrap().unanswered.insert(id);
                            return;
                        }
                    };
                }
            });
        }
        // However slow the machine is: the end comes in the middle of writes.
        let begun = Instant::now();
        while told.lock().unwrap().acknowledged.len() < WRITERS && begun.elapsed() < Duration::from_secs(10) {
            thread::sleep(Duration::from_millis(10));
        }
        stop(service);
    });
    told.into_inner().unwrap()
}

#[derive(QueryableByName)]
struct Check {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

fn ids(mut list: Vec<Id>) -> BTreeSet<Id> {
    let (count, set) = (list.len(), BTreeSet::from_iter(list.drain(..)));
    assert_eq!(set.len(), count, "something is there twice");
    set
}

/// Every acknowledged unit is in the file, and the file is sound.
fn nothing_lost(scratch: &Scratch, acknowledged: &BTreeSet<Id>) {
    let mut conn = AnyConn::open(&scratch.url).unwrap();
    let units = ids(org_units::table.select(org_units::id).load(&mut conn).unwrap());
    let lost: Vec<_> = acknowledged.difference(&units).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    if scratch.folder().is_some() {
        let said: Vec<Check> = sql_query("PRAGMA integrity_check").load(&mut conn).unwrap();
        let said: Vec<&str> = said.iter().map(|check| check.integrity_check.as_str()).collect();
        assert_eq!(said, ["ok"]);
    }
}

/// Each unit has just one event and one version, and neither is there without a unit.
fn nothing_by_half(scratch: &Scratch) -> usize {
    let mut conn = AnyConn::open(&scratch.url).unwrap();
    let units = ids(org_units::table.select(org_units::id).load(&mut conn).unwrap());
    let told = events::table.filter(events::subject_type.eq("org_unit")).select(events::subject_id);
    assert_eq!(ids(told.load(&mut conn).unwrap()), units);
    let versions = org_unit_versions::table.select(org_unit_versions::unit_id);
    assert_eq!(ids(versions.load(&mut conn).unwrap()), units);
    units.len()
}

/// Starts the service and logs in; makes the root if it is not there.
fn start(scratch: &Scratch, key: &KeyFile, root: Id) -> (Service, String) {
    let service = Start::new(&scratch.url, &key.0).run();
    let token = service.log_in();
    let (status, text) =
        Client::new(&service.address, &token).unwrap().post("/api/v1/org-units", &unit(root, None)).unwrap();
    assert!(matches!(status, 200 | 201), "{status} {text}");
    (service, token)
}

#[test]
fn killed_in_the_middle_of_writes_it_keeps_what_it_acknowledged() {
    let (scratch, key, root) = (Scratch::new(), KeyFile::new(), Id::new());
    process::create_admin(&scratch.url);
    let mut all = BTreeSet::from([root]);
    let (mut unanswered, mut cut_off) = (BTreeSet::new(), 0);
    for round in 0..=5_u64 {
        let (service, token) = start(&scratch, &key, root);
        // Sent again after the crash: done once, whether or not it was done before it.
        let mut client = Client::new(&service.address, &token).unwrap();
        for id in std::mem::take(&mut unanswered) {
            let (status, text) = client.post("/api/v1/org-units", &unit(id, Some(root))).unwrap();
            assert!(matches!(status, 200 | 201), "{status} {text}");
            all.insert(id);
        }
        assert_eq!(nothing_by_half(&scratch), all.len());
        if round == 5 {
            break;
        }
        let before = all.len();
        let told = write_until(service, root, &token, |mut service| {
            thread::sleep(Duration::from_millis(50 + 117 * round));
            service.kill();
        });
        all.extend(&told.acknowledged);
        assert!(all.len() > before, "round {round} wrote nothing");
        cut_off += told.unanswered.len();
        unanswered = told.unanswered;
        nothing_lost(&scratch, &all);
        if scratch.folder().is_some() {
            nothing_by_half(&scratch);
        }
    }
    println!("{} units acknowledged, {cut_off} requests cut off by the kills", all.len());
    assert!(cut_off > 0, "no kill met a request under way");
}

#[test]
fn told_to_stop_it_finishes_what_it_began() {
    let (scratch, key, root) = (Scratch::new(), KeyFile::new(), Id::new());
    process::create_admin(&scratch.url);
    let (service, token) = start(&scratch, &key, root);
    let told = write_until(service, root, &token, |mut service| {
        thread::sleep(Duration::from_millis(300));
        let asked = Instant::now();
        assert_eq!(service.stop(Duration::from_secs(15)), Some(0));
        println!("stopped after {:?}", asked.elapsed());
    });
    assert!(!told.acknowledged.is_empty());
    println!("{} units acknowledged, {} not answered", told.acknowledged.len(), told.unanswered.len());
    nothing_lost(&scratch, &told.acknowledged);
    // What came too late was not begun: neither is anything done that nobody was told of.
    assert_eq!(nothing_by_half(&scratch), told.acknowledged.len() + 1);
}
