//! From the round to the tasks.

use super::*;

#[actix_web::test]
async fn a_unit_registers_and_each_accepted_line_becomes_one_task() {
    let world = World::new().await;
    let opened = round_of(&world, json!({})).await.expect(201);
    let round = opened.id();
    assert_eq!(opened.body["state"], "open");
    let two = ["A not_started in_time below", "B not_started in_time below"];
    assert_eq!(told(&world, "viewer@D", &round, "").await, two);
    let id = begin(&world, "officer@A", &round).await;
    add(&world, "officer@A", &id, json!([line("Một", "key"), line("Hai", "routine")])).await;
    assert_eq!(
        told(&world, "viewer@D", &round, "").await,
        ["B not_started in_time below", "A draft in_time within"]
    );
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    let accepted = step(&world, "leader@D", &id, "accept", json!({"comment": "Đồng ý."})).await.expect(200);
    let made = accepted.body["task_ids"].as_array().unwrap().clone();
    assert_eq!((made.len(), &accepted.body["state"]), (2, &json!("accepted")));
    let found = tasks(&world, "A").await;
    assert_eq!(found.len(), 2);
    for task in &found {
        assert_eq!(
            (&task["status"], &task["assigner_unit_id"]),
            (&json!("accepted"), &json!(world.unit("D")))
        );
        assert_eq!(task["source"]["kind"], "registration_line");
        assert_eq!(task["parents"], json!([{"kind": "document", "id": opened.body["document_id"]}]));
        assert!(made.contains(&task["id"]));
    }
    for line in lines(&world, &id).await {
        assert_eq!(line["verdict"], "accepted");
        assert!(made.contains(&line["task_id"]));
    }
    let rollup = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit("D"));
    assert_eq!(world.as_("viewer@D").await.get(&rollup).await.expect(200).body["rolled_up"]["total"], 2);
}

#[actix_web::test]
async fn accepting_again_answers_with_the_same_tasks_and_leaves_nothing() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    add(&world, "officer@A", &id, json!([line("Một", "key")])).await;
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    let first = step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
    let before = world.events().await;
    let again = step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
    assert_eq!((&again.body, world.events().await), (&first.body, before));
}

#[actix_web::test]
async fn more_comes_by_a_supplement_and_what_was_accepted_stays() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    let old = add(&world, "officer@A", &id, json!([line("Một", "key")])).await;
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
    let path = format!("/api/v1/registrations/{id}/lines");
    let more = json!({"lines": [line("Hai", "key")]});
    world.as_("officer@A").await.post(&path, more).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &id, "supplement", json!({"reason": "Nghị quyết mới"})).await.expect(200);
    let frozen = format!("/api/v1/registration-lines/{}", old[0]);
    let officer = world.as_("officer@A").await;
    officer.patch(&frozen, 2, json!({"title": "Khác"})).await.expect_problem(409, "invalid_state");
    officer.delete(&frozen, 2).await.expect_problem(409, "invalid_state");
    add(&world, "officer@A", &id, json!([line("Hai", "key")])).await;
    let sent = step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    assert_eq!(sent.body["diff"]["added"][0]["title"], "Hai");
    let accepted = step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
    assert_eq!(accepted.body["task_ids"].as_array().unwrap().len(), 2);
    assert_eq!(tasks(&world, "A").await.len(), 2);
}

#[actix_web::test]
async fn who_handed_it_in_does_not_accept_it_in_another_post() {
    let world = World::new().await;
    let round = round_of(&world, json!({"unit_ids": [world.unit("A")]})).await.expect(201).id();
    let id = begin(&world, "leader@A", &round).await;
    add(&world, "leader@A", &id, json!([line("Một", "key")])).await;
    step(&world, "leader@A", &id, "submit", json!({})).await.expect(200);
    let post = json!({"unit_id": world.unit("D"), "role": "leader"});
    let user = world.user("leader@A").await;
    let root = world.root().await;
    let made = root.post(&format!("/api/v1/users/{user}/assignments"), post).await.expect(201).id();
    let acting = json!({"assignment_id": made});
    let token = world.as_("leader@A").await.post("/api/v1/auth/act-as", acting).await.expect(200);
    let other = world.bearing(token.body["access_token"].as_str().unwrap());
    let path = format!("/api/v1/registrations/{id}");
    let shown = other.get(&path).await.expect(200).body;
    let accept = shown["actions"].as_array().unwrap().iter().find(|one| one["name"] == "accept").unwrap();
    assert_eq!(accept["because"], "own_work");
    other.post(&format!("{path}/accept"), json!({})).await.expect_problem(403, "own_work");
    step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
}
