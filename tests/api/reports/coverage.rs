//! The coverage matrix: right on each day, whole in its pages, and the same as what it leads to.

mod edges;
mod explained;
mod kept;
mod pages;
mod plans;
mod random;
mod same;
mod scale;
mod story;

use crate::{dice::Dice, harness::World};
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const UNITS: [&str; 5] = ["A", "A1", "A2", "B", "B1"];

/// What happened, with its day, as the test itself remembers it.
#[derive(Default)]
struct Story {
    papers: Vec<(String, NaiveDate)>,
    sent: BTreeMap<(usize, &'static str), Sent>,
    studies: BTreeMap<(usize, &'static str), Study>,
    /// Paper, unit, day, the paper it became.
    programmes: Vec<(BTreeSet<usize>, &'static str, NaiveDate)>,
    tasks: Vec<Task>,
}

#[derive(Default, Clone)]
struct Sent {
    on: NaiveDate,
    receipt: String,
    study_due: Option<NaiveDate>,
    programme_due: Option<NaiveDate>,
    received: Option<NaiveDate>,
    released: Option<NaiveDate>,
}

struct Study {
    id: String,
    held: Vec<(NaiveDate, i64)>,
    completed: Option<NaiveDate>,
}

struct Task {
    unit: &'static str,
    serves: BTreeSet<usize>,
    made: NaiveDate,
    due: NaiveDate,
    done: Option<NaiveDate>,
    cancelled: Option<NaiveDate>,
    id: String,
}

fn superior(unit: &str) -> &'static str {
    match unit {
        "A" | "B" => "D",
        "B1" => "B",
        _ => "A",
    }
}

fn day(n: i64) -> NaiveDate {
    crate::harness::day("2023-10-15") + chrono::TimeDelta::days(n)
}

async fn post(world: &World, who: &str, path: &str, body: Value) -> Value {
    let answer = world.as_(who).await.post(&format!("/api/v1/{path}"), body).await;
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.body);
    answer.body
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

async fn matrix(world: &World, who: &str, more: &str) -> Value {
    world.as_(who).await.get(&format!("/api/v1/reports/coverage?{more}")).await.expect(200).body
}

/// A document of D, issued, with more said of it.
async fn paper(world: &World, more: Value) -> String {
    let mut body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Nghị quyết về chuyển đổi số",
        "status": "issued"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    id(&post(world, "officer@D", "documents", body).await)
}

/// Sends a document from D to units; the answer.
async fn dispatch(world: &World, paper: &str, to: &[&str], more: Value) -> Value {
    let mut body = json!({"unit_ids": to.iter().map(|code| world.unit(code)).collect::<Vec<_>>()});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    post(world, "officer@D", &format!("documents/{paper}/dispatches"), body).await
}

/// The receipt of a unit in the answer to sending.
fn receipt(sent: &Value, code: &str) -> String {
    let one = sent["sent"].as_array().unwrap().iter().find(|one| one["unit"]["code"] == code).unwrap();
    one["receipt_id"].as_str().unwrap().to_owned()
}

/// A unit issues its own programme for documents, with one item from a day to a day; gives its task.
async fn programme(
    world: &World,
    unit: &str,
    papers: &[String],
    number: usize,
    (from, due): (NaiveDate, NaiveDate),
) -> String {
    let parents = papers.iter().map(|paper| json!({"document_id": paper, "relation": "concretises"}));
    let body = json!({"unit_id": world.unit(unit), "title": "Chương trình hành động",
        "parents": parents.collect::<Vec<_>>()});
    let (officer, leader) = (format!("officer@{unit}"), format!("leader@{unit}"));
    let programme = id(&post(world, &officer, "programmes", body).await);
    let item = json!({"text": "Vận động tham gia bảo hiểm y tế", "class": "key", "priority": 1, "start_on": from,
        "due_on": due, "lead_collective": "Ủy ban nhân dân xã", "lead_individual": "Phó Bí thư"});
    let path = |step: &str| format!("programmes/{programme}/{step}");
    post(world, &officer, &path("items"), json!({"items": [item]})).await;
    post(world, &officer, &path("submit-for-review"), json!({})).await;
    let body = if unit.len() == 1 { "collective" } else { "members_conference" };
    let vote =
        json!({"body": body, "eligible": 15, "present": 14, "in_favour": 14, "against": 0, "abstained": 0});
    post(world, &leader, &path("adopt"), vote).await;
    let number = json!({"number_text": format!("{number}-CTr/ĐU")});
    let issued = post(world, &leader, &path("issue"), number).await;
    issued["tasks"][0]["task_id"].as_str().unwrap().to_owned()
}

/// A unit studies a document in a class, today, with so many of twenty; it may be complete with that.
async fn study(world: &World, unit: &str, paper: &str, (today, came): (NaiveDate, i64), completes: bool) {
    let officer = format!("officer@{unit}");
    let plan = json!({"waves": [{"audience": "cadres_and_members",
        "planned": [{"class": "party_members", "value": 20}]}]});
    let plan = id(&post(world, &officer, &format!("documents/{paper}/disseminations"), plan).await);
    let class = json!({"audience": "cadres_and_members", "form": "class", "held_on": today,
        "attendance": [{"class": "party_members", "attended": came}]});
    post(world, &officer, &format!("disseminations/{plan}/sessions"), class).await;
    if completes {
        let path = format!("disseminations/{plan}/waves/cadres_and_members/complete");
        post(world, &officer, &path, json!({"completed_on": today})).await;
    }
}

/// The row of a unit; one document was asked for.
fn row<'a>(told: &'a Value, code: &str) -> &'a Value {
    told["rows"].as_array().unwrap().iter().find(|row| row["unit"]["code"] == code).unwrap()
}
