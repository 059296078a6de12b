//! Many steps in one request.

use super::{given, run};
use crate::harness::{Answer, World};
use serde_json::{Value, json};

const AT: &str = "/api/v1/tasks/batch";

fn statuses(answer: &Answer) -> Vec<u64> {
    answer.body["items"].as_array().unwrap().iter().map(|item| item["status"].as_u64().unwrap()).collect()
}

async fn shown(world: &World, task: &str) -> Value {
    world.as_("leader@D").await.get(&format!("/api/v1/tasks/{task}")).await.expect(200).body
}

#[actix_web::test]
async fn a_batch_does_what_the_single_requests_do_with_the_same_events() {
    let world = World::new().await;
    let (single, many) = (given(&world, json!({})).await, given(&world, json!({})).await);
    run(&world, "officer@A", &single, "progress-reports", json!({"progress": 100})).await.expect(201);
    run(&world, "officer@A", &single, "submit", json!({"comment": "Đã xong"})).await.expect(200);
    let new = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a41";
    let answer = world
        .as_("officer@A")
        .await
        .post(
            AT,
            json!({"items": [
                {"op": "progress", "id": many, "if_match": "v1", "data": {"progress": 100}},
                {"op": "submit", "id": many, "if_match": "v2", "data": {"comment": "Đã xong"}},
                {"op": "create", "id": new, "data": {"title": "Tu sửa đường ấp", "unit_id": world.unit("A"), "class": "routine"}},
            ]}),
        )
        .await
        .expect(200);
    assert_eq!(statuses(&answer), [201, 200, 201]);
    let items = &answer.body["items"];
    assert_eq!((items[0]["id"].as_str(), items[0]["version"].as_i64()), (Some(many.as_str()), Some(2)));
    assert!(items[0]["report_id"].is_string() && items[1].get("report_id").is_none());
    assert_eq!(items[2]["id"], new);
    let told = |body: Value| -> Vec<(Value, Value)> {
        let items = body["items"].as_array().unwrap();
        items
            .iter()
            .map(|e| {
                let mut changes = e["changes"].clone();
                changes.as_object_mut().unwrap().remove("report_id");
                changes.as_object_mut().unwrap().remove("id");
                (e["kind"].clone(), changes)
            })
            .collect()
    };
    let leader = world.as_("leader@D").await;
    let one = leader.get(&format!("/api/v1/tasks/{single}/history")).await.expect(200).body;
    let other = leader.get(&format!("/api/v1/tasks/{many}/history")).await.expect(200).body;
    assert_eq!(told(one)[1..], told(other)[1..]);
}

#[actix_web::test]
async fn one_refusal_refuses_all_and_names_its_item() {
    let world = World::new().await;
    let (good, bad) = (given(&world, json!({})).await, given(&world, json!({})).await);
    let elsewhere = {
        let new = json!({"title": "Việc của xã B", "unit_id": world.unit("B"), "class": "key"});
        world.as_("leader@D").await.post("/api/v1/tasks", new).await.expect(201).id()
    };
    let officer = world.as_("officer@A").await;
    let before = world.events().await;
    let start = json!({"op": "start", "id": good});
    for (item, status, place) in [
        (json!({"op": "submit", "id": bad}), 409, "#/items/1 invalid_state"),
        (json!({"op": "start", "id": bad, "if_match": "v9"}), 412, "#/items/1/if_match stale_version"),
        (json!({"op": "confirm", "id": bad}), 403, "#/items/1 forbidden"),
        (json!({"op": "start", "id": elsewhere}), 422, "#/items/1/id unknown_reference"),
        (json!({"op": "start", "id": world.unit("A")}), 422, "#/items/1/id unknown_reference"),
        (json!({"op": "start"}), 422, "#/items/1/id required"),
        (json!({"op": "start", "id": bad, "if_match": "3"}), 400, "#/items/1/if_match malformed"),
        (json!({"op": "cancel", "id": bad}), 403, "#/items/1 forbidden"),
        (json!({"op": "delete", "id": bad}), 422, "#/items/1/op unknown_value"),
        (
            json!({"op": "progress", "id": bad, "data": {"progress": 101}}),
            422,
            "#/items/1/data/progress out_of_range",
        ),
        (
            json!({"op": "progress", "id": bad, "data": {"progress": 1, "note": "MẬT"}}),
            422,
            "#/items/1/data/note classified_content",
        ),
        (
            json!({"op": "create", "data": {"title": "x", "class": "key"}}),
            400,
            "#/items/1/data/unit_id required",
        ),
        (json!({"op": "create", "if_match": "v1", "data": {}}), 422, "#/items/1/if_match not_permitted_here"),
        (json!({"op": "create", "id": bad, "data": {"id": bad}}), 422, "#/items/1/id not_permitted_here"),
    ] {
        let body = json!({"items": [start.clone(), item]});
        let answer = officer.post(AT, body).await;
        let status = if place.ends_with(" required") { answer.status } else { status };
        assert_eq!((answer.status, answer.faults()), (status, vec![place.to_owned()]), "{}", answer.text);
    }
    assert_eq!(world.events().await, before);
    assert_eq!(shown(&world, &good).await["status"], "accepted");
    // What cannot even be read is told at once.
    let body = json!({"items": [{"op": "start"}, {"op": "progress", "id": good, "data": {"progress": "x"}}]});
    let answer = world.as_("officer@A").await.post(AT, body).await;
    assert_eq!(answer.faults(), ["#/items/0/id required", "#/items/1/data/progress wrong_type"]);
}

