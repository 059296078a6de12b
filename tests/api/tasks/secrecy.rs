//! No text of a task may bear a stamp of secrecy.

use super::{given, run};
use crate::harness::{Answer, World};
use serde_json::json;

#[actix_web::test]
async fn texts_under_a_stamp_of_secrecy_are_refused_and_left_nowhere() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let leader = world.as_("leader@D").await;
    world.as_("officer@A").await;
    let before = world.events().await;
    let path = format!("/api/v1/tasks/{task}");
    let stamped = |answer: Answer, place: &str| {
        assert_eq!((answer.status, answer.code()), (422, "classified_content"), "{}", answer.text);
        assert_eq!(answer.faults(), [format!("#{place} classified_content")]);
        assert!(!answer.text.contains("hầm ngầm"));
    };
    let prose = "TUYỆT MẬT\nXây hầm ngầm";
    for (name, text) in [("title", "[MẬT]"), ("description", prose), ("expected_product", "TỐI MẬT")] {
        let mut new = json!({"title": "Xây đường", "unit_id": world.unit("A"), "class": "key"});
        new[name] = text.into();
        stamped(leader.post("/api/v1/tasks", new).await, &format!("/{name}"));
        stamped(leader.patch(&path, 1, json!({name: text})).await, &format!("/{name}"));
    }
    let report = json!({"progress": 10, "note": prose});
    stamped(run(&world, "officer@A", &task, "progress-reports", report).await, "/note");
    stamped(run(&world, "leader@D", &task, "cancel", json!({"reason": "MẬT"})).await, "/reason");
    stamped(run(&world, "officer@A", &task, "start", json!({"comment": prose})).await, "/comment");
    let later = json!({"new_due_on": "2024-12-31", "reason": "[MẬT]"});
    stamped(run(&world, "officer@A", &task, "extensions", later).await, "/reason");
    assert_eq!(world.events().await, before);
    let later = json!({"new_due_on": "2024-12-31", "reason": "Chờ vốn"});
    let asked = run(&world, "officer@A", &task, "extensions", later).await.expect(201).id();
    for (name, command) in [("reason", "reject"), ("comment", "approve")] {
        let decide = format!("extensions/{asked}/{command}");
        stamped(run(&world, "leader@D", &task, &decide, json!({name: "MẬT"})).await, &format!("/{name}"));
    }
    // The word in a sentence is no stamp.
    leader.patch(&path, 1, json!({"title": "Bảo vệ bí mật nhà nước, độ MẬT"})).await.expect(200);
}
