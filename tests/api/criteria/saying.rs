//! What units say of themselves, and what superiors make of it.

use super::*;

#[actix_web::test]
async fn a_claim_counts_once_a_superior_verified_it() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let claim = say(&world, "officer@A", &set, "c1", "met", json!({"evidence": "Đã phê duyệt quy hoạch."}))
        .await
        .expect(201);
    assert_eq!((&claim.body["kind"], &claim.body["awaits_answer"]), (&json!("self_assessed"), &json!(true)));
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!(
        (&row["verified"]["not_assessed"], &row["claimed"]["met"], &row["awaiting"]),
        (&json!(3), &json!(1), &json!(1))
    );
    let id = claim.id();
    answer(&world, "leader@A", &id, "verify", json!({})).await.expect_problem(403, "forbidden");
    answer(&world, "officer@D", &id, "verify", json!({})).await.expect_problem(403, "forbidden");
    answer(&world, "leader@B", &id, "verify", json!({})).await.expect(404);
    let done =
        answer(&world, "leader@D", &id, "verify", json!({"evidence": "Đã kiểm tra."})).await.expect(201).body;
    assert_eq!(
        (&done["kind"], &done["status"], &done["answers_id"]),
        (&json!("verified"), &json!("met"), &json!(id))
    );
    assert_eq!(done["by_unit"]["code"], "D");
    answer(&world, "leader@D", &id, "return", json!({"reason": "Sai"}))
        .await
        .expect_problem(409, "invalid_state");
    assert_eq!(told(&board(&world, &set, "").await), ["A 1/3 lost 0", "B 0/3 lost 0"]);
}

#[actix_web::test]
async fn what_is_returned_is_said_anew() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let claim = say(&world, "officer@A", &set, "c1", "met", json!({})).await.expect(201).id();
    answer(&world, "leader@D", &claim, "return", json!({})).await.expect_fault(
        422,
        "/reason",
        "reason_required",
    );
    let back =
        answer(&world, "leader@D", &claim, "return", json!({"reason": "Thiếu hồ sơ"})).await.expect(201).body;
    assert_eq!((&back["status"], &back["reason"]), (&Value::Null, &json!("Thiếu hồ sơ")));
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!((&row["missing"][0]["claim"], &row["claimed"]["met"]), (&json!("returned"), &json!(0)));
    let anew = say(&world, "officer@A", &set, "c1", "nearly_met", json!({})).await.expect(201).id();
    answer(&world, "leader@D", &claim, "verify", json!({})).await.expect_problem(409, "invalid_state");
    answer(&world, "leader@D", &anew, "verify", json!({})).await.expect(201);
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!(
        (&row["missing"][0]["status"], &row["verified"]["nearly_met"]),
        (&json!("nearly_met"), &json!(1))
    );
    let list =
        format!("/api/v1/criteria-assessments?set_id={set}&under={}&kind=self_assessed", world.unit("A"));
    let page = world.as_("viewer@D").await.get(&list).await.expect(200).body;
    assert_eq!(page["items"].as_array().unwrap().len(), 2, "nothing is overwritten");
}

#[actix_web::test]
async fn what_was_met_is_lost_with_a_reason_and_can_be_met_again() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    meet(&world, "A", &set, "c1").await;
    let silent = find(&world, "A", &set, "c1", "not_met", json!({})).await;
    silent.expect_fault(422, "/reason", "reason_required");
    let own = say(&world, "officer@A", &set, "c1", "nearly_met", json!({})).await;
    own.expect_fault(422, "/reason", "reason_required");
    let found = find(&world, "A", &set, "c1", "not_met", json!({"reason": "Quy hoạch hết hạn"}))
        .await
        .expect(201)
        .body;
    assert_eq!(found["kind"], "verified");
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!(row["verified"]["lost"], 1);
    assert_eq!((&row["lost"][0]["code"], &row["lost"][0]["lost_on"]), (&json!("c1"), &json!("2023-10-15")));
    assert_eq!(row["lost"][0]["reason"], "Quy hoạch hết hạn");
    meet(&world, "A", &set, "c1").await;
    assert_eq!(told(&board(&world, &set, "").await)[0], "A 1/3 lost 0");
}

#[actix_web::test]
async fn nobody_verifies_the_own_word_whatever_the_post() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let district = json!({"unit_id": world.unit("D"), "role": "leader"});
    let user = world.user("officer@A").await;
    let path = format!("/api/v1/users/{user}/assignments");
    world.root().await.post(&path, district).await.expect(201);
    let claim = say(&world, "officer@A", &set, "c1", "met", json!({})).await.expect(201).id();
    let me = world.as_("officer@A").await.get("/api/v1/me").await.expect(200).body;
    let posts = me["assignments"].as_array().unwrap();
    let other = posts.iter().find(|post| post["role"] == "leader").unwrap()["id"].clone();
    let token =
        world.as_("officer@A").await.post("/api/v1/auth/act-as", json!({"assignment_id": other})).await;
    let token = token.expect(200).body["access_token"].as_str().unwrap().to_owned();
    let there = world.bearing(&token);
    let verify = format!("/api/v1/criteria-assessments/{claim}/verify");
    there.post(&verify, json!({})).await.expect_problem(403, "own_work");
    let finding = json!({"set_id": set, "unit_id": world.unit("A"), "criterion": "c1", "status": "met"});
    there.post("/api/v1/criteria-assessments", finding).await.expect_problem(403, "own_work");
    let shown = there.get(&format!("/api/v1/criteria-assessments/{claim}")).await.expect(200).body;
    assert_eq!(shown["actions"][0]["because"], "own_work");
}

#[actix_web::test]
async fn at_the_top_another_leader_verifies() {
    let world = World::new().await;
    let set = set(&world, json!({"level": "district"})).await;
    let claim = say(&world, "leader@D", &set, "c1", "met", json!({})).await.expect(201).id();
    answer(&world, "leader@D", &claim, "verify", json!({})).await.expect_problem(403, "own_work");
    answer(&world, "leader@D#2", &claim, "verify", json!({})).await.expect(201);
    assert_eq!(told(&board(&world, &set, "").await), ["D 1/3 lost 0"]);
}
