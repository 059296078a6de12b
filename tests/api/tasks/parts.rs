//! Coordinating units: how their parts go, and who may move them.

mod sight;

use super::{given, run};
use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A part of `unit` in a task, given by the leader of commune A.
async fn part(world: &World, task: &str, unit: &str, body: Value) -> Answer {
    let mut new = json!({"unit_id": world.unit(unit), "description": "Cử cán bộ", "due_on": "2023-11-30"});
    new.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    world.as_("leader@A").await.post(&format!("/api/v1/tasks/{task}/parts"), new).await
}

async fn on(world: &World, who: &str, task: &str, part: &str, command: &str, body: Value) -> Answer {
    world.as_(who).await.post(&format!("/api/v1/tasks/{task}/parts/{part}/{command}"), body).await
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

fn kinds(history: &Answer) -> Vec<&str> {
    history.body["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_part_goes_its_own_way_to_acceptance_and_leaves_the_task_alone() {
    let world = World::new().await;
    let task = given(&world, json!({"start_on": "2023-09-01"})).await;
    let path = format!("/api/v1/tasks/{task}");
    let added = part(&world, &task, "B", json!({})).await.expect(201);
    let id = added.id();
    let one = format!("{path}/parts/{id}");
    assert_eq!(added.header("location"), one);
    assert_eq!(added.body["unit"]["code"], "B");
    let (leader, officer) = (world.as_("leader@A").await, world.as_("officer@B").await);
    assert_eq!(leader.get(&one).await.expect(200).body, added.body);
    // Not handed in before anything was reported.
    assert_eq!(
        on(&world, "officer@B", &task, &id, "submit", json!({})).await.expect(409).code(),
        "invalid_state"
    );
    let report =
        json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a44", "progress": 40, "note": "Đã rà soát 8/20 hộ"});
    let told = on(&world, "officer@B", &task, &id, "progress-reports", report.clone()).await.expect(201);
    assert_eq!((told.body["part_id"].as_str(), told.header("etag")), (Some(id.as_str()), "\"v2\""));
    assert_eq!(told.header("location"), format!("{one}/progress-reports"));
    on(&world, "officer@B", &task, &id, "progress-reports", report.clone()).await.expect(200);
    // The id is that of a report on a part: no report on the task itself.
    assert_eq!(
        run(&world, "officer@A", &task, "progress-reports", report).await.expect(409).code(),
        "id_conflict"
    );
    let stale = world.as_("officer@B").await.with("if-match", "\"v1\"");
    assert_eq!(stale.post(&format!("{one}/submit"), json!({})).await.expect(412).code(), "stale_version");
    on(&world, "officer@B", &task, &id, "submit", json!({})).await.expect(200);
    let refused = on(&world, "leader@A", &task, &id, "return", json!({})).await.expect(422);
    assert_eq!(refused.faults(), ["#/reason reason_required"]);
    let back = on(&world, "leader@A", &task, &id, "return", json!({"reason": "Còn thiếu"})).await.expect(200);
    assert_eq!(
        (back.body["status"].as_str(), back.body["submitted_on"].as_str()),
        (Some("in_progress"), None)
    );
    on(&world, "officer@B", &task, &id, "submit", json!({})).await.expect(200);
    let done = on(&world, "leader@D", &task, &id, "accept", json!({"comment": "Đạt"})).await.expect(200);
    assert_eq!(
        (done.body["status"].as_str(), done.body["accepted_on"].as_str()),
        (Some("accepted"), Some("2023-10-15"))
    );
    assert_eq!(done.body["version"], 6);
    // Accepted work stays on record.
    assert_eq!(leader.patch(&one, 6, json!({"due_on": null})).await.expect(409).code(), "invalid_state");
    assert_eq!(leader.delete(&one, 6).await.expect(409).code(), "invalid_state");
    let refused = on(&world, "officer@B", &task, &id, "progress-reports", json!({"progress": 50})).await;
    assert_eq!(refused.expect(409).code(), "invalid_state");
    let shown = leader.get(&path).await.expect(200);
    let facts = ["status", "progress", "version", "last_reported_on"].map(|name| shown.body[name].clone());
    assert_eq!(facts, [json!("accepted"), json!(0), json!(1), Value::Null]);
    assert_eq!(shown.body["parts"][0]["status"], "accepted");
    assert!(ids(&leader.get(&format!("{path}/progress-reports")).await.expect(200)).is_empty());
    assert_eq!(ids(&officer.get(&format!("{one}/progress-reports")).await.expect(200)).len(), 1);
    let history = officer.get(&format!("{path}/history")).await.expect(200);
    let parts = ["added", "reported", "submitted", "returned", "submitted", "accepted"];
    let expected: Vec<String> = std::iter::once("task.assigned".to_owned())
        .chain(parts.map(|what| format!("task.part_{what}")))
        .collect();
    assert_eq!(kinds(&history), expected);
    assert_eq!(history.body["items"][2]["changes"]["part"][1]["progress"], 40);
    assert_eq!(history.body["items"][4]["reason"], "Còn thiếu");
}

#[actix_web::test]
async fn a_part_is_given_within_the_task_to_a_unit_that_may_be_named() {
    let mut world = World::new().await;
    world.add_unit("C", "commune", "party_committee", "D").await;
    world.add_unit("X", "district", "party_committee", "").await;
    let task = given(&world, json!({"start_on": "2023-09-01"})).await;
    let at = format!("/api/v1/tasks/{task}/parts");
    let close = json!({"on": "2023-10-01", "reason": "Sáp nhập", "successor_ids": [world.unit("B")]});
    let path = format!("/api/v1/org-units/{}/close", world.unit("C"));
    world.root().await.post(&path, close).await.expect(200);
    for (unit, fault) in
        [("A", "not_permitted_here"), ("C", "not_permitted_here"), ("X", "unknown_reference")]
    {
        let refused = part(&world, &task, unit, json!({})).await.expect(422);
        assert_eq!(refused.faults(), [format!("#/unit_id {fault}")], "{unit}");
    }
    let absent = json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"});
    assert_eq!(part(&world, &task, "B", absent).await.expect(422).faults(), ["#/unit_id unknown_reference"]);
    for (day, code) in [("2023-08-31", "due_before_start"), ("2024-01-01", "not_permitted_here")] {
        let refused = part(&world, &task, "B", json!({"due_on": day})).await.expect(422);
        assert_eq!(refused.faults(), [format!("#/due_on {code}")]);
    }
    let classified = part(&world, &task, "B", json!({"description": "TUYỆT MẬT\nx"})).await.expect(422);
    assert_eq!(classified.faults(), ["#/description classified_content"]);
    let own = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a44";
    let first = part(&world, &task, "B", json!({"id": own})).await.expect(201);
    assert_eq!(part(&world, &task, "B", json!({"id": own})).await.expect(200).body, first.body);
    let other = part(&world, &task, "B", json!({"id": own, "description": "Khác"})).await;
    assert_eq!(other.expect(409).code(), "id_conflict");
    assert_eq!(part(&world, &task, "B", json!({})).await.expect(409).code(), "already_exists");
    // Another's task: nothing is said of whose id it is.
    let new = json!({"title": "Việc của xã B", "unit_id": world.unit("B"), "class": "key"});
    let elsewhere = world.as_("leader@D").await.post("/api/v1/tasks", new).await.expect(201).id();
    let taken = json!({"id": own, "unit_id": world.unit("B1")});
    let path = format!("/api/v1/tasks/{elsewhere}/parts");
    assert_eq!(world.as_("leader@B").await.post(&path, taken).await.expect(409).code(), "id_conflict");
    // A branch of the sister commune too; own ones anyway.
    part(&world, &task, "B1", json!({})).await.expect(201);
    part(&world, &task, "A1", json!({})).await.expect(201);
    // The task may not begin after what must be done for it.
    let (path, later) = (format!("/api/v1/tasks/{task}"), json!({"start_on": "2023-12-01"}));
    let late = world.as_("leader@D").await.patch(&path, 1, later).await.expect(422);
    assert_eq!(late.faults(), ["#/start_on not_permitted_here"]);
    // Taken away, the unit may be named again.
    let leader = world.as_("leader@A").await;
    leader.delete(&format!("{at}/{own}"), 1).await.expect(204);
    leader.get(&format!("{at}/{own}")).await.expect(404);
    assert_eq!(part(&world, &task, "B", json!({"id": own})).await.expect(409).code(), "id_conflict");
    part(&world, &task, "B", json!({})).await.expect(201);
}

#[actix_web::test]
async fn of_two_who_name_the_same_unit_at_once_one_wins() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let at = format!("/api/v1/tasks/{task}/parts");
    let new = json!({"unit_id": world.unit("B")});
    let (district, commune) = (world.as_("leader@D").await, world.as_("leader@A").await);
    let (one, other) =
        futures_util::future::join(district.post(&at, new.clone()), commune.post(&at, new.clone())).await;
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409], "{} {}", one.text, other.text);
}

