//! Recurring duties of commune A: one it took on itself, one that district D gave it.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{duty_own}`, `{duty_given}` and `{duty_paused}` are A's, the last taken on by itself.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for (thing, who) in
            [("duty_own", "officer@A#4"), ("duty_given", "leader@D#4"), ("duty_paused", "officer@A#4")]
        {
            let body = json!({"title": "Giao ban hằng tháng", "unit_id": world.unit("A"), "every": "month",
                "due_day": 25});
            let id = world.as_(who).await.post("/api/v1/recurring-duties", body).await.expect(201).id();
            things.insert(thing.into(), id);
        }
        let path = format!("/api/v1/recurring-duties/{}/pause", things["duty_paused"]);
        world.as_("officer@A#4").await.post(&path, json!({"reason": "Chờ đại hội"})).await.expect(200);
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/recurring-duties",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/recurring-duties?under={A}&status=active&every=month",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/recurring-duties/{duty_own}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/recurring-duties/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/recurring-duties/{duty_own}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/recurring-duties/{duty_own}/upcoming?until=2023-12-31",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks?duty_id={duty_own}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    // As with tasks: the unit itself, or a leader above; a unit above takes no orders.
    row("POST /api/v1/recurring-duties",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"title": "Sinh hoạt chi bộ thường kỳ", "unit_id": "{A}", "every": "month", "due_day": 5, "due_from": "start",
            "lead_days": 3, "starts_on": "2023-11-01", "ends_on": "2025-12-31"}"#).effect("officer@A", 1),
    row("PATCH /api/v1/recurring-duties/{duty_own}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Giao ban hằng quý", "every": "quarter", "due_from": "end", "due_day": 1, "lead_days": 20}"#)
        .effect("officer@A", 1),
    // What was given is the giver's.
    row("PATCH /api/v1/recurring-duties/{duty_given}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"weight": 0.5}"#).effect("leader@D", 1),
    row("DELETE /api/v1/recurring-duties/{duty_own}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("DELETE /api/v1/recurring-duties/{duty_given}",
        "401 401 401 | 403 | 403 204 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").effect("leader@D", 1),
    row("POST /api/v1/recurring-duties/{duty_own}/pause",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Chuẩn bị đại hội"}"#).effect("officer@A", 1),
    row("POST /api/v1/recurring-duties/{duty_paused}/resume",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Đại hội đã xong"}"#).effect("officer@A", 1),
    row("POST /api/v1/recurring-duties/{duty_given}/close",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Gộp vào giao ban tuần"}"#).effect("leader@D", 1),
    // A task for October, which has begun, and one for November.
    row("POST /api/v1/recurring-duties/{duty_own}/materialise",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"until": "2023-11-15"}"#).effect("officer@A", 2),
];
