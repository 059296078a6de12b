//! The round that the service makes by itself, units that close, and several nodes at once.

use super::{at, duty, step, tasks};
use crate::harness::World;
use futures_util::future::join_all;
use serde_json::{Value, json};
use tiendo::duties::sweep;

async fn round(world: &World) -> usize {
    sweep::round(&world.shared.gate).await.unwrap()
}

#[actix_web::test]
async fn the_service_makes_what_has_come_by_itself() {
    let world = World::new().await;
    let monthly = duty(&world, "leader@A", json!({"lead_days": 10})).await;
    let later = duty(&world, "leader@A", json!({"starts_on": "2023-12-01"})).await;
    let paused = duty(&world, "leader@A", json!({})).await;
    step(&world, "leader@A", &paused, "pause").await.expect(200);
    let before = world.events().await;
    assert_eq!(round(&world).await, 1);
    assert_eq!(round(&world).await, 0);
    assert_eq!(world.events().await, before + 1);
    assert_eq!(tasks(&world, &monthly).await, ["2023-10 2023-10-15..2023-10-25 accepted"]);
    world.go_to("2023-11-14").await;
    assert_eq!(round(&world).await, 0, "the day before");
    world.go_to("2023-11-15").await;
    assert_eq!(round(&world).await, 1);
    // Made by nobody in particular; the duty is named.
    let path = format!("/api/v1/tasks?duty_id={monthly}&due_before=2023-11-01");
    let page = world.as_("leader@A").await.get(&path).await.expect(200).body;
    let path = format!("/api/v1/tasks/{}/history", page["items"][0]["id"].as_str().unwrap());
    let told = world.as_("leader@A").await.get(&path).await.expect(200).body;
    assert_eq!(
        (&told["items"][0]["kind"], &told["items"][0]["by"]["user_id"]),
        (&json!("task.assigned"), &Value::Null)
    );
    assert_eq!(told["items"][0]["changes"]["duty_id"], json!([null, monthly]));
    assert_eq!(told["items"][0]["imported"], false);
    assert!(tasks(&world, &later).await.is_empty() && tasks(&world, &paused).await.is_empty());
    // The duty itself is what it was.
    assert_eq!(world.as_("leader@A").await.get(&at(&monthly)).await.expect(200).header("etag"), "\"v1\"");
    world.go_to("2023-12-01").await;
    assert_eq!(round(&world).await, 1, "its December task starts with the month");
    assert_eq!(tasks(&world, &later).await, ["2023-12 2023-12-01..2023-12-25 accepted"]);
}

#[actix_web::test]
async fn what_a_service_that_stood_still_missed_is_made_but_not_all_of_it() {
    let world = World::new().await;
    let id = duty(&world, "leader@A", json!({})).await;
    world.go_to("2024-03-03").await;
    assert_eq!(round(&world).await, 2);
    assert_eq!(
        tasks(&world, &id).await,
        ["2024-02 2024-02-01..2024-02-25 accepted", "2024-03 2024-03-01..2024-03-25 accepted"]
    );
    let ended = duty(&world, "leader@A", json!({"ends_on": "2024-03-24"})).await;
    assert_eq!(round(&world).await, 0);
    assert!(tasks(&world, &ended).await.is_empty());
}

#[actix_web::test]
async fn duties_pass_on_when_their_unit_closes() {
    let world = World::new().await;
    let (own, given) =
        (duty(&world, "leader@A1", json!({})).await, duty(&world, "leader@A", json!({})).await);
    let closed = duty(&world, "leader@A", json!({})).await;
    step(&world, "leader@A", &closed, "close").await.expect(200);
    let gone = json!({"on": "2023-10-15", "successor_ids": [world.unit("A2")], "reason": "Sáp nhập"});
    let path = format!("/api/v1/org-units/{}/close", world.unit("A1"));
    let admin = world.as_("admin@D").await;
    let before = world.events().await;
    admin.post(&path, gone).await.expect(200);
    assert_eq!(world.events().await, before + 3, "the unit and two duties");
    for id in [&own, &given] {
        let duty = world.as_("leader@A2").await.get(&at(id)).await.expect(200).body;
        assert_eq!(
            (&duty["unit_id"], &duty["assigner_unit_id"]),
            (&json!(world.unit("A2")), &json!(world.unit("A")))
        );
        let told = world.as_("leader@A2").await.get(&format!("{}/history", at(id))).await.expect(200).body;
        assert_eq!(
            (&told["items"][1]["kind"], &told["items"][1]["reason"]),
            (&json!("duty.transferred"), &json!("Sáp nhập"))
        );
    }
    world.as_("leader@A2").await.get(&at(&closed)).await.expect(404);
    assert_eq!(round(&world).await, 2);
    let page = world.as_("leader@A2").await.get(&format!("/api/v1/tasks?unit_id={}", world.unit("A2"))).await;
    assert_eq!(page.expect(200).body["items"].as_array().unwrap().len(), 2);
    let late = json!({"title": "Giao ban", "unit_id": world.unit("A1"), "every": "week", "due_day": 5});
    let answer = world.as_("leader@A").await.post("/api/v1/recurring-duties", late).await;
    answer.expect_fault(422, "/unit_id", "not_permitted_here");
}

#[actix_web::test]
async fn a_unit_that_closes_without_an_heir_gets_no_more_tasks() {
    let mut world = World::new().await;
    world.add_unit("E", "district", "party_committee", "").await;
    duty(&world, "leader@E", json!({"unit_id": world.unit("E")})).await;
    let path = format!("/api/v1/org-units/{}/close", world.unit("E"));
    let gone = json!({"on": "2023-10-15", "reason": "Giải thể"});
    world.root().await.post(&path, gone).await.expect(200);
    let before = world.events().await;
    assert_eq!((round(&world).await, round(&world).await), (0, 0));
    assert_eq!(world.events().await, before);
}

#[actix_web::test]
async fn several_nodes_at_once_make_nothing_twice() {
    let world = World::new().await;
    let mut ids = Vec::new();
    for (unit, by) in [("A1", "leader@A"), ("A2", "leader@A"), ("B1", "leader@B"), ("A", "leader@D")] {
        ids.push(duty(&world, by, json!({"unit_id": world.unit(unit)})).await);
    }
    let before = world.events().await;
    // Four rounds, which stand for four nodes, and people who do it by hand.
    let rounds = join_all((0..4).map(|_| sweep::round(&world.shared.gate)));
    let leader = world.as_("leader@A").await;
    let path = format!("{}/materialise", at(&ids[0]));
    let by_hand = join_all((0..4).map(|_| leader.post(&path, json!({}))));
    let (rounds, by_hand) = futures_util::future::join(rounds, by_hand).await;
    let of_rounds: usize = rounds.into_iter().map(|made| made.unwrap()).sum();
    let of_hands: usize =
        by_hand.into_iter().map(|made| made.expect(200).body["items"].as_array().unwrap().len()).sum();
    assert_eq!(of_rounds + of_hands, 4);
    assert_eq!(world.events().await, before + 4);
    for id in &ids {
        assert_eq!(tasks(&world, id).await, ["2023-10 2023-10-01..2023-10-25 accepted"]);
    }
}
