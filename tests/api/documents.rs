//! Documents: what is recorded, by whom, and what is refused.

mod lineage;
mod lists;

use crate::harness::{Answer, Caller, World};
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
async fn secrets_are_refused_and_leave_nothing() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let plain = register(&world, "officer@D", "D", json!({})).await;
    let events = world.events().await;
    for (more, place) in [
        (json!({"confidentiality": "secret"}), "/confidentiality"),
        (json!({"confidentiality": "Mật"}), "/confidentiality"),
        (json!({"confidentiality": "None"}), "/confidentiality"),
        (json!({"confidentiality": ""}), "/confidentiality"),
        (json!({"title": "TỐI MẬT"}), "/title"),
        (json!({"abstract": "Về nhân sự\n(MẬT)"}), "/abstract"),
        (json!({"content": "ĐẢNG CỘNG SẢN VIỆT NAM\n\nTUYỆT MẬT\nSố 01"}), "/content"),
    ] {
        let refused = officer.post(PATH, paper(&world, "D", more.clone())).await.expect(422);
        assert_eq!(refused.code(), "classified_content", "{more}");
        assert_eq!(refused.faults(), [format!("#{place} classified_content")]);
        assert!(!refused.text.contains("TUYỆT") && !refused.text.contains("TỐI MẬT"));
    }
    for patch in [json!({"title": "MẬT"}), json!({"abstract": "MẬT"}), json!({"content": "a\nTỐI MẬT\nb"})]
    {
        let refused = officer.patch(&at(&plain), 1, patch).await.expect(422);
        assert_eq!(refused.code(), "classified_content");
    }
    let talks_of_it =
        json!({"content": "Công tác bảo vệ bí mật nhà nước: độ MẬT, TỐI MẬT.", "confidentiality": null});
    officer.post(PATH, paper(&world, "D", talks_of_it)).await.expect(201);
    assert_eq!(world.events().await, events + 1);
}

#[actix_web::test]
async fn every_fault_is_named_with_its_place() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let of_b = register(&world, "officer@B", "B", json!({})).await;
    let body = paper(
        &world,
        "A",
        json!({"type": "XX", "issued_on": "2023-10-16", "term_id": Id::new(),
            "parents": [{"document_id": of_b, "relation": "amends"}]}),
    );
    let refused = officer.post(PATH, body).await.expect(422);
    assert_eq!(
        refused.faults(),
        [
            "#/issued_on in_future",
            "#/term_id unknown_reference",
            "#/parents/0/document_id unknown_reference",
            "#/type unknown_value"
        ]
    );
    assert!(refused.text.contains("QĐ"), "the accepted types are listed");
    let wrong = |more| officer_post(&officer, paper(&world, "A", more));
    assert_eq!(
        wrong(json!({"parents": [{"document_id": of_b, "relation": "likes"}]})).await.expect(422).faults(),
        ["#/parents/0/relation unknown_value"]
    );
    assert_eq!(wrong(json!({"status": "lost"})).await.expect(422).faults(), ["#/status unknown_value"]);
    assert_eq!(
        wrong(json!({"issued_on": "2023-02-31"})).await.expect(400).faults(),
        ["#/issued_on malformed"]
    );
    assert_eq!(wrong(json!({"colour": 1})).await.expect(400).faults(), ["#/colour unknown_field"]);
    assert_eq!(wrong(json!({"title": " "})).await.expect(422).faults(), ["#/title may_not_be_empty"]);
    let long = "a".repeat(1_000_001);
    assert_eq!(wrong(json!({"content": long})).await.expect(422).faults(), ["#/content too_long"]);
    wrong(json!({"content": "a".repeat(1_000_000)})).await.expect(201);
}

async fn officer_post(caller: &Caller<'_>, body: Value) -> Answer {
    caller.post(PATH, body).await
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
async fn a_closed_unit_issues_nothing_more_but_its_old_papers_are_registered() {
    let world = World::new().await;
    let root = world.root().await;
    let close = format!("/api/v1/org-units/{}/close", world.unit("B1"));
    root.post(&close, json!({"on": "2023-10-01", "reason": "Giải thể"})).await.expect(200);
    let officer = world.as_("officer@B").await;
    for more in [json!({}), json!({"issued_on": "2023-10-01"})] {
        let refused = officer.post(PATH, paper(&world, "B1", more)).await.expect(422);
        assert_eq!(refused.faults(), ["#/issuer_unit_id not_permitted_here"]);
    }
    officer.post(PATH, paper(&world, "B1", json!({"issued_on": "2023-09-30"}))).await.expect(201);
}

#[actix_web::test]
async fn terms_are_those_of_the_issuer_or_above() {
    let world = World::new().await;
    let (of_d, of_a, of_b) = (Id::new(), Id::new(), Id::new());
    for (term, unit) in [(of_d, "D"), (of_a, "A"), (of_b, "B")] {
        let (root, unit) = (world.unit("D"), world.unit(unit));
        world
            .db
            .write(move |conn| {
                use diesel::prelude::*;
                diesel::sql_query(format!(
                    "INSERT INTO terms (id, root_id, unit_id, name, version, created_at, updated_at)
                     VALUES ('{term}', '{root}', '{unit}', '2020-2025', 1, 0, 0)"
                ))
                .execute(conn)?;
                Ok(())
            })
            .await
            .unwrap();
    }
    let officer = world.as_("officer@A").await;
    for term in [of_d, of_a] {
        let id = register(&world, "officer@A", "A", json!({"term_id": term})).await;
        let found = officer.get(&format!("{PATH}?term_id={term}")).await.expect(200);
        assert_eq!(found.body["items"][0]["id"].as_str(), Some(id.as_str()));
    }
    let stranger = officer.post(PATH, paper(&world, "A", json!({"term_id": of_b}))).await.expect(422);
    assert_eq!(stranger.faults(), ["#/term_id unknown_reference"]);
    let leader = world.as_("leader@D").await;
    let other = leader.post(PATH, paper(&world, "A", json!({"term_id": of_b}))).await.expect(422);
    assert_eq!(other.faults(), ["#/term_id not_permitted_here"]);
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
