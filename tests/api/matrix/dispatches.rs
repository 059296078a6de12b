//! Dispatches: district D sent its paper to commune A, which passed it on to branch A1; another paper
//! of D was sent to nobody.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{dispatched}` is the paper, `{dispatch}` and `{receipt}` are D's to A, `{passed_on}` is A's to A1;
/// `{undispatched}` is the other paper.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for name in ["dispatched", "undispatched"] {
            let body =
                json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": name, "status": "issued"});
            let made = world.as_("officer@D#5").await.post("/api/v1/documents", body).await.expect(201);
            things.insert(name.into(), made.id());
        }
        let path = format!("/api/v1/documents/{}/dispatches", things["dispatched"]);
        for (who, to, dispatch, receipt) in
            [("officer@D#5", "A", "dispatch", "receipt"), ("officer@A#5", "A1", "passed_on", "receipt_of_A1")]
        {
            let body = json!({"unit_ids": [world.unit(to)], "receipt_due_on": "2023-10-20"});
            let sent = world.as_(who).await.post(&path, body).await.expect(201);
            things.insert(receipt.into(), sent.body["sent"][0]["receipt_id"].as_str().unwrap().to_owned());
            things.insert(dispatch.into(), sent.id());
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    // Only to what lies below the own unit; a stranger is unknown.
    row("POST /api/v1/documents/{undispatched}/dispatches",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 422 422 | 403 422 | 422 422 | 422")
        .body(r#"{"unit_ids": ["{A}"], "under": "{B}", "level": "commune", "kind": "party_committee", "receipt_due_on": "2023-10-20",
            "study_due_on": "2023-11-15", "programme_due_on": "2023-11-30", "note": "Đề nghị tổ chức quán triệt."}"#)
        .effect("officer@D", 3),
    // A paper of a superior is passed on, also before it was sent.
    row("POST /api/v1/documents/{undispatched}/dispatches",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 422 422 | 422")
        .body(r#"{"unit_ids": ["{A2}"]}"#),
    row("POST /api/v1/documents/{dispatched}/dispatches",
        "401 401 401 | 403 | 403 409 409 403 403 403 | 403 422 422 | 403 422 | 422 422 | 422")
        .body(r#"{"unit_ids": ["{A}"]}"#),
    row("POST /api/v1/documents/{draft_of_D}/dispatches",
        "401 401 401 | 403 | 403 409 409 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404")
        .body(r#"{"unit_ids": ["{A}"]}"#),
    row("GET /api/v1/documents/{dispatched}/dispatches",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/documents/{draft_of_D}/dispatches",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/dispatches/{dispatch}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/dispatches/{passed_on}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/dispatches/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/dispatches/{dispatch}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("PATCH /api/v1/dispatches/{dispatch}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"note": "Các xã chờ hướng dẫn của tỉnh.", "receipt_due_on": "2023-10-25", "study_due_on": "2023-11-15",
            "programme_due_on": "2023-12-15", "reason": "Chờ hướng dẫn của tỉnh"}"#).effect("leader@D", 1),
    row("GET /api/v1/receipts",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/receipts?under={A}&document_id={dispatched}&state=sent,seen&standing=live&late=true&as_of=2023-10-30",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/receipts/{receipt}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/receipts/{receipt}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/coverage",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/reports/coverage?document_id={dispatched}&unit_id={A}&as_of=2023-10-20&programme=missing,late&explain=true&limit=10",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // A paper that the caller does not read is none.
    row("GET /api/v1/reports/coverage?document_id={dispatched},{draft_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/receipts?document_id={dispatched}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/reports/receipts?document_id={dispatched}&unit_id={A}&as_of=2023-10-14&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/receipts?document_id={draft_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    // Each unit takes in for itself.
    row("POST /api/v1/receipts/{receipt}/see",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("POST /api/v1/receipts/{receipt_of_A1}/receive",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 403 403 | 404 404 | 200 200 | 404").effect("officer@A1", 1),
    row("POST /api/v1/receipts/{receipt}/assign",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"assigned_unit_id": "{A1}", "assigned_to": "Phó Bí thư Thường trực Đảng ủy"}"#).effect("officer@A", 1),
    // What was sent is the sender's to exempt from and to recall.
    row("POST /api/v1/receipts/{receipt}/exempt",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Nội dung không áp dụng cho đơn vị"}"#).effect("leader@D", 1),
    row("POST /api/v1/receipts/{receipt_of_A1}/recall",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 403 403 | 404")
        .body(r#"{"reason": "Gửi nhầm đơn vị"}"#).effect("leader@A", 1),
];
