//! Milestones: planned by who may edit the task, reached by who leads it.

use super::{given, run};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn milestones_are_planned_within_the_task_and_reached_without_touching_it() {
    let world = World::new().await;
    let task = given(&world, json!({"start_on": "2023-09-01"})).await;
    let path = format!("/api/v1/tasks/{task}");
    let at = format!("{path}/milestones");
    let (leader, officer) = (world.as_("leader@D").await, world.as_("officer@A").await);
    for (day, code) in [("2023-08-31", "due_before_start"), ("2024-01-01", "not_permitted_here")] {
        let refused = leader.post(&at, json!({"title": "x", "due_on": day})).await.expect(422);
        assert_eq!(refused.faults(), [format!("#/due_on {code}")]);
    }
    let late =
        json!({"title": "Rà soát", "due_on": "2023-10-01", "id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a44"});
    let first = leader.post(&at, late.clone()).await.expect(201);
    assert_eq!((first.body["ordinal"].as_i64(), first.header("etag")), (Some(1), "\"v1\""));
    assert_eq!(first.header("location"), format!("{at}/{}", first.id()));
    assert_eq!(leader.get(first.header("location")).await.expect(200).body, first.body);
    leader.post(&at, late.clone()).await.expect(200);
    let mut other = late;
    other["title"] = "Việc khác".into();
    assert_eq!(leader.post(&at, other).await.expect(409).code(), "id_conflict");
    let second = leader.post(&at, json!({"title": "Tổng kết", "due_on": "2023-12-31"})).await.expect(201);
    assert_eq!(second.body["ordinal"], 2);
    // The task may not begin after what must be reached on its way.
    let refused = leader.patch(&path, 1, json!({"start_on": "2023-10-02"})).await.expect(422);
    assert_eq!(refused.faults(), ["#/start_on not_permitted_here"]);
    let one = format!("{at}/{}", first.id());
    assert_eq!(officer.patch(&one, 1, json!({"title": "y"})).await.expect(403).code(), "forbidden");
    leader.patch(&one, 1, json!({"title": "Rà soát xong", "ordinal": 5})).await.expect(200);
    assert_eq!(leader.patch(&one, 1, json!({"title": "z"})).await.expect(412).code(), "stale_version");
    // A milestone long due makes no task late, and reaching it is no progress.
    let done = format!("{one}/complete");
    officer.post(&done, json!({"done_on": "2023-10-16"})).await.expect(422);
    let done_now = officer.post(&done, json!({})).await.expect(200);
    assert_eq!(done_now.body["done_on"], "2023-10-15");
    assert_eq!(officer.post(&done, json!({})).await.expect(409).code(), "invalid_state");
    let shown = officer.get(&path).await.expect(200).body;
    assert_eq!(
        (shown["timeliness"].as_str(), shown["progress"].as_i64(), shown["version"].as_i64()),
        (Some("in_time"), Some(0), Some(1))
    );
    leader.delete(&format!("{at}/{}", second.id()), 1).await.expect(204);
    let left = officer.get(&at).await.expect(200).body;
    assert_eq!(left["items"].as_array().unwrap().len(), 1);
    let history = officer.get(&format!("{path}/history")).await.expect(200).body;
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "task.assigned",
            "task.milestone_added",
            "task.milestone_added",
            "task.milestone_changed",
            "task.milestone_completed",
            "task.milestone_removed"
        ]
    );
    assert_eq!(history["items"][4]["changes"]["milestone"][1]["done_on"], "2023-10-15");
}

#[actix_web::test]
async fn a_finished_task_keeps_its_milestones_as_they_are() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let at = format!("/api/v1/tasks/{task}/milestones");
    let leader = world.as_("leader@D").await;
    let id = leader.post(&at, json!({"title": "Rà soát", "due_on": "2023-11-01"})).await.expect(201).id();
    run(&world, "leader@D", &task, "cancel", json!({"reason": "Không còn phù hợp"})).await.expect(200);
    for answer in [
        leader.post(&at, json!({"title": "x", "due_on": "2023-11-01"})).await,
        leader.patch(&format!("{at}/{id}"), 1, json!({"title": "x"})).await,
        world.as_("officer@A").await.post(&format!("{at}/{id}/complete"), json!({})).await,
    ] {
        assert_eq!(answer.expect(409).code(), "invalid_state");
    }
}
