//! States, moments and lateness, on any day.

use super::{paper, receipt, send, step, told};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn each_state_keeps_who_and_when() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@D", &paper, &["A"], json!({})).await.expect(201);
    let a = receipt(&sent, "A");
    let officer = world.user("officer@A").await.to_string();
    let leader = world.user("leader@A").await.to_string();
    world.go_to("2023-10-16").await;
    let seen = step(&world, "officer@A", &a, "see", json!({})).await.expect(200);
    world.go_to("2023-10-17").await;
    let before = world.events().await;
    let again = step(&world, "leader@A", &a, "see", json!({})).await.expect(200);
    assert_eq!((again.body, world.events().await), (seen.body.clone(), before));
    let to = json!({"assigned_to": "Phó Bí thư", "assigned_unit_id": world.unit("A1")});
    let assigned = step(&world, "leader@A", &a, "assign", to).await.expect(200).body;
    assert_eq!((&assigned["seen_by"], &assigned["seen_at"]), (&json!(officer), &seen.body["seen_at"]));
    assert_eq!((&assigned["received_by"], &assigned["assigned_by"]), (&json!(leader), &json!(leader)));
    assert_eq!(
        (&assigned["state"], &assigned["assigned_unit_id"]),
        (&json!("assigned"), &json!(world.unit("A1")))
    );
    let history =
        world.as_("viewer@D").await.get(&format!("/api/v1/receipts/{a}/history")).await.expect(200).body;
    let kinds: Vec<_> = history["items"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
    assert_eq!(kinds, ["receipt.sent", "receipt.seen", "receipt.assigned"]);
    assert_eq!(history["items"][1]["by"]["name"], "officer@A");
}

#[actix_web::test]
async fn who_is_late_is_told_for_any_day_most_late_first() {
    let world = World::new().await;
    let (first, second) = (paper(&world, "officer@D", "D").await, paper(&world, "officer@D", "D").await);
    let early = json!({"receipt_due_on": "2023-10-17"});
    let sent = send(&world, "officer@D", &first, &["B", "A2"], early).await.expect(201);
    let later = json!({"receipt_due_on": "2023-10-16"});
    let then = send(&world, "officer@D", &second, &["A", "A1"], later).await.expect(201);
    assert_eq!(told(&world, "viewer@D", "late=true").await, [""; 0]);
    world.go_to("2023-10-19").await;
    step(&world, "officer@B", &receipt(&sent, "B"), "receive", json!({})).await.expect(200);
    step(&world, "officer@A1", &receipt(&then, "A1"), "see", json!({})).await.expect(200);
    step(&world, "leader@D", &receipt(&sent, "A2"), "exempt", json!({"reason": "Không áp dụng"}))
        .await
        .expect(200);
    assert_eq!(told(&world, "viewer@D", "late=true").await, ["A sent overdue 3", "A1 seen overdue 3"]);
    let others = ["A2 sent exempt", "B received received_late 2"];
    assert_eq!(told(&world, "viewer@D", "late=false").await, others);
    // The day before nobody had done anything.
    assert_eq!(
        told(&world, "viewer@D", "late=true&as_of=2023-10-18").await,
        ["A sent overdue 2", "A1 sent overdue 2", "A2 sent overdue 1", "B sent overdue 1"]
    );
    assert_eq!(told(&world, "viewer@D", "as_of=2023-10-14").await, [""; 0]);
}

