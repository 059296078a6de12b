//! The periods of a regime and their deadlines.

use super::{DAYS, REGIMES, all, day_off, id_of, regime};
use crate::harness::{Answer, World};
use serde_json::json;

/// What the demo's reader is told of the periods of a regime.
async fn ask(world: &World, code: &str, query: &str) -> Answer {
    let viewer = world.as_("viewer@A").await;
    let id = id_of(&viewer, code).await;
    viewer.get(&format!("{REGIMES}/{id}/periods?{query}")).await
}

async fn names(world: &World, code: &str, query: &str) -> Vec<String> {
    all(&ask(world, code, query).await.expect(200), "period")
}

#[actix_web::test]
async fn periods_carry_their_days_and_their_names_in_two_languages() {
    let world = World::new().await;
    let page = ask(&world, "decree_09", "kind=quarter&from=2023&to=2023").await.expect(200);
    assert_eq!(all(&page, "period"), ["2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"]);
    assert_eq!(
        page.body["items"][3],
        json!({"period": "2023-Q4", "kind": "quarter", "starts_on": "2023-09-15", "ends_on": "2023-12-14",
            "label_vi": "Quý IV năm 2023", "label_en": "Quarter 4 of 2023", "deadlines": null})
    );
    assert_eq!(all(&page, "starts_on")[0], "2022-12-15");
    let page = ask(&world, "calendar_months", "kind=month&from=2023-10-15&to=2023-12-01").await.expect(200);
    assert_eq!(all(&page, "ends_on"), ["2023-10-31", "2023-11-30", "2023-12-31"]);
}

#[actix_web::test]
async fn a_span_goes_from_the_period_that_holds_its_first_day_to_the_last_that_has_begun() {
    let world = World::new().await;
    for (query, found) in [
        ("kind=month&from=2023-Q4&to=2023-Q4", vec!["2023-10", "2023-11", "2023-12"]),
        ("kind=month&from=2023-10-15&to=2023-11-14", vec!["2023-11"]),
        ("kind=month&from=2023-10-14&to=2023-11-15", vec!["2023-10", "2023-11", "2023-12"]),
        ("kind=half_year&from=2023-02&to=2023-07", vec!["2023-H1", "2023-H2"]),
        ("kind=year&from=2022-12-14&to=2022-12-15", vec!["2022", "2023"]),
        // The last quarter lies in no nine months.
        ("kind=nine_months&from=2022-Q4&to=2023-Q4", vec!["2023-9M"]),
        ("kind=nine_months&from=2023-Q4&to=2023-Q4", vec![]),
        ("kind=week&from=2023-10-15&to=2023-10-16", vec!["2023-W41", "2023-W42"]),
        ("kind=years&from=2023&to=2026", vec!["2021-2025", "2026-2030"]),
        ("kind=years&from=2020-2025&to=2030", vec!["2020-2025", "2026-2031"]),
        ("kind=year&from=2021-2025&to=2022", vec!["2021", "2022"]),
        ("kind=year&from=2199&to=2199-12-31", vec!["2199"]),
    ] {
        assert_eq!(names(&world, "decree_09", query).await, found, "{query}");
    }
}

#[actix_web::test]
async fn relative_periods_go_by_the_business_day_and_the_regime() {
    let world = World::new().await;
    // On 15 October the decree's November has begun.
    assert_eq!(names(&world, "decree_09", "relative=this_month").await, ["2023-11"]);
    assert_eq!(names(&world, "calendar_months", "relative=this_month").await, ["2023-10"]);
    assert_eq!(names(&world, "decree_09", "relative=last_2_quarters").await, ["2023-Q2", "2023-Q3"]);
    assert_eq!(names(&world, "decree_09", "relative=this_term").await, ["2021-2025"]);
    assert_eq!(names(&world, "decree_09", "relative=term_so_far").await, ["2021", "2022", "2023"]);
    assert_eq!(names(&world, "decree_09", "relative=this_year_so_far").await.len(), 11);
    world.go_to("2023-12-15").await;
    assert_eq!(names(&world, "decree_09", "relative=this_year_so_far").await, ["2024-01"]);
}

