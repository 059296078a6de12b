//! The report of receipts: right on each day, and the same as the lists behind it.

use super::{paper, receipt, send, step};
use crate::harness::World;
use serde_json::{Value, json};

async fn report(world: &World, by: &str, paper: &str, more: &str) -> Value {
    let path = format!("/api/v1/reports/receipts?document_id={paper}{more}");
    world.as_(by).await.get(&path).await.expect(200).body
}

/// `unit state timeliness days_late`
fn rows(report: &Value) -> Vec<String> {
    let one = |row: &Value| {
        let late = row["days_late"].as_i64().map(|days| format!(" {days}")).unwrap_or_default();
        let word = |name: &str| row[name].as_str().unwrap().to_owned();
        format!("{} {} {}{late}", row["unit"]["code"].as_str().unwrap(), word("state"), word("timeliness"))
    };
    report["rows"].as_array().unwrap().iter().map(one).collect()
}

/// Sent on the 15th with receipt due on the 17th: A in time, B late, A1 never, A2 exempt on the 19th,
/// B1 recalled on the 16th and sent to again on the 18th without a deadline.
async fn story(world: &World) -> String {
    let paper = paper(world, "officer@D", "D").await;
    let due = json!({"receipt_due_on": "2023-10-17"});
    let sent = send(world, "officer@D", &paper, &["A", "B", "A1", "A2", "B1"], due).await.expect(201);
    let of = |code| receipt(&sent, code);
    world.go_to("2023-10-16").await;
    step(world, "officer@A", &of("A"), "see", json!({})).await.expect(200);
    step(world, "leader@D", &of("B1"), "recall", json!({"reason": "Gửi nhầm"})).await.expect(200);
    world.go_to("2023-10-17").await;
    step(world, "officer@A", &of("A"), "receive", json!({})).await.expect(200);
    world.go_to("2023-10-18").await;
    send(world, "officer@D", &paper, &["B1"], json!({})).await.expect(201);
    world.go_to("2023-10-19").await;
    step(world, "officer@B", &of("B"), "assign", json!({"assigned_to": "Bí thư"})).await.expect(200);
    step(world, "leader@D", &of("A2"), "exempt", json!({"reason": "Không áp dụng"})).await.expect(200);
    paper
}

#[actix_web::test]
async fn it_is_right_on_each_of_five_days() {
    let world = World::new().await;
    let paper = story(&world).await;
    for (day, expected) in [
        ("2023-10-14", vec![]),
        (
            "2023-10-15",
            vec!["A sent in_time", "A1 sent in_time", "A2 sent in_time", "B sent in_time", "B1 sent in_time"],
        ),
        (
            "2023-10-16",
            vec![
                "A seen in_time",
                "A1 sent in_time",
                "A2 sent in_time",
                "B sent in_time",
                "B1 sent recalled",
            ],
        ),
        (
            "2023-10-18",
            vec![
                "A received received_on_time",
                "A1 sent overdue 1",
                "A2 sent overdue 1",
                "B sent overdue 1",
                "B1 sent no_due_date",
            ],
        ),
        (
            "2023-10-19",
            vec![
                "A received received_on_time",
                "A1 sent overdue 2",
                "A2 sent exempt",
                "B assigned received_late 2",
                "B1 sent no_due_date",
            ],
        ),
        (
            "2023-10-27",
            vec![
                "A received received_on_time",
                "A1 sent overdue 10",
                "A2 sent exempt",
                "B assigned received_late 2",
                "B1 sent no_due_date",
            ],
        ),
    ] {
        let told = report(&world, "viewer@D", &paper, &format!("&as_of={day}")).await;
        assert_eq!(rows(&told), expected, "{day}");
    }
    let total = report(&world, "viewer@D", &paper, "").await["total"].clone();
    let expected = json!({"total": 4, "exempt": 1, "recalled": 0, "seen": 2, "received": 2, "assigned": 1,
        "received_on_time": 1, "received_late": 1, "overdue": 1, "received_pct": {"num": 2, "den": 4, "value": 50},
        "assigned_pct": {"num": 1, "den": 4, "value": 25}, "on_time_pct": {"num": 1, "den": 3, "value": 33.33}});
    assert_eq!(total, expected);
    // A commune sees its own part, and a unit may be asked for.
    assert_eq!(
        rows(&report(&world, "viewer@B", &paper, "").await),
        ["B assigned received_late 2", "B1 sent no_due_date"]
    );
    let part = format!("&unit_id={}", world.unit("B1"));
    assert_eq!(rows(&report(&world, "viewer@D", &paper, &part).await), ["B1 sent no_due_date"]);
}

#[actix_web::test]
async fn each_figure_leads_to_the_receipts_it_counts() {
    let world = World::new().await;
    let paper = story(&world).await;
    for day in ["2023-10-15", "2023-10-16", "2023-10-18", "2023-10-19", "2023-10-27"] {
        let told = report(&world, "viewer@D", &paper, &format!("&as_of={day}&explain=true")).await;
        let measures = told["explain"]["measures"].as_array().unwrap();
        assert_eq!(measures.len(), 12);
        let mut followed = 0;
        for measure in measures {
            let name = measure["measure"].as_str().unwrap();
            let figure = &told["total"][name];
            match measure["den"].is_null() {
                true => assert_eq!(&measure["num"]["value"], figure, "{day} {name}"),
                false => {
                    assert_eq!(measure["num"]["value"], figure["num"], "{day} {name}");
                    assert_eq!(measure["den"]["value"], figure["den"], "{day} {name}");
                    // What is counted and what is left out are all the units.
                    let left: i64 = measure["left_out"]
                        .as_array()
                        .unwrap()
                        .iter()
                        .map(|gap| gap["units"].as_i64().unwrap())
                        .sum();
                    let all = i64::try_from(told["rows"].as_array().unwrap().len()).unwrap();
                    assert_eq!(figure["den"].as_i64().unwrap() + left, all, "{day} {name}");
                }
            }
            for part in [&measure["num"], &measure["den"]] {
                let Some(url) = part["records_url"].as_str() else { continue };
                let listed = world.as_("viewer@D").await.get(url).await.expect(200).body;
                assert_eq!(json!(listed["items"].as_array().unwrap().len()), part["value"], "{url}");
                followed += 1;
            }
        }
        assert!(followed >= 8);
    }
}

#[actix_web::test]
async fn it_comes_in_pages_and_not_again_while_nothing_changed() {
    let world = World::new().await;
    let paper = story(&world).await;
    let (mut found, mut more) = (Vec::new(), String::new());
    loop {
        let page = report(&world, "viewer@D", &paper, &format!("&limit=2{more}")).await;
        found.extend(rows(&page));
        match page["next_cursor"].as_str() {
            Some(next) => more = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(found, rows(&report(&world, "viewer@D", &paper, "").await));
    let path = format!("/api/v1/reports/receipts?document_id={paper}");
    let tag = world.as_("viewer@D").await.get(&path).await.expect(200).header("etag").to_owned();
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(304);
    let page = world.as_("viewer@A1").await.get("/api/v1/receipts").await.expect(200).body;
    step(&world, "officer@A1", page["items"][0]["id"].as_str().unwrap(), "see", json!({})).await.expect(200);
    world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(200);
}
