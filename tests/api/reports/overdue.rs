//! Who is late, who waits, who is silent.

use super::{A, A1, A2, B, D, due, keep, overdue, rollup, rows, task, then, with};
use crate::{events::settle, harness::World, oracle::What};
use serde_json::{Value, json};

#[actix_web::test]
async fn who_is_late_by_how_much_and_since_when() {
    let world = with(&[
        due("2023-09-30", task(A1, "accepted")),
        due("2023-10-10", task(A1, "in_progress")),
        due("2023-10-14", task(B, "accepted")),
        due("2023-10-15", task(A2, "accepted")),
        due("2023-09-05", task(A2, "completed")),
    ])
    .await;
    let answer = overdue(&world, "leader@D", "D", "").await.expect(200);
    let row = |row: usize| {
        let late = &answer.body["rows"][row]["overdue"];
        (late["tasks"].as_i64(), late["oldest_due_on"].as_str(), late["max_days_late"].as_i64())
    };
    assert_eq!(rows(&answer), ["A1", "A2", "B"], "A2 is silent");
    assert_eq!(row(0), (Some(2), Some("2023-09-30"), Some(15)));
    assert_eq!(row(1), (Some(0), None, None));
    assert_eq!(row(2), (Some(1), Some("2023-10-14"), Some(1)));
    assert_eq!(answer.body["total"]["overdue"]["tasks"], 3);
    let link = format!("/api/v1/tasks?unit_id={}&as_of=2023-10-15&timeliness=overdue", world.unit("A1"));
    assert_eq!(answer.body["rows"][0]["overdue"]["records_url"], json!(link));
    let future = overdue(&world, "leader@D", "D", "&as_of=2023-10-16").await.expect(200);
    assert_eq!(future.body["total"]["overdue"]["tasks"], 4);
    assert_eq!(future.body["total"]["overdue"]["max_days_late"], 16);
}

#[actix_web::test]
async fn the_clock_of_what_is_handed_in_runs_against_the_assigner() {
    let waiting = |unit, since| then(task(unit, "in_progress"), &[(since, What::Submit)]);
    let returned = then(
        task(A1, "in_progress"),
        &[("2023-09-05", What::Submit), ("2023-10-14", What::ReturnWork), ("2023-10-14", What::Progress(50))],
    );
    let world =
        with(&[waiting(A1, "2023-10-01"), waiting(A2, "2023-10-05"), waiting(A, "2023-10-12"), returned])
            .await;
    let answer = overdue(&world, "leader@D", "D", "").await.expect(200);
    let waits = |row: usize, part: &str| {
        let waits = &answer.body["rows"][row][part];
        (
            waits["tasks"].as_i64().unwrap(),
            waits["oldest_since"].as_str().map(str::to_owned),
            waits["max_days"].as_i64(),
        )
    };
    assert_eq!(rows(&answer), ["A", "A1", "A2", "D"]);
    assert_eq!(waits(0, "awaiting"), (2, Some("2023-10-01".into()), Some(14)));
    assert_eq!(waits(0, "handed_in"), (1, Some("2023-10-12".into()), Some(3)));
    assert_eq!(waits(1, "handed_in"), (1, Some("2023-10-01".into()), Some(14)));
    assert_eq!(waits(1, "awaiting"), (0, None, None));
    assert_eq!(waits(3, "awaiting"), (1, Some("2023-10-12".into()), Some(3)));
    assert_eq!(answer.body["total"]["awaiting"]["tasks"], 3);
    assert_eq!(answer.body["total"]["silent"]["tasks"], 0);
    // The commune sees that the district lets it wait.
    let commune = overdue(&world, "leader@A", "A", "").await.expect(200);
    assert_eq!(rows(&commune), rows(&answer));
    assert_eq!(commune.body["total"]["awaiting"]["max_days"], 14);
    assert_eq!(commune.body["rows"][3]["awaiting"]["tasks"], 1);
    let pooled = rollup(&world, "leader@A", "A", "").await.expect(200);
    assert_eq!(pooled.body["rolled_up"]["awaiting_confirmation"], commune.body["total"]["awaiting"]["tasks"]);
}

