//! R1: two services over one PostgreSQL read from its standby, which lags and dies.
//!
//! The standby stops replaying (`pg_wal_replay_pause`), so that what it shows grows old; later every process
//! of it is killed (`kill -9`) while callers read on both services.
//!
//! - Passes: a list shows at once, on either service, what its session wrote on one of them; another session
//!   is served by the standby meanwhile, as old as that is; an account that was disabled is refused at once;
//!   a standby that is too old is left out, and used again later; not one read fails when it dies.
//! - Full: 5 rounds of lagging. Short: 1.

use crate::{
    Form, Outcome,
    load::wait_until,
    pg::{self, Server},
    process::{self, Client, Service, Start},
    site::{LEADER, Site},
};
use diesel::connection::SimpleConnection;
use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

const TASKS: &str = "/api/v1/tasks?limit=200";
const METRICS: &str = "doc-so-lieu";

/// Runs it.
pub fn run(form: Form) -> Outcome {
    if let Some(why) = pg::missing() {
        return Outcome::Skipped(why);
    }
    let primary = Server::new();
    let site = Site::at(primary.url());
    let standby = primary.standby();
    let start = || {
        let start = Start::new(&site.url, &site.key.0).with("DATABASE_REPLICA_URL", &standby.url());
        start.with("TIENDO_METRICS_TOKEN", METRICS).run()
    };
    let mut nodes = [start(), start()];
    let rounds = form.pick(1, 5);
    let left_out: Vec<_> = (0..rounds).map(|round| lag(round, &nodes, &primary, &standby, &site)).collect();
    let read = dies(&nodes, &standby);
    for node in &mut nodes {
        assert_eq!(node.stop(Duration::from_secs(30)), Some(0));
    }
    Outcome::Held(vec![
        format!("own writes seen at once on both, {rounds} times; left out after {left_out:?}"),
        format!("{read} reads while the standby was killed, 0 failed"),
    ])
}

/// One round; gives how long the standby was still asked.
fn lag(round: usize, nodes: &[Service; 2], primary: &Server, standby: &Server, site: &Site) -> Duration {
    let name = format!("can.bo.{round}");
    process::create_user(&site.url, &name, "leader", Some("H"));
    let [writer, other, ended] = [LEADER, LEADER, &name].map(|who| token(&nodes[0], who));
    for node in nodes {
        wait_until("the standby is asked", Duration::from_secs(30), || {
            let before = served(node);
            list(node, &other);
            list(node, &ended);
            served(node) == before + 2
        });
    }
    standby.open().batch_execute("SELECT pg_wal_replay_pause()").unwrap();
    thread::sleep(Duration::from_millis(300));
    let key = format!("R1-{round}");
    let mut client = Client::new(&nodes[0].address, &writer).unwrap();
    client.send("POST", "/api/v1/tasks", &[], &site.task(&key)).unwrap().expect(201);
    let disable = format!("UPDATE users SET disabled_at = 1 WHERE username = '{name}'");
    primary.open().batch_execute(&disable).unwrap();
    for node in nodes {
        assert!(list(node, &writer).contains(&key), "the own write is not seen");
        let before = served(node);
        assert!(!list(node, &other).contains(&key), "another session is not served by the standby");
        assert_eq!(served(node), before + 1);
        let mut client = Client::new(&node.address, &ended).unwrap();
        client.get(TASKS).unwrap().expect(401);
    }
    let sees = || nodes.iter().all(|node| list(node, &other).contains(&key));
    let left_out = wait_until("the standby is left out", Duration::from_secs(15), sees);
    let before = nodes.each_ref().map(served);
    nodes.iter().for_each(|node| drop(list(node, &other)));
    assert_eq!(nodes.each_ref().map(served), before, "too old, and still asked");
    standby.open().batch_execute("SELECT pg_wal_replay_resume()").unwrap();
    wait_until("the standby is asked again", Duration::from_secs(15), || {
        assert!(list(&nodes[0], &other).contains(&key), "what was seen is gone");
        served(&nodes[0]) > before[0]
    });
    left_out
}

/// Reads on both services while the standby is killed; gives how many.
fn dies(nodes: &[Service; 2], standby: &Server) -> usize {
    let (stop, read) = (AtomicBool::new(false), AtomicUsize::new(0));
    let tokens = nodes.each_ref().map(|node| token(node, LEADER));
    thread::scope(|scope| {
        for (node, token) in nodes.iter().zip(&tokens).cycle().take(6) {
            let (stop, read) = (&stop, &read);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    list(node, token);
                    read.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        thread::sleep(Duration::from_secs(1));
        let before = nodes.each_ref().map(served);
        assert!(before.iter().all(|served| *served > 0), "nothing is asked of the standby");
        standby.kill(&standby.processes());
        thread::sleep(Duration::from_secs(3));
        stop.store(true, Ordering::Relaxed);
    });
    read.into_inner()
}

fn token(node: &Service, who: &str) -> String {
    process::token(&process::log_in(&node.address, who))
}

fn list(node: &Service, token: &str) -> String {
    Client::new(&node.address, token).unwrap().get(TASKS).unwrap().expect(200).text
}

/// How many reads the standby has served for this service.
fn served(node: &Service) -> u64 {
    let text = Client::new(&node.address, METRICS).unwrap().get("/metrics").unwrap().expect(200).text;
    let line =
        text.lines().find_map(|line| line.strip_prefix("tiendo_db_stale_reads_total{by=\"replica\"} "));
    line.expect("a replica is configured").parse().unwrap()
}
