//! Drafting: programmes, their items, and who reads them.

use super::{PATH, add, at, draft, paper, show, step, whole};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_draft_says_what_it_puts_into_practice_and_is_read_in_its_own_line() {
    let world = World::new().await;
    let resolution = paper(&world, "D", json!({})).await;
    let id = draft(
        &world,
        "A",
        json!({"parents": [{"document_id": resolution, "relation": "concretises"}], "year": 2023}),
    )
    .await;
    for who in ["viewer@A", "officer@D", "inspector@D"] {
        let seen = show(&world, who, &id).await;
        assert_eq!(
            (&seen["status"], &seen["origin"], &seen["parents"][0]["document_id"]),
            (&json!("draft"), &json!("party"), &json!(resolution)),
            "{who}"
        );
    }
    for who in ["leader@B", "leader@A1"] {
        world.as_(who).await.get(&at(&id)).await.expect(404);
    }
    let listed = |query: &str| format!("{PATH}?{query}");
    let viewer = world.as_("viewer@D").await;
    for (query, n) in [
        (format!("document_id={resolution}"), 1),
        (format!("document_id={}", world.unit("D")), 0),
        ("year=2023&status=draft".into(), 1),
        ("year=2024".into(), 0),
        (format!("under={}", world.unit("B")), 0),
        (format!("unit_id={}", world.unit("A")), 1),
    ] {
        let page = viewer.get(&listed(&query)).await.expect(200).body;
        assert_eq!(page["items"].as_array().unwrap().len(), n, "{query}");
    }
}

#[actix_web::test]
async fn bad_drafts_are_refused_by_name() {
    let world = World::new().await;
    let strange = paper(&world, "B", json!({})).await;
    let officer = world.as_("officer@A").await;
    let body = json!({"unit_id": world.unit("A"), "title": "X", "type": "NQ"});
    officer.post(PATH, body).await.expect_fault(422, "/type", "unknown_value");
    for (parent, pointer, code) in [
        (
            json!({"document_id": strange, "relation": "implements"}),
            "/parents/0/document_id",
            "unknown_reference",
        ),
        (
            json!({"document_id": paper(&world, "D", json!({})).await, "relation": "repeals"}),
            "/parents/0/relation",
            "unknown_value",
        ),
    ] {
        let body = json!({"unit_id": world.unit("A"), "title": "X", "parents": [parent]});
        officer.post(PATH, body).await.expect_fault(422, pointer, code);
    }
    let body = json!({"unit_id": world.unit("A"), "title": "Chương trình\u{a0}X", "drafting_body": "MẬT"});
    officer.post(PATH, body).await.expect_problem(422, "classified_content");
    // The same again, and another under the same id.
    let id = "01890000-0000-7000-8000-00000000a001";
    let body = json!({"id": id, "unit_id": world.unit("A"), "title": "X", "year": 2023});
    officer.post(PATH, body.clone()).await.expect(201);
    officer.post(PATH, body).await.expect(200);
    let other = json!({"id": id, "unit_id": world.unit("A"), "title": "Y"});
    officer.post(PATH, other).await.expect_problem(409, "id_conflict");
    let theirs = json!({"id": id, "unit_id": world.unit("B"), "title": "X", "year": 2023});
    world.as_("officer@B").await.post(PATH, theirs).await.expect_problem(409, "id_conflict");
}

#[actix_web::test]
async fn items_stand_in_order_and_come_whole_or_not_at_all() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    let ids = add(&world, "A", &id, json!([{"text": "Một"}, {"text": "Hai"}, {"text": "Ba"}])).await;
    let first = add(&world, "A", &id, json!([{"text": "Trước", "ordinal": 1}])).await;
    let officer = world.as_("officer@A").await;
    let item = |id: &str| format!("/api/v1/programme-items/{id}");
    officer.patch(&item(&ids[0]), 1, json!({"ordinal": 4})).await.expect(200);
    let order = async || -> Vec<String> {
        let mut told = Vec::new();
        let mut cursor = String::new();
        loop {
            let path = format!("{}/items?limit=2{cursor}", at(&id));
            let page = officer.get(&path).await.expect(200).body;
            for item in page["items"].as_array().unwrap() {
                told.push(format!("{} {}", item["ordinal"], item["text"].as_str().unwrap()));
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return told,
            }
        }
    };
    assert_eq!(order().await, ["1 Trước", "2 Hai", "3 Ba", "4 Một"]);
    let bad = json!({"items": [{"text": "Bốn"}, {"text": "Năm", "lead_unit_id": world.unit("B")},
        {"text": "Sáu", "start_on": "2024-01-02", "due_on": "2024-01-01"}]});
    let answer = officer.post(&format!("{}/items", at(&id)), bad).await.expect(422);
    assert_eq!(
        answer.faults(),
        ["#/items/1/lead_unit_id unknown_reference", "#/items/2/due_on due_before_start"]
    );
    assert_eq!(order().await.len(), 4);
    officer.delete(&item(&first[0]), 1).await.expect(204);
    assert_eq!(order().await, ["1 Hai", "2 Ba", "3 Một"]);
}

