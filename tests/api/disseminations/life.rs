//! From the plan to the verification, and back.

use super::{MEMBERS, PEOPLE, allowed, class, paper, plan, shown, step};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_study_goes_from_its_plan_to_its_verification() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let planned = json!({"title": "Quán triệt Nghị quyết", "due_on": "2023-10-31", "waves": [
        {"audience": "people", "due_on": "2023-10-31"},
        {"audience": "cadres_and_members", "due_on": "2023-10-20",
            "planned": [{"class": "cadres_civil_servants", "value": 700, "qualifier": "about"}]}]});
    let made = plan(&world, "officer@A", &paper, planned).await.expect(201);
    assert_eq!((&made.body["state"], &made.body["unit"]["code"]), (&json!("not_started"), &json!("A")));
    // Waves stand in the order in which they are completed.
    assert_eq!(made.body["waves"][0]["audience"], "cadres_and_members");
    assert_eq!(made.body["waves"][1]["planned"], json!([]));
    let study = made.id();
    assert_eq!(allowed(&made.body), ["change", "sessions:cadres_and_members", "sessions:people"]);
    let over = |on: &str| {
        json!({"audience": "cadres_and_members", "form": "class", "held_on": on, "place": "Hội trường",
            "rapporteurs": [{"name": "Trưởng Ban Tuyên giáo Huyện ủy", "unit": "Huyện ủy"}],
            "attendance": [{"class": "cadres_civil_servants", "attended": 650, "qualifier": "over"}]})
    };
    world.go_to("2023-10-17").await;
    // Two classes of "trên 650"; the first was held before it was planned.
    for day in ["2023-10-17", "2023-10-14"] {
        let session = step(&world, "officer@A", &study, "sessions", over(day)).await.expect(201).body;
        let number =
            json!({"class": "cadres_civil_servants", "planned": null, "attended": 650, "qualifier": "over"});
        assert_eq!(session["attendance"], json!([number]));
    }
    let now = shown(&world, "officer@A", &study).await;
    assert_eq!((&now["state"], &now["started_on"]), (&json!("in_progress"), &json!("2023-10-14")));
    let sessions = format!("/api/v1/disseminations/{study}/sessions");
    let listed = world.as_("viewer@D").await.get(&sessions).await.expect(200).body;
    let days: Vec<&Value> = listed["items"].as_array().unwrap().iter().map(|one| &one["held_on"]).collect();
    assert_eq!(days, ["2023-10-14", "2023-10-17"]);
    let check = json!({"kind": "essay", "checked_on": "2023-10-17", "examined": 600, "passed": 540,
        "average_hundredths": 785, "scale": 10});
    step(&world, "officer@A", &study, "study-checks", check).await.expect(201);
    world.go_to("2023-10-18").await;
    let half = step(&world, "leader@A", &study, MEMBERS, json!({"completed_on": "2023-10-17"})).await;
    assert_eq!(half.expect(200).body["state"], "in_progress");
    let contest = json!({"audience": "people", "form": "contest", "held_on": "2023-10-18"});
    step(&world, "officer@A", &study, "sessions", contest).await.expect(201);
    let done = step(&world, "leader@A", &study, PEOPLE, json!({"completed_on": "2023-10-18"})).await;
    let done = done.expect(200).body;
    assert_eq!((&done["state"], &done["completed_on"]), (&json!("completed"), &json!("2023-10-18")));
    assert_eq!(allowed(&shown(&world, "inspector@D", &study).await), ["verifications"]);
    let found = json!({"sampled": 30, "understood": 27, "outcome": "confirmed", "comment": "Nắm vững."});
    let found = step(&world, "inspector@D", &study, "verifications", found).await.expect(201).body;
    assert_eq!((&found["unit"]["code"], &found["verified_on"]), (&json!("D"), &json!("2023-10-18")));
    assert_eq!(shown(&world, "viewer@A", &study).await["state"], "verified");
    let history = format!("/api/v1/disseminations/{study}/history");
    let history = world.as_("viewer@A").await.get(&history).await.expect(200).body;
    let kinds: Vec<_> = history["items"].as_array().unwrap().iter().map(|event| &event["kind"]).collect();
    let recorded = "dissemination.session_recorded";
    let expected = [
        "dissemination.planned",
        recorded,
        recorded,
        "dissemination.checked",
        "dissemination.wave_completed",
        recorded,
        "dissemination.completed",
        "dissemination.verified",
    ];
    assert_eq!(kinds, expected);
}

