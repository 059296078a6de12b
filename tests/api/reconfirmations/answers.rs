//! Answers: who gives them, again, another one, and what becomes of them.

use super::{answer, listed, paper, task, told};
use crate::harness::World;
use serde_json::{Value, json};

const D: &str = "officer@D";

/// A paper of D that replaces another, and a task of A that serves the old one.
async fn story() -> (World, String, String) {
    let world = World::new().await;
    let old = paper(&world, D, "D", &[], json!({})).await;
    let task = task(&world, "officer@A", "Bảo hiểm y tế", json!({"document_id": old})).await;
    let new = paper(&world, D, "D", &[(&old, "replaces")], json!({})).await;
    (world, new, task)
}

#[actix_web::test]
async fn an_answer_stands_with_who_gave_it_and_when() {
    let (world, new, task) = story().await;
    let asked = world.as_("leader@A").await.get("/api/v1/reconfirmations").await.expect(200).body;
    let question = &asked["items"][0];
    assert_eq!((&question["id"], &question["version"]), (&Value::Null, &Value::Null));
    assert_eq!(question["actions"], json!([{"name": "answer", "allowed": true, "because": null}]));
    let note = json!("Chỉnh chỉ tiêu thành 97%.");
    let given = answer(&world, "officer@A", &new, &task, "to_amend", note.clone()).await.expect(201);
    assert_eq!(given.header("location"), format!("/api/v1/reconfirmations/{}", given.id()));
    let shown =
        world.as_("viewer@D").await.get(&format!("/api/v1/reconfirmations/{}", given.id())).await.expect(200);
    assert_eq!((&shown.body["state"], &shown.body["note"]), (&json!("to_amend"), &note));
    assert_eq!(shown.body["answered_by"], json!(world.user("officer@A").await.to_string()));
    assert_eq!(shown.body["actions"], json!([{"name": "change", "allowed": false, "because": "role"}]));
    assert_eq!(shown.body["changed"][0]["relation"], "replaces");
    assert_eq!(shown.body["document"]["id"], json!(new));
    let told = super::impact(&world, "leader@D", &new).await;
    let said = &told["changed"][0]["tasks"][0]["reconfirmation"];
    assert_eq!((&said["state"], &said["id"], &said["note"]), (&json!("to_amend"), &json!(given.id()), &note));
}

#[actix_web::test]
async fn the_same_again_is_no_other_answer_and_another_one_is_a_change() {
    let (world, new, task) = story().await;
    let first = answer(&world, "officer@A", &new, &task, "confirmed", Value::Null).await.expect(201);
    let again = answer(&world, "leader@A", &new, &task, "confirmed", Value::Null).await.expect(200);
    assert_eq!(again.id(), first.id());
    let other = answer(&world, "leader@A", &new, &task, "ended", json!("Trùng")).await;
    let other = other.expect_problem(409, "already_exists");
    assert!(other.text.contains(&first.id()), "{}", other.text);
    let path = format!("/api/v1/reconfirmations/{}", first.id());
    let leader = world.as_("leader@A").await;
    leader.patch(&path, 1, json!({"outcome": "ended"})).await.expect_fault(422, "/note", "reason_required");
    let changed = leader.patch(&path, 1, json!({"outcome": "ended", "note": "Trùng"})).await.expect(200);
    assert_eq!((&changed.body["state"], &changed.body["version"]), (&json!("ended"), &json!(2)));
    assert_eq!(changed.body["answered_by"], json!(world.user("leader@A").await.to_string()));
    leader.patch(&path, 1, json!({"note": "Cũ"})).await.expect_problem(412, "stale_version");
    let same = leader.patch(&path, 2, json!({"outcome": "ended"})).await.expect(200);
    assert_eq!(same.body["version"], 2);
    let history = leader.get(&format!("{path}/history")).await.expect(200).body;
    let kinds: Vec<&Value> = history["items"].as_array().unwrap().iter().map(|one| &one["kind"]).collect();
    assert_eq!(kinds, ["reconfirmation.given", "reconfirmation.changed"]);
    assert_eq!(history["items"][1]["changes"]["outcome"], json!(["confirmed", "ended"]));
}

#[actix_web::test]
async fn a_client_may_bring_its_own_id_once() {
    let (world, new, task) = story().await;
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3aff";
    let body = |outcome: &str| json!({"id": id, "document_id": new, "subject": {"kind": "task", "id": task}, "outcome": outcome, "note": "Rà soát"});
    let officer = world.as_("officer@A").await;
    assert_eq!(officer.post("/api/v1/reconfirmations", body("confirmed")).await.expect(201).id(), id);
    officer.post("/api/v1/reconfirmations", body("confirmed")).await.expect(200);
    officer.post("/api/v1/reconfirmations", body("ended")).await.expect_problem(409, "id_conflict");
    let stranger = world.as_("officer@B").await;
    stranger.post("/api/v1/reconfirmations", body("confirmed")).await.expect_problem(409, "id_conflict");
}

