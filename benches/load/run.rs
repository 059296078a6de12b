//! One database under all workloads.

use crate::{
    Args,
    ceilings::{self, Sizes},
    cluster::Cluster,
    data::{self, land::kind, plan::Run},
    place, processes,
    service::{Place, Service},
    workloads::{self, Told, WORKLOADS, Workload},
    wrk::{self, Outcome},
};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::BigInt};
use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};
use tiendo::db::AnyConn;

/// A line of the table.
pub struct Measured {
    pub name: &'static str,
    pub title: String,
    pub connections: usize,
    pub outcome: Outcome,
    /// Units of work: requests, or pairs of them.
    pub works: f64,
    /// Milliseconds of CPU for each.
    pub server: f64,
    pub database: f64,
    /// Memory of the server afterwards, without mapped files.
    pub megabytes: f64,
}

/// What a database came to.
pub struct Report {
    pub lines: Vec<Measured>,
    pub ready: Duration,
    pub megabytes: f64,
    pub sizes: Sizes,
}

/// Tokens hold for a quarter of an hour.
const TOKENS_HOLD: Duration = Duration::from_secs(8 * 60);
/// Tasks that wait to be confirmed, for each second of load: more than any machine gets through.
const TO_CONFIRM_A_SECOND: usize = 10_000;
/// Seconds of confirming at most: each task is confirmed once.
const CONFIRM_SECONDS: u32 = 3;
/// The number of the first of them.
const FIRST_TO_CONFIRM: usize = 8_000_000;
/// They are of this course, in the second district, whose leader confirms them.
const CONFIRM_COURSE: usize = 2;
const CONFIRM_DISTRICT: usize = 1;

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count(place: &Place, query: &str) -> f64 {
    let mut conn = AnyConn::open_to_read(&place.url).expect("the database");
    let counted: Count =
        sql_query(format!("SELECT COUNT(*) AS count FROM {query}")).get_result(&mut conn).expect("a count");
    f64::from(u32::try_from(counted.count).expect("a small count"))
}

fn wanted(args: &Args, workload: &Workload) -> bool {
    args.only.is_empty() || args.only.iter().any(|name| name == workload.name)
}

/// Measures a copy of the data set; `cluster` when it is on PostgreSQL.
pub fn measure(args: &Args, folder: &Path, place: &Place, cluster: Option<&Cluster>) -> Report {
    if WORKLOADS.iter().any(|workload| workload.name == "confirm" && wanted(args, workload)) {
        prepare_confirming(args, place);
    }
    let service = Service::start(place);
    let ready = service.ready_after;
    place::wait_for_seals(place);
    let (mut tokens, mut logged_in) = (workloads::tokens(&service), Instant::now());
    let mut lines = Vec::new();
    let mut first_to_confirm = FIRST_TO_CONFIRM;
    for workload in WORKLOADS.iter().filter(|workload| wanted(args, workload)) {
        for connections in &args.connections {
            if logged_in.elapsed() > TOKENS_HOLD {
                (tokens, logged_in) = (workloads::tokens(&service), Instant::now());
            }
            let etag = workload.tag.map_or(String::new(), |_| workloads::etag(&service));
            let told = Told { scale: args.scale, tokens: &tokens, etag: &etag, first_to_confirm };
            let script = workloads::script(workload, &told);
            let line = measure_one(args, folder, place, (&service, cluster), workload, *connections, &script);
            if workload.name == "confirm" {
                // Those sent when time was up were confirmed, too.
                let sent = format!("{:.0}", line.outcome.requests).parse::<usize>().expect("a count");
                first_to_confirm += sent + connections;
            }
            crate::table::line(&line);
            lines.push(line);
        }
    }
    let sizes = ceilings::sizes(&service);
    // Every five seconds the service gives back what was let go: for each log-in these are 19 MB.
    thread::sleep(Duration::from_secs(6));
    let megabytes = processes::megabytes(service.pid());
    service.stop();
    Report { lines, ready, megabytes, sizes }
}

fn prepare_confirming(args: &Args, place: &Place) {
    let seconds = usize::try_from(args.seconds.min(CONFIRM_SECONDS)).expect("small") * args.connections.len();
    let many = seconds * TO_CONFIRM_A_SECOND;
    let mut conn = AnyConn::open(&place.url).expect("the database");
    let run = Run { first: FIRST_TO_CONFIRM, many, only: Some((CONFIRM_COURSE, CONFIRM_DISTRICT)) };
    data::copies::make(&mut conn, &run, data::today(), false);
    data::seal(&mut conn, place);
    data::finish(&mut conn);
}

/// Waits until what was asked before is answered, so that its cost is not told of what comes next.
fn rest(service: &Service, cluster: Option<&Cluster>) {
    let used = || processes::cpu(service.pid()) + cluster.map_or(0.0, |c| processes::cpu_of_family(c.pid));
    for _ in 0..50 {
        let before = used();
        thread::sleep(Duration::from_millis(200));
        if used() - before <= 20.0 {
            return;
        }
    }
}

fn measure_one(
    args: &Args,
    folder: &Path,
    place: &Place,
    (service, cluster): (&Service, Option<&Cluster>),
    workload: &Workload,
    connections: usize,
    script: &str,
) -> Measured {
    // Caches fill; statements are prepared.
    if workload.name != "confirm" {
        wrk::drive(folder, &service.address, script, connections, 1);
    }
    rest(service, cluster);
    let before = (processes::cpu(service.pid()), cluster.map_or(0.0, |c| processes::cpu_of_family(c.pid)));
    let seconds = if workload.name == "confirm" { args.seconds.min(CONFIRM_SECONDS) } else { args.seconds };
    let reports = count(place, "progress_reports");
    let outcome = wrk::drive(folder, &service.address, script, connections, seconds);
    let after = (processes::cpu(service.pid()), cluster.map_or(0.0, |c| processes::cpu_of_family(c.pid)));
    match workload.name {
        "report" => {
            let kept = count(place, "progress_reports") - reports;
            let acknowledged = outcome.requests - outcome.errors;
            assert!(kept >= acknowledged, "{acknowledged} reports were acknowledged, {kept} are there");
        }
        "confirm" => {
            let done = count(
                place,
                &format!(
                    "tasks WHERE id >= '{}' AND id LIKE '018b2c04-%' AND status = 'completed'",
                    data::land::id(kind::TASK, FIRST_TO_CONFIRM)
                ),
            );
            let acknowledged = outcome.requests - outcome.errors;
            assert!(done >= acknowledged, "{acknowledged} tasks were confirmed, {done} are there");
        }
        _ => {}
    }
    let works = (outcome.requests / workload.each).max(1.0);
    Measured {
        name: workload.name,
        title: workload.title.into(),
        connections,
        outcome,
        works,
        server: (after.0 - before.0) / works,
        database: (after.1 - before.1) / works,
        megabytes: processes::megabytes(service.pid()),
    }
}
