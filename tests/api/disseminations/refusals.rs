//! What is refused, and why.

use super::{MEMBERS, PEOPLE, class, paper, plan, shown, step};
use crate::harness::World;
use serde_json::json;

const BOTH: &str = r#"{"waves": [{"audience": "cadres_and_members"}, {"audience": "people"}]}"#;

#[actix_web::test]
async fn no_wave_without_a_session_and_members_first() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let both = serde_json::from_str(BOTH).unwrap();
    let study = plan(&world, "officer@A", &paper, both).await.expect(201).id();
    let on = |day: &str| json!({"completed_on": day});
    let detail = async |what: &str| {
        let refused = step(&world, "officer@A", &study, what, on("2023-10-15")).await;
        refused.expect_problem(409, "invalid_state").body["detail"].as_str().unwrap().to_owned()
    };
    assert!(detail(MEMBERS).await.contains("chưa có buổi học nào"));
    assert!(detail(PEOPLE).await.contains("đợt trước chưa hoàn thành"));
    let check = json!({"kind": "oral", "checked_on": "2023-10-15", "examined": 10, "passed": 9});
    step(&world, "officer@A", &study, "study-checks", check).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &study, "sessions", class("2023-10-14", 40)).await.expect(201);
    let people = json!({"audience": "people", "form": "broadcast", "held_on": "2023-10-14"});
    step(&world, "officer@A", &study, "sessions", people).await.expect(201);
    assert!(detail(PEOPLE).await.contains("đợt trước chưa hoàn thành"));
    step(&world, "officer@A", &study, MEMBERS, on("2023-10-16")).await.expect_fault(
        422,
        "/completed_on",
        "in_future",
    );
    step(&world, "officer@A", &study, MEMBERS, on("2023-10-13")).await.expect_fault(
        422,
        "/completed_on",
        "out_of_order",
    );
    step(&world, "officer@A", &study, MEMBERS, on("2023-10-15")).await.expect(200);
    assert!(detail(MEMBERS).await.contains("đã hoàn thành"));
    // Not before the wave of the members was complete.
    step(&world, "officer@A", &study, PEOPLE, on("2023-10-14")).await.expect_fault(
        422,
        "/completed_on",
        "out_of_order",
    );
    let verify = json!({"sampled": 3, "understood": 3, "outcome": "confirmed"});
    step(&world, "leader@D", &study, "verifications", verify).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &study, "waves/nobody/complete", on("2023-10-15")).await.expect(404);
}

#[actix_web::test]
async fn what_is_complete_is_neither_corrected_nor_deleted() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let study = plan(&world, "officer@A", &paper, json!({})).await.expect(201).id();
    let first = step(&world, "officer@A", &study, "sessions", class("2023-10-14", 40)).await.expect(201).id();
    let second =
        step(&world, "officer@A", &study, "sessions", class("2023-10-15", 30)).await.expect(201).id();
    let officer = world.as_("officer@A").await;
    officer.delete(&format!("/api/v1/dissemination-sessions/{first}"), 1).await.expect(204);
    officer.get(&format!("/api/v1/dissemination-sessions/{first}")).await.expect(404);
    assert_eq!(shown(&world, "officer@A", &study).await["started_on"], "2023-10-15");
    let history = format!("/api/v1/disseminations/{study}/history");
    let history = officer.get(&history).await.expect(200).body;
    let gone = &history["items"][3];
    assert_eq!(
        (&gone["kind"], &gone["changes"]["session"][0]["id"]),
        (&json!("dissemination.session_deleted"), &json!(first))
    );
    step(&world, "officer@A", &study, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    let at = format!("/api/v1/dissemination-sessions/{second}");
    officer.delete(&at, 1).await.expect_problem(409, "invalid_state");
    officer.patch(&at, 1, json!({"place": "Hội trường"})).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &study, "sessions", class("2023-10-15", 9))
        .await
        .expect_problem(409, "invalid_state");
    let at = format!("/api/v1/disseminations/{study}");
    officer.patch(&at, 5, json!({"note": "Khác"})).await.expect_problem(409, "invalid_state");
}

#[actix_web::test]
async fn a_plan_keeps_what_has_begun() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let both = serde_json::from_str(BOTH).unwrap();
    let study = plan(&world, "officer@A", &paper, both).await.expect(201).id();
    let at = format!("/api/v1/disseminations/{study}");
    let officer = world.as_("officer@A").await;
    let members = json!({"waves": [{"audience": "cadres_and_members"}]});
    let people = json!({"waves": [{"audience": "people"}]});
    officer.patch(&at, 1, people).await.expect_fault(422, "/waves", "not_permitted_here");
    step(&world, "officer@A", &study, "sessions", class("2023-10-14", 40)).await.expect(201);
    step(&world, "officer@A", &study, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    // Without the people the study would be complete, and nobody would have said so.
    officer.patch(&at, 3, members).await.expect_fault(422, "/waves", "not_permitted_here");
    let other = json!({"waves": [{"audience": "cadres_and_members", "due_on": "2023-10-31"}, {"audience": "people"}]});
    officer.patch(&at, 3, other).await.expect_fault(422, "/waves", "not_permitted_here");
    let later = json!({"waves": [{"audience": "cadres_and_members"}, {"audience": "people", "due_on": "2023-11-30"}]});
    let patched = officer.patch(&at, 3, later).await.expect(200).body;
    assert_eq!(patched["waves"][1]["due_on"], "2023-11-30");
}

