//! Case 5: what is defined above and used below.
//!
//! An indicator, a form or a set of criteria is defined once, by the unit above, and those below have no copies
//! of it. So "a change reaches the children that have not edited them" is here: a new version of a form holds
//! for reports that are not begun; a report that is begun keeps its version and what was typed into it; a line
//! that was emptied below, or that a version leaves out, does not come back. What an indicator is called is
//! read from above by everybody, but a form keeps the label that it gave its own line. (Of criteria:
//! `criteria::sets::another_content_is_another_version_under_which_units_begin_anew`.)

use super::reported;
use crate::forms::form_of;
use serde_json::{Value, json};

/// The keys of the lines of a report, each with its label and what stands there.
fn lines(shown: &Value) -> Vec<String> {
    let one = |line: &Value| {
        let said = if line["text"].is_null() { &line["value"] } else { &line["text"] };
        format!("{} {}: {said}", line["key"].as_str().unwrap(), line["label"].as_str().unwrap())
    };
    shown["lines"].as_array().unwrap().iter().map(one).collect()
}

#[actix_web::test]
async fn case_05_what_changes_above_reaches_who_has_not_begun_and_leaves_what_was_begun() {
    let this = reported(json!({})).await;
    let world = &this.world;
    // A has begun November, which runs since today; B has not.
    let begun = this.start("officer@A", "A", "2023-11").await.expect(201).id();
    let typed = json!([{"key": "ngheo", "value": 42}, {"key": "danh_gia", "text": "Giảm chậm"}]);
    this.save("officer@A", &begun, typed).await.expect(200);
    // D asks for something else from December on, and calls the indicator by another name.
    let path = format!("/api/v1/forms/{}/versions", this.form);
    let version = json!({"from_period": "2023-12", "levels": ["commune"], "due_working_days": 2, "items": [
        {"key": "ngheo", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo đa chiều"},
        {"key": "moi", "kind": "narrative", "label": "Nội dung mới"}]});
    world.as_("officer@D").await.post(&path, version.clone()).await.expect(201);
    let indicator = format!("/api/v1/indicators/{}", this.poor);
    world.as_("officer@D").await.patch(&indicator, 1, json!({"name": "Tên mới"})).await.expect(200);
    assert_eq!(world.as_("viewer@A").await.get(&indicator).await.expect(200).body["name"], "Tên mới");

    // Whoever has not begun, and the periods after, follow the new one; labels of a form stay its own.
    world.go_to("2023-11-20").await;
    let new = this.start("officer@B", "B", "2023-12").await.expect(201).body;
    assert_eq!(new["form_version"], 2);
    assert_eq!(lines(&new), ["ngheo Hộ nghèo đa chiều: null", "moi Nội dung mới: null"]);
    // What was begun keeps its version, its lines and what was typed; so does what is begun late of that time.
    let kept = this.show("officer@A", &begun).await;
    let old = |poor: &str, said: &str| {
        vec![
            format!("ngheo Số hộ nghèo: {poor}"),
            "tong Tổng số hộ: null".to_owned(),
            format!("danh_gia Đánh giá chung: {said}"),
            "qua_han Đầu việc quá hạn: 0".to_owned(),
        ]
    };
    assert_eq!(kept["form_version"], 1);
    assert_eq!(lines(&kept), old("42", "\"Giảm chậm\""));
    let late = this.start("officer@B", "B", "2023-11").await.expect(201).body;
    assert_eq!((&late["form_version"], lines(&late)), (&json!(1), old("null", "null")));
    this.step("officer@A", &begun, "submit", json!({})).await.expect(200);
    this.step("leader@D", &begun, "approve", json!({})).await.expect(200);
    // A version cannot begin with a period that has.
    let too_late = json!({"from_period": "2023-12"});
    let mut again = version;
    again.as_object_mut().unwrap().extend(too_late.as_object().unwrap().clone());
    again["items"][1]["label"] = json!("Khác");
    let refused = world.as_("officer@D").await.post(&path, again).await;
    refused.expect_fault(422, "/from_period", "not_permitted_here");
    assert_eq!(lines(&this.show("officer@B", new["id"].as_str().unwrap()).await), lines(&new));
}

#[actix_web::test]
async fn case_05_what_was_emptied_below_does_not_come_back() {
    let this = reported(json!({})).await;
    this.handed_in("officer@A", "A", "2023-09", 42).await;
    let more = json!({"code": "BC-KHAC", "lock_working_days": null, "items": [
        {"key": "hn", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo"},
        {"key": "them", "kind": "narrative", "label": "Thêm"}]});
    let other = form_of(&this.world, "officer@D", more).await.expect(201).id();
    let body = json!({"form_id": other, "unit_id": this.world.unit("A"), "period": "2023-09"});
    let draft = this.world.as_("officer@A").await.post("/api/v1/submissions", body).await.expect(201);
    assert_eq!(lines(&draft.body), ["hn Hộ nghèo: 42", "them Thêm: null"], "pre-filled");
    let id = draft.id();
    let empty = this.save("officer@A", &id, json!([{"key": "hn"}])).await.expect(200).body;
    assert_eq!(lines(&empty)[0], "hn Hộ nghèo: null");
    let more = this.save("officer@A", &id, json!([{"key": "them", "text": "Có"}])).await.expect(200).body;
    assert_eq!(lines(&more), ["hn Hộ nghèo: null", "them Thêm: \"Có\""], "not filled again");
    assert_eq!(lines(&this.show("viewer@D", &id).await), lines(&more));
}
