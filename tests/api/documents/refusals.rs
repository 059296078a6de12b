//! What is kept out of the register, and where the fault lies.

use super::{PATH, at, paper, register};
use crate::harness::{Answer, Caller, World};
use serde_json::{Value, json};
use tiendo::ids::Id;

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
