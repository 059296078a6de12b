//! Regimes: whose they are, and what may still be changed.

use super::{REGIMES, all, at, id_of, regime, with};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn an_instance_is_born_with_three_regimes() {
    let world = World::new().await;
    let viewer = world.as_("viewer@B1").await;
    let page = viewer.get(REGIMES).await.expect(200);
    assert_eq!(all(&page, "code"), ["calendar_months", "decree_09", "party_months"]);
    assert_eq!(all(&page, "system"), ["other", "state", "party"]);
    let decree = viewer.get(&format!("{REGIMES}/{}", id_of(&viewer, "decree_09").await)).await.expect(200);
    assert_eq!(decree.body["cut_offs"], json!([{"from": "2019-03", "day": 14}]));
    assert_eq!((&decree.body["unit_id"], decree.header("etag")), (&Value::Null, "\"v1\""));
    assert!(all(&page, "source")[2].contains("quy chế làm việc"));
}

#[actix_web::test]
async fn a_leader_sets_the_regime_of_the_own_unit_and_those_below_report_by_it() {
    let world = World::new().await;
    let leader = world.as_("leader@A").await;
    let before = world.events().await;
    let made = leader.post(REGIMES, regime(&world, json!({}))).await.expect(201);
    assert_eq!(world.events().await, before + 1);
    assert_eq!((made.header("location"), made.header("etag")), (at(REGIMES, &made).as_str(), "\"v1\""));
    assert_eq!((&made.body["unit"]["code"], &made.body["week_starts_on"]), (&json!("A"), &json!(1)));
    for (who, status) in [("viewer@A1", 200), ("viewer@D", 200), ("viewer@B", 404), ("admin@A", 200)] {
        let who = world.as_(who).await;
        who.get(&at(REGIMES, &made)).await.expect(status);
        let found = who.get(&format!("{REGIMES}?unit_id={}", world.unit("A"))).await.expect(200);
        assert_eq!(all(&found, "code").len(), usize::from(status == 200));
    }
    let first = leader.get(&format!("{REGIMES}?limit=3&fields=code")).await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let rest = leader.get(&format!("{REGIMES}?limit=3&cursor={cursor}")).await.expect(200);
    assert_eq!((all(&rest, "code"), rest.body["next_cursor"].is_null()), (vec!["xa-A".to_owned()], true));
    // Whose it is decides who may.
    let of = |code: &str, unit: Option<String>| regime(&world, json!({"code": code, "unit_id": unit}));
    for (who, unit, status) in [
        ("officer@A", Some("A"), 403),
        ("leader@D", Some("A"), 403),
        ("leader@A1", Some("A"), 403),
        ("leader@A", None, 403),
        ("leader@B", Some("A"), 422),
        ("admin@A", Some("A"), 403),
    ] {
        let body = of("x", unit.map(|unit| world.unit(unit)));
        world.as_(who).await.post(REGIMES, body).await.expect(status);
    }
    let root = world.root().await;
    root.post(REGIMES, of("x", Some(world.unit("A")))).await.expect_problem(403, "forbidden");
    root.post(REGIMES, of("x", None)).await.expect(201);
    let foreign = world.as_("leader@B").await.post(REGIMES, of("x", Some(world.unit("A")))).await;
    assert_eq!(foreign.faults(), ["#/unit_id unknown_reference"]);
}

