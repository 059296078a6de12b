//! Terms: who reads and records them, and what they may say.

use crate::harness::{Answer, World};
use serde_json::{Value, json};

const ABSENT: &str = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";

fn term(world: &World, unit: &str) -> Value {
    json!({"unit_id": world.unit(unit), "ordinal": "XII", "name": format!("Nhiệm kỳ của {unit}"),
        "from_year": 2020, "to_year": 2025})
}

fn at(term: &Answer) -> String {
    format!("/api/v1/terms/{}", term.id())
}

fn names(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn terms_are_recorded_for_the_own_unit_and_below() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let before = world.events().await;
    let made = officer.post("/api/v1/terms", term(&world, "A1")).await.expect(201);
    assert_eq!((made.header("location"), made.header("etag")), (at(&made).as_str(), "\"v1\""));
    assert_eq!(officer.get(&at(&made)).await.expect(200).body, made.body);
    assert_eq!(made.body["unit"]["code"], "A1");
    // Another of the same years: while one is reported on, the next has begun.
    officer.post("/api/v1/terms", term(&world, "A1")).await.expect(201);
    assert_eq!(world.events().await, before + 2);
    officer.post("/api/v1/terms", term(&world, "D")).await.expect(403);
    let foreign = officer.post("/api/v1/terms", term(&world, "B")).await.expect(422);
    assert_eq!(foreign.faults(), ["#/unit_id unknown_reference"]);
    let mut absent = term(&world, "A");
    absent["unit_id"] = ABSENT.into();
    assert_eq!(officer.post("/api/v1/terms", absent).await.expect(422).faults(), foreign.faults());
    for role in ["viewer@A", "inspector@A", "service@A", "admin@A"] {
        world.as_(role).await.post("/api/v1/terms", term(&world, "A")).await.expect(403);
    }
}

#[actix_web::test]
async fn terms_are_read_in_the_territory_and_above_it() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    let mut made = Vec::new();
    for unit in ["D", "A", "A1", "B"] {
        made.push(leader.post("/api/v1/terms", term(&world, unit)).await.expect(201));
    }
    let reader = world.as_("viewer@A").await;
    assert_eq!(
        names(&reader.get("/api/v1/terms").await.expect(200)),
        ["Nhiệm kỳ của D", "Nhiệm kỳ của A", "Nhiệm kỳ của A1"]
    );
    for (term, status) in made.iter().zip([200, 200, 200, 404]) {
        reader.get(&at(term)).await.expect(status);
        reader.get(&format!("{}/history", at(term))).await.expect(status);
    }
    let foreign = world.as_("leader@A").await;
    for path in [at(&made[3]), format!("/api/v1/terms/{ABSENT}")] {
        foreign.patch(&path, 1, json!({"name": "x"})).await.expect(404);
        foreign.delete(&path, 1).await.expect(404);
    }
    foreign.patch(&at(&made[0]), 1, json!({"name": "x"})).await.expect(403);
    foreign.delete(&at(&made[0]), 1).await.expect(403);
    world.as_("admin@D").await.get("/api/v1/terms").await.expect(403);
    let of = |filter: &str, unit: &str| format!("/api/v1/terms?{filter}={}", world.unit(unit));
    assert_eq!(names(&reader.get(&of("unit_id", "D")).await.expect(200)), ["Nhiệm kỳ của D"]);
    assert_eq!(names(&reader.get(&of("under", "A")).await.expect(200)).len(), 2);
    assert!(names(&reader.get(&of("unit_id", "B")).await.expect(200)).is_empty());
    reader.get(&of("under", "B")).await.expect(404);
    let first = leader.get("/api/v1/terms?limit=3").await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let rest = leader.get(&format!("/api/v1/terms?limit=3&cursor={cursor}")).await.expect(200);
    assert_eq!((names(&rest), rest.body["next_cursor"].is_null()), (vec!["Nhiệm kỳ của B"], true));
    let stolen = reader.get(&format!("/api/v1/terms?limit=3&cursor={cursor}")).await.expect(400);
    assert_eq!(stolen.faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn a_term_does_not_end_before_it_starts() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let before = world.events().await;
    for (change, status, faults) in [
        (json!({"from_year": 2025, "to_year": 2020}), 422, vec!["#/to_year end_before_start"]),
        (
            json!({"from_year": 2025, "to_year": 2020, "starts_on": "2020-08-13", "ends_on": "2020-08-12"}),
            422,
            vec!["#/to_year end_before_start", "#/ends_on end_before_start"],
        ),
        (json!({"from_year": 20}), 422, vec!["#/from_year out_of_range"]),
        (json!({"starts_on": "2020-02-30"}), 400, vec!["#/starts_on malformed"]),
        (json!({"name": " "}), 422, vec!["#/name may_not_be_empty"]),
        (json!({"to_year": "2025"}), 400, vec!["#/to_year wrong_type"]),
        (json!({"version": 3}), 400, vec!["#/version unknown_field"]),
    ] {
        let mut body = term(&world, "A");
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        assert_eq!(officer.post("/api/v1/terms", body).await.expect(status).faults(), faults, "{change}");
    }
    assert_eq!(world.events().await, before);
    let made = officer.post("/api/v1/terms", term(&world, "A")).await.expect(201);
    // What stands already counts too.
    let patch = officer.patch(&at(&made), 1, json!({"to_year": 2019})).await.expect(422);
    assert_eq!(patch.faults(), ["#/to_year end_before_start"]);
    let same_day =
        json!({"starts_on": "2020-08-13", "ends_on": "2020-08-13", "to_year": null, "ordinal": null});
    let patched = officer.patch(&at(&made), 1, same_day).await.expect(200);
    assert_eq!((patched.body["to_year"].is_null(), patched.body["from_year"].as_i64()), (true, Some(2020)));
}

