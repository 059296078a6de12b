//! The matrix says what every other report says of the same day.

use super::{Dice, Story, day, matrix};
use crate::harness::World;
use chrono::NaiveDate;
use serde_json::{Value, json};

async fn get(world: &World, path: &str) -> Value {
    world.as_("viewer@D").await.get(&format!("/api/v1/{path}")).await.expect(200).body
}

/// The rows of another report by the codes of their units.
fn row_of<'a>(report: &'a Value, unit: &Value) -> Option<&'a Value> {
    report["rows"].as_array().unwrap().iter().find(|row| row["unit"]["code"] == unit["code"])
}

async fn compare(world: &World, paper: &str, on: NaiveDate) -> usize {
    let told = matrix(world, "viewer@D", &format!("document_id={paper}&as_of={on}")).await;
    let asked = format!("document_id={paper}&as_of={on}");
    let receipts = get(world, &format!("reports/receipts?{asked}")).await;
    let studies = get(world, &format!("reports/disseminations?{asked}")).await;
    let rows = told["rows"].as_array().unwrap();
    for row in rows {
        let of = format!("{on} {}", row["unit"]["code"]);
        let receipt = row_of(&receipts, &row["unit"]);
        assert_eq!(receipt.is_some(), !row["sent_at"].is_null(), "{of}");
        if let Some(receipt) = receipt {
            assert_eq!(
                (&receipt["sent_at"], &receipt["received_at"]),
                (&row["sent_at"], &row["received_at"]),
                "{of}"
            );
            let free = row["programme"]["state"] == "not_applicable";
            assert_eq!(receipt["standing"] != "live", free, "{of}");
        }
        if let Some(study) = row_of(&studies, &row["unit"]) {
            let here = &row["study"];
            assert_eq!(study["attended"], row["dissemination"], "{of}");
            for (there, name) in [
                ("state", "state"),
                ("completed_on", "completed_on"),
                ("days_late", "days_late"),
                ("study_due_on", "due_on"),
            ] {
                assert_eq!(study[there], here[name], "{of} {name}");
            }
        }
        let serving = format!(
            "tasks?under_document_id={paper}&as_of={on}&limit=200&under={}",
            row["unit"]["id"].as_str().unwrap()
        );
        let counted = "&status=registered,accepted,returned,in_progress,submitted,completed,closed";
        for (filter, figure) in [(counted, "tasks"), ("&timeliness=overdue", "overdue")] {
            let listed = get(world, &format!("{serving}{filter}")).await["items"].as_array().unwrap().len();
            assert_eq!(json!(listed), row[figure], "{of} {figure}");
        }
    }
    let (total, received, studied) = (&told["total"], &receipts["total"], &studies["total"]);
    // Who works on it without having been sent it, and a unit from which it was recalled.
    let unsent = rows.iter().filter(|row| row["sent_at"].is_null()).count();
    let sum = |report: &Value, names: &[&str]| -> i64 {
        names.iter().map(|name| report[name].as_i64().unwrap()).sum()
    };
    assert_eq!(
        total["units"],
        json!(received["total"].as_i64().unwrap() + i64::try_from(unsent).unwrap()),
        "{on}"
    );
    assert_eq!(total["not_applicable"], json!(sum(received, &["exempt", "recalled"])), "{on}");
    assert_eq!(
        (&total["received"], &total["studied"]),
        (&received["received"], &studied["completed"]),
        "{on}"
    );
    rows.len()
}

#[actix_web::test]
async fn it_agrees_with_the_reports_of_receipts_and_studies_and_with_the_list_of_tasks() {
    let mut compared = 0;
    for seed in [11, 12] {
        let world = World::new().await;
        let mut dice = Dice::new(0x2545_F491_4F6C_DD1D ^ (seed << 21));
        let (mut story, item) = Story::begin(&world).await;
        for n in 0..7 {
            world.go_to(&day(n).to_string()).await;
            for _ in 0..6 {
                story.step(&world, &mut dice, &item, day(n)).await;
            }
        }
        for n in [0, 2, 4, 6, 12] {
            for paper in 0..2 {
                compared += compare(&world, &story.papers[paper].0, day(n)).await;
            }
        }
    }
    assert!(compared > 40, "{compared}");
}
