//! Forms: D asks its communes for a monthly report. A works on that of September, has a colleague's draft for
//! July, handed that of August in, and had that of June approved.

use crate::{
    harness::World,
    matrix::stage::{Room, Row, Things, row},
};
use futures_util::future::LocalBoxFuture;
use serde_json::json;

/// `{form}`, `{freed}` its exemption; `{draft}` and `{draft_of_other}`, `{handed}`, `{approved}`, `{figure}`.
pub const ROOM: Room = Room { rows: ROWS, prepare };

fn prepare<'a>(world: &'a World, things: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async move {
        let mut made = Things::new();
        let officer = world.as_("officer@D").await;
        let body = json!({"unit_id": things["D"], "code": "HO_NGHEO_BC", "name": "Số hộ nghèo", "measure_unit": "hộ",
            "direction": "lower", "decimals": 0, "over_periods": "latest", "over_units": "sum", "period_kind": "month"});
        let indicator = officer.post("/api/v1/indicators", body).await.expect(201).id();
        let body = json!({"unit_id": things["D"], "code": "BC-THANG-1", "name": "Báo cáo tháng", "period_kind": "month",
            "valid_from": "2023-01", "levels": ["commune"], "due_working_days": 2,
            "items": [{"key": "ho_ngheo", "kind": "indicator", "indicator_id": indicator, "label": "Số hộ nghèo"}]});
        let form = officer.post("/api/v1/forms", body).await.expect(201).id();
        let body = json!({"unit_id": things["A"], "from_period": "2023-01", "to_period": "2023-02", "reason": "Mới lập"});
        let path = format!("/api/v1/forms/{form}/exemptions");
        made.insert("freed".into(), world.as_("leader@D").await.post(&path, body).await.expect(201).id());
        for (name, by, period) in [
            ("draft", "officer@A", "2023-09"),
            ("draft_of_other", "officer@A#2", "2023-07"),
            ("handed", "officer@A#2", "2023-08"),
            ("approved", "officer@A#2", "2023-06"),
        ] {
            let unit = world.as_(by).await;
            let body = json!({"form_id": form, "unit_id": things["A"], "period": period});
            let id = unit.post("/api/v1/submissions", body).await.expect(201).id();
            let at = format!("/api/v1/submissions/{id}");
            if matches!(name, "handed" | "approved") {
                unit.patch(&at, 1, json!({"lines": [{"key": "ho_ngheo", "value": 42}]})).await.expect(200);
                unit.post(&format!("{at}/submit"), json!({})).await.expect(200);
            }
            if name == "approved" {
                let leader = world.as_("leader@D").await;
                let done = leader.post(&format!("{at}/approve"), json!({})).await.expect(200);
                let figure = &done.body["lines"][0]["from"]["value_id"];
                made.insert("figure".into(), figure.as_str().unwrap().into());
            }
            made.insert(name.into(), id);
        }
        made.insert("form".into(), form);
        made.insert("form_indicator".into(), indicator);
        made
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/forms",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/forms?unit_id={D}&code=BC-THANG-1&period_kind=month&q=thang&limit=5&fields=id,code",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/forms",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"unit_id": "{D}", "code": "BC-KHAC", "name": "Báo cáo khác", "period_kind": "month", "regime": "decree_09",
            "valid_from": "2023-10", "valid_until": "2024-12", "levels": ["commune"], "kinds": ["party_committee"],
            "unit_ids": ["{A1}"], "due_working_days": 2, "grace_working_days": 4, "lock_working_days": 10,
            "review_working_days": 3, "chain": ["parent", "owner", "province"],
            "items": [{"key": "ho_ngheo", "kind": "indicator", "label": "Số hộ nghèo", "indicator_id": "{form_indicator}",
                "required": true, "nil_allowed": false, "min": 0, "max": 500},
                {"key": "danh_gia", "kind": "narrative", "label": "Đánh giá", "max_length": 2000},
                {"key": "qua_han", "kind": "task_figure", "label": "Việc quá hạn", "figure": "overdue", "rolled_up": true}],
            "rules": [{"key": "khong_am", "left": "ho_ngheo", "op": ">=", "right": "0", "severity": "warning",
                "missing": "skip", "text_vi": "Số hộ nghèo không âm"}]}"#)
        .effect("officer@D", 1),
    row("GET /api/v1/forms/{form}?fields=id,name",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("PATCH /api/v1/forms/{form}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"name": "Báo cáo tháng về nghị quyết", "valid_until": "2025-12"}"#).effect("officer@D", 1),
    row("GET /api/v1/forms/{form}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/forms/{form}/versions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/forms/{form}/versions",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"from_period": "2024-01", "levels": ["commune"], "due_working_days": 3,
            "items": [{"key": "danh_gia", "kind": "narrative", "label": "Đánh giá chung"}]}"#).effect("officer@D", 1),
    row("GET /api/v1/forms/{form}/exemptions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/forms/{form}/exemptions",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"unit_id": "{B}", "from_period": "2023-09", "to_period": "2023-10", "reason": "Đang sắp xếp tổ chức"}"#)
        .effect("leader@D", 1),
    row("POST /api/v1/forms/{form}/exemptions/{freed}/end",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"reason": "Đã ổn định"}"#).effect("leader@D", 1),
    row("GET /api/v1/forms/{form}/unlocks",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/forms/{form}/unlocks",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"unit_id": "{B}", "period": "2023-05", "until_on": "2023-10-20", "reason": "Mất điện"}"#)
        .effect("leader@D", 1),
    row("GET /api/v1/expectations",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/expectations?unit_id={A}&under={A}&form_id={form}&period=2023-09&state=missing,pending&limit=5",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/expectations?from=2023-06&to=2023-10-20",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/submissions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/submissions?form_id={form}&unit_id={A}&under={A}&period=2023-09&state=draft&limit=5&fields=id,state",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // Each unit for itself.
    row("POST /api/v1/submissions",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"form_id": "{form}", "unit_id": "{A}", "period": "2023-05"}"#).effect("officer@A", 1),
    row("GET /api/v1/submissions/{draft}?fields=id,state",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // Only who holds the draft.
    row("PATCH /api/v1/submissions/{draft}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 409 200 | 404 404 | 404 404 | 404")
        .body(r#"{"lines": [{"key": "ho_ngheo", "value": 41, "qualifier": "exactly", "estimated": true, "note": "Đã rà soát",
            "answer": "Đã trừ"}]}"#).effect("officer@A", 1),
    row("POST /api/v1/submissions/{draft_of_other}/take-over",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"comment": "Nghỉ phép"}"#).effect("officer@A", 1),
    row("POST /api/v1/submissions/{draft}/submit",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"nil": false, "comment": "Kính gửi"}"#).effect("officer@A", 1),
    row("POST /api/v1/submissions/{handed}/withdraw",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"comment": "Nhầm kỳ"}"#).effect("officer@A", 1),
    row("POST /api/v1/submissions/{handed}/return",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Chưa khớp", "lines": [{"key": "ho_ngheo", "comment": "Chưa trừ 3 hộ"}]}"#).effect("leader@D", 1),
    row("POST /api/v1/submissions/{handed}/approve",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"comment": "Khớp với sổ"}"#).effect("leader@D", 1),
    row("POST /api/v1/submissions/{approved}/unapprove",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Duyệt nhầm kỳ"}"#).effect("leader@D", 1),
    row("GET /api/v1/submissions/{handed}/diff?from=0&to=1",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/submissions/{approved}/verify",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/submissions/{handed}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicator-values/{figure}/used-in",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/reporting-status?unit_id={A}&form_id={form}&from=2023-06&to=2023-10-20&as_of=2023-10-10&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/burden?unit_id={A}&as_of=2023-10-10",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
];
