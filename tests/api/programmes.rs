//! Action programmes: from draft to adoption, issue, tasks and amendment.

mod adopting;
mod amending;
mod commenting;
mod drafting;
mod ending;
mod issuing;
mod likeness;
mod random;
mod rules;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

const PATH: &str = "/api/v1/programmes";

fn at(id: &str) -> String {
    format!("{PATH}/{id}")
}

/// An object with more members.
fn with(mut body: Value, more: &Value) -> Value {
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// An issued document of a unit.
async fn paper(world: &World, unit: &str, more: Value) -> String {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "status": "issued",
        "title": "Nghị quyết về chuyển đổi số"});
    let by = world.as_(&format!("officer@{unit}")).await;
    by.post("/api/v1/documents", with(body, &more)).await.expect(201).id()
}

/// A draft of a unit, by its officer.
async fn draft(world: &World, unit: &str, more: Value) -> String {
    let body = json!({"unit_id": world.unit(unit), "title": "Chương trình hành động về chuyển đổi số"});
    let by = world.as_(&format!("officer@{unit}")).await;
    by.post(PATH, with(body, &more)).await.expect(201).id()
}

/// An item that says all it must.
fn whole(more: Value) -> Value {
    let body = json!({"text": "Vận động nhân dân dùng dịch vụ công trực tuyến", "class": "key", "priority": 1,
        "start_on": "2023-11-01", "due_on": "2024-12-31", "lead_collective": "Ủy ban nhân dân xã",
        "lead_individual": "Phó Bí thư Đảng ủy"});
    with(body, &more)
}

/// Adds items as the unit's officer; gives their ids.
async fn add(world: &World, unit: &str, id: &str, items: Value) -> Vec<String> {
    let by = world.as_(&format!("officer@{unit}")).await;
    let made = by.post(&format!("{}/items", at(id)), json!({"items": items})).await.expect(201).body;
    let made = made["items"].as_array().unwrap();
    made.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn step(world: &World, by: &str, id: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("{}/{step}", at(id)), body).await
}

/// How a committee of fifteen adopts.
fn vote() -> Value {
    json!({"body": "collective", "eligible": 15, "present": 14, "in_favour": 13, "against": 0, "abstained": 1})
}

/// A programme of commune A that was adopted, with these items.
async fn adopted(world: &World, items: Value, more: Value) -> (String, Vec<String>) {
    let id = draft(world, "A", more).await;
    let items = add(world, "A", &id, items).await;
    step(world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(world, "leader@A", &id, "adopt", vote()).await.expect(200);
    (id, items)
}

async fn show(world: &World, by: &str, id: &str) -> Value {
    world.as_(by).await.get(&at(id)).await.expect(200).body
}

async fn status(world: &World, id: &str) -> String {
    show(world, "viewer@A", id).await["status"].as_str().unwrap().to_owned()
}

/// What keeps somebody from an action.
async fn because(world: &World, by: &str, id: &str, name: &str) -> Value {
    let programme = show(world, by, id).await;
    let actions = programme["actions"].as_array().unwrap();
    let action = actions.iter().find(|action| action["name"] == name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(action["allowed"], action["because"].is_null());
    action["because"].clone()
}

/// The versions kept, as `n revision step`.
async fn versions(world: &World, id: &str) -> Vec<String> {
    let page = world.as_("viewer@A").await.get(&format!("{}/versions", at(id))).await.expect(200).body;
    let one = |kept: &Value| format!("{} {} {}", kept["n"], kept["revision"], kept["step"].as_str().unwrap());
    page["items"].as_array().unwrap().iter().map(one).collect()
}
