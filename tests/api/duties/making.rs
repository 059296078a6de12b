//! A duty becomes tasks by hand, and lives.

use super::{at, duty, step, tasks, upcoming};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn a_duty_becomes_a_task_in_each_period_and_only_once() {
    let world = World::new().await;
    let id = duty(&world, "officer@A1", json!({"weight": 0.5, "field": "party_building"})).await;
    let officer = world.as_("officer@A1").await;
    assert_eq!(
        upcoming(&world, &id, "2023-12-24").await,
        ["2023-10 2023-10-01..2023-10-25", "2023-11 2023-11-01..2023-11-25"]
    );
    let before = world.events().await;
    let path = format!("{}/materialise", at(&id));
    // A rehearsal makes nothing.
    officer.post(&format!("{path}?dry_run=true"), json!({})).await.expect(200);
    let made = officer.post(&path, json!({})).await.expect(200).body;
    assert_eq!(world.events().await, before + 1);
    let task = &made["items"][0];
    for (member, value) in [
        ("title", json!("Sinh hoạt chi bộ thường kỳ")),
        ("unit_id", json!(world.unit("A1"))),
        ("assigner_unit_id", json!(world.unit("A"))),
        ("class", json!("routine")),
        ("field", json!("party_building")),
        ("weight", json!(0.5)),
        ("start_on", json!("2023-10-01")),
        ("due_on", json!("2023-10-25")),
        ("original_due_on", json!("2023-10-25")),
        ("lead_individual", json!("Bí thư Chi bộ")),
        ("expected_product", json!("Biên bản")),
        ("status", json!("registered")),
        ("duty_id", json!(id)),
        ("duty_period", json!("2023-10")),
        ("version", json!(1)),
    ] {
        assert_eq!(task[member], value, "{member}");
    }
    assert_eq!(made["items"].as_array().unwrap().len(), 1);
    for _ in 0..2 {
        assert_eq!(officer.post(&path, json!({})).await.expect(200).body["items"], json!([]));
    }
    let ahead = officer.post(&path, json!({"until": "2023-12-31"})).await.expect(200).body;
    assert_eq!(ahead["items"].as_array().unwrap().len(), 2);
    assert_eq!(world.events().await, before + 3);
    assert_eq!(
        tasks(&world, &id).await,
        [
            "2023-10 2023-10-01..2023-10-25 registered",
            "2023-11 2023-11-01..2023-11-25 registered",
            "2023-12 2023-12-01..2023-12-25 registered"
        ]
    );
    assert_eq!(
        upcoming(&world, &id, "2024-01-25").await,
        [
            "2023-10 2023-10-01..2023-10-25 +",
            "2023-11 2023-11-01..2023-11-25 +",
            "2023-12 2023-12-01..2023-12-25 +",
            "2024-01 2024-01-01..2024-01-25"
        ]
    );
    // Its history tells the duty, and what is done to it later tells it no more.
    let task = format!("/api/v1/tasks/{}", task["id"].as_str().unwrap());
    world.as_("leader@A").await.post(&format!("{task}/accept"), json!({})).await.expect(200);
    let told = officer.get(&format!("{task}/history")).await.expect(200).body;
    assert_eq!(told["items"][0]["kind"], "task.registered");
    assert_eq!(told["items"][0]["changes"]["duty_id"], json!([null, id]));
    assert_eq!(told["items"][0]["changes"]["duty_period"], json!([null, "2023-10"]));
    assert_eq!(told["items"][1]["changes"], json!({"status": ["registered", "accepted"]}));
    // As they were yesterday, they were not there; as they are, they say what they come of.
    let then = format!("/api/v1/tasks?duty_id={id}&as_of=2023-10-14");
    assert_eq!(officer.get(&then).await.expect(200).body["items"], json!([]));
}

#[actix_web::test]
async fn what_a_superior_gives_is_accepted_and_what_a_unit_deletes_does_not_come_back() {
    let world = World::new().await;
    let given = duty(&world, "leader@A", json!({})).await;
    let own = duty(&world, "leader@A1", json!({})).await;
    for (id, by) in [(&given, "leader@A"), (&own, "leader@A1")] {
        world.as_(by).await.post(&format!("{}/materialise", at(id)), json!({})).await.expect(200);
    }
    assert_eq!(tasks(&world, &given).await, ["2023-10 2023-10-01..2023-10-25 accepted"]);
    let page = world.as_("leader@A1").await.get(&format!("/api/v1/tasks?duty_id={own}")).await.expect(200);
    let task = page.body["items"][0]["id"].as_str().unwrap();
    world.as_("leader@A1").await.delete(&format!("/api/v1/tasks/{task}"), 1).await.expect(204);
    let again =
        world.as_("leader@A1").await.post(&format!("{}/materialise", at(&own)), json!({})).await.expect(200);
    assert_eq!(again.body["items"], json!([]));
}

