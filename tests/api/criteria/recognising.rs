//! Recognitions: by decision, one at a time under a set, others under others.

use super::*;

#[actix_web::test]
async fn a_unit_is_recognised_and_withdrawn_by_decision() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let body = json!({"set_id": set, "unit_id": world.unit("A"), "recognised_on": "2023-10-01"});
    let path = "/api/v1/criteria-recognitions";
    let leader = world.as_("leader@D").await;
    leader.post(path, body).await.expect_fault(422, "/decision_text", "may_not_be_empty");
    let made = recognise(&world, "A", &set, "2023-10-01").await.expect(201);
    assert_eq!((&made.body["achievement"], &made.body["by_unit"]["code"]), (&json!("standard"), &json!("D")));
    recognise(&world, "A", &set, "2023-10-02").await.expect_problem(409, "already_exists");
    let one = format!("{path}/{}", made.id());
    let withdrawal =
        json!({"reason": "Mất ba tiêu chí", "decision_text": "15/QĐ-UBND", "withdrawn_on": "2023-10-10"});
    world.as_("leader@A").await.post(&format!("{one}/withdraw"), withdrawal.clone()).await.expect(403);
    leader.post(&format!("{one}/withdraw"), json!({"decision_text": "x"})).await.expect_fault(
        422,
        "/reason",
        "reason_required",
    );
    let early = json!({"reason": "Sai", "withdrawn_on": "2023-09-30"});
    let refused = leader.post(&format!("{one}/withdraw"), early).await.expect(422).faults();
    assert_eq!(refused, ["#/withdrawn_on out_of_order", "#/decision_text may_not_be_empty"]);
    leader.post(&format!("{one}/withdraw"), withdrawal.clone()).await.expect(200);
    leader.post(&format!("{one}/withdraw"), withdrawal).await.expect_problem(409, "invalid_state");
    for (day, recognised) in [("2023-09-30", 0), ("2023-10-01", 1), ("2023-10-09", 1), ("2023-10-10", 0)] {
        let shown = board(&world, &set, &format!("as_of={day}")).await;
        assert_eq!(shown["total"]["recognised"], recognised, "{day}");
        let list = format!("{path}?set_id={set}&as_of={day}");
        let page = world.as_("viewer@A").await.get(&list).await.expect(200).body;
        assert_eq!(page["items"].as_array().unwrap().len(), recognised, "{day}");
    }
    recognise(&world, "A", &set, "2023-10-09").await.expect_fault(422, "/recognised_on", "out_of_order");
    recognise(&world, "A", &set, "2023-10-12").await.expect(201);
    let history = leader.get(&format!("{one}/history")).await.expect(200).body;
    assert_eq!(history["items"][1]["reason"], "Mất ba tiêu chí");
}

#[actix_web::test]
async fn what_holds_under_one_set_says_nothing_under_another() {
    let world = World::new().await;
    let standard = set(&world, json!({})).await;
    let advanced =
        set(&world, json!({"code": "nc", "achievement": "advanced", "requires_id": standard})).await;
    for criterion in ["c1", "c2", "c3"] {
        meet(&world, "A", &standard, criterion).await;
    }
    let row = &board(&world, &standard, "").await["rows"][0];
    assert_eq!(
        (&row["words"], &row["next"]["set_id"], &row["next"]["left"]),
        (&json!("đạt 3/3 tiêu chí"), &json!(standard), &json!([]))
    );
    recognise(&world, "A", &standard, "2023-10-15").await.expect(201);
    meet(&world, "A", &advanced, "c2").await;
    let row = &board(&world, &standard, "").await["rows"][0];
    assert_eq!(row["recognitions"][0]["set_code"], "bt");
    // The next level: the set that presupposes this one.
    assert_eq!((&row["next"]["achievement"], &row["next"]["left_count"]), (&json!("advanced"), &json!(2)));
    let left: Vec<&str> =
        row["next"]["left"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(left, ["Quy hoạch", "Thu nhập"]);
    let row = &board(&world, &advanced, "").await["rows"][0];
    assert_eq!((&row["words"], &row["is_recognised"]), (&json!("đạt 1/3 tiêu chí"), &json!(false)));
    assert_eq!(row["recognitions"][0]["achievement"], "standard");
}
