//! Several people at one value in one moment: one of them gets there, the others are told why not, and the
//! history says it all.

use super::{approved, enter, indicator, step};
use crate::harness::{Answer, World};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

const VALUES: &str = "/api/v1/indicator-values";

/// How the answers ended, sorted: `201` or `409 already_exists`.
fn ends(answers: &[Answer]) -> Vec<String> {
    let end = |answer: &Answer| format!("{} {}", answer.status, answer.code()).trim().to_owned();
    let mut ends: Vec<String> = answers.iter().map(end).collect();
    ends.sort_unstable();
    ends
}

/// The kinds of events of a value, in order.
async fn history(world: &World, id: &str) -> Vec<String> {
    let page = world.as_("viewer@D").await.get(&format!("{VALUES}/{id}/history")).await.expect(200).body;
    let kinds = page["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap());
    kinds.map(|kind| kind.split('.').next_back().unwrap().to_owned()).collect()
}

async fn show(world: &World, id: &str) -> Value {
    world.as_("viewer@D").await.get(&format!("{VALUES}/{id}")).await.expect(200).body
}

#[actix_web::test]
async fn of_many_first_entries_of_one_figure_one_stands() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let mut people = Vec::new();
    for n in 1..=8 {
        people.push((n, world.as_(&format!("officer@A#{n}")).await));
    }
    let entry =
        |n: i64| json!({"indicator_id": of, "unit_id": world.unit("A"), "period": "2023-09", "value": n});
    let events = world.events().await;
    let answers = join_all(people.iter().map(|(n, caller)| caller.post(VALUES, entry(*n)))).await;
    let mut expected = vec!["201".to_owned()];
    expected.extend(vec!["409 already_exists".to_owned(); 7]);
    assert_eq!(ends(&answers), expected);
    assert_eq!(world.events().await, events + 1);
    let made = answers.iter().find(|answer| answer.status == 201).unwrap();
    let page = world.as_("viewer@D").await.get(VALUES).await.expect(200).body;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&page["items"][0]["id"], &page["items"][0]["value"]),
        (&made.body["id"], &made.body["value"])
    );
    assert_eq!(history(&world, &made.id()).await, ["entered"]);
}

#[actix_web::test]
async fn of_an_approval_and_a_return_at_once_one_holds() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = enter(&world, &of, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    let (one, two) = (world.as_("leader@D").await, world.as_("leader@D#2").await);
    let (approve, give_back) = (format!("{VALUES}/{id}/approve"), format!("{VALUES}/{id}/return"));
    let reason = json!({"reason": "Thiếu ấp 3"});
    let answers = join_all([one.post(&approve, json!({})), two.post(&give_back, reason)]).await;
    assert_eq!(ends(&answers), ["200", "409 invalid_state"]);
    let done = if answers[0].status == 200 { "approved" } else { "returned" };
    assert_eq!(history(&world, &id).await, ["entered", done]);
    assert_eq!(show(&world, &id).await["status"], done);
}

#[actix_web::test]
async fn who_approves_what_was_read_never_approves_what_was_changed_meanwhile() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = enter(&world, &of, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    let leader = world.as_("leader@D").await.with("if-match", "\"v1\"");
    let (officer, approve) = (world.as_("officer@A").await, format!("{VALUES}/{id}/approve"));
    let path = format!("{VALUES}/{id}");
    let change = officer.patch(&path, 1, json!({"value": 20}));
    let (approved, changed) = join(leader.post(&approve, json!({})), change).await;
    let value = show(&world, &id).await;
    let now = (approved.status, changed.status, value["status"].as_str().unwrap(), value["value"].as_i64());
    let kinds = history(&world, &id).await;
    match approved.status {
        200 => assert_eq!(
            (now, kinds),
            ((200, 412, "approved", Some(15)), vec!["entered".into(), "approved".into()])
        ),
        _ => assert_eq!(
            (now, kinds),
            ((412, 200, "submitted", Some(20)), vec!["entered".into(), "changed".into()])
        ),
    }
}

