//! Whatever is amended and however often issue is sent: an item is one task, and is counted once.

use super::*;
use futures_util::future::join_all;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};
use std::collections::{BTreeMap, BTreeSet};

const LEADS: [&str; 3] = ["A", "A1", "A2"];

/// One revision: items that come (by their leads, and whether another takes part), an item that goes, one
/// that changes, and how often its issue is sent.
#[derive(Debug, Clone)]
struct Revision {
    new: Vec<(usize, bool)>,
    gone: Option<usize>,
    changed: Option<usize>,
    sent: usize,
    at_once: bool,
}

fn revision(least: usize) -> impl Strategy<Value = Revision> {
    let new = prop::collection::vec((0..LEADS.len(), any::<bool>()), least..5);
    let any = (new, prop::option::of(0..9_usize), prop::option::of(0..9_usize), 1..4_usize, any::<bool>());
    any.prop_map(|(new, gone, changed, sent, at_once)| Revision { new, gone, changed, sent, at_once })
}

fn item(world: &World, n: usize, (lead, together): (usize, bool)) -> Value {
    let more = json!({"text": format!("Việc {n}"), "lead_unit_id": world.unit(LEADS[lead])});
    let other = world.unit(LEADS[1 + lead % 2]);
    whole(if together { with(more, &json!({"coordinating_unit_ids": [other]})) } else { more })
}

/// Sends the issue so often, one after the other or at once; every answer tells the same. Gives the task
/// of each item.
async fn issue(world: &World, id: &str, number: &str, of: &Revision) -> BTreeMap<String, String> {
    let body = json!({"number_text": number});
    let path = format!("{}/issue", at(id));
    let (one, two) = (world.as_("leader@A").await, world.as_("leader@A#2").await);
    let mut answers = Vec::new();
    if of.at_once {
        answers.extend(join_all([one.post(&path, body.clone()), two.post(&path, body.clone())]).await);
    }
    for _ in 0..of.sent {
        answers.push(one.post(&path, body.clone()).await);
    }
    let told: BTreeSet<String> = answers
        .into_iter()
        .map(|answer| answer.expect(200).body)
        .map(|body| json!([body["tasks"], body["affected_tasks"], body["document"]["id"]]).to_string())
        .collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    let told: Value = serde_json::from_str(told.first().unwrap()).unwrap();
    let word = |task: &Value, name: &str| task[name].as_str().unwrap().to_owned();
    told[0].as_array().unwrap().iter().map(|task| (word(task, "item_id"), word(task, "task_id"))).collect()
}

/// Opens the next revision and does to the items what it says; gives those that are there now.
async fn amend(world: &World, id: &str, mut items: Vec<String>, of: &Revision, n: usize) -> Vec<String> {
    step(world, "leader@A", id, "amend", json!({"reason": "Bổ sung"})).await.expect(200);
    // What is being amended is not issued.
    let early = json!({"number_text": "99-CTr/ĐU"});
    step(world, "leader@A", id, "issue", early).await.expect_problem(409, "invalid_state");
    let officer = world.as_("officer@A").await;
    let path = |item: &str| format!("/api/v1/programme-items/{item}");
    if let Some(item) = of.changed.and_then(|i| items.get(i)) {
        let version = officer.get(&path(item)).await.expect(200).body["version"].as_i64().unwrap();
        let due = json!({"due_on": format!("2025-01-{:02}", n + 1)});
        officer.patch(&path(item), version, due).await.expect(200);
    }
    if let Some(i) = of.gone.filter(|i| *i < items.len() && items.len() + of.new.len() > 1) {
        let item = items.remove(i);
        let version = officer.get(&path(&item)).await.expect(200).body["version"].as_i64().unwrap();
        officer.delete(&path(&item), version).await.expect(204);
    }
    items
}

/// All tasks that were made of items, by item.
async fn made(world: &World) -> BTreeMap<String, String> {
    let page = world.as_("leader@D").await.get("/api/v1/tasks?limit=200").await.expect(200).body;
    let mut found = BTreeMap::new();
    for task in page["items"].as_array().unwrap() {
        assert_eq!(task["source"]["kind"], "programme_item");
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let other = found.insert(word(&task["source"]["id"]), word(&task["id"]));
        assert_eq!(other, None, "two tasks of one item");
    }
    found
}

#[actix_web::test]
async fn issue_sent_how_often_ever_makes_one_task_of_each_item() {
    let mut runner = TestRunner::deterministic();
    let lives = (revision(1), prop::collection::vec(revision(0), 1..4));
    let (mut all, mut again) = (0, 0);
    for case in 0..6 {
        let (first, later) = lives.new_tree(&mut runner).unwrap().current();
        let world = World::new().await;
        // A parent may have several programmes; its tasks are counted once all the same.
        let above = paper(&world, "D", json!({})).await;
        let parents = json!({"parents": [{"document_id": above, "relation": "concretises"},
            {"document_id": above, "relation": "based_on"}]});
        let id = draft(&world, "A", parents).await;
        let (mut items, mut known) = (Vec::new(), BTreeMap::new());
        for (n, of) in std::iter::once(&first).chain(&later).enumerate() {
            if n > 0 {
                items = amend(&world, &id, items, of, n).await;
            }
            if !of.new.is_empty() {
                let new: Vec<Value> =
                    of.new.iter().enumerate().map(|(i, new)| item(&world, i, *new)).collect();
                items.extend(add(&world, "A", &id, json!(new)).await);
            }
            step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
            step(&world, "leader@A", &id, "adopt", vote()).await.expect(200);
            let told = issue(&world, &id, &format!("{:02}-CTr/ĐU", n + 1), of).await;
            assert_eq!(told.keys().collect::<BTreeSet<_>>(), items.iter().collect(), "{case}: {of:?}");
            for (item, task) in &told {
                again += usize::from(known.contains_key(item));
                assert_eq!(known.entry(item.clone()).or_insert_with(|| task.clone()), task, "{case}: {of:?}");
            }
            if n == 0 {
                step(&world, "officer@A", &id, "start", json!({})).await.expect(200);
            }
            assert_eq!(made(&world).await, known, "{case}: {of:?}");
        }
        counted_once(&world, known.len()).await;
        all += known.len();
    }
    assert!(all > 15 && again > 15, "{all} tasks, {again} met again");
}

/// In the totals every task counts once, in every unit above the one that leads it.
async fn counted_once(world: &World, tasks: usize) {
    for unit in ["D", "A"] {
        let path = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit(unit));
        let report = world.as_("viewer@D").await.get(&path).await.expect(200).body;
        assert_eq!(report["rolled_up"]["total"], tasks, "{unit}: {:#}", report["rolled_up"]);
    }
}
