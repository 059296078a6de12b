//! Who reads a document because it was sent.

use super::{paper, receipt, send, step};
use crate::{events::settle, harness::World};
use serde_json::json;

#[actix_web::test]
async fn a_document_of_a_stranger_is_read_while_it_is_in_hand() {
    let world = World::new().await;
    // A good example of commune A, which district D sends to commune B.
    let paper = paper(&world, "officer@A", "A").await;
    let path = format!("/api/v1/documents/{paper}");
    let seen = async |who: &str| world.as_(who).await.get(&path).await.status;
    assert_eq!((seen("viewer@B").await, seen("viewer@B1").await), (404, 404));
    let sent = send(&world, "officer@D", &paper, &["B"], json!({})).await.expect(201);
    // The unit and those above it; not those below it, to whom it passes it on.
    assert_eq!((seen("viewer@B").await, seen("viewer@D").await, seen("viewer@B1").await), (200, 200, 404));
    let listed = world.as_("viewer@B").await.get("/api/v1/documents").await.expect(200).body;
    assert_eq!(listed["items"][0]["id"], paper);
    send(&world, "officer@B", &paper, &["B1"], json!({})).await.expect(201);
    assert_eq!(seen("viewer@B1").await, 200);
    // It can be gone back to.
    let own = json!({"type": "KH", "issuer_unit_id": world.unit("B"), "title": "Kế hoạch học tập kinh nghiệm",
        "parents": [{"document_id": paper, "relation": "based_on"}]});
    world.as_("officer@B").await.post("/api/v1/documents", own).await.expect(201);
    step(&world, "leader@D", &receipt(&sent, "B"), "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    // B1 still has it, and B reads its territory.
    assert_eq!((seen("viewer@B").await, seen("viewer@B1").await, seen("viewer@A").await), (200, 200, 200));
    let own = world
        .as_("viewer@B")
        .await
        .get(&format!("/api/v1/documents/{paper}/dispatches"))
        .await
        .expect(200)
        .body;
    assert_eq!(own["items"].as_array().unwrap().len(), 2);
    let passed = own["items"][1]["id"].as_str().unwrap();
    let receipts = format!("/api/v1/receipts?dispatch_id={passed}");
    let b1 = world.as_("viewer@B").await.get(&receipts).await.expect(200).body["items"][0]["id"].clone();
    step(&world, "leader@B", b1.as_str().unwrap(), "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    assert_eq!((seen("viewer@B").await, seen("viewer@B1").await, seen("viewer@A").await), (404, 404, 200));
}

#[actix_web::test]
async fn the_feed_of_a_receiver_tells_of_it() {
    let world = World::new().await;
    let paper = paper(&world, "officer@A", "A").await;
    // Else the cursor may stand before the document: another test's transaction holds the readers back.
    settle(&world).await;
    let start = world.as_("viewer@B").await.get("/api/v1/changes").await.expect(200).body;
    let start = start["next_cursor"].as_str().unwrap().to_owned();
    let sent = send(&world, "officer@D", &paper, &["B"], json!({})).await.expect(201);
    let body = json!({"receipt_due_on": "2023-10-25", "reason": "Cần sớm"});
    world
        .as_("leader@D")
        .await
        .patch(&format!("/api/v1/dispatches/{}", sent.id()), 1, body)
        .await
        .expect(200);
    let edit = json!({"abstract": "Bổ sung trích yếu"});
    world.as_("officer@A").await.patch(&format!("/api/v1/documents/{paper}"), 1, edit).await.expect(200);
    step(&world, "officer@B", &receipt(&sent, "B"), "see", json!({})).await.expect(200);
    settle(&world).await;
    let told = async |who: &str| {
        let path = format!("/api/v1/changes?kinds=document,dispatch,receipt&since={start}");
        let page = world.as_(who).await.get(&path).await.expect(200).body;
        let items = page["items"].as_array().unwrap();
        items.iter().map(|one| one["event"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = ["dispatch.sent", "receipt.sent", "dispatch.changed", "document.changed", "receipt.seen"];
    assert_eq!(told("viewer@B").await, all);
    assert_eq!(told("viewer@D").await, all);
    assert_eq!(told("viewer@B1").await, [""; 0]);
}

#[actix_web::test]
async fn sisters_see_nothing_of_each_other() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@D", &paper, &["A", "B"], json!({})).await.expect(201);
    let a = world.as_("leader@A").await;
    a.get(&format!("/api/v1/receipts/{}", receipt(&sent, "B"))).await.expect_problem(404, "not_found");
    let all = a.get("/api/v1/receipts").await.expect(200).body;
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        a.get(&format!("/api/v1/dispatches/{}", sent.id())).await.expect(200).body["figures"]["total"],
        1
    );
    // Whom nothing was sent sees no dispatch, though the document.
    let b1 = world.as_("leader@B1").await;
    b1.get(&format!("/api/v1/dispatches/{}", sent.id())).await.expect_problem(404, "not_found");
    let none = b1.get(&format!("/api/v1/documents/{paper}/dispatches")).await.expect(200).body;
    assert_eq!(none["items"], json!([]));
}
