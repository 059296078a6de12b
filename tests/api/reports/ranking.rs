//! Rankings: ties, missing scores, one unit, none; and why each unit stands where it does.

use super::{A, A1, A2, B, due, ids, task, with};
use crate::{
    events::settle,
    harness::{Answer, World},
    oracle::Task,
    reports::books::Books,
};
use serde_json::{Value, json};

const B1: usize = 5;

async fn ranking(world: &World, who: &str, unit: &str, more: &str) -> Answer {
    let path = format!("/api/v1/reports/ranking?unit_id={}{more}", world.unit(unit));
    world.as_(who).await.get(&path).await
}

/// Rank, dense rank, code, value.
fn places(answer: &Answer) -> Value {
    let rows = answer.body["rows"].as_array().unwrap();
    rows.iter()
        .map(|row| json!([row["rank"], row["dense_rank"], row["unit"]["code"], row["value"]]))
        .collect()
}

#[actix_web::test]
async fn units_are_ranked_by_their_pooled_figures_and_ties_share_a_rank() {
    let mut world = World::new().await;
    for code in ["B2", "B3"] {
        world.add_unit(code, "branch", "branch", "B").await;
    }
    let ids: Vec<_> = ids(&world).into_iter().chain([world.units["B2"].id, world.units["B3"].id]).collect();
    let mut books = Books::default();
    for (unit, status) in [
        (A1, "completed"),
        (A2, "completed"),
        (A2, "accepted"),
        (B1, "completed"),
        (B1, "accepted"),
        (6, "accepted"),
    ] {
        books.task(&ids, ids[A], &task(unit, status));
    }
    books.write(&world).await;
    let answer = ranking(&world, "leader@D", "D", "&level=branch&measure=done_pct").await.expect(200);
    let expected = json!([[1, 1, "A1", 100], [2, 2, "A2", 50], [2, 2, "B1", 50], [4, 3, "B2", 0]]);
    assert_eq!(places(&answer), expected);
    let rows = &answer.body["rows"];
    assert_eq!((&rows[0]["tied"], &rows[0]["next"]), (&json!(0), &Value::Null));
    assert_eq!((&rows[1]["num"], &rows[1]["den"]), (&json!(1), &json!(2)));
    assert_eq!((&rows[1]["tied"], &rows[1]["tied_with"][0]["code"]), (&json!(1), &json!("B1")));
    // One more confirmed task makes A2 2 of 2, and B2 1 of 1.
    assert_eq!((&rows[1]["next"]["unit"]["code"], &rows[1]["next"]["lacking"]), (&json!("A1"), &json!(1)));
    assert_eq!((&rows[3]["next"]["rank"], &rows[3]["next"]["lacking"]), (&json!(2), &json!(1)));
    let url = rows[1]["records_url"].as_str().unwrap();
    let records = world.as_("leader@D").await.get(url).await.expect(200);
    assert_eq!(records.body["items"].as_array().unwrap().len(), 2);
    assert_eq!(answer.body["unranked"][0]["unit"]["code"], "B3");
    assert_eq!(answer.body["unranked"][0]["because"], "no_tasks");
    // Pooled: A has 2 of 3 and not the mean of 100 and 50.
    let communes = ranking(&world, "leader@D", "D", "&level=commune&measure=done_pct").await.expect(200);
    assert_eq!(places(&communes), json!([[1, 1, "A", 66.67], [2, 2, "B", 33.33]]));
}

#[actix_web::test]
async fn a_unit_without_a_score_stands_apart_with_the_reason() {
    let world = with(&[Task { weight_milli: 0, ..task(A, "accepted") }, task(B, "cancelled")]).await;
    let of = async |measure: &str| {
        let more = format!("&level=commune&measure={measure}");
        let answer = ranking(&world, "leader@D", "D", &more).await.expect(200);
        let apart = answer.body["unranked"].as_array().unwrap();
        let apart: Value = apart.iter().map(|row| json!([row["unit"]["code"], row["because"]])).collect();
        (places(&answer), apart)
    };
    assert_eq!(of("weighted_progress").await, (json!([]), json!([["A", "no_weight"], ["B", "no_tasks"]])));
    assert_eq!(of("done_pct").await, (json!([[1, 1, "A", 0]]), json!([["B", "no_tasks"]])));
    assert_eq!(of("on_time_pct").await, (json!([]), json!([["A", "nothing_due"], ["B", "no_tasks"]])));
}

