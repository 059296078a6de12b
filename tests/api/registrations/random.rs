//! Whatever the order of the steps, with retries: an accepted line is a task, once.

use super::*;
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

const STEPS: [&str; 6] = ["lines", "submit", "return", "accept", "supplement", "impose"];

/// Does a step as who may; what is refused in this state changes nothing.
async fn go(world: &World, id: &str, what: &str, n: usize) {
    let (by, body) = match what {
        "lines" => ("officer@A", json!({"lines": [line(&format!("Việc {n}"), "key")]})),
        "submit" => ("officer@A", json!({})),
        "supplement" => ("officer@A", json!({"reason": "Bổ sung"})),
        "return" => ("leader@D", json!({"reason": "Chưa đạt"})),
        "accept" => ("leader@D", json!({})),
        _ => (
            "leader@D",
            json!({"title": format!("Đột phá {n}"), "field": "digital", "due_on": "2024-06-30", "reason": "Giao"}),
        ),
    };
    let answer = step(world, by, id, what, body).await;
    assert!(matches!(answer.status, 200 | 201 | 409), "{what}: {}", answer.text);
}

#[actix_web::test]
async fn any_order_of_steps_makes_exactly_one_task_of_each_accepted_line() {
    let mut runner = TestRunner::deterministic();
    let walks = prop::collection::vec((0..STEPS.len(), any::<bool>()), 24);
    let mut made = 0;
    for _ in 0..6 {
        let walk = walks.new_tree(&mut runner).unwrap().current();
        let world = World::new().await;
        let round = round(&world).await;
        let id = begin(&world, "officer@A", &round).await;
        for (n, (step, twice)) in walk.into_iter().enumerate() {
            go(&world, &id, STEPS[step], n).await;
            if twice && STEPS[step] != "lines" && STEPS[step] != "impose" {
                go(&world, &id, STEPS[step], n).await;
            }
        }
        go(&world, &id, "lines", 100).await;
        go(&world, &id, "submit", 0).await;
        go(&world, &id, "accept", 0).await;
        let rows = lines(&world, &id).await;
        let found = tasks(&world, "A").await;
        let accepted: Vec<&Value> = rows.iter().filter(|line| line["verdict"] == "accepted").collect();
        let of = |line: &&Value| {
            let task: Vec<&Value> = found.iter().filter(|task| task["source"]["id"] == line["id"]).collect();
            assert_eq!(task.len(), 1, "{line}");
            assert_eq!(task[0]["id"], line["task_id"]);
        };
        accepted.iter().for_each(of);
        assert_eq!((accepted.len(), rows.len()), (found.len(), found.len()));
        let rollup = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit("D"));
        let total = world.as_("viewer@D").await.get(&rollup).await.expect(200).body;
        assert_eq!(total["rolled_up"]["total"], found.len());
        made += found.len();
    }
    assert!(made > 12, "the walks made {made} tasks only");
}
