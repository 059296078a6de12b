//! What a unit says of itself under criteria, with its report.

use super::*;
use crate::criteria::{answer, board, say, set};

/// Asks for two criteria of the set, the first of them compulsory.
fn items(set: &str) -> Value {
    json!([{"key": "quy_hoach", "kind": "criterion", "criteria_set_id": set, "criterion": "c1", "label": "Quy hoạch",
            "required": true},
        {"key": "thu_nhap", "kind": "criterion", "criteria_set_id": set, "criterion": "c3", "label": "Thu nhập"}])
}

async fn asked() -> (Reported, String) {
    let this = reported(json!({})).await;
    let set = set(&this.world, json!({})).await;
    let more = json!({"code": "BC-NTM", "lock_working_days": null, "items": items(&set)});
    let form = form_of(&this.world, "officer@D", more).await.expect(201).id();
    (Reported { form, ..this }, set)
}

async fn said(world: &World, set: &str) -> Vec<Value> {
    let path = format!("/api/v1/criteria-assessments?set_id={set}&unit_id={}", world.unit("A"));
    world.as_("viewer@D").await.get(&path).await.expect(200).body["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn a_report_says_of_a_unit_what_waits_to_be_verified() {
    let (this, set) = asked().await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let missing = this.step("officer@A", &id, "submit", json!({})).await;
    missing.expect_fault(422, "/lines/0/assessment", "may_not_be_empty");
    let lines = json!([{"key": "quy_hoach", "assessment": "met", "text": "Đã phê duyệt quy hoạch chung"},
        {"key": "thu_nhap", "assessment": "nearly_met", "value": 47.5}]);
    this.save("officer@A", &id, lines).await.expect(200);
    assert!(said(&this.world, &set).await.is_empty(), "a draft says nothing");
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    let all = said(&this.world, &set).await;
    let one =
        |row: &Value| [&row["criterion"], &row["kind"], &row["status"], &row["value"]].map(Value::clone);
    assert_eq!(one(&all[0]), [json!("c1"), json!("self_assessed"), json!("met"), Value::Null]);
    assert_eq!(one(&all[1]), [json!("c3"), json!("self_assessed"), json!("nearly_met"), json!(47.5)]);
    assert_eq!(
        (&all[0]["submission_id"], &all[0]["evidence"]),
        (&json!(id), &json!("Đã phê duyệt quy hoạch chung"))
    );
    // Approved, it still waits for who verifies.
    this.step("leader@D", &id, "approve", json!({})).await.expect(200);
    let row = board(&this.world, &set, "").await["rows"][0].clone();
    assert_eq!(
        (&row["verified"]["met"], &row["claimed"]["met"], &row["awaiting"]),
        (&json!(0), &json!(1), &json!(2))
    );
    let path = format!("/api/v1/criteria-assessments/{}/used-in", all[0]["id"].as_str().unwrap());
    let uses = this.world.as_("viewer@D").await.get(&path).await.expect(200).body;
    let used = &uses["forms"][0];
    assert_eq!(
        (&used["code"], &used["key"], &used["submission_id"]),
        (&json!("BC-NTM"), &json!("quy_hoach"), &json!(id))
    );
    assert_eq!(uses["forms"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_draft_begins_with_what_the_unit_said_last_and_says_nothing_twice() {
    let (this, set) = asked().await;
    let claim = say(&this.world, "officer@A", &set, "c1", "met", json!({})).await.expect(201).id();
    say(&this.world, "officer@A", &set, "c3", "not_met", json!({"value": 40})).await.expect(201);
    answer(&this.world, "leader@D", &claim, "verify", json!({})).await.expect(201);
    let draft = this.start("officer@A", "A", "2023-09").await.expect(201);
    let line = |i: usize| {
        [&draft.body["lines"][i]["assessment"], &draft.body["lines"][i]["value"]].map(Value::clone)
    };
    assert_eq!((line(0), line(1)), ([json!("met"), Value::Null], [json!("not_met"), json!(40)]));
    let before = said(&this.world, &set).await.len();
    this.step("officer@A", &draft.id(), "submit", json!({})).await.expect(200);
    assert_eq!(said(&this.world, &set).await.len(), before, "nothing new was said");
    // What was met and is met no longer wants its reason.
    let next = this.start("officer@A", "A", "2023-10").await.expect(201).id();
    this.save("officer@A", &next, json!([{"key": "quy_hoach", "assessment": "not_met"}])).await.expect(200);
    let refused = this.step("officer@A", &next, "submit", json!({})).await;
    refused.expect_fault(422, "/lines/0/note", "reason_required");
    let lines = json!([{"key": "quy_hoach", "assessment": "not_met", "note": "Quy hoạch đã hết hạn"}]);
    this.save("officer@A", &next, lines).await.expect(200);
    this.step("officer@A", &next, "submit", json!({})).await.expect(200);
    let last = said(&this.world, &set).await.pop().unwrap();
    assert_eq!((&last["status"], &last["reason"]), (&json!("not_met"), &json!("Quy hoạch đã hết hạn")));
}

#[actix_web::test]
async fn what_is_returned_with_a_report_is_said_anew() {
    let (this, set) = asked().await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "quy_hoach", "assessment": "met"}])).await.expect(200);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    let back = json!({"reason": "Chưa có quyết định phê duyệt", "lines": [{"key": "quy_hoach", "comment": "Thiếu hồ sơ"}]});
    this.step("leader@D", &id, "return", back).await.expect(200);
    let row = board(&this.world, &set, "").await["rows"][0].clone();
    assert_eq!((&row["claimed"]["met"], &row["awaiting"]), (&json!(0), &json!(0)));
    let refused = this.step("officer@A", &id, "submit", json!({})).await;
    refused.expect_fault(422, "/lines/0/answer", "needs_answer");
    this.save("officer@A", &id, json!([{"key": "quy_hoach", "assessment": "nearly_met"}])).await.expect(200);
    this.step("officer@A", &id, "submit", json!({})).await.expect(200);
    let kinds: Vec<Value> = said(&this.world, &set).await.iter().map(|row| row["kind"].clone()).collect();
    assert_eq!(kinds, ["self_assessed", "returned", "self_assessed"]);
    let row = board(&this.world, &set, "").await["rows"][0].clone();
    assert_eq!((&row["claimed"]["nearly_met"], &row["awaiting"]), (&json!(1), &json!(1)));
}

