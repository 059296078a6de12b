//! Amendment: what a document touches, and what the owners of that say to it.

mod answers;
mod asked;
mod lineages;
mod programmes;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A document of a unit, issued unless the body says otherwise.
async fn paper(world: &World, by: &str, unit: &str, parents: &[(&str, &str)], more: Value) -> String {
    let parents: Vec<Value> =
        parents.iter().map(|(id, relation)| json!({"document_id": id, "relation": relation})).collect();
    let mut body =
        json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": "Nghị quyết", "parents": parents});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/documents", body).await.expect(201).id()
}

/// A task that a unit registers for itself.
async fn task(world: &World, by: &str, title: &str, more: Value) -> String {
    let unit = by.split(['@', '#']).nth(1).unwrap();
    let mut body = json!({"title": title, "unit_id": world.unit(unit), "class": "key"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/tasks", body).await.expect(201).id()
}

async fn answer(world: &World, by: &str, document: &str, task: &str, outcome: &str, note: Value) -> Answer {
    let body = json!({"document_id": document, "subject": {"kind": "task", "id": task}, "outcome": outcome, "note": note});
    world.as_(by).await.post("/api/v1/reconfirmations", body).await
}

/// What somebody is told: `title unit state`, in the order of the list.
async fn listed(world: &World, by: &str, query: &str) -> Vec<String> {
    let path = format!("/api/v1/reconfirmations?{query}");
    let page = world.as_(by).await.get(&path).await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(line).collect()
}

fn line(one: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let subject = &one["subject"];
    format!("{} {} {}", word(&subject["title"]), word(&subject["unit"]["code"]), word(&one["state"]))
}

/// The same, sorted by title.
async fn told(world: &World, by: &str, query: &str) -> Vec<String> {
    let mut lines = listed(world, by, query).await;
    lines.sort();
    lines
}

async fn impact(world: &World, by: &str, document: &str) -> Value {
    world.as_(by).await.get(&format!("/api/v1/documents/{document}/impact")).await.expect(200).body
}

/// The records of one changed document: `title state`, sorted.
fn records(changed: &Value, kind: &str) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |impact: &Value| {
        format!("{} {}", word(&impact["record"]["title"]), word(&impact["reconfirmation"]["state"]))
    };
    let mut lines: Vec<String> = changed[kind].as_array().unwrap().iter().map(one).collect();
    lines.sort();
    lines
}