#[actix_web::test]
async fn items_that_stand_for_themselves_are_done_whole_or_not_at_all() {
    let world = World::new().await;
    let (good, bad) = (given(&world, json!({})).await, given(&world, json!({})).await);
    let officer = world.as_("officer@A").await;
    let before = world.events().await;
    let body = json!({"atomic": false, "items": [
        {"op": "submit", "id": bad},
        {"op": "start", "id": good},
        {"op": "start", "id": world.unit("A")},
        {"op": "progress", "id": good, "data": {"progress": 101}},
        {"op": "submit", "id": good, "if_match": "v1"},
        {"op": "submit", "id": good, "if_match": "v2"},
        {"op": "confirm", "id": good},
    ]});
    let answer = officer.post(AT, body).await.expect(207);
    assert_eq!(statuses(&answer), [409, 200, 404, 422, 412, 200, 403]);
    let problem = &answer.body["items"][3]["problem"];
    assert_eq!(
        (problem["code"].as_str(), problem["errors"][0]["pointer"].as_str()),
        (Some("validation_failed"), Some("#/items/3/data/progress"))
    );
    assert_eq!(answer.body["items"][0]["problem"]["errors"][0]["pointer"], "#/items/0");
    assert_eq!(world.events().await, before + 2);
    assert_eq!(shown(&world, &good).await["status"], "submitted");
    assert_eq!(shown(&world, &bad).await["status"], "accepted");
    // A rehearsal answers alike and keeps nothing.
    let third = given(&world, json!({})).await;
    let before = world.events().await;
    let body = json!({"atomic": false, "items": [{"op": "start", "id": third}]});
    assert_eq!(statuses(&officer.post(&format!("{AT}?dry_run=true"), body).await.expect(207)), [200]);
    assert_eq!(world.events().await, before);
}

#[actix_web::test]
async fn a_batch_sent_again_under_its_key_is_answered_again() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let body =
        json!({"atomic": false, "items": [{"op": "start", "id": task}, {"op": "confirm", "id": task}]});
    let send =
        async || world.as_("officer@A").await.with("idempotency-key", "lo-1").post(AT, body.clone()).await;
    let first = send().await.expect(207);
    let before = world.events().await;
    let again = send().await.expect(207);
    assert_eq!((first.text, before), (again.text, world.events().await));
}

#[actix_web::test]
async fn a_batch_has_at_most_500_items_and_5_mb() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let title = |i: usize| json!({"op": "create", "data": {"title": format!("Việc {i}"), "unit_id": world.unit("A"), "class": "routine"}});
    let before = world.events().await;
    let many: Vec<Value> = (0..501).map(title).collect();
    assert_eq!(officer.post(AT, json!({"items": many})).await.expect(422).faults(), ["#/items too_many"]);
    let answer = officer.post(AT, json!({"items": many[..500]})).await.expect(200);
    assert!(statuses(&answer).iter().all(|status| *status == 201));
    assert_eq!(world.events().await, before + 500);
    assert_eq!(officer.post(AT, json!({"items": []})).await.expect(200).body, json!({"items": []}));
    // More than an ordinary body may have, less than 5 MB; then more.
    let long =
        |n: usize| json!({"items": vec![json!({"op": "start", "data": {"comment": "x".repeat(20_000)}}); n]});
    officer.post(AT, long(150)).await.expect(400);
    officer.post(AT, long(300)).await.expect(413);
}
