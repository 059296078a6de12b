//! Who owes what, and how it is counted on any day.

use super::{Reported, reported};
use crate::harness::Answer;
use serde_json::{Value, json};

async fn status(this: &Reported, by: &str, more: &str) -> Answer {
    let path = format!("/api/v1/reports/reporting-status?form_id={}&{more}", this.form);
    this.world.as_(by).await.get(&path).await.expect(200)
}

/// Each row as `unit period state`.
fn rows(answer: &Answer) -> Vec<String> {
    let rows = answer.body["rows"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.iter()
        .map(|row| format!("{} {} {}", text(&row["unit"]["code"]), text(&row["period"]), text(&row["state"])))
        .collect()
}

#[actix_web::test]
async fn the_first_submission_decides_and_missing_ones_come_first() {
    let this = reported(json!({})).await;
    // September of the decree ends on Thursday the 14th: due on Monday the 18th.
    this.world.go_to("2023-09-18").await;
    let a = this.handed_in("officer@A", "A", "2023-09", 42).await;
    this.world.go_to("2023-09-19").await;
    this.step("leader@D", &a, "return", json!({"reason": "Chưa khớp"})).await.expect(200);
    this.world.go_to("2023-09-20").await;
    let b = this.handed_in("officer@B", "B", "2023-09", 7).await;
    this.world.go_to("2023-10-15").await;
    let now = status(&this, "viewer@D", "from=2023-09&to=2023-10").await;
    assert_eq!(rows(&now), ["A 2023-09 missing", "B 2023-09 late", "A 2023-10 pending", "B 2023-10 pending"]);
    assert_eq!(now.body["rows"][0]["since"], "2023-09-19");
    assert_eq!(now.body["rows"][1]["days_late"], 2);
    assert_eq!(now.body["rows"][1]["in_grace"], true);
    assert_eq!(now.body["completeness"], json!({"num": 1, "den": 4, "value": 25}));
    assert_eq!(now.body["timeliness"], json!({"num": 0, "den": 4, "value": 0}));
    // Past days are told as they were.
    for (day, expected) in [
        ("2023-09-17", ["A 2023-09 pending", "B 2023-09 pending"]),
        ("2023-09-18", ["B 2023-09 pending", "A 2023-09 on_time"]),
        ("2023-09-19", ["A 2023-09 missing", "B 2023-09 missing"]),
        ("2023-09-20", ["A 2023-09 missing", "B 2023-09 late"]),
    ] {
        let then = status(&this, "viewer@D", &format!("from=2023-09&to=2023-09&as_of={day}")).await;
        assert_eq!(rows(&then), expected, "{day}");
    }
    // Handed in again: on time, since the first one was.
    this.step("officer@A", &a, "submit", json!({})).await.expect(200);
    // While an older transaction of the server is open, the tag may change without need.
    crate::events::settle(&this.world).await;
    let now = status(&this, "viewer@D", "from=2023-09&to=2023-09&explain=true").await;
    assert_eq!(rows(&now), ["B 2023-09 late", "A 2023-09 on_time"]);
    assert_eq!(now.body["timeliness_of_submitted"], json!({"num": 1, "den": 2, "value": 50}));
    assert_eq!(now.body["units"][0]["completeness"], json!({"num": 1, "den": 1, "value": 100}));
    assert_eq!(now.body["explain"]["measures"][6]["measure"], "completeness");
    let _ = b;
    // Nothing changed, nothing is computed; each sees the own part.
    let tag = now.header("etag").to_owned();
    let path = format!(
        "/api/v1/reports/reporting-status?form_id={}&from=2023-09&to=2023-09&explain=true",
        this.form
    );
    this.world.as_("viewer@D").await.with("if-none-match", &tag).get(&path).await.expect(304);
    assert_eq!(rows(&status(&this, "viewer@B", "from=2023-09&to=2023-09").await), ["B 2023-09 late"]);
}

#[actix_web::test]
async fn an_exemption_granted_after_the_deadline_leaves_past_days_missing() {
    let this = reported(json!({})).await;
    let path = format!("/api/v1/forms/{}/exemptions", this.form);
    let body = json!({"unit_id": this.world.unit("A"), "from_period": "2023-09", "to_period": "2023-09", "reason": "Sắp xếp tổ chức"});
    let freed = this.world.as_("leader@D").await.post(&path, body).await.expect(201);
    let now = status(&this, "viewer@D", "from=2023-09&to=2023-09").await;
    assert_eq!(rows(&now), ["B 2023-09 missing", "A 2023-09 exempt"]);
    assert_eq!((&now.body["required"], &now.body["exempt"]), (&json!(1), &json!(1)));
    let then = status(&this, "viewer@D", "from=2023-09&to=2023-09&as_of=2023-10-14").await;
    assert_eq!(rows(&then), ["A 2023-09 missing", "B 2023-09 missing"]);
    let list = this.world.as_("officer@A").await.get("/api/v1/expectations?state=exempt").await.expect(200);
    assert_eq!(list.body["items"][0]["because"][1]["what"], "exempt");
    assert_eq!(list.body["items"][0]["because"][1]["reason"], "Sắp xếp tổ chức");
    let end = format!("{path}/{}/end", freed.id());
    this.world.as_("leader@D").await.post(&end, json!({"reason": "Xong"})).await.expect(200);
    let now = status(&this, "viewer@D", "from=2023-09&to=2023-09").await;
    assert_eq!(rows(&now), ["B 2023-09 missing", "A 2023-09 exempt"], "what had ended stays free");
}

#[actix_web::test]
async fn a_form_that_changes_is_judged_by_its_version_for_each_period() {
    let this = reported(json!({})).await;
    let path = format!("/api/v1/forms/{}/versions", this.form);
    let body = json!({"from_period": "2023-12", "unit_ids": [this.world.unit("B")], "due_working_days": 10,
        "items": [{"key": "moi", "kind": "narrative", "label": "Nội dung mới"}]});
    this.world.as_("officer@D").await.post(&path, body).await.expect(201);
    this.world.go_to("2023-12-20").await;
    let now = status(&this, "viewer@D", "from=2023-11&to=2023-12").await;
    let expected = ["A 2023-11 missing", "B 2023-11 missing", "B 2023-12 pending", "A 2023-12 not_required"];
    assert_eq!(rows(&now), expected);
    assert_eq!(now.body["rows"][2]["due_on"], "2023-12-28");
    let why: Vec<&str> = now.body["rows"][2]["because"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["what"].as_str().unwrap())
        .collect();
    assert_eq!(why, ["asked", "form_changed"]);
    assert_eq!(now.body["rows"][3]["because"][0]["what"], "not_asked");
}

#[actix_web::test]
async fn what_is_to_be_handed_in_is_listed_with_its_reason() {
    let this = reported(json!({})).await;
    let list = this.world.as_("officer@A").await.get("/api/v1/expectations?state=pending").await.expect(200);
    let items = list.body["items"].as_array().unwrap();
    let periods: Vec<&str> = items.iter().map(|one| one["period"].as_str().unwrap()).collect();
    assert_eq!(periods, ["2023-10", "2023-11"], "what ended yesterday and what is open now");
    assert_eq!(
        items[0]["because"][0],
        json!({"on": "2023-09-15", "what": "asked", "unit_id": null, "reason": null})
    );
    assert_eq!(items[0]["due_at"], "2023-10-17T17:00:00.000Z");
    let page = this
        .world
        .as_("officer@D")
        .await
        .get("/api/v1/expectations?limit=1&period=2023-09")
        .await
        .expect(200);
    assert_eq!(page.body["items"][0]["unit"]["code"], "A");
    let cursor = page.body["next_cursor"].as_str().unwrap();
    let next = format!("/api/v1/expectations?limit=1&period=2023-09&cursor={cursor}");
    let next = this.world.as_("officer@D").await.get(&next).await.expect(200);
    assert_eq!(
        (&next.body["items"][0]["unit"]["code"], &next.body["next_cursor"]),
        (&json!("B"), &json!(null))
    );
}

#[actix_web::test]
async fn the_burden_counts_figures_asked_twice_once() {
    let this = reported(json!({})).await;
    let more = json!({"code": "BC-KHAC", "items": [
        {"key": "hn", "kind": "indicator", "indicator_id": this.poor, "label": "Hộ nghèo"},
        {"key": "them", "kind": "narrative", "label": "Thêm"}]});
    crate::forms::form_of(&this.world, "officer@D", more).await.expect(201);
    let burden = this.world.as_("viewer@D").await.get("/api/v1/reports/burden").await.expect(200);
    assert_eq!(burden.body["rows"].as_array().unwrap().len(), 2);
    let row = &burden.body["rows"][0];
    assert_eq!((&row["unit"]["code"], &row["forms"], &row["per_month"]), (&json!("A"), &json!(2), &json!(4)));
    assert_eq!(row["asked_twice"][0]["forms"], json!(["BC-KHAC", "BC-THANG"]));
}
