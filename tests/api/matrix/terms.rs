//! Terms: content, so no admin reads them; those of units above are read too.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// A term of A and one of the district.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let leader = world.as_("leader@D").await;
        let mut things = Things::new();
        for (thing, unit) in [("term", "A"), ("term_D", "D")] {
            let body = json!({"unit_id": world.unit(unit), "name": "Nhiệm kỳ 2020 - 2025"});
            let term = leader.post("/api/v1/terms", body).await.expect(201);
            things.insert(thing.into(), term.id());
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/terms",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/terms?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/terms/{term}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/terms/{term_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/terms/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/terms/{term}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    // A1 sees the unit it is below, and records nothing there.
    row("POST /api/v1/terms",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "ordinal": "XII", "name": "Đảng bộ xã khóa XII", "from_year": 2020, "to_year": 2025}"#)
        .effect("officer@A", 1),
    row("PATCH /api/v1/terms/{term}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"starts_on": "2020-06-10"}"#).effect("leader@D", 1),
    row("PATCH /api/v1/terms/{term_D}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"starts_on": "2020-08-13"}"#),
    row("DELETE /api/v1/terms/{term}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 204 204 | 404 404 | 403 403 | 404")
        .effect("officer@A", 1),
];
