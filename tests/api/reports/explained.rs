//! Every figure explains itself, down to its records.

use super::{A, A1, B, due, keep, overdue, rollup, task, then};
use crate::{
    harness::World,
    oracle::{Task, What},
};
use serde_json::{Value, json};

/// One task of every kind.
async fn everything() -> World {
    let world = World::new().await;
    let done = |unit, on: &'static str| {
        then(due("2023-09-30", task(unit, "in_progress")), &[(on, What::Submit), (on, What::Confirm)])
    };
    keep(
        &world,
        &[
            task(A, "registered"),
            task(A, "completed"),
            due("2023-09-30", task(A1, "accepted")),
            due("2023-12-31", task(A1, "accepted")),
            done(A, "2023-09-29"),
            done(B, "2023-10-02"),
            then(task(B, "in_progress"), &[("2023-10-01", What::Submit)]),
            then(Task { weight_milli: 0, ..task(B, "accepted") }, &[]),
            then(task(B, "accepted"), &[("2023-10-14", What::Cancel)]),
        ],
    )
    .await;
    world
}

fn find<'a>(explain: &'a Value, measure: &str) -> &'a Value {
    let all = explain["measures"].as_array().unwrap();
    all.iter().find(|line| line["measure"] == measure).unwrap_or_else(|| panic!("no {measure}"))
}

#[actix_web::test]
async fn each_figure_says_its_rule_its_parts_and_what_it_leaves_out() {
    let world = everything().await;
    let plain = rollup(&world, "leader@D", "D", "").await.expect(200);
    assert!(plain.body.get("explain").is_none());
    let answer = rollup(&world, "leader@D", "D", "&explain=true").await.expect(200);
    let (figures, explain) = (&answer.body["rolled_up"], &answer.body["explain"]);
    assert_eq!(explain["rounding"], "half_away_from_zero");
    let names: Vec<&str> =
        explain["measures"].as_array().unwrap().iter().map(|m| m["measure"].as_str().unwrap()).collect();
    let members: Vec<&str> = figures.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names.len(), members.len());
    for name in names {
        let (line, figure) = (find(explain, name), &figures[name]);
        let parts =
            if figure.is_object() { (&figure["num"], &figure["den"]) } else { (figure, &Value::Null) };
        assert_eq!(
            (line["num"]["value"].as_f64(), line["den"]["value"].as_f64()),
            (parts.0.as_f64(), parts.1.as_f64()),
            "{name}"
        );
    }
    let left_out = |measure: &str| -> Vec<(String, i64)> {
        let list = find(explain, measure)["left_out"].as_array().unwrap();
        list.iter()
            .map(|out| (out["reason"].as_str().unwrap().into(), out["tasks"].as_i64().unwrap()))
            .collect()
    };
    let out = |list: &[(&str, i64)]| Vec::from_iter(list.iter().map(|(reason, n)| (reason.to_string(), *n)));
    assert_eq!(left_out("total"), out(&[("cancelled", 1)]));
    assert_eq!(left_out("weighted_progress"), out(&[("cancelled", 1), ("without_weight", 1)]));
    let on_time = [("cancelled", 1), ("no_due_date", 3), ("not_yet_due", 1), ("awaiting_confirmation", 1)];
    assert_eq!(left_out("on_time_pct"), out(&on_time));
    assert_eq!(left_out("done_on_time"), out(&[("no_due_date", 1)]));
    // What is counted and what is left out is all there is.
    assert_eq!(find(explain, "on_time_pct")["den"]["value"], 3);
    assert_eq!(figures["total"], 8);
}

#[actix_web::test]
async fn the_words_are_vietnamese_unless_english_is_preferred() {
    let world = everything().await;
    let path = format!("/api/v1/reports/task-rollup?unit_id={}&explain=true", world.unit("D"));
    let rule = |answer: crate::harness::Answer| find(&answer.body["explain"], "done_pct")["rule"].clone();
    let leader = world.as_("leader@D").await;
    assert_eq!(rule(leader.get(&path).await.expect(200)), "Số hoàn thành chia cho tổng số.");
    let english = leader.with("accept-language", "en-GB").get(&path).await.expect(200);
    assert_eq!(rule(english), "Done divided by total.");
}

