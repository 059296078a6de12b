//! Deadlines that move, units that are released, units that close.

use super::{day, dispatch, matrix, paper, post, programme, receipt, row, study};
use crate::harness::World;
use serde_json::{Value, json};

/// `state lag late` of the programme in a row.
fn programme_of(told: &Value, unit: &str) -> String {
    let one = &row(told, unit)["programme"];
    format!("{} {} {}", one["state"].as_str().unwrap(), one["lag_days"], one["days_late"])
}

async fn told(world: &World, paper: &str, on: i64) -> Value {
    matrix(world, "leader@D", &format!("document_id={paper}&as_of={}", day(on))).await
}

#[actix_web::test]
async fn a_deadline_that_moves_after_it_ran_out_excuses_nobody_who_had_missed_it() {
    let world = World::new().await;
    let paper = paper(&world, json!({"issued_on": "2023-10-10"})).await;
    let due = json!({"study_due_on": day(2), "programme_due_on": day(3)});
    let sent = dispatch(&world, &paper, &["A", "B"], due).await;
    world.go_to(&day(5).to_string()).await;
    programme(&world, "A", std::slice::from_ref(&paper), 1, (day(5), day(9))).await;
    study(&world, "A", &paper, (day(5), 20), true).await;
    world.go_to(&day(6).to_string()).await;
    let path = format!("/api/v1/dispatches/{}", sent["id"].as_str().unwrap());
    let moved = json!({"study_due_on": day(8), "programme_due_on": day(8), "reason": "Mất điện diện rộng"});
    world.as_("leader@D").await.patch(&path, 1, moved).await.expect(200);
    world.go_to(&day(7).to_string()).await;
    programme(&world, "B", std::slice::from_ref(&paper), 1, (day(7), day(9))).await;
    for (on, a, b, due) in [
        (3, "missing 8 null", "missing 8 null", 3),
        (4, "missing 9 1", "missing 9 1", 3),
        (5, "late 10 2", "missing 10 2", 3),
        (6, "late 10 2", "missing 11 null", 8),
        (7, "late 10 2", "late 12 4", 8),
        (20, "late 10 2", "late 12 4", 8),
    ] {
        let told = told(&world, &paper, on).await;
        let found = (programme_of(&told, "A"), programme_of(&told, "B"));
        assert_eq!(found, (a.to_owned(), b.to_owned()), "day {on}");
        assert_eq!(row(&told, "B")["programme"]["due_on"], json!(day(due)), "day {on}");
        assert_eq!(
            row(&told, "A")["study"]["days_late"],
            if on >= 5 { json!(3) } else { json!((on > 2).then_some(on - 2)) }
        );
    }
}

#[actix_web::test]
async fn who_is_exempt_or_was_recalled_has_a_reason_and_counts_nowhere_else() {
    let world = World::new().await;
    let paper = paper(&world, json!({})).await;
    let sent = dispatch(&world, &paper, &["A", "A1", "B"], json!({"programme_due_on": day(1)})).await;
    world.go_to(&day(2).to_string()).await;
    for (unit, how, reason) in [("A1", "exempt", "Không có đối tượng"), ("B", "recall", "Gửi nhầm")]
    {
        let path = format!("receipts/{}/{how}", receipt(&sent, unit));
        post(&world, "leader@D", &path, json!({"reason": reason})).await;
    }
    let before = told(&world, &paper, 1).await;
    assert_eq!((&before["total"]["units"], &before["total"]["not_applicable"]), (&json!(3), &json!(0)));
    assert!(row(&before, "B")["programme"]["reason"].is_null());
    let after = told(&world, &paper, 2).await;
    for (unit, reason) in [("A1", "Không có đối tượng"), ("B", "Gửi nhầm")] {
        let one = &row(&after, unit)["programme"];
        assert_eq!((&one["state"], &one["reason"]), (&json!("not_applicable"), &json!(reason)), "{unit}");
        assert!(one["days_late"].is_null() && row(&after, unit)["study"]["days_late"].is_null());
    }
    let total = &after["total"];
    assert_eq!((&total["units"], &total["not_applicable"]), (&json!(1), &json!(2)));
    assert_eq!((&total["missing"], &total["missing_overdue"]), (&json!(1), &json!(1)));
    assert_eq!(programme_of(&after, "A").rsplit(' ').next(), Some("1"));
    // Sent again, it is to be done again.
    world.go_to(&day(3).to_string()).await;
    dispatch(&world, &paper, &["B"], json!({})).await;
    assert_eq!(told(&world, &paper, 2).await["rows"], after["rows"]);
    let again = told(&world, &paper, 3).await;
    assert!(programme_of(&again, "B").starts_with("missing"));
    assert_eq!(again["total"]["units"], 2);
}

#[actix_web::test]
async fn a_unit_that_closed_stays_on_the_days_on_which_it_was_there() {
    let world = World::new().await;
    let paper = paper(&world, json!({})).await;
    let sent = dispatch(&world, &paper, &["A1", "A"], json!({"programme_due_on": day(9)})).await;
    post(&world, "officer@A1", &format!("receipts/{}/receive", receipt(&sent, "A1")), json!({})).await;
    study(&world, "A1", &paper, (day(0), 12), false).await;
    world.go_to(&day(2).to_string()).await;
    let before = told(&world, &paper, 1).await;
    let body = json!({"on": day(2), "reason": "Sáp nhập", "successor_ids": [world.unit("A2")]});
    world.root().await.post(&format!("/api/v1/org-units/{}/close", world.unit("A1")), body).await.expect(200);
    assert_eq!(told(&world, &paper, 1).await["rows"], before["rows"]);
    let after = told(&world, &paper, 2).await;
    let codes: Vec<&str> =
        after["rows"].as_array().unwrap().iter().map(|row| row["unit"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["A", "A2", "A1"]);
    assert_eq!(row(&after, "A1")["programme"]["reason"], "Sáp nhập");
    // The heir has what had happened, the unfinished study too, and owes what is left.
    let heir = row(&after, "A2");
    assert!(!heir["received_at"].is_null());
    assert_eq!(
        (&heir["study"]["state"], &heir["programme"]["due_on"]),
        (&json!("in_progress"), &json!(day(9)))
    );
    assert_eq!((&after["total"]["units"], &after["total"]["studied"]), (&json!(2), &json!(0)));
    assert_eq!(row(&after, "A1")["study"]["state"], "not_started");
}
