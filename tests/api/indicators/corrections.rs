//! Corrections of approved values.

use super::{enter, indicator, step};
use crate::harness::World;
use serde_json::json;

#[actix_web::test]
async fn a_correction_is_asked_for_and_decided_by_another_and_the_old_value_stays_known() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let id = enter(&world, &indicator, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    let ask = json!({"value": 20, "reason": "Cộng thiếu ấp Phước Hậu"});
    step(&world, "officer@A", &id, "corrections", ask.clone()).await.expect_problem(409, "invalid_state");
    step(&world, "leader@D", &id, "approve", json!({})).await.expect(200);
    let asked = step(&world, "officer@A", &id, "corrections", ask.clone()).await.expect(201);
    assert_eq!([&asked.body["old_value"], &asked.body["value"]], [15, 20]);
    step(&world, "officer@A", &id, "corrections", ask).await.expect_problem(409, "invalid_state");
    let at = format!("corrections/{}", asked.id());
    step(&world, "leader@A", &id, &format!("{at}/approve"), json!({})).await.expect(403);
    step(&world, "leader@D", &id, &format!("{at}/reject"), json!({})).await.expect_fault(
        422,
        "/reason",
        "reason_required",
    );
    let decided = step(&world, "leader@D", &id, &format!("{at}/approve"), json!({})).await.expect(200);
    assert_eq!(decided.body["status"], "approved");
    let value = world.as_("viewer@D").await.get(&format!("/api/v1/indicator-values/{id}")).await.expect(200);
    assert_eq!([&value.body["value"], &value.body["status"]], [&json!(20), &json!("approved")]);
    let page = world.as_("viewer@D").await.get(&format!("/api/v1/indicator-values/{id}/corrections")).await;
    assert_eq!(page.expect(200).body["items"][0]["old_value"], 15);
}

#[actix_web::test]
async fn a_rejected_correction_changes_nothing() {
    let world = World::new().await;
    let indicator = indicator(&world).await;
    let id = enter(&world, &indicator, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    step(&world, "leader@D", &id, "approve", json!({})).await.expect(200);
    let ask = json!({"value": 20, "reason": "Cộng thiếu"});
    let asked = step(&world, "officer@A", &id, "corrections", ask.clone()).await.expect(201).id();
    let reject = format!("corrections/{asked}/reject");
    step(&world, "leader@D", &id, &reject, json!({"reason": "Sổ ghi 15"})).await.expect(200);
    let value = world.as_("viewer@D").await.get(&format!("/api/v1/indicator-values/{id}")).await.expect(200);
    assert_eq!(value.body["value"], 15);
    step(&world, "officer@A", &id, "corrections", ask).await.expect(201);
}
