//! `Prefer: return=minimal`.

use crate::{
    harness::World,
    matrix::{Stage, fill, knows, rows},
};
use serde_json::json;

const PATH: &str = "/api/v1/documents";

/// Every write of the permission matrix, as who may do it: where the document offers the preference the
/// body stays away, and only there.
#[actix_web::test]
async fn every_write_follows_the_preference_it_documents() {
    let stage = Stage::new().await;
    let (mut wrong, mut followed) = (Vec::new(), 0);
    for row in rows().filter(|row| row.method() != "GET") {
        let op = row.operation(&stage.things);
        let Some(effect) = row.effect.filter(|_| knows(op, "dry_run")) else { continue };
        let things = stage.with_own(effect.by, &stage.things).await;
        let sign = if row.call.contains('?') { '&' } else { '?' };
        let address = format!("{}{sign}dry_run=true", row.address(&things));
        let body = row.good_body().map(|body| fill(body, &things));
        let caller = stage.actor(effect.by).await.with("prefer", "return=minimal").with("if-match", "*");
        let caller = if address.contains("/imports") {
            caller.with("content-type", "application/x-ndjson")
        } else {
            caller
        };
        let answer = caller.send(row.method().parse().unwrap(), &address, body).await;
        let expected = knows(op, "Prefer");
        let applied = answer.header("preference-applied") == "return=minimal";
        let little = answer.text.is_empty() && matches!(answer.status, 201 | 204);
        let names = !answer.header("etag").is_empty() || !answer.header("location").is_empty();
        if applied != expected || (expected && !(little && names)) {
            wrong.push(format!("{}: {} {}", row.call, answer.status, answer.text));
        }
        followed += usize::from(applied);
    }
    assert!(wrong.is_empty(), "{} cases\n{}", wrong.len(), wrong.join("\n"));
    assert!(followed > 20, "only {followed} writes");
}

#[actix_web::test]
async fn little_is_enough_to_go_on_with() {
    let world = World::new().await;
    let paper = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Gọn"});
    let little = world.as_("officer@D").await.with("prefer", "return=minimal");
    let made = little.post(PATH, paper.clone()).await.expect(201);
    assert_eq!((made.text.as_str(), made.header("content-type"), made.header("etag")), ("", "", "\"v1\""));
    let path = made.header("location").to_owned();
    let read = little.get(&path).await.expect(200);
    assert_eq!((read.body["title"].as_str(), read.header("preference-applied")), (Some("Gọn"), ""));
    let changed = little.patch(&path, 1, json!({"title": "Gọn hơn"})).await.expect(204);
    assert_eq!((changed.text.as_str(), changed.header("etag")), ("", "\"v2\""));
    // A refusal says what it has to say.
    assert_eq!(little.patch(&path, 1, json!({"title": "Cũ"})).await.expect(412).code(), "stale_version");
    // Gone is gone: nothing was left out.
    assert_eq!(little.delete(&path, 2).await.expect(204).header("preference-applied"), "");
    for other in ["return=representation", "respond-async, wait=5", "handling=strict"] {
        let answer =
            world.as_("officer@D").await.with("prefer", other).post(PATH, paper.clone()).await.expect(201);
        assert_eq!(
            (answer.body["title"].as_str(), answer.header("preference-applied")),
            (Some("Gọn"), ""),
            "{other}"
        );
    }
}

#[actix_web::test]
async fn an_answer_given_again_follows_the_preference_of_then() {
    let world = World::new().await;
    let paper = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Một lần"});
    world.as_("officer@D").await;
    let events = world.events().await;
    let mut seen = Vec::new();
    for preference in ["return=minimal", "return=representation", "return=minimal"] {
        let officer =
            world.as_("officer@D").await.with("idempotency-key", "\"k1\"").with("prefer", preference);
        let answer = officer.post(PATH, paper.clone()).await.expect(201);
        assert_eq!(answer.text.is_empty(), preference == "return=minimal");
        seen.push((answer.header("location").to_owned(), answer.header("etag").to_owned()));
    }
    assert!(seen.iter().all(|answer| *answer == seen[0]), "{seen:?}");
    assert_eq!(world.events().await, events + 1);
}
