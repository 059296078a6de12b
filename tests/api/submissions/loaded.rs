//! Reports out of the old books.

use super::reported;
use actix_web::http::Method;
use serde_json::{Value, json};

fn line(op: &str, at: &str, data: Value) -> String {
    json!({"op": op, "at": format!("{at}T10:00:00+07:00"), "data": data}).to_string()
}

#[actix_web::test]
async fn old_books_tell_who_was_late_and_what_was_approved() {
    let this = reported(json!({})).await;
    let (a, b, d) = (this.world.unit("A"), this.world.unit("B"), this.world.unit("D"));
    let of = |unit: &str, more: Value| {
        let mut data = json!({"form_id": this.form, "unit_id": unit, "period": "2023-08", "acting_unit_id": unit,
            "acting_role": "officer", "acting_person": "cán bộ"});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        data
    };
    let by_d = |unit: &str, more: Value| {
        of(unit, more)
            .as_object()
            .unwrap()
            .clone()
            .into_iter()
            .chain([
                ("acting_unit_id".into(), json!(d)),
                ("acting_role".into(), json!("leader")),
                ("acting_person".into(), json!("bí thư")),
            ])
            .collect::<Value>()
    };
    let figures = json!({"lines": [{"indicator_id": this.poor, "value": 42}, {"key": "tong", "value": 400}]});
    let lines = [
        line("submission.submit", "2023-08-15", of(&a, figures.clone())),
        line("submission.return", "2023-08-16", by_d(&a, json!({"reason": "Chưa khớp"}))),
        line("submission.submit", "2023-08-20", of(&a, json!({"lines": [{"key": "ngheo", "value": 41}]}))),
        line("submission.approve", "2023-08-21", by_d(&a, json!({}))),
        line("submission.submit", "2023-08-18", of(&b, json!({"nil": true}))),
        // By themselves, without figures, and what there is not.
        line("submission.approve", "2023-08-21", of(&b, json!({}))),
        line("submission.submit", "2023-08-22", of(&b, json!({"period": "2023-09"}))),
        line("submission.return", "2023-08-22", by_d(&b, json!({"period": "2023-07", "reason": "x"}))),
        line(
            "form.create",
            "2023-01-05",
            json!({"unit_id": d, "code": "BC-QUY", "name": "Báo cáo quý", "period_kind": "quarter",
            "valid_from": "2023-Q1", "levels": ["commune"], "due_working_days": 2,
            "items": [{"key": "danh_gia", "kind": "narrative", "label": "Đánh giá"}]}),
        ),
    ];
    let caller = this.world.as_("admin@D").await.with("content-type", "application/x-ndjson");
    let answer =
        caller.send_bytes(Method::POST, "/api/v1/imports", lines.join("\n").into_bytes()).await.expect(200);
    let told: Vec<u64> = answer.body["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["status"].as_u64().unwrap())
        .collect();
    assert_eq!(told, [201, 200, 200, 200, 201, 403, 422, 404, 201], "{}", answer.text);
    let path = format!(
        "/api/v1/reports/reporting-status?form_id={}&from=2023-08&to=2023-08&explain=true",
        this.form
    );
    let now = this.world.as_("viewer@D").await.get(&path).await.expect(200);
    let rows: Vec<(&str, &Value)> = now.body["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["state"].as_str().unwrap(), &row["first_submitted_on"]))
        .collect();
    assert_eq!(rows, [("late", &json!("2023-08-18")), ("on_time", &json!("2023-08-15"))]);
    assert_eq!(now.body["explain"]["measures"][9]["num"]["value"], 2, "both were loaded");
    let list = format!("/api/v1/submissions?unit_id={a}&state=approved");
    let list = this.world.as_("viewer@D").await.get(&list).await.expect(200);
    assert_eq!(list.body["items"][0]["channel"], "backfilled");
    let values = this
        .world
        .as_("viewer@D")
        .await
        .get(&format!("/api/v1/indicator-values?unit_id={a}&status=approved"))
        .await;
    let values = values.expect(200);
    let kept: Vec<&Value> =
        values.body["items"].as_array().unwrap().iter().map(|value| &value["value"]).collect();
    assert_eq!(kept, [&json!(41), &json!(400)]);
}
