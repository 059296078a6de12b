//! What is refused, and why.

use super::*;

#[actix_web::test]
async fn everything_wrong_with_a_set_is_named_at_once() {
    let world = World::new().await;
    let wrong = json!({"level": "village", "kind": "guild", "last_year": 2020, "requires_id": world.unit("A"),
        "document_id": world.unit("A"), "unit_groups": [{"code": "a", "name": "A"}, {"code": "a", "name": "B"}],
        "criteria": [{"no": 1, "code": "c1", "name": "Một", "group": "X"}]});
    let faults = set_of(&world, wrong).await.expect(422).faults();
    let expected = [
        "#/unit_groups/1/code not_permitted_here",
        "#/criteria/0/group unknown_value",
        "#/last_year end_before_start",
        "#/level unknown_value",
        "#/kind unknown_value",
        "#/document_id unknown_reference",
        "#/requires_id unknown_reference",
    ];
    assert_eq!(faults, expected);
    let marked = json!({"note": "TUYỆT MẬT\nNội dung"});
    set_of(&world, marked).await.expect_problem(422, "classified_content");
    let other = set_of(&world, json!({"replaces_id": NTM})).await;
    other.expect_fault(422, "/replaces_id", "not_permitted_here");
}

#[actix_web::test]
async fn everything_wrong_with_an_assessment_is_named_at_once() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let wrong = json!({"criterion": "c9", "assessed_on": "2023-10-16", "links": ["ftp://x"]});
    let faults = say(&world, "officer@A", &set, "", "met", wrong).await.expect(422).faults();
    assert_eq!(
        faults,
        ["#/criterion unknown_value", "#/assessed_on in_future", "#/links/0 not_permitted_here"]
    );
    say(&world, "officer@A", &set, "c1", "lost", json!({})).await.expect_fault(
        422,
        "/status",
        "unknown_value",
    );
    say(&world, "officer@A", &set, "c1", "met", json!({})).await.expect(201);
    let before = say(&world, "officer@A", &set, "c1", "met", json!({"assessed_on": "2023-10-14"})).await;
    before.expect_fault(422, "/assessed_on", "out_of_order");
    let branch = say(&world, "officer@A1", &set, "c1", "met", json!({})).await;
    branch.expect_fault(422, "/unit_id", "not_permitted_here");
    let draft = set_of(&world, json!({"code": "nháp"})).await.expect(201).id();
    say(&world, "officer@A", &draft, "c1", "met", json!({})).await.expect_fault(
        422,
        "/set_id",
        "unknown_reference",
    );
    let stranger = json!({"unit_id": world.unit("B")});
    say(&world, "officer@A", &set, "c1", "met", stranger).await.expect_fault(
        422,
        "/unit_id",
        "unknown_reference",
    );
    let above = json!({"unit_id": world.unit("D")});
    say(&world, "leader@A", &set, "c1", "met", above).await.expect_problem(403, "forbidden");
    let secret = json!({"evidence": "TUYỆT MẬT\nNội dung"});
    say(&world, "officer@A", &set, "c2", "met", secret).await.expect_problem(422, "classified_content");
}

#[actix_web::test]
async fn what_comes_again_is_the_same_and_another_is_a_conflict() {
    let world = World::new().await;
    let id = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a51";
    let first = set_of(&world, json!({"id": id})).await.expect(201);
    assert_eq!(set_of(&world, json!({"id": id})).await.expect(200).body, first.body);
    set_of(&world, json!({"id": id, "name": "Khác"})).await.expect_problem(409, "id_conflict");
    let set = set(&world, json!({"code": "khac"})).await;
    let own = json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a52", "evidence": "Hồ sơ"});
    let first = say(&world, "officer@A", &set, "c1", "met", own.clone()).await.expect(201);
    assert_eq!(say(&world, "officer@A", &set, "c1", "met", own.clone()).await.expect(200).body, first.body);
    say(&world, "officer@A", &set, "c1", "not_met", own.clone()).await.expect_problem(409, "id_conflict");
    // A stranger's says nothing.
    say(&world, "officer@B", &set, "c1", "met", own).await.expect_problem(409, "id_conflict");
    let again = |body: &Value| {
        let mut other = body.clone();
        other["id"] = json!("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a53");
        other
    };
    let leader = world.as_("leader@D").await;
    let recognition = again(
        &json!({"set_id": set, "unit_id": world.unit("A"), "recognised_on": "2023-10-01", "decision_text": "1/QĐ"}),
    );
    let rule = again(&json!({"set_id": set, "unit_id": world.unit("A"), "must_hold": ["c1"]}));
    for (path, body) in [("criteria-recognitions", recognition), ("criteria-unit-rules", rule)] {
        let path = format!("/api/v1/{path}");
        leader.post(&path, body.clone()).await.expect(201);
        leader.post(&path, body.clone()).await.expect(200);
        let mut other = body;
        other["unit_id"] = json!(world.unit("B"));
        leader.post(&path, other).await.expect_problem(409, "id_conflict");
    }
}

#[actix_web::test]
async fn a_rule_of_a_unit_keeps_to_its_set() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    let wrong = json!({"set_id": set, "unit_id": world.unit("A1"), "group": "x", "must_hold": ["c1", "c1", "c9"],
        "from_on": "2023-10-16"});
    let leader = world.as_("leader@D").await;
    let faults = leader.post("/api/v1/criteria-unit-rules", wrong).await.expect(422).faults();
    let expected = [
        "#/unit_id not_permitted_here",
        "#/from_on in_future",
        "#/group unknown_value",
        "#/must_hold/1 not_permitted_here",
        "#/must_hold/2 unknown_value",
    ];
    assert_eq!(faults, expected);
    let rule = |on: &str| json!({"set_id": set, "unit_id": world.unit("A"), "from_on": on});
    leader.post("/api/v1/criteria-unit-rules", rule("2023-10-10")).await.expect(201);
    let before = leader.post("/api/v1/criteria-unit-rules", rule("2023-10-09")).await;
    before.expect_fault(422, "/from_on", "out_of_order");
}
