//! Who gets what, once.

use super::{paper, receipt, send, step, told};
use crate::harness::World;
use futures_util::future::join_all;
use serde_json::json;

#[actix_web::test]
async fn one_call_sends_to_many_and_tells_who_got_it() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let more =
        json!({"under": world.unit("D"), "level": "branch", "receipt_due_on": "2023-10-20", "note": "Khẩn"});
    let before = world.events().await;
    let sent = send(&world, "officer@D", &paper, &["A", "A1"], more).await.expect(201);
    // One for the dispatch and one for each unit, each unit once.
    assert_eq!(world.events().await - before, 5);
    let codes: Vec<_> =
        sent.body["sent"].as_array().unwrap().iter().map(|one| &one["unit"]["code"]).collect();
    assert_eq!(codes, ["A", "A1", "A2", "B1"]);
    assert_eq!((&sent.body["already_sent"], &sent.body["figures"]["total"]), (&json!([]), &json!(4)));
    assert_eq!(sent.header("location"), format!("/api/v1/dispatches/{}", sent.id()));
    let shown = world.as_("viewer@A").await.get(sent.header("location")).await.expect(200).body;
    // A reads its own part of the figures.
    assert_eq!((&shown["figures"]["total"], &shown["note"]), (&json!(3), &json!("Khẩn")));
    assert_eq!(shown.get("sent"), None);
    let of_document = world.as_("viewer@D").await.get(&format!("/api/v1/documents/{paper}/dispatches")).await;
    assert_eq!(of_document.expect(200).body["items"][0]["figures"]["total"], 4);
    let history = format!("/api/v1/receipts/{}/history", receipt(&sent, "A2"));
    let history = world.as_("viewer@A2").await.get(&history).await.expect(200).body;
    assert_eq!(history["items"][0]["kind"], "receipt.sent");
    assert_eq!(history["items"][0]["by"]["name"], "officer@D");
}

#[actix_web::test]
async fn who_has_it_gets_nothing_new_until_it_is_recalled() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let first = send(&world, "officer@D", &paper, &["A"], json!({})).await.expect(201);
    let second = send(&world, "leader@D", &paper, &["A", "B"], json!({})).await.expect(201);
    assert_eq!(second.body["already_sent"][0]["code"], "A");
    assert_eq!(second.body["sent"].as_array().unwrap().len(), 1);
    send(&world, "officer@D", &paper, &["A", "B"], json!({})).await.expect_problem(409, "already_exists");
    // Exempt is not rid of it; recalled is.
    step(&world, "leader@D", &receipt(&first, "A"), "exempt", json!({"reason": "Không áp dụng"}))
        .await
        .expect(200);
    send(&world, "officer@D", &paper, &["A"], json!({})).await.expect_problem(409, "already_exists");
    step(&world, "leader@D", &receipt(&first, "A"), "recall", json!({"reason": "Gửi lại"})).await.expect(200);
    send(&world, "officer@D", &paper, &["A"], json!({})).await.expect(201);
    assert_eq!(
        told(&world, "viewer@A", "").await,
        ["A sent recalled", "A sent no_due_date"],
        "both are in the books"
    );
}

#[actix_web::test]
async fn a_dispatch_sent_again_under_its_id_is_the_same() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let own = json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4e", "receipt_due_on": "2023-10-20"});
    let made = send(&world, "officer@D", &paper, &["A", "B"], own.clone()).await.expect(201);
    let again = send(&world, "officer@D", &paper, &["B", "A"], own.clone()).await.expect(200);
    assert_eq!((&again.body["sent"], &again.body["figures"]), (&made.body["sent"], &made.body["figures"]));
    send(&world, "officer@D", &paper, &["A"], own.clone()).await.expect_problem(409, "id_conflict");
    let other = json!({"id": own["id"], "receipt_due_on": "2023-10-21"});
    send(&world, "officer@D", &paper, &["A", "B"], other).await.expect_problem(409, "id_conflict");
    // Of what it does not see, a unit learns nothing.
    send(&world, "officer@A", &paper, &["A1"], own.clone()).await.expect_problem(409, "id_conflict");
    let strange = json!({"id": own["id"]});
    let passed = send(&world, "officer@A", &paper, &["A1"], json!({})).await.expect(201);
    let id = json!({"id": passed.id()});
    send(&world, "officer@B", &paper, &["B1"], id).await.expect_problem(409, "id_conflict");
    send(&world, "officer@B", &paper, &["B1"], strange).await.expect_problem(409, "id_conflict");
}

#[actix_web::test]
async fn two_who_send_at_once_send_once() {
    let world = World::new().await;
    let paper = paper(&world, "officer@D", "D").await;
    let (officer, leader) = (world.as_("officer@D").await, world.as_("leader@D").await);
    let path = format!("/api/v1/documents/{paper}/dispatches");
    let body = json!({"unit_ids": [world.unit("A"), world.unit("B")]});
    let answers = join_all([
        officer.post(&path, body.clone()),
        leader.post(&path, body.clone()),
        officer.post(&path, body),
    ])
    .await;
    let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409]);
    assert_eq!(told(&world, "viewer@D", "").await.len(), 2);
}

#[actix_web::test]
async fn a_thousand_units_are_reached_in_one_call_and_no_more() {
    let mut world = World::new().await;
    world.add_unit("C", "commune", "party_committee", "D").await;
    let parent = world.place(&world.unit("C")).await;
    let made = world.db.write(move |conn| {
        use diesel::prelude::*;
        use tiendo::{db::schema::org_units, ids::Id};
        for n in 0..997 {
            let id = Id::new();
            diesel::insert_into(org_units::table)
                .values((
                    org_units::id.eq(id),
                    org_units::root_id.eq(parent.root_id),
                    org_units::code.eq(format!("C{n}")),
                    org_units::name.eq("Chi bộ"),
                    org_units::name_key.eq("chi bo"),
                    org_units::level.eq("branch"),
                    org_units::kind.eq("branch"),
                    org_units::parent_id.eq(parent.id),
                    org_units::path.eq(format!("{}{id}/", parent.path)),
                    org_units::depth.eq(2),
                    org_units::traits.eq("[]"),
                    org_units::search_text.eq("chi bo"),
                    org_units::version.eq(1),
                    org_units::created_at.eq(0),
                    org_units::updated_at.eq(0),
                ))
                .execute(conn)?;
        }
        Ok(())
    });
    made.await.unwrap();
    let paper = paper(&world, "officer@D", "D").await;
    // 997 and A1, A2, B1; with A one too many.
    send(&world, "officer@D", &paper, &["A"], json!({"level": "branch"}))
        .await
        .expect_fault(422, "/under", "too_many");
    let sent = send(&world, "officer@D", &paper, &[], json!({"level": "branch"})).await.expect(201);
    assert_eq!(sent.body["figures"]["total"], 1000);
    let page = world.as_("viewer@D").await.get("/api/v1/receipts?limit=200").await.expect(200).body;
    assert!(page["next_cursor"].is_string());
}