#[actix_web::test]
async fn changes_count_from_then_on() {
    let world = World::new().await;
    let id = duty(&world, "leader@A", json!({})).await;
    let leader = world.as_("leader@A").await;
    leader.post(&format!("{}/materialise", at(&id)), json!({})).await.expect(200);
    let patch = json!({"title": "Sinh hoạt chuyên đề", "due_from": "end", "due_day": 1, "lead_days": 5});
    let changed = leader.patch(&at(&id), 1, patch).await.expect(200);
    assert_eq!(changed.body["version"], 2);
    leader.post(&format!("{}/materialise", at(&id)), json!({"until": "2023-11-30"})).await.expect(200);
    // October has its task, and keeps it.
    assert_eq!(
        tasks(&world, &id).await,
        ["2023-10 2023-10-01..2023-10-25 accepted", "2023-11 2023-11-25..2023-11-30 accepted"]
    );
    let page = leader.get(&format!("/api/v1/tasks?duty_id={id}&fields=title")).await.expect(200).body;
    assert_eq!(
        page["items"],
        json!([{"title": "Sinh hoạt chi bộ thường kỳ"}, {"title": "Sinh hoạt chuyên đề"}])
    );
    // Another rhythm makes nothing of the past: the third quarter ended two weeks ago.
    leader.patch(&at(&id), 2, json!({"every": "quarter"})).await.expect(200);
    leader.post(&format!("{}/materialise", at(&id)), json!({"until": "2023-12-31"})).await.expect(200);
    assert_eq!(tasks(&world, &id).await.last().unwrap(), "2023-Q4 2023-12-26..2023-12-31 accepted");
    assert_eq!(tasks(&world, &id).await.len(), 3);
    let told = leader.get(&format!("{}/history", at(&id))).await.expect(200).body;
    let kinds: Vec<_> = told["items"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["duty.created", "duty.changed", "duty.changed"]);
    assert_eq!(told["items"][2]["changes"], json!({"every": ["month", "quarter"]}));
}

#[actix_web::test]
async fn a_pause_is_not_made_up_for_and_the_end_is_final() {
    let world = World::new().await;
    let weekly = json!({"every": "week", "due_day": 5, "lead_days": 2});
    let id = duty(&world, "leader@A", weekly).await;
    step(&world, "leader@A", &id, "pause").await.expect(200);
    step(&world, "leader@A", &id, "pause").await.expect_problem(409, "invalid_state");
    let make = format!("{}/materialise", at(&id));
    world.as_("leader@A").await.post(&make, json!({})).await.expect_problem(409, "invalid_state");
    assert!(upcoming(&world, &id, "2024-01-31").await.is_empty());
    world.go_to("2023-11-11").await;
    let resumed = step(&world, "leader@A", &id, "resume").await.expect(200);
    assert_eq!(resumed.body["active_since"], "2023-11-11");
    world.as_("leader@A").await.post(&make, json!({"until": "2023-11-20"})).await.expect(200);
    assert_eq!(tasks(&world, &id).await, ["2023-W46 2023-11-15..2023-11-17 accepted"]);
    step(&world, "leader@A", &id, "resume").await.expect_problem(409, "invalid_state");
    let leader = world.as_("leader@A").await;
    // With tasks it cannot be deleted, only closed.
    leader.delete(&at(&id), 3).await.expect_problem(409, "in_use");
    assert_eq!(step(&world, "leader@A", &id, "close").await.expect(200).body["status"], "closed");
    for command in ["pause", "resume", "close"] {
        step(&world, "leader@A", &id, command).await.expect_problem(409, "invalid_state");
    }
    leader.patch(&at(&id), 4, json!({"title": "x"})).await.expect_problem(409, "invalid_state");
    let told = leader.get(&format!("{}/history", at(&id))).await.expect(200).body;
    let kinds: Vec<_> = told["items"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds, ["duty.created", "duty.paused", "duty.resumed", "duty.closed"]);
    assert_eq!(told["items"][3]["reason"], "Chuẩn bị đại hội");
}

#[actix_web::test]
async fn a_deleted_duty_is_gone() {
    let world = World::new().await;
    let id = duty(&world, "leader@A1", json!({})).await;
    let leader = world.as_("leader@A1").await;
    leader.delete(&at(&id), 1).await.expect(204);
    leader.get(&at(&id)).await.expect(404);
    let list = leader.get("/api/v1/recurring-duties").await.expect(200);
    assert_eq!(list.body["items"], json!([]));
    crate::events::settle(&world).await;
    let feed = world.as_("leader@D").await.get("/api/v1/changes?kinds=duty").await.expect(200).body;
    assert_eq!(
        (&feed["items"][0]["event"], &feed["items"][0]["deleted"]),
        (&json!("duty.created"), &json!(false))
    );
    assert_eq!(
        (&feed["items"][1]["event"], &feed["items"][1]["deleted"]),
        (&json!("duty.deleted"), &json!(true))
    );
}
