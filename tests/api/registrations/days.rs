//! What was on a day stays what it was.

use super::*;

async fn report(world: &World, round: &str, day: &str) -> Value {
    let path = format!("/api/v1/reports/registrations?round_id={round}&as_of={day}&explain=true");
    world.as_("viewer@D").await.get(&path).await.expect(200).body
}

#[actix_web::test]
async fn each_day_is_judged_by_what_was_in_force_on_it() {
    let world = World::new().await;
    let round = round(&world).await;
    let a = begin(&world, "officer@A", &round).await;
    add(&world, "officer@A", &a, json!([line("Một", "routine")])).await;
    world.go_to("2023-10-22").await;
    let officer = world.as_("officer@A").await;
    officer.post(&format!("/api/v1/registrations/{a}/submit"), json!({})).await.expect(200);
    world.go_to("2023-10-23").await;
    let patch = json!({"closes_on": "2023-10-31", "quotas": [{"level": "commune", "min": 1, "max": 3}],
        "reason": "Chờ hướng dẫn"});
    let path = format!("/api/v1/registration-rounds/{round}");
    world.as_("leader@D").await.patch(&path, 1, patch).await.expect(200);
    step(&world, "leader@D", &a, "accept", json!({})).await.expect(200);
    world.go_to("2023-11-05").await;
    for (day, expected) in [
        ("2023-10-20", ["B not_started in_time below", "A draft in_time below"]),
        ("2023-10-21", ["B not_started overdue 1 below", "A draft overdue 1 below"]),
        ("2023-10-22", ["B not_started overdue 2 below", "A submitted submitted_late 2 below"]),
        // Another last day: B has the days that were added, A stays late.
        ("2023-10-23", ["B not_started in_time below", "A accepted submitted_late 2 within"]),
        ("2023-11-02", ["B not_started overdue 2 below", "A accepted submitted_late 2 within"]),
    ] {
        assert_eq!(told(&world, "viewer@D", &round, &format!("as_of={day}")).await, expected, "{day}");
        let rows =
            report(&world, &round, day).await["rows"].as_array().unwrap().iter().map(one).collect::<Vec<_>>();
        assert_eq!(rows, expected, "{day}");
    }
    assert!(told(&world, "viewer@D", &round, "as_of=2023-10-14").await.is_empty());
    let total = &report(&world, &round, "2023-10-22").await["total"];
    assert_eq!(
        (&total["submitted_late"], &total["overdue"], &total["tasks"]),
        (&json!(1), &json!(1), &json!(0))
    );
    let now = &report(&world, &round, "2023-11-05").await;
    assert_eq!((&now["total"]["tasks"], &now["total"]["no_key_task"]), (&json!(1), &json!(2)));
    assert_eq!(now["total"]["handed_in_pct"]["value"], 50);
    assert_eq!(now["rows"][1]["warnings"], json!(["no_key_task", "late"]));
    assert!(now["explain"].as_array().unwrap().len() > 5);
}

#[actix_web::test]
async fn a_round_opens_by_its_day_and_ends_by_command() {
    let world = World::new().await;
    let round = round_of(&world, json!({"opens_on": "2023-10-16"})).await.expect(201).id();
    let path = format!("/api/v1/registration-rounds/{round}");
    let begin_at = format!("{path}/registrations");
    world.as_("officer@A").await.post(&begin_at, json!({})).await.expect_problem(409, "invalid_state");
    assert_eq!(world.as_("viewer@A").await.get(&path).await.expect(200).body["state"], "planned");
    world.go_to("2023-10-16").await;
    let a = begin(&world, "officer@A", &round).await;
    let b = begin(&world, "officer@B", &round).await;
    world.as_("officer@A").await.post(&begin_at, json!({})).await.expect(200);
    add(&world, "officer@A", &a, json!([line("Một", "key")])).await;
    step(&world, "officer@A", &a, "submit", json!({})).await.expect(200);
    world.as_("leader@D").await.post(&format!("{path}/close"), json!({})).await.expect(200);
    let lines = json!({"lines": [line("Hai", "key")]});
    let late = world.as_("officer@B").await.post(&format!("/api/v1/registrations/{b}/lines"), lines).await;
    late.expect_problem(409, "invalid_state");
    // What was handed in before is still answered and mended.
    step(&world, "leader@D", &a, "return", json!({"reason": "Thiếu"})).await.expect(200);
    add(&world, "officer@A", &a, json!([line("Hai", "key")])).await;
    step(&world, "officer@A", &a, "submit", json!({})).await.expect(200);
    world
        .as_("leader@D")
        .await
        .post(&format!("{path}/cancel"), json!({"reason": "Mở nhầm"}))
        .await
        .expect(200);
    step(&world, "leader@D", &a, "accept", json!({})).await.expect_problem(409, "invalid_state");
    let list = "/api/v1/registration-rounds?state=planned,open,closed";
    assert_eq!(world.as_("viewer@A").await.get(list).await.expect(200).body["items"], json!([]));
    let list = "/api/v1/registration-rounds?state=cancelled";
    assert_eq!(world.as_("viewer@A").await.get(list).await.expect(200).body["items"][0]["id"], round);
}
