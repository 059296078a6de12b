//! Offered, answered, agreed or decided; changed only with a reason and a document; every version kept.

use super::{indicator, offer, report, step, target};
use crate::harness::World;
use serde_json::{Value, json};

async fn versions(world: &World, target: &str) -> Vec<String> {
    let path = format!("/api/v1/targets/{target}/versions");
    let page = world.as_("viewer@A").await.get(&path).await.expect(200).body;
    let line = |one: &Value| {
        let text = |name: &str| one[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {} {}", one["n"], text("command"), text("status"), one["value"], text("reason"))
    };
    page["items"].as_array().unwrap().iter().map(line).collect()
}

#[actix_web::test]
async fn both_figures_are_kept_and_the_agreed_one_binds() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let made = offer(&world, "officer@D", &of, "A", json!({"period": "2023", "value": 50})).await.expect(201);
    assert_eq!(
        [&made.body["status"], &made.body["starts_on"], &made.body["ends_on"]],
        ["proposed", "2022-12-15", "2023-12-14"]
    );
    let id = made.id();
    let body = json!({"value": 45, "reason": "Còn 45 quần chúng ưu tú"});
    step(&world, "officer@A", &id, "counter", body).await.expect(200);
    // Nothing binds yet: nothing is judged.
    let binds = async || report(&world, "target-progress", &format!("target_id={id}")).await["binds"].clone();
    assert_eq!(binds().await, false);
    step(&world, "officer@D", &id, "propose", json!({"value": 47})).await.expect(200);
    // Who answers is the other side, and not the officer.
    step(&world, "leader@D", &id, "agree", json!({})).await.expect(403);
    step(&world, "officer@A", &id, "agree", json!({})).await.expect(403);
    let agreed =
        step(&world, "leader@A", &id, "agree", json!({"comment": "Thống nhất 47"})).await.expect(200);
    assert_eq!(
        [&agreed.body["status"], &agreed.body["value"], &agreed.body["version"]],
        [&json!("agreed"), &json!(47), &json!(4)]
    );
    assert_eq!(binds().await, true);
    step(&world, "officer@A", &id, "counter", json!({"value": 46, "reason": "Khác"}))
        .await
        .expect_problem(409, "invalid_state");
    assert_eq!(
        versions(&world, &id).await,
        [
            "1 propose proposed 50 -",
            "2 counter countered 45 Còn 45 quần chúng ưu tú",
            "3 propose proposed 47 -",
            "4 agree agreed 47 Thống nhất 47",
        ]
    );
}

#[actix_web::test]
async fn a_unit_registers_and_its_superior_agrees_but_nobody_with_themselves() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let made = offer(&world, "leader@A", &of, "A", json!({"period": "2023", "value": 40})).await.expect(201);
    assert_eq!(made.body["status"], "registered");
    step(&world, "leader@A", &made.id(), "agree", json!({})).await.expect(403);
    step(&world, "leader@D", &made.id(), "agree", json!({})).await.expect(200);
    // At the top of a tree the same office stands on both sides, but not the same person.
    let own = offer(&world, "leader@D", &of, "D", json!({"period": "2023", "value": 90})).await.expect(201);
    assert_eq!(own.body["status"], "proposed");
    step(&world, "leader@D", &own.id(), "agree", json!({})).await.expect_problem(403, "own_work");
    step(&world, "leader@D#2", &own.id(), "agree", json!({})).await.expect(200);
}

#[actix_web::test]
async fn what_binds_changes_only_with_reason_and_document_and_not_after_its_time() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let id = target(&world, &of, "A", json!({"period": "2023", "value": 50})).await;
    let paper = json!({"issuer_unit_id": world.unit("D"), "type": "NQ", "title": "Điều chỉnh chỉ tiêu"});
    let paper = world.as_("officer@D").await.post("/api/v1/documents", paper).await.expect(201).id();
    let answer = step(&world, "leader@D", &id, "rebaseline", json!({"value": 40})).await.expect(400);
    assert_eq!(answer.faults(), ["#/reason reason_required", "#/document_id required"]);
    let body = json!({"value": 40, "reason": "Sáp nhập hai ấp", "document_id": world.unit("D")});
    step(&world, "leader@D", &id, "rebaseline", body.clone()).await.expect_fault(
        422,
        "/document_id",
        "unknown_reference",
    );
    let body = json!({"value": 40, "reason": "Sáp nhập hai ấp", "document_id": paper});
    step(&world, "leader@D", &id, "rebaseline", body.clone()).await.expect(200);
    let empty = json!({"reason": "Không nêu số", "document_id": paper});
    step(&world, "leader@D", &id, "rebaseline", empty).await.expect_fault(400, "/value", "required");
    let past = target(&world, &of, "A", json!({"period": "2022", "value": 50})).await;
    step(&world, "leader@D", &past, "rebaseline", body).await.expect_fault(422, "", "not_permitted_here");
}

