//! Several people at one report in one moment: one of them gets there, the others are told why not, and the
//! history says it all.

use super::{Reported, reported};
use crate::{
    forms::form_of,
    harness::{Answer, Caller},
};
use futures_util::future::{join, join_all};
use serde_json::{Value, json};

/// How the answers ended, sorted: `200` or `409 invalid_state`.
fn ends(answers: &[Answer]) -> Vec<String> {
    let end = |answer: &Answer| format!("{} {}", answer.status, answer.code()).trim().to_owned();
    let mut ends: Vec<String> = answers.iter().map(end).collect();
    ends.sort_unstable();
    ends
}

fn one_and(first: &str, n: usize, others: &str) -> Vec<String> {
    let mut ends = vec![others.to_owned(); n];
    ends.push(first.to_owned());
    ends.sort_unstable();
    ends
}

/// So many officers of A.
async fn officers(this: &Reported, n: usize) -> Vec<Caller<'_>> {
    let mut people = Vec::new();
    for n in 1..=n {
        people.push(this.world.as_(&format!("officer@A#{n}")).await);
    }
    people
}

async fn history(this: &Reported, id: &str) -> Vec<String> {
    let path = format!("/api/v1/submissions/{id}/history");
    let page = this.world.as_("viewer@D").await.get(&path).await.expect(200).body;
    let kinds = page["items"].as_array().unwrap().iter().map(|item| item["kind"].as_str().unwrap());
    kinds.map(|kind| kind.split('.').next_back().unwrap().to_owned()).collect()
}

/// All values kept, as `code state`.
async fn values(this: &Reported) -> Vec<Value> {
    let page = this.world.as_("viewer@D").await.get("/api/v1/indicator-values").await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(|item| json!([item["value"], item["status"]])).collect()
}

#[actix_web::test]
async fn of_many_who_start_one_report_one_does() {
    let this = reported(json!({})).await;
    let people = officers(&this, 6).await;
    let body = json!({"form_id": this.form, "unit_id": this.world.unit("A"), "period": "2023-09"});
    let events = this.world.events().await;
    let answers = join_all(people.iter().map(|one| one.post("/api/v1/submissions", body.clone()))).await;
    assert_eq!(ends(&answers), one_and("201", 5, "409 already_exists"));
    assert_eq!(this.world.events().await, events + 1);
    // Who came too late is told where it is.
    let made = answers.iter().find(|answer| answer.status == 201).unwrap();
    assert!(answers.iter().all(|answer| answer.id() == made.id()));
    assert_eq!(history(&this, &made.id()).await, ["started"]);
}

#[actix_web::test]
async fn of_two_who_take_over_at_once_one_does_and_of_his_windows_one_saves() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A#9", "A", "2023-09").await.expect(201).id();
    let path = format!("/api/v1/submissions/{id}");
    let people = [this.world.as_("officer@A#1").await, this.world.as_("officer@A#2").await];
    let people = people.map(|one| one.with("if-match", "\"v1\""));
    let take = format!("{path}/take-over");
    let answers = join_all(people.iter().map(|one| one.post(&take, json!({})))).await;
    assert_eq!(ends(&answers), ["200", "412 stale_version"]);
    let holder = if answers[0].status == 200 { "officer@A#1" } else { "officer@A#2" };
    let window = this.world.as_(holder).await;
    let line = |n: i64| json!({"lines": [{"key": "ngheo", "value": n}]});
    let saved = join_all((1..=4).map(|n| window.patch(&path, 2, line(n)))).await;
    assert_eq!(ends(&saved), one_and("200", 3, "412 stale_version"));
    let kept = 1 + saved.iter().position(|answer| answer.status == 200).unwrap();
    let shown = this.show("viewer@D", &id).await;
    assert_eq!((&shown["holder"]["name"], &shown["lines"][0]["value"]), (&json!(holder), &json!(kept)));
    assert_eq!(history(&this, &id).await, ["started", "taken_over", "saved"]);
}

