//! Registrations: district D opened a round for its communes. A works on its registration; of the other
//! round A handed its registration in, and in the third it was accepted.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{round}` and `{registration}` with `{reg_line}` are worked on, `{reg_sent}` with `{sent_line}` is handed
/// in, `{reg_done}` accepted; `{imposed_line}` is in `{registration}`; `{round_new}` nobody has begun.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        let body =
            json!({"type": "CV", "issuer_unit_id": world.unit("D"), "title": "Đăng ký", "status": "issued"});
        let (officer, leader) = (world.as_("officer@D#6").await, world.as_("leader@D#6").await);
        let unit = world.as_("officer@A#6").await;
        things.insert("letter".into(), officer.post("/api/v1/documents", body).await.expect(201).id());
        let made = |body: &Value, at: &str| body["items"][0][at].as_str().unwrap().to_owned();
        for (round, registration, line) in [
            ("round_new", "", ""),
            ("round", "registration", "reg_line"),
            ("round_sent", "reg_sent", "sent_line"),
            ("round_done", "reg_done", "done_line"),
        ] {
            let body = json!({"document_id": things["letter"], "title": round, "opens_on": "2023-10-10",
                "closes_on": "2023-10-31", "level": "commune"});
            let id = officer.post("/api/v1/registration-rounds", body).await.expect(201).id();
            let path = format!("/api/v1/registration-rounds/{id}");
            things.insert(round.into(), id);
            if registration.is_empty() {
                continue;
            }
            let id = unit.post(&format!("{path}/registrations"), json!({})).await.expect(201).id();
            let at = format!("/api/v1/registrations/{id}");
            let lines = json!({"lines": [{"title": "Một", "class": "key", "field": "society",
                "expected_product": "Báo cáo", "lead_individual": "Bí thư"}]});
            let added = unit.post(&format!("{at}/lines"), lines).await.expect(201);
            things.insert(line.into(), made(&added.body, "id"));
            if round == "round" {
                let body = json!({"title": "Đột phá", "field": "digital", "due_on": "2024-06-30", "reason": "Huyện giao"});
                let imposed = leader.post(&format!("{at}/impose"), body).await.expect(201).id();
                things.insert("imposed_line".into(), imposed);
            } else {
                unit.post(&format!("{at}/submit"), json!({})).await.expect(200);
            }
            if round == "round_done" {
                leader.post(&format!("{at}/accept"), json!({})).await.expect(200);
            }
            things.insert(registration.into(), id);
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/registration-rounds",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/registration-rounds?unit_id={D}&addressee_id={A}&document_id={letter}&state=planned,open",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    // Only for what lies below the own unit.
    row("POST /api/v1/registration-rounds",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 422 422 | 403 422 | 422 422 | 422")
        .body(r#"{"document_id": "{letter}", "title": "Đăng ký đầu việc trọng tâm", "year": 2023, "opens_on": "2023-10-10",
            "closes_on": "2023-10-31", "quotas": [{"level": "commune", "kind": "party_committee", "min": 45, "max": 50}],
            "unit_ids": ["{A}"], "under": "{B}", "level": "commune", "kind": "party_committee"}"#)
        .effect("officer@D", 3),
    row("GET /api/v1/registration-rounds/{round}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("GET /api/v1/registration-rounds/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/registration-rounds/{round}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("PATCH /api/v1/registration-rounds/{round}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"title": "Đăng ký lại", "closes_on": "2023-11-10", "quotas": [{"level": "commune", "min": 1, "max": 5}],
            "reason": "Các xã chờ hướng dẫn"}"#).effect("leader@D", 1),
    row("POST /api/v1/registration-rounds/{round}/close",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"reason": "Các đơn vị đã đăng ký đủ"}"#).effect("leader@D", 1),
    row("POST /api/v1/registration-rounds/{round}/cancel",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"reason": "Mở nhầm nhiệm kỳ"}"#).effect("leader@D", 1),
    row("GET /api/v1/registration-rounds/{round}/registrations?state=not_started,draft&as_of=2023-10-20",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    // Each unit registers for itself.
    row("POST /api/v1/registration-rounds/{round_new}/registrations",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 422 422 | 404 404 | 404")
        .body(r#"{"unit_id": "{A}"}"#).effect("officer@A", 1),
    row("POST /api/v1/registration-rounds/{round_new}/impositions",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"unit_ids": ["{A}", "{B}"], "title": "Mô hình chuyển đổi số", "description": "Cấp xã.", "field": "digital",
            "weight": 2, "due_on": "2024-06-30", "roadmap": [{"title": "Phê duyệt kế hoạch", "due_on": "2023-12-31"}],
            "reason": "Khâu đột phá của huyện"}"#).effect("leader@D", 2),
    row("GET /api/v1/reports/registrations?round_id={round}&as_of=2023-10-20&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("GET /api/v1/registrations/{registration}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/registrations/{registration}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/registrations/{registration}/submit",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"comment": "Đã bổ sung."}"#).effect("officer@A", 1),
    row("POST /api/v1/registrations/{reg_sent}/accept",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"comment": "Đồng ý."}"#).effect("leader@D", 2),
    row("POST /api/v1/registrations/{reg_sent}/return",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Thiếu đột phá", "comment": "Bổ sung.", "lines": [{"line_id": "{sent_line}", "comment": "Nêu rõ chỉ tiêu."}]}"#)
        .effect("leader@D", 1),
    row("POST /api/v1/registrations/{reg_done}/supplement",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Nghị quyết mới"}"#).effect("officer@A", 1),
    row("POST /api/v1/registrations/{registration}/impose",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Mô hình chuyển đổi số", "description": "Cấp xã.", "field": "digital", "weight": 2, "due_on": "2024-06-30",
            "roadmap": [{"title": "Phê duyệt kế hoạch", "due_on": "2023-12-31"}], "reason": "Khâu đột phá của huyện"}"#)
        .effect("leader@D", 1),
    row("GET /api/v1/registrations/{registration}/lines",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/registrations/{registration}/lines",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"lines": [{"title": "Bảo hiểm y tế", "description": "Toàn xã.", "class": "key", "field": "society", "weight": 1.5,
            "start_on": "2023-10-15", "due_on": "2023-12-31", "expected_product": "Báo cáo", "lead_individual": "Phó Bí thư",
            "lead_unit_id": "{A1}"}]}"#).effect("officer@A", 1),
    row("GET /api/v1/registration-lines/{reg_line}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("PATCH /api/v1/registration-lines/{reg_line}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Chuyển đổi số", "description": "Toàn xã.", "class": "breakthrough", "field": "digital", "weight": 2,
            "start_on": "2023-10-15", "due_on": "2023-11-30", "expected_product": "Báo cáo", "lead_individual": "Bí thư",
            "lead_unit_id": "{A1}"}"#).effect("officer@A", 1),
    row("DELETE /api/v1/registration-lines/{reg_line}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    // What was imposed is the superior's.
    row("DELETE /api/v1/registration-lines/{imposed_line}",
        "401 401 401 | 403 | 403 204 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").effect("leader@D", 1),
    row("POST /api/v1/registration-lines/{reg_line}/raise",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Khâu đột phá của huyện"}"#).effect("leader@D", 1),
];
