//! Figures against targets, as the roll-up tells them.

use super::{indicator, rollup, target, told, value};
use crate::harness::World;
use serde_json::{Value, json};

const YEAR: &str = "from=2023-01&to=2023-12";

/// Case 8: achieved 130 of 100: capped 100, uncapped 130.
#[actix_web::test]
async fn case_08_a_capped_view_stops_at_100() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 100})).await;
    value(&world, &of, "A", "2023-08", json!(60)).await;
    value(&world, &of, "A", "2023-09", json!(70)).await;
    let figure = &rollup(&world, &of, "A", YEAR).await["whole"];
    assert_eq!(told(figure), [json!(100), json!("exceeded"), json!(true), json!(130), json!(100)]);
}

/// The whole's target is its own when one is set, else the same rule over the units' targets.
#[actix_web::test]
async fn the_targets_of_units_make_that_of_the_whole_until_it_has_its_own() {
    let world = World::new().await;
    let of = indicator(&world, json!({"level": "commune"})).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 30})).await;
    value(&world, &of, "A", "2023-09", json!(33)).await;
    value(&world, &of, "B", "2023-09", json!(5)).await;
    let told_of = async || {
        let whole = rollup(&world, &of, "D", YEAR).await["whole"].clone();
        ["target", "target_of", "target_complete", "verdict"].map(|name| whole[name].clone())
    };
    // B has none: what is said of the whole says so.
    assert_eq!(told_of().await, [json!(30), json!("units"), json!(false), json!("exceeded")]);
    target(&world, &of, "B", json!({"period": "2023", "value": 10})).await;
    assert_eq!(told_of().await[..3], [json!(40), json!("units"), json!(true)]);
    let rows = rollup(&world, &of, "D", YEAR).await["rows"].clone();
    let told: Vec<Value> = rows.as_array().unwrap().iter().take(2).map(|row| row["met"].clone()).collect();
    assert_eq!(told, [true, false]);
    target(&world, &of, "D", json!({"period": "2023", "value": 45})).await;
    assert_eq!(told_of().await[..3], [json!(45), json!("own"), json!(true)]);
}

/// A target is judged by the version in force on its day; a later change moves no past verdict.
#[actix_web::test]
async fn a_past_day_is_judged_by_the_target_of_that_day() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let id = target(&world, &of, "A", json!({"period": "2023", "value": 100})).await;
    value(&world, &of, "A", "2023-09", json!(80)).await;
    let paper = json!({"issuer_unit_id": world.unit("D"), "type": "NQ", "title": "Điều chỉnh"});
    let paper = world.as_("officer@D").await.post("/api/v1/documents", paper).await.expect(201).id();
    world.clock.set_today("2023-11-20".parse().unwrap());
    let body = json!({"value": 80, "reason": "Điều chỉnh giữa kỳ", "document_id": paper});
    super::step(&world, "leader@D", &id, "rebaseline", body).await.expect(200);
    let on = async |day: &str| told(&rollup(&world, &of, "A", &format!("{YEAR}&as_of={day}")).await["whole"]);
    assert_eq!(on("2023-11-19").await[..3], [json!(100), json!("on_track"), json!(false)]);
    assert_eq!(on("2023-11-20").await[..3], [json!(80), json!("met"), json!(true)]);
    // Withdrawn: from that day on there is nothing to judge by.
    world.clock.set_today("2023-11-25".parse().unwrap());
    super::step(&world, "leader@D", &id, "withdraw", json!({"reason": "Trùng"})).await.expect(200);
    assert_eq!(on("2023-11-25").await[..2], [json!(null), json!(null)]);
    assert_eq!(on("2023-11-24").await[0], json!(80));
}

/// On the way: what is left, divided by the periods left, against the mean of the last three.
#[actix_web::test]
async fn on_the_way_the_pace_decides() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 4524})).await;
    for (period, brought) in [("2023-07", 2785), ("2023-08", 290), ("2023-09", 305), ("2023-10", 320)] {
        value(&world, &of, "A", period, json!(brought)).await;
    }
    // Month 10 closed on 14 October; two are left.
    let whole = rollup(&world, &of, "A", "as_of=2023-10-15").await["whole"].clone();
    assert_eq!(whole["actual"], 3700);
    assert_eq!(
        whole["pace"],
        json!({"required": 412, "recent": 305, "periods_left": 2, "on_track": false, "forecast": 4310})
    );
    assert_eq!(whole["verdict"], "not_met");
    let other = indicator(&world, json!({"code": "KHAC"})).await;
    target(&world, &other, "A", json!({"period": "2023", "value": 12})).await;
    for period in ["2023-08", "2023-09", "2023-10"] {
        value(&world, &other, "A", period, json!(3)).await;
    }
    let told_of = async |day: &str| {
        rollup(&world, &other, "A", &format!("as_of={day}")).await["whole"]["verdict"].clone()
    };
    assert_eq!(told_of("2023-10-15").await, "on_track");
    // Once the year is over there is no way any more.
    assert_eq!(
        rollup(&world, &other, "A", &format!("{YEAR}&as_of=2023-12-14")).await["whole"]["verdict"],
        "on_track"
    );
    assert_eq!(
        rollup(&world, &other, "A", &format!("{YEAR}&as_of=2023-12-15")).await["whole"]["verdict"],
        "not_met"
    );
    // The share below which it is hard is a setting.
    let hard = indicator(&world, json!({"code": "KHO"})).await;
    target(&world, &hard, "A", json!({"period": "2023", "value": 30})).await;
    for period in ["2023-08", "2023-09", "2023-10"] {
        value(&world, &hard, "A", period, json!(3)).await;
    }
    let hard = async || rollup(&world, &hard, "A", "as_of=2023-10-15").await["whole"]["verdict"].clone();
    assert_eq!(hard().await, "hard_to_meet");
    world.root().await.patch("/api/v1/settings", 1, json!({"hard_to_meet_below_pct": 28})).await.expect(200);
    assert_eq!(hard().await, "not_met");
}

