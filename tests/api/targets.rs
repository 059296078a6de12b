//! Targets: how they come to bind, and how figures are judged by them.

mod judged;
mod negotiated;
mod random;
mod reported;

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// A monthly indicator of D that is summed over periods and units, with more in the request.
async fn indicator(world: &World, more: Value) -> String {
    let mut body = json!({"unit_id": world.unit("D"), "code": "DV_MOI", "name": "Đảng viên mới",
        "measure_unit": "người", "direction": "higher", "decimals": 2, "over_periods": "sum", "over_units": "sum",
        "period_kind": "month"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_("officer@D#9").await.post("/api/v1/indicators", body).await.expect(201).id()
}

/// Puts a target of a unit on the table.
async fn offer(world: &World, by: &str, indicator: &str, unit: &str, more: Value) -> Answer {
    let mut body = json!({"indicator_id": indicator, "unit_id": world.unit(unit)});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/targets", body).await
}

/// Does a step on a target.
async fn step(world: &World, by: &str, target: &str, step: &str, body: Value) -> Answer {
    world.as_(by).await.post(&format!("/api/v1/targets/{target}/{step}"), body).await
}

/// A target that binds.
async fn target(world: &World, indicator: &str, unit: &str, more: Value) -> String {
    let id = offer(world, "officer@D#9", indicator, unit, more).await.expect(201).id();
    step(world, "leader@D", &id, "assign", json!({"reason": "Giao theo kế hoạch"})).await.expect(200);
    id
}

/// A value that is approved at once.
async fn value(world: &World, indicator: &str, unit: &str, period: &str, more: Value) -> String {
    let mut body = json!({"indicator_id": indicator, "unit_id": world.unit(unit), "period": period});
    let more = if more.is_object() { more } else { json!({"value": more}) };
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let by = world.as_(&format!("officer@{unit}")).await;
    let id = by.post("/api/v1/indicator-values", body).await.expect(201).id();
    let path = format!("/api/v1/indicator-values/{id}/approve");
    world.as_("leader@D").await.post(&path, json!({})).await.expect(200);
    id
}

async fn report(world: &World, name: &str, query: &str) -> Value {
    world.as_("viewer@D").await.get(&format!("/api/v1/reports/{name}?{query}")).await.expect(200).body
}

/// The figure of a unit as the roll-up tells it.
async fn rollup(world: &World, indicator: &str, unit: &str, more: &str) -> Value {
    let query = format!("indicator_id={indicator}&unit_id={}&{more}", world.unit(unit));
    report(world, "indicator-rollup", &query).await
}

/// Target, verdict, met, attainment, capped.
fn told(figure: &Value) -> [Value; 5] {
    ["target", "verdict", "met", "attainment", "attainment_capped"].map(|name| figure[name].clone())
}
