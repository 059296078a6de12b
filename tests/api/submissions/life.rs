//! The way of a report.

use super::{Reported, reported};
use crate::harness::Answer;
use serde_json::{Value, json};

/// The value behind a line.
fn from<'a>(shown: &'a Value, key: &str) -> &'a Value {
    let lines = shown["lines"].as_array().unwrap();
    &lines.iter().find(|line| line["key"] == key).unwrap()["from"]
}

async fn value(this: &Reported, by: &str, id: &Value) -> Value {
    let path = format!("/api/v1/indicator-values/{}", id.as_str().unwrap());
    this.world.as_(by).await.get(&path).await.expect(200).body
}

#[actix_web::test]
async fn a_report_goes_from_draft_to_approved_and_its_figures_count() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.start("officer@A", "A", "2023-09").await.expect_problem(409, "already_exists");
    let saved = this.save("officer@A", &id, json!([{"key": "ngheo", "value": 42}])).await.expect(200);
    assert_eq!(saved.body["holder"]["name"], "officer@A");
    let sent = this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    assert_eq!(sent.body["state"], "submitted");
    assert_eq!(sent.body["lines"][3]["value"], 0, "computed, never typed");
    let kept = from(&sent.body, "ngheo");
    assert_eq!((&kept["status"], &kept["source"]), (&json!("submitted"), &json!("form")));
    // The unit above approves, in its turn.
    this.step("leader@A", &id, "approve", json!({})).await.expect_problem(403, "forbidden");
    let done = this.step("leader@D", &id, "approve", json!({"comment": "Khớp"})).await.expect(200);
    assert_eq!(done.body["state"], "approved");
    assert_eq!(done.body["reviewers"][0]["approved"], true);
    let kept = value(&this, "viewer@D", &from(&done.body, "ngheo")["value_id"]).await;
    assert_eq!((&kept["status"], &kept["value"]), (&json!("approved"), &json!(42)));
    assert_eq!(kept["approved_unit_id"], this.world.unit("D"));
    let history =
        this.world.as_("viewer@D").await.get(&format!("/api/v1/submissions/{id}/history")).await.expect(200);
    let kinds: Vec<&str> =
        history.body["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        ["submission.started", "submission.saved", "submission.submitted", "submission.approved"]
    );
    assert_eq!(history.body["items"][1]["changes"]["lines.ngheo"][1], json!({"value": 42}));
}

/// Case 6.
#[actix_web::test]
async fn case_06_a_colleague_takes_a_draft_over_and_nothing_is_lost() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 42}])).await.expect(200);
    let second = this.save("officer@A#2", &id, json!([{"key": "tong", "value": 400}])).await;
    second.expect_problem(409, "invalid_state");
    let shown = this.show("officer@A#2", &id).await;
    assert_eq!(shown["holder"]["name"], "officer@A");
    let taken = this.step("officer@A#2", &id, "take-over", json!({})).await.expect(200);
    assert_eq!(taken.body["holder"]["name"], "officer@A#2");
    assert_eq!(taken.body["lines"][0]["value"], 42);
    this.step("officer@A#2", &id, "take-over", json!({})).await.expect_problem(409, "invalid_state");
    this.save("officer@A", &id, json!([{"key": "tong", "value": 1}]))
        .await
        .expect_problem(409, "invalid_state");
    // Two windows of one person: the second has read an old version.
    let path = format!("/api/v1/submissions/{id}");
    let body = json!({"lines": [{"key": "tong", "value": 400}]});
    this.world.as_("officer@A#2").await.patch(&path, 1, body).await.expect_problem(412, "stale_version");
    let sent = this.step("officer@A#2", &id, "submit", json!({})).await.expect(200);
    let by = sent.body["submitted_by"].clone();
    let returned = json!({"reason": "Chưa khớp"});
    let back = this.step("leader@D", &id, "return", returned).await.expect(200);
    assert_eq!(back.body["submitted_by"], by, "a return changes no author");
}