#[actix_web::test]
async fn refusals_say_what_is_wrong() {
    let (world, new, task) = story().await;
    answer(&world, "officer@A", &new, &task, "ended", Value::Null).await.expect_fault(
        422,
        "/note",
        "reason_required",
    );
    answer(&world, "officer@A", &new, &task, "ended", json!("TỐI MẬT"))
        .await
        .expect_problem(422, "classified_content");
    let absent = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";
    let fault =
        |answer: crate::harness::Answer, at: &str| drop(answer.expect_fault(422, at, "unknown_reference"));
    fault(answer(&world, "officer@A", absent, &task, "confirmed", Value::Null).await, "/document_id");
    fault(answer(&world, "officer@A", &new, absent, "confirmed", Value::Null).await, "/subject/id");
    fault(answer(&world, "officer@B", &new, &task, "confirmed", Value::Null).await, "/subject/id");
    let refused = answer(&world, "leader@D", &new, &task, "confirmed", Value::Null).await;
    assert_eq!(refused.expect_problem(403, "forbidden").body["may"]["whose"], "own_unit");
    let other = paper(&world, D, "D", &[], json!({})).await;
    let refused = answer(&world, "officer@A", &other, &task, "confirmed", Value::Null).await;
    refused.expect_fault(422, "/subject/id", "not_permitted_here");
}

#[actix_web::test]
async fn a_finished_record_keeps_its_answer() {
    let (world, new, task) = story().await;
    let given = answer(&world, "officer@A", &new, &task, "ended", json!("Trùng")).await.expect(201);
    let cancel = format!("/api/v1/tasks/{task}/cancel");
    world.as_("leader@D").await.post(&cancel, json!({"reason": "Trùng"})).await.expect(200);
    assert_eq!(listed(&world, "leader@A", "").await, ["Bảo hiểm y tế A ended"]);
    let path = format!("/api/v1/reconfirmations/{}", given.id());
    let shown = world.as_("leader@A").await.get(&path).await.expect(200).body;
    assert_eq!(shown["actions"], json!([{"name": "change", "allowed": false, "because": "state"}]));
    let refused = world.as_("leader@A").await.patch(&path, 1, json!({"outcome": "confirmed"})).await;
    refused.expect_problem(409, "invalid_state");
}

#[actix_web::test]
async fn whoever_takes_over_a_task_is_asked_and_answers_go_with_it() {
    let (world, new, first) = story().await;
    let old = world.as_(D).await.get(&format!("/api/v1/documents/{new}")).await.expect(200).body["parents"]
        [0]["document_id"]
        .as_str()
        .unwrap()
        .to_owned();
    task(&world, "officer@A1", "Nước sạch", json!({"document_id": old})).await;
    task(&world, "officer@A1", "Nhà ở", json!({"document_id": old})).await;
    let second = world.as_("leader@A1").await.get("/api/v1/tasks?q=nuoc").await.expect(200).body["items"][0]
        ["id"]
        .clone();
    let given = answer(&world, "leader@A1", &new, second.as_str().unwrap(), "confirmed", Value::Null)
        .await
        .expect(201);
    answer(&world, "leader@A", &new, &first, "confirmed", Value::Null).await.expect(201);
    let close = json!({"on": world.clock.today().to_string(), "reason": "Sáp nhập chi bộ", "successor_ids": [world.unit("A2")]});
    world
        .root()
        .await
        .post(&format!("/api/v1/org-units/{}/close", world.unit("A1")), close)
        .await
        .expect(200);
    assert_eq!(listed(&world, "leader@A2", "").await, ["Nhà ở A2 asked", "Nước sạch A2 confirmed"]);
    let path = format!("/api/v1/reconfirmations/{}", given.id());
    let change = json!({"outcome": "to_amend", "note": "Theo kế hoạch của chi bộ mới"});
    world.as_("leader@A2").await.patch(&path, 1, change).await.expect(200);
    let under = format!("under={}", world.unit("A2"));
    assert_eq!(told(&world, "leader@A", &under).await, ["Nhà ở A2 asked", "Nước sạch A2 to_amend"]);
}

#[actix_web::test]
async fn pages_go_through_questions_first_and_then_answers() {
    let (world, new, first) = story().await;
    let old = world.as_(D).await.get(&format!("/api/v1/documents/{new}")).await.expect(200).body["parents"]
        [0]["document_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let second = task(&world, "officer@A", "Hai", json!({"document_id": old})).await;
    for title in ["Ba", "Bốn"] {
        task(&world, "officer@A", title, json!({"document_id": old})).await;
    }
    // Another document asks for the same.
    let third = paper(&world, D, "D", &[(&old, "amends")], json!({})).await;
    for task in [&first, &second] {
        answer(&world, "leader@A", &new, task, "confirmed", Value::Null).await.expect(201);
    }
    answer(&world, "leader@A", &third, &second, "ended", json!("Trùng")).await.expect(201);
    let whole = listed(&world, "leader@A", "").await;
    let states: Vec<&str> = whole.iter().map(|line| line.rsplit(' ').next().unwrap()).collect();
    assert_eq!(states[..5], ["asked"; 5]);
    assert_eq!(states.len(), 8);
    for limit in [1, 2, 3, 5, 7] {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let path = format!("/api/v1/reconfirmations?limit={limit}{cursor}");
            let page = world.as_("leader@A").await.get(&path).await.expect(200).body;
            found.extend(page["items"].as_array().unwrap().iter().map(super::line));
            let Some(next) = page["next_cursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, whole, "{limit}");
    }
    assert_eq!(listed(&world, "leader@A", "state=confirmed,ended").await, whole[5..]);
    assert_eq!(listed(&world, "leader@A", "state=none").await, [""; 0]);
    crate::events::settle(&world).await;
    let feed = world.as_("leader@A").await.get("/api/v1/changes?kinds=reconfirmation").await.expect(200).body;
    assert_eq!(feed["items"].as_array().unwrap().len(), 3);
}
