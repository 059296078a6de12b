//! Amendment: a paper of district D replaces another that two tasks of commune A serve; A has answered for
//! one of them.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{replacing}` is the new paper, `{asked}` and `{answered}` are the tasks, `{reconfirmation}` is the answer.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let (mut things, officer, leader) = (Things::new(), "officer@D#6", "leader@A#6");
        let paper = |parents| json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Nghị quyết", "parents": parents});
        let old = world.as_(officer).await.post("/api/v1/documents", paper(json!([]))).await.expect(201).id();
        for name in ["asked", "answered"] {
            let body = json!({"title": name, "unit_id": world.unit("A"), "class": "key", "document_id": old});
            let task = world.as_(leader).await.post("/api/v1/tasks", body).await.expect(201).id();
            things.insert(name.into(), task);
        }
        let parents = json!([{"document_id": old, "relation": "replaces"}]);
        let new = world.as_(officer).await.post("/api/v1/documents", paper(parents)).await.expect(201).id();
        let body = json!({"document_id": new, "subject": {"kind": "task", "id": things["answered"]}, "outcome": "confirmed"});
        let answer = world.as_(leader).await.post("/api/v1/reconfirmations", body).await.expect(201).id();
        things.extend([("replacing".into(), new), ("reconfirmation".into(), answer)]);
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/documents/{replacing}/impact",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/documents/{draft_of_D}/impact",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reconfirmations",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/reconfirmations?unit_id={A}&under={A}&document_id={replacing}&kind=task&state=asked,confirmed&limit=1",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // Only the owner answers, a superior does not; to who does not see the task it is unknown.
    row("POST /api/v1/reconfirmations",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 403 422 | 422 422 | 422")
        .body(r#"{"document_id": "{replacing}", "subject": {"kind": "task", "id": "{asked}"}, "outcome": "to_amend",
            "note": "Điều chỉnh chỉ tiêu theo nghị quyết mới."}"#).effect("officer@A", 1),
    row("GET /api/v1/reconfirmations/{reconfirmation}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reconfirmations/{reconfirmation}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("PATCH /api/v1/reconfirmations/{reconfirmation}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"outcome": "ended", "note": "Nội dung đã có trong nghị quyết mới."}"#).effect("officer@A", 1),
];