#[actix_web::test]
async fn an_item_is_led_below_and_its_steps_lie_within_its_days() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    let officer = world.as_("officer@A").await;
    let post =
        async |item: Value| officer.post(&format!("{}/items", at(&id)), json!({"items": [item]})).await;
    for (more, pointer, code) in [
        (json!({"lead_unit_id": world.unit("D")}), "/items/0/lead_unit_id", "not_permitted_here"),
        (
            json!({"roadmap": [{"title": "Sớm", "due_on": "2023-10-31"}]}),
            "/items/0/roadmap/0/due_on",
            "due_before_start",
        ),
        (
            json!({"roadmap": [{"title": "Muộn", "due_on": "2025-01-01"}]}),
            "/items/0/roadmap/0/due_on",
            "not_permitted_here",
        ),
        (
            json!({"coordinating_unit_ids": [world.unit("A")]}),
            "/items/0/coordinating_unit_ids/0",
            "not_permitted_here",
        ),
        (
            json!({"coordinating_unit_ids": [world.unit("B")]}),
            "/items/0/coordinating_unit_ids/0",
            "unknown_reference",
        ),
        (
            json!({"resolution_item_ids": [world.unit("A")]}),
            "/items/0/resolution_item_ids/0",
            "unknown_reference",
        ),
    ] {
        post(whole(more)).await.expect_fault(422, pointer, code);
    }
    let good = json!({"lead_unit_id": world.unit("A1"), "coordinating_unit_ids": [world.unit("A2")],
        "resources": {"amount": 150_000_000, "source": "Ngân sách xã", "people": 12}});
    let made = post(whole(good)).await.expect(201).body["items"][0].clone();
    assert_eq!(made["resources"], json!({"amount": 150_000_000, "source": "Ngân sách xã", "people": 12}));
    assert_eq!((&made["missing"], &made["lead_unit"]["code"]), (&json!([]), &json!("A1")));
    // Who leads now takes part no longer.
    let path = format!("/api/v1/programme-items/{}", made["id"].as_str().unwrap());
    let led = officer.patch(&path, 1, json!({"lead_unit_id": world.unit("A2")})).await.expect(200).body;
    assert_eq!(led["coordinating_unit_ids"], json!([]));
    let bare = officer.patch(&path, 2, json!({"priority": null, "start_on": null})).await.expect(200).body;
    assert_eq!(bare["missing"], json!(["priority", "start_on"]));
    // With a roadmap the way is clear too.
    let roadmap = json!({"roadmap": [{"title": "Khởi công", "due_on": "2024-02-01"}]});
    let bare = officer.patch(&path, 3, roadmap).await.expect(200).body;
    assert_eq!(bare["missing"], json!(["priority"]));
}

#[actix_web::test]
async fn what_lies_before_others_is_not_drafted_and_what_was_handed_in_not_deleted() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    let items = add(&world, "A", &id, json!([whole(json!({}))])).await;
    let officer = world.as_("officer@A").await;
    for name in ["submit-for-review", "send-to-superior"] {
        step(&world, "officer@A", &id, name, json!({})).await.expect(200);
    }
    let item = format!("/api/v1/programme-items/{}", items[0]);
    officer.patch(&at(&id), 3, json!({"title": "Y"})).await.expect_problem(409, "invalid_state");
    officer.patch(&item, 1, json!({"text": "Y"})).await.expect_problem(409, "invalid_state");
    officer.delete(&item, 1).await.expect_problem(409, "invalid_state");
    let body = json!({"items": [{"text": "Thêm"}]});
    officer.post(&format!("{}/items", at(&id)), body).await.expect_problem(409, "invalid_state");
    let back = json!({"reason": "Cần bổ sung"});
    step(&world, "leader@A", &id, "return-to-draft", json!({})).await.expect_fault(
        422,
        "/reason",
        "reason_required",
    );
    step(&world, "leader@A", &id, "return-to-draft", back).await.expect(200);
    officer.delete(&at(&id), 4).await.expect_problem(409, "in_use");
    officer.patch(&item, 1, json!({"text": "Y"})).await.expect(200);
    let fresh = draft(&world, "A", json!({})).await;
    officer.delete(&at(&fresh), 1).await.expect(204);
    officer.get(&at(&fresh)).await.expect(404);
}
