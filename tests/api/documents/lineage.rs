//! How papers hang together.

use super::{PATH, at, goes_back, paper, register};
use crate::harness::{Answer, World};
use serde_json::json;
use tiendo::ids::Id;

#[actix_web::test]
async fn what_is_referred_to_stays() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let above = register(&world, "officer@D", "D", json!({})).await;
    let below = register(&world, "officer@A", "A", goes_back(&above, "concretises")).await;
    let refused = officer.delete(&at(&above), 1).await.expect(409);
    assert_eq!(refused.code(), "in_use");
    officer.delete(&at(&below), 9).await.expect(412);
    let gone = officer.delete(&at(&below), 1).await.expect(204);
    assert_eq!(gone.text, "");
    officer.get(&at(&below)).await.expect(404);
    officer.delete(&at(&below), 2).await.expect(404);
    // A task may serve it as one of several.
    let task = json!({"title": "Xây đường", "unit_id": world.unit("A"), "class": "key",
        "parents": [{"kind": "document", "id": above}]});
    let leader = world.as_("leader@D").await;
    let task = leader.post("/api/v1/tasks", task).await.expect(201).id();
    assert_eq!(officer.delete(&at(&above), 1).await.expect(409).code(), "in_use");
    leader.patch(&format!("/api/v1/tasks/{task}"), 1, json!({"parents": []})).await.expect(200);
    officer.delete(&at(&above), 1).await.expect(204);
    assert_eq!(officer.get(PATH).await.body["items"], json!([]));
}

#[actix_web::test]
async fn nothing_goes_back_to_itself() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let a = register(&world, "officer@D", "D", json!({})).await;
    let b = register(&world, "officer@D", "D", goes_back(&a, "implements")).await;
    let c = register(&world, "officer@D", "D", goes_back(&b, "concretises")).await;
    for parent in [&a, &b, &c] {
        let circle = officer.patch(&at(&a), 1, goes_back(parent, "based_on")).await.expect(422);
        assert_eq!(circle.faults(), ["#/parents/0/document_id parent_cycle"]);
    }
    let own = Id::new().to_string();
    let mut body = paper(&world, "D", goes_back(&own, "implements"));
    body["id"] = json!(own);
    let self_made = officer.post(PATH, body).await.expect(422);
    assert_eq!(self_made.faults(), ["#/parents/0/document_id unknown_reference"]);
    officer.patch(&at(&c), 1, goes_back(&a, "concretises")).await.expect(200);
    officer.patch(&at(&b), 1, json!({"parents": []})).await.expect(200);
    officer.patch(&at(&a), 1, goes_back(&b, "based_on")).await.expect(200);
}

#[actix_web::test]
async fn two_parents_at_once_close_no_circle() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    for _ in 0..5 {
        let a = register(&world, "officer@D", "D", json!({})).await;
        let b = register(&world, "officer@D", "D", json!({})).await;
        let (one, two) = futures_util::future::join(
            officer.patch(&at(&a), 1, goes_back(&b, "implements")),
            officer.patch(&at(&b), 1, goes_back(&a, "implements")),
        )
        .await;
        let mut both = [one.status, two.status];
        both.sort_unstable();
        assert_eq!(both, [200, 422], "{} {}", one.text, two.text);
    }
}

#[actix_web::test]
async fn hidden_parents_survive_a_patch_of_who_does_not_see_them() {
    let world = World::new().await;
    let of_b = register(&world, "officer@B", "B", json!({})).await;
    let of_d = register(&world, "officer@D", "D", json!({})).await;
    let id = register(&world, "leader@D", "A", goes_back(&of_b, "based_on")).await;
    let officer = world.as_("officer@A").await;
    assert_eq!(officer.get(&at(&id)).await.expect(200).body["parents"], json!([]));
    officer.patch(&at(&id), 1, goes_back(&of_d, "implements")).await.expect(200);
    let leader = world.as_("leader@D").await;
    let seen = leader.get(&at(&id)).await.expect(200);
    assert_eq!(seen.body["parents"].as_array().unwrap().len(), 2);
    let lineage = officer.get(&format!("{}/lineage", at(&id))).await.expect(200);
    assert!(!lineage.text.contains(&of_b));
    let told = officer.get(&format!("{}/history", at(&id))).await.expect(200);
    assert!(told.text.contains(&of_d) && !told.text.contains(&of_b), "{}", told.text);
    assert!(leader.get(&format!("{}/history", at(&id))).await.expect(200).text.contains(&of_b));
}