#[actix_web::test]
async fn of_two_changes_at_once_one_is_kept_and_the_other_reads_again() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = enter(&world, &of, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    let (one, two) = (world.as_("officer@A").await, world.as_("officer@A#2").await);
    let path = format!("{VALUES}/{id}");
    let answers =
        join_all([one.patch(&path, 1, json!({"value": 16})), two.patch(&path, 1, json!({"value": 17}))])
            .await;
    assert_eq!(ends(&answers), ["200", "412 stale_version"]);
    let kept = if answers[0].status == 200 { 16 } else { 17 };
    assert_eq!(show(&world, &id).await["value"], kept);
    assert_eq!(history(&world, &id).await, ["entered", "changed"]);
}

#[actix_web::test]
async fn of_two_corrections_at_once_one_is_asked_for_and_one_decision_is_taken() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = approved(&world, &of, "A", "2023-09", json!({"value": 15})).await;
    let (one, two) = (world.as_("officer@A").await, world.as_("officer@A#2").await);
    let path = format!("{VALUES}/{id}/corrections");
    let ask = |value: i64| json!({"value": value, "reason": "Cộng thiếu ấp Phước Hậu"});
    let answers = join_all([one.post(&path, ask(20)), two.post(&path, ask(30))]).await;
    assert_eq!(ends(&answers), ["201", "409 invalid_state"]);
    let asked = answers.iter().find(|answer| answer.status == 201).unwrap();
    let (leader, other) = (world.as_("leader@D").await, world.as_("leader@D#2").await);
    let (approve, reject) =
        (format!("{path}/{}/approve", asked.id()), format!("{path}/{}/reject", asked.id()));
    let why = json!({"reason": "Sổ ghi 15"});
    let decided = join_all([
        leader.post(&approve, json!({})),
        other.post(&approve, json!({})),
        other.post(&reject, why),
    ])
    .await;
    assert_eq!(ends(&decided), ["200", "409 invalid_state", "409 invalid_state"]);
    let (value, step) = match decided[2].status {
        200 => (json!(15), "correction_rejected"),
        _ => (asked.body["value"].clone(), "corrected"),
    };
    assert_eq!(show(&world, &id).await["value"], value);
    assert_eq!(history(&world, &id).await, ["entered", "approved", "correction_requested", step]);
    let page = world.as_("viewer@D").await.get(&path).await.expect(200).body;
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
    // Whoever came too late asks again, of what is there now.
    step_again(&world, &id).await;
}

async fn step_again(world: &World, id: &str) {
    let before = show(world, id).await["value"].clone();
    let ask = json!({"value": 31, "reason": "Sót một hộ"});
    let asked = step(world, "officer@A#2", id, "corrections", ask).await.expect(201);
    assert_eq!(asked.body["old_value"], before);
}

#[actix_web::test]
async fn an_approval_and_a_request_to_correct_meet_in_either_order() {
    let world = World::new().await;
    let of = indicator(&world).await;
    let id = enter(&world, &of, "A", "2023-09", json!({"value": 15})).await.expect(201).id();
    let (leader, officer) = (world.as_("leader@D").await, world.as_("officer@A").await);
    let (approve, path) = (format!("{VALUES}/{id}/approve"), format!("{VALUES}/{id}/corrections"));
    let ask = json!({"value": 20, "reason": "Cộng thiếu"});
    let (approved, asked) = join(leader.post(&approve, json!({})), officer.post(&path, ask)).await;
    approved.expect(200);
    match asked.status {
        201 => {
            assert_eq!(history(&world, &id).await, ["entered", "approved", "correction_requested"]);
        }
        _ => {
            asked.expect_problem(409, "invalid_state");
            assert_eq!(history(&world, &id).await, ["entered", "approved"]);
        }
    }
    assert_eq!(show(&world, &id).await["value"], 15, "nothing is corrected before it is decided");
}
