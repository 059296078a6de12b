//! Tasks: who may do what when, and what each step leaves behind.

mod batch;
mod cascade;
mod clarity;
mod extensions;
mod kept_in_step;
mod lists;
mod milestones;
mod parents;
mod parts;
mod secrecy;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A task of commune A, given by the district.
async fn given(world: &World, body: Value) -> String {
    let mut task = json!({"title": "Vận động tham gia bảo hiểm y tế", "unit_id": world.unit("A"), "class": "key", "due_on": "2023-12-31"});
    task.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    world.as_("leader@D").await.post("/api/v1/tasks", task).await.expect(201).id()
}

async fn run(world: &World, who: &str, task: &str, command: &str, body: Value) -> Answer {
    world.as_(who).await.post(&format!("/api/v1/tasks/{task}/{command}"), body).await
}

#[actix_web::test]
async fn from_assignment_to_confirmation() {
    let world = World::new().await;
    let task = given(&world, json!({"weight": 1.5})).await;
    let path = format!("/api/v1/tasks/{task}");
    let report = world
        .as_("officer@A")
        .await
        .post(&format!("{path}/progress-reports"), json!({"progress": 60, "note": "Đã vận động 12/20 hộ"}))
        .await
        .expect(201);
    assert_eq!((report.body["progress"].as_i64(), report.body["version"].as_i64()), (Some(60), Some(2)));
    let seen = world.as_("viewer@A").await.get(&path).await.expect(200);
    assert_eq!(
        (seen.body["status"].as_str(), seen.body["timeliness"].as_str()),
        (Some("in_progress"), Some("in_time"))
    );
    assert_eq!((seen.body["weight"].as_f64(), seen.header("etag")), (Some(1.5), "\"v2\""));
    run(&world, "officer@A", &task, "submit", json!({})).await.expect(200);
    world.go_to("2023-10-20").await;
    let done = run(&world, "leader@D", &task, "confirm", json!({"result": "exceeded"})).await.expect(200);
    assert_eq!(done.body["status"], "completed");
    assert_eq!(
        (done.body["completed_on"].as_str(), done.body["result"].as_str()),
        (Some("2023-10-15"), Some("exceeded"))
    );
    assert_eq!(done.body["timeliness"], "completed_on_time");
    let history = world.as_("leader@D").await.get(&format!("{path}/history")).await.expect(200);
    let kinds: Vec<&str> =
        history.body["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["task.assigned", "task.progress_reported", "task.submitted", "task.confirmed"]);
    assert_eq!(history.body["items"][1]["changes"]["progress"], json!([0, 60]));
    assert_eq!(history.body["items"][3]["by"]["name"], "leader@D");
}

#[actix_web::test]
async fn a_registration_is_accepted_or_returned_with_a_reason() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let new = json!({"title": "Tu sửa đường ấp", "unit_id": world.unit("A"), "class": "routine"});
    let task = officer.post("/api/v1/tasks", new).await.expect(201);
    assert_eq!(
        (task.body["status"].as_str(), task.body["assigner_unit_id"].as_str()),
        (Some("registered"), Some(world.unit("D").as_str()))
    );
    let task = task.id();
    assert_eq!(
        run(&world, "leader@D", &task, "return", json!({})).await.expect(422).faults(),
        ["#/reason reason_required"]
    );
    run(&world, "leader@D", &task, "return", json!({"reason": "Chưa rõ sản phẩm"})).await.expect(200);
    assert_eq!(run(&world, "leader@D", &task, "accept", json!({})).await.expect(409).code(), "invalid_state");
    let path = format!("/api/v1/tasks/{task}");
    officer
        .patch(&path, 2, json!({"expected_product": "300 m đường bê tông", "weight": 0.125}))
        .await
        .expect(200);
    run(&world, "officer@A", &task, "resubmit", json!({})).await.expect(200);
    run(&world, "leader@D", &task, "accept", json!({})).await.expect(200);
    assert_eq!(officer.patch(&path, 5, json!({"weight": 3})).await.expect(403).code(), "forbidden");
    world.as_("leader@D").await.patch(&path, 5, json!({"weight": 3})).await.expect(200);
    assert_eq!(
        officer.patch(&path, 6, json!({"due_on": "2024-01-01"})).await.expect(400).faults(),
        ["#/due_on unknown_field"]
    );
}

