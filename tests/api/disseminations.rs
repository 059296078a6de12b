//! Dissemination: a unit studies a document in waves, and a superior asks whether it was understood.

mod ending;
mod life;
mod random;
mod refusals;
mod reported;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// An issued document of D.
async fn paper(world: &World) -> String {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Nghị quyết về chuyển đổi số",
        "status": "issued"});
    world.as_("officer@D").await.post("/api/v1/documents", body).await.expect(201).id()
}

/// Plans a study; the answer.
async fn plan(world: &World, by: &str, paper: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/documents/{paper}/disseminations"), body).await
}

/// Does something with a study.
async fn step(world: &World, by: &str, study: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/disseminations/{study}/{step}"), body).await
}

/// A class on a day, with party members who were there.
fn class(on: &str, attended: i64) -> Value {
    json!({"audience": "cadres_and_members", "form": "class", "held_on": on,
        "attendance": [{"class": "party_members", "attended": attended}]})
}

const MEMBERS: &str = "waves/cadres_and_members/complete";
const PEOPLE: &str = "waves/people/complete";

async fn shown(world: &World, by: &str, study: &str) -> Value {
    world.as_(by).await.get(&format!("/api/v1/disseminations/{study}")).await.expect(200).body
}

/// Names of what somebody may do.
fn allowed(study: &Value) -> Vec<&str> {
    let actions = study["actions"].as_array().unwrap();
    actions.iter().filter(|a| a["allowed"] == true).map(|a| a["name"].as_str().unwrap()).collect()
}

/// The report of a paper as somebody reads it.
async fn report(world: &World, by: &str, paper: &str, more: &str) -> Value {
    let path = format!("/api/v1/reports/disseminations?document_id={paper}{more}");
    world.as_(by).await.get(&path).await.expect(200).body
}

/// `unit state timeliness days_late`, in the order of the report.
fn rows(report: &Value) -> Vec<String> {
    let one = |row: &Value| {
        let late = row["days_late"].as_i64().map(|days| format!(" {days}")).unwrap_or_default();
        let word = |name: &str| row[name].as_str().unwrap().to_owned();
        format!("{} {} {}{late}", row["unit"]["code"].as_str().unwrap(), word("state"), word("timeliness"))
    };
    report["rows"].as_array().unwrap().iter().map(one).collect()
}

/// Sends a paper from D to units with a deadline of study.
async fn send(world: &World, paper: &str, to: &[&str], due: &str) -> Answer {
    let to: Vec<String> = to.iter().map(|code| world.unit(code)).collect();
    let body = json!({"unit_ids": to, "study_due_on": due});
    world
        .as_("officer@D")
        .await
        .post(&format!("/api/v1/documents/{paper}/dispatches"), body)
        .await
        .expect(201)
}
