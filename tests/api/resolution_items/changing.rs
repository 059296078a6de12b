//! Rewording and moving: freely in a draft, with a reason afterwards.

use super::*;
use crate::harness::Answer;

#[actix_web::test]
async fn a_draft_changes_freely_and_an_issued_resolution_with_a_reason() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let (_, draft) = resolution(&world, "draft").await;
    officer.patch(&at(&draft[0]), 1, json!({"text": "Mới"})).await.expect(200);
    let (_, issued) = resolution(&world, "issued").await;
    for body in [
        json!({"text": "Mới"}),
        json!({"text": "Mới", "reason": "  "}),
        json!({"ordinal": 2, "reason": null}),
    ] {
        officer.patch(&at(&issued[0]), 1, body).await.expect_fault(422, "/reason", "reason_required");
    }
    // What changes nothing needs none.
    let same = json!({"text": "Điều I", "ordinal": 1, "parent_id": null});
    assert_eq!(officer.patch(&at(&issued[0]), 1, same).await.expect(200).body["version"], 1);
    let changed = json!({"text": "Mới", "reason": "Theo kết luận của Ban Thường vụ"});
    assert_eq!(officer.patch(&at(&issued[0]), 1, changed).await.expect(200).body["version"], 2);
    let history = officer.get(&format!("{}/history", at(&issued[0]))).await.expect(200).body;
    let told: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|event| event["kind"].clone()).collect();
    assert_eq!(told, ["resolution_item.created", "resolution_item.changed"]);
    assert_eq!(history["items"][1]["changes"], json!({"text": ["Điều I", "Mới"]}));
    assert_eq!(history["items"][1]["reason"], "Theo kết luận của Ban Thường vụ");
}

#[actix_web::test]
async fn a_move_changes_what_moves_and_nothing_else() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let (paper, made) = resolution(&world, "draft").await;
    world.as_("viewer@D").await;
    let before = world.events().await;
    officer.patch(&at(&made[3]), 1, json!({"ordinal": 1})).await.expect(200);
    assert_eq!(told(&world, "viewer@D", &paper, "").await, ["1 II", "2 I", "2.1 I.1", "2.2 I.2"]);
    let moved = officer.patch(&at(&made[1]), 1, json!({"parent_id": made[3]})).await.expect(200).body;
    assert_eq!(moved["ordinals"], json!([1, 1]));
    assert_eq!(told(&world, "viewer@D", &paper, "").await, ["1 II", "1.1 I.1", "2 I", "2.1 I.2"]);
    officer.patch(&at(&made[1]), 2, json!({"parent_id": null, "ordinal": 99})).await.expect(200);
    assert_eq!(told(&world, "viewer@D", &paper, "").await, ["1 II", "2 I", "2.1 I.2", "3 I.1"]);
    assert_eq!(world.events().await - before, 3);
    for still in [&made[0], &made[2]] {
        assert_eq!(officer.get(&at(still)).await.expect(200).body["version"], 1);
    }
    // The place of one that stayed is told as it is now, never from a cache.
    let here = world.as_("officer@D").await.with("if-none-match", "\"v1\"").get(&at(&made[0])).await;
    assert_eq!(here.expect(200).body["ordinal"], 2);
}

#[actix_web::test]
async fn nothing_stands_below_itself_in_another_document_or_too_deep() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let (paper, made) = resolution(&world, "draft").await;
    let (_, other) = resolution(&world, "draft").await;
    let refused = async |item: &str, parent: &str, code: &str| {
        let answer = officer.patch(&at(item), 1, json!({"parent_id": parent})).await;
        answer.expect_fault(422, "/parent_id", code);
    };
    refused(&made[0], &made[0], "parent_cycle").await;
    refused(&made[0], &made[1], "parent_cycle").await;
    refused(&made[0], &other[0], "unknown_reference").await;
    let line = [("a", None), ("b", Some(0)), ("c", Some(1)), ("d", Some(2)), ("e", Some(3)), ("f", Some(4))];
    let deep = add(&world, &paper, &line).await;
    refused(&made[3], &deep[5], "not_permitted_here").await;
    // I has a level below it.
    refused(&made[0], &deep[4], "not_permitted_here").await;
    officer.patch(&at(&made[0]), 1, json!({"parent_id": deep[3]})).await.expect(200);
    let body = json!({"items": [item("g", None), {"kind": "task", "text": "x", "parent_id": deep[5]}]});
    officer.post(&items_of(&paper), body).await.expect_fault(422, "/items/1/parent_id", "not_permitted_here");
}

