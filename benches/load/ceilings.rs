//! What nothing can be faster than: a constant answer of the same size, and the bare SQL.

use crate::{
    Args,
    cluster::Cluster,
    data::land,
    processes,
    run::{Measured, Report},
    service::Service,
    wrk,
};
use actix_web::{App, HttpResponse, HttpServer, web};
use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

/// Sizes in bytes of the answers that a constant handler stands for, by the name of the workload.
pub type Sizes = Vec<(&'static str, usize)>;

/// Asks the service how long its answers are.
pub fn sizes(service: &Service) -> Sizes {
    let mut officer = service.client(&land::username("officer", 1));
    let page = "/tasks?status=in_progress&sort=due_on&limit=50&fields=id,code,title,unit,status,timeliness,progress,due_on,version";
    let one = format!("/tasks/{}", land::id(land::kind::TASK, 200));
    [("get", one.as_str()), ("page", page)]
        .map(|(name, path)| {
            let answer = officer.get(path).expect("an answer");
            answer.expect(200);
            (name, answer.text.len())
        })
        .into()
}

/// Serves a constant body until it is killed: the bench starts itself with this.
pub fn serve(size: usize) {
    let body = "x".repeat(size);
    actix_web::rt::System::new()
        .block_on(async move {
            let server = HttpServer::new(move || {
                let body = body.clone();
                let answer = move || {
                    let body = body.clone();
                    async { HttpResponse::Ok().content_type("application/json").body(body) }
                };
                App::new().default_service(web::to(answer))
            })
            .bind("127.0.0.1:0")?;
            println!("{}", server.addrs()[0]);
            server.run().await
        })
        .expect("a server");
}

/// The line of a workload at the number of connections the ceilings are measured with.
fn line<'a>(report: &'a Report, name: &str, connections: usize) -> Option<&'a Measured> {
    report.lines.iter().find(|line| line.name == name && line.connections == connections)
}

/// Sixteen connections, or the most that were asked for.
fn connections(args: &Args) -> usize {
    if args.connections.contains(&16) { 16 } else { args.connections.iter().copied().max().unwrap_or(1) }
}

/// Measures constant answers, as lines of text with the ratio to the service.
pub fn constant(args: &Args, folder: &Path, report: &Report) -> Vec<String> {
    let connections = connections(args);
    let measured =
        report.sizes.iter().filter_map(|(name, size)| Some((line(report, name, connections)?, size)));
    measured
        .map(|(line, size)| {
            let me = std::env::current_exe().expect("a program");
            let mut child = Command::new(me)
                .args(["--constant", &size.to_string()])
                .stdout(Stdio::piped())
                .spawn()
                .expect("it starts");
            let mut address = String::new();
            let mut said = BufReader::new(child.stdout.take().expect("a pipe"));
            said.read_line(&mut address).expect("an address");
            let script = "function request() return wrk.format('GET', '/') end";
            wrk::drive(folder, address.trim(), script, connections, 1);
            let before = processes::cpu(child.id());
            let outcome = wrk::drive(folder, address.trim(), script, connections, args.seconds);
            let each = (processes::cpu(child.id()) - before) / outcome.requests.max(1.0);
            child.kill().and_then(|()| child.wait()).expect("it ends");
            let rate = outcome.requests * 1e6 / outcome.micros;
            format!(
                "- constant answer of {size} bytes, {connections} connections: {rate:.0} a second, {each:.4} ms of CPU; {}: {:.3} of that rate",
                line.title,
                line.works * 1e6 / line.outcome.micros / rate
            )
        })
        .collect()
}

