//! The scoreboard in the words of reviews, the balance before issue, and loading from the old books.

use super::{indicator, offer, report, step, target, value};
use crate::harness::World;
use actix_web::http::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn the_scoreboard_counts_in_the_words_of_reviews_and_lists() {
    let world = World::new().await;
    // Two are reached, one is on its way, one has no data.
    for (code, goal, months) in [("CT1", 5, [2, 3, 4]), ("CT2", 9, [3, 3, 3]), ("CT3", 15, [3, 3, 3])] {
        let of = indicator(&world, json!({"code": code})).await;
        target(&world, &of, "A", json!({"period": "2023", "value": goal})).await;
        for (month, brought) in ["2023-08", "2023-09", "2023-10"].iter().zip(months) {
            value(&world, &of, "A", month, json!(brought)).await;
        }
    }
    let of = indicator(&world, json!({"code": "CT4"})).await;
    target(&world, &of, "A", json!({"period": "2023", "value": 5})).await;
    // Not agreed yet: not on the board.
    offer(&world, "officer@D", &of, "A", json!({"period": "2022", "value": 5})).await.expect(201);
    let board = async |more: &str| {
        report(&world, "target-scoreboard", &format!("unit_id={}{more}", world.unit("A"))).await
    };
    let told = board("").await;
    assert_eq!(told["words"], "02/04 chỉ tiêu đạt và vượt; 01/04 đang trong lộ trình; 01/04 chưa có số liệu");
    let verdicts: Vec<&Value> =
        told["items"].as_array().unwrap().iter().map(|item| &item["verdict"]).collect();
    assert_eq!(verdicts, ["exceeded", "met", "on_track", "no_data"]);
    assert_eq!(told["counts"]["achieved"], json!({"num": 2, "den": 4, "value": 50}));
    let first = board("&limit=3").await;
    let rest = board(&format!("&limit=3&cursor={}", first["next_cursor"].as_str().unwrap())).await;
    assert_eq!(rest["items"].as_array().unwrap().len(), 1);
    assert_eq!((&rest["counts"]["total"], &rest["next_cursor"]), (&json!(4), &Value::Null));
    let english = world
        .as_("viewer@D")
        .await
        .with("accept-language", "en")
        .get(&format!("/api/v1/reports/target-scoreboard?unit_id={}", world.unit("A")))
        .await
        .expect(200);
    assert_eq!(english.body["words"], "02/04 targets met and exceeded; 01/04 on track; 01/04 without data");
    let above = report(
        &world,
        "target-scoreboard",
        &format!("unit_id={}&children=true&period=2023", world.unit("D")),
    )
    .await;
    assert_eq!((&above["counts"]["total"], &above["rows"][0]["counts"]["total"]), (&json!(0), &json!(4)));
    assert_eq!(above["rows"][0]["words"], told["words"]);
}

#[actix_web::test]
async fn one_target_says_what_it_needs_from_now_on() {
    let world = World::new().await;
    let of = indicator(&world, json!({"measure_unit": "hộ"})).await;
    let id = target(&world, &of, "A", json!({"period": "2023", "value": 4524})).await;
    for (period, brought) in [("2023-07", 2785), ("2023-08", 290), ("2023-09", 305), ("2023-10", 320)] {
        value(&world, &of, "A", period, json!(brought)).await;
    }
    let told = report(&world, "target-progress", &format!("target_id={id}")).await;
    assert_eq!(
        told["words"],
        "Để đạt chỉ tiêu, mỗi kỳ còn lại (còn 2 kỳ) cần 412 hộ; bình quân các kỳ gần đây là 305 hộ."
    );
    assert_eq!([&told["item"]["actual"], &told["item"]["pace"]["forecast"]], [3700, 4310]);
}

