//! Congresses: content like terms, so no admin reads them; those of units above are read too.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// A congress of A, and one of the district.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let leader = world.as_("leader@D").await;
        let mut things = Things::new();
        for (thing, unit) in [("congress", "A"), ("congress_D", "D")] {
            let body = json!({"unit_id": world.unit(unit), "kind": "delegate", "ordinal": "XII"});
            let congress = leader.post("/api/v1/congresses", body).await.expect(201);
            things.insert(thing.into(), congress.id());
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/congresses",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/congresses?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/congresses/{congress}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/congresses/{congress_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/congresses/{congress}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("POST /api/v1/congresses",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "ordinal": "XIII", "kind": "delegate", "opened_on": "2020-07-28", "closed_on": "2020-07-30",
            "delegates_called": 120, "delegates_present": 118}"#)
        .effect("officer@A", 1),
    row("PATCH /api/v1/congresses/{congress}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"opened_on": "2020-06-10"}"#).effect("leader@D", 1),
    row("DELETE /api/v1/congresses/{congress}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 204 204 | 404 404 | 403 403 | 404")
        .effect("officer@A", 1),
];
