//! Programmes that are asked, and those that are amended and issued again.

use super::{impact, paper, records, told};
use crate::harness::World;
use serde_json::{Value, json};

const D: &str = "officer@D";

/// A programme of a unit that puts a document into practice.
async fn programme(world: &World, unit: &str, title: &str, parent: &str) -> String {
    let parents = json!([{"document_id": parent, "relation": "concretises"}]);
    let body = json!({"unit_id": world.unit(unit), "title": title, "parents": parents});
    let by = world.as_(&format!("officer@{unit}")).await;
    by.post("/api/v1/programmes", body).await.expect(201).id()
}

/// Adds an item; gives its id.
async fn item(world: &World, unit: &str, programme: &str, text: &str, serves: &[&str]) -> String {
    let body = json!({"items": [{"text": text, "class": "key", "priority": 1, "start_on": "2023-11-01",
        "due_on": "2024-12-31", "lead_collective": "Ủy ban nhân dân xã", "lead_individual": "Phó Bí thư",
        "resolution_item_ids": serves}]});
    let path = format!("/api/v1/programmes/{programme}/items");
    let made = world.as_(&format!("officer@{unit}")).await.post(&path, body).await.expect(201);
    made.body["items"][0]["id"].as_str().unwrap().to_owned()
}

async fn step(world: &World, by: &str, programme: &str, step: &str, body: Value) -> Value {
    let path = format!("/api/v1/programmes/{programme}/{step}");
    world.as_(by).await.post(&path, body).await.expect(200).body
}

/// Reviewed, adopted and issued under a number; gives the answer to the issue.
async fn issue(world: &World, programme: &str, number: &str) -> Value {
    let vote = json!({"body": "collective", "eligible": 15, "present": 14, "in_favour": 14, "against": 0, "abstained": 0});
    step(world, "officer@A", programme, "submit-for-review", json!({})).await;
    step(world, "leader@A", programme, "adopt", vote).await;
    step(world, "leader@A", programme, "issue", json!({"number_text": number})).await
}

async fn answer(world: &World, by: &str, document: &str, programme: &str, outcome: &str) -> u16 {
    let body = json!({"document_id": document, "subject": {"kind": "programme", "id": programme}, "outcome": outcome,
        "note": "Theo nghị quyết mới"});
    world.as_(by).await.post("/api/v1/reconfirmations", body).await.status
}

#[actix_web::test]
async fn programmes_and_tasks_of_a_replaced_resolution_are_asked_and_answer() {
    let world = World::new().await;
    let old = paper(&world, D, "D", &[], json!({})).await;
    let target = json!({"items": [{"kind": "target", "text": "95% người dân tham gia bảo hiểm y tế."}]});
    let path = format!("/api/v1/documents/{old}/items");
    let target = world.as_(D).await.post(&path, target).await.expect(201).body["items"][0]["id"].clone();
    let (ours, theirs) =
        (programme(&world, "A", "của A", &old).await, programme(&world, "B", "của B", &old).await);
    let linked = item(&world, "A", &ours, "Bảo hiểm y tế", &[target.as_str().unwrap()]).await;
    item(&world, "A", &ours, "Nước sạch", &[]).await;
    issue(&world, &ours, "05-CTr/ĐU").await;
    super::task(&world, "officer@B", "Nhà ở", json!({"document_id": old})).await;
    let other = paper(&world, D, "D", &[], json!({})).await;
    programme(&world, "A", "khác", &other).await;
    let new = paper(&world, D, "D", &[(&old, "replaces")], json!({})).await;
    let all =
        ["Bảo hiểm y tế A asked", "Nhà ở B asked", "Nước sạch A asked", "của A A asked", "của B B asked"];
    assert_eq!(told(&world, "leader@D", "").await, all);
    assert_eq!(told(&world, "leader@B", "").await, [all[1], all[4]]);
    assert_eq!(told(&world, "leader@D", "kind=programme").await, all[3..]);
    let shown = impact(&world, "leader@A", &new).await;
    assert_eq!(shown["hidden"], json!({"documents": 0, "programmes": 1, "tasks": 1}));
    let changed = &shown["changed"][0];
    assert_eq!(records(changed, "programmes"), ["của A asked"]);
    assert_eq!(changed["programmes"][0]["record"]["number"], "05-CTr/ĐU");
    assert_eq!(changed["targets"][0]["programme_items"][0]["id"], json!(linked));
    assert_eq!(changed["targets"][0]["task_ids"].as_array().unwrap().len(), 1);
    for (by, status) in [("leader@B", 422), ("leader@D", 403), ("officer@A", 201), ("leader@A", 200)] {
        assert_eq!(answer(&world, by, &new, &ours, "to_amend").await, status, "{by}");
    }
    assert_eq!(answer(&world, "leader@B", &new, &theirs, "ended").await, 201);
    let under = format!("kind=programme&under={}", world.unit("B"));
    assert_eq!(told(&world, "leader@D", &under).await, ["của B B ended"]);
    let unit = format!("state=to_amend&unit_id={}", world.unit("A"));
    assert_eq!(told(&world, "leader@D", &unit).await, ["của A A to_amend"]);
    // Its heir owns it, and the answer with it.
    let close = json!({"on": world.clock.today().to_string(), "reason": "Sáp nhập", "successor_ids": [world.unit("A")]});
    world
        .root()
        .await
        .post(&format!("/api/v1/org-units/{}/close", world.unit("B1")), close.clone())
        .await
        .expect(200);
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit("B")), close).await.expect(200);
    assert_eq!(told(&world, "leader@A", "kind=programme").await, ["của A A to_amend", "của B A ended"]);
}

