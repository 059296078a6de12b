//! What is refused, and to whom.

use super::{at, duty};
use crate::harness::World;
use serde_json::{Value, json};

fn body(world: &World, more: Value) -> Value {
    let mut body = json!({"title": "Giao ban", "unit_id": world.unit("A1"), "every": "week", "due_day": 5});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[actix_web::test]
async fn days_must_fit_their_period() {
    let world = World::new().await;
    let leader = world.as_("leader@A1").await;
    for (more, faults) in [
        (json!({"due_day": 8}), vec!["#/due_day out_of_range"]),
        (json!({"every": "month", "due_day": 32}), vec!["#/due_day out_of_range"]),
        (
            json!({"every": "quarter", "due_day": 93, "lead_days": 93}),
            vec!["#/due_day out_of_range", "#/lead_days out_of_range"],
        ),
        (json!({"lead_days": 8}), vec!["#/lead_days out_of_range"]),
        (json!({"starts_on": "2023-11-01", "ends_on": "2023-10-31"}), vec!["#/ends_on end_before_start"]),
        (json!({"every": "day"}), vec!["#/every unknown_value"]),
        (json!({"assigner_unit_id": world.unit("A1")}), vec!["#/assigner_unit_id not_permitted_here"]),
        (json!({"assigner_unit_id": world.unit("B")}), vec!["#/assigner_unit_id unknown_reference"]),
        (json!({"document_id": world.unit("A")}), vec!["#/document_id unknown_reference"]),
        (
            json!({"document_id": world.unit("A"), "due_day": 8}),
            vec!["#/document_id unknown_reference", "#/due_day out_of_range"],
        ),
        (json!({"unit_id": world.unit("B1")}), vec!["#/unit_id unknown_reference"]),
    ] {
        let answer = leader.post("/api/v1/recurring-duties", body(&world, more.clone())).await.expect(422);
        assert_eq!(answer.faults(), faults, "{more}");
    }
    for (every, most) in [("week", 7), ("month", 31), ("quarter", 92), ("half_year", 184), ("year", 366)] {
        let good =
            body(&world, json!({"every": every, "due_day": most, "lead_days": most, "due_from": "end"}));
        leader.post("/api/v1/recurring-duties", good).await.expect(201);
    }
    // A patch is held against what stands already.
    let id = duty(&world, "leader@A1", json!({})).await;
    let answer = leader.patch(&at(&id), 1, json!({"every": "week"})).await;
    answer.expect_fault(422, "/due_day", "out_of_range");
    let answer = leader.patch(&at(&id), 1, json!({"ends_on": "2023-10-14"})).await;
    answer.expect_fault(422, "/ends_on", "end_before_start");
    leader
        .patch(&at(&id), 1, json!({"every": "week", "due_day": 7, "ends_on": "2023-10-15"}))
        .await
        .expect(200);
    let cleared =
        leader.patch(&at(&id), 2, json!({"ends_on": null, "lead_individual": null})).await.expect(200);
    assert_eq!((&cleared.body["ends_on"], &cleared.body["lead_individual"]), (&Value::Null, &Value::Null));
    leader.patch(&at(&id), 2, json!({})).await.expect_problem(412, "stale_version");
}

#[actix_web::test]
async fn the_horizon_is_a_year() {
    let world = World::new().await;
    let id = duty(&world, "leader@A1", json!({"every": "week", "due_day": 5})).await;
    let leader = world.as_("leader@A1").await;
    for until in ["2023-10-14", "2024-10-16"] {
        let answer = leader.post(&format!("{}/materialise", at(&id)), json!({"until": until})).await;
        answer.expect_fault(422, "/until", "out_of_range");
        let answer = leader.get(&format!("{}/upcoming?until={until}", at(&id))).await.expect(422);
        assert_eq!(answer.faults(), ["until out_of_range"]);
    }
    let all = leader.get(&format!("{}/upcoming", at(&id))).await.expect(200).body;
    assert_eq!(all["items"].as_array().unwrap().len(), 52);
    let made = leader.post(&format!("{}/materialise", at(&id)), json!({"until": "2024-10-15"})).await;
    // The week that holds the last day has begun, though it is due after it.
    assert_eq!(made.expect(200).body["items"].as_array().unwrap().len(), 53);
}

#[actix_web::test]
async fn secret_texts_are_refused() {
    let world = World::new().await;
    let leader = world.as_("leader@A1").await;
    let id = duty(&world, "leader@A1", json!({})).await;
    for field in ["title", "description", "expected_product"] {
        let stamped = json!({field: "TỐI MẬT"});
        let answer = leader.post("/api/v1/recurring-duties", body(&world, stamped.clone())).await;
        assert_eq!(
            answer.expect_problem(422, "classified_content").faults(),
            [format!("#/{field} classified_content")]
        );
        leader.patch(&at(&id), 1, stamped).await.expect_problem(422, "classified_content");
    }
    let answer = leader.post(&format!("{}/pause", at(&id)), json!({"reason": "[MẬT]"})).await;
    assert_eq!(answer.expect_problem(422, "classified_content").faults(), ["#/reason classified_content"]);
}

#[actix_web::test]
async fn clients_may_bring_ids() {
    let world = World::new().await;
    let (mine, strange) = (world.as_("leader@A1").await, world.as_("leader@B1").await);
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a99";
    let new = body(&world, json!({"id": id, "description": "Thứ Sáu"}));
    mine.post("/api/v1/recurring-duties", new.clone()).await.expect(201);
    let before = world.events().await;
    let again = mine.post("/api/v1/recurring-duties", new).await.expect(200);
    assert_eq!((again.id().as_str(), again.header("etag")), (id, "\"v1\""));
    let other = body(&world, json!({"id": id, "description": "Thứ Hai"}));
    mine.post("/api/v1/recurring-duties", other).await.expect_problem(409, "id_conflict");
    let theirs = body(&world, json!({"id": id, "unit_id": world.unit("B1"), "description": "Thứ Sáu"}));
    let refused =
        strange.post("/api/v1/recurring-duties", theirs.clone()).await.expect_problem(409, "id_conflict");
    assert!(!refused.text.contains("Giao ban"), "{}", refused.text);
    // Neither do the ids of what is deleted come free.
    mine.delete(&at(id), 1).await.expect(204);
    strange.post("/api/v1/recurring-duties", theirs).await.expect_problem(409, "id_conflict");
    assert_eq!(world.events().await, before + 1);
}

#[actix_web::test]
async fn lists_go_on_where_they_stopped() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for every in ["week", "month", "year"] {
        ids.push(duty(&world, "leader@A1", json!({"every": every, "due_day": 1})).await);
    }
    duty(&world, "leader@B1", json!({"unit_id": world.unit("B1")})).await;
    let leader = world.as_("leader@A").await;
    let page = leader.get("/api/v1/recurring-duties?limit=2&fields=id").await.expect(200).body;
    assert_eq!(page["items"], json!([{"id": ids[0]}, {"id": ids[1]}]));
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = leader.get(&format!("/api/v1/recurring-duties?limit=2&fields=id&cursor={cursor}")).await;
    let rest = rest.expect(200).body;
    assert_eq!((&rest["items"], &rest["next_cursor"]), (&json!([{"id": ids[2]}]), &Value::Null));
    let other = format!("/api/v1/recurring-duties?every=week&cursor={cursor}");
    assert_eq!(leader.get(&other).await.expect(400).faults(), ["cursor cursor_mismatch"]);
    for (filter, count) in [
        ("every=week,year", 2),
        ("status=paused", 0),
        ("status=active", 3),
        (&*format!("unit_id={}", world.unit("A1")), 3),
        (&*format!("assigner_unit_id={}", world.unit("D")), 0),
        (&*format!("under={}", world.unit("A2")), 0),
    ] {
        let page = leader.get(&format!("/api/v1/recurring-duties?{filter}")).await.expect(200).body;
        assert_eq!(page["items"].as_array().unwrap().len(), count, "{filter}");
    }
}