#[actix_web::test]
async fn a_later_deadline_never_turns_late_into_on_time() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@D", &paper, &["A", "B", "A1"], json!({"receipt_due_on": "2023-10-17"}))
        .await
        .expect(201);
    let path = format!("/api/v1/dispatches/{}", sent.id());
    world.go_to("2023-10-18").await;
    step(&world, "officer@A", &receipt(&sent, "A"), "receive", json!({})).await.expect(200);
    let moved = json!({"receipt_due_on": "2023-10-25", "reason": "Mất điện diện rộng"});
    world.as_("leader@D").await.patch(&path, 1, moved).await.expect(200);
    world.go_to("2023-10-20").await;
    step(&world, "officer@B", &receipt(&sent, "B"), "receive", json!({})).await.expect(200);
    let now = ["A received received_late 1", "A1 sent in_time", "B received received_late 3"];
    assert_eq!(told(&world, "viewer@D", "").await, now);
    let then = ["A received received_late 1", "A1 sent in_time", "B sent in_time"];
    assert_eq!(told(&world, "viewer@D", "as_of=2023-10-19").await, then);
    assert_eq!(
        told(&world, "viewer@D", "as_of=2023-10-17").await,
        ["A sent in_time", "A1 sent in_time", "B sent in_time"]
    );
    let figures = &world.as_("viewer@D").await.get(&path).await.expect(200).body["figures"];
    assert_eq!(
        (&figures["received"], &figures["received_late"], &figures["overdue"]),
        (&json!(2), &json!(2), &json!(0))
    );
}

#[actix_web::test]
async fn filters_ask_for_what_was_then() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let sent = send(&world, "officer@D", &paper, &["A", "B", "A1", "B1"], json!({})).await.expect(201);
    world.go_to("2023-10-16").await;
    step(&world, "officer@A", &receipt(&sent, "A"), "see", json!({})).await.expect(200);
    step(&world, "officer@B", &receipt(&sent, "B"), "receive", json!({})).await.expect(200);
    step(&world, "officer@A1", &receipt(&sent, "A1"), "assign", json!({"assigned_to": "Bí thư"}))
        .await
        .expect(200);
    world.go_to("2023-10-17").await;
    step(&world, "leader@D", &receipt(&sent, "B"), "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    for (query, units) in [
        ("state=sent", &["B1"][..]),
        ("state=seen", &["A"]),
        ("state=received", &["B"]),
        ("state=assigned", &["A1"]),
        ("state=seen,assigned", &["A", "A1"]),
        ("state=sent&as_of=2023-10-15", &["A", "A1", "B", "B1"]),
        ("state=received,assigned&as_of=2023-10-15", &[]),
        ("standing=live", &["A", "A1", "B1"]),
        ("standing=recalled", &["B"]),
        ("standing=live&as_of=2023-10-16", &["A", "A1", "B", "B1"]),
        ("standing=exempt", &[]),
    ] {
        let found = told(&world, "viewer@D", query).await;
        let found: Vec<_> = found.iter().map(|one| one.split(' ').next().unwrap()).collect();
        assert_eq!(found, units, "{query}");
    }
    let under = format!("under={}&state=sent,seen,assigned", world.unit("A"));
    assert_eq!(told(&world, "viewer@D", &under).await.len(), 2);
    let dispatch = format!("dispatch_id={}&unit_id={}", sent.id(), world.unit("B1"));
    assert_eq!(told(&world, "viewer@D", &dispatch).await, ["B1 sent no_due_date"]);
}

#[actix_web::test]
async fn pages_of_who_is_late_hold_each_once() {
    let world = World::new().await;
    for due in ["2023-10-17", "2023-10-16"] {
        let paper = paper(&world, "officer@D", "D").await;
        send(&world, "officer@D", &paper, &["A", "B", "A1"], json!({"receipt_due_on": due}))
            .await
            .expect(201);
    }
    world.go_to("2023-10-18").await;
    for (late, first) in [("&late=true", "2023-10-16"), ("", "2023-10-17")] {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/receipts?limit=2{late}{cursor}");
            let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
            found.extend(page["items"].as_array().unwrap().iter().map(|one| {
                format!(
                    "{} {}",
                    one["receipt_due_on"].as_str().unwrap(),
                    one["unit"]["code"].as_str().unwrap()
                )
            }));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found.len(), 6, "{late}");
        assert!(found[..3].iter().all(|one| one.starts_with(first)), "{found:?}");
        found.sort();
        found.dedup();
        assert_eq!(found.len(), 6, "{late}");
    }
}
