//! What becomes of it when units close.

use super::*;

async fn close(world: &World, unit: &str, successors: &[&str]) {
    let heirs: Vec<_> = successors.iter().map(|code| world.unit(code)).collect();
    let body = json!({"on": "2023-10-16", "reason": "Sáp nhập", "successor_ids": heirs});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit(unit)), body).await.expect(200);
}

/// A round of A for its branches.
async fn of_branches(world: &World, more: Value) -> String {
    let mut body = json!({"document_id": letter(world, "officer@A", "A").await, "title": "Đăng ký của chi bộ",
        "opens_on": "2023-10-10", "closes_on": "2023-10-20", "level": "branch"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_("officer@A").await.post("/api/v1/registration-rounds", body).await.expect(201).id()
}

#[actix_web::test]
async fn the_successor_goes_on_where_the_closed_unit_stood() {
    let world = World::new().await;
    let round = of_branches(&world, json!({"level": null, "unit_ids": [world.unit("A1")]})).await;
    let id = begin(&world, "officer@A1", &round).await;
    add(&world, "officer@A1", &id, json!([line("Một", "key")])).await;
    world.go_to("2023-10-16").await;
    close(&world, "A1", &["A2"]).await;
    assert_eq!(told(&world, "viewer@A", &round, "as_of=2023-10-15").await, ["A1 draft in_time none"]);
    assert_eq!(told(&world, "viewer@A", &round, "").await, ["A2 draft in_time none"]);
    step(&world, "officer@A2", &id, "submit", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "accept", json!({})).await.expect(200);
    assert_eq!(tasks(&world, "A2").await.len(), 1);
}

#[actix_web::test]
async fn a_successor_with_its_own_registration_keeps_that() {
    let world = World::new().await;
    let round = of_branches(&world, json!({})).await;
    begin(&world, "officer@A1", &round).await;
    begin(&world, "officer@A2", &round).await;
    world.go_to("2023-10-16").await;
    close(&world, "A1", &["A2"]).await;
    let now = ["A2 draft in_time none", "A1 ended in_time none"];
    assert_eq!(told(&world, "viewer@A", &round, "").await, now);
    let path = format!("/api/v1/reports/registrations?round_id={round}");
    assert_eq!(world.as_("viewer@A").await.get(&path).await.expect(200).body["total"]["units"], 1);
}

#[actix_web::test]
async fn the_round_of_a_closed_unit_is_its_heirs_to_judge() {
    let world = World::new().await;
    let body = json!({"document_id": letter(&world, "officer@D", "D").await, "title": "Đăng ký của chi bộ",
        "opens_on": "2023-10-10", "closes_on": "2023-10-20", "unit_ids": [world.unit("B1")]});
    let round = world.as_("officer@B").await.post("/api/v1/registration-rounds", body).await.expect(201).id();
    let id = begin(&world, "officer@B1", &round).await;
    add(&world, "officer@B1", &id, json!([line("Một", "key")])).await;
    step(&world, "officer@B1", &id, "submit", json!({})).await.expect(200);
    world.go_to("2023-10-16").await;
    let parent = json!({"parent_id": world.unit("A"), "effective_on": "2023-10-16"});
    let path = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&path, 1, parent).await.expect(200);
    close(&world, "B", &["A"]).await;
    step(&world, "leader@D", &id, "accept", json!({})).await.expect(403);
    step(&world, "leader@A", &id, "accept", json!({})).await.expect(200);
    assert_eq!(tasks(&world, "B1").await[0]["assigner_unit_id"], world.unit("A"));
}
