//! Criteria: district D has a set in force and one in draft. Commune A said that it meets a criterion, and is
//! recognised.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{crit_set}` is in force, `{crit_draft}` is not; A's `{claim}` waits, its `{recognition}` is in force.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        let (leader, officer) = (world.as_("leader@D#8").await, world.as_("officer@A#8").await);
        for (name, code) in [("crit_set", "mt"), ("crit_draft", "mt-nhap")] {
            let body = json!({"code": code, "name": "Bộ tiêu chí của huyện", "level": "commune", "achievement": "standard",
                "legal_basis": "Quyết định của huyện", "first_year": 2021, "last_year": 2025,
                "unit_groups": [{"code": "g", "name": "Vùng bãi ngang"}],
                "criteria": [{"no": 1, "code": "c1", "name": "Quy hoạch"}, {"no": 2, "code": "c2", "name": "Giao thông"}]});
            let id = leader.post("/api/v1/criteria-sets", body).await.expect(201).id();
            things.insert(name.into(), id);
        }
        let issue = format!("/api/v1/criteria-sets/{}/issue", things["crit_set"]);
        leader.post(&issue, json!({"effective_on": "2023-01-01"})).await.expect(200);
        let body = json!({"set_id": things["crit_set"], "criterion": "c1", "status": "met"});
        let claim = officer.post("/api/v1/criteria-assessments", body).await.expect(201).id();
        things.insert("claim".into(), claim);
        let body = json!({"set_id": things["crit_set"], "unit_id": world.unit("A"), "recognised_on": "2023-10-01",
            "decision_text": "12/QĐ-UBND"});
        let recognition = leader.post("/api/v1/criteria-recognitions", body).await.expect(201).id();
        things.insert("recognition".into(), recognition);
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/criteria-sets",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/criteria-sets?level=commune&achievement=standard,advanced&status=in_force&unit_id={D}&code=mt&year=2023",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    // Of the instance, or of the top of a tree.
    row("POST /api/v1/criteria-sets",
        "401 401 401 | 201 | 403 201 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"code": "mt-2", "name": "Bộ tiêu chí nâng cao", "level": "commune", "kind": "party_committee", "achievement": "advanced",
            "legal_basis": "Quyết định của huyện", "document_id": "{letter}", "first_year": 2021, "last_year": 2025, "note": "Tạm thời.",
            "groups": [{"no": "I", "name": "Quy hoạch"}], "unit_groups": [{"code": "g", "name": "Vùng bãi ngang", "description": "Ven biển"}],
            "conditions": [{"no": 1, "text": "Đã đạt chuẩn"}], "criteria": [{"no": 1, "code": "c1", "name": "Thu nhập", "group": "I",
            "sub_criteria": [{"code": "1.1", "name": "Bình quân", "unit": "triệu đồng", "direction": "higher",
            "thresholds": [{"group": "g", "value": 48.5, "text": "Từ 48,5"}]}]}], "requires_id": "{crit_set}"}"#)
        .effect("leader@D", 1),
    row("GET /api/v1/criteria-sets/{crit_set}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    // A draft of above is seen there alone.
    row("GET /api/v1/criteria-sets/{crit_draft}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 404 404 404 | 404 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-sets/{absent}",
        "401 401 401 | 404 | 404 404 404 404 404 404 | 404 404 404 | 404 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-sets/{crit_draft}/history",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 404 404 404 | 404 404 | 404 404 | 404"),
    row("PATCH /api/v1/criteria-sets/{crit_draft}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404")
        .body(r#"{"name": "Bộ tiêu chí mới", "level": "commune", "kind": "party_committee", "achievement": "model",
            "legal_basis": "Quyết định khác", "document_id": "{letter}", "first_year": 2022, "last_year": 2026, "note": "Tạm.",
            "groups": [{"no": "I", "name": "Quy hoạch"}], "unit_groups": [{"code": "g", "name": "Ven biển"}],
            "conditions": [{"no": 1, "text": "Đã đạt chuẩn"}], "criteria": [{"no": 1, "code": "c1", "name": "Quy hoạch", "group": "I"}],
            "requires_id": "{crit_set}"}"#).effect("leader@D", 1),
    row("POST /api/v1/criteria-sets/{crit_draft}/issue",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404")
        .body(r#"{"effective_on": "2023-10-01"}"#).effect("leader@D", 1),
    row("GET /api/v1/criteria-assessments",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/criteria-assessments?set_id={crit_set}&unit_id={A}&under={A}&criterion=c1&kind=self_assessed,returned&as_of=2023-10-15",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // Of the own unit, or a finding from above.
    row("POST /api/v1/criteria-assessments",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"set_id": "{crit_set}", "unit_id": "{A}", "criterion": "c2", "status": "nearly_met", "assessed_on": "2023-10-14",
            "reason": "Còn một tuyến đường", "evidence": "Biên bản kiểm tra.", "links": ["https://bentre.gov.vn/bien-ban.pdf"]}"#)
        .effect("officer@A", 1),
    row("GET /api/v1/criteria-assessments/{claim}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-assessments/{claim}/used-in",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-assessments/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/criteria-assessments/{claim}/verify",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"evidence": "Đã kiểm tra hồ sơ."}"#).effect("leader@D", 1),
    row("POST /api/v1/criteria-assessments/{claim}/return",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Thiếu biên bản"}"#).effect("leader@D", 1),
    row("GET /api/v1/criteria-unit-rules",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/criteria-unit-rules?set_id={crit_set}&unit_id={A}&under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/criteria-unit-rules",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 403 422 | 403 403 | 422")
        .body(r#"{"set_id": "{crit_set}", "unit_id": "{A}", "from_on": "2023-10-01", "group": "g", "must_hold": ["c1", "c2"],
            "reason": "Giữ vững các tiêu chí đã đạt"}"#).effect("leader@D", 1),
    row("GET /api/v1/criteria-recognitions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/criteria-recognitions?set_id={crit_set}&unit_id={A}&under={A}&as_of=2023-10-15",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/criteria-recognitions",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 422 403 | 403 403 | 422 403 | 403")
        .body(r#"{"set_id": "{crit_set}", "unit_id": "{B}", "recognised_on": "2023-10-12", "decision_text": "15/QĐ-UBND",
            "document_id": "{letter}"}"#).effect("leader@D", 1),
    row("GET /api/v1/criteria-recognitions/{recognition}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-recognitions/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/criteria-recognitions/{recognition}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/criteria-recognitions/{recognition}/withdraw",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"withdrawn_on": "2023-10-15", "reason": "Không giữ được tiêu chí", "decision_text": "21/QĐ-UBND", "document_id": "{letter}"}"#)
        .effect("leader@D", 1),
    row("GET /api/v1/reports/criteria-board?set_id={crit_set}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/reports/criteria-board?set_id={crit_set}&unit_id={A}&as_of=2023-10-14&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/criteria-board?set_id={crit_draft}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
];
