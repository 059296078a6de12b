//! Review, the end, and what becomes of programmes when units close.

use super::{add, adopted, at, because, draft, show, status, step, whole};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn a_programme_is_reviewed_and_closed_for_good() {
    let world = World::new().await;
    let (id, _) = adopted(&world, json!([whole(json!({}))]), json!({})).await;
    step(&world, "leader@A", &id, "issue", json!({"number_text": "05-CTr/ĐU"})).await.expect(200);
    step(&world, "officer@A", &id, "start", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "close", json!({})).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &id, "review", json!({})).await.expect_problem(403, "forbidden");
    step(&world, "leader@A", &id, "review", json!({"reason": "Sơ kết"})).await.expect(200);
    step(&world, "leader@A", &id, "close", json!({})).await.expect(200);
    assert_eq!(status(&world, &id).await, "closed");
    for name in ["amend", "review", "edit", "comment", "delete"] {
        let word = because(&world, "leader@A", &id, name).await;
        assert_eq!(word, if name == "comment" { "role" } else { "state" }, "{name}");
    }
    let history = world.as_("viewer@A").await.get(&format!("{}/history", at(&id))).await.expect(200).body;
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "programme.created",
            "programme.submitted",
            "programme.adopted",
            "programme.issued",
            "programme.started",
            "programme.reviewed",
            "programme.closed"
        ]
    );
    assert_eq!(history["items"][5]["reason"], "Sơ kết");
}

async fn close(world: &World, unit: &str, heirs: &[&str]) {
    let heirs: Vec<String> = heirs.iter().map(|code| world.unit(code)).collect();
    let body = json!({"on": "2023-10-15", "reason": "Sáp nhập", "successor_ids": heirs});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit(unit)), body).await.expect(200);
}

#[actix_web::test]
async fn programmes_and_what_a_unit_was_to_lead_pass_to_its_heir() {
    let world = World::new().await;
    let own = draft(&world, "A1", json!({})).await;
    add(&world, "A1", &own, json!([{"text": "Của chi bộ"}])).await;
    let above = draft(&world, "A", json!({})).await;
    let items = add(
        &world,
        "A",
        &above,
        json!([
            whole(json!({"lead_unit_id": world.unit("A1"), "coordinating_unit_ids": [world.unit("A2")]})),
            whole(json!({"coordinating_unit_ids": [world.unit("A1"), world.unit("A2")]})),
        ]),
    )
    .await;
    close(&world, "A1", &["A2"]).await;
    let programme = show(&world, "viewer@A2", &own).await;
    assert_eq!((&programme["unit"]["code"], &programme["version"]), (&json!("A2"), &json!(2)));
    let page = world.as_("viewer@A2").await.get(&format!("{}/items", at(&own))).await.expect(200).body;
    assert_eq!(page["items"][0]["lead_unit"]["code"], "A2");
    let mut told = Vec::new();
    for item in &items {
        let path = format!("/api/v1/programme-items/{item}");
        let item = world.as_("viewer@A").await.get(&path).await.expect(200).body;
        told.push((item["lead_unit"]["code"].clone(), item["coordinating_unit_ids"].clone()));
    }
    assert_eq!(told, [(json!("A2"), json!([])), (json!("A"), json!([world.unit("A2")]))]);
    let history = format!("/api/v1/programme-items/{}/history", items[0]);
    let history = world.as_("viewer@A").await.get(&history).await.expect(200).body;
    assert_eq!(
        (&history["items"][1]["kind"], &history["items"][1]["reason"]),
        (&json!("programme_item.transferred"), &json!("Sáp nhập"))
    );
    // The heir goes on with it.
    step(&world, "officer@A2", &own, "submit-for-review", json!({})).await.expect(200);
}

#[actix_web::test]
async fn an_heir_outside_leads_nothing_and_closed_programmes_stay() {
    let world = World::new().await;
    let above = draft(&world, "A", json!({})).await;
    let items = add(&world, "A", &above, json!([whole(json!({"lead_unit_id": world.unit("A1")}))])).await;
    close(&world, "A1", &["B1"]).await;
    let path = format!("/api/v1/programme-items/{}", items[0]);
    let item = world.as_("viewer@A").await.get(&path).await.expect(200).body;
    assert_eq!(item["lead_unit"]["code"], "A");
}