#[actix_web::test]
async fn the_past_is_never_recut() {
    let world = World::new().await;
    let leader = world.as_("leader@A").await;
    let made = leader.post(REGIMES, regime(&world, json!({}))).await.expect(201);
    let path = at(REGIMES, &made);
    let old = json!({"from": "2020-01", "day": 20});
    let rule = |from: &str, day: i32| json!({"from": from, "day": day});
    // Months close on the 20th: on 15 October that month has begun, November has not.
    for (cut_offs, pointer) in [
        (json!([rule("2020-01", 21)]), "/cut_offs/0"),
        (json!([old, rule("2023-10", 25)]), "/cut_offs/1"),
        (json!([rule("2019-01", 20), old]), "/cut_offs/0"),
        (json!([old, rule("2022-01", 25), rule("2023-11", 20)]), "/cut_offs/1"),
    ] {
        let refused = leader.patch(&path, 1, json!({"cut_offs": cut_offs})).await;
        let refused = refused.expect_fault(422, pointer, "not_permitted_here");
        assert!(refused.text.contains("2023-11"), "{}", refused.text);
    }
    for (cut_offs, pointer, code) in [
        (json!([]), "/cut_offs", "may_not_be_empty"),
        (json!([rule("2023-11", 20)]), "/cut_offs/0/from", "in_future"),
        (json!([old, rule("2024-02", 20), rule("2024-02", 21)]), "/cut_offs/2/from", "not_permitted_here"),
    ] {
        leader.patch(&path, 1, json!({"cut_offs": cut_offs.clone()})).await.expect_fault(422, pointer, code);
        let body = regime(&world, json!({"code": "y", "cut_offs": cut_offs}));
        leader.post(REGIMES, body).await.expect_fault(422, pointer, code);
    }
    let periods =
        format!("{path}/periods?kind=month&from=2023-09&to=2023-12&fields=period,starts_on,ends_on");
    let then = leader.get(&periods).await.expect(200).body["items"].clone();
    let before = world.events().await;
    let changed = leader.patch(&path, 1, json!({"cut_offs": [old, rule("2023-11", 25)]})).await.expect(200);
    assert_eq!((world.events().await, changed.header("etag")), (before + 1, "\"v2\""));
    let now = leader.get(&periods).await.expect(200).body["items"].clone();
    assert_eq!((&now[0], &now[1]), (&then[0], &then[1]));
    assert_eq!(now[2], json!({"period": "2023-11", "starts_on": "2023-10-21", "ends_on": "2023-11-25"}));
    assert_eq!(now[3]["starts_on"], "2023-11-26");
    // What is still to come may be taken back; once begun it stays.
    leader.patch(&path, 1, json!({"name": "x"})).await.expect(412);
    leader.patch(&path, 2, json!({"cut_offs": [old]})).await.expect(200);
    leader.patch(&path, 3, json!({"cut_offs": [old, rule("2023-11", 25)]})).await.expect(200);
    world.go_to("2023-10-21").await;
    let leader = world.as_("leader@A").await;
    leader.patch(&path, 4, json!({"cut_offs": [old]})).await.expect_fault(
        422,
        "/cut_offs",
        "not_permitted_here",
    );
    let history = leader.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(history.body["items"][1]["kind"], "report_regime.changed");
    assert_eq!(history.body["items"][1]["changes"]["cut_offs"][0], json!([old]));
    leader.patch(&path, 4, json!({"week_starts_on": 3})).await.expect(400);
}

#[actix_web::test]
async fn what_exists_is_not_made_twice() {
    let world = World::new().await;
    let leader = world.as_("leader@A").await;
    let id = json!({"id": "0199a0b2-0000-7000-8000-0000000000e1"});
    let body = regime(&world, id.clone());
    let made = leader.post(REGIMES, body.clone()).await.expect(201);
    assert_eq!(leader.post(REGIMES, body.clone()).await.expect(200).body, made.body);
    let other = with(body, &json!({"name": "Khác"}));
    leader.post(REGIMES, other).await.expect_problem(409, "id_conflict");
    let foreign = with(regime(&world, id), &json!({"unit_id": world.unit("B"), "code": "z"}));
    let foreign = world.as_("leader@B").await.post(REGIMES, foreign).await.expect_problem(409, "id_conflict");
    assert!(!foreign.text.contains("xã A"), "{}", foreign.text);
    leader.post(REGIMES, regime(&world, json!({}))).await.expect_problem(409, "already_exists");
    let secret = regime(&world, json!({"code": "s", "source": "TỐI MẬT"}));
    leader.post(REGIMES, secret).await.expect_fault(422, "/source", "classified_content");
    let path = at(REGIMES, &made);
    leader.patch(&path, 1, json!({"name": "MẬT"})).await.expect_fault(422, "/name", "classified_content");
    for (cut_offs, pointer, status, code) in [
        (json!([{"from": "2020-13", "day": 1}]), "/cut_offs/0/from", 400, "malformed"),
        (json!([{"from": "2020-Q1", "day": 1}]), "/cut_offs/0/from", 400, "malformed"),
        (json!([{"from": "2020-01", "day": 32}]), "/cut_offs/0/day", 422, "out_of_range"),
        (json!([{"from": "2020-01"}]), "/cut_offs/0/day", 400, "required"),
    ] {
        leader.patch(&path, 1, json!({"cut_offs": cut_offs})).await.expect_fault(status, pointer, code);
    }
}

