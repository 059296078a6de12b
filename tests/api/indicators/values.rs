//! Entering values, approving and returning them.

use super::{define, enter, indicator, step};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn a_value_is_entered_returned_mended_and_approved() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let value = enter(&world, &indicator, "A", "2023-09", json!({"value": 12})).await.expect(201);
    // September closes on the 14th.
    assert_eq!([&value.body["starts_on"], &value.body["ends_on"]], ["2023-08-15", "2023-09-14"]);
    let id = value.id();
    step(&world, "officer@D", &id, "return", json!({"reason": "Thiếu ấp 3"})).await.expect(403);
    step(&world, "leader@D", &id, "return", json!({})).await.expect_fault(422, "/reason", "reason_required");
    let back = step(&world, "leader@D", &id, "return", json!({"reason": "Thiếu ấp 3"})).await.expect(200);
    assert_eq!(back.body["status"], "returned");
    step(&world, "leader@D", &id, "approve", json!({})).await.expect_problem(409, "invalid_state");
    let officer = world.as_("officer@A").await;
    let path = format!("/api/v1/indicator-values/{id}");
    let mended = officer.patch(&path, 2, json!({"value": 15})).await.expect(200);
    assert_eq!([&mended.body["status"], &mended.body["value"]], [&json!("submitted"), &json!(15)]);
    let approved = step(&world, "leader@D", &id, "approve", json!({})).await.expect(200);
    assert_eq!(approved.body["approved_unit_id"], world.unit("D").to_string());
    let history = world.as_("viewer@D").await.get(&format!("{path}/history")).await.expect(200);
    let kinds: Vec<&str> =
        history.body["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap()).collect();
    let steps = ["entered", "returned", "changed", "approved"].map(|step| format!("indicator_value.{step}"));
    assert_eq!(kinds, steps);
}

/// Case 10: entered again by itself.
#[actix_web::test]
async fn case_10_what_was_approved_is_refused_with_the_approvers_unit() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let id = enter(&world, &indicator, "A", "2023-09", json!({"value": 12})).await.expect(201).id();
    enter(&world, &indicator, "A", "2023-09", json!({"value": 13}))
        .await
        .expect_problem(409, "already_exists");
    step(&world, "leader@D", &id, "approve", json!({})).await.expect(200);
    let refused = enter(&world, &indicator, "A", "2023-09", json!({"value": 13})).await;
    let refused = refused.expect_problem(409, "already_approved");
    assert_eq!(refused.body["unit"]["code"], "D");
    let officer = world.as_("officer@A").await;
    let path = format!("/api/v1/indicator-values/{id}");
    officer.patch(&path, 2, json!({"value": 13})).await.expect_problem(409, "already_approved");
}

#[actix_web::test]
async fn nobody_approves_what_they_entered_and_a_root_has_another_leader() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let body =
        json!({"indicator_id": indicator, "unit_id": world.unit("D"), "period": "2023-09", "value": 3});
    let id = world.as_("leader@D").await.post("/api/v1/indicator-values", body).await.expect(201).id();
    step(&world, "leader@D", &id, "approve", json!({})).await.expect_problem(403, "own_work");
    step(&world, "leader@D#2", &id, "approve", json!({})).await.expect(200);
}

#[actix_web::test]
async fn the_agency_of_an_indicator_approves_beside_the_units_above() {
    let world = World::new().await;
    let id =
        define(&world, json!({"agency_unit_id": world.unit("A"), "level": "branch"})).await.expect(201).id();
    let value = enter(&world, &id, "A1", "2023-09", json!({"value": 3})).await.expect(201).id();
    step(&world, "leader@A", &value, "approve", json!({})).await.expect(200);
    enter(&world, &id, "A", "2023-09", json!({"value": 3})).await.expect_fault(
        422,
        "/unit_id",
        "not_permitted_here",
    );
}

#[actix_web::test]
async fn each_kind_of_indicator_takes_its_own_fields() {
    let world = World::new().await;
    let ratio = json!({"code": "TY_LE", "measure_unit": "%", "over_units": "ratio", "decimals": 1});
    let ratio = define(&world, ratio).await.expect(201);
    assert_eq!(ratio.body["factor"], 100);
    let day = json!({"code": "MOC", "direction": "milestone", "over_units": "none"});
    let day = define(&world, day).await.expect(201).id();
    let word = json!({"code": "DT", "direction": "qualitative", "over_units": "none"});
    let word = define(&world, word).await.expect(201).id();
    let split = json!({"code": "DV", "dimensions": [{"code": "gioi", "name": "Giới", "items": [
        {"code": "nam", "name": "Nam"}, {"code": "nu", "name": "Nữ"}]}]});
    let split = define(&world, split).await.expect(201).id();
    let ratio = ratio.id();
    for (indicator, more, faults) in [
        (
            &ratio,
            json!({"value": 3}),
            vec!["#/value not_permitted_here", "#/numerator required", "#/denominator required"],
        ),
        (&ratio, json!({"numerator": 1.25, "denominator": 4}), vec!["#/numerator too_many_decimals"]),
        (&ratio, json!({"numerator": 1, "denominator": -4}), vec!["#/denominator out_of_range"]),
        (&day, json!({"value": 3}), vec!["#/value not_permitted_here", "#/reached_on required"]),
        (&day, json!({"reached_on": "2023-12-01"}), vec!["#/reached_on in_future"]),
        (&word, json!({}), vec!["#/verdict required"]),
        (&split, json!({"value": 1, "cell": ["khac"]}), vec!["#/cell unknown_reference"]),
        (&split, json!({"value": 1, "cell": ["nu", "nu"]}), vec!["#/cell unknown_reference"]),
        (&split, json!({"value": 1.5}), vec!["#/value too_many_decimals"]),
    ] {
        let answer = enter(&world, indicator, "A", "2023-09", more).await;
        let syntax = faults.iter().any(|fault| fault.ends_with("required"));
        let answer = answer.expect(if syntax { 400 } else { 422 });
        assert_eq!(answer.faults(), faults);
    }
    enter(&world, &ratio, "A", "2023-09", json!({"numerator": 1.5, "denominator": 0})).await.expect(201);
    enter(&world, &day, "A", "2023-09", json!({"reached_on": "2023-09-02"})).await.expect(201);
    enter(&world, &word, "A", "2023-09", json!({"verdict": "met"})).await.expect(201);
    enter(&world, &split, "A", "2023-09", json!({"value": 7})).await.expect(201);
    let women =
        enter(&world, &split, "A", "2023-09", json!({"value": 3, "cell": ["nu"], "qualifier": "over"})).await;
    assert_eq!(women.expect(201).body["cell"], json!(["nu"]));
    enter(&world, &split, "A", "2023-Q3", json!({"value": 3})).await.expect_fault(
        422,
        "/period",
        "not_permitted_here",
    );
    enter(&world, &split, "A", "2023-12", json!({"value": 3})).await.expect_fault(
        422,
        "/period",
        "in_future",
    );
    enter(&world, &split, "A", "2023-13", json!({"value": 3})).await.expect_fault(
        400,
        "/period",
        "malformed",
    );
    enter(&world, &split, "A", "2023-09", json!({"value": "1.234,5"})).await.expect_fault(
        400,
        "/value",
        "wrong_type",
    );
}
