//! Lists of tasks: their order, their pages, their filters.

use super::{given, run};
use crate::harness::{Answer, World};
use serde_json::{Value, json};

#[actix_web::test]
async fn lists_page_by_due_date_with_undated_last() {
    let world = World::new().await;
    let mut dates: Vec<Option<String>> = (1..=20).map(|n| Some(format!("2023-11-{n:02}"))).collect();
    dates.extend([None, None, None, Some("2023-11-05".into())]);
    for (i, due) in dates.iter().enumerate() {
        given(&world, json!({"title": format!("Việc {i}"), "due_on": due})).await;
    }
    let leader = world.as_("leader@D").await;
    for sort in ["due_on", "-due_on"] {
        let mut seen: Vec<Option<String>> = Vec::new();
        let mut path = format!("/api/v1/tasks?limit=7&sort={sort}");
        loop {
            let page = leader.get(&path).await.expect(200);
            seen.extend(
                page.body["items"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|t| t["due_on"].as_str().map(str::to_owned)),
            );
            let Some(cursor) = page.body["next_cursor"].as_str() else { break };
            path = format!("/api/v1/tasks?limit=7&sort={sort}&cursor={cursor}");
        }
        let mut expected = dates.clone();
        expected.sort_by_key(|due| (due.is_none(), due.clone()));
        if sort == "-due_on" {
            expected[..21].reverse();
        }
        assert_eq!(seen, expected, "{sort}");
    }
    assert_eq!(
        leader.get("/api/v1/tasks?limit=201").await.expect(400).faults(),
        ["limit limit_out_of_range"]
    );
    assert_eq!(leader.get("/api/v1/tasks?cursor=abc").await.expect(400).faults(), ["cursor malformed"]);
    let other = leader.get("/api/v1/tasks?limit=3").await.expect(200).body["next_cursor"]
        .as_str()
        .unwrap()
        .to_owned();
    let mismatch = leader.get(&format!("/api/v1/tasks?limit=3&q=khac&cursor={other}")).await.expect(400);
    assert_eq!(mismatch.faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn the_filter_by_timeliness_says_what_each_task_says() {
    let world = World::new().await;
    for due in [None, Some("2023-10-01"), Some("2023-10-15"), Some("2023-10-22"), Some("2023-10-23")] {
        for stage in 0..5 {
            let task = given(&world, json!({"due_on": due})).await;
            let steps: &[(&str, &str, Value)] = &[
                ("officer@A", "start", json!({})),
                ("officer@A", "submit", json!({})),
                ("leader@D", "confirm", json!({})),
            ];
            for (who, command, body) in steps.iter().take(stage.min(3)) {
                run(&world, who, &task, command, body.clone()).await.expect(200);
            }
            if stage == 4 {
                run(&world, "leader@D", &task, "close", json!({})).await.expect(200);
            }
        }
        let cancelled = given(&world, json!({"due_on": due})).await;
        run(&world, "leader@D", &cancelled, "cancel", json!({"reason": "x"})).await.expect(200);
    }
    let leader = world.as_("leader@D").await;
    for as_of in ["2023-10-15", "2023-10-23", "2024-01-01"] {
        let all = leader.get(&format!("/api/v1/tasks?limit=200&as_of={as_of}")).await.expect(200);
        let mut met = 0;
        for timeliness in tiendo::measures::Timeliness::ALL {
            let some = leader
                .get(&format!("/api/v1/tasks?limit=200&as_of={as_of}&timeliness={timeliness}"))
                .await
                .expect(200);
            let ids = |answer: &Answer, only: Option<&str>| -> Vec<String> {
                let items = answer.body["items"].as_array().unwrap().clone();
                items
                    .iter()
                    .filter(|t| only.is_none_or(|o| t["timeliness"] == o))
                    .map(|t| t["id"].as_str().unwrap().to_owned())
                    .collect()
            };
            assert_eq!(ids(&some, None), ids(&all, Some(timeliness.as_str())), "{as_of} {timeliness}");
            met += ids(&some, None).len();
        }
        assert_eq!(met, 30);
    }
}
