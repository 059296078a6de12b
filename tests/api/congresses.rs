//! Congresses: their numbers, and the terms they begin.

use crate::harness::{Answer, World};
use serde_json::{Value, json};

fn congress(world: &World, unit: &str, more: Value) -> Value {
    let mut body = json!({"unit_id": world.unit(unit), "kind": "delegate"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

fn at(congress: &Answer) -> String {
    format!("/api/v1/congresses/{}", congress.id())
}

#[actix_web::test]
async fn a_term_starts_on_the_day_after_its_congress_closed() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let term = json!({"unit_id": world.unit("A"), "name": "Nhiệm kỳ 2020 - 2025"});
    let term = officer.post("/api/v1/terms", term).await.expect(201).id();
    let starts_on =
        async || officer.get(&format!("/api/v1/terms/{term}")).await.expect(200).body["starts_on"].clone();
    let before = world.events().await;
    let days =
        json!({"opened_on": "2020-07-28", "closed_on": "2020-07-30", "term_id": term, "ordinal": "xx"});
    let made = officer.post("/api/v1/congresses", congress(&world, "A", days.clone())).await.expect(201);
    assert_eq!(made.body["ordinal"], "XX");
    assert_eq!(world.events().await, before + 2, "the congress and its term");
    assert_eq!(starts_on().await, "2020-07-31");
    // A day moved moves the start it set, the last day of a year too.
    officer.patch(&at(&made), 1, json!({"closed_on": "2020-12-31"})).await.expect(200);
    assert_eq!(starts_on().await, "2021-01-01");
    // What somebody else said of the term is not overruled.
    officer.patch(&format!("/api/v1/terms/{term}"), 3, json!({"starts_on": "2020-09-01"})).await.expect(200);
    let other = officer.patch(&at(&made), 2, json!({"closed_on": "2020-07-30"})).await.expect(422);
    assert_eq!(other.faults(), ["#/term_id not_permitted_here"]);
    // One congress for a term, and a term of the same unit.
    let second = congress(&world, "A", json!({"term_id": term}));
    assert_eq!(officer.post("/api/v1/congresses", second).await.expect(409).code(), "already_exists");
    let foreign = congress(&world, "A1", json!({"term_id": term}));
    let foreign = officer.post("/api/v1/congresses", foreign).await.expect(422);
    assert_eq!(foreign.faults(), ["#/term_id not_permitted_here"]);
    let stranger = world.as_("officer@B").await;
    let absent = stranger.post("/api/v1/congresses", congress(&world, "B", json!({"term_id": term}))).await;
    assert_eq!(absent.expect(422).faults(), ["#/term_id unknown_reference"]);
}

#[actix_web::test]
async fn branches_have_congresses_of_their_own() {
    let world = World::new().await;
    let branch = world.as_("officer@A1").await;
    let body =
        congress(&world, "A1", json!({"kind": "all_members", "delegates_called": 9, "delegates_present": 9}));
    let made = branch.post("/api/v1/congresses", body).await.expect(201);
    branch.post("/api/v1/congresses", congress(&world, "A", json!({}))).await.expect(403);
    world.as_("leader@D").await.get(&at(&made)).await.expect(200);
    world.as_("leader@B").await.get(&at(&made)).await.expect(404);
    crate::events::settle(&world).await;
    let feed = world.as_("viewer@A").await.get("/api/v1/changes?kinds=congress").await.expect(200);
    assert_eq!(feed.body["items"][0]["id"], made.id());
    branch.delete(&at(&made), 1).await.expect(204);
    branch.get(&at(&made)).await.expect(404);
}

#[actix_web::test]
async fn numbers_and_days_are_checked() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let made = officer
        .post("/api/v1/congresses", congress(&world, "A", json!({"ordinal": "XII"})))
        .await
        .expect(201);
    let again = officer.post("/api/v1/congresses", congress(&world, "A", json!({"ordinal": "xii"}))).await;
    assert_eq!(again.expect(409).code(), "already_exists");
    officer.post("/api/v1/congresses", congress(&world, "A1", json!({"ordinal": "XII"}))).await.expect(201);
    for (more, status, faults) in [
        (json!({"ordinal": "XIIII"}), 400, vec!["#/ordinal malformed"]),
        (json!({"ordinal": "12"}), 400, vec!["#/ordinal malformed"]),
        (json!({"ordinal": 12}), 400, vec!["#/ordinal wrong_type"]),
        (json!({"kind": "club"}), 422, vec!["#/kind unknown_value"]),
        (
            json!({"opened_on": "2020-07-28", "closed_on": "2020-07-27", "delegates_called": 1, "delegates_present": 2}),
            422,
            vec!["#/closed_on end_before_start", "#/delegates_present out_of_range"],
        ),
    ] {
        let body = congress(&world, "A", more.clone());
        assert_eq!(officer.post("/api/v1/congresses", body).await.expect(status).faults(), faults, "{more}");
    }
    let patched =
        officer.patch(&at(&made), 1, json!({"ordinal": "XIII", "delegates_called": 120})).await.expect(200);
    assert_eq!((&patched.body["ordinal"], &patched.body["version"]), (&json!("XIII"), &json!(2)));
    officer.patch(&at(&made), 1, json!({"ordinal": "XIV"})).await.expect(412);
}