#[actix_web::test]
async fn one_unit_and_none() {
    let world = with(&[task(B1, "accepted")]).await;
    let one = ranking(&world, "leader@B", "B", "&level=branch").await.expect(200);
    assert_eq!((places(&one), &one.body["measure"]), (json!([[1, 1, "B1", 0]]), &json!("weighted_progress")));
    let none = ranking(&world, "leader@D", "D", "&level=province").await.expect(200);
    assert_eq!((places(&none), &none.body["unranked"]), (json!([]), &json!([])));
    let itself = ranking(&world, "leader@B1", "B1", "&level=branch").await.expect(200);
    assert_eq!(places(&itself), json!([]), "the units below, not the unit itself");
}

#[actix_web::test]
async fn a_better_score_may_be_out_of_reach() {
    let world = with(&[
        due("2023-09-30", task(A, "completed")),
        due("2023-09-30", task(B, "completed")),
        due("2023-09-30", task(B, "accepted")),
    ])
    .await;
    let answer = ranking(&world, "leader@D", "D", "&level=commune&measure=on_time_pct").await.expect(200);
    assert_eq!(places(&answer), json!([[1, 1, "A", 100], [2, 2, "B", 50]]));
    let next = &answer.body["rows"][1]["next"];
    assert_eq!(next["lacking"], Value::Null);
    assert_eq!(next["meaning"], "Không thể bằng điểm liền trên chỉ bằng cách làm tốt những việc còn lại.");
}

#[actix_web::test]
async fn only_units_of_the_day_are_ranked() {
    let world = with(&[task(A1, "completed"), task(A2, "accepted")]).await;
    let path = format!("/api/v1/org-units/{}/close", world.unit("A1"));
    world.root().await.post(&path, json!({"on": "2023-10-15", "reason": "Sáp nhập"})).await.expect(200);
    let before = ranking(&world, "leader@A", "A", "&level=branch&as_of=2023-10-14").await.expect(200);
    assert_eq!(places(&before), json!([[1, 1, "A1", 100], [2, 2, "A2", 0]]));
    let after = ranking(&world, "leader@A", "A", "&level=branch").await.expect(200);
    assert_eq!(places(&after), json!([[1, 1, "A2", 0]]));
}

#[actix_web::test]
async fn it_explains_its_measure_and_is_not_computed_twice() {
    let world = with(&[task(A, "accepted")]).await;
    let more = "&level=commune&measure=done_pct&explain=true";
    world.as_("leader@D").await;
    // What gets settled between two answers moves the tag, as it must.
    settle(&world).await;
    let answer = ranking(&world, "leader@D", "D", more).await.expect(200);
    let measures = answer.body["explain"]["measures"].as_array().unwrap();
    assert_eq!(measures.iter().map(|one| &one["measure"]).collect::<Vec<_>>(), ["done_pct"]);
    let path = format!("/api/v1/reports/ranking?unit_id={}{more}", world.unit("D"));
    let tag = answer.header("etag").to_owned();
    let again = async || world.as_("leader@D").await.with("if-none-match", &tag).get(&path).await;
    again().await.expect(304);
    let new = json!({"title": "Việc mới", "unit_id": world.unit("B"), "class": "routine"});
    world.as_("leader@D").await.post("/api/v1/tasks", new).await.expect(201);
    again().await.expect(200);
}

#[actix_web::test]
async fn bad_questions_are_told_what_is_wrong_with_them() {
    let world = World::new().await;
    for (more, status, fault) in [
        ("", 400, "level required"),
        ("&level=hamlet", 422, "level unknown_value"),
        ("&level=commune&measure=beauty", 422, "measure unknown_value"),
        ("&level=commune&by=none", 400, "by unknown_parameter"),
    ] {
        assert_eq!(ranking(&world, "leader@D", "D", more).await.expect(status).faults(), [fault], "{more}");
    }
}
