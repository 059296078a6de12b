//! Loading history: each line whole or not at all, by the rules that hold for a request.

use crate::harness::{Answer, Caller, World};
use actix_web::http::Method;
use serde_json::{Value, json};
use tiendo::ids::Id;

const AT: &str = "/api/v1/imports";

fn line(op: &str, at: &str, data: Value) -> String {
    json!({"op": op, "at": format!("{at}T10:00:00+07:00"), "data": data}).to_string()
}

async fn bytes(caller: Caller<'_>, query: &str, body: Vec<u8>) -> Answer {
    let caller = caller.with("content-type", "application/x-ndjson");
    caller.send_bytes(Method::POST, &format!("{AT}{query}"), body).await
}

async fn load(caller: Caller<'_>, lines: &[String]) -> Answer {
    bytes(caller, "", lines.join("\n").into_bytes()).await.expect(200)
}

/// Each line as `number status`, with the faults or else the code of its problem.
fn told(answer: &Answer) -> Vec<String> {
    let one = |line: &Value| {
        let mut text = format!("{} {}", line["line"], line["status"]);
        let problem = &line["problem"];
        if problem.is_object() {
            assert!(line.get("id").is_none(), "{line}");
            assert_eq!(problem["status"], line["status"]);
            let faults = problem["errors"].as_array().cloned().unwrap_or_default();
            let faults = faults
                .iter()
                .map(|e| format!(" {} {}", e["pointer"].as_str().unwrap(), e["code"].as_str().unwrap()));
            let faults: String = faults.collect();
            text +=
                &if faults.is_empty() { format!(" {}", problem["code"].as_str().unwrap()) } else { faults };
        } else {
            assert!(line["id"].as_str().is_some_and(|id| id.parse::<Id>().is_ok()), "{line}");
        }
        text
    };
    let lines: Vec<String> = answer.body["lines"].as_array().unwrap().iter().map(one).collect();
    let rejected = answer.body["lines"].as_array().unwrap().iter().filter(|l| l.get("problem").is_some());
    let rejected = i64::try_from(rejected.count()).unwrap();
    assert_eq!(answer.body["rejected"].as_i64(), Some(rejected));
    assert_eq!(answer.body["accepted"].as_i64(), Some(i64::try_from(lines.len()).unwrap() - rejected));
    lines
}

/// A task of a unit as the old books have it.
fn task(world: &World, id: Id, unit: &str, more: Value) -> Value {
    let mut data = json!({"id": id, "title": "Xây dựng đường nông thôn", "class": "key",
        "unit_id": world.unit(unit), "due_on": "2023-09-30", "status": "accepted"});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    data
}

fn does(world: &World, id: Id, who: &str, more: Value) -> Value {
    let (role, unit) = who.split_once('@').unwrap();
    let mut data = json!({"task_id": id, "acting_unit_id": world.unit(unit), "acting_role": role});
    data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    data
}

async fn rollup(world: &World, unit: &str) -> Value {
    let path = format!("/api/v1/reports/task-rollup?unit_id={}&explain=true", world.unit(unit));
    world.as_("leader@D").await.get(&path).await.expect(200).body
}

