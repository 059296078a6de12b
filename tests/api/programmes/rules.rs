//! Rules of adoption: dated, never changed for the past.

use super::{add, draft, step, vote, whole, with};
use crate::harness::World;
use serde_json::{Value, json};

const RULES: &str = "/api/v1/adoption-rules";

fn rule(more: Value) -> Value {
    let body = json!({"level": "commune", "origin": "party", "from_on": "2023-10-20", "body": "members_conference",
        "vote_required": true, "more_than": {"num": 2, "den": 3}, "source": "Hướng dẫn mới"});
    with(body, &more)
}

#[actix_web::test]
async fn a_new_rule_ends_the_one_before_it_and_counts_from_its_day() {
    let world = World::new().await;
    let root = world.root().await;
    let made = root.post(RULES, rule(json!({}))).await.expect(201).body;
    let page = world.as_("viewer@A1").await.get(RULES).await.expect(200).body;
    let of: Vec<&Value> = page["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|rule| rule["level"] == "commune" && rule["origin"] == "party")
        .collect();
    assert_eq!((of.len(), &of[0]["to_on"], &of[1]["id"]), (2, &json!("2023-10-19"), &made["id"]));
    let mut ids = Vec::new();
    for _ in 0..2 {
        let id = draft(&world, "A", json!({})).await;
        add(&world, "A", &id, json!([whole(json!({}))])).await;
        step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
        ids.push(id);
    }
    world.go_to("2023-10-21").await;
    let now = with(vote(), &json!({"body": "members_conference"}));
    step(&world, "leader@A", &ids[0], "adopt", vote()).await.expect_fault(422, "/body", "not_permitted_here");
    // Two thirds are not more than two thirds.
    let short = with(now.clone(), &json!({"present": 12, "in_favour": 8, "against": 4, "abstained": 0}));
    step(&world, "leader@A", &ids[0], "adopt", short).await.expect_fault(
        422,
        "/in_favour",
        "not_permitted_here",
    );
    step(&world, "leader@A", &ids[0], "adopt", now).await.expect(200);
    // What was adopted before is judged by the rule of that day.
    let then = with(vote(), &json!({"adopted_on": "2023-10-19"}));
    step(&world, "leader@A", &ids[1], "adopt", then).await.expect(200);
}

#[actix_web::test]
async fn bad_rules_are_refused_by_name() {
    let world = World::new().await;
    let root = world.root().await;
    for (more, pointer, code) in [
        (json!({"level": "hamlet"}), "/level", "unknown_value"),
        (json!({"from_on": "2023-10-14"}), "/from_on", "not_permitted_here"),
        (json!({"vote_required": false}), "/more_than", "not_permitted_here"),
        (json!({"more_than": {"num": 1, "den": 1}}), "/more_than/num", "out_of_range"),
        (json!({"origin": "people"}), "/origin", "unknown_value"),
    ] {
        root.post(RULES, rule(more)).await.expect_fault(422, pointer, code);
    }
    let id = json!({"id": "01890000-0000-7000-8000-00000000a003"});
    root.post(RULES, rule(id.clone())).await.expect(201);
    root.post(RULES, rule(id.clone())).await.expect(200);
    root.post(RULES, rule(with(id, &json!({"source": "Khác"})))).await.expect_problem(409, "id_conflict");
    root.post(RULES, rule(json!({}))).await.expect_fault(422, "/from_on", "out_of_order");
    root.post(RULES, rule(json!({"from_on": "2023-10-21"}))).await.expect(201);
    world.as_("admin@D").await.post(RULES, rule(json!({}))).await.expect_problem(403, "forbidden");
}
