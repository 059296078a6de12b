//! Figures of indicators over periods and units: the cases that peers got wrong.

use super::{approved, define, enter, indicator, step};
use crate::harness::World;
use serde_json::{Value, json};

async fn rollup(world: &World, indicator: &str, unit: &str, more: &str) -> Value {
    let path = format!(
        "/api/v1/reports/indicator-rollup?indicator_id={indicator}&unit_id={}&{more}",
        world.unit(unit)
    );
    world.as_("viewer@D").await.get(&path).await.expect(200).body
}

/// The figure of each period from the first one on.
async fn cumulated(world: &World, indicator: &str, unit: &str) -> Vec<Value> {
    let path = format!(
        "/api/v1/reports/indicator-trend?indicator_id={indicator}&unit_id={}&from=2023-07&to=2023-09&cumulative=true",
        world.unit(unit)
    );
    let trend = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    trend["points"].as_array().unwrap().iter().map(|point| point["actual"].clone()).collect()
}

async fn correct(world: &World, value: &str, number: i64) {
    let ask = json!({"value": number, "reason": "Nhập sót"});
    let asked = step(world, "officer@A", value, "corrections", ask).await.expect(201).id();
    step(world, "leader@D", value, &format!("corrections/{asked}/approve"), json!({})).await.expect(200);
}

/// Case 1: cumulative, with a late entry into the first period.
#[actix_web::test]
async fn case_01_a_late_entry_into_the_first_period_restates_only_what_it_should() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let first = approved(&world, &of, "A", "2023-07", json!({"value": 1})).await;
    correct(&world, &first, 2).await;
    let second = approved(&world, &of, "A", "2023-08", json!({"value": 3})).await;
    correct(&world, &second, 5).await;
    assert_eq!(cumulated(&world, &of, "A").await, [2, 5, 5]);
    correct(&world, &first, 3).await;
    assert_eq!(cumulated(&world, &of, "A").await, [3, 5, 5]);
}

/// Case 2: an amended grandchild moves the root, and no other class.
#[actix_web::test]
async fn case_02_an_amended_grandchild_moves_the_root_and_no_other_class() {
    let world = World::new().await;
    let classes = json!({"code": "HV", "dimensions": [{"code": "gioi", "name": "Giới", "items": [
        {"code": "nam", "name": "Nam"}, {"code": "nu", "name": "Nữ"}]}]});
    let of = define(&world, classes).await.expect(201).id();
    let men = json!(["nam"]);
    approved(&world, &of, "A1", "2023-09", json!({"value": 20, "cell": men})).await;
    approved(&world, &of, "A2", "2023-09", json!({"value": 30, "cell": men})).await;
    approved(&world, &of, "A1", "2023-09", json!({"value": 75, "cell": ["nu"]})).await;
    let id = approved(&world, &of, "B1", "2023-09", json!({"value": 15, "cell": men})).await;
    let cells = async || {
        let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09").await;
        let cells = told["cells"].as_array().unwrap().iter().map(|cell| cell["actual"].clone());
        [told["whole"]["actual"].clone()].into_iter().chain(cells).collect::<Vec<Value>>()
    };
    // The total is that of the classes, since no total was given.
    assert_eq!(cells().await, [140, 65, 75]);
    let ask = json!({"value": 20, "reason": "Nhập sót"});
    let asked = step(&world, "officer@B1", &id, "corrections", ask).await.expect(201).id();
    step(&world, "leader@D", &id, &format!("corrections/{asked}/approve"), json!({})).await.expect(200);
    assert_eq!(cells().await, [145, 70, 75]);
    let women = rollup(&world, &of, "D", "from=2023-09&to=2023-09&cell=nu").await;
    assert_eq!([&women["whole"]["actual"], &women["cells"]], [&json!(75), &json!([])]);
}

