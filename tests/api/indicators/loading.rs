//! Loading indicators and values as history.

use super::indicator;
use crate::harness::World;
use actix_web::http::Method;
use serde_json::{Value, json};

async fn send(world: &World, by: &str, text: &str) -> Value {
    let caller = world.as_(by).await.with("content-type", "application/x-ndjson");
    caller.send(Method::POST, "/api/v1/imports", Some(text.to_owned())).await.expect(200).body
}

async fn load(world: &World, lines: &[Value]) -> Value {
    let text: Vec<String> = lines.iter().map(Value::to_string).collect();
    send(world, "admin@D", &text.join("\n")).await
}

#[actix_web::test]
async fn values_are_loaded_as_approved_and_a_later_line_corrects() {
    let world = World::new().await;
    let new = json!({"unit_id": world.unit("D"), "code": "HO_NGHEO", "name": "Số hộ nghèo", "measure_unit": "hộ",
        "direction": "lower", "over_periods": "latest", "over_units": "sum", "period_kind": "month"});
    let made =
        load(&world, &[json!({"op": "indicator.create", "at": "2023-01-02T08:00:00+07:00", "data": new})])
            .await;
    assert_eq!(made["accepted"], 1, "{made}");
    let indicator = &made["lines"][0]["id"];
    let line = |at: &str, more: Value| {
        let mut data = json!({"indicator_id": indicator, "unit_id": world.unit("A"), "period": "2023-09"});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"op": "indicator_value.load", "at": format!("{at}T08:00:00+07:00"), "data": data})
    };
    let made = load(
        &world,
        &[
            line("2023-09-15", json!({"value": 1})),
            line("2023-09-20", json!({"value": 2})),
            line("2023-09-20", json!({"value": 2})),
            line("2023-09-18", json!({"value": 3})),
            line("2023-09-21", json!({"value": 3, "status": "returned"})),
        ],
    )
    .await;
    let statuses: Vec<&Value> =
        made["lines"].as_array().unwrap().iter().map(|line| &line["status"]).collect();
    assert_eq!(statuses, [201, 200, 200, 422, 422], "{made}");
    let id = made["lines"][0]["id"].as_str().unwrap();
    let value =
        world.as_("viewer@D").await.get(&format!("/api/v1/indicator-values/{id}")).await.expect(200).body;
    assert_eq!(
        [&value["value"], &value["status"], &value["source"]],
        [&json!(2), &json!("approved"), &json!("loaded")]
    );
}

#[actix_web::test]
async fn a_value_outside_the_loaders_territory_is_an_unknown_reference() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let data =
        json!({"indicator_id": indicator, "unit_id": world.unit("B"), "period": "2023-09", "value": 1});
    let line = json!({"op": "indicator_value.load", "at": "2023-09-15T08:00:00+07:00", "data": data});
    let made = send(&world, "admin@A", &line.to_string()).await;
    assert_eq!(made["lines"][0]["problem"]["errors"][0]["pointer"], "#/data/unit_id", "{made}");
}
