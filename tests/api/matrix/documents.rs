//! Documents: a paper of commune A, a paper and a draft of district D.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for (name, who, unit, status) in [
            ("paper_of_A", "officer@A", "A", "issued"),
            ("paper_of_D", "officer@D", "D", "issued"),
            ("draft_of_D", "officer@D", "D", "draft"),
        ] {
            let body =
                json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": name, "status": status});
            let made = world.as_(who).await.post("/api/v1/documents", body).await.expect(201);
            things.insert(name.into(), made.id());
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/documents",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/documents?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/documents/{paper_of_A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/documents/{paper_of_A}?fields=content",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    // What a superior issued is read by all below it, a draft by none of them.
    row("GET /api/v1/documents/{paper_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/documents/{draft_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/documents/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/documents/{paper_of_A}/lineage",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/documents/{paper_of_A}/likeness",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/documents/{paper_of_A}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("POST /api/v1/documents",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"type": "KH", "number_text": "7-KH/ĐU", "issuer_unit_id": "{A}", "issued_on": "2023-10-01",
            "title": "Kế hoạch thực hiện nghị quyết", "abstract": "Nhiệm vụ quý IV", "content": "Điều 1.", "status": "issued",
            "confidentiality": "none", "parents": [{"document_id": "{paper_of_D}", "relation": "concretises"}]}"#)
        .effect("officer@A", 1),
    // What a superior issued can be gone back to by all below it, a sister's paper by none of them.
    row("POST /api/v1/documents",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 422 422 | 403 201 | 422 422 | 403")
        .body(r#"{"type": "NQ", "issuer_unit_id": "{B}", "title": "Nghị quyết về nhiệm vụ năm 2023",
            "parents": [{"document_id": "{paper_of_D}", "relation": "implements"}]}"#),
    row("POST /api/v1/documents",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 422 422 | 403 422 | 422 422 | 403")
        .body(r#"{"type": "NQ", "issuer_unit_id": "{B}", "title": "Nghị quyết về nhiệm vụ năm 2023",
            "parents": [{"document_id": "{paper_of_A}", "relation": "implements"}]}"#),
    row("PATCH /api/v1/documents/{paper_of_A}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"number_text": "8-NQ/ĐU", "issued_on": "2023-09-30"}"#).effect("leader@D", 1),
    // Read from below, and not theirs to change.
    row("PATCH /api/v1/documents/{paper_of_D}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"abstract": "Đề ra 15 chỉ tiêu và 5 nhiệm vụ trọng tâm."}"#),
    row("POST /api/v1/documents/{draft_of_D}/issue",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404")
        .body(r#"{"issued_on": "2023-10-10", "number_text": "12-NQ/HU"}"#).effect("officer@D", 1),
    row("POST /api/v1/documents/{paper_of_A}/enter-into-force",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"effective_on": "2023-10-12"}"#).effect("officer@A", 1),
    row("POST /api/v1/documents/{paper_of_A}/expire",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"expired_on": "2023-10-14", "reason": "Hết thời hạn thực hiện"}"#).effect("leader@D", 1),
    row("POST /api/v1/documents/parse-number",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200")
        .body(r#"{"text": "Chỉ thị số 05-CT/TW, ngày 15/5/2016"}"#).effect("officer@A", 0),
    row("DELETE /api/v1/documents/{paper_of_A}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 204 204 | 404 404 | 403 403 | 404")
        .effect("officer@A", 1),
];
