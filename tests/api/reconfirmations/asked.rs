//! Who is asked, since when and until when.

use super::{answer, impact, listed, paper, records, task, told};
use crate::harness::World;
use serde_json::{Value, json};

const D: &str = "officer@D";

/// A resolution of D, a plan of A that concretises it, and a task for each way to serve it: `born` and
/// `item` of A, `below` of A1, `step` of A2, which serves `born`; `other` of A serves another paper.
struct Story {
    world: World,
    old: String,
    target: String,
    born: String,
}

async fn story() -> Story {
    let world = World::new().await;
    let old = paper(&world, D, "D", &[], json!({})).await;
    let items = json!({"items": [
        {"kind": "objective", "text": "Nâng cao đời sống nhân dân."},
        {"kind": "target", "label": "(1)", "text": "95% người dân tham gia bảo hiểm y tế.", "parent": 0},
        {"kind": "target", "label": "(2)", "text": "100% hộ dùng nước sạch.", "parent": 0}]});
    let path = format!("/api/v1/documents/{old}/items");
    let items = world.as_(D).await.post(&path, items).await.expect(201).body;
    let target = items["items"][1]["id"].as_str().unwrap().to_owned();
    let plan = paper(&world, "officer@A", "A", &[(&old, "concretises")], json!({"type": "KH"})).await;
    let other = paper(&world, D, "D", &[], json!({})).await;
    let born = task(&world, "officer@A", "born", json!({"document_id": old})).await;
    let by_item =
        json!({"parents": [{"kind": "resolution_item", "id": target}, {"kind": "document", "id": other}]});
    task(&world, "officer@A", "item", by_item).await;
    task(&world, "officer@A1", "below", json!({"parents": [{"kind": "document", "id": plan}]})).await;
    task(&world, "officer@A", "other", json!({"document_id": other})).await;
    let given = json!({"title": "step", "unit_id": world.unit("A2"), "class": "key",
        "parents": [{"kind": "task", "id": born}]});
    world.as_("leader@A").await.post("/api/v1/tasks", given).await.expect(201);
    Story { world, old, target, born }
}

#[actix_web::test]
async fn all_that_puts_a_replaced_resolution_into_practice_is_asked() {
    let Story { world, old, .. } = story().await;
    assert_eq!(told(&world, "leader@D", "").await, [""; 0]);
    let new = paper(&world, D, "D", &[(&old, "replaces")], json!({})).await;
    let all = ["below A1 asked", "born A asked", "item A asked", "step A2 asked"];
    assert_eq!(told(&world, "leader@D", "").await, all);
    assert_eq!(told(&world, "viewer@D", &format!("document_id={new}&kind=task&state=asked")).await, all);
    assert_eq!(told(&world, "leader@A", &format!("document_id={old}")).await, [""; 0]);
    assert_eq!(told(&world, "leader@A", "kind=programme").await, [""; 0]);
    // What a unit owes, and what strangers see.
    let own = format!("unit_id={}&state=asked", world.unit("A"));
    assert_eq!(told(&world, "officer@A", &own).await, ["born A asked", "item A asked"]);
    assert_eq!(told(&world, "leader@A1", "").await, ["below A1 asked"]);
    assert_eq!(told(&world, "leader@B", "").await, [""; 0]);
    let under = format!("under={}", world.unit("A"));
    assert_eq!(told(&world, "leader@D", &under).await, all);
    world.as_("leader@B").await.get(&format!("/api/v1/reconfirmations?{under}")).await.expect(404);
}

#[actix_web::test]
async fn each_effect_asks_and_a_relation_without_effect_does_not() {
    for (relation, asked) in
        [("amends", 4), ("replaces", 4), ("repeals", 4), ("concretises", 0), ("based_on", 0)]
    {
        let Story { world, old, .. } = story().await;
        paper(&world, D, "D", &[(&old, relation)], json!({})).await;
        assert_eq!(told(&world, "leader@D", "").await.len(), asked, "{relation}");
    }
}