/// The bare SQL of a workload: its name and the script of pgbench.
fn scripts(tasks: usize) -> [(&'static str, String); 4] {
    let district = land::unit(1);
    let some = format!("\\set r random(8, {} - 1)\n", tasks / land::DISTRICTS);
    let task = "'018b2c04-0000-7000-8000-' || lpad(to_hex(:r * 10), 12, '0')";
    let below = format!("u.path LIKE '/{}/{district}/%'", land::unit(0));
    [
        ("get", format!("{some}SELECT t.*, u.code, u.name, u.level, u.path FROM tasks t JOIN org_units u ON u.id = t.unit_id WHERE t.id = {task};\n")),
        // As far as the page goes, from the index the service reads: by the paths of units it is a scan and a sort.
        ("page", format!("SELECT t.id, t.code, t.title, t.status, t.progress, t.due_on, t.version, u.id, u.code, u.name, u.level
            FROM (SELECT task_id FROM task_places WHERE anchor_id = '{district}' AND near = 1 AND status = 'in_progress'
            ORDER BY due_key, task_id LIMIT 50) p JOIN tasks t ON t.id = p.task_id JOIN org_units u ON u.id = t.unit_id
            ORDER BY t.due_on, t.id;\n").replace('\n', " ") + "\n"),
        ("report", format!("{some}\
            BEGIN;\n\
            SELECT version FROM tasks WHERE id = {task} FOR UPDATE;\n\
            INSERT INTO progress_reports (id, root_id, task_id, progress, note, reported_on, evidence, took_effect_at, imported, created_at) \
              VALUES (gen_random_uuid()::text, '{root}', {task}, 50, 'Đã hoàn thành thêm một đoạn', CURRENT_DATE, '[]', 0, FALSE, 0);\n\
            UPDATE tasks SET progress = 50, version = version + 1, last_reported_on = CURRENT_DATE WHERE id = {task};\n\
            INSERT INTO task_states SELECT id, version, root_id, 0, unit_id, status, progress, weight_milli, due_on, submitted_on, completed_on, FALSE, FALSE \
              FROM tasks WHERE id = {task};\n\
            INSERT INTO events (id, occurred_at, recorded_at, request_id, unit_path, kind, subject_type, subject_id, subject_version, changes) \
              SELECT gen_random_uuid()::text, 0, 0, 'x', '', 'bare', 'bare', id, version, '{{\"progress\":[0,50]}}' FROM tasks WHERE id = {task};\n\
            END;\n", root = land::unit(0))),
        ("rollup", format!("SELECT count(*), count(*) FILTER (WHERE t.status = 'completed'), \
            count(*) FILTER (WHERE t.status = 'in_progress' AND t.due_on < CURRENT_DATE), \
            count(*) FILTER (WHERE t.status = 'submitted'), sum(t.weight_milli * t.progress) \
            FROM tasks t JOIN org_units u ON u.id = t.unit_id WHERE {below} AND t.status <> 'cancelled' AND t.deleted_at IS NULL;\n")),
    ]
}

/// Measures the bare SQL of what was measured, with eight clients, which two cores do not let wait.
pub fn bare_sql(args: &Args, folder: &Path, cluster: &Cluster, report: &Report) -> Vec<String> {
    let connections = connections(args);
    let all = scripts(args.scale.tasks());
    let measured = all.iter().filter_map(|(name, script)| Some((line(report, name, connections)?, script)));
    measured
        .map(|(line, script)| {
            let file = folder.join("bare.sql");
            fs::write(&file, script).expect("a temporary file");
            let before = processes::cpu_of_family(cluster.pid);
            let mut bench = cluster.pgbench();
            bench.args(["-c", "8", "-j", "1", "-T", &args.seconds.to_string(), "-f"]).arg(&file).arg("postgres");
            let output = bench.output().expect("pgbench runs");
            let used = processes::cpu_of_family(cluster.pid) - before;
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let figure = |what: &str| -> f64 {
                let rest = text.lines().find_map(|line| line.strip_prefix(what));
                let number = rest.and_then(|rest| rest.split_whitespace().next()?.split('/').next()?.parse().ok());
                number.unwrap_or_else(|| panic!("pgbench says: {text}{}", String::from_utf8_lossy(&output.stderr)))
            };
            let (done, rate) = (figure("number of transactions actually processed: "), figure("tps = "));
            let each = used / done.max(1.0);
            format!(
                "- bare SQL by pgbench, {}: {rate:.0} a second, {each:.3} ms of CPU of the database; the service: {:.3} of that rate, {:.1} times the CPU",
                line.title,
                line.works * 1e6 / line.outcome.micros / rate,
                (line.server + line.database) / each
            )
        })
        .collect()
}