fn silent(answer: &crate::harness::Answer) -> Value {
    let silent = &answer.body["total"]["silent"];
    ["tasks", "never_reported", "last_reported_on", "max_days"].map(|part| silent[part].clone()).into()
}

#[actix_web::test]
async fn silent_is_who_owes_reports_and_gives_none() {
    let reported = |on| then(task(A, "in_progress"), &[(on, What::Progress(10))]);
    let world = with(&[
        reported("2023-09-14"),
        reported("2023-09-15"),
        task(B, "accepted"),
        task(B, "registered"),
        task(B, "completed"),
        then(reported("2023-09-03"), &[("2023-09-03", What::Submit)]),
        then(task(D, "accepted"), &[("2023-09-03", What::Cancel)]),
    ])
    .await;
    world.as_("leader@D").await;
    // What gets settled between two answers moves the tag, as it must.
    settle(&world).await;
    let answer = overdue(&world, "leader@D", "D", "").await.expect(200);
    assert_eq!(answer.body["stale_days"], 30);
    assert_eq!(silent(&answer), json!([2, 1, "2023-09-14", 31]), "30 days are not more than 30");
    let own = overdue(&world, "leader@D", "A", "").await.expect(200);
    assert_eq!(silent(&own), json!([1, 0, "2023-09-14", 31]));
    // The rhythm is a setting, and another rhythm is another answer.
    let path = format!("/api/v1/reports/overdue?unit_id={}", world.unit("D"));
    let same = world.as_("leader@D").await.with("if-none-match", answer.header("etag"));
    same.get(&path).await.expect(304);
    world.root().await.patch("/api/v1/settings", 1, json!({"stale_days": 29})).await.expect(200);
    let stricter = same.get(&path).await.expect(200);
    assert_eq!(silent(&stricter), json!([3, 1, "2023-09-14", 31]));
    // On an earlier day the later reports had not come in.
    let early = overdue(&world, "leader@D", "D", "&as_of=2023-09-14").await.expect(200);
    assert_eq!(silent(&early), json!([2, 2, null, null]));
}

#[actix_web::test]
async fn pages_follow_the_codes_and_keep_the_totals() {
    let world = World::new().await;
    let late = |unit| due("2023-09-30", task(unit, "accepted"));
    keep(&world, &[late(D), late(A), late(A1), late(B), late(B)]).await;
    let (mut met, mut more) = (Vec::new(), String::from("&limit=2"));
    let whole = overdue(&world, "leader@D", "D", "").await.expect(200);
    loop {
        let page = overdue(&world, "leader@D", "D", &more).await.expect(200);
        assert_eq!(page.body["total"], whole.body["total"]);
        met.extend(page.body["rows"].as_array().unwrap().clone());
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        more = format!("&limit=2&cursor={cursor}");
    }
    assert_eq!(met, *whole.body["rows"].as_array().unwrap());
    assert_eq!(rows(&whole), ["A", "A1", "B", "D"]);
    let first = overdue(&world, "leader@D", "D", "&limit=2").await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let foreign = overdue(&world, "leader@D", "A", &format!("&cursor={cursor}")).await.expect(400);
    assert_eq!(foreign.faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn delays_explain_themselves() {
    let world =
        with(&[due("2023-09-30", task(A, "accepted")), task(A, "accepted"), task(B, "cancelled")]).await;
    let answer = overdue(&world, "leader@D", "D", "&explain=true").await.expect(200);
    let lines = answer.body["explain"]["measures"].as_array().unwrap();
    let told: Vec<_> =
        lines.iter().map(|l| (l["measure"].as_str().unwrap(), l["num"]["value"].as_i64().unwrap())).collect();
    assert_eq!(told, [("overdue", 1), ("awaiting_confirmation", 0), ("silent", 2)]);
    assert_eq!(lines[0]["left_out"][0]["tasks"], 1);
    assert_eq!(lines[0]["left_out"][1]["tasks"], 1);
}
