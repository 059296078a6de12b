//! Indicators and the values that units report of them.
//!
//! The acceptance cases of numbers that come up the tree, each a test named `case_…`:
//!
//! | case | what holds | where |
//! | --- | --- | --- |
//! | 1 | a late entry restates only what it should | `rollup` |
//! | 2 | an amended grandchild moves the root and no other class | `rollup` |
//! | 3 | what is not approved, or left out, never goes up | `rollup` |
//! | 4 | shares are pooled by their parts | `rollup` |
//! | 5 | what changes above reaches who has not begun | `submissions::above` |
//! | 6 | a draft shows its holder and is taken over | `submissions::life` |
//! | 7 | weights weigh; who says nothing is listed | `rollup` |
//! | 8 | what is over the target, capped or not | `targets::judged` |
//! | 9 | each unit of the chain waits for the one before | `submissions::life` |
//! | 10 | approved already, and by whom | `values`, `submissions::refusals` |
//! | 11 | a compulsory field left empty | `submissions::refusals` |
//! | 12 | a locked period is not opened | `forms` |

mod at_once;
mod corrections;
mod loading;
mod parsed;
mod random;
mod rollup;
mod scale;
mod values;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A monthly indicator of D, with more in the request.
async fn define(world: &World, more: Value) -> Answer {
    let mut body = json!({"unit_id": world.unit("D"), "code": "HO_NGHEO", "name": "Số hộ nghèo",
        "measure_unit": "hộ", "direction": "lower", "decimals": 0, "over_periods": "latest", "over_units": "sum",
        "period_kind": "month"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_("officer@D#9").await.post("/api/v1/indicators", body).await
}

async fn indicator(world: &World) -> String {
    define(world, json!({})).await.expect(201).id()
}

/// Enters a value of a unit.
async fn enter(world: &World, indicator: &str, unit: &str, period: &str, more: Value) -> Answer {
    let mut body = json!({"indicator_id": indicator, "unit_id": world.unit(unit), "period": period});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(&format!("officer@{unit}")).await.post("/api/v1/indicator-values", body).await
}

async fn step(world: &World, by: &str, value: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/indicator-values/{value}/{step}"), body).await
}

/// Enters a value that is approved at once.
async fn approved(world: &World, indicator: &str, unit: &str, period: &str, more: Value) -> String {
    let id = enter(world, indicator, unit, period, more).await.expect(201).id();
    step(world, "leader@D", &id, "approve", json!({})).await.expect(200);
    id
}

#[actix_web::test]
async fn a_code_stands_once_in_a_tree_and_an_id_that_is_sent_again_is_answered_again() {
    let world = World::new().await;
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a41";
    define(&world, json!({"id": id})).await.expect(201);
    define(&world, json!({"id": id})).await.expect(200);
    define(&world, json!({"id": id, "name": "Khác"})).await.expect_problem(409, "id_conflict");
    define(&world, json!({})).await.expect_problem(409, "already_exists");
}

#[actix_web::test]
async fn what_contradicts_itself_is_refused_by_field() {
    let world = World::new().await;
    let code = |code: &str| json!({"code": code});
    for (more, at, fault) in [
        (json!({"over_units": "weighted_average"}), "/weight_indicator_id", "required"),
        (json!({"direction": "milestone"}), "/over_units", "not_permitted_here"),
        (json!({"regime": "lich_rieng"}), "/regime", "unknown_reference"),
        (json!({"level": "hamlet"}), "/level", "unknown_value"),
        (json!({"formula": "100 * X +"}), "/formula", "malformed"),
        (json!({"formula": "100 * X"}), "/formula", "not_permitted_here"),
        (
            json!({"dimensions": [{"code": "d", "name": "D", "items": []}]}),
            "/dimensions/0/items",
            "may_not_be_empty",
        ),
    ] {
        let status = if ["malformed", "required"].contains(&fault) { 400 } else { 422 };
        define(&world, more).await.expect_fault(status, at, fault);
    }
    let body = json!({"unit_id": world.unit("D"), "code": "X", "name": "X", "measure_unit": "%", "direction": "higher",
        "period_kind": "month"});
    let answer = world.as_("officer@D").await.post("/api/v1/indicators", body).await.expect(400);
    assert_eq!(answer.faults(), ["#/over_periods required", "#/over_units required"]);
    define(&world, code("HO_NGHEO")).await.expect(201);
    define(&world, code("SO_HO")).await.expect(201);
    define(&world, json!({"code": "TY_LE", "formula": "100 * HO_NGHEO / SO_HO"})).await.expect(201);
    // A formula of formulas could run in a circle.
    define(&world, json!({"code": "TY_LE_2", "formula": "TY_LE * 2"})).await.expect_fault(
        422,
        "/formula",
        "not_permitted_here",
    );
}

#[actix_web::test]
async fn an_indicator_that_others_count_by_stays() {
    let world = World::new().await;
    let poor = indicator(&world).await;
    let all = define(&world, json!({"code": "SO_HO"})).await.expect(201).id();
    define(&world, json!({"code": "TY_LE", "formula": "100 * HO_NGHEO / SO_HO"})).await.expect(201);
    define(&world, json!({"code": "BQ", "over_units": "weighted_average", "weight_indicator_id": all}))
        .await
        .expect(201);
    let spare = define(&world, json!({"code": "THUA"})).await.expect(201).id();
    enter(&world, &spare, "A", "2023-09", json!({"value": 1})).await.expect(201);
    let officer = world.as_("officer@D").await;
    for id in [&poor, &all, &spare] {
        let path = format!("/api/v1/indicators/{id}");
        officer.delete(&path, 1).await.expect_problem(409, "in_use");
    }
}

#[actix_web::test]
async fn a_retired_indicator_is_found_apart_and_takes_no_later_period() {
    let world = World::new().await;
    let id = indicator(&world).await;
    let officer = world.as_("officer@D").await;
    officer
        .patch(&format!("/api/v1/indicators/{id}"), 1, json!({"retired_on": "2023-08-15"}))
        .await
        .expect(200);
    let found = async |query: &str| {
        let page = world.as_("viewer@D").await.get(&format!("/api/v1/indicators?{query}")).await.expect(200);
        page.body["items"].as_array().unwrap().len()
    };
    assert_eq!(
        [found("retired=true").await, found("retired=false").await, found("q=ho%20ngheo").await],
        [1, 0, 1]
    );
    enter(&world, &id, "A", "2023-08", json!({"value": 1})).await.expect(201);
    enter(&world, &id, "A", "2023-09", json!({"value": 1})).await.expect_fault(
        422,
        "/period",
        "not_permitted_here",
    );
}