#[actix_web::test]
async fn a_form_asks_only_for_criteria_of_a_set_in_force_that_judges_its_units() {
    let (this, set) = asked().await;
    let world = &this.world;
    let form = async |more: Value| {
        let mut item =
            json!({"key": "a", "kind": "criterion", "criteria_set_id": set, "criterion": "c1", "label": "x"});
        item.as_object_mut().unwrap().extend(more["item"].as_object().unwrap().clone());
        let mut body = json!({"code": "BC-2", "items": [item]});
        body.as_object_mut().unwrap().extend(more["form"].as_object().unwrap().clone());
        form_of(world, "officer@D", body).await
    };
    let draft = json!({"code": "bt", "replaces_id": set, "name": "Bản sau", "level": "commune", "achievement": "standard",
        "legal_basis": "Quyết định", "first_year": 2021, "last_year": 2025,
        "criteria": [{"no": 1, "code": "c1", "name": "Quy hoạch"}]});
    let draft = world.as_("leader@D").await.post("/api/v1/criteria-sets", draft).await.expect(201).id();
    for (more, at, code) in [
        (json!({"item": {"criterion": "c9"}, "form": {}}), "/items/0/criterion", "unknown_value"),
        (
            json!({"item": {"criteria_set_id": this.form}, "form": {}}),
            "/items/0/criteria_set_id",
            "unknown_reference",
        ),
        (
            json!({"item": {"criteria_set_id": draft}, "form": {}}),
            "/items/0/criteria_set_id",
            "not_permitted_here",
        ),
        (
            json!({"item": {}, "form": {"levels": ["branch"]}}),
            "/items/0/criteria_set_id",
            "not_permitted_here",
        ),
        (json!({"item": {"min": 1}, "form": {}}), "/items/0/min", "not_permitted_here"),
        (
            json!({"item": {"kind": "narrative", "criterion": null}, "form": {}}),
            "/items/0/criteria_set_id",
            "not_permitted_here",
        ),
    ] {
        form(more).await.expect_fault(422, at, code);
    }
    // The next version is issued: the old one is no longer asked for.
    let path = format!("/api/v1/criteria-sets/{draft}/issue");
    world.as_("leader@D").await.post(&path, json!({"effective_on": "2023-10-15"})).await.expect(200);
    let old = form(json!({"item": {}, "form": {}})).await;
    old.expect_fault(422, "/items/0/criteria_set_id", "not_permitted_here");
    // And a report under the old one has nothing to say any more.
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    this.save("officer@A", &id, json!([{"key": "quy_hoach", "assessment": "met"}])).await.expect(200);
    let refused = this.step("officer@A", &id, "submit", json!({})).await;
    refused.expect_fault(422, "/lines/0/assessment", "not_permitted_here");
}