#[actix_web::test]
async fn of_many_who_hand_in_one_draft_one_does() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A#1", "A", "2023-09").await.expect(201).id();
    let typed = json!([{"key": "ngheo", "value": 42}, {"key": "tong", "value": 400}]);
    this.save("officer@A#1", &id, typed).await.expect(200);
    let people = officers(&this, 5).await;
    let (path, events) = (format!("/api/v1/submissions/{id}/submit"), this.world.events().await);
    let answers = join_all(people.iter().map(|one| one.post(&path, json!({})))).await;
    assert_eq!(ends(&answers), one_and("200", 4, "409 invalid_state"));
    assert_eq!(this.world.events().await, events + 1);
    assert_eq!(history(&this, &id).await, ["started", "saved", "submitted"]);
    assert_eq!(values(&this).await, [json!([42, "submitted"]), json!([400, "submitted"])]);
}

#[actix_web::test]
async fn of_an_approval_and_a_return_at_once_one_holds_for_all_its_figures() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let people = [this.world.as_("leader@D").await, this.world.as_("leader@D#2").await];
    let (approve, give_back) =
        (format!("/api/v1/submissions/{id}/approve"), format!("/api/v1/submissions/{id}/return"));
    let reason = json!({"reason": "Chưa khớp"});
    let answers = join_all([
        people[0].post(&approve, json!({})),
        people[1].post(&give_back, reason.clone()),
        people[1].post(&approve, json!({})),
        people[0].post(&give_back, reason),
    ])
    .await;
    assert_eq!(ends(&answers), one_and("200", 3, "409 invalid_state"));
    let done = if answers[0].status == 200 || answers[2].status == 200 { "approved" } else { "returned" };
    assert_eq!(this.show("viewer@D", &id).await["state"], done);
    assert_eq!(history(&this, &id).await, ["started", "saved", "submitted", done]);
    assert_eq!(values(&this).await, [json!([42, done]), json!([400, done])]);
}

#[actix_web::test]
async fn a_withdrawal_and_an_approval_at_once_leave_one_of_them() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let (officer, leader) = (this.world.as_("officer@A").await, this.world.as_("leader@D").await);
    let (approve, withdraw) =
        (format!("/api/v1/submissions/{id}/approve"), format!("/api/v1/submissions/{id}/withdraw"));
    let answers = join_all([leader.post(&approve, json!({})), officer.post(&withdraw, json!({}))]).await;
    assert_eq!(ends(&answers), ["200", "409 invalid_state"]);
    let (state, of_values) =
        if answers[0].status == 200 { ("approved", "approved") } else { ("draft", "withdrawn") };
    assert_eq!(this.show("viewer@A", &id).await["state"], state);
    assert_eq!(values(&this).await, [json!([42, of_values]), json!([400, of_values])]);
}

/// Another form that asks for the same figure, filled in for A.
async fn second(this: &Reported, poor: i64) -> String {
    let more = json!({"code": "BC-KHAC", "lock_working_days": null, "items": [
        {"key": "hn", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo"}]});
    let other = form_of(&this.world, "officer@D", more).await.expect(201).id();
    let body = json!({"form_id": other, "unit_id": this.world.unit("A"), "period": "2023-09"});
    let id = this.world.as_("officer@A").await.post("/api/v1/submissions", body).await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "hn", "value": poor}])).await.expect(200);
    id
}

#[actix_web::test]
async fn two_forms_that_bring_one_figure_at_once_do_not_contradict_each_other() {
    let this = reported(json!({})).await;
    let one = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let typed = json!([{"key": "ngheo", "value": 42}, {"key": "tong", "value": 400}]);
    this.save("officer@A", &one, typed).await.expect(200);
    let two = second(&this, 41).await;
    let people = officers(&this, 2).await;
    let paths = [&one, &two].map(|id| format!("/api/v1/submissions/{id}/submit"));
    let answers =
        join_all([people[0].post(&paths[0], json!({})), people[1].post(&paths[1], json!({}))]).await;
    assert_eq!(ends(&answers), ["200", "409 already_exists"]);
    let expected = match answers[0].status {
        200 => vec![json!([42, "submitted"]), json!([400, "submitted"])],
        _ => vec![json!([41, "submitted"])],
    };
    assert_eq!(values(&this).await, expected, "of the other nothing is kept");
}

