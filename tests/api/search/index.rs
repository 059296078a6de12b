//! The index follows every write, holds any text, and is made for what was there before it.

use super::{search, titles};
use crate::harness::World;
use diesel::connection::SimpleConnection;
use serde_json::json;
use tiendo::db::migrate;

async fn found(world: &World, q: &str) -> Vec<String> {
    let answer = search(&world.as_("leader@D").await, q, "").await.expect(200);
    titles(&answer).into_iter().map(Into::into).collect()
}

#[actix_web::test]
async fn what_changes_is_found_as_it_is_now() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    let body =
        json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Chè xanh", "content": "lúa mùa"});
    let id = leader.post("/api/v1/documents", body).await.expect(201).id();
    let path = format!("/api/v1/documents/{id}");
    assert_eq!((found(&world, "che xanh").await.len(), found(&world, "lua mua").await.len()), (1, 1));
    leader.patch(&path, 1, json!({"title": "Cà phê", "content": "hồ tiêu"})).await.expect(200);
    assert_eq!((found(&world, "che").await.len(), found(&world, "lua mua").await.len()), (0, 0));
    assert_eq!(found(&world, "ho tieu ca phe").await, ["Cà phê"]);
    leader.patch(&path, 2, json!({"content": null})).await.expect(200);
    assert_eq!(found(&world, "ho tieu").await, [""; 0]);
    leader.delete(&path, 3).await.expect(204);
    assert_eq!(found(&world, "ca phe").await, [""; 0]);

    let body = json!({"title": "Đắp đê", "unit_id": world.unit("A"), "class": "routine", "expected_product": "kè đá"});
    let officer = world.as_("officer@A").await;
    let id = officer.post("/api/v1/tasks", body).await.expect(201).id();
    assert_eq!(found(&world, "ke da").await, ["Đắp đê"]);
    let path = format!("/api/v1/tasks/{id}");
    officer.patch(&path, 1, json!({"description": "bờ bao", "expected_product": null})).await.expect(200);
    assert_eq!((found(&world, "ke da").await.len(), found(&world, "bo bao").await.len()), (0, 1));

    let path = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&path, 1, json!({"name": "Chi bộ ấp Thới"})).await.expect(200);
    assert_eq!((found(&world, "don vi b1").await.len(), found(&world, "ap thoi").await.len()), (0, 1));
}

#[actix_web::test]
async fn what_was_there_before_the_index_is_found() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    let body =
        json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Chè xanh", "content": "lúa mùa"});
    leader.post("/api/v1/documents", body).await.expect(201);
    let body =
        json!({"title": "Đắp đê", "unit_id": world.unit("A"), "class": "routine", "description": "kè đá"});
    leader.post("/api/v1/tasks", body).await.expect(201);
    let all = async || {
        let mut all = Vec::new();
        for q in ["che xanh", "lua mua", "dap de", "ke da", "don vi b1"] {
            all.push(found(&world, q).await.len());
        }
        all
    };
    assert_eq!(all().await, [1; 5]);
    migrate::redo(&world.scratch.url).unwrap();
    assert_eq!(all().await, [1; 5]);
    // A start that ended before everything was folded.
    let unfolded = "UPDATE document_contents SET search_text = ''; UPDATE tasks SET search_text = '';";
    world.db.write(move |conn| Ok(conn.batch_execute(unfolded)?)).await.unwrap();
    assert_eq!(all().await, [1, 0, 0, 0, 1]);
    migrate::run(&world.scratch.url).unwrap();
    assert_eq!(all().await, [1; 5]);
}

#[actix_web::test]
async fn a_word_at_the_end_of_a_megabyte_is_found() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    // As many different words as fit, so that nothing can be packed together, and one without an end.
    let mut content: String = (0..150_000).map(|n| format!("{n:x} ")).collect();
    content.truncate(980_000);
    content += &"z".repeat(10_000);
    content += " ban thuong vu cuoi cung";
    let body = json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Dài", "content": content});
    leader.post("/api/v1/documents", body).await.expect(201);
    for q in ["cuoi cung", "BTV cuối", "dai cuoi", "1fff cung", &"z".repeat(100)] {
        assert_eq!(found(&world, q).await, ["Dài"], "{q}");
    }
    assert_eq!(found(&world, "BCH cuối").await, [""; 0]);
    let answer = search(&leader, "cuối cùng", "").await.expect(200);
    let snippet = answer.body["items"][0]["snippet"].as_str().unwrap();
    assert!(snippet.ends_with("ban thuong vu <mark>cuoi cung</mark>"), "{snippet}");
}

#[actix_web::test]
async fn the_longest_words_are_told_by_their_beginning() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    for letter in ["字", "x"] {
        let title = letter.repeat(1000);
        let body = json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": title, "abstract": "字".repeat(9999)});
        leader.post("/api/v1/documents", body).await.expect(201);
        for (length, many) in [(10, 1), (63, 1), (64, 1), (65, 1), (200, 1)] {
            let wanted = if letter == "x" { many } else { found(&world, "字").await.len() };
            assert_eq!(found(&world, &letter.repeat(length)).await.len(), wanted, "{letter} {length}");
        }
    }
}
