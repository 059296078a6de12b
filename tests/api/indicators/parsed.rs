//! Figures as people type them, read for an indicator.

use super::{define, enter};
use crate::harness::{Answer, World};
use serde_json::json;

async fn parse(world: &World, indicator: &str, text: &str) -> Answer {
    let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let path = format!("/api/v1/indicators/parse-value?text={text}&indicator_id={indicator}");
    world.as_("officer@A").await.get(&path).await
}

/// Refused for one parameter.
fn refused(answer: Answer, parameter: &str, code: &str) -> Answer {
    let answer = answer.expect(422);
    assert_eq!(answer.faults(), [format!("{parameter} {code}")], "{}", answer.text);
    answer
}

#[actix_web::test]
async fn what_is_read_can_be_sent_as_a_value() {
    let world = World::new().await;
    let money = json!({"code": "THU", "measure_unit": "triệu đồng", "decimals": 1});
    let money = define(&world, money).await.expect(201).id();
    for (n, (text, value, qualifier, estimated)) in [
        ("1.234,5", json!(1234.5), "exactly", false),
        ("trên 650", json!(650), "over", false),
        ("ước khoảng 1,2 tỷ đồng", json!(1200), "about", true),
        ("１\u{202f}234\u{a0}triệu đô\u{300}ng", json!(1234), "exactly", false),
    ]
    .into_iter()
    .enumerate()
    {
        let read = parse(&world, &money, text).await.expect(200).body;
        assert_eq!(read["value"], value, "{text}");
        assert_eq!(
            (&read["qualifier"], &read["estimated"]),
            (&json!(qualifier), &json!(estimated)),
            "{text}"
        );
        let mut body = read.clone();
        body.as_object_mut().unwrap().remove("told");
        let kept = enter(&world, &money, "A", &format!("2023-0{}", n + 1), body).await.expect(201).body;
        assert_eq!(kept["value"], value, "{text}");
    }
    let told = parse(&world, &money, "ước khoảng 1,2 tỷ đồng").await.expect(200).body["told"].clone();
    assert_eq!(told, "“ước khoảng 1,2 tỷ đồng” đọc là: ước khoảng 1.200 triệu đồng = 1200");
}

#[actix_web::test]
async fn what_does_not_suit_the_indicator_is_refused_and_why() {
    let world = World::new().await;
    let households = define(&world, json!({})).await.expect(201).id();
    let share = json!({"code": "TY_LE", "measure_unit": "%", "decimals": 2, "over_units": "none"});
    let share = define(&world, share).await.expect(201).id();
    for (indicator, text, why) in [
        (&households, "98,62 %", "not_a_share"),
        (&households, "650,5 hộ", "too_many_decimals"),
        (&households, "650 người", "other_unit"),
        (&households, "45 - 50", "range"),
        (&households, "1,234.5", "english_manner"),
        (&households, "12.34.567", "bad_grouping"),
        (&households, "hầu hết", "no_number"),
        (&households, "", "empty"),
        (&share, "650 hộ", "other_unit"),
    ] {
        let answer = refused(parse(&world, indicator, text).await, "text", "unreadable_figure");
        assert_eq!(answer.body["errors"][0]["params"]["why"], why, "{text}");
    }
    let answer = parse(&world, &share, "98,62 người").await;
    assert_eq!(
        answer.body["errors"][0]["detail"],
        "Không đọc được số liệu: đơn vị đo khác đơn vị của chỉ tiêu."
    );
    assert_eq!(parse(&world, &share, "98.62 %").await.expect(200).body["value"], json!(98.62));
    // A thousandfold mistake is not made for anybody: both readings are given.
    let answer = refused(parse(&world, &households, "1,234").await, "text", "ambiguous_figure");
    let params = &answer.body["errors"][0]["params"];
    assert_eq!((&params["vietnamese"], &params["english"]), (&json!("1.234"), &json!("1234")));
}

#[actix_web::test]
async fn an_indicator_that_takes_no_number_reads_none() {
    let world = World::new().await;
    let more = [
        json!({"code": "MOC", "direction": "milestone", "over_units": "none"}),
        json!({"code": "TY_LE", "over_units": "ratio", "factor": 100}),
    ];
    for more in more {
        let id = define(&world, more).await.expect(201).id();
        refused(parse(&world, &id, "650").await, "indicator_id", "not_permitted_here");
    }
    let id = define(&world, json!({})).await.expect(201).id();
    let officer = world.as_("officer@A").await;
    let base = "/api/v1/indicators/parse-value";
    officer.get(&format!("{base}?text=5")).await.expect(400);
    officer.get(&format!("{base}?text=5&indicator_id={id}&value=5")).await.expect(400);
    officer.get(&format!("{base}?text={}&indicator_id={id}", "5".repeat(201))).await.expect(422);
}