#[actix_web::test]
async fn a_report_and_an_entry_by_itself_that_meet_leave_one_value() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 42}])).await.expect(200);
    let entry =
        json!({"indicator_id": this.poor, "unit_id": this.world.unit("A"), "period": "2023-09", "value": 41});
    let people = officers(&this, 2).await;
    let submit = format!("/api/v1/submissions/{id}/submit");
    let (handed_in, entered) =
        join(people[0].post(&submit, json!({})), people[1].post("/api/v1/indicator-values", entry)).await;
    handed_in.expect(200);
    assert!(entered.status == 201 || entered.code() == "already_exists", "{}", entered.text);
    assert_eq!(values(&this).await, [json!([42, "submitted"])], "what the report says");
}

#[actix_web::test]
async fn a_report_is_approved_whole_while_one_of_its_values_is_returned() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let shown = this.show("viewer@D", &id).await;
    let value = shown["lines"][0]["from"]["value_id"].as_str().unwrap();
    let people = [this.world.as_("leader@D").await, this.world.as_("leader@D#2").await];
    let (approve, give_back) =
        (format!("/api/v1/submissions/{id}/approve"), format!("/api/v1/indicator-values/{value}/return"));
    let (approved, returned) =
        join(people[0].post(&approve, json!({})), people[1].post(&give_back, json!({"reason": "Chưa khớp"})))
            .await;
    // Whoever comes second finds that it was decided, or that what was read is not what is there.
    let state = this.show("viewer@D", &id).await["state"].clone();
    match approved.status {
        200 => {
            returned.expect_problem(409, "invalid_state");
            assert_eq!(state, "approved");
            assert_eq!(values(&this).await, [json!([42, "approved"]), json!([400, "approved"])]);
        }
        _ => {
            returned.expect(200);
            assert!(["invalid_state", "stale_version"].contains(&approved.code()), "{}", approved.text);
            assert_eq!(state, "submitted");
            assert_eq!(values(&this).await, [json!([42, "returned"]), json!([400, "submitted"])]);
        }
    }
}

#[actix_web::test]
async fn a_report_is_approved_while_a_figure_in_it_is_corrected_and_its_seal_says_which_it_saw() {
    let this = reported(json!({})).await;
    let first = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let done = this.step("leader@D", &first, "approve", json!({})).await.expect(200);
    let value = done.body["lines"][0]["from"]["value_id"].as_str().unwrap().to_owned();
    let two = second(&this, 42).await;
    this.step("officer@A", &two, "submit", json!({})).await.expect(200);
    let path = format!("/api/v1/indicator-values/{value}/corrections");
    let ask = json!({"value": 40, "reason": "Trừ 2 hộ"});
    let asked = this.world.as_("officer@A").await.post(&path, ask).await.expect(201).id();
    let people = [this.world.as_("leader@D").await, this.world.as_("leader@D#2").await];
    let (approve, correct) =
        (format!("/api/v1/submissions/{two}/approve"), format!("{path}/{asked}/approve"));
    let answers = join_all([people[0].post(&approve, json!({})), people[1].post(&correct, json!({}))]).await;
    assert_eq!(ends(&answers), ["200", "200"]);
    assert_eq!(values(&this).await, [json!([40, "approved"]), json!([400, "approved"])]);
    let verify = |id: &str| format!("/api/v1/submissions/{id}/verify");
    let viewer = this.world.as_("viewer@D").await;
    let of_first = viewer.get(&verify(&first)).await.expect(200).body;
    assert_eq!((&of_first["differs"], &of_first["lines"]), (&json!(true), &json!(["ngheo"])));
    // The second was approved with 42 or with 40; its seal and its steps agree on it.
    let of_second = viewer.get(&verify(&two)).await.expect(200).body;
    let saw = answers[0].body["lines"][0]["value"].as_i64().unwrap();
    if of_second["differs"] == false {
        assert_eq!(saw, 40, "{of_second}");
    } else {
        assert_eq!(of_second["lines"], json!(["hn"]));
    }
    assert_eq!(history(&this, &two).await, ["started", "submitted", "approved"], "typed as it stood there");
}
