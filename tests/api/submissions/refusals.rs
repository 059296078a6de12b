//! What is refused, and what has to be explained.

use super::reported;
use crate::forms::form_of;
use serde_json::json;

/// Case 11.
#[actix_web::test]
async fn case_11_a_compulsory_line_left_empty_refuses_all_and_stores_nothing() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "tong", "value": 400}])).await.expect(200);
    let events = this.world.events().await;
    let answer = this.step("officer@A", &id, "submit", json!({})).await;
    answer.expect_fault(422, "/lines/0/value", "may_not_be_empty");
    assert_eq!(this.world.events().await, events);
    let values = this.world.as_("officer@A").await.get("/api/v1/indicator-values").await.expect(200);
    assert_eq!(values.body["items"], json!([]));
}

#[actix_web::test]
async fn nothing_to_report_is_a_report() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let sent = this.step("officer@A", &id, "submit", json!({"nil": true})).await.expect(200);
    assert_eq!((&sent.body["state"], &sent.body["nil"]), (&json!("submitted"), &json!(true)));
    let id = this.start("officer@B", "B", "2023-09").await.expect(201).id();
    this.save("officer@B", &id, json!([{"key": "ngheo", "value": 4}])).await.expect(200);
    let both = this.step("officer@B", &id, "submit", json!({"nil": true})).await;
    both.expect_fault(422, "/lines/0", "not_permitted_here");
}

/// Case 10: brought again by another form.
#[actix_web::test]
async fn case_10_a_figure_that_was_approved_already_names_who_did() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    let more = json!({"code": "BC-KHAC", "lock_working_days": null, "items": [{"key": "hn", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo"}]});
    let other = form_of(&this.world, "officer@D", more).await.expect(201).id();
    let body = json!({"form_id": other, "unit_id": this.world.unit("A"), "period": "2023-09"});
    let draft = this.world.as_("officer@A").await.post("/api/v1/submissions", body).await.expect(201);
    assert_eq!(draft.body["lines"][0]["value"], 42, "pre-filled with what another form brought");
    let second = draft.id();
    this.save("officer@A", &second, json!([{"key": "hn", "value": 41}])).await.expect(200);
    let refused = this.step("officer@A", &second, "submit", json!({})).await;
    let refused = refused.expect_problem(409, "already_approved");
    assert_eq!(refused.body["unit"]["code"], "D");
    this.save("officer@A", &second, json!([{"key": "hn", "value": 42}])).await.expect(200);
    this.step("officer@A", &second, "submit", json!({})).await.expect(200);
}

#[actix_web::test]
async fn one_figure_waits_in_one_form_only() {
    let this = reported(json!({})).await;
    this.handed_in("officer@A", "A", "2023-09", 42).await;
    let more = json!({"code": "BC-KHAC", "lock_working_days": null, "items": [{"key": "hn", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo"}]});
    let other = form_of(&this.world, "officer@D", more).await.expect(201).id();
    let body = json!({"form_id": other, "unit_id": this.world.unit("A"), "period": "2023-09"});
    let second = this.world.as_("officer@A").await.post("/api/v1/submissions", body).await.expect(201).id();
    this.save("officer@A", &second, json!([{"key": "hn", "value": 41}])).await.expect(200);
    let refused =
        this.step("officer@A", &second, "submit", json!({})).await.expect_problem(409, "already_exists");
    assert!(refused.body["detail"].as_str().unwrap().contains("BC-THANG"), "{}", refused.text);
    this.save("officer@A", &second, json!([{"key": "hn", "value": 42}])).await.expect(200);
    this.step("officer@A", &second, "submit", json!({})).await.expect(200);
}

#[actix_web::test]
async fn rules_refuse_and_oddities_are_explained() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 501}, {"key": "tong", "value": 500}]))
        .await
        .expect(200);
    let answer = this.step("officer@A", &id, "submit", json!({})).await;
    assert_eq!(
        answer.faults(),
        ["#/lines/0 rule_broken", "#/lines/0/note needs_explanation"],
        "{}",
        answer.text
    );
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 501}, {"key": "tong", "value": 600}]))
        .await
        .expect(200);
    let answer = this.step("officer@A", &id, "submit", json!({})).await;
    answer.expect_fault(422, "/lines/0/note", "needs_explanation");
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 501, "note": "Áp dụng chuẩn mới"}]))
        .await
        .expect(200);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_figure_unlike_the_own_past_is_explained() {
    let this = reported(json!({})).await;
    for (month, poor) in [("2023-04", 100), ("2023-05", 101), ("2023-06", 99), ("2023-07", 100)] {
        this.handed_in("officer@A", "A", month, poor).await;
    }
    let id = this.start("officer@A", "A", "2023-08").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 200}])).await.expect(200);
    let answer = this.step("officer@A", &id, "submit", json!({})).await;
    answer.expect_fault(422, "/lines/0/note", "needs_explanation");
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 104}])).await.expect(200);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_locked_period_takes_nothing_until_it_is_opened_again() {
    let this = reported(json!({"lock_working_days": 10})).await;
    let id = this.start("officer@A", "A", "2023-08").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 42}])).await.expect(200);
    let locked = this.step("officer@A", &id, "submit", json!({})).await.expect_problem(423, "period_locked");
    assert!(locked.body["detail"].as_str().unwrap().contains("2023-08-28"), "{}", locked.text);
    let unlock = json!({"unit_id": this.world.unit("A"), "period": "2023-08", "until_on": "2023-10-15", "reason": "Mất điện"});
    let path = format!("/api/v1/forms/{}/unlocks", this.form);
    this.world.as_("leader@D").await.post(&path, unlock).await.expect(201);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
}

#[actix_web::test]
async fn lines_that_the_form_does_not_have_are_refused() {
    let this = reported(json!({})).await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let lines = json!([{"key": "la", "value": 1}, {"key": "danh_gia", "value": 1}, {"key": "qua_han", "value": 1},
        {"key": "tong", "nil": true}, {"key": "ngheo", "text": "x"}]);
    let answer = this.save("officer@A", &id, lines).await;
    let expected = [
        "#/lines/0/key not_permitted_here",
        "#/lines/1/value not_permitted_here",
        "#/lines/2/key not_permitted_here",
        "#/lines/3/nil not_permitted_here",
        "#/lines/4/text not_permitted_here",
    ];
    assert_eq!(answer.faults(), expected, "{}", answer.text);
    let secret = json!([{"key": "danh_gia", "text": "TUYỆT MẬT"}]);
    this.save("officer@A", &id, secret).await.expect_problem(422, "classified_content");
    // Only who is asked, for periods that have begun.
    this.start("officer@A1", "A1", "2023-09").await.expect_fault(422, "/unit_id", "not_permitted_here");
    this.start("officer@A", "A", "2023-12").await.expect_fault(422, "/period", "in_future");
    this.start("officer@A", "A", "2022-12").await.expect_fault(422, "/period", "not_permitted_here");
    this.start("officer@B", "A", "2023-08").await.expect_fault(422, "/unit_id", "unknown_reference");
}