/// A level moves by its changes, and less is better.
#[actix_web::test]
async fn a_level_is_on_track_by_its_changes() {
    let world = World::new().await;
    let more =
        json!({"code": "TL_NGHEO", "direction": "lower", "over_periods": "latest", "measure_unit": "%"});
    let of = indicator(&world, more).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 4.5, "baseline": 8})).await;
    for (period, level) in [("2023-07", 7.0), ("2023-08", 6.5), ("2023-09", 6.0), ("2023-10", 5.5)] {
        value(&world, &of, "A", period, json!(level)).await;
    }
    let whole = rollup(&world, &of, "A", "as_of=2023-10-15").await["whole"].clone();
    assert_eq!(told(&whole), [json!(4.5), json!("on_track"), json!(false), json!(81.82), json!(81.82)]);
    assert_eq!(
        whole["pace"],
        json!({"required": -0.5, "recent": -0.5, "periods_left": 2, "on_track": true, "forecast": 4.5})
    );
    // The month alone is judged by the year's target too, since a level stands at its end.
    let month = rollup(&world, &of, "A", "from=2023-10&to=2023-10").await["whole"].clone();
    assert_eq!(told(&month), told(&whole));
}

#[actix_web::test]
async fn a_base_is_held_a_milestone_has_its_day_and_a_word_is_the_approvers() {
    let world = World::new().await;
    let hold = indicator(&world, json!({"code": "GIU", "direction": "hold", "over_periods": "latest"})).await;
    target(&world, &hold, "A", json!({"period": "2023", "value": 95})).await;
    for (period, level) in [("2023-07", 96), ("2023-08", 95)] {
        value(&world, &hold, "A", period, json!(level)).await;
    }
    let of = async |indicator: &str, more: &str| told(&rollup(&world, indicator, "A", more).await["whole"]);
    // Against the lowest figure since it began.
    assert_eq!(of(&hold, "").await[1..], [json!("met"), json!(true), json!(100), json!(100)]);
    value(&world, &hold, "A", "2023-09", json!(94)).await;
    assert_eq!(of(&hold, "").await[1..], [json!("not_met"), json!(false), json!(98.95), json!(98.95)]);
    let day =
        json!({"code": "MOC", "direction": "milestone", "over_periods": "latest", "over_units": "none"});
    let day = indicator(&world, day).await;
    for (unit, due) in [("A", "2023-10-10"), ("B", "2023-10-20")] {
        target(&world, &day, unit, json!({"due_on": due, "wording": "Hoàn thành nhà văn hóa ấp"})).await;
    }
    let of_b = async |more: &str| told(&rollup(&world, &day, "B", more).await["whole"]);
    assert_eq!(of_b("as_of=2023-10-20").await[1..3], [json!("pending"), json!(false)]);
    assert_eq!(of_b("as_of=2023-10-21").await[1..3], [json!("missed"), json!(false)]);
    assert_eq!(of(&day, "").await[1..3], [json!("missed"), json!(false)]);
    value(&world, &day, "A", "2023-10", json!({"reached_on": "2023-10-12"})).await;
    assert_eq!(of(&day, "").await[1..], [json!("met_late"), json!(false), json!(null), json!(0)]);
    let word = json!({"code": "NEN_NEP", "direction": "qualitative", "over_periods": "latest", "over_units": "none"});
    let word = indicator(&world, word).await;
    target(&world, &word, "A", json!({"period": "2023", "wording": "Sinh hoạt chi bộ nền nếp"})).await;
    assert_eq!(of(&word, "").await[1..3], [json!("no_data"), json!(false)]);
    value(&world, &word, "A", "2023-09", json!({"verdict": "met"})).await;
    assert_eq!(of(&word, "").await[1..], [json!("met"), json!(true), json!(null), json!(100)]);
}

