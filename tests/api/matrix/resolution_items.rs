//! Resolution items: of an issued paper of district D, of its draft, and of a paper of commune A.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{resolution_of_A}` holds `{item_of_A}` and `{second_of_A}`, and so on.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for (name, who, unit, status) in [
            ("of_A", "officer@A#5", "A", "issued"),
            ("of_D", "officer@D#5", "D", "issued"),
            ("of_draft", "officer@D#5", "D", "draft"),
        ] {
            let caller = world.as_(who).await;
            let body = json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "status": status,
                "title": "Về nhiệm vụ năm 2023"});
            let paper = caller.post("/api/v1/documents", body).await.expect(201).id();
            let items = json!({"items": [{"kind": "objective", "label": "I", "text": "Nâng cao đời sống nhân dân."},
                {"kind": "target", "text": "Giảm tỷ lệ hộ nghèo còn dưới 1%."}]});
            let made = caller.post(&format!("/api/v1/documents/{paper}/items"), items).await.expect(201).body;
            let id = |i: usize| made["items"][i]["id"].as_str().unwrap().to_owned();
            things.extend([
                (format!("resolution_{name}"), paper.clone()),
                (format!("item_{name}"), id(0)),
                (format!("second_{name}"), id(1)),
            ]);
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/documents/{resolution_of_A}/items?kind=target&relevant_to={A1}&as_of=2023-10-15",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    // What a superior issued is read by all below it, a draft by none of them.
    row("GET /api/v1/documents/{resolution_of_D}/items",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/documents/{resolution_of_draft}/items",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/resolution-items/{item_of_A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/resolution-items/{item_of_D}?version=1",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/resolution-items/{item_of_draft}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/resolution-items/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/resolution-items/{item_of_A}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/resolution-items/{item_of_A}/thread",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/resolution-items/{item_of_draft}/thread",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks?resolution_item_id={item_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    // Two items, each with its event.
    row("POST /api/v1/documents/{resolution_of_A}/items",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 404 404 | 403 403 | 404")
        .body(r#"{"items": [{"kind": "task", "label": "II", "text": "Củng cố trạm y tế xã.", "parent_id": "{item_of_A}", "ordinal": 1,
            "field": "society", "levels": ["branch"], "unit_kinds": ["branch"]},
            {"kind": "solution", "text": "Cử bác sĩ luân phiên.", "parent": 0}]}"#).effect("officer@A", 2),
    row("POST /api/v1/documents/{resolution_of_D}/items",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"items": [{"kind": "clause", "text": "Nghị quyết này có hiệu lực từ ngày ký."}]}"#),
    row("PATCH /api/v1/resolution-items/{item_of_A}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"kind": "breakthrough", "label": "1", "text": "Nâng cao thu nhập.", "field": "economy", "ordinal": 2,
            "levels": ["commune", "branch"], "unit_kinds": ["branch"], "reason": "Theo kết luận của Ban Thường vụ"}"#)
        .effect("officer@A", 1),
    row("PATCH /api/v1/resolution-items/{second_of_draft}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404")
        .body(r#"{"parent_id": "{item_of_draft}"}"#).effect("officer@D", 1),
    row("DELETE /api/v1/resolution-items/{item_of_A}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 204 204 | 404 404 | 403 403 | 404").effect("officer@A", 1),
];