#[actix_web::test]
async fn comments_of_a_return_are_answered_and_the_diff_shows_what_changed() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    this.step("leader@D", &id, "return", json!({})).await.expect_fault(422, "/reason", "reason_required");
    let body = json!({"reason": "Số liệu chưa khớp", "lines": [{"key": "ngheo", "comment": "Chưa trừ 3 hộ"},
        {"key": "tong", "comment": "Đã rà soát chưa?"}]});
    let back = this.step("leader@D", &id, "return", body).await.expect(200);
    assert_eq!(back.body["state"], "returned");
    assert_eq!(back.body["lines"][0]["comment"], "Chưa trừ 3 hộ");
    assert_eq!(from(&back.body, "ngheo")["status"], "returned");
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 39}])).await.expect(200);
    let again = this.step("officer@A", &id, "submit", json!({})).await;
    again.expect_fault(422, "/lines/1/answer", "needs_answer");
    this.save("officer@A", &id, json!([{"key": "tong", "value": 400, "answer": "Đã rà soát"}]))
        .await
        .expect(200);
    let first = back.body["first_submitted_at"].clone();
    this.world.go_to("2023-10-16").await;
    let sent = this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    assert_eq!(sent.body["first_submitted_at"], first, "the first one decides");
    assert_eq!(from(&sent.body, "ngheo")["status"], "submitted");
    let diff =
        this.world.as_("viewer@D").await.get(&format!("/api/v1/submissions/{id}/diff")).await.expect(200);
    assert_eq!((&diff.body["from"], &diff.body["to"]), (&json!(1), &json!(2)));
    let lines = diff.body["lines"].as_array().unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["before"]["value"], &lines[0]["after"]["value"]), (&json!(42), &json!(39)));
    assert_eq!(lines[1]["after"]["answer"], "Đã rà soát");
    let out = this.world.as_("viewer@D").await.get(&format!("/api/v1/submissions/{id}/diff?from=7")).await;
    assert_eq!(out.expect(422).faults(), ["from out_of_range"]);
}

/// Case 9.
#[actix_web::test]
async fn case_09_each_unit_of_the_chain_waits_for_the_one_before() {
    let this = reported(json!({"levels": ["branch"], "chain": ["parent", "owner"]})).await;
    let id = this.handed_in("officer@A1", "A1", "2023-09", 42).await;
    this.step("leader@D", &id, "approve", json!({})).await.expect_problem(403, "forbidden");
    let one = this.step("leader@A", &id, "approve", json!({})).await.expect(200);
    assert_eq!(one.body["state"], "submitted");
    assert_eq!(from(&one.body, "ngheo")["status"], "submitted");
    this.step("officer@A1", &id, "withdraw", json!({})).await.expect_problem(409, "invalid_state");
    let two = this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    assert_eq!(two.body["state"], "approved");
    assert_eq!(from(&two.body, "ngheo")["status"], "approved");
    // What the higher unit approved, the lower one does not undo.
    let why = json!({"reason": "Duyệt nhầm"});
    this.step("leader@A", &id, "unapprove", why.clone()).await.expect_problem(403, "forbidden");
    let back = this.step("leader@D", &id, "unapprove", why.clone()).await.expect(200);
    assert_eq!(
        (&back.body["state"], &from(&back.body, "ngheo")["status"]),
        (&json!("submitted"), &json!("submitted"))
    );
    this.step("leader@A", &id, "unapprove", why.clone()).await.expect(200);
    this.step("officer@A1", &id, "withdraw", json!({})).await.expect(200);
    assert_eq!(from(&this.show("viewer@A", &id).await, "ngheo")["status"], "withdrawn");
}

#[actix_web::test]
async fn what_the_unit_above_used_stays_approved() {
    let this = reported(json!({"levels": ["branch", "commune"]})).await;
    let below = this.handed_in("officer@A1", "A1", "2023-09", 42).await;
    this.step("leader@A", &below, "approve", json!({})).await.expect(200);
    this.world.go_to("2023-10-16").await;
    let above = this.handed_in("officer@A", "A", "2023-09", 99).await;
    let shown = this.show("leader@A", &below).await;
    assert_eq!(shown["consolidated_in"], above);
    let why = json!({"reason": "Duyệt nhầm"});
    this.step("leader@A", &below, "unapprove", why.clone()).await.expect_problem(409, "invalid_state");
    this.step("officer@A", &above, "withdraw", json!({})).await.expect(200);
    this.step("leader@A", &below, "unapprove", why).await.expect(200);
}

#[actix_web::test]
async fn a_correction_shows_that_it_differs_from_what_was_approved() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let done = this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    let verify = format!("/api/v1/submissions/{id}/verify");
    let before = this.world.as_("viewer@D").await.get(&verify).await.expect(200);
    assert_eq!((&before.body["differs"], &before.body["lines"]), (&json!(false), &json!([])));
    let value = from(&done.body, "ngheo")["value_id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/indicator-values/{value}/corrections");
    let asked = json!({"value": 40, "reason": "Trừ 2 hộ"});
    let asked = this.world.as_("officer@A").await.post(&path, asked).await.expect(201).id();
    let approve = format!("{path}/{asked}/approve");
    this.world.as_("leader@D").await.post(&approve, json!({})).await.expect(200);
    let after: Answer = this.world.as_("viewer@D").await.get(&verify).await.expect(200);
    assert_eq!((&after.body["differs"], &after.body["lines"]), (&json!(true), &json!(["ngheo"])));
    assert_eq!(this.show("viewer@D", &id).await["lines"][0]["value"], 40, "figures are kept once");
    let used =
        this.world.as_("viewer@D").await.get(&format!("/api/v1/indicator-values/{value}/used-in")).await;
    let used = used.expect(200);
    assert_eq!(used.body["forms"][0]["submission_id"], id);
    assert_eq!(used.body["forms"][0]["key"], "ngheo");
}