#[actix_web::test]
async fn what_was_perfunctory_goes_back_and_nothing_is_lost() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let study = plan(&world, "officer@A", &paper, json!({})).await.expect(201).id();
    step(&world, "officer@A", &study, "sessions", class("2023-10-15", 40)).await.expect(201);
    step(&world, "officer@A", &study, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    world.go_to("2023-10-17").await;
    let back = json!({"sampled": 20, "understood": 5, "outcome": "sent_back"});
    let nothing = step(&world, "leader@D", &study, "verifications", back.clone()).await;
    nothing.expect_fault(422, "/reason", "reason_required");
    let back = json!({"sampled": 20, "understood": 5, "outcome": "sent_back", "reason": "Học đối phó"});
    step(&world, "leader@D", &study, "verifications", back).await.expect(201);
    let now = shown(&world, "officer@A", &study).await;
    let told = [&now["state"], &now["completed_on"], &now["waves"][0]["completed_on"], &now["started_on"]];
    assert_eq!(told, [&json!("in_progress"), &json!(null), &json!(null), &json!("2023-10-15")]);
    let sessions = format!("/api/v1/disseminations/{study}/sessions");
    assert_eq!(
        world.as_("viewer@A").await.get(&sessions).await.expect(200).body["items"].as_array().unwrap().len(),
        1
    );
    // Not as if nothing had happened: complete again, it is so since then.
    let early = step(&world, "officer@A", &study, MEMBERS, json!({"completed_on": "2023-10-16"})).await;
    early.expect_fault(422, "/completed_on", "out_of_order");
    step(&world, "officer@A", &study, "sessions", class("2023-10-17", 45)).await.expect(201);
    step(&world, "officer@A", &study, MEMBERS, json!({"completed_on": "2023-10-17"})).await.expect(200);
    let good = json!({"sampled": 20, "understood": 18, "outcome": "confirmed"});
    step(&world, "leader@D", &study, "verifications", good).await.expect(201);
    let found = format!("/api/v1/disseminations/{study}/verifications");
    let found = world.as_("viewer@A").await.get(&found).await.expect(200).body;
    let outcomes: Vec<_> = found["items"].as_array().unwrap().iter().map(|one| &one["outcome"]).collect();
    assert_eq!(outcomes, ["sent_back", "confirmed"]);
}

#[actix_web::test]
async fn lists_are_narrowed_by_what_was_done() {
    let world = World::new().await;
    let (first, second) = (paper(&world).await, paper(&world).await);
    for (by, paper) in [("officer@A", &first), ("officer@B", &first), ("officer@A1", &second)] {
        plan(&world, by, paper, json!({})).await.expect(201);
    }
    let told = async |by: &str, query: &str| {
        let page = world.as_(by).await.get(&format!("/api/v1/{query}")).await.expect(200).body;
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|one| one["unit"]["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let study = world.as_("viewer@B").await.get("/api/v1/disseminations").await.expect(200).body;
    let study = study["items"][0]["id"].as_str().unwrap().to_owned();
    step(&world, "officer@B", &study, "sessions", class("2023-10-15", 40)).await.expect(201);
    assert_eq!(told("viewer@D", "disseminations").await, ["A", "B", "A1"]);
    assert_eq!(told("viewer@D", "disseminations?state=in_progress,verified").await, ["B"]);
    assert_eq!(told("viewer@D", "disseminations?state=not_started").await, ["A", "A1"]);
    assert_eq!(told("viewer@D", "disseminations?state=completed").await, [""; 0]);
    step(&world, "officer@B", &study, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    assert_eq!(told("viewer@D", "disseminations?state=completed").await, ["B"]);
    assert_eq!(told("viewer@D", &format!("documents/{first}/disseminations")).await, ["A", "B"]);
    assert_eq!(told("viewer@A", &format!("documents/{first}/disseminations")).await, ["A"]);
    let under = format!("disseminations?under={}", world.unit("A"));
    assert_eq!(told("viewer@D", &under).await, ["A", "A1"]);
    let one = format!("disseminations?unit_id={}&document_id={second}", world.unit("A1"));
    assert_eq!(told("viewer@A", &one).await, ["A1"]);
}