#[actix_web::test]
async fn a_programme_issued_again_asks_for_the_tasks_of_what_changed_only() {
    let world = World::new().await;
    let root = paper(&world, D, "D", &[], json!({})).await;
    let id = programme(&world, "A", "chương trình", &root).await;
    let mut items = Vec::new();
    for text in ["giữ nguyên", "đổi hạn", "bỏ"] {
        items.push(item(&world, "A", &id, text, &[]).await);
    }
    let first = issue(&world, &id, "05-CTr/ĐU").await;
    for (i, title) in ["dưới giữ nguyên", "dưới đổi hạn"].into_iter().enumerate() {
        let parents = json!([{"kind": "task", "id": first["tasks"][i]["task_id"]}]);
        let body = json!({"title": title, "unit_id": world.unit("A1"), "class": "key", "parents": parents});
        world.as_("leader@A").await.post("/api/v1/tasks", body).await.expect(201);
    }
    step(&world, "officer@A", &id, "start", json!({})).await;
    step(&world, "leader@A", &id, "amend", json!({"reason": "Bổ sung"})).await;
    let officer = world.as_("officer@A").await;
    let path = |i: usize| format!("/api/v1/programme-items/{}", items[i]);
    officer.patch(&path(1), 1, json!({"due_on": "2025-06-30"})).await.expect(200);
    officer.delete(&path(2), 1).await.expect(204);
    item(&world, "A", &id, "thêm", &[]).await;
    let second = issue(&world, &id, "06-CTr/ĐU").await["document"]["id"].as_str().unwrap().to_owned();
    let all = ["bỏ A asked", "dưới đổi hạn A1 asked", "đổi hạn A asked"];
    assert_eq!(told(&world, "leader@D", "").await, all);
    // Issue after issue, each asks for what it changed, also of the first one.
    step(&world, "leader@A", &id, "amend", json!({"reason": "Bổ sung lần hai"})).await;
    officer.patch(&path(0), 1, json!({"lead_individual": "Bí thư"})).await.expect(200);
    let third = issue(&world, &id, "07-CTr/ĐU").await["document"]["id"].as_str().unwrap().to_owned();
    assert_eq!(told(&world, "leader@D", &format!("document_id={second}")).await, all);
    let again = ["dưới giữ nguyên A1 asked", "giữ nguyên A asked"];
    assert_eq!(told(&world, "leader@D", &format!("document_id={third}")).await, again);
}
