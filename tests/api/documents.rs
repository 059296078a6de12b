//! Documents: what is recorded, by whom, and what is refused.

mod acyclic;
mod life;
pub mod likeness;
mod lineage;
mod lists;
mod numbers;
mod refusals;

use crate::harness::{Answer, World};
use serde_json::{Value, json};
use tiendo::ids::Id;

const PATH: &str = "/api/v1/documents";

/// A resolution of a unit, with some members of its own.
fn paper(world: &World, unit: &str, more: Value) -> Value {
    let mut body =
        json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": format!("Nghị quyết của {unit}")});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

async fn register(world: &World, who: &str, unit: &str, more: Value) -> String {
    world.as_(who).await.post(PATH, paper(world, unit, more)).await.expect(201).id()
}

fn goes_back(to: &str, relation: &str) -> Value {
    json!({"parents": [{"document_id": to, "relation": relation}]})
}

fn titles(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|d| d["title"].as_str().unwrap()).collect()
}

fn at(id: &str) -> String {
    format!("{PATH}/{id}")
}

#[actix_web::test]
async fn a_paper_is_kept_as_it_was_written() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let body = paper(
        &world,
        "D",
        json!({"number_text": "12-NQ/HU", "issued_on": "2023-01-10", "abstract": "Dòng một\nDòng hai",
            "content": "Điều 1.\nĐiều 2.", "confidentiality": "none"}),
    );
    let made = officer.post(PATH, body).await.expect(201);
    assert_eq!(made.header("location"), at(&made.id()));
    assert_eq!(made.header("etag"), "\"v1\"");
    assert!(made.body.get("content").is_none(), "the content comes only when asked for");
    let shown = officer.get(&at(&made.id())).await.expect(200);
    assert_eq!(shown.body, made.body);
    assert_eq!(shown.body["type"], "NQ");
    assert_eq!(shown.body["abstract"], "Dòng một\nDòng hai");
    assert_eq!(shown.body["status"], "issued");
    assert_eq!(shown.body["confidentiality"], "none");
    assert_eq!(shown.body["issuer"]["code"], "D");
    let content = officer.get(&format!("{}?fields=content", at(&made.id()))).await.expect(200);
    assert_eq!(content.body, json!({"content": "Điều 1.\nĐiều 2."}));
    let bare = register(&world, "officer@D", "D", json!({})).await;
    let content = officer.get(&format!("{}?fields=id,content", at(&bare))).await.expect(200);
    assert_eq!(content.body, json!({"id": bare, "content": null}));
    let list = officer.get(&format!("{PATH}?fields=content")).await.expect(422);
    assert_eq!(list.faults(), ["fields unknown_value"]);
    let not_changed = world.as_("officer@D").await.with("if-none-match", "\"v1\"").get(&at(&made.id())).await;
    assert_eq!((not_changed.status, not_changed.text.as_str()), (304, ""));
}

#[actix_web::test]
async fn only_the_issuer_and_its_superiors_write() {
    let world = World::new().await;
    let of_d = register(&world, "officer@D", "D", json!({})).await;
    let of_a = register(&world, "leader@D", "A", json!({})).await;
    let events = world.events().await;
    for who in ["viewer@D", "inspector@D", "service@D", "admin@D", "officer@A", "leader@A1"] {
        let caller = world.as_(who).await;
        let body = paper(&world, "D", json!({}));
        assert_eq!(caller.post(PATH, body).await.expect(403).code(), "forbidden", "{who}");
        assert_eq!(caller.patch(&at(&of_d), 1, json!({"title": "x"})).await.expect(403).code(), "forbidden");
        assert_eq!(caller.delete(&at(&of_d), 1).await.expect(403).code(), "forbidden");
        let issue = caller.post(&format!("{}/issue", at(&of_d)), json!({})).await;
        assert_eq!(issue.expect(403).code(), "forbidden");
    }
    let stranger = world.as_("leader@B").await;
    let refused = stranger.post(PATH, paper(&world, "A", json!({}))).await.expect(422);
    assert_eq!(refused.faults(), ["#/issuer_unit_id unknown_reference"]);
    stranger.patch(&at(&of_a), 1, json!({"title": "x"})).await.expect(404);
    stranger.delete(&at(&of_a), 1).await.expect(404);
    stranger.post(&format!("{}/issue", at(&of_a)), json!({})).await.expect(404);
    let sessions = 8;
    assert!(world.events().await <= events + 3 * sessions, "only people came to be");
    assert_eq!(world.as_("viewer@A").await.get(&at(&of_a)).await.expect(200).body["version"], 1);
}

