//! Who sees which figures, and when nobody needs to be told again.

use super::{A, due, overdue, rollup, task, then, with};
use crate::{events::settle, harness::World, oracle::What};
use serde_json::{Value, json};

#[actix_web::test]
async fn figures_are_read_in_the_territory_and_nowhere_else() {
    let world = with(&[task(A, "accepted")]).await;
    for who in ["leader@A", "officer@A", "viewer@A", "inspector@A", "service@A"] {
        rollup(&world, who, "A", "").await.expect(200);
        rollup(&world, who, "A1", "").await.expect(200);
        overdue(&world, who, "A", "").await.expect(200);
        // Neither a sibling nor what lies above, which is seen by its name only.
        for unit in ["B", "B1", "D"] {
            assert_eq!(rollup(&world, who, unit, "").await.expect(404).code(), "not_found");
            assert_eq!(overdue(&world, who, unit, "").await.expect(404).code(), "not_found");
        }
    }
    let absent = "/api/v1/reports/task-rollup?unit_id=0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";
    world.as_("leader@A").await.get(absent).await.expect(404);
    for admin in ["admin@D", "admin@A"] {
        assert_eq!(rollup(&world, admin, "A", "").await.expect(403).code(), "forbidden");
        assert_eq!(overdue(&world, admin, "A", "").await.expect(403).code(), "forbidden");
    }
    world.root().await.get(absent).await.expect(403);
    world.nobody().get(absent).await.expect(401);
}

#[actix_web::test]
async fn bad_questions_are_told_what_is_wrong_with_them() {
    let world = World::new().await;
    let faults = async |more: &str, status: u16| {
        let mut faults = rollup(&world, "leader@D", "D", more).await.expect(status).faults();
        faults.sort();
        faults
    };
    assert_eq!(faults("&as_of=2023-02-31", 400).await, ["as_of malformed"]);
    assert_eq!(faults("&by=cousins", 422).await, ["by unknown_value"]);
    assert_eq!(faults("&explain=yes&depth=2", 400).await, ["depth unknown_parameter", "explain malformed"]);
    let leader = world.as_("leader@D").await;
    let missing = leader.get("/api/v1/reports/task-rollup").await.expect(400);
    assert_eq!(missing.faults(), ["unit_id required"]);
    let cursor = overdue(&world, "leader@D", "D", "&cursor=abc&limit=0").await.expect(400);
    assert_eq!(cursor.faults(), ["limit limit_out_of_range"]);
    assert_eq!(
        overdue(&world, "leader@D", "D", "&cursor=abc").await.expect(400).faults(),
        ["cursor malformed"]
    );
}

#[actix_web::test]
async fn nothing_is_computed_again_until_something_changes() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    world.as_("leader@D").await;
    world.as_("leader@D#2").await;
    // What gets settled between two answers moves the tag, as it must.
    settle(&world).await;
    let path = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit("D"));
    let first = world.as_("leader@D").await.get(&path).await.expect(200);
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.ends_with('"') && tag.len() > 20, "{tag}");
    let again = async |who: &str, path: &str| {
        let caller = world.as_(who).await.with("if-none-match", &tag);
        caller.get(path).await
    };
    let same = again("leader@D", &path).await.expect(304);
    assert_eq!((same.header("etag"), same.text.as_str()), (tag.as_str(), ""));
    // Somebody who logs in changes nothing.
    let login = json!({"username": "leader@D#2", "password": crate::harness::PASSWORD});
    world.nobody().post("/api/v1/auth/login", login).await.expect(200);
    again("leader@D", &path).await.expect(304);
    // Another assignment, another question and another language are another answer.
    again("leader@D#2", &path).await.expect(200);
    again("leader@D", &format!("{path}&by=none")).await.expect(200);
    again("leader@D", &format!("{path}&as_of=2023-10-14")).await.expect(200);
    let english = world.as_("leader@D").await.with("if-none-match", &tag).with("accept-language", "en");
    english.get(&path).await.expect(200);
    // Any event under the root is.
    let unit = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&unit, 1, json!({"name": "Chi bộ ấp 1"})).await.expect(200);
    let changed = again("leader@D", &path).await.expect(200);
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(changed.body, first.body);
}

#[actix_web::test]
async fn at_midnight_the_tag_is_another_without_an_event() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    let path = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit("D"));
    let leader = world.as_("leader@D").await;
    let today = leader.get(&path).await.expect(200);
    assert_eq!(today.body["rolled_up"]["overdue"], 0);
    let last_minute = tiendo::clock::Instant::parse("2023-10-15T12:14:00+07:00").unwrap();
    world.clock.hold_at(last_minute);
    world.clock.set_today("2023-10-16".parse().unwrap());
    let tomorrow =
        world.as_("leader@D").await.with("if-none-match", today.header("etag")).get(&path).await.expect(200);
    assert_eq!(tomorrow.body["rolled_up"]["overdue"], 1);
}

/// Province P, district Q, commune R, branch S.
async fn province() -> World {
    let mut world = World::empty().await;
    for (code, level, kind, parent) in [
        ("P", "province", "party_committee", ""),
        ("Q", "district", "party_committee", "P"),
        ("R", "commune", "party_committee", "Q"),
        ("S", "branch", "branch", "R"),
    ] {
        world.add_unit(code, level, kind, parent).await;
    }
    let units = ["P", "Q", "R", "S"].map(|code| world.units[code].id);
    let mut books = super::Books::default();
    for unit in [2, 3, 3] {
        let overdue = then(due("2023-09-30", task(unit, "accepted")), &[("2023-09-20", What::Start)]);
        books.task(&units, units[unit - 1], &overdue);
    }
    books.write(&world).await;
    world
}

#[actix_web::test]
async fn units_too_deep_to_be_read_one_by_one_have_figures_and_no_links() {
    let world = province().await;
    let answer = rollup(&world, "leader@P", "P", "&by=descendants&explain=true").await.expect(200);
    let links = |answer: &Value| -> Vec<bool> {
        answer["rows"].as_array().unwrap().iter().map(|row| row["records_url"].is_string()).collect()
    };
    assert_eq!(super::rows(&answer), ["Q", "R", "S"]);
    assert_eq!(links(&answer.body), [true, true, false]);
    assert_eq!(answer.body["rows"][2]["own"]["overdue"], 2);
    assert_eq!(answer.body["explain"]["beyond_detail"]["tasks"], 2);
    let deep = rollup(&world, "leader@P", "S", "&explain=true").await.expect(200);
    assert_eq!((deep.body["own"]["total"].as_i64(), &deep.body["records_url"]), (Some(2), &Value::Null));
    for measure in deep.body["explain"]["measures"].as_array().unwrap() {
        assert_eq!(measure["num"]["records_url"], Value::Null);
    }
    let late = overdue(&world, "leader@P", "P", "").await.expect(200);
    assert_eq!(super::rows(&late), ["R", "S"]);
    assert!(late.body["rows"][0]["overdue"]["records_url"].is_string());
    assert_eq!(late.body["rows"][1]["overdue"]["records_url"], Value::Null);
    // An inspector reads everything, a leader of the district three levels further down.
    let inspector = rollup(&world, "inspector@P", "P", "&by=descendants&explain=true").await.expect(200);
    assert_eq!(links(&inspector.body), [true, true, true]);
    assert_eq!(inspector.body["explain"]["beyond_detail"]["tasks"], 0);
    let district = rollup(&world, "leader@Q", "Q", "&by=descendants").await.expect(200);
    assert_eq!(links(&district.body), [true, true]);
}