/// Case 3: what is not approved never goes up, nor does what is not to be aggregated.
#[actix_web::test]
async fn case_03_unapproved_and_excluded_values_never_go_up() {
    let world = World::new().await;
    let of = indicator(&world).await;
    approved(&world, &of, "A", "2023-09", json!({"value": 10})).await;
    enter(&world, &of, "B", "2023-09", json!({"value": 7})).await.expect(201);
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09").await;
    assert_eq!(
        [&told["whole"]["actual"], &told["whole"]["units_reported"], &told["whole"]["units"]],
        [10, 1, 2]
    );
    assert_eq!(told["whole"]["complete"], false);
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09&include=submitted").await;
    assert_eq!(told["whole"]["actual"], 17);
    let path = format!("/api/v1/indicators/{of}/exclusions");
    let body = json!({"unit_id": world.unit("A"), "from_on": "2023-09-01", "reason": "Tính riêng"});
    let exclusion = world.as_("officer@D").await.post(&path, body).await.expect(201).id();
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09&include=submitted&explain=true").await;
    assert_eq!([&told["whole"]["actual"], &told["whole"]["units"]], [7, 1]);
    // Its own figure stays.
    assert_eq!(told["rows"][0]["actual"], 10);
    assert_eq!(told["explain"]["left_out"][0]["reason"], "excluded");
    let end = json!({"until_on": "2023-09-13"});
    world.as_("officer@D").await.post(&format!("{path}/{exclusion}/end"), end).await.expect(200);
    assert_eq!(rollup(&world, &of, "D", "from=2023-09&to=2023-09").await["whole"]["actual"], 10);
}

/// Case 4: shares are pooled by their parts.
#[actix_web::test]
async fn case_04_shares_are_pooled_by_their_parts() {
    let world = World::new().await;
    let ratio = json!({"code": "TY_LE", "measure_unit": "%", "over_units": "ratio"});
    let of = define(&world, ratio).await.expect(201).id();
    approved(&world, &of, "A", "2023-09", json!({"numerator": 1, "denominator": 2})).await;
    approved(&world, &of, "B", "2023-09", json!({"numerator": 90, "denominator": 100})).await;
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09&explain=true").await;
    assert_eq!(told["whole"]["actual"], 89.22);
    assert_eq!([&told["rows"][0]["actual"], &told["rows"][1]["actual"]], [50, 90]);
    let parts = told["explain"]["parts"].as_array().unwrap();
    assert_eq!([&parts[1]["numerator"], &parts[1]["denominator"]], [90, 100]);
}

/// Case 7: weights, a weight of exactly 1, and a unit without a value.
#[actix_web::test]
async fn case_07_weights_weigh_and_who_says_nothing_is_listed_and_not_counted() {
    let world = World::new().await;
    let weight = define(&world, json!({"code": "SO_HO"})).await.expect(201).id();
    let weighted = json!({"code": "BQ", "over_units": "weighted_average", "weight_indicator_id": weight, "level": "branch"});
    let of = define(&world, weighted).await.expect(201).id();
    for (unit, value, weighs) in [("A1", 50, 2), ("B1", 50, 3)] {
        approved(&world, &of, unit, "2023-09", json!({"value": value})).await;
        approved(&world, &weight, unit, "2023-09", json!({"value": weighs})).await;
    }
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09&explain=true").await;
    assert_eq!(
        [&told["whole"]["actual"], &told["whole"]["units"], &told["whole"]["units_reported"]],
        [50, 3, 2]
    );
    assert_eq!(told["explain"]["left_out"][0]["unit"]["code"], "A2");
    approved(&world, &of, "A2", "2023-09", json!({"value": 80})).await;
    let told = rollup(&world, &of, "D", "from=2023-09&to=2023-09&explain=true").await;
    assert_eq!(told["whole"]["actual"], 50, "without a weight it is left out");
    assert_eq!(told["explain"]["left_out"][0]["reason"], "no_weight");
    approved(&world, &weight, "A2", "2023-09", json!({"value": 1})).await;
    assert_eq!(rollup(&world, &of, "D", "from=2023-09&to=2023-09").await["whole"]["actual"], 55);
}