#[actix_web::test]
async fn stale_versions_and_deleted_terms_are_refused() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let mut body = term(&world, "A");
    let id = "0199a0b2-0000-7000-8000-000000000009";
    body["id"] = id.into();
    let made = officer.post("/api/v1/terms", body.clone()).await.expect(201);
    assert_eq!(officer.post("/api/v1/terms", body.clone()).await.expect(200).body, made.body);
    let mut other = body.clone();
    other["name"] = "khác".into();
    assert_eq!(officer.post("/api/v1/terms", other).await.expect(409).code(), "id_conflict");
    let mut foreign = term(&world, "B");
    foreign["id"] = id.into();
    let foreign = world.as_("officer@B").await.post("/api/v1/terms", foreign).await.expect(409);
    assert!(!foreign.text.contains("Nhiệm kỳ của A"), "{}", foreign.text);
    officer.patch(&at(&made), 1, json!({"name": "Đảng bộ xã A, nhiệm kỳ 2020 - 2025"})).await.expect(200);
    let stale = officer.patch(&at(&made), 1, json!({"name": "x"})).await.expect(412);
    assert_eq!((stale.body["current"].as_str(), stale.body["yours"].as_str()), (Some("v2"), Some("v1")));
    let bare = officer.send(actix_web::http::Method::DELETE, &at(&made), None).await;
    assert_eq!(bare.expect(428).code(), "precondition_required");
    officer.delete(&at(&made), 1).await.expect(412);
    let paper = json!({"type": "NQ", "title": "Nghị quyết đại hội", "issuer_unit_id": world.unit("A"), "term_id": id});
    let paper = officer.post("/api/v1/documents", paper).await.expect(201);
    assert_eq!(officer.delete(&at(&made), 2).await.expect(409).code(), "in_use");
    officer.delete(&format!("/api/v1/documents/{}", paper.id()), 1).await.expect(204);
    let congress = json!({"unit_id": world.unit("A"), "kind": "delegate", "term_id": id});
    let congress = officer.post("/api/v1/congresses", congress).await.expect(201);
    assert_eq!(officer.delete(&at(&made), 2).await.expect(409).code(), "in_use");
    officer.delete(&format!("/api/v1/congresses/{}", congress.id()), 1).await.expect(204);
    let history = officer.get(&format!("{}/history", at(&made))).await.expect(200);
    assert_eq!(history.body["items"][1]["changes"]["name"][0], "Nhiệm kỳ của A");
    officer.delete(&at(&made), 2).await.expect(204);
    officer.get(&at(&made)).await.expect(404);
    officer.delete(&at(&made), 3).await.expect(404);
    assert!(names(&officer.get("/api/v1/terms").await).is_empty());
    assert_eq!(officer.post("/api/v1/terms", body).await.expect(409).code(), "id_conflict");
}