#[actix_web::test]
async fn a_client_may_bring_the_id_and_send_again() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let (p, q) = (
        register(&world, "officer@A", "A", json!({})).await,
        register(&world, "officer@D", "D", json!({})).await,
    );
    let body = paper(
        &world,
        "A",
        json!({"id": Id::new(), "content": "Nội dung", "parents": [
            {"document_id": q, "relation": "implements"}, {"document_id": p, "relation": "amends"},
            {"document_id": q, "relation": "implements"}]}),
    );
    let made = officer.post(PATH, body.clone()).await.expect(201);
    assert_eq!(made.body["parents"].as_array().unwrap().len(), 2);
    let events = world.events().await;
    let again = officer.post(PATH, body.clone()).await.expect(200);
    assert_eq!(again.body, made.body);
    assert_eq!(world.events().await, events);
    for (name, value) in [
        ("title", json!("Khác")),
        ("content", json!("Khác")),
        ("status", json!("draft")),
        ("parents", json!([{"document_id": q, "relation": "implements"}])),
        ("issued_on", json!("2023-01-01")),
    ] {
        let mut other = body.clone();
        other[name] = value;
        assert_eq!(officer.post(PATH, other).await.expect(409).code(), "id_conflict", "{name}");
    }
    let mut stolen = body.clone();
    stolen["issuer_unit_id"] = json!(world.unit("B"));
    stolen["parents"] = json!([]);
    let foreign = world.as_("officer@B").await.post(PATH, stolen).await.expect(409);
    assert_eq!(foreign.code(), "id_conflict");
    assert!(!foreign.text.contains("Nghị quyết"));
    officer.delete(&at(&made.id()), 1).await.expect(204);
    assert_eq!(officer.post(PATH, body).await.expect(409).code(), "id_conflict");
}

#[actix_web::test]
async fn a_patch_keeps_clears_and_sets() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let more =
        json!({"number_text": "1-NQ/HU", "abstract": "Cũ", "content": "Cũ", "issued_on": "2023-01-01"});
    let id = register(&world, "officer@D", "D", more).await;
    let patch = json!({"abstract": null, "content": "Mới", "number_text": "2-NQ/HU"});
    let changed = officer.patch(&at(&id), 1, patch).await.expect(200);
    assert_eq!(changed.header("etag"), "\"v2\"");
    assert_eq!(changed.body["abstract"], Value::Null);
    assert_eq!(changed.body["number_text"], "2-NQ/HU");
    assert_eq!(changed.body["issued_on"], "2023-01-01");
    let content = officer.get(&format!("{}?fields=content", at(&id))).await.expect(200);
    assert_eq!(content.body["content"], "Mới");
    officer.patch(&at(&id), 2, json!({"content": null})).await.expect(200);
    let content = officer.get(&format!("{}?fields=content", at(&id))).await.expect(200);
    assert_eq!(content.body["content"], Value::Null);
    let history = officer.get(&format!("{}/history", at(&id))).await.expect(200);
    let changes: Vec<&Value> =
        history.body["items"].as_array().unwrap().iter().map(|e| &e["changes"]).collect();
    assert_eq!(changes.len(), 3);
    assert_eq!(changes[1]["abstract"], json!(["Cũ", null]));
    assert!(changes[1].get("issued_on").is_none() && changes[1].get("updated_at").is_none());
    assert!(changes[1]["content"][1].as_str().unwrap().starts_with("sha256:"));
    assert_eq!(changes[2]["content"], json!([changes[1]["content"][1], null]));
    let stale = officer.patch(&at(&id), 1, json!({"title": "x"})).await.expect(412);
    assert_eq!((stale.body["current"].as_str(), stale.body["yours"].as_str()), (Some("v3"), Some("v1")));
    let bare = officer.send(actix_web::http::Method::PATCH, &at(&id), Some("{}".into())).await;
    assert_eq!(bare.expect(428).code(), "precondition_required");
    for frozen in
        [json!({"status": "draft"}), json!({"type": "CT"}), json!({"title": null}), json!({"parents": null})]
    {
        officer.patch(&at(&id), 3, frozen).await.expect(400);
    }
}

#[actix_web::test]
async fn drafts_are_issued_once() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let id = register(&world, "officer@D", "D", json!({"status": "draft"})).await;
    let issue = format!("{}/issue", at(&id));
    let future = officer.post(&issue, json!({"issued_on": "2023-10-16"})).await.expect(422);
    assert_eq!(future.faults(), ["#/issued_on in_future"]);
    world.as_("viewer@A").await.get(&at(&id)).await.expect(404);
    let stale = world.as_("officer@D").await.with("if-match", "\"v7\"").post(&issue, json!({})).await;
    assert_eq!(stale.expect(412).code(), "stale_version");
    let issued = officer.post(&issue, json!({"number_text": "5-NQ/HU"})).await.expect(200);
    assert_eq!(issued.body["status"], "issued");
    assert_eq!(issued.body["issued_on"], "2023-10-15");
    assert_eq!(issued.body["number_text"], "5-NQ/HU");
    world.as_("viewer@A").await.get(&at(&id)).await.expect(200);
    let again = officer.post(&issue, json!({})).await.expect(409);
    assert_eq!(again.code(), "invalid_state");
}

#[actix_web::test]
async fn a_rehearsal_leaves_nothing() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let id = register(&world, "officer@D", "D", json!({"status": "draft"})).await;
    let events = world.events().await;
    officer.post(&format!("{PATH}?dry_run=true"), paper(&world, "D", json!({}))).await.expect(201);
    officer.patch(&format!("{}?dry_run=true", at(&id)), 1, json!({"title": "x"})).await.expect(200);
    officer.post(&format!("{}/issue?dry_run=true", at(&id)), json!({})).await.expect(200);
    officer.delete(&format!("{}?dry_run=true", at(&id)), 1).await.expect(204);
    assert_eq!(world.events().await, events);
    assert_eq!(officer.get(PATH).await.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(officer.get(&at(&id)).await.body["version"], 1);
}
