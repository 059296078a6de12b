//! Criteria: sets and their versions, what is said of units, recognitions, and the board.

mod board;
mod days;
mod ending;
mod random;
mod recognising;
mod refusals;
mod saying;
mod sets;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// The national set for communes that is shipped in force.
const NTM: &str = "0199a0b2-68f6-7c47-8cd5-26e2c81fca04";

/// A set of D with three criteria, as a draft, with more in the request.
async fn set_of(world: &World, more: Value) -> Answer {
    let mut body = json!({"code": "bt", "name": "Bộ tiêu chí của huyện", "level": "commune", "achievement": "standard",
        "legal_basis": "Quyết định của Ủy ban nhân dân huyện", "first_year": 2021, "last_year": 2025,
        "groups": [{"no": "I", "name": "Quy hoạch"}],
        "unit_groups": [{"code": "dbscl", "name": "Đồng bằng sông Cửu Long"}, {"code": "tn", "name": "Tây Nguyên"}],
        "criteria": [{"no": 1, "code": "c1", "name": "Quy hoạch", "group": "I"}, {"no": 2, "code": "c2", "name": "Giao thông"},
            {"no": 3, "code": "c3", "name": "Thu nhập", "sub_criteria": [{"code": "3.1", "name": "Bình quân đầu người",
                "unit": "triệu đồng/người", "direction": "higher", "thresholds": [{"value": 48.5}, {"group": "tn", "value": 41}]}]}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_("leader@D").await.post("/api/v1/criteria-sets", body).await
}

/// The same in force since the beginning of the year.
pub async fn set(world: &World, more: Value) -> String {
    let id = set_of(world, more).await.expect(201).id();
    let path = format!("/api/v1/criteria-sets/{id}/issue");
    world.as_("leader@D").await.post(&path, json!({"effective_on": "2023-01-01"})).await.expect(200);
    id
}

/// Somebody says of a unit (`officer@A` of the own one) that a criterion is this, with more in the request.
pub async fn say(world: &World, by: &str, set: &str, criterion: &str, status: &str, more: Value) -> Answer {
    let mut body = json!({"set_id": set, "criterion": criterion, "status": status});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/criteria-assessments", body).await
}

/// Somebody answers a self-assessment.
pub async fn answer(world: &World, by: &str, claim: &str, how: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/criteria-assessments/{claim}/{how}"), body).await
}

/// A unit says that it meets a criterion, and D verifies it.
async fn meet(world: &World, unit: &str, set: &str, criterion: &str) {
    let claim =
        say(world, &format!("officer@{unit}"), set, criterion, "met", json!({})).await.expect(201).id();
    answer(world, "leader@D", &claim, "verify", json!({})).await.expect(201);
}

/// D finds something in a unit.
async fn find(world: &World, unit: &str, set: &str, criterion: &str, status: &str, more: Value) -> Answer {
    let mut body = json!({"unit_id": world.unit(unit)});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    say(world, "leader@D", set, criterion, status, body).await
}

/// D recognises a unit.
async fn recognise(world: &World, unit: &str, set: &str, on: &str) -> Answer {
    let body = json!({"set_id": set, "unit_id": world.unit(unit), "recognised_on": on, "decision_text": "12/QĐ-UBND"});
    world.as_("leader@D").await.post("/api/v1/criteria-recognitions", body).await
}

/// The board of D as its viewer reads it.
pub async fn board(world: &World, set: &str, query: &str) -> Value {
    let path = format!("/api/v1/reports/criteria-board?set_id={set}&{query}");
    world.as_("viewer@D").await.get(&path).await.expect(200).body
}

/// Each unit of a board: `code met/of lost words`.
fn told(board: &Value) -> Vec<String> {
    let one = |row: &Value| {
        let counts = &row["verified"];
        let unit = row["unit"]["code"].as_str().unwrap();
        format!("{unit} {}/{} lost {}", counts["met"], counts["of"], counts["lost"])
    };
    board["rows"].as_array().unwrap().iter().map(one).collect()
}