/// The same figure whichever report is asked.
#[actix_web::test]
async fn reports_agree() {
    let world = World::new().await;
    let of = indicator(&world, json!({"code": "CT", "level": "commune"})).await;
    let id = target(&world, &of, "A", json!({"period": "2023", "value": 15})).await;
    for month in ["2023-08", "2023-09", "2023-10"] {
        value(&world, &of, "A", month, json!(3)).await;
    }
    let names = [
        "actual",
        "target",
        "verdict",
        "met",
        "attainment",
        "attainment_capped",
        "pace",
        "units",
        "complete",
    ];
    let of_figure = |figure: &Value| names.map(|name| figure[name].clone());
    let unit = world.unit("A");
    let rollup = super::rollup(&world, &of, "A", "as_of=2023-10-15").await;
    let all = [
        of_figure(&rollup["whole"]),
        of_figure(&super::rollup(&world, &of, "D", "as_of=2023-10-15").await["rows"][0]),
        of_figure(&report(&world, "indicator-board", &format!("unit_id={unit}")).await["items"][0]),
        of_figure(&report(&world, "target-scoreboard", &format!("unit_id={unit}")).await["items"][0]),
        of_figure(&report(&world, "target-progress", &format!("target_id={id}")).await["item"]),
    ];
    assert_eq!(all[0][2], "on_track");
    for other in &all[1..4] {
        assert_eq!(*other, all[0]);
    }
    assert_eq!(all[4], all[0]);
    let trend = report(
        &world,
        "indicator-trend",
        &format!("unit_id={unit}&indicator_id={of}&from=2023-01&to=2023-10&cumulative=true"),
    )
    .await;
    let last = trend["points"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        [&last["actual"], &last["target"], &last["verdict"]],
        [&json!(9), &json!(15), &json!("on_track")]
    );
}

#[actix_web::test]
async fn the_balance_tells_what_lacks_before_anything_is_issued() {
    let world = World::new().await;
    let of = indicator(&world, json!({"code": "CT"})).await;
    let balance = async || {
        let told =
            report(&world, "target-balance", &format!("unit_id={}&period=2023", world.unit("D"))).await;
        let item = told["items"][0].clone();
        ["value", "together", "gap", "balanced", "missing"].map(|name| item[name].clone())
    };
    offer(&world, "leader@D", &of, "D", json!({"period": "2023", "value": 100})).await.expect(201);
    let a =
        offer(&world, "officer@A", &of, "A", json!({"period": "2023", "value": 55})).await.expect(201).id();
    assert_eq!(balance().await[..4], [json!(100), json!(55), json!(-45), json!(false)]);
    offer(&world, "officer@D", &of, "B", json!({"period": "2023", "value": 40})).await.expect(201);
    assert_eq!(balance().await[..4], [json!(100), json!(95), json!(-5), json!(false)]);
    let body = json!({"value": 60, "reason": "Thêm nguồn"});
    step(&world, "officer@A", &a, "counter", body).await.expect(200);
    assert_eq!(balance().await[..4], [json!(100), json!(100), json!(0), json!(true)]);
    // Who does not report at all is not missing.
    let of = indicator(&world, json!({"code": "AA", "level": "commune"})).await;
    offer(&world, "officer@A", &of, "A", json!({"period": "2023", "value": 55})).await.expect(201);
    assert_eq!(balance().await, [json!(null), json!(55), json!(null), json!(null), json!(1)]);
}

#[actix_web::test]
async fn the_old_books_are_loaded_version_by_version() {
    let world = World::new().await;
    let of = indicator(&world, json!({})).await;
    let line = |at: &str, more: Value| {
        let mut data = json!({"indicator_id": of, "unit_id": world.unit("A"), "period": "2023"});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({"op": "target.load", "at": at, "data": data}).to_string()
    };
    let lines = [
        line("2023-01-10T08:00:00+07:00", json!({"value": 50})),
        line("2023-06-10T08:00:00+07:00", json!({"value": 40, "status": "assigned"})),
        line("2023-05-10T08:00:00+07:00", json!({"value": 41})),
        line("2023-06-11T08:00:00+07:00", json!({"value": "41"})),
    ];
    let admin = world.as_("admin@D").await.with("content-type", "application/x-ndjson");
    let answer = admin.send(Method::POST, "/api/v1/imports", Some(lines.join("\n"))).await.expect(200);
    let statuses: Vec<&Value> =
        answer.body["lines"].as_array().unwrap().iter().map(|line| &line["status"]).collect();
    assert_eq!(statuses, [201, 200, 422, 400]);
    value(&world, &of, "A", "2023-09", json!(45)).await;
    let on = async |day: &str| {
        super::rollup(&world, &of, "A", &format!("from=2023-01&to=2023-12&as_of={day}")).await["whole"]["target"].clone()
    };
    assert_eq!(
        [on("2023-01-09").await, on("2023-01-10").await, on("2023-06-10").await],
        [json!(null), json!(50), json!(40)]
    );
}
