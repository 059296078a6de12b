//! Every figure is its parts, and leads to as many records as it says.

use super::{day, dispatch, matrix, paper, post, programme, receipt, study};
use crate::harness::World;
use serde_json::{Value, json};

/// One document sent to A, A1, A2, B and B1 with a deadline on day 2: A issues in time, B late, A1 is
/// exempt, A2 and B1 are missing; tasks serve it in A, A1 and B.
async fn story(world: &World) -> String {
    let first = paper(world, json!({"issued_on": "2023-10-12"})).await;
    let due = json!({"receipt_due_on": day(1), "study_due_on": day(2), "programme_due_on": day(2)});
    let sent = dispatch(world, &first, &["A", "A1", "A2", "B", "B1"], due).await;
    for unit in ["A", "A1", "B"] {
        post(
            world,
            &format!("officer@{unit}"),
            &format!("receipts/{}/receive", receipt(&sent, unit)),
            json!({}),
        )
        .await;
    }
    world.go_to(&day(1).to_string()).await;
    programme(world, "A", std::slice::from_ref(&first), 1, (day(1), day(3))).await;
    study(world, "A", &first, (day(1), 18), true).await;
    for (unit, ahead) in [("A", 2), ("A", 9), ("B", 9)] {
        let body = json!({"title": "Vận động", "unit_id": world.unit(unit), "class": "key", "due_on": day(ahead),
            "parents": [{"kind": "document", "id": first}]});
        post(world, "leader@D", "tasks", body).await;
    }
    world.go_to(&day(4).to_string()).await;
    programme(world, "B", std::slice::from_ref(&first), 1, (day(4), day(9))).await;
    study(world, "B", &first, (day(4), 5), false).await;
    let exempt = json!({"reason": "Không áp dụng"});
    post(world, "leader@D", &format!("receipts/{}/exempt", receipt(&sent, "A1")), exempt).await;
    first
}

/// How many records a link leads to, over all pages.
async fn records(world: &World, url: &str) -> usize {
    let body = world.as_("viewer@D").await.get(url).await.expect(200).body;
    if let Some(rows) = body["rows"].as_array() {
        return rows.len();
    }
    assert!(body["next_cursor"].is_null());
    body["items"].as_array().unwrap().len()
}

/// Holds every figure against its explanation; gives how many links were followed.
async fn check(world: &World, told: &Value) -> usize {
    let measures = told["explain"]["measures"].as_array().unwrap();
    assert_eq!(measures.len(), told["total"].as_object().unwrap().len());
    let rows = told["rows"].as_array().unwrap().len();
    let mut followed = 0;
    for measure in measures {
        let name = measure["measure"].as_str().unwrap();
        let figure = &told["total"][name];
        let left: usize = measure["left_out"]
            .as_array()
            .unwrap()
            .iter()
            .map(|gap| usize::try_from(gap["units"].as_i64().unwrap()).unwrap())
            .sum();
        if measure["den"].is_null() {
            assert_eq!(&measure["num"]["value"], figure, "{name}");
        } else {
            assert_eq!(measure["num"]["value"], figure["num"], "{name}");
            assert_eq!(measure["den"]["value"], figure["den"], "{name}");
            if name != "overdue_pct" {
                // What is counted and what is left out are all pairs.
                assert_eq!(usize::try_from(figure["den"].as_i64().unwrap()).unwrap() + left, rows, "{name}");
            }
        }
        for part in [&measure["num"], &measure["den"]] {
            let Some(url) = part["records_url"].as_str() else { continue };
            assert_eq!(json!(records(world, url).await), part["value"], "{name} {url}");
            followed += 1;
        }
    }
    followed
}

#[actix_web::test]
async fn each_figure_of_one_document_is_its_parts_and_leads_to_its_records() {
    let world = World::new().await;
    let paper = story(&world).await;
    for on in [-1, 0, 1, 2, 4, 12] {
        let more = format!("document_id={paper}&as_of={}&explain=true", day(on));
        let told = matrix(&world, "viewer@D", &more).await;
        assert_eq!(told["total"]["units"], told["rows"].as_array().unwrap().len() - usize::from(on >= 4));
        assert!(check(&world, &told).await >= 16, "day {on}");
    }
    let total = matrix(&world, "viewer@D", &format!("document_id={paper}")).await["total"].clone();
    let counts = [
        "units",
        "not_applicable",
        "received",
        "studied",
        "missing",
        "missing_overdue",
        "late",
        "issued",
        "tasks",
        "overdue",
    ];
    assert_eq!(counts.map(|name| total[name].as_i64().unwrap()), [4, 1, 2, 1, 2, 2, 1, 1, 5, 2]);
    assert_eq!(total["on_time_pct"], json!({"num": 1, "den": 4, "value": 25}));
}

#[actix_web::test]
async fn the_figures_of_many_documents_lead_to_the_rows_of_their_own_page() {
    let world = World::new().await;
    let first = story(&world).await;
    for unit in ["A", "B1"] {
        let more = paper(&world, json!({"issued_on": "2023-10-01"})).await;
        dispatch(&world, &more, &[unit], json!({})).await;
    }
    // More documents than one list of ids may name.
    for _ in 0..52 {
        let more = paper(&world, json!({})).await;
        dispatch(&world, &more, &["A2"], json!({})).await;
    }
    let whole = matrix(&world, "viewer@D", "explain=true&limit=60").await;
    assert_eq!(whole["rows"].as_array().unwrap().len(), 59);
    assert!(check(&world, &whole).await >= 10);
    let page = matrix(&world, "viewer@D", "explain=true&limit=53").await;
    let next = format!("explain=true&limit=53&cursor={}", page["next_cursor"].as_str().unwrap());
    let next = matrix(&world, "viewer@D", &next).await;
    assert_eq!(next["rows"].as_array().unwrap().len(), 2);
    assert!(check(&world, &next).await >= 10);
    let named = matrix(&world, "viewer@D", &format!("explain=true&document_id={first},{first}")).await;
    assert!(check(&world, &named).await >= 16);
}

#[actix_web::test]
async fn a_filter_of_rows_leaves_the_figures_alone() {
    let world = World::new().await;
    let paper = story(&world).await;
    let whole = matrix(&world, "viewer@D", &format!("document_id={paper}")).await;
    let states = |told: &Value| -> Vec<String> {
        let of = |row: &Value| row["programme"]["state"].as_str().unwrap().to_owned();
        told["rows"].as_array().unwrap().iter().map(of).collect()
    };
    assert_eq!(states(&whole), ["missing", "missing", "late", "issued", "not_applicable"]);
    for (filter, expected) in [
        ("missing", &["missing", "missing"][..]),
        ("issued,late", &["late", "issued"]),
        ("not_applicable", &["not_applicable"]),
    ] {
        let told = matrix(&world, "viewer@D", &format!("document_id={paper}&programme={filter}")).await;
        assert_eq!(states(&told), expected);
        for member in ["total", "by_document", "by_unit"] {
            assert_eq!(told[member], whole[member], "{filter} {member}");
        }
    }
    let bad = format!("/api/v1/reports/coverage?document_id={paper}&programme=lost");
    assert_eq!(world.as_("viewer@D").await.get(&bad).await.expect(422).faults(), ["programme unknown_value"]);
}
