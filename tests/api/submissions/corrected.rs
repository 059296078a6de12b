//! Corrections asked for while the report goes back.

use super::reported;
use serde_json::json;

#[actix_web::test]
async fn a_correction_changes_only_what_is_approved_and_still_says_what_it_was_asked_of() {
    let this = reported(json!({})).await;
    let id = this.handed_in("officer@A", "A", "2023-09", 42).await;
    let done = this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    let value = done.body["lines"][0]["from"]["value_id"].as_str().unwrap().to_owned();
    let value = format!("/api/v1/indicator-values/{value}");
    let (officer, leader) = (this.world.as_("officer@A").await, this.world.as_("leader@D").await);
    let asked = json!({"value": 40, "reason": "Trừ 2 hộ"});
    let asked = officer.post(&format!("{value}/corrections"), asked).await.expect(201).id();
    let decide = |how: &str| format!("{value}/corrections/{asked}/{how}");
    let now = async || {
        let shown = this.world.as_("viewer@D").await.get(&value).await.expect(200).body;
        json!([shown["value"], shown["status"], shown["approved_unit_id"].is_null()])
    };
    // Its approval is taken back: what is not approved is changed with the report, not corrected.
    this.step("leader@D", &id, "unapprove", json!({"reason": "Duyệt nhầm"})).await.expect(200);
    leader.post(&decide("approve"), json!({})).await.expect_problem(409, "invalid_state");
    assert_eq!(now().await, json!([42, "submitted", true]));
    // It comes again with another figure: that is not what the correction was asked of.
    this.step("leader@D", &id, "return", json!({"reason": "Chưa khớp"})).await.expect(200);
    this.save("officer@A", &id, json!([{"key": "ngheo", "value": 39}])).await.expect(200);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    let outdated = leader.post(&decide("approve"), json!({})).await.expect_problem(409, "invalid_state");
    assert!(outdated.text.contains("nay đã khác"), "{}", outdated.text);
    assert_eq!(now().await, json!([39, "approved", false]));
    // It is rejected, and another one asked for what is there now.
    leader.post(&decide("reject"), json!({"reason": "Đã nộp lại"})).await.expect(200);
    let again = json!({"value": 38, "reason": "Trừ thêm 1 hộ"});
    let again = officer.post(&format!("{value}/corrections"), again).await.expect(201);
    assert_eq!(again.body["old_value"], 39);
    let approve = format!("{value}/corrections/{}/approve", again.id());
    leader.post(&approve, json!({})).await.expect(200);
    assert_eq!(now().await, json!([38, "approved", false]));
}