#[actix_web::test]
async fn a_lineage_leads_both_ways() {
    let world = World::new().await;
    let top = register(&world, "officer@D", "D", json!({"number_text": "1-NQ/HU"})).await;
    let of_a = register(&world, "officer@A", "A", goes_back(&top, "concretises")).await;
    let of_b = register(&world, "officer@B", "B", goes_back(&top, "concretises")).await;
    let of_a1 = register(&world, "officer@A1", "A1", goes_back(&of_a, "implements")).await;
    let ids = |answer: &Answer| {
        let mut ids: Vec<String> = answer.body["nodes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        ids
    };
    let sorted = |ids: &[&String]| {
        let mut ids: Vec<String> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort();
        ids
    };
    let whole = world.as_("viewer@D").await.get(&format!("{}/lineage", at(&top))).await.expect(200);
    assert_eq!(ids(&whole), sorted(&[&top, &of_a, &of_b, &of_a1]));
    assert_eq!(whole.body["edges"].as_array().unwrap().len(), 3);
    assert_eq!(whole.body["nodes"][0]["id"].as_str(), Some(top.as_str()));
    assert_eq!(whole.body["nodes"][0]["unit"]["code"], "D");
    let one = world.as_("viewer@D").await.get(&format!("{}/lineage?depth=1", at(&top))).await.expect(200);
    assert_eq!(ids(&one), sorted(&[&top, &of_a, &of_b]));
    let middle = world.as_("viewer@A").await.get(&format!("{}/lineage", at(&of_a))).await.expect(200);
    assert_eq!(ids(&middle), sorted(&[&top, &of_a, &of_a1]));
    let edge = json!({"from": of_a, "to": top, "relation": "concretises"});
    assert!(middle.body["edges"].as_array().unwrap().contains(&edge));
    let mine = world.as_("viewer@A").await.get(&format!("{}/lineage", at(&top))).await.expect(200);
    assert_eq!(ids(&mine), sorted(&[&top, &of_a, &of_a1]), "a neighbour's programme is not shown");
    for bad in ["0", "21", "-1"] {
        let refused = world.as_("viewer@A").await.get(&format!("{}/lineage?depth={bad}", at(&top))).await;
        assert_eq!(refused.expect(400).faults(), ["depth limit_out_of_range"]);
    }
}

#[actix_web::test]
async fn a_huge_lineage_is_cut_and_says_so() {
    let world = World::new().await;
    let top = register(&world, "officer@D", "D", json!({})).await;
    let (root, issuer) = (world.unit("D"), world.unit("A"));
    let parent = top.clone();
    world
        .db
        .write(move |conn| {
            use diesel::{connection::SimpleConnection, prelude::*};
            for _ in 0..510 {
                let id = Id::new();
                diesel::sql_query(format!(
                    "INSERT INTO documents (id, root_id, doc_type, issuer_unit_id, title, status, search_text,
                     version, created_at, updated_at) VALUES ('{id}', '{root}', 'KH', '{issuer}', 'x', 'issued', 'x', 1, 0, 0)"
                ))
                .execute(conn)?;
                conn.batch_execute(&format!(
                    "INSERT INTO document_relations VALUES ('{id}', '{parent}', 'implements', '{root}')"
                ))?;
            }
            Ok(())
        })
        .await
        .unwrap();
    let cut = world.as_("viewer@D").await.get(&format!("{}/lineage", at(&top))).await.expect(200);
    assert_eq!(cut.body["nodes"].as_array().unwrap().len(), 500);
    assert_eq!(cut.body["edges"].as_array().unwrap().len(), 499);
    assert_eq!(cut.body["truncated"], true);
}