#[actix_web::test]
async fn long_spans_come_page_by_page() {
    let world = World::new().await;
    let whole = names(&world, "decree_09", "relative=last_60_weeks&limit=200").await;
    assert_eq!(whole.len(), 60);
    for query in ["relative=last_60_weeks", "kind=week&from=2022&to=2023-Q1"] {
        let whole = names(&world, "decree_09", &format!("{query}&limit=200")).await;
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = ask(&world, "decree_09", &format!("{query}&limit=25{cursor}")).await.expect(200);
            found.extend(all(&page, "period"));
            assert!(found.len() <= whole.len());
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert_eq!(found, whole, "{query}");
    }
    let first = ask(&world, "decree_09", "relative=last_60_weeks&limit=1").await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let other = ask(&world, "calendar_months", &format!("relative=last_60_weeks&cursor={cursor}")).await;
    assert_eq!(other.expect(400).faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn deadlines_are_working_days_of_the_calendar() {
    let world = World::new().await;
    let due = async |query: &str| {
        let page = ask(&world, "decree_09", query).await.expect(200);
        page.body["items"][0]["deadlines"].clone()
    };
    let month = |name: &str, more: &str| format!("kind=month&from={name}&to={name}&due_working_days=2{more}");
    // 14 January 2023 is a Saturday; from the 20th to the 26th is Tết.
    assert_eq!(
        due(&month("2023-01", "&grace_working_days=4&lock_working_days=6")).await,
        json!({"due_on": "2023-01-17", "grace_until": "2023-01-19", "locks_on": "2023-01-30", "calendar_known": true})
    );
    // What is not said falls together with what is.
    assert_eq!(
        due(&month("2023-10", "")).await,
        json!({"due_on": "2023-10-17", "grace_until": "2023-10-17", "locks_on": "2023-10-17", "calendar_known": true})
    );
    // Monday, 16 October, is declared off: only what is still to come moves.
    let root = world.root().await;
    root.post(DAYS, day_off(json!({"on": "2023-10-16"}))).await.expect(201);
    assert_eq!(due(&month("2023-10", "")).await["due_on"], "2023-10-18");
    // Nobody knows the holidays of 2027 yet.
    assert_eq!(due(&month("2026-12", "")).await["calendar_known"], true);
    assert_eq!(due(&month("2027-01", "")).await["calendar_known"], false);
    assert_eq!(due(&month("2026-12", "&lock_working_days=20")).await["calendar_known"], false);
}

#[actix_web::test]
async fn the_decree_wants_a_working_day_between_the_end_and_the_hand_in() {
    let world = World::new().await;
    let query = "relative=last_month&due_working_days=0";
    let refused = ask(&world, "decree_09", query).await.expect(422);
    assert_eq!(refused.faults(), ["due_working_days not_permitted_here"]);
    assert!(refused.text.contains("09/2019"), "{}", refused.text);
    // It binds State bodies; a committee may do as its working rules say.
    let page = ask(&world, "party_months", query).await.expect(200);
    // 30 September 2023 is a Saturday.
    assert_eq!(page.body["items"][0]["deadlines"]["due_on"], "2023-10-02");
}

#[actix_web::test]
async fn bad_questions_are_refused_by_name() {
    let world = World::new().await;
    for (query, status, faults) in [
        ("", 400, vec!["kind required", "from required", "to required"]),
        ("kind=month&from=2023", 400, vec!["to required"]),
        ("kind=month&from=2023&to=2022", 422, vec!["to out_of_range"]),
        ("kind=decade&from=2023&to=2023", 422, vec!["kind unknown_value"]),
        ("kind=month&from=2023-13&to=2023-02-30", 400, vec!["from malformed", "to malformed"]),
        ("relative=next_month", 422, vec!["relative unknown_value"]),
        ("relative=last_61_months", 422, vec!["relative unknown_value"]),
        (
            "relative=this_year&kind=month&to=2023",
            422,
            vec!["kind not_permitted_here", "to not_permitted_here"],
        ),
        ("relative=this_year&due_working_days=61", 422, vec!["due_working_days out_of_range"]),
        (
            "relative=this_year&due_working_days=3&grace_working_days=2",
            422,
            vec!["grace_working_days out_of_range"],
        ),
        (
            "relative=this_year&due_working_days=3&lock_working_days=2",
            422,
            vec!["lock_working_days out_of_range"],
        ),
        ("relative=this_year&grace_working_days=2", 400, vec!["due_working_days required"]),
        ("relative=this_year&due_working_days=-1", 400, vec!["due_working_days malformed"]),
        ("relative=this_year&limit=201", 400, vec!["limit limit_out_of_range"]),
    ] {
        let answer = ask(&world, "decree_09", query).await.expect(status);
        assert_eq!(answer.faults(), faults, "{query}");
    }
    let made = world.as_("leader@A").await.post(REGIMES, regime(&world, json!({}))).await.expect(201);
    let path = format!("{REGIMES}/{}/periods?relative=this_year", made.id());
    world.as_("leader@B").await.get(&path).await.expect(404);
    world.as_("viewer@A1").await.get(&path).await.expect(200);
}
