//! What becomes of it when units close.

use super::{paper, receipt, send, step, told};
use crate::harness::World;
use serde_json::json;

async fn close(world: &World, unit: &str, successors: &[&str]) {
    let heirs: Vec<_> = successors.iter().map(|code| world.unit(code)).collect();
    let body = json!({"on": "2023-10-16", "reason": "Sáp nhập", "successor_ids": heirs});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit(unit)), body).await.expect(200);
}

#[actix_web::test]
async fn a_document_passes_to_the_heir_with_what_had_happened() {
    let world = World::new().await;
    let (first, second) = (paper(&world, "officer@D", "D").await, paper(&world, "officer@D", "D").await);
    let due = json!({"receipt_due_on": "2023-10-15"});
    let sent = send(&world, "officer@D", &first, &["A1"], due.clone()).await.expect(201);
    send(&world, "officer@D", &second, &["A1", "A2"], due).await.expect(201);
    step(&world, "officer@A1", &receipt(&sent, "A1"), "receive", json!({})).await.expect(200);
    world.go_to("2023-10-16").await;
    close(&world, "A1", &["A2"]).await;
    let mut now = told(&world, "viewer@D", "").await;
    now.sort();
    // Of the second document A2 had its own already.
    let expected =
        ["A1 received exempt", "A1 sent exempt", "A2 received received_on_time", "A2 sent overdue 1"];
    assert_eq!(now, expected);
    let mut then = told(&world, "viewer@D", "as_of=2023-10-15").await;
    then.sort();
    assert_eq!(then, ["A1 received received_on_time", "A1 sent in_time", "A2 sent in_time"]);
    let closed = world.as_("viewer@D").await.get(&format!("/api/v1/receipts/{}", receipt(&sent, "A1"))).await;
    assert_eq!(closed.expect(200).body["exempt_reason"], "Sáp nhập");
    step(
        &world,
        "officer@A2",
        &receipt_of(&world, &first, "A2").await,
        "assign",
        json!({"assigned_to": "Bí thư"}),
    )
    .await
    .expect(200);
}

async fn receipt_of(world: &World, paper: &str, unit: &str) -> String {
    let path = format!("/api/v1/receipts?document_id={paper}&unit_id={}", world.unit(unit));
    let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    page["items"][0]["id"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn the_sender_is_no_heir_of_what_it_sent() {
    let world = World::new().await;
    let paper = paper(&world, "officer@A", "A").await;
    send(&world, "officer@A", &paper, &["A1"], json!({})).await.expect(201);
    world.go_to("2023-10-16").await;
    close(&world, "A1", &[]).await;
    assert_eq!(told(&world, "viewer@D", "").await, ["A1 sent exempt"]);
}

#[actix_web::test]
async fn what_a_closed_unit_sent_is_its_heirs_to_recall() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@B", &paper, &["B1"], json!({})).await.expect(201);
    world.go_to("2023-10-16").await;
    let parent = json!({"parent_id": world.unit("A"), "effective_on": "2023-10-16"});
    let path = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&path, 1, parent).await.expect(200);
    close(&world, "B", &["A"]).await;
    let b1 = receipt(&sent, "B1");
    step(&world, "leader@D", &b1, "recall", json!({"reason": "Gửi nhầm"})).await.expect(403);
    step(&world, "leader@A", &b1, "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    let history = format!("/api/v1/dispatches/{}/history", sent.id());
    let history = world.as_("viewer@A").await.get(&history).await.expect(200).body;
    assert_eq!(history["items"][1]["kind"], "dispatch.transferred");
}