#[actix_web::test]
async fn a_line_of_a_criterion_takes_what_belongs_to_it() {
    let (this, set) = asked().await;
    let id = this.start("officer@A", "A", "2023-09").await.expect(201).id();
    let wrong = json!([{"key": "quy_hoach", "assessment": "met", "numerator": 1, "qualifier": "over"}]);
    let answer = this.save("officer@A", &id, wrong).await.expect(422);
    assert_eq!(
        answer.faults(),
        ["#/lines/0/numerator not_permitted_here", "#/lines/0/qualifier not_permitted_here"]
    );
    // Of a plan there is no number to reach.
    this.save("officer@A", &id, json!([{"key": "quy_hoach", "assessment": "met", "value": 5}]))
        .await
        .expect(200);
    let refused = this.step("officer@A", &id, "submit", json!({})).await;
    refused.expect_fault(422, "/lines/0/value", "not_permitted_here");
    let lines = json!([{"key": "quy_hoach", "assessment": "met"}, {"key": "thu_nhap", "value": 50}]);
    this.save("officer@A", &id, lines).await.expect(200);
    let refused = this.step("officer@A", &id, "submit", json!({})).await;
    refused.expect_fault(422, "/lines/1/assessment", "may_not_be_empty");
    assert!(said(&this.world, &set).await.is_empty());
    // Other lines say nothing of criteria, and two forms ask for one criterion once.
    let more = json!({"code": "BC-3", "lock_working_days": null, "items": [items(&set)[0], {"key": "danh_gia", "kind": "narrative", "label": "x"}]});
    let other = form_of(&this.world, "officer@D", more).await.expect(201).id();
    let other = Reported { form: other, poor: this.poor.clone(), world: this.world };
    let id = other.start("officer@A", "A", "2023-09").await.expect(201).id();
    let answer = other.save("officer@A", &id, json!([{"key": "danh_gia", "assessment": "met"}])).await;
    answer.expect_fault(422, "/lines/0/assessment", "not_permitted_here");
    let burden = other.world.as_("viewer@D").await.get("/api/v1/reports/burden").await.expect(200);
    let twice = &burden.body["rows"][0]["asked_twice"][0];
    assert_eq!(
        (&twice["code"], &twice["criteria_set_id"], &twice["indicator_id"]),
        (&json!("c1"), &json!(set), &Value::Null)
    );
    assert_eq!(twice["forms"], json!(["BC-3", "BC-NTM"]));
}
