//! Past days stay what they were.

use super::*;

#[actix_web::test]
async fn each_day_shows_what_was_so_on_it() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let at = async |day: &str| {
        let shown = board(&world, &set, &format!("as_of={day}")).await;
        let row = &shown["rows"][0];
        let status = row["missing"].as_array().unwrap().iter().find(|one| one["code"] == "c1").cloned();
        let status = status.map_or(json!("met"), |one| one["status"].clone());
        (status, row["awaiting"].clone())
    };
    let claim = say(&world, "officer@A", &set, "c1", "met", json!({"assessed_on": "2023-10-05"}))
        .await
        .expect(201)
        .id();
    world.go_to("2023-10-18").await;
    answer(&world, "leader@D", &claim, "verify", json!({})).await.expect(201);
    world.go_to("2023-10-25").await;
    let lost = json!({"reason": "Sạt lở", "assessed_on": "2023-10-22"});
    find(&world, "A", &set, "c1", "not_met", lost).await.expect(201);
    world.go_to("2023-10-30").await;
    meet(&world, "A", &set, "c1").await;
    for (day, status, awaiting) in [
        ("2023-10-04", Value::Null, 0),
        ("2023-10-05", Value::Null, 1),
        ("2023-10-17", Value::Null, 1),
        // It counts from the day it was verified.
        ("2023-10-18", json!("met"), 0),
        ("2023-10-21", json!("met"), 0),
        // A finding counts from its own day.
        ("2023-10-22", json!("lost"), 0),
        ("2023-10-29", json!("lost"), 0),
        ("2023-10-30", json!("met"), 0),
        ("2024-10-30", json!("met"), 0),
    ] {
        assert_eq!(at(day).await, (status, json!(awaiting)), "{day}");
    }
    let list = format!("/api/v1/criteria-assessments?set_id={set}&as_of=2023-10-18");
    let page = world.as_("viewer@A").await.get(&list).await.expect(200).body;
    assert_eq!(page["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn two_sets_hold_at_once_and_a_later_one_only_later() {
    let world = World::new().await;
    let next = "0199a0b2-b3a7-79f5-825b-3ac712c2c94d";
    say(&world, "officer@A", NTM, "ntm-xa-01", "met", json!({})).await.expect(201);
    let early = say(&world, "officer@A", next, "ntm-2026-01", "met", json!({})).await;
    early.expect_fault(422, "/set_id", "not_permitted_here");
    world.go_to("2026-02-15").await;
    say(&world, "officer@A", next, "ntm-2026-01", "met", json!({})).await.expect(201);
    say(&world, "officer@A", NTM, "ntm-xa-02", "met", json!({})).await.expect(201);
    assert_eq!(board(&world, NTM, "").await["rows"][0]["claimed"]["met"], 2);
    assert_eq!(board(&world, next, "").await["rows"][0]["claimed"]["met"], 1);
}
