//! What is refused, and why.

use super::*;

#[actix_web::test]
async fn everything_wrong_with_a_round_is_named_at_once() {
    let world = World::new().await;
    let wrong = json!({"opens_on": "2023-10-01", "closes_on": "2023-10-14", "unit_ids": [world.unit("D")], "level": null,
        "document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "year": 2023,
        "term_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
        "quotas": [{"level": "village", "min": 5, "max": 2}, {"min": 1, "max": 2}]});
    let faults = round_of(&world, wrong).await.expect(422).faults();
    let expected = [
        "#/unit_ids/0 not_permitted_here",
        "#/document_id unknown_reference",
        "#/term_id unknown_reference",
        "#/year not_permitted_here",
        "#/closes_on not_permitted_here",
        "#/quotas/0/level unknown_value",
        "#/quotas/0/max out_of_range",
        "#/quotas/1/level may_not_be_empty",
    ];
    assert_eq!(faults, expected);
    let draft =
        json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Dự thảo", "status": "draft"});
    let draft = world.as_("officer@D").await.post("/api/v1/documents", draft).await.expect(201).id();
    let refused = round_of(&world, json!({"document_id": draft})).await;
    refused.expect_fault(422, "/document_id", "not_permitted_here");
}

#[actix_web::test]
async fn a_round_that_comes_again_is_the_same_and_another_is_a_conflict() {
    let world = World::new().await;
    let more = json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "document_id": letter(&world, "officer@D", "D").await});
    let first = round_of(&world, more.clone()).await.expect(201);
    assert_eq!(round_of(&world, more.clone()).await.expect(200).body, first.body);
    let mut other = more.clone();
    other["title"] = json!("Khác");
    round_of(&world, other).await.expect_problem(409, "id_conflict");
    let mut other = more;
    other["level"] = json!("branch");
    round_of(&world, other).await.expect_problem(409, "id_conflict");
    let letter = format!("/api/v1/documents/{}", first.body["document_id"].as_str().unwrap());
    world.as_("officer@D").await.delete(&letter, 1).await.expect_problem(409, "in_use");
}

#[actix_web::test]
async fn lines_come_all_or_none_and_once() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    let path = format!("/api/v1/registrations/{id}/lines");
    let officer = world.as_("officer@A").await;
    let mut wrong = line("Hai", "key");
    wrong["start_on"] = json!("2024-01-01");
    wrong["lead_unit_id"] = json!(world.unit("B"));
    wrong["resolution_item_ids"] = json!(["0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"]);
    let refused = officer.post(&path, json!({"lines": [line("Một", "key"), wrong]})).await.expect(422);
    let expected = [
        "#/lines/1/due_on due_before_start",
        "#/lines/1/lead_unit_id unknown_reference",
        "#/lines/1/resolution_item_ids/0 unknown_reference",
    ];
    assert_eq!(refused.faults(), expected);
    officer.post(&path, json!({"lines": []})).await.expect_fault(422, "/lines", "may_not_be_empty");
    assert!(lines(&world, &id).await.is_empty());
    step(&world, "officer@A", &id, "submit", json!({})).await.expect_problem(409, "invalid_state");
    let mut own = line("Một", "key");
    own["id"] = json!("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4f");
    officer.post(&path, json!({"lines": [own]})).await.expect(201);
    officer.post(&path, json!({"lines": [own]})).await.expect(200);
    officer.post(&path, json!({"lines": [own, line("Hai", "key")]})).await.expect(201);
    assert_eq!(lines(&world, &id).await.len(), 2);
    own["title"] = json!("Khác");
    officer.post(&path, json!({"lines": [own]})).await.expect_problem(409, "id_conflict");
    let mut marked = line("Ba", "key");
    marked["description"] = json!("TUYỆT MẬT\nNội dung");
    officer.post(&path, json!({"lines": [marked]})).await.expect_problem(422, "classified_content");
}

#[actix_web::test]
async fn a_unit_not_called_upon_does_not_register() {
    let world = World::new().await;
    let round =
        round_of(&world, json!({"level": null, "unit_ids": [world.unit("A")]})).await.expect(201).id();
    let path = format!("/api/v1/registration-rounds/{round}");
    world.as_("officer@B").await.get(&path).await.expect(404);
    let own = world.as_("officer@D").await.post(&format!("{path}/registrations"), json!({})).await;
    own.expect_fault(422, "/unit_id", "not_permitted_here");
    let body = json!({"unit_ids": [world.unit("A"), world.unit("B"), world.unit("A")], "title": "Đột phá",
        "field": "digital", "due_on": "2023-10-14", "roadmap": [{"title": "Bước", "due_on": "2023-12-31"}], "reason": "Giao"});
    let leader = world.as_("leader@D").await;
    let refused = leader.post(&format!("{path}/impositions"), body.clone()).await.expect(422);
    assert_eq!(refused.faults(), ["#/due_on not_permitted_here", "#/roadmap/0/due_on not_permitted_here"]);
    let mut body = body;
    body["due_on"] = json!("2023-12-31");
    let refused = leader.post(&format!("{path}/impositions"), body).await.expect(422);
    assert_eq!(refused.faults(), ["#/unit_ids/1 not_permitted_here", "#/unit_ids/2 not_permitted_here"]);
    let none = told(&world, "viewer@D", &round, "").await;
    assert_eq!(none, ["A not_started in_time below"]);
}