#[actix_web::test]
async fn a_draft_shows_what_it_would_touch_and_asks_nobody() {
    let Story { world, old, target, .. } = story().await;
    let draft = json!({"status": "draft"});
    let new = paper(&world, D, "D", &[(&old, "amends"), (&old, "replaces")], draft).await;
    let told = impact(&world, "leader@D", &new).await;
    assert_eq!((&told["issued"], &told["truncated"]), (&json!(false), &json!(false)));
    let [changed] = &told["changed"].as_array().unwrap()[..] else { panic!("{told}") };
    assert_eq!((&changed["document"]["id"], &changed["relation"]), (&json!(old), &json!("replaces")));
    assert_eq!(records(changed, "tasks"), ["below none", "born none", "item none", "step none"]);
    let targets: Vec<(&Value, usize)> = changed["targets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["item"]["id"], one["task_ids"].as_array().unwrap().len()))
        .collect();
    assert_eq!(targets[0], (&json!(target), 1));
    assert_eq!((targets.len(), targets[1].1), (2, 0));
    assert_eq!(listed(&world, "leader@D", "").await, [""; 0]);
    world.as_("leader@A").await.get(&format!("/api/v1/documents/{new}/impact")).await.expect(404);
    let refused = answer(&world, "leader@A", &new, &target, "confirmed", Value::Null).await;
    refused.expect_fault(422, "/document_id", "unknown_reference");
    world.as_(D).await.post(&format!("/api/v1/documents/{new}/issue"), json!({})).await.expect(200);
    let told = impact(&world, "leader@D", &new).await;
    assert_eq!(
        records(&told["changed"][0], "tasks"),
        ["below asked", "born asked", "item asked", "step asked"]
    );
    assert_eq!(listed(&world, "leader@D", "").await.len(), 4);
}

#[actix_web::test]
async fn what_a_reader_does_not_see_is_counted() {
    let Story { world, old, .. } = story().await;
    let inner = paper(&world, "officer@B", "B", &[], json!({})).await;
    task(&world, "officer@B", "inner", json!({"document_id": inner})).await;
    let new = paper(&world, D, "D", &[(&old, "replaces"), (&inner, "repeals")], json!({})).await;
    let told = impact(&world, "leader@A1", &new).await;
    assert_eq!(records(&told["changed"][0], "tasks"), ["below asked"]);
    assert_eq!(told["changed"].as_array().unwrap().len(), 1);
    assert_eq!(told["hidden"], json!({"documents": 1, "programmes": 0, "tasks": 4}));
    let told = impact(&world, "leader@D", &new).await;
    assert_eq!(told["hidden"], json!({"documents": 0, "programmes": 0, "tasks": 0}));
    let through: usize =
        told["changed"].as_array().unwrap().iter().map(|one| records(one, "tasks").len()).sum();
    assert_eq!(through, 5);
}

#[actix_web::test]
async fn nothing_is_asked_once_the_new_document_is_taken_back() {
    let Story { world, old, .. } = story().await;
    let new = paper(&world, D, "D", &[(&old, "replaces")], json!({})).await;
    let path = format!("/api/v1/documents/{new}");
    assert_eq!(told(&world, "leader@D", "").await.len(), 4);
    // Its relation goes, or it goes itself.
    let back =
        world.as_(D).await.patch(&path, 1, json!({"parents": []})).await.expect(200).body["version"].as_i64();
    assert_eq!(told(&world, "leader@D", "").await, [""; 0]);
    let parents = json!({"parents": [{"document_id": old, "relation": "amends"}]});
    let again = world.as_(D).await.patch(&path, back.unwrap(), parents).await.expect(200);
    assert_eq!(told(&world, "leader@D", "").await.len(), 4);
    world.as_(D).await.delete(&path, again.body["version"].as_i64().unwrap()).await.expect(204);
    assert_eq!(told(&world, "leader@D", "").await, [""; 0]);
}

#[actix_web::test]
async fn what_came_later_is_done_with_or_serves_the_new_one_is_not_asked() {
    let Story { world, old, born, .. } = story().await;
    let new = paper(&world, D, "D", &[(&old, "replaces"), (&old, "based_on")], json!({})).await;
    world.go_to("2023-10-16").await;
    task(&world, "officer@A", "later", json!({"document_id": old})).await;
    assert_eq!(told(&world, "leader@D", "").await.len(), 4);
    // It serves both now: with it goes what serves it.
    let parents = json!({"parents": [{"kind": "document", "id": new}]});
    world.as_("officer@A").await.patch(&format!("/api/v1/tasks/{born}"), 1, parents).await.expect(200);
    assert_eq!(told(&world, "leader@D", "").await, ["below A1 asked", "item A asked"]);
    let item =
        world.as_("leader@A").await.get("/api/v1/tasks?q=item").await.expect(200).body["items"][0]["id"]
            .clone();
    let path = format!("/api/v1/tasks/{}/cancel", item.as_str().unwrap());
    world.as_("leader@D").await.post(&path, json!({"reason": "Không còn phù hợp"})).await.expect(200);
    assert_eq!(told(&world, "leader@D", "").await, ["below A1 asked"]);
    let refused = answer(&world, "leader@A", &new, item.as_str().unwrap(), "confirmed", Value::Null).await;
    refused.expect_fault(422, "/subject/id", "not_permitted_here");
}

#[actix_web::test]
async fn a_paper_of_an_earlier_day_asks_only_for_what_was_there_then() {
    let Story { world, old, .. } = story().await;
    world.go_to("2023-11-01").await;
    task(&world, "officer@A", "late", json!({"document_id": old})).await;
    let first = paper(&world, D, "D", &[(&old, "amends")], json!({"issued_on": "2023-10-20"})).await;
    let second = paper(&world, D, "D", &[(&old, "amends")], json!({"issued_on": "2023-10-14"})).await;
    assert_eq!(told(&world, "leader@D", &format!("document_id={first}")).await.len(), 4);
    assert_eq!(told(&world, "leader@D", &format!("document_id={second}")).await, [""; 0]);
}