#[actix_web::test]
async fn the_regime_of_a_closed_unit_passes_to_its_heir() {
    let world = World::new().await;
    let made = world.as_("leader@A1").await;
    let body = regime(&world, json!({"unit_id": world.unit("A1"), "code": "cb-A1"}));
    let made = made.post(REGIMES, body).await.expect(201);
    let path = at(REGIMES, &made);
    let admin = world.as_("admin@A").await;
    let close = json!({"on": "2023-10-15", "successor_ids": [world.unit("A2")], "reason": "Sáp nhập chi bộ"});
    admin.post(&format!("/api/v1/org-units/{}/close", world.unit("A1")), close).await.expect(200);
    let heir = world.as_("leader@A2").await;
    let seen = heir.get(&path).await.expect(200);
    assert_eq!((&seen.body["unit"]["code"], &seen.body["version"]), (&json!("A2"), &json!(2)));
    assert_eq!(seen.body["cut_offs"], made.body["cut_offs"]);
    let history = heir.get(&format!("{path}/history")).await.expect(200);
    assert_eq!(
        (&history.body["items"][1]["kind"], &history.body["items"][1]["reason"]),
        (&json!("report_regime.transferred"), &json!("Sáp nhập chi bộ"))
    );
    heir.patch(&path, 2, json!({"name": "Kỳ báo cáo của chi bộ A2"})).await.expect(200);
}

#[actix_web::test]
async fn other_rooms_find_a_regime_by_its_id_or_its_code() {
    use tiendo::{auth::Actor, calendars::model, ids::Id, policy::Role};
    let world = World::new().await;
    let made = world.as_("leader@A").await.post(REGIMES, regime(&world, json!({}))).await.expect(201);
    let (id, branch, foreign) = (made.id(), world.units["A1"].id, world.units["B1"].id);
    let found = move |conn: &mut tiendo::db::AnyConn| {
        let mut ask = |unit: Id, key: &str| {
            let actor = Actor::imported(conn, unit, Role::Officer, None)?.unwrap();
            model::regime(conn, &actor, key)
        };
        let (by_id, by_code) = (ask(branch, &id)?, ask(branch, "xa-A")?);
        assert_eq!((&by_id, by_id.cut_offs[0].day), (&by_code, 20));
        for key in [&*id, "xa-A"] {
            assert_eq!(ask(foreign, key).unwrap_err().code.slug(), "not_found");
        }
        let decree = ask(foreign, "decree_09")?;
        let born = tiendo::measures::Regime::decree_09();
        for name in ["2023-01", "2015-Q3", "2023", "2021-2025", "2023-W41"] {
            assert_eq!(decree.window(name.parse().unwrap()), born.window(name.parse().unwrap()), "{name}");
        }
        model::working_days(conn)
    };
    let calendar = world.db.read(found).await.unwrap();
    assert!(!calendar.is_working("2023-09-04".parse().unwrap()));
}

#[actix_web::test]
async fn the_change_feed_tells_of_calendars() {
    let world = World::new().await;
    let root = world.root().await;
    root.post(super::DAYS, super::day_off(json!({}))).await.expect(201);
    let shared = regime(&world, json!({"unit_id": null, "code": "chung"}));
    root.post(REGIMES, shared).await.expect(201);
    world.as_("leader@A").await.post(REGIMES, regime(&world, json!({}))).await.expect(201);
    crate::events::settle(&world).await;
    for (who, regimes) in
        [("viewer@A", 2), ("viewer@A1", 2), ("viewer@D", 2), ("viewer@B", 1), ("admin@D", 2)]
    {
        let path = "/api/v1/changes?kinds=working_day,report_regime";
        let page = world.as_(who).await.get(path).await.expect(200);
        let told = all(&page, "kind");
        assert_eq!(told.iter().filter(|kind| *kind == "report_regime").count(), regimes, "{who}");
        assert_eq!(told.len() - regimes, 1, "{who}");
    }
}