#[actix_web::test]
async fn nobody_confirms_what_the_same_person_handed_in() {
    let world = World::new().await;
    // A root is its own assigner: another of its leaders judges.
    let new = json!({"title": "Sơ kết giữa nhiệm kỳ", "unit_id": world.unit("D"), "class": "key"});
    let task = world.as_("leader@D").await.post("/api/v1/tasks", new).await.expect(201).id();
    assert_eq!(run(&world, "leader@D", &task, "accept", json!({})).await.expect(403).code(), "own_work");
    run(&world, "leader@D#2", &task, "accept", json!({})).await.expect(200);
    run(&world, "leader@D", &task, "start", json!({})).await.expect(200);
    run(&world, "leader@D", &task, "submit", json!({})).await.expect(200);
    let seen = world.as_("leader@D").await.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
    let confirm =
        seen.body["actions"].as_array().unwrap().iter().find(|a| a["name"] == "confirm").unwrap().clone();
    assert_eq!((confirm["allowed"].as_bool(), confirm["because"].as_str()), (Some(false), Some("own_work")));
    assert_eq!(run(&world, "leader@D", &task, "confirm", json!({})).await.expect(403).code(), "own_work");
    run(&world, "leader@D#2", &task, "confirm", json!({"result": "met"})).await.expect(200);
}

#[actix_web::test]
async fn only_the_lead_unit_works_and_only_the_assigner_judges() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    for (who, command, status) in [
        ("officer@D", "start", 403),
        ("leader@A", "cancel", 403),
        ("viewer@A", "start", 403),
        ("leader@B", "start", 404),
        ("leader@A1", "start", 404),
        ("inspector@D", "start", 403),
        ("officer@A", "start", 200),
        ("leader@A", "submit", 200),
        ("officer@D", "confirm", 403),
        ("leader@A", "confirm", 403),
        ("leader@D", "confirm", 200),
        ("leader@D", "reopen", 422),
    ] {
        let answer = run(&world, who, &task, command, json!({})).await;
        assert_eq!(answer.status, status, "{who} {command}: {}", answer.text);
    }
    run(&world, "leader@D", &task, "reopen", json!({"reason": "Kiểm tra lại số liệu"})).await.expect(200);
    run(&world, "leader@D", &task, "cancel", json!({"reason": "Không còn phù hợp"})).await.expect(200);
    assert_eq!(run(&world, "leader@D", &task, "close", json!({})).await.expect(409).code(), "invalid_state");
}

#[actix_web::test]
async fn bad_fields_are_named_all_at_once_and_nothing_is_stored() {
    let world = World::new().await;
    let events = world.events().await;
    let officer = world.as_("officer@A").await;
    let known = world.events().await - events;
    let bad = json!({"title": "", "unit_id": world.unit("A"), "class": "urgent", "weight": -1, "due_on": "2023-02-31", "owner": 1});
    let faults = officer.post("/api/v1/tasks", bad).await.expect(400).faults();
    for fault in [
        "#/title may_not_be_empty",
        "#/class unknown_value",
        "#/weight out_of_range",
        "#/due_on malformed",
        "#/owner unknown_field",
    ] {
        assert!(faults.contains(&fault.to_owned()), "{fault} is not in {faults:?}");
    }
    let new = |more: Value| {
        let mut body = json!({"title": "x", "unit_id": world.unit("A"), "class": "key"});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    for (more, fault) in [
        (json!({"start_on": "2023-12-31", "due_on": "2023-01-01"}), "#/due_on due_before_start"),
        (json!({"unit_id": world.unit("B")}), "#/unit_id unknown_reference"),
        (json!({"unit_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"}), "#/unit_id unknown_reference"),
        (json!({"assigner_unit_id": world.unit("A")}), "#/assigner_unit_id not_permitted_here"),
        (json!({"assigner_unit_id": world.unit("A1")}), "#/assigner_unit_id not_permitted_here"),
        (json!({"document_id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"}), "#/document_id unknown_reference"),
        (json!({"weight": 0.0001}), "#/weight too_many_decimals"),
    ] {
        assert_eq!(officer.post("/api/v1/tasks", new(more)).await.expect(422).faults(), [fault]);
    }
    // A unit above is visible by name and code, but takes no orders from below.
    officer.post("/api/v1/tasks", new(json!({"unit_id": world.unit("D")}))).await.expect(403);
    assert_eq!(world.events().await - events, known);
}

#[actix_web::test]
async fn reports_keep_to_whole_per_cent_and_to_the_past() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let path = format!("/api/v1/tasks/{task}/progress-reports");
    let officer = world.as_("officer@A").await;
    for (body, status, fault) in [
        (json!({"progress": 101}), 422, "#/progress out_of_range"),
        (json!({"progress": 10.5}), 400, "#/progress wrong_type"),
        (json!({"progress": "10"}), 400, "#/progress wrong_type"),
        (json!({"progress": 10, "reported_on": "2023-10-16"}), 422, "#/reported_on in_future"),
        (
            json!({"progress": 10, "evidence": [{"title": "x", "url": "javascript:alert(1)"}]}),
            422,
            "#/evidence/0/url not_permitted_here",
        ),
    ] {
        assert_eq!(officer.post(&path, body).await.expect(status).faults(), [fault]);
    }
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";
    let first = officer.post(&path, json!({"id": id, "progress": 10})).await.expect(201);
    let again = officer.post(&path, json!({"id": id, "progress": 10})).await.expect(200);
    assert_eq!(first.body["version"], again.body["version"]);
    assert_eq!(
        officer.post(&path, json!({"id": id, "progress": 11})).await.expect(409).code(),
        "id_conflict"
    );
    for progress in [20, 30] {
        officer.post(&path, json!({"progress": progress})).await.expect(201);
    }
    let first = officer.get(&format!("{path}?limit=2")).await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let rest = officer.get(&format!("{path}?limit=2&cursor={cursor}")).await.expect(200);
    let progress = |answer: &Answer| -> Vec<i64> {
        answer.body["items"].as_array().unwrap().iter().map(|r| r["progress"].as_i64().unwrap()).collect()
    };
    assert_eq!(progress(&first).len() + progress(&rest).len(), 3);
    assert_eq!(rest.body["next_cursor"], Value::Null);
}

