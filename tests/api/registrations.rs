//! Registration rounds: who registers what, what the superior answers, and that a line becomes a task once.

mod accepting;
mod days;
mod ending;
mod imposing;
mod random;
mod refusals;
mod returning;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// The letter that orders it, issued by a unit.
async fn letter(world: &World, by: &str, unit: &str) -> String {
    let body = json!({"type": "CV", "issuer_unit_id": world.unit(unit), "title": "Về việc đăng ký đầu việc trọng tâm",
        "status": "issued"});
    world.as_(by).await.post("/api/v1/documents", body).await.expect(201).id()
}

/// Opens a round of D for communes, open from 10 to 20 October 2023, with more in the request.
async fn round_of(world: &World, more: Value) -> Answer {
    let mut body = json!({"document_id": letter(world, "officer@D#9", "D").await,
        "title": "Đăng ký đầu việc trọng tâm nhiệm kỳ 2020 - 2025", "opens_on": "2023-10-10",
        "closes_on": "2023-10-20", "level": "commune", "quotas": [{"level": "commune", "min": 2, "max": 3}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_("officer@D#9").await.post("/api/v1/registration-rounds", body).await
}

async fn round(world: &World) -> String {
    round_of(world, json!({})).await.expect(201).id()
}

/// Begins the registration of a unit.
async fn begin(world: &World, by: &str, round: &str) -> String {
    let path = format!("/api/v1/registration-rounds/{round}/registrations");
    world.as_(by).await.post(&path, json!({})).await.expect(201).id()
}

fn line(title: &str, class: &str) -> Value {
    json!({"title": title, "class": class, "field": "society", "due_on": "2023-12-31",
        "expected_product": "Báo cáo kết quả", "lead_individual": "Phó Bí thư"})
}

/// Adds lines; gives their ids.
async fn add(world: &World, by: &str, registration: &str, lines: Value) -> Vec<String> {
    let path = format!("/api/v1/registrations/{registration}/lines");
    let added = world.as_(by).await.post(&path, json!({"lines": lines})).await.expect(201);
    let items = added.body["items"].as_array().unwrap();
    items.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

async fn step(world: &World, by: &str, registration: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/registrations/{registration}/{step}"), body).await
}

async fn show(world: &World, by: &str, registration: &str) -> Value {
    world.as_(by).await.get(&format!("/api/v1/registrations/{registration}")).await.expect(200).body
}

/// The lines of a registration.
async fn lines(world: &World, registration: &str) -> Vec<Value> {
    let path = format!("/api/v1/registrations/{registration}/lines");
    let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    page["items"].as_array().unwrap().clone()
}

/// The registrations of a round as somebody lists them: `unit state timeliness days verdict`.
async fn told(world: &World, by: &str, round: &str, query: &str) -> Vec<String> {
    let path = format!("/api/v1/registration-rounds/{round}/registrations?{query}");
    let page = world.as_(by).await.get(&path).await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(one).collect()
}

fn one(row: &Value) -> String {
    let word = |name: &str| row[name].as_str().unwrap().to_owned();
    let late = row["days_late"].as_i64().map(|days| format!(" {days}")).unwrap_or_default();
    let (unit, verdict) = (&row["unit"]["code"], &row["quota"]["verdict"]);
    let (unit, verdict) = (unit.as_str().unwrap(), verdict.as_str().unwrap());
    format!("{unit} {} {}{late} {verdict}", word("state"), word("timeliness"))
}

/// The tasks a unit leads, by title.
async fn tasks(world: &World, unit: &str) -> Vec<Value> {
    let path = format!("/api/v1/tasks?unit_id={}&limit=200", world.unit(unit));
    let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    let mut found = page["items"].as_array().unwrap().clone();
    found.sort_by_key(|task| task["title"].as_str().unwrap().to_owned());
    found
}