#[actix_web::test]
async fn nobody_verifies_the_own_work_whatever_the_post() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let study = plan(&world, "officer@A", &paper, json!({})).await.expect(201).id();
    step(&world, "officer@A", &study, "sessions", class("2023-10-14", 40)).await.expect(201);
    step(&world, "leader@A", &study, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    // The officer of A is also one of D.
    let officer = world.user("officer@A").await;
    let assignment = json!({"unit_id": world.unit("D"), "role": "officer"});
    let path = format!("/api/v1/users/{officer}/assignments");
    let assignment = world.root().await.post(&path, assignment).await.expect(201).id();
    let act = json!({"assignment_id": assignment});
    let token = world.as_("officer@A").await.post("/api/v1/auth/act-as", act).await.expect(200);
    let token = token.body["access_token"].as_str().unwrap().to_owned();
    let verify = json!({"sampled": 3, "understood": 3, "outcome": "confirmed"});
    let path = format!("/api/v1/disseminations/{study}/verifications");
    world.bearing(&token).post(&path, verify.clone()).await.expect_problem(403, "own_work");
    let refused =
        world.as_("leader@A").await.post(&path, verify.clone()).await.expect_problem(403, "forbidden");
    assert_eq!(refused.body["may"]["whose"], "below");
    world.as_("officer@D").await.post(&path, verify).await.expect(201);
}

#[actix_web::test]
async fn numbers_and_days_keep_their_rules_all_at_once() {
    let world = World::new().await;
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Nghị quyết", "status": "issued",
        "issued_on": "2023-10-10"});
    let paper = world.as_("officer@D").await.post("/api/v1/documents", body).await.expect(201).id();
    let twice = json!({"waves": [{"audience": "cadres_and_members", "due_on": "2023-10-20", "planned": [
        {"class": "people", "value": 1}, {"class": "people", "value": 2}]},
        {"audience": "people", "due_on": "2023-10-19"}]});
    let faults = plan(&world, "officer@A", &paper, twice).await.expect(422).faults();
    assert_eq!(faults, ["#/waves/0/planned/1/class not_permitted_here", "#/waves/1/due_on out_of_order"]);
    let study = plan(&world, "officer@A", &paper, json!({})).await.expect(201).id();
    let early = json!({"audience": "cadres_and_members", "form": "conference", "held_on": "2023-10-09"});
    let mut faults = step(&world, "officer@A", &study, "sessions", early).await.expect(422).faults();
    faults.sort();
    assert_eq!(faults, ["#/attendance may_not_be_empty", "#/held_on not_permitted_here"]);
    let late = step(&world, "officer@A", &study, "sessions", class("2023-10-16", 1)).await;
    late.expect_fault(422, "/held_on", "in_future");
    let unplanned = json!({"audience": "people", "form": "contest", "held_on": "2023-10-15"});
    step(&world, "officer@A", &study, "sessions", unplanned).await.expect_problem(409, "invalid_state");
    let secret = json!({"audience": "cadres_and_members", "form": "contest", "held_on": "2023-10-15",
        "key_points": "TUYỆT MẬT"});
    step(&world, "officer@A", &study, "sessions", secret).await.expect_problem(422, "classified_content");
    step(&world, "officer@A", &study, "sessions", class("2023-10-14", 9)).await.expect(201);
    let check = json!({"kind": "test", "checked_on": "2023-10-13", "examined": 10, "passed": 11,
        "average_hundredths": 1001, "scale": 10});
    let mut faults = step(&world, "officer@A", &study, "study-checks", check).await.expect(422).faults();
    faults.sort();
    assert_eq!(
        faults,
        ["#/average_hundredths out_of_range", "#/checked_on out_of_order", "#/passed out_of_range"]
    );
    let half = json!({"kind": "test", "checked_on": "2023-10-15", "examined": 10, "passed": 1, "scale": 10});
    step(&world, "officer@A", &study, "study-checks", half).await.expect_fault(
        422,
        "/average_hundredths",
        "not_permitted_here",
    );
}

#[actix_web::test]
async fn the_same_again_is_the_same_and_a_stranger_learns_nothing() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let (id, session) = ("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a01", "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a02");
    let body = json!({"id": id, "title": "Quán triệt", "waves": [{"audience": "cadres_and_members",
        "planned": [{"class": "party_members", "value": 50}]}]});
    plan(&world, "officer@A", &paper, body.clone()).await.expect(201);
    plan(&world, "officer@A", &paper, body.clone()).await.expect(200);
    plan(&world, "officer@A", &paper, json!({"id": id})).await.expect_problem(409, "id_conflict");
    plan(&world, "officer@B", &paper, body).await.expect_problem(409, "id_conflict");
    plan(&world, "officer@A", &paper, json!({})).await.expect_problem(409, "already_exists");
    let mut held = class("2023-10-15", 40);
    held["id"] = json!(session);
    step(&world, "officer@A", id, "sessions", held.clone()).await.expect(201);
    step(&world, "officer@A", id, "sessions", held.clone()).await.expect(200);
    held["attendance"][0]["attended"] = json!(41);
    step(&world, "officer@A", id, "sessions", held.clone()).await.expect_problem(409, "id_conflict");
    // B, a sister, neither sees it nor takes its id.
    let mine = plan(&world, "officer@B", &paper, json!({})).await.expect(201).id();
    step(&world, "officer@B", &mine, "sessions", held).await.expect_problem(409, "id_conflict");
    step(&world, "officer@B", id, "sessions", class("2023-10-15", 1)).await.expect(404);
    world.as_("officer@B").await.get(&format!("/api/v1/dissemination-sessions/{session}")).await.expect(404);
    // What is studied stays in the register.
    let at = format!("/api/v1/documents/{paper}");
    world.as_("officer@D").await.delete(&at, 1).await.expect_problem(409, "in_use");
}
