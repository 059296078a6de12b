//! Days off and days worked.

use super::{DAYS, at, day_off};
use crate::harness::{Answer, World};
use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

/// The days of a page that are worked, as they are written.
fn worked(page: &Answer) -> Vec<&str> {
    let items = page.body["items"].as_array().unwrap().iter();
    items.filter(|day| day["working"] == true).map(|day| day["on"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn an_instance_is_born_with_the_holidays_of_seven_years() {
    let world = World::new().await;
    let viewer = world.as_("viewer@A1").await;
    // Tết of 2023, then the exchange of 2024.
    let tet = viewer.get(&format!("{DAYS}?from=2023-01-19&to=2023-01-28")).await.expect(200);
    assert_eq!(worked(&tet), ["2023-01-19", "2023-01-27"]);
    assert_eq!(tet.body["items"][1]["declared"]["occasion"], "tet");
    let spring = viewer.get(&format!("{DAYS}?from=2024-04-26&to=2024-05-06")).await.expect(200);
    assert_eq!(worked(&spring), ["2024-04-26", "2024-05-02", "2024-05-03", "2024-05-04", "2024-05-06"]);
    assert_eq!(spring.body["items"][8]["declared"]["source"], "Công văn số 2450/VPCP-KGVX ngày 12/4/2024");
    for year in 2019..=2027 {
        let page = viewer.get(&format!("{DAYS}?from={year}-01-01&to={year}-12-31")).await.expect(200);
        let known = (2020..=2026).contains(&year);
        let days = page.body["items"].as_array().unwrap();
        assert!(days.iter().all(|day| day["calendar_known"] == known), "{year}");
        let off = |day: &Value| {
            let on: NaiveDate = day["on"].as_str().unwrap().parse().unwrap();
            on.weekday().number_from_monday() < 6 && day["working"] == false
        };
        let worked_weekends = days.iter().filter(|day| day["declared"]["kind"] == "worked").count();
        // Ten days until the second day off at the national day came with 2021, then eleven.
        let expected = [0, 10, 11, 11, 11, 11, 11, 11, 0][year - 2019];
        assert_eq!(days.iter().filter(|day| off(day)).count() - worked_weekends, expected, "{year}");
    }
}

#[actix_web::test]
async fn declared_days_count_at_once_and_are_taken_back() {
    let world = World::new().await;
    let (root, viewer) = (world.root().await, world.as_("viewer@B1").await);
    let before = world.events().await;
    let made = root.post(DAYS, day_off(json!({}))).await.expect(201);
    assert_eq!((made.header("location"), made.header("etag")), (at(DAYS, &made).as_str(), "\"v1\""));
    let week = format!("{DAYS}?from=2023-11-17&to=2023-11-21");
    assert_eq!(worked(&viewer.get(&week).await.expect(200)), ["2023-11-17", "2023-11-21"]);
    assert_eq!(viewer.get(&at(DAYS, &made)).await.expect(200).body, made.body);
    let narrow = viewer.get(&format!("{}?fields=on,kind", at(DAYS, &made))).await.expect(200);
    assert_eq!(narrow.body, json!({"on": "2023-11-20", "kind": "off"}));
    let history = viewer.get(&format!("{}/history", at(DAYS, &made))).await.expect(200);
    assert_eq!(history.body["items"][0]["kind"], "working_day.created");
    root.post(DAYS, day_off(json!({"name": "Khác"}))).await.expect_problem(409, "already_exists");
    root.delete(&at(DAYS, &made), 7).await.expect(412);
    root.delete(&at(DAYS, &made), 1).await.expect(204);
    assert_eq!(world.events().await, before + 2);
    assert_eq!(worked(&viewer.get(&week).await).len(), 3);
    viewer.get(&at(DAYS, &made)).await.expect(404);
    // A Saturday in exchange, and the same day once more.
    let saturday = json!({"on": "2023-11-18", "kind": "worked", "occasion": "swap"});
    root.post(DAYS, day_off(saturday)).await.expect(201);
    root.post(DAYS, day_off(json!({}))).await.expect(201);
    assert_eq!(worked(&viewer.get(&week).await), ["2023-11-17", "2023-11-18", "2023-11-21"]);
}

#[actix_web::test]
async fn a_year_is_known_once_its_tet_is_declared() {
    let world = World::new().await;
    let (root, day) = (world.root().await, format!("{DAYS}?from=2027-06-01&to=2027-06-01"));
    let known = async || root.get(&day).await.expect(200).body["items"][0]["calendar_known"] == true;
    root.post(DAYS, day_off(json!({"on": "2027-01-01", "occasion": "new_year"}))).await.expect(201);
    assert!(!known().await);
    root.post(DAYS, day_off(json!({"on": "2027-02-05", "occasion": "tet"}))).await.expect(201);
    assert!(known().await);
}

#[actix_web::test]
async fn what_has_passed_stays() {
    let world = World::new().await;
    let root = world.root().await;
    root.post(DAYS, day_off(json!({"on": "2023-10-14"}))).await.expect_fault(
        422,
        "/on",
        "not_permitted_here",
    );
    // Today may still be declared.
    let today = root.post(DAYS, day_off(json!({"on": "2023-10-15"}))).await.expect(201);
    let born = root.get(&format!("{DAYS}?from=2023-09-01&to=2023-09-01")).await.expect(200);
    let old = born.body["items"][0]["declared"]["id"].as_str().unwrap();
    root.delete(&format!("{DAYS}/{old}"), 1).await.expect_problem(409, "invalid_state");
    world.go_to("2023-10-16").await;
    let root = world.root().await;
    root.delete(&at(DAYS, &today), 1).await.expect_problem(409, "invalid_state");
}

#[actix_web::test]
async fn bad_days_are_refused_by_name() {
    let world = World::new().await;
    let root = world.root().await;
    let (leader, admin) = (world.as_("leader@D").await, world.as_("admin@D").await);
    let before = world.events().await;
    for (more, status, pointer, code) in [
        (json!({"kind": "worked"}), 422, "/kind", "not_permitted_here"),
        (json!({"kind": "half"}), 422, "/kind", "unknown_value"),
        (json!({"occasion": "carnival"}), 422, "/occasion", "unknown_value"),
        (json!({"name": " "}), 422, "/name", "may_not_be_empty"),
        (json!({"source": "TỐI MẬT"}), 422, "/source", "classified_content"),
    ] {
        root.post(DAYS, day_off(more)).await.expect_fault(status, pointer, code);
    }
    leader.post(DAYS, day_off(json!({}))).await.expect_problem(403, "forbidden");
    admin.post(DAYS, day_off(json!({}))).await.expect_problem(403, "forbidden");
    assert_eq!(world.events().await, before);
    let id = json!({"id": "0199a0b2-0000-7000-8000-0000000000d1"});
    let made = root.post(DAYS, day_off(id.clone())).await.expect(201);
    assert_eq!(root.post(DAYS, day_off(id.clone())).await.expect(200).body, made.body);
    let other = super::with(day_off(id), &json!({"name": "Khác"}));
    root.post(DAYS, other).await.expect_problem(409, "id_conflict");
    for (query, status, fault) in [
        ("from=2023-01-01", 400, "to required"),
        ("from=2023-01-02&to=2023-01-01", 422, "to out_of_range"),
        ("from=2023-01-01&to=2024-02-05", 422, "to out_of_range"),
        ("from=x&to=2024-02-05", 400, "from malformed"),
    ] {
        let answer = root.get(&format!("{DAYS}?{query}")).await.expect(status);
        assert_eq!(answer.faults(), [fault], "{query}");
    }
    let most = root.get(&format!("{DAYS}?from=2023-01-01&to=2024-02-04")).await.expect(200);
    assert_eq!(most.body["items"].as_array().unwrap().len(), 400);
}