#[actix_web::test]
async fn what_contradicts_itself_is_refused_by_field() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let refused = async |indicator: &str, more: Value| {
        let answer = offer(&world, "officer@D", indicator, "A", more).await;
        assert!([400, 422].contains(&answer.status), "{}", answer.text);
        answer.faults().join(", ")
    };
    assert_eq!(refused(&of, json!({"value": 1})).await, "#/period required");
    assert_eq!(
        refused(&of, json!({"period": "2023", "due_on": "2023-12-31", "value": 1})).await,
        "#/due_on not_permitted_here"
    );
    assert_eq!(
        refused(&of, json!({"period": "2023", "due_exclusive": true, "value": 1})).await,
        "#/due_exclusive not_permitted_here"
    );
    assert_eq!(refused(&of, json!({"period": "2023"})).await, "#/value required");
    assert_eq!(
        refused(&of, json!({"period": "2023", "value": 5, "value_to": 4})).await,
        "#/value_to not_permitted_here"
    );
    assert_eq!(
        refused(&of, json!({"period": "2023", "value": 5, "weight": 1})).await,
        "#/weight not_permitted_here"
    );
    assert_eq!(refused(&of, json!({"period": "2023-W40", "value": 5})).await, "#/period not_permitted_here");
    let path = |steps: Value| json!({"period": "2021-2025", "value": 100, "path": steps});
    assert_eq!(
        refused(&of, path(json!([{"period": "2026", "value": 1}]))).await,
        "#/path/0/period not_permitted_here"
    );
    let years = |last: i64| {
        let years = ["2021", "2022", "2023", "2024", "2025"];
        let steps = years
            .iter()
            .map(|year| json!({"period": year, "value": if *year == "2025" { last } else { 20 }}));
        steps.collect::<Value>()
    };
    assert_eq!(refused(&of, path(years(21))).await, "#/path not_permitted_here");
    offer(&world, "officer@D", &of, "A", path(years(20))).await.expect(201);
    offer(&world, "officer@D", &of, "A", path(years(20))).await.expect_problem(409, "already_exists");
    let day = indicator(&world, json!({"code": "MOC", "direction": "milestone", "over_units": "none"})).await;
    assert_eq!(
        refused(&day, json!({"due_on": "2023-12-31", "value": 3})).await,
        "#/value not_permitted_here"
    );
    let word =
        indicator(&world, json!({"code": "DT", "direction": "qualitative", "over_units": "none"})).await;
    assert_eq!(refused(&word, json!({"period": "2023"})).await, "#/wording required");
    let band = indicator(&world, json!({"code": "KHOANG", "direction": "band"})).await;
    assert_eq!(refused(&band, json!({"period": "2023", "value": 3})).await, "#/value_to required");
    // "Trước năm 2025": the last good day is that before.
    let body = json!({"due_on": "2025-01-01", "due_exclusive": true});
    let made = offer(&world, "officer@D", &day, "A", body).await.expect(201).body;
    assert_eq!([&made["ends_on"], &made["starts_on"]], ["2024-12-31", "2024-12-15"]);
}

#[actix_web::test]
async fn what_was_withdrawn_makes_room_and_an_id_sent_again_is_answered_again() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a77";
    let body = json!({"id": id, "period": "2023", "value": 50});
    offer(&world, "officer@D", &of, "A", body.clone()).await.expect(201);
    offer(&world, "officer@D", &of, "A", body.clone()).await.expect(200);
    let other = json!({"id": id, "period": "2023", "value": 51});
    offer(&world, "officer@D", &of, "A", other).await.expect_problem(409, "id_conflict");
    // A stranger learns nothing of it.
    offer(&world, "officer@B", &of, "B", body).await.expect_problem(409, "id_conflict");
    step(&world, "leader@D", id, "withdraw", json!({"reason": "Trùng"})).await.expect(200);
    offer(&world, "officer@D", &of, "A", json!({"period": "2023", "value": 52})).await.expect(201);
    let path = format!("/api/v1/targets?indicator_id={of}&status=proposed");
    let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(page["items"][0]["value"], 52);
}

#[actix_web::test]
async fn a_target_is_read_as_it_is_typed_and_can_be_sent_so() {
    let world = World::new().await;
    let of = indicator(&world, json!({"measure_unit": "hộ"})).await;
    let share = json!({"code": "TL", "measure_unit": "%", "over_periods": "latest", "over_units": "ratio"});
    let share = indicator(&world, share).await;
    let read = async |indicator: &str, text: &str| {
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let path = format!("/api/v1/targets/parse-value?text={text}&indicator_id={indicator}");
        world.as_("officer@A").await.get(&path).await
    };
    for (n, (indicator, text, value, upper, qualifier)) in [
        (&of, "45 - 50", json!(45), json!(50), "exactly"),
        (&of, "trên 650 hộ", json!(650), json!(null), "over"),
        (&of, "1.234,5", json!(1234.5), json!(null), "exactly"),
        (&share, "98,62 %", json!(98.62), json!(null), "exactly"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut said = read(indicator, text).await.expect(200).body;
        assert_eq!(
            [&said["value"], &said["value_to"], &said["qualifier"]],
            [&value, &upper, &json!(qualifier)],
            "{text}"
        );
        said.as_object_mut().unwrap().remove("told");
        said["period"] = json!(format!("2023-0{}", n + 1));
        let kept = offer(&world, "officer@D", indicator, "A", said).await.expect(201).body;
        assert_eq!([&kept["value"], &kept["value_to"]], [&value, &upper], "{text}");
    }
    let refused = read(&of, "98,62 %").await.expect(422);
    assert_eq!(refused.faults(), ["text unreadable_figure"]);
    assert_eq!(read(&of, "1,234").await.expect(422).faults(), ["text ambiguous_figure"]);
}