/// Targets of months make that of a quarter where figures are summed; a step of a term is that of its year.
#[actix_web::test]
async fn shorter_targets_fill_a_longer_time_and_steps_judge_their_year() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    for (period, goal) in [("2023-07", 10), ("2023-08", 12), ("2023-09", 14)] {
        target(&world, &of, "A", json!({"period": period, "value": goal})).await;
        value(&world, &of, "A", period, json!(12)).await;
    }
    let quarter = rollup(&world, &of, "A", "from=2023-Q3&to=2023-Q3").await["whole"].clone();
    assert_eq!(told(&quarter), [json!(36), json!("met"), json!(true), json!(100), json!(100)]);
    // Two months of three are no quarter.
    let some = rollup(&world, &of, "A", "from=2023-06&to=2023-07").await["whole"].clone();
    assert_eq!(told(&some)[..2], [json!(null), json!(null)]);
    let path = json!([{"period": "2023", "value": 40}, {"period": "2024", "value": 50}]);
    target(&world, &of, "A", json!({"period": "2021-2025", "value": 200, "path": path})).await;
    let year = rollup(&world, &of, "A", YEAR).await["whole"].clone();
    assert_eq!([&year["target"], &year["actual"]], [40, 36]);
}

/// "Trên 650" is more than 650; a range is met from its lower end on.
#[actix_web::test]
async fn over_is_over_and_a_range_begins_at_its_lower_end() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 650, "qualifier": "over"})).await;
    value(&world, &of, "A", "2023-09", json!(650)).await;
    assert_eq!(rollup(&world, &of, "A", YEAR).await["whole"]["met"], false);
    value(&world, &of, "A", "2023-10", json!(0.5)).await;
    let of_a = async || told(&rollup(&world, &of, "A", YEAR).await["whole"]);
    assert_eq!(of_a().await[1..3], [json!("met"), json!(true)]);
    target(&world, &of, "B", json!({"period": "2023", "value": 45, "value_to": 50})).await;
    value(&world, &of, "B", "2023-09", json!(46)).await;
    let of_b = rollup(&world, &of, "B", YEAR).await["whole"].clone();
    assert_eq!(
        [&of_b["target"], &of_b["target_to"], &of_b["verdict"]],
        [&json!(45), &json!(50), &json!("met")]
    );
}

/// A milestone is moved with a reason and a document; days before are judged by the day that held then.
#[actix_web::test]
async fn a_milestone_moves_and_past_days_keep_theirs() {
    let world = World::new().await;
    let day =
        json!({"code": "MOC", "direction": "milestone", "over_periods": "latest", "over_units": "none"});
    let of = indicator(&world, day).await;
    let id = target(&world, &of, "A", json!({"due_on": "2023-10-20", "wording": "Nhà văn hóa ấp"})).await;
    let paper = json!({"issuer_unit_id": world.unit("D"), "type": "NQ", "title": "Lùi thời hạn"});
    let paper = world.as_("officer@D").await.post("/api/v1/documents", paper).await.expect(201).id();
    world.clock.set_today("2023-10-18".parse().unwrap());
    let body = |due: &str| json!({"due_on": due, "reason": "Mưa kéo dài", "document_id": paper});
    let step = async |due: &str| super::step(&world, "leader@D", &id, "rebaseline", body(due)).await;
    step("2022-10-01").await.expect_fault(422, "/due_on", "end_before_start");
    let moved = step("2023-11-30").await.expect(200).body;
    assert_eq!(
        [&moved["due_on"], &moved["ends_on"], &moved["wording"]],
        ["2023-11-30", "2023-11-30", "Nhà văn hóa ấp"]
    );
    let on = async |as_of: &str| {
        let path = format!("target_id={id}&as_of={as_of}");
        let item = super::report(&world, "target-progress", &path).await["item"].clone();
        [item["ends_on"].clone(), item["verdict"].clone()]
    };
    assert_eq!(on("2023-10-17").await, ["2023-10-20", "pending"]);
    assert_eq!(on("2023-10-25").await, ["2023-11-30", "pending"]);
    assert_eq!(on("2023-12-01").await, ["2023-11-30", "missed"]);
    world.clock.set_today("2023-12-01".parse().unwrap());
    step("2023-12-31").await.expect_fault(422, "", "not_permitted_here");
    // A period has no day to move.
    let year = target(&world, &of, "B", json!({"period": "2024"})).await;
    let answer = super::step(&world, "leader@D", &year, "rebaseline", body("2024-06-01")).await;
    answer.expect_fault(422, "/due_on", "not_permitted_here");
    // Nor may two targets come to stand for the same days.
    let other =
        target(&world, &of, "A", json!({"due_on": "2023-12-31", "starts_on": moved["starts_on"]})).await;
    super::step(&world, "leader@D", &other, "rebaseline", body("2023-11-30"))
        .await
        .expect_problem(409, "already_exists");
}