#[actix_web::test]
async fn each_line_is_answered_by_its_number() {
    let world = World::new().await;
    // Who comes for the first time leaves events too.
    world.as_("admin@D").await;
    let (before, id) = (world.events().await, Id::new());
    let unit = |more: Value| {
        let mut data = json!({"code": "A9", "name": "Chi bộ ấp 9", "level": "branch", "kind": "branch",
            "parent_id": world.unit("A")});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        data
    };
    let lines = [
        line("org_unit.create", "2023-09-01", unit(json!({}))),
        line("org_unit.create", "2023-09-01", unit(json!({"level": "làng", "kind": "hội"}))),
        line("org_unit.create", "2023-09-01", unit(json!({"code": "A10", "colour": "đỏ"}))),
        String::new(),
        "{\"op\": ".into(),
        line("task.vanish", "2023-09-01", json!({})),
        json!({"op": "task.start", "at": "hôm qua", "data": {}, "why": 1}).to_string(),
        line("org_unit.create", "2023-10-16", unit(json!({"code": "A11"}))),
        line("task.load", "2023-09-01", task(&world, id, "A", json!({"progress": 101}))),
        line("task.load", "2023-09-01", task(&world, id, "A", json!({"status": "completed"}))),
        line("task.load", "2023-09-01", task(&world, id, "A", json!({"completed_on": "2023-09-01"}))),
        line("task.load", "2023-09-01", task(&world, id, "A", json!({"unit_id": Id::new()}))),
        line("task.load", "2023-09-01", json!([1])),
        line("task.load", "2023-09-01", task(&world, id, "A", json!({}))),
        line("task.start", "2023-09-02", does(&world, id, "officer@A", json!({"task_id": Id::new()}))),
        line("task.start", "2023-09-02", does(&world, id, "chief@A", json!({}))),
        line("task.start", "2023-09-02", does(&world, id, "officer@A", json!({"speed": 3}))),
        line("task.start", "2023-09-02", does(&world, id, "viewer@A", json!({}))),
        line("task.progress", "2023-09-02", does(&world, id, "officer@A", json!({"progress": 40}))),
        line("task.confirm", "2023-09-02", does(&world, id, "leader@D", json!({}))),
    ];
    let answer = load(world.as_("admin@D").await, &lines).await;
    let all = told(&answer);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(
        all,
        [
            "1 201",
            "2 422 #/data/level unknown_value #/data/kind unknown_value",
            "3 400 #/data/colour unknown_field",
            "5 400 # malformed",
            "6 422 #/op unknown_value",
            "7 400 #/at malformed #/why unknown_field",
            "8 422 #/at in_future",
            "9 422 #/data/progress out_of_range",
            "10 400 #/data/completed_on required",
            "11 422 #/data/completed_on not_permitted_here",
            "12 422 #/data/unit_id unknown_reference",
            "13 400 #/data wrong_type",
            "14 201",
            "15 404 not_found",
            "16 422 #/data/acting_role unknown_value",
            "17 400 #/data/speed unknown_field",
            "18 403 forbidden",
            "19 201",
            "20 409 invalid_state",
        ]
    );
    assert_eq!(answer.body["lines"][12]["id"].as_str(), Some(id.to_string().as_str()));
    // The three accepted lines left one event each, the others nothing.
    assert_eq!(world.events().await, before + 3);
    world.go_to("2023-10-16").await;
    let found = world.as_("admin@D").await.get("/api/v1/org-units?limit=100").await.expect(200);
    let codes: Vec<&str> =
        found.body["items"].as_array().unwrap().iter().map(|u| u["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["A", "A1", "A2", "A9", "B", "B1", "D"]);
    let seen = world.as_("leader@A").await.get(&format!("/api/v1/tasks/{id}")).await.expect(200).body;
    assert_eq!((&seen["status"], &seen["progress"]), (&json!("in_progress"), &json!(40)));
}

#[actix_web::test]
async fn history_has_one_direction_and_its_own_clock() {
    let world = World::new().await;
    let id = Id::new();
    let lines = [
        line("task.load", "2023-09-05", task(&world, id, "A", json!({}))),
        line("task.start", "2023-09-04", does(&world, id, "officer@A", json!({}))),
        line("task.start", "2023-09-06", does(&world, id, "officer@A", json!({}))),
        line("task.submit", "2023-09-05", does(&world, id, "officer@A", json!({}))),
        line("task.submit", "2023-09-30", does(&world, id, "officer@A", json!({}))),
        line("task.confirm", "2023-10-10", does(&world, id, "leader@D", json!({}))),
    ];
    let answer = load(world.root().await, &lines).await;
    assert_eq!(
        told(&answer),
        ["1 201", "2 422 #/at out_of_order", "3 200", "4 422 #/at out_of_order", "5 200", "6 200"]
    );
    // Handed in on its last day and judged ten days later: on time.
    let seen = world.as_("leader@D").await.get(&format!("/api/v1/tasks/{id}")).await.expect(200).body;
    assert_eq!(
        (&seen["completed_on"], &seen["timeliness"], &seen["imported"]),
        (&json!("2023-09-30"), &json!("completed_on_time"), &json!(true))
    );
    let path = format!("/api/v1/tasks/{id}/history");
    let history = world.as_("leader@D").await.get(&path).await.expect(200).body;
    let history = history["items"].as_array().unwrap();
    let kinds: Vec<&Value> = history.iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["task.loaded", "task.started", "task.submitted", "task.confirmed"]);
    assert!(history.iter().all(|event| event["imported"] == true), "{history:?}");
}

#[actix_web::test]
async fn nobody_named_confirms_what_the_same_person_handed_in() {
    let world = World::new().await;
    let (id, other) = (Id::new(), Id::new());
    let person = |name: &str| json!({"acting_person": name});
    let mut lines = Vec::new();
    for id in [id, other] {
        lines.push(line("task.load", "2023-09-01", task(&world, id, "D", json!({"status": "in_progress"}))));
    }
    lines.extend([
        line("task.submit", "2023-09-20", does(&world, id, "leader@D", person("Nguyễn Văn Bình"))),
        line("task.confirm", "2023-09-21", does(&world, id, "leader@D", person("Nguyễn Văn Bình"))),
        line("task.confirm", "2023-09-21", does(&world, id, "leader@D", person("Trần Thị Lan"))),
        // Who did it is not known: nobody can be told apart.
        line("task.submit", "2023-09-20", does(&world, other, "leader@D", json!({}))),
        line("task.confirm", "2023-09-21", does(&world, other, "leader@D", json!({}))),
    ]);
    let answer = load(world.as_("admin@D").await, &lines).await;
    assert_eq!(told(&answer), ["1 201", "2 201", "3 200", "4 403 own_work", "5 200", "6 200", "7 200"]);
}

#[actix_web::test]
async fn an_admin_loads_inside_the_own_territory_and_nobody_else_does() {
    let world = World::new().await;
    let (mine, theirs) = (Id::new(), Id::new());
    let start = |id: Id| line("task.load", "2023-09-01", task(&world, id, "B", json!({})));
    assert_eq!(told(&load(world.as_("admin@B").await, &[start(theirs)]).await), ["1 201"]);
    let all = ["admin@A", "admin@D", "leader@D", "officer@D", "inspector@D", "service@D", "viewer@D"];
    for who in all {
        world.as_(who).await;
    }
    let before = world.events().await;
    let child = |parent: &str| {
        json!({"code": "X1", "name": "Chi bộ mới", "level": "branch", "kind": "branch",
            "parent_id": world.unit(parent)})
    };
    let lines = [
        start(Id::new()),
        line("org_unit.create", "2023-09-01", child("B")),
        line("task.start", "2023-09-02", does(&world, theirs, "officer@B", json!({}))),
        // Not even by way of a unit of one's own.
        line("task.start", "2023-09-02", does(&world, theirs, "officer@A", json!({}))),
        line("task.load", "2023-09-01", task(&world, mine, "A1", json!({}))),
        line("task.load", "2023-09-01", task(&world, theirs, "A", json!({}))),
    ];
    let answer = load(world.as_("admin@A").await, &lines).await;
    assert_eq!(
        told(&answer),
        [
            "1 422 #/data/unit_id unknown_reference",
            "2 422 #/data/parent_id unknown_reference",
            "3 422 #/data/acting_unit_id unknown_reference",
            "4 404 not_found",
            "5 201",
            "6 409 id_conflict",
        ]
    );
    assert!(!answer.body["lines"][5].to_string().contains(&world.unit("B")));
    for who in &all[2..] {
        let refused = bytes(world.as_(who).await, "", start(Id::new()).into_bytes()).await;
        assert_eq!(refused.expect(403).code(), "forbidden");
        bytes(world.as_(who).await, "", Vec::new()).await.expect(403);
    }
    bytes(world.nobody(), "", start(Id::new()).into_bytes()).await.expect(401);
    let plain = world.as_("admin@D").await.send(Method::POST, AT, Some(start(Id::new()))).await;
    assert_eq!(plain.expect(415).code(), "unsupported_media_type");
    assert_eq!(world.events().await, before + 1);
}

#[actix_web::test]
async fn a_closed_window_stays_closed() {
    let world = World::new().await;
    let lines = line("task.load", "2023-09-01", task(&world, Id::new(), "A", json!({})));
    for (version, day, status) in [(1, "2023-10-15", 200), (2, "2023-10-14", 422)] {
        let patch = json!({"loading_window_ends_on": day});
        world.root().await.patch("/api/v1/settings", version, patch).await.expect(200);
        world.as_("admin@D").await;
        let before = world.events().await;
        let answer = bytes(world.as_("admin@D").await, "", lines.clone().into_bytes()).await.expect(status);
        if status == 422 {
            assert_eq!(answer.code(), "window_closed");
            assert_eq!(world.events().await, before);
        }
    }
}

#[actix_web::test]
async fn a_line_that_is_no_text_is_a_fault_of_that_line() {
    let world = World::new().await;
    world.as_("admin@D").await;
    let before = world.events().await;
    let mut body = line("task.load", "2023-09-01", task(&world, Id::new(), "A", json!({}))).into_bytes();
    body.extend(b"\n{\"op\":\"\xff\xfe\"}\r\n\xff\n");
    body.extend(line("task.load", "2023-09-01", task(&world, Id::new(), "A", json!({}))).as_bytes());
    let answer = bytes(world.as_("admin@D").await, "", body).await.expect(200);
    assert_eq!(told(&answer), ["1 201", "2 400 # malformed", "3 400 # malformed", "4 201"]);
    assert_eq!(world.events().await, before + 2);
    let empty = bytes(world.as_("admin@D").await, "", b"\n\r\n  \n".to_vec()).await.expect(200);
    assert_eq!(empty.body, json!({"accepted": 0, "rejected": 0, "lines": []}));
    bytes(world.as_("admin@D").await, "?dryrun=true", Vec::new()).await.expect(400);
}

#[actix_web::test]
async fn a_rehearsal_answers_alike_and_leaves_nothing_and_twice_is_once() {
    let world = World::new().await;
    world.as_("admin@D").await;
    let (before, unit) = (world.events().await, Id::new());
    let new = json!({"id": unit, "code": "A9", "name": "Chi bộ ấp 9", "level": "branch", "kind": "branch",
        "parent_id": world.unit("A")});
    let mut lines = vec![line("org_unit.create", "2023-01-02", new)];
    // More than one transaction holds, all below the unit of the first line.
    let ids: Vec<Id> = (0..450).map(|_| Id::new()).collect();
    for id in &ids {
        let data = task(&world, *id, "A", json!({"unit_id": unit}));
        lines.push(line("task.load", "2023-09-01", data));
    }
    let body = format!("{}\r\n", lines.join("\r\n")).into_bytes();
    let statuses = |answer: &Answer| {
        told(answer).iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let admin = || world.as_("admin@D");
    let rehearsal = bytes(admin().await, "?dry_run=true", body.clone()).await.expect(200);
    assert_eq!(statuses(&rehearsal), vec!["201"; 451]);
    assert_eq!(world.events().await, before);
    admin().await.get(&format!("/api/v1/org-units/{unit}")).await.expect(404);
    let first = bytes(admin().await, "", body.clone()).await.expect(200);
    assert_eq!((&first.body, world.events().await), (&rehearsal.body, before + 451));
    let again = bytes(admin().await, "", body).await.expect(200);
    assert_eq!((statuses(&again), world.events().await), (vec!["200".to_owned(); 451], before + 451));
    assert_eq!(rollup(&world, "A").await["rolled_up"]["total"], 450);
    let other = line("task.load", "2023-09-01", task(&world, ids[0], "A", json!({"title": "Việc khác"})));
    assert_eq!(told(&load(admin().await, &[other]).await), ["1 409 id_conflict"]);
}

#[actix_web::test]
async fn figures_count_the_day_of_the_old_books_and_say_what_was_loaded() {
    let world = World::new().await;
    let done = |on: &str| task(&world, Id::new(), "A", json!({"status": "completed", "completed_on": on}));
    let lines = [
        line("task.load", "2023-10-05", done("2023-09-30")),
        line("task.load", "2023-10-05", done("2023-10-01")),
        line("task.load", "2023-10-05", done("2023-10-06")),
        line("task.load", "2023-10-05", task(&world, Id::new(), "A1", json!({"progress": 30}))),
    ];
    let answer = load(world.as_("admin@D").await, &lines).await;
    assert_eq!(told(&answer), ["1 201", "2 201", "3 422 #/data/completed_on in_future", "4 201"]);
    let own = json!({"title": "Việc mới", "unit_id": world.unit("A"), "class": "routine"});
    world.as_("leader@D").await.post("/api/v1/tasks", own).await.expect(201);
    let all = rollup(&world, "A").await;
    let figures = &all["rolled_up"];
    let picked = ["total", "done", "done_on_time", "done_late", "overdue"].map(|name| figures[name].as_i64());
    assert_eq!(picked, [4, 2, 1, 1, 1].map(Some));
    let share = &all["explain"]["imported"]["share"];
    assert_eq!([&share["num"], &share["den"]].map(Value::as_f64), [Some(3.0), Some(4.0)]);
    assert_eq!(share["value"].as_f64(), Some(75.0));
}
