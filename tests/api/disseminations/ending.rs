//! What becomes of studies when units close.

use super::{MEMBERS, class, paper, plan, report, rows, shown, step};
use crate::harness::World;
use serde_json::json;

async fn close(world: &World, unit: &str, successors: &[&str]) {
    let heirs: Vec<_> = successors.iter().map(|code| world.unit(code)).collect();
    let body = json!({"on": "2023-10-17", "reason": "Sáp nhập", "successor_ids": heirs});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit(unit)), body).await.expect(200);
}

#[actix_web::test]
async fn an_unfinished_study_passes_to_the_heir_and_past_days_stay() {
    let world = World::new().await;
    let paper = paper(&world).await;
    let study = plan(&world, "officer@A1", &paper, json!({})).await.expect(201).id();
    step(&world, "officer@A1", &study, "sessions", class("2023-10-15", 20)).await.expect(201);
    world.go_to("2023-10-17").await;
    close(&world, "A1", &["A2"]).await;
    let now = shown(&world, "officer@A2", &study).await;
    assert_eq!((&now["unit"]["code"], &now["state"]), (&json!("A2"), &json!("in_progress")));
    let told = async |day: &str| rows(&report(&world, "viewer@D", &paper, &format!("&as_of={day}")).await);
    assert_eq!(told("2023-10-16").await, ["A1 in_progress no_due_date"]);
    assert_eq!(told("2023-10-17").await, ["A2 in_progress no_due_date"]);
    step(&world, "officer@A2", &study, "sessions", class("2023-10-17", 9)).await.expect(201);
    step(&world, "officer@A2", &study, MEMBERS, json!({"completed_on": "2023-10-17"})).await.expect(200);
    assert_eq!(told("2023-10-16").await, ["A1 in_progress no_due_date"]);
    let history = format!("/api/v1/disseminations/{study}/history");
    let history = world.as_("viewer@A2").await.get(&history).await.expect(200).body;
    let event = &history["items"][2];
    assert_eq!((&event["kind"], &event["reason"]), (&json!("dissemination.transferred"), &json!("Sáp nhập")));
}

#[actix_web::test]
async fn what_the_heir_does_by_itself_or_what_is_complete_stays() {
    let world = World::new().await;
    let (first, second) = (paper(&world).await, paper(&world).await);
    let ends = plan(&world, "officer@A1", &first, json!({})).await.expect(201).id();
    plan(&world, "officer@A2", &first, json!({})).await.expect(201);
    let done = plan(&world, "officer@A1", &second, json!({})).await.expect(201).id();
    step(&world, "officer@A1", &done, "sessions", class("2023-10-15", 20)).await.expect(201);
    step(&world, "officer@A1", &done, MEMBERS, json!({"completed_on": "2023-10-15"})).await.expect(200);
    world.go_to("2023-10-17").await;
    close(&world, "A1", &["A2"]).await;
    let ended = shown(&world, "viewer@D", &ends).await;
    assert_eq!(ended["unit"]["code"], "A1");
    assert!(ended["ended_at"].is_string());
    assert_eq!(rows(&report(&world, "viewer@D", &first, "").await), ["A2 not_started no_due_date"]);
    let then = rows(&report(&world, "viewer@D", &first, "&as_of=2023-10-16").await);
    assert_eq!(then, ["A1 not_started no_due_date", "A2 not_started no_due_date"]);
    assert_eq!(shown(&world, "viewer@D", &done).await["unit"]["code"], "A1");
    // The heir's own people have not studied by that: it may plan its own.
    assert_eq!(rows(&report(&world, "viewer@D", &second, "").await), ["A1 completed no_due_date"]);
    plan(&world, "officer@A2", &second, json!({})).await.expect(201);
}