#[actix_web::test]
async fn the_link_of_a_count_leads_to_just_the_tasks_it_counts() {
    let world = everything().await;
    let leader = world.as_("leader@D").await;
    let mut followed = 0;
    let mut follow = async |url: &Value, expected: &Value, what: &str| {
        let Some(url) = url.as_str() else { return };
        let list = leader.get(&format!("{url}&limit=200")).await.expect(200);
        assert_eq!(
            Some(list.body["items"].as_array().unwrap().len()),
            expected.as_u64().and_then(|n| n.try_into().ok()),
            "{what} {url}"
        );
        followed += 1;
    };
    // Today, a day on which answers known now count already, and a day on which nothing was due.
    for day in ["2023-10-15", "2023-10-02", "2023-09-29", "2023-11-15"] {
        let answer = rollup(&world, "leader@D", "D", &format!("&explain=true&as_of={day}")).await.expect(200);
        for line in answer.body["explain"]["measures"].as_array().unwrap() {
            let measure = line["measure"].as_str().unwrap();
            // Its parts are sums of weights, not counts.
            if measure != "weighted_progress" {
                follow(&line["num"]["records_url"], &line["num"]["value"], measure).await;
                follow(&line["den"]["records_url"], &line["den"]["value"], measure).await;
            }
            for out in line["left_out"].as_array().unwrap() {
                follow(&out["records_url"], &out["tasks"], measure).await;
            }
        }
        let late = overdue(&world, "leader@D", "D", &format!("&as_of={day}")).await.expect(200);
        for standing in late.body["rows"].as_array().unwrap().iter().chain([&late.body["total"]]) {
            for part in ["overdue", "handed_in", "awaiting"] {
                follow(&standing[part]["records_url"], &standing[part]["tasks"], part).await;
            }
        }
    }
    assert!(followed > 120, "{followed}");
}

#[actix_web::test]
async fn what_came_after_the_day_is_told() {
    let world = everything().await;
    let since = async |day: &str| {
        let more = format!("&explain=true&as_of={day}");
        let answer = rollup(&world, "leader@D", "D", &more).await.expect(200);
        let explain = &answer.body["explain"];
        (
            explain["since"]["changes"].as_i64().unwrap(),
            explain["since"]["last_on"].clone(),
            explain["day"].clone(),
        )
    };
    let (changes, last, past) = since("2023-10-01").await;
    assert_eq!((changes, last), (3, json!("2023-10-14")));
    let (changes, last, today) = since("2023-10-15").await;
    assert_eq!((changes, last), (0, Value::Null));
    let (changes, _, future) = since("2024-01-01").await;
    assert_eq!(changes, 0);
    assert!(past != today && today != future);
}

#[actix_web::test]
async fn the_share_of_loaded_facts_is_told() {
    let world = everything().await;
    let one = "UPDATE tasks SET imported = TRUE WHERE status = 'cancelled' OR due_on = '2023-12-31'";
    world.db.write(|conn| Ok(diesel::connection::SimpleConnection::batch_execute(conn, one)?)).await.unwrap();
    for day in ["2023-10-15", "2023-10-13"] {
        let more = format!("&explain=true&as_of={day}");
        let answer = rollup(&world, "leader@D", "D", &more).await.expect(200);
        let share = json!({"num": 2, "den": 9, "value": 22.22});
        assert_eq!(answer.body["explain"]["imported"]["share"], share, "{day}");
    }
}

#[actix_web::test]
async fn explanations_follow_the_setting_of_what_is_due_soon() {
    let world = everything().await;
    let root = world.root().await;
    let leader = world.as_("leader@D").await;
    for (version, days) in [(1, 1), (2, 60)] {
        root.patch("/api/v1/settings", version, json!({"due_soon_days": days})).await.expect(200);
        // 16 November is 45 days before the only due date that has not come.
        for (day, soon) in [("2023-10-15", false), ("2023-11-16", days == 60)] {
            let more = format!("&explain=true&as_of={day}");
            let answer = rollup(&world, "leader@D", "D", &more).await.expect(200);
            let figures = &answer.body["rolled_up"];
            let line = find(&answer.body["explain"], "on_time_pct");
            let out: i64 = line["left_out"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|out| out["reason"] != "cancelled")
                .map(|out| out["tasks"].as_i64().unwrap())
                .sum();
            assert_eq!(
                figures["total"].as_i64().unwrap(),
                line["den"]["value"].as_i64().unwrap() + out,
                "every task is counted or left out for one reason"
            );
            let not_yet = line["left_out"].as_array().unwrap().iter().find(|o| o["reason"] == "not_yet_due");
            let list = leader.get(not_yet.unwrap()["records_url"].as_str().unwrap()).await.expect(200);
            let items = list.body["items"].as_array().unwrap();
            assert_eq!((items.len(), &not_yet.unwrap()["tasks"]), (1, &json!(1)), "{days} {day}");
            let word = if soon { "due_soon" } else { "in_time" };
            assert!(items.iter().all(|task| task["timeliness"] == word), "{days} {day} {}", list.text);
        }
    }
}
