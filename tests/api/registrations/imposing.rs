//! What the superior imposes stays.

use super::*;

fn given() -> Value {
    json!({"title": "Mô hình chuyển đổi số", "field": "digital", "due_on": "2024-06-30",
        "roadmap": [{"title": "Kế hoạch", "due_on": "2023-12-31"}, {"title": "Chạy thử", "due_on": "2024-03-31"}],
        "reason": "Khâu đột phá của huyện"})
}

#[actix_web::test]
async fn an_imposed_line_is_completed_but_neither_deleted_nor_weakened() {
    let world = World::new().await;
    let round = round(&world).await;
    let mut body = given();
    body["unit_ids"] = json!([world.unit("A"), world.unit("B")]);
    let path = format!("/api/v1/registration-rounds/{round}/impositions");
    let imposed = world.as_("leader@D").await.post(&path, body).await.expect(200).body;
    let line = &imposed["items"][0];
    assert_eq!((&line["source"], &line["class"]), (&json!("imposed"), &json!("breakthrough")));
    let id = line["registration_id"].as_str().unwrap().to_owned();
    let at = format!("/api/v1/registration-lines/{}", line["id"].as_str().unwrap());
    let officer = world.as_("officer@A").await;
    officer.delete(&at, 1).await.expect_problem(403, "forbidden");
    let weaker = json!({"class": "routine", "due_on": "2025-06-30", "expected_product": "Báo cáo"});
    let refused = officer.patch(&at, 1, weaker).await.expect(422);
    assert_eq!(refused.faults(), ["#/class not_permitted_here", "#/due_on not_permitted_here"]);
    let good =
        json!({"expected_product": "Mô hình", "lead_individual": "Bí thư", "lead_unit_id": world.unit("A1")});
    officer.patch(&at, 1, good).await.expect(200);
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    let made = step(&world, "leader@D", &id, "accept", json!({})).await.expect(200).body;
    let task = made["task_ids"][0].as_str().unwrap();
    let milestones = format!("/api/v1/tasks/{task}/milestones");
    let milestones = world.as_("viewer@A1").await.get(&milestones).await.expect(200).body;
    let days: Vec<&str> =
        milestones["items"].as_array().unwrap().iter().map(|one| one["due_on"].as_str().unwrap()).collect();
    assert_eq!(days, ["2023-12-31", "2024-03-31"]);
    assert_eq!(tasks(&world, "A1").await[0]["class"], "breakthrough");
}

#[actix_web::test]
async fn what_was_handed_in_or_accepted_goes_back_to_be_completed() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    add(&world, "officer@A", &id, json!([line("Một", "key")])).await;
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    step(&world, "leader@D", &id, "impose", given()).await.expect(201);
    assert_eq!(show(&world, "viewer@A", &id).await["state"], "returned");
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    step(&world, "leader@D", &id, "accept", json!({})).await.expect(200);
    let more = step(&world, "leader@D", &id, "impose", given()).await.expect(201).id();
    let shown = show(&world, "viewer@A", &id).await;
    assert_eq!((&shown["state"], &shown["diff"]["added"][0]["id"]), (&json!("draft"), &json!(more)));
    assert_eq!(shown["task_ids"].as_array().unwrap().len(), 2);
    // Who imposed it may take it back.
    let at = format!("/api/v1/registration-lines/{more}");
    world.as_("leader@D").await.delete(&at, 1).await.expect(204);
}

#[actix_web::test]
async fn a_raised_line_stays_a_breakthrough() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    let ids = add(&world, "officer@A", &id, json!([line("Một", "routine")])).await;
    let at = format!("/api/v1/registration-lines/{}", ids[0]);
    let leader = world.as_("leader@D").await;
    leader.post(&format!("{at}/raise"), json!({})).await.expect_fault(422, "/reason", "reason_required");
    let raised =
        leader.post(&format!("{at}/raise"), json!({"reason": "Khâu đột phá"})).await.expect(200).body;
    assert_eq!((&raised["class"], &raised["source"]), (&json!("breakthrough"), &json!("raised")));
    let officer = world.as_("officer@A").await;
    let back = officer.patch(&at, 2, json!({"class": "routine"})).await;
    back.expect_fault(422, "/class", "not_permitted_here");
    officer.patch(&at, 2, json!({"title": "Một, nêu rõ"})).await.expect(200);
    officer.delete(&at, 3).await.expect_problem(403, "forbidden");
}
