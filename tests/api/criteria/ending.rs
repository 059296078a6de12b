//! What becomes of it when units close: nothing passes on, and the board says what was there.

use super::*;

#[actix_web::test]
async fn a_successor_begins_unassessed_beside_what_its_predecessor_held() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    for criterion in ["c1", "c2"] {
        meet(&world, "B", &set, criterion).await;
    }
    let open = say(&world, "officer@B", &set, "c3", "met", json!({})).await.expect(201).id();
    recognise(&world, "B", &set, "2023-10-10").await.expect(201);
    meet(&world, "A", &set, "c1").await;
    world.go_to("2023-10-20").await;
    let root = world.root().await;
    let move_to = json!({"parent_id": world.unit("A"), "effective_on": "2023-10-20"});
    root.patch(&format!("/api/v1/org-units/{}", world.unit("B1")), 1, move_to).await.expect(200);
    let body = json!({"on": "2023-10-20", "reason": "Sáp nhập", "successor_ids": [world.unit("A")]});
    root.post(&format!("/api/v1/org-units/{}/close", world.unit("B")), body).await.expect(200);
    let shown = board(&world, &set, "").await;
    assert_eq!(told(&shown), ["A 1/3 lost 0"], "a closed unit has no row of its own");
    let row = &shown["rows"][0];
    assert_eq!((&row["is_recognised"], &shown["total"]["recognised"]), (&json!(false), &json!(0)));
    let before = &row["predecessors"][0];
    assert_eq!((&before["unit"]["code"], &before["words"]), (&json!("B"), &json!("đạt 2/3 tiêu chí")));
    assert_eq!((&before["is_recognised"], &before["closed_on"]), (&json!(true), &json!("2023-10-20")));
    // History stays where it was.
    let past = board(&world, &set, "as_of=2023-10-19").await;
    assert_eq!(told(&past), ["A 1/3 lost 0", "B 2/3 lost 0"]);
    assert_eq!(
        (&past["rows"][1]["is_recognised"], &past["rows"][0]["predecessors"]),
        (&json!(true), &json!([]))
    );
    // Nobody says anything of it any more.
    answer(&world, "leader@D", &open, "verify", json!({})).await.expect_problem(409, "invalid_state");
    let late = find(&world, "B", &set, "c3", "met", json!({})).await;
    late.expect_fault(422, "/unit_id", "not_permitted_here");
    recognise(&world, "B", &set, "2023-10-20").await.expect(422);
    let page = world
        .as_("viewer@D")
        .await
        .get(&format!("/api/v1/criteria-assessments?unit_id={}", world.unit("B")))
        .await;
    assert_eq!(page.expect(200).body["items"].as_array().unwrap().len(), 5);
}
