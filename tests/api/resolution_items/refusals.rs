//! What is refused: half lists, stamps, strangers' ids, closed hands.

use super::*;

#[actix_web::test]
async fn a_list_is_done_whole_or_not_at_all_and_every_fault_is_named() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "draft").await;
    let (_, other) = resolution(&world, "draft").await;
    let new = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";
    let items = json!({"items": [
        {"id": new, "kind": "task", "text": "x", "levels": ["galaxy"], "unit_kinds": ["club"]},
        {"id": new, "kind": "task", "text": "x"},
        {"kind": "task", "text": "x", "parent": 2},
        {"kind": "task", "text": "x", "parent": 0, "parent_id": made[0]},
        {"kind": "task", "text": "x", "parent_id": other[0]},
        {"kind": "task", "text": "x", "parent_id": world.unit("D")},
    ]});
    let before = world.events().await;
    let officer = world.as_("officer@D").await;
    let refused = officer.post(&items_of(&paper), items).await.expect(422);
    assert_eq!(
        refused.faults(),
        [
            "#/items/0/levels/0 unknown_value",
            "#/items/0/unit_kinds/0 unknown_value",
            "#/items/1/id not_permitted_here",
            "#/items/2/parent unknown_reference",
            "#/items/3/parent not_permitted_here",
            "#/items/4/parent_id unknown_reference",
            "#/items/5/parent_id unknown_reference",
        ]
    );
    officer.post(&items_of(&paper), json!({"items": []})).await.expect_fault(
        422,
        "/items",
        "may_not_be_empty",
    );
    assert_eq!(world.events().await, before);
    assert_eq!(told(&world, "viewer@D", &paper, "").await.len(), 4);
}

#[actix_web::test]
async fn a_list_sent_again_makes_nothing_twice() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let (paper, other) = (paper(&world, "issued").await, paper(&world, "issued").await);
    let (one, two) = ("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a41", "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a42");
    let items = json!([
        {"id": one, "kind": "objective", "text": "x", "levels": ["commune"]},
        {"id": two, "kind": "target", "text": "y", "parent_id": one},
    ]);
    let list = json!({"items": items});
    officer.post(&items_of(&paper), list.clone()).await.expect(201);
    let before = world.events().await;
    let again = officer.post(&items_of(&paper), list.clone()).await.expect(200);
    assert_eq!((ids(&again.body), world.events().await), (vec![one.to_owned(), two.to_owned()], before));
    // Another wording, another document, and a stranger's: nothing is said of it.
    let mut changed = list.clone();
    changed["items"][1]["text"] = json!("z");
    officer.post(&items_of(&paper), changed).await.expect_problem(409, "id_conflict");
    officer.post(&items_of(&other), list.clone()).await.expect_problem(409, "id_conflict");
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("A"), "title": "x"});
    let of_a = world.as_("officer@A").await.post("/api/v1/documents", body).await.expect(201).id();
    let answer = world.as_("officer@A").await.post(&items_of(&of_a), list.clone()).await;
    assert!(!answer.expect_problem(409, "id_conflict").text.contains(&paper));
    // With one more it goes on where it stopped.
    let mut longer = list;
    longer["items"].as_array_mut().unwrap().push(json!({"kind": "target", "text": "w", "parent": 1}));
    let before = world.events().await;
    let more = officer.post(&items_of(&paper), longer).await.expect(201).body;
    assert_eq!(more["items"][2]["ordinals"], json!([1, 1, 1]));
    assert_eq!(world.events().await, before + 1);
}

#[actix_web::test]
async fn stamps_of_secrecy_are_refused_in_every_text() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "draft").await;
    let officer = world.as_("officer@D").await;
    let stamped = "TỐI MẬT\nPhương án bảo vệ";
    let list = json!({"items": [item("a", None), {"kind": "task", "text": stamped}]});
    let refused = officer.post(&items_of(&paper), list).await.expect_problem(422, "classified_content");
    assert_eq!(refused.faults(), ["#/items/1/text classified_content"]);
    for body in
        [json!({"text": stamped}), json!({"label": "TỐI MẬT"}), json!({"label": "x", "reason": "TỐI MẬT"})]
    {
        let refused = officer.patch(&at(&made[0]), 1, body).await;
        refused.expect_problem(422, "classified_content");
    }
}

#[actix_web::test]
async fn a_document_holds_at_most_two_thousand() {
    let world = World::new().await;
    let paper = paper(&world, "draft").await;
    let officer = world.as_("officer@D").await;
    let list = |n: usize| json!({"items": vec![json!({"kind": "clause", "text": "x"}); n]});
    for _ in 0..10 {
        officer.post(&items_of(&paper), list(200)).await.expect(201);
    }
    officer.post(&items_of(&paper), list(1)).await.expect_fault(422, "/items", "too_many");
    let last = officer.get(&format!("{}?limit=200", items_of(&paper))).await.expect(200).body;
    assert_eq!(last["items"][199]["ordinal"], 200);
}

#[actix_web::test]
async fn who_may_do_it_is_who_may_register_the_document() {
    let mut world = World::new().await;
    let c = world.add_unit("C", "commune", "party_committee", "D").await;
    let body = json!({"type": "NQ", "issuer_unit_id": c, "title": "Về nhiệm vụ năm 2023"});
    let paper = world.as_("officer@C").await.post("/api/v1/documents", body).await.expect(201).id();
    let list = json!({"items": [item("a", None)]});
    let made = world.as_("officer@C").await.post(&items_of(&paper), list.clone()).await.expect(201).body;
    for (who, status) in [("viewer@C", 403), ("officer@B", 404), ("inspector@D", 403), ("leader@D", 201)] {
        world.as_(who).await.post(&items_of(&paper), list.clone()).await.expect(status);
    }
    // A version of the document that is no longer there.
    let stale = world.as_("officer@C").await.with("if-match", "\"v9\"");
    stale.post(&items_of(&paper), list.clone()).await.expect(412);
    // What a closed unit said stays readable; the unit above may still set it right.
    let body = json!({"on": "2023-10-15", "successor_ids": [world.unit("B")], "reason": "Sáp nhập"});
    world.as_("admin@D").await.post(&format!("/api/v1/org-units/{c}/close"), body).await.expect(200);
    let item = at(made["items"][0]["id"].as_str().unwrap());
    world.as_("officer@C").await.get(&item).await.expect(401);
    let change = json!({"text": "x", "reason": "Đính chính"});
    world.as_("officer@D").await.patch(&item, 1, change).await.expect(200);
}
