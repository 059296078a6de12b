//! The roll-up: each rule of the measures once, over HTTP.

use super::{A, A1, A2, B, D, due, rollup, rows, task, then, with};
use crate::{
    harness::{Answer, World},
    oracle::{Task, What},
};
use serde_json::{Value, json};

/// The counts of the district on a day, in short.
async fn counts(world: &World, day: &str) -> Value {
    let answer = rollup(world, "leader@D", "D", &format!("&as_of={day}&by=none")).await.expect(200);
    short(&answer.body["rolled_up"])
}

/// total, done, on time, late, overdue, awaiting, cancelled.
fn short(measures: &Value) -> Value {
    let names =
        ["total", "done", "done_on_time", "done_late", "overdue", "awaiting_confirmation", "cancelled"];
    names.map(|name| measures[name].clone()).into()
}

fn total(answer: &Answer, row: usize) -> i64 {
    answer.body["rows"][row]["rolled_up"]["total"].as_i64().unwrap()
}

#[actix_web::test]
async fn units_are_pooled_and_shares_carry_their_parts() {
    let world = with(&[
        Task { weight_milli: 2500, progress: 40, ..task(A, "in_progress") },
        due("2023-09-30", task(A1, "accepted")),
        due("2023-09-30", task(A2, "completed")),
        task(B, "registered"),
    ])
    .await;
    let answer = rollup(&world, "leader@D", "D", "").await.expect(200);
    assert_eq!((answer.body["as_of"].as_str(), rows(&answer)), (Some("2023-10-15"), vec!["A", "B"]));
    assert_eq!(
        answer.body["unit"],
        json!({"id": world.unit("D"), "code": "D", "name": "Đơn vị D", "level": "district"})
    );
    assert_eq!(short(&answer.body["own"]), json!([0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(short(&answer.body["rolled_up"]), json!([4, 1, 1, 0, 1, 0, 0]));
    assert_eq!(answer.body["rolled_up"]["done_pct"], json!({"num": 1, "den": 4, "value": 25}));
    assert_eq!(answer.body["rolled_up"]["on_time_pct"], json!({"num": 1, "den": 2, "value": 50}));
    // 2.5 × 40 % + 1 × 100 % over 5.5, exact inside and rounded once.
    let weighted = json!({"num": 2, "den": 5.5, "value": 36.36});
    assert_eq!(answer.body["rolled_up"]["weighted_progress"], weighted);
    assert_eq!(short(&answer.body["rows"][0]["own"]), json!([1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(short(&answer.body["rows"][0]["rolled_up"]), json!([3, 1, 1, 0, 1, 0, 0]));
    let all = rollup(&world, "leader@D", "D", "&by=descendants").await.expect(200);
    assert_eq!(rows(&all), ["A", "A1", "A2", "B", "B1"]);
    let none = rollup(&world, "leader@D", "D", "&by=none").await.expect(200);
    assert_eq!(none.body["rows"], json!([]));
    assert_eq!(none.body["rolled_up"], answer.body["rolled_up"]);
}

#[actix_web::test]
async fn a_share_of_nothing_is_null_and_not_zero() {
    let world = with(&[Task { weight_milli: 0, ..task(A, "accepted") }]).await;
    let empty = rollup(&world, "leader@D", "B", "").await.expect(200);
    for share in ["done_pct", "overdue_pct", "on_time_pct", "weighted_progress"] {
        assert_eq!(empty.body["own"][share], json!({"num": 0, "den": 0, "value": null}), "{share}");
    }
    let weightless = rollup(&world, "leader@D", "A", "").await.expect(200);
    assert_eq!(weightless.body["own"]["done_pct"]["value"], 0);
    assert_eq!(weightless.body["own"]["weighted_progress"]["value"], Value::Null);
}

#[actix_web::test]
async fn a_unit_that_moves_takes_its_tasks_along_from_that_day_on() {
    let world = with(&[task(A2, "accepted"), task(A1, "accepted")]).await;
    let body = json!({"parent_id": world.unit("B"), "effective_on": "2023-10-10"});
    let path = format!("/api/v1/org-units/{}", world.unit("A2"));
    world.root().await.patch(&path, 1, body).await.expect(200);
    for (day, in_a, in_b) in [("2023-10-09", 2, 0), ("2023-10-10", 1, 1), ("2023-12-31", 1, 1)] {
        let answer = rollup(&world, "leader@D", "D", &format!("&as_of={day}")).await.expect(200);
        assert_eq!((total(&answer, 0), total(&answer, 1)), (in_a, in_b), "{day}");
        let parts = rollup(&world, "leader@D", "B", &format!("&as_of={day}")).await.expect(200);
        let below = if in_b == 1 { vec!["A2", "B1"] } else { vec!["B1"] };
        assert_eq!(rows(&parts), below, "{day}");
    }
}

#[actix_web::test]
async fn a_closed_unit_stays_for_the_tasks_that_count_there() {
    let world = with(&[due("2023-09-10", task(A1, "completed"))]).await;
    for branch in ["A1", "A2"] {
        let path = format!("/api/v1/org-units/{}/close", world.unit(branch));
        world.root().await.post(&path, json!({"on": "2023-10-15", "reason": "Sáp nhập"})).await.expect(200);
    }
    let before = rollup(&world, "leader@D", "A", "&as_of=2023-10-14").await.expect(200);
    assert_eq!(rows(&before), ["A1", "A2"]);
    let after = rollup(&world, "leader@D", "A", "").await.expect(200);
    assert_eq!(rows(&after), ["A1"], "A2 is gone and had no tasks");
    assert_eq!(short(&after.body["rolled_up"]), json!([1, 1, 1, 0, 0, 0, 0]));
}

#[actix_web::test]
async fn a_task_counts_where_it_was_led_on_the_day() {
    let moved = then(task(A, "accepted"), &[("2023-10-01", What::Move(B))]);
    let world = with(&[moved]).await;
    let of = async |unit: &str, day: &str| {
        let answer = rollup(&world, "leader@D", unit, &format!("&as_of={day}")).await.expect(200);
        answer.body["own"]["total"].as_i64().unwrap()
    };
    assert_eq!((of("A", "2023-09-30").await, of("B", "2023-09-30").await), (1, 0));
    assert_eq!((of("A", "2023-10-01").await, of("B", "2023-10-01").await), (0, 1));
}

#[actix_web::test]
async fn before_it_was_in_the_books_and_after_it_was_deleted_a_task_is_nowhere() {
    let world = with(&[then(task(A, "registered"), &[("2023-10-01", What::Delete)])]).await;
    let mut totals = Vec::new();
    for day in ["2023-08-31", "2023-09-01", "2023-09-30", "2023-10-01", "2024-10-01"] {
        totals.push(counts(&world, day).await[0].as_i64().unwrap());
    }
    assert_eq!(totals, [0, 1, 1, 0, 0]);
}

#[actix_web::test]
async fn a_cancelled_task_leaves_every_count_and_weight_and_is_given_apart() {
    let cancelled = then(due("2023-09-15", task(A, "accepted")), &[("2023-10-01", What::Cancel)]);
    let world = with(&[Task { weight_milli: 9000, ..cancelled }, task(A, "accepted")]).await;
    assert_eq!(counts(&world, "2023-09-30").await, json!([2, 0, 0, 0, 1, 0, 0]));
    assert_eq!(counts(&world, "2023-10-01").await, json!([1, 0, 0, 0, 0, 0, 1]));
    let answer = rollup(&world, "leader@D", "D", "").await.expect(200);
    assert_eq!(answer.body["rolled_up"]["weighted_progress"]["den"], 1);
}

#[actix_web::test]
async fn an_extension_asked_for_in_time_counts_and_one_asked_for_later_does_not() {
    let work = [("2023-10-10", What::Submit), ("2023-10-12", What::Confirm)];
    let extended = |asked: &'static str, granted: &'static str| {
        let extension = [(asked, What::Extend(super::number("2023-10-20"))), (granted, What::Approve)];
        then(due("2023-09-30", task(A, "in_progress")), &[&extension[..], &work[..]].concat())
    };
    // Asked for on the last day and approved after it: on time. Asked for a day later: late.
    let world = with(&[extended("2023-09-30", "2023-10-05")]).await;
    assert_eq!(counts(&world, "2023-10-04").await, json!([1, 0, 0, 0, 1, 0, 0]), "not approved yet");
    assert_eq!(counts(&world, "2023-10-05").await, json!([1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(counts(&world, "2023-10-15").await, json!([1, 1, 1, 0, 0, 0, 0]));
    let world = with(&[extended("2023-10-01", "2023-10-05")]).await;
    assert_eq!(counts(&world, "2023-10-15").await, json!([1, 1, 0, 1, 0, 0, 0]));
}

#[actix_web::test]
async fn what_is_handed_in_waits_and_is_not_overdue() {
    let world =
        with(&[then(due("2023-09-30", task(A, "in_progress")), &[("2023-10-03", What::Submit)])]).await;
    assert_eq!(counts(&world, "2023-09-30").await, json!([1, 0, 0, 0, 0, 0, 0]), "due on the day itself");
    assert_eq!(counts(&world, "2023-10-02").await, json!([1, 0, 0, 0, 1, 0, 0]));
    assert_eq!(counts(&world, "2023-10-03").await, json!([1, 0, 0, 0, 0, 1, 0]));
    assert_eq!(counts(&world, "2024-10-15").await, json!([1, 0, 0, 0, 0, 1, 0]));
}

#[actix_web::test]
async fn work_that_was_returned_was_never_handed_in() {
    let events = [("2023-10-03", What::Submit), ("2023-10-08", What::ReturnWork)];
    let world = with(&[then(due("2023-09-30", task(A, "in_progress")), &events)]).await;
    for day in ["2023-10-03", "2023-10-07", "2023-10-08", "2023-10-15"] {
        assert_eq!(counts(&world, day).await, json!([1, 0, 0, 0, 1, 0, 0]), "{day}");
    }
}

#[actix_web::test]
async fn work_is_done_from_the_day_it_was_handed_in_until_it_is_reopened() {
    let events = [("2023-09-30", What::Submit), ("2023-10-05", What::Confirm), ("2023-10-12", What::Reopen)];
    let world = with(&[then(due("2023-09-30", task(A, "in_progress")), &events)]).await;
    assert_eq!(counts(&world, "2023-09-29").await, json!([1, 0, 0, 0, 0, 0, 0]));
    for day in ["2023-09-30", "2023-10-04", "2023-10-11"] {
        assert_eq!(counts(&world, day).await, json!([1, 1, 1, 0, 0, 0, 0]), "{day}");
    }
    assert_eq!(counts(&world, "2023-10-12").await, json!([1, 0, 0, 0, 1, 0, 0]));
}

#[actix_web::test]
async fn full_progress_that_nobody_confirmed_is_not_done() {
    let world = with(&[Task { progress: 100, ..task(A, "in_progress") }]).await;
    let answer = rollup(&world, "leader@D", "D", "").await.expect(200);
    assert_eq!(short(&answer.body["rolled_up"]), json!([1, 0, 0, 0, 0, 0, 0]));
    assert_eq!(answer.body["rolled_up"]["weighted_progress"]["value"], 100);
}

#[actix_web::test]
async fn a_day_in_the_future_shows_what_is_overdue_then_if_nothing_moves() {
    let world = with(&[due("2023-10-20", task(A, "accepted")), task(A, "accepted")]).await;
    assert_eq!(counts(&world, "2023-10-20").await, json!([2, 0, 0, 0, 0, 0, 0]));
    assert_eq!(counts(&world, "2023-10-21").await, json!([2, 0, 0, 0, 1, 0, 0]));
    assert_eq!(counts(&world, "2199-12-31").await, json!([2, 0, 0, 0, 1, 0, 0]));
}

#[actix_web::test]
async fn a_unit_that_was_not_there_yet_has_no_figures() {
    let mut world = with(&[task(D, "accepted")]).await;
    let new = json!({"code": "C", "name": "Xã mới", "level": "commune", "kind": "party_committee",
        "parent_id": world.unit("D"), "valid_from": "2023-10-01"});
    let id = world.root().await.post("/api/v1/org-units", new).await.expect(201).id();
    let place = world.place(&id).await;
    world.units.insert("C", place);
    let before = rollup(&world, "leader@D", "C", "&as_of=2023-09-30").await.expect(200);
    assert_eq!(
        (before.body["own"]["total"].as_i64(), before.body["unit"]["code"].as_str()),
        (Some(0), Some("C"))
    );
    let whole = rollup(&world, "leader@D", "D", "&as_of=2023-09-30").await.expect(200);
    assert_eq!(rows(&whole), ["A", "B"]);
    let now = rollup(&world, "leader@D", "D", "").await.expect(200);
    assert_eq!(rows(&now), ["A", "B", "C"]);
}