#[actix_web::test]
async fn nobody_accepts_the_part_that_the_same_person_handed_in() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    // The district takes part itself in what it gave.
    let id = part(&world, &task, "D", json!({})).await.expect(201).id();
    on(&world, "leader@D", &task, &id, "progress-reports", json!({"progress": 100})).await.expect(201);
    on(&world, "leader@D", &task, &id, "submit", json!({})).await.expect(200);
    assert_eq!(on(&world, "leader@D", &task, &id, "accept", json!({})).await.expect(403).code(), "own_work");
    on(&world, "leader@D#2", &task, &id, "accept", json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_task_ends_over_open_parts_and_then_they_rest() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let id = part(&world, &task, "B", json!({})).await.expect(201).id();
    let report =
        async || on(&world, "officer@B", &task, &id, "progress-reports", json!({"progress": 10})).await;
    run(&world, "officer@A", &task, "start", json!({})).await.expect(200);
    let handed_in = run(&world, "officer@A", &task, "submit", json!({})).await.expect(200);
    assert_eq!(handed_in.body["parts"][0]["status"], "assigned");
    run(&world, "leader@D", &task, "confirm", json!({})).await.expect(200);
    let tag = world.as_("leader@A").await.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
    report().await.expect(201);
    // What the caller has is no longer what is shown, though the task's version is the same.
    let known = world.as_("leader@A").await.with("if-none-match", tag.header("etag"));
    let shown = known.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
    assert_eq!((shown.header("etag"), &shown.body["parts"][0]["progress"]), (tag.header("etag"), &json!(10)));
    let late = part(&world, &task, "B1", json!({})).await.expect(409);
    assert_eq!(late.code(), "invalid_state");
    run(&world, "leader@D", &task, "close", json!({})).await.expect(200);
    for answer in [
        report().await,
        on(&world, "officer@B", &task, &id, "submit", json!({})).await,
        world
            .as_("leader@A")
            .await
            .patch(&format!("/api/v1/tasks/{task}/parts/{id}"), 2, json!({"due_on": null}))
            .await,
    ] {
        assert_eq!(answer.expect(409).code(), "invalid_state");
    }
    let proposal = json!({"title": "Tu sửa đường ấp", "unit_id": world.unit("A"), "class": "routine"});
    let task = world.as_("officer@A").await.post("/api/v1/tasks", proposal).await.expect(201).id();
    let id = part(&world, &task, "B", json!({})).await.expect(201).id();
    // Nobody works on what is not agreed yet.
    let early = on(&world, "officer@B", &task, &id, "progress-reports", json!({"progress": 10})).await;
    assert_eq!(early.expect(409).code(), "invalid_state");
    world.as_("officer@A").await.delete(&format!("/api/v1/tasks/{task}"), 1).await.expect(204);
    world.as_("officer@B").await.get(&format!("/api/v1/tasks/{task}")).await.expect(404);
}