#[actix_web::test]
async fn another_document_changes_an_item_only_when_it_amends_its_document() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "issued").await;
    let officer = world.as_("officer@D").await;
    let stranger = super::paper(&world, "draft").await;
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Sửa đổi một số điều",
        "parents": [{"document_id": paper, "relation": "amends"}]});
    let amending = officer.post("/api/v1/documents", body).await.expect(201).id();
    let change =
        |by: &str, text: &str| json!({"text": text, "amending_document_id": by, "reason": "Sửa đổi"});
    let fault = |answer: Answer, code: &str| drop(answer.expect_fault(422, "/amending_document_id", code));
    fault(officer.patch(&at(&made[0]), 1, change(&stranger, "x")).await, "not_permitted_here");
    fault(officer.patch(&at(&made[0]), 1, change(&world.unit("D"), "x")).await, "unknown_reference");
    let changed = officer.patch(&at(&made[0]), 1, change(&amending, "Mới")).await.expect(200).body;
    assert_eq!(changed["amending_document_id"], amending.as_str());
    // It is held by what it has reworded.
    officer.delete(&format!("/api/v1/documents/{amending}"), 1).await.expect_problem(409, "in_use");
    // The next wording is no longer that document's.
    let body = json!({"text": "Mới nữa", "reason": "Đính chính"});
    let changed = officer.patch(&at(&made[0]), 2, body).await.expect(200).body;
    assert_eq!(changed["amending_document_id"], Value::Null);
}

#[actix_web::test]
async fn only_what_nothing_hangs_on_is_deleted() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let (paper, made) = resolution(&world, "issued").await;
    let task = json!({"title": "Vận động tham gia bảo hiểm y tế", "unit_id": world.unit("A"), "class": "key",
        "parents": [{"kind": "resolution_item", "id": made[1]}]});
    let task = world.as_("leader@D").await.post("/api/v1/tasks", task).await.expect(201).id();
    for held in [&made[0], &made[1]] {
        officer.delete(&at(held), 1).await.expect_problem(409, "in_use");
    }
    let refused =
        officer.delete(&format!("/api/v1/documents/{paper}"), 1).await.expect_problem(409, "in_use");
    assert!(
        refused.body["detail"].as_str().unwrap().contains("số đầu việc liên quan: 1"),
        "{}",
        refused.text
    );
    let nothing = json!({"parents": []});
    world.as_("leader@D").await.patch(&format!("/api/v1/tasks/{task}"), 1, nothing).await.expect(200);
    officer.delete(&at(&made[1]), 1).await.expect(204);
    assert_eq!(told(&world, "viewer@A", &paper, "").await, ["1 I", "1.1 I.2", "2 II"]);
}

#[actix_web::test]
async fn writers_of_one_tree_come_one_after_the_other() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "draft").await;
    let (first, second) = (world.as_("officer@D").await, world.as_("leader@D").await);
    // Each below the other: one of the two would close the circle.
    let (paths, bodies) =
        ([at(&made[0]), at(&made[3])], [json!({"parent_id": made[3]}), json!({"parent_id": made[0]})]);
    let (a, b) = futures_util::future::join(
        first.patch(&paths[0], 1, bodies[0].clone()),
        second.patch(&paths[1], 1, bodies[1].clone()),
    )
    .await;
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", a.text, b.text);
    // New ones at one place: none is lost, each has its own.
    let new = |label: &str| json!({"items": [{"kind": "task", "label": label, "text": "x", "ordinal": 1}]});
    let path = items_of(&paper);
    let (a, b) = futures_util::future::join(first.post(&path, new("a")), second.post(&path, new("b"))).await;
    assert_eq!((a.status, b.status), (201, 201));
    assert_eq!(told(&world, "viewer@D", &paper, "").await.len(), 6);
}

#[actix_web::test]
async fn an_item_goes_or_a_task_comes_to_name_it_never_both() {
    let world = World::new().await;
    let (_, made) = resolution(&world, "draft").await;
    let (officer, leader) = (world.as_("officer@D").await, world.as_("leader@D").await);
    for item in &made[1..] {
        let task = json!({"title": "x", "unit_id": world.unit("A"), "class": "key",
            "parents": [{"kind": "resolution_item", "id": item}]});
        let path = at(item);
        let (gone, named) =
            futures_util::future::join(officer.delete(&path, 1), leader.post("/api/v1/tasks", task)).await;
        let outcome = (gone.status, named.status);
        assert!(matches!(outcome, (204, 422) | (409, 201)), "{} {}", gone.text, named.text);
    }
}
