//! `Idempotency-Key` and `dry_run`.

use crate::harness::{Caller, World};
use futures_util::future::join_all;
use serde_json::{Value, json};

const PATH: &str = "/api/v1/documents";

async fn with_key<'a>(world: &'a World, who: &str, key: &str) -> Caller<'a> {
    world.as_(who).await.with("idempotency-key", key)
}

fn paper(world: &World, title: &str) -> Value {
    json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": title})
}

async fn papers(world: &World) -> usize {
    let list = world.as_("viewer@D").await.get(&format!("{PATH}?limit=200")).await.expect(200);
    list.body["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_hundred_at_once_are_one() {
    let world = World::new().await;
    let officer = with_key(&world, "officer@D", "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"").await;
    let events = world.events().await;
    let body = paper(&world, "Một lần");
    let answers = join_all((0..100).map(|_| officer.post(PATH, body.clone()))).await;
    for answer in &answers {
        assert_eq!(answer.status, 201, "{}", answer.text);
        assert_eq!(answer.text, answers[0].text);
        for header in ["location", "etag", "content-type"] {
            assert_eq!(answer.header(header), answers[0].header(header));
        }
    }
    assert_eq!(world.events().await, events + 1);
    assert_eq!(papers(&world).await, 1);
}

#[actix_web::test]
async fn a_hundred_without_a_key_but_with_one_id_are_one() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let mut body = paper(&world, "Một lần");
    body["id"] = json!(tiendo::ids::Id::new());
    let events = world.events().await;
    let answers = join_all((0..100).map(|_| officer.post(PATH, body.clone()))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1);
    for answer in &answers {
        assert!([200, 201, 409].contains(&answer.status), "{}", answer.text);
    }
    assert_eq!(officer.post(PATH, body).await.status, 200);
    assert_eq!(world.events().await, events + 1);
}

#[actix_web::test]
async fn a_key_stands_for_one_request_of_one_person() {
    let world = World::new().await;
    let body = paper(&world, "Một");
    let first = with_key(&world, "officer@D", "k1").await.post(PATH, body.clone()).await.expect(201);
    let quoted = with_key(&world, "officer@D", "\"k1\"").await.post(PATH, body.clone()).await.expect(201);
    assert_eq!(quoted.body, first.body, "the quoted form is the same key");
    let officer = with_key(&world, "officer@D", "k1").await;
    let other = officer.post(PATH, paper(&world, "Hai")).await.expect(422);
    assert_eq!(other.code(), "idempotency_mismatch");
    let somebody = with_key(&world, "officer@D#2", "k1").await.post(PATH, body.clone()).await.expect(201);
    assert_ne!(somebody.id(), first.id(), "another person's key is another key");
    let issue = format!("{PATH}/{}/issue", first.id());
    assert_eq!(officer.post(&issue, json!({})).await.expect(409).code(), "invalid_state");
    assert_eq!(papers(&world).await, 2);
    world.go_to("2023-10-18").await;
    let later = with_key(&world, "officer@D", "k1").await.post(PATH, body).await.expect(201);
    assert_ne!(later.id(), first.id(), "after 48 hours the key is free");
}

#[actix_web::test]
async fn a_refused_request_leaves_its_key_free() {
    let world = World::new().await;
    let officer = with_key(&world, "officer@D", "k1").await;
    let mut body = paper(&world, "Một");
    body["type"] = json!("XX");
    officer.post(PATH, body).await.expect(422);
    officer.post(PATH, paper(&world, "Một")).await.expect(201);
    let viewer = with_key(&world, "viewer@D", "k1").await;
    viewer.post(PATH, paper(&world, "Một")).await.expect(403);
    for bad in ["", "\"\"", "a\"b", &"k".repeat(256)] {
        let refused = with_key(&world, "officer@D", bad).await.post(PATH, paper(&world, "Hai")).await;
        assert_eq!(refused.expect(400).faults(), ["Idempotency-Key malformed"]);
        let path = format!("{PATH}?dry_run=true");
        let rehearsed = with_key(&world, "officer@D", bad).await.post(&path, paper(&world, "Hai")).await;
        assert_eq!(rehearsed.expect(400).faults(), ["Idempotency-Key malformed"]);
    }
    assert_eq!(papers(&world).await, 1);
}

#[actix_web::test]
async fn a_patch_sent_again_is_answered_again() {
    let world = World::new().await;
    let made = world.as_("officer@D").await.post(PATH, paper(&world, "Một")).await.expect(201);
    let path = format!("{PATH}/{}", made.id());
    let officer = with_key(&world, "officer@D", "k1").await;
    let first = officer.patch(&path, 1, json!({"title": "Hai"})).await.expect(200);
    let again = officer.patch(&path, 1, json!({"title": "Hai"})).await.expect(200);
    assert_eq!((again.text.as_str(), again.header("etag")), (first.text.as_str(), "\"v2\""));
    let gone = officer.delete(&path, 2).await.expect(204);
    let again = officer.delete(&path, 2).await.expect(204);
    assert_eq!(gone.text, again.text);
}

#[actix_web::test]
async fn a_rehearsal_takes_no_key() {
    let world = World::new().await;
    let officer = with_key(&world, "officer@D", "k1").await;
    let events = world.events().await;
    officer.post(&format!("{PATH}?dry_run=true"), paper(&world, "Một")).await.expect(201);
    assert_eq!((world.events().await, papers(&world).await), (events, 0));
    officer.post(PATH, paper(&world, "Hai")).await.expect(201);
    for bad in ["dry_run=yes", "dry_run=true&dry_run=true", "rehearse=true"] {
        officer.post(&format!("{PATH}?{bad}"), paper(&world, "Ba")).await.expect(400);
    }
    assert_eq!(papers(&world).await, 1);
}
