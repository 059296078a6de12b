//! What is refused, and how it says so.

use super::{paper, receipt, send, step};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn all_that_is_wrong_with_a_dispatch_is_said_at_once() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let close = json!({"on": "2023-10-14", "reason": "Giải thể"});
    world
        .root()
        .await
        .post(&format!("/api/v1/org-units/{}/close", world.unit("A2")), close)
        .await
        .expect(200);
    let wrong = json!({"unit_ids": [world.unit("A1"), world.unit("D"), world.unit("A2"), "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"],
        "under": world.unit("A"), "level": "village", "kind": "club",
        "receipt_due_on": "2023-10-20", "study_due_on": "2023-10-19", "programme_due_on": "2023-10-14"});
    let answer = send(&world, "officer@D", &paper, &[], wrong).await.expect(422);
    assert_eq!(
        answer.faults(),
        [
            "#/unit_ids/1 not_permitted_here",
            "#/unit_ids/2 not_permitted_here",
            "#/unit_ids/3 unknown_reference",
            "#/level unknown_value",
            "#/kind unknown_value",
            "#/study_due_on not_permitted_here",
            "#/programme_due_on not_permitted_here",
        ],
        "{}",
        answer.text
    );
    let none = |fault: &'static str| {
        move |answer: crate::harness::Answer| answer.expect_fault(422, fault, "may_not_be_empty")
    };
    none("/unit_ids")(send(&world, "officer@D", &paper, &[], json!({})).await);
    none("/under")(
        send(&world, "officer@D", &paper, &[], json!({"under": world.unit("B1"), "level": "commune"})).await,
    );
    // A sister is a stranger, a superior is not below; both of the tree and by name.
    send(&world, "officer@A", &paper, &["B"], json!({})).await.expect_fault(
        422,
        "/unit_ids/0",
        "unknown_reference",
    );
    let beside = json!({"under": world.unit("B")});
    send(&world, "officer@A", &paper, &[], beside).await.expect_fault(422, "/under", "unknown_reference");
    let above = json!({"under": world.unit("D")});
    send(&world, "officer@A", &paper, &["A1"], above).await.expect_fault(422, "/under", "not_permitted_here");
    let secret = json!({"note": "TUYỆT MẬT"});
    send(&world, "officer@D", &paper, &["A"], secret).await.expect_problem(422, "classified_content");
}

#[actix_web::test]
async fn a_draft_is_not_sent_and_what_was_sent_is_not_deleted() {
    let world = World::new().await;
    let body =
        json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Dự thảo", "status": "draft"});
    let draft = world.as_("officer@D").await.post("/api/v1/documents", body).await.expect(201);
    send(&world, "officer@D", &draft.id(), &["A"], json!({})).await.expect_problem(409, "invalid_state");
    send(&world, "officer@A", &draft.id(), &["A1"], json!({})).await.expect_problem(404, "not_found");
    let path = format!("/api/v1/documents/{}", draft.id());
    let issued = world
        .as_("officer@D")
        .await
        .post(&format!("{path}/issue"), json!({"issued_on": "2023-10-10"}))
        .await
        .expect(200);
    let sent = send(&world, "officer@D", &draft.id(), &["A"], json!({})).await.expect(201);
    let recall = json!({"reason": "Gửi nhầm"});
    step(&world, "leader@D", &receipt(&sent, "A"), "recall", recall).await.expect(200);
    let version = issued.body["version"].as_i64().unwrap();
    world.as_("officer@D").await.delete(&path, version).await.expect_problem(409, "in_use");
}

#[actix_web::test]
async fn steps_that_come_too_late_or_say_too_little_are_refused() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@D", &paper, &["A", "B"], json!({})).await.expect(201);
    let (a, b) = (receipt(&sent, "A"), receipt(&sent, "B"));
    step(&world, "officer@A", &a, "assign", json!({})).await.expect_fault(
        422,
        "/assigned_to",
        "may_not_be_empty",
    );
    let beside = json!({"assigned_unit_id": world.unit("B")});
    step(&world, "officer@A", &a, "assign", beside).await.expect_fault(
        422,
        "/assigned_unit_id",
        "unknown_reference",
    );
    let above = json!({"assigned_unit_id": world.unit("D")});
    step(&world, "officer@A", &a, "assign", above).await.expect_fault(
        422,
        "/assigned_unit_id",
        "not_permitted_here",
    );
    for (word, who) in [("exempt", "leader@D"), ("recall", "leader@D")] {
        step(&world, who, &a, word, json!({})).await.expect_fault(422, "/reason", "reason_required");
        let secret = json!({"reason": "MẬT"});
        step(&world, who, &a, word, secret).await.expect_problem(422, "classified_content");
    }
    step(&world, "officer@A", &a, "receive", json!({})).await.expect(200);
    step(&world, "officer@A", &a, "receive", json!({})).await.expect_problem(409, "invalid_state");
    // The version that was read, where it is said.
    let stale = world.as_("officer@A").await.with("if-match", "\"v1\"");
    stale.post(&format!("/api/v1/receipts/{a}/see"), json!({})).await.expect(412);
    step(&world, "leader@D", &b, "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    for word in ["see", "receive"] {
        step(&world, "officer@B", &b, word, json!({})).await.expect_problem(409, "invalid_state");
    }
}

#[actix_web::test]
async fn deadlines_move_with_a_reason_and_ahead() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let due = json!({"receipt_due_on": "2023-10-20", "study_due_on": "2023-10-30"});
    let sent = send(&world, "officer@D", &paper, &["A"], due).await.expect(201);
    let path = format!("/api/v1/dispatches/{}", sent.id());
    let leader = world.as_("leader@D").await;
    let patch = |body| leader.patch(&path, 1, body);
    patch(json!({"receipt_due_on": "2023-10-21"})).await.expect_fault(422, "/reason", "reason_required");
    let past = json!({"receipt_due_on": "2023-10-14", "reason": "Gấp"});
    patch(past).await.expect_fault(422, "/receipt_due_on", "not_permitted_here");
    let beyond = json!({"receipt_due_on": "2023-10-31", "reason": "Chờ"});
    patch(beyond).await.expect_fault(422, "/study_due_on", "not_permitted_here");
    // A note needs no reason, and a deadline that stays may be said again.
    patch(json!({"note": "Khẩn", "study_due_on": "2023-10-30"})).await.expect(200);
    let moved = json!({"study_due_on": null, "reason": "Học tập cùng đợt"});
    let moved = leader.patch(&path, 2, moved).await.expect(200);
    assert_eq!((&moved.body["study_due_on"], &moved.body["version"]), (&json!(null), &json!(3)));
    let history = leader.get(&format!("{path}/history")).await.expect(200).body;
    assert_eq!(history["items"][2]["changes"], json!({"study_due_on": ["2023-10-30", null]}));
    assert_eq!(history["items"][2]["reason"], "Học tập cùng đợt");
}