#[actix_web::test]
async fn a_formula_is_computed_of_parts_that_were_summed_first() {
    let world = World::new().await;
    let poor = indicator(&world).await;
    let all = define(&world, json!({"code": "SO_HO"})).await.expect(201).id();
    let rate = json!({"code": "TL", "measure_unit": "%", "formula": "100 * HO_NGHEO / SO_HO"});
    let rate = define(&world, rate).await.expect(201).id();
    for (unit, n, of) in [("A", 10, 100), ("B", 1, 500)] {
        approved(&world, &poor, unit, "2023-09", json!({"value": n})).await;
        approved(&world, &all, unit, "2023-09", json!({"value": of})).await;
    }
    let told = rollup(&world, &rate, "D", "from=2023-09&to=2023-09").await;
    assert_eq!(
        [&told["whole"]["actual"], &told["rows"][0]["actual"], &told["rows"][1]["actual"]],
        [&json!(1.83), &json!(10), &json!(0.2)]
    );
    assert_eq!(told["whole"]["complete"], true);
    enter(&world, &rate, "A", "2023-09", json!({"value": 1})).await.expect_fault(
        422,
        "/indicator_id",
        "not_permitted_here",
    );
    let told = rollup(&world, &rate, "D", "from=2023-08&to=2023-08").await;
    assert_eq!([&told["whole"]["actual"], &told["whole"]["because"]], [&Value::Null, &json!("part_missing")]);
}

#[actix_web::test]
async fn a_past_day_tells_what_was_known_then_and_that_it_was_corrected_since() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = approved(&world, &of, "A", "2023-09", json!({"value": 15})).await;
    world.go_to("2023-10-20").await;
    correct(&world, &id, 20).await;
    let then = rollup(&world, &of, "D", "from=2023-09&to=2023-09&as_of=2023-10-15&explain=true").await;
    assert_eq!([&then["whole"]["actual"], &then["explain"]["corrected_since"]], [15, 1]);
    let now = rollup(&world, &of, "D", "from=2023-09&to=2023-09&explain=true").await;
    assert_eq!([&now["whole"]["actual"], &now["explain"]["corrected_since"]], [20, 0]);
    let before = rollup(&world, &of, "D", "from=2023-09&to=2023-09&as_of=2023-10-14").await;
    assert_eq!([&before["whole"]["actual"], &before["whole"]["because"]], [&Value::Null, &json!("no_data")]);
}

#[actix_web::test]
async fn the_answer_is_known_until_something_changes_and_bad_ends_are_refused() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let path = format!("/api/v1/reports/indicator-rollup?indicator_id={of}&unit_id={}", world.unit("D"));
    let viewer = world.as_("viewer@D").await;
    // While an older transaction of the server is open, the tag may change without need.
    crate::events::settle(&world).await;
    let first = viewer.get(&path).await.expect(200);
    let tag = first.header("etag").to_owned();
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(304);
    approved(&world, &of, "A", "2023-09", json!({"value": 15})).await;
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(200);
    for (more, status, code) in [
        ("&from=2023-13", 400, "malformed"),
        ("&from=2023-09&to=2023-08", 422, "end_before_start"),
        ("&cell=nu", 422, "unknown_value"),
    ] {
        let refused = world.as_("viewer@D").await.get(&format!("{path}{more}")).await.expect(status);
        assert_eq!(refused.body["errors"][0]["code"], code);
    }
    let stranger = world.as_("viewer@B").await.get(&path).await;
    stranger.expect_problem(404, "not_found");
}

#[actix_web::test]
async fn the_board_tells_every_indicator_of_a_unit_page_by_page() {
    let world = World::new().await;
    for (code, value) in [("X1", 3), ("X2", 4), ("X3", 5)] {
        let of = define(&world, json!({"code": code})).await.expect(201).id();
        approved(&world, &of, "A", "2023-09", json!({"value": value})).await;
    }
    let mut path = format!(
        "/api/v1/reports/indicator-board?unit_id={}&from=2023-09&to=2023-09&limit=2",
        world.unit("D")
    );
    let mut told = Vec::new();
    loop {
        let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
        let items = page["items"].as_array().unwrap();
        told.extend(
            items
                .iter()
                .map(|item| format!("{} {}", item["indicator"]["code"].as_str().unwrap(), item["actual"])),
        );
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("{}&cursor={cursor}", path.split("&cursor").next().unwrap());
    }
    assert_eq!(told, ["X1 3", "X2 4", "X3 5"]);
}