#[actix_web::test]
async fn a_proposal_can_be_deleted_an_accepted_task_not() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let new = json!({"title": "Nhầm", "unit_id": world.unit("A"), "class": "key"});
    let task = officer.post("/api/v1/tasks", new).await.expect(201).id();
    let path = format!("/api/v1/tasks/{task}");
    officer.send(actix_web::http::Method::DELETE, &path, None).await.expect(428);
    officer.delete(&path, 7).await.expect(412);
    officer.delete(&path, 1).await.expect(204);
    officer.get(&path).await.expect(404);
    let given = given(&world, json!({})).await;
    assert_eq!(
        officer.delete(&format!("/api/v1/tasks/{given}"), 1).await.expect(409).code(),
        "invalid_state"
    );
}

#[actix_web::test]
async fn open_work_of_a_closing_unit_passes_on() {
    let world = World::new().await;
    let lead = world
        .as_("leader@A")
        .await
        .post("/api/v1/tasks", json!({"title": "x", "unit_id": world.unit("A1"), "class": "key"}))
        .await
        .expect(201)
        .id();
    let root = world.root().await;
    let close = format!("/api/v1/org-units/{}/close", world.unit("A1"));
    root.post(
        &close,
        json!({"on": "2023-10-15", "successor_ids": [world.unit("A2")], "reason": "Sáp nhập chi bộ"}),
    )
    .await
    .expect(200);
    let seen = world.as_("leader@A").await.get(&format!("/api/v1/tasks/{lead}")).await.expect(200);
    assert_eq!(
        (seen.body["unit_id"].as_str(), seen.body["assigner_unit_id"].as_str()),
        (Some(world.unit("A2").as_str()), Some(world.unit("A").as_str()))
    );
    // Without a successor the parent has to do it, and the one above the parent judges.
    let close = format!("/api/v1/org-units/{}/close", world.unit("A2"));
    root.post(&close, json!({"on": "2023-10-15", "reason": "Giải thể"})).await.expect(200);
    let seen = world.as_("leader@A").await.get(&format!("/api/v1/tasks/{lead}")).await.expect(200);
    assert_eq!(
        (seen.body["unit_id"].as_str(), seen.body["assigner_unit_id"].as_str()),
        (Some(world.unit("A").as_str()), Some(world.unit("D").as_str()))
    );
}

#[actix_web::test]
async fn two_editors_the_stale_one_gets_both_versions() {
    let world = World::new().await;
    let task = given(&world, json!({})).await;
    let path = format!("/api/v1/tasks/{task}");
    let leader = world.as_("leader@D").await;
    leader.patch(&path, 1, json!({"title": "Bản một"})).await.expect(200);
    let stale = leader.patch(&path, 1, json!({"title": "Bản hai"})).await.expect(412);
    assert_eq!(
        (stale.code(), stale.body["current"].as_str(), stale.body["yours"].as_str()),
        ("stale_version", Some("v2"), Some("v1"))
    );
    let weak = leader.with("if-match", "W/\"v2\"");
    weak.send(actix_web::http::Method::PATCH, &path, Some(json!({"title": "Bản ba"}).to_string()))
        .await
        .expect(200);
}
