//! Later due dates: asked for once at a time, and late stays late.

use super::{given, run};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn late_stays_late_after_an_extension_asked_for_too_late() {
    let world = World::new().await;
    let in_time = given(&world, json!({"due_on": "2023-10-20"})).await;
    let too_late = given(&world, json!({"due_on": "2023-10-10"})).await;
    for (task, expected) in [(&in_time, "completed_on_time"), (&too_late, "completed_late")] {
        let extensions = format!("/api/v1/tasks/{task}/extensions");
        let officer = world.as_("officer@A").await;
        officer.post(&format!("/api/v1/tasks/{task}/start"), json!({})).await.expect(200);
        let early =
            officer.post(&extensions, json!({"new_due_on": "2023-10-01", "reason": "x"})).await.expect(422);
        assert_eq!(early.faults(), ["#/new_due_on must_move_later"]);
        let asked = officer
            .post(&extensions, json!({"new_due_on": "2023-11-30", "reason": "Mưa bão kéo dài"}))
            .await
            .expect(201)
            .id();
        assert_eq!(
            officer
                .post(&extensions, json!({"new_due_on": "2023-12-30", "reason": "x"}))
                .await
                .expect(409)
                .code(),
            "invalid_state"
        );
        let decision = format!("{extensions}/{asked}/approve");
        world.as_("officer@D").await.post(&decision, json!({})).await.expect(403);
        let approved =
            world.as_("leader@D").await.post(&decision, json!({"comment": "Đồng ý"})).await.expect(200);
        assert_eq!(approved.body["status"], "approved");
        world.as_("leader@D").await.post(&decision, json!({})).await.expect(409);
        let seen = officer.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
        assert_eq!(seen.body["due_on"], "2023-11-30");
        assert_ne!(seen.body["original_due_on"], "2023-11-30");
        run(&world, "officer@A", task, "submit", json!({})).await.expect(200);
        assert_eq!(
            run(&world, "leader@D", task, "confirm", json!({})).await.expect(200).body["timeliness"],
            expected
        );
    }
}

#[actix_web::test]
async fn no_second_extension_is_offered_while_one_waits() {
    let world = World::new().await;
    let (one, other) = (given(&world, json!({})).await, given(&world, json!({})).await);
    let officer = world.as_("officer@A").await;
    let offered = async |task: &str| {
        let find = |task: &Value| {
            let all = task["actions"].as_array().unwrap();
            let action = all.iter().find(|action| action["name"] == "extensions").unwrap();
            (action["allowed"].as_bool().unwrap(), action["because"].clone())
        };
        let shown = officer.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
        let list = officer.get("/api/v1/tasks").await.expect(200);
        let listed = list.body["items"].as_array().unwrap().iter().find(|item| item["id"] == task).unwrap();
        assert_eq!(find(&shown.body), find(listed));
        find(listed)
    };
    let extensions = format!("/api/v1/tasks/{one}/extensions");
    let ask = json!({"new_due_on": "2024-11-30", "reason": "Mưa bão kéo dài"});
    for decision in ["reject", "approve"] {
        assert_eq!(offered(&one).await, (true, Value::Null));
        let asked = officer.post(&extensions, ask.clone()).await.expect(201).id();
        assert_eq!(offered(&one).await, (false, json!("pending")));
        assert_eq!(offered(&other).await, (true, Value::Null), "another task's request keeps from nothing");
        let decided = json!({"reason": "Chưa đủ căn cứ"});
        let path = format!("{extensions}/{asked}/{decision}");
        world.as_("leader@D").await.post(&path, decided).await.expect(200);
    }
    assert_eq!(offered(&one).await, (true, Value::Null));
    officer.post(&extensions, json!({"new_due_on": "2025-01-31", "reason": "x"})).await.expect(201);
    let started = run(&world, "officer@A", &one, "start", json!({})).await.expect(200);
    let action = started.body["actions"].as_array().unwrap().iter().find(|a| a["name"] == "extensions");
    assert_eq!(action.unwrap()["because"], "pending", "a command says the same");
    run(&world, "officer@A", &one, "submit", json!({})).await.expect(200);
    assert_eq!(offered(&one).await, (false, json!("state")), "the state outweighs it");
}
