//! Dispatch: who gets a document, what units do with it, and who is late.

mod days;
mod ending;
mod refusals;
mod reported;
mod seeing;
mod sending;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// An issued document of a unit.
async fn paper(world: &World, by: &str, unit: &str) -> String {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": "Nghị quyết về chuyển đổi số",
        "status": "issued"});
    world.as_(by).await.post("/api/v1/documents", body).await.expect(201).id()
}

/// Sends a document to units, by their codes, with more in the request.
async fn send(world: &World, by: &str, paper: &str, to: &[&str], more: Value) -> Answer {
    let mut body = json!({"unit_ids": to.iter().map(|code| world.unit(code)).collect::<Vec<_>>()});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post(&format!("/api/v1/documents/{paper}/dispatches"), body).await
}

/// The receipt of a unit in the answer to sending.
fn receipt(sent: &Answer, code: &str) -> String {
    let sent = sent.body["sent"].as_array().unwrap();
    let one =
        sent.iter().find(|one| one["unit"]["code"] == code).unwrap_or_else(|| panic!("{code} got nothing"));
    one["receipt_id"].as_str().unwrap().to_owned()
}

async fn step(world: &World, by: &str, receipt: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/receipts/{receipt}/{step}"), body).await
}

/// Receipts as somebody lists them: `unit state timeliness days_late`.
async fn told(world: &World, by: &str, query: &str) -> Vec<String> {
    let page = world.as_(by).await.get(&format!("/api/v1/receipts?{query}")).await.expect(200).body;
    let one = |receipt: &Value| {
        let word = |name: &str| receipt[name].as_str().unwrap_or("-").to_owned();
        let late = receipt["days_late"].as_i64().map(|days| format!(" {days}")).unwrap_or_default();
        let unit = receipt["unit"]["code"].as_str().unwrap();
        format!("{unit} {} {}{late}", word("state"), word("timeliness"))
    };
    page["items"].as_array().unwrap().iter().map(one).collect()
}