#[actix_web::test]
async fn open_parts_of_a_closing_unit_pass_to_its_heir_or_end() {
    let mut world = World::new().await;
    world.add_unit("C", "commune", "party_committee", "D").await;
    let leader = world.as_("leader@D").await;
    let led = async |unit: &str| {
        let new = json!({"title": format!("Việc của {unit}"), "unit_id": world.unit(unit), "class": "key"});
        leader.post("/api/v1/tasks", new).await.expect(201).id()
    };
    let take = async |task: &str, unit: &str| {
        let new = json!({"unit_id": world.unit(unit)});
        leader.post(&format!("/api/v1/tasks/{task}/parts"), new).await.expect(201).id()
    };
    let (passes, both, heirs, moved) = (led("A").await, led("A").await, led("C").await, led("B").await);
    let kept = take(&passes, "B").await;
    take(&both, "B").await;
    take(&both, "C").await;
    take(&heirs, "B").await;
    take(&moved, "C").await;
    let done = led("A").await;
    let accepted = take(&done, "B").await;
    on(&world, "officer@B", &done, &accepted, "progress-reports", json!({"progress": 100})).await.expect(201);
    on(&world, "officer@B", &done, &accepted, "submit", json!({})).await.expect(200);
    on(&world, "leader@D", &done, &accepted, "accept", json!({})).await.expect(200);
    world
        .root()
        .await
        .post(
            &format!("/api/v1/org-units/{}/close", world.unit("B1")),
            json!({"on": "2023-10-15", "reason": "Sáp nhập"}),
        )
        .await
        .expect(200);
    let close = json!({"on": "2023-10-15", "reason": "Sáp nhập", "successor_ids": [world.unit("C")]});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit("B")), close).await.expect(200);
    for (task, units, event) in [
        (&passes, vec!["C"], "task.part_changed"),
        (&both, vec!["C"], "task.part_removed"),
        (&heirs, vec![], "task.part_removed"),
        (&moved, vec![], "task.part_removed"),
        (&done, vec!["B"], "task.part_accepted"),
    ] {
        let path = format!("/api/v1/tasks/{task}");
        let shown = leader.get(&path).await.expect(200).body;
        let left: Vec<&str> =
            shown["parts"].as_array().unwrap().iter().map(|p| p["unit"]["code"].as_str().unwrap()).collect();
        assert_eq!(left, units, "{event}");
        let history = leader.get(&format!("{path}/history")).await.expect(200);
        assert_eq!(kinds(&history).last(), Some(&event));
        if event != "task.part_accepted" {
            let last = history.body["items"].as_array().unwrap().last().unwrap().clone();
            assert_eq!(last["reason"], "Sáp nhập");
        }
    }
    on(&world, "officer@C", &passes, &kept, "progress-reports", json!({"progress": 10})).await.expect(201);
}
