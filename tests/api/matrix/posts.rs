//! Who holds which post: read by post in the territory, by name only where persons are.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// A2's secretary, whose account follows the post, its hamlet head, and somebody else of A2.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let leader = world.as_("leader@A").await;
        let mut things = Things::new();
        let account = world.user("officer@A2").await.to_string();
        for (thing, post, user) in [
            ("secretary", "secretary", json!(account)),
            ("hamlet", "hamlet_head", json!(null)),
            ("heir", "", json!(null)),
        ] {
            let body = json!({"unit_id": world.unit("A2"), "full_name": thing, "user_id": user});
            let person = leader.post("/api/v1/persons", body).await.expect(201).id();
            if !post.is_empty() {
                let body = json!({"unit_id": world.unit("A2"), "post": post, "person_id": person,
                    "starts_on": "2022-03-01"});
                let holding = leader.post("/api/v1/holdings", body).await.expect(201);
                things.insert(format!("holding_{thing}"), holding.id());
            }
            things.insert(format!("person_{thing}"), person);
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/holdings",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/holdings?under={A2}&post=secretary&as_of=2023-10-01",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // By person only who reads persons.
    row("GET /api/v1/holdings?person_id={person_secretary}",
        "401 401 401 | 403 | 403 404 404 404 404 403 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/holdings/{holding_secretary}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/holdings/{holding_secretary}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // The district does not name the commune's people; a branch sees no sister.
    row("POST /api/v1/holdings",
        "401 401 401 | 403 | 403 422 422 403 403 403 | 403 201 201 | 403 422 | 422 422 | 422")
        .body(r#"{"unit_id": "{A2}", "post": "front_committee_head", "person_id": "{person_heir}", "starts_on": "2023-10-01"}"#)
        .effect("officer@A", 1),
    // A post that carries a role is given by a leader.
    row("POST /api/v1/holdings",
        "401 401 401 | 403 | 403 422 403 403 403 403 | 403 201 403 | 403 422 | 422 422 | 422")
        .body(r#"{"unit_id": "{A2}", "post": "deputy_secretary", "person_id": "{person_heir}", "starts_on": "2023-10-01"}"#)
        .effect("leader@A", 1),
    row("PATCH /api/v1/holdings/{holding_hamlet}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"is_primary": true}"#).effect("officer@A", 1),
    row("PATCH /api/v1/holdings/{holding_secretary}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"is_primary": true}"#),
    // The holding and its assignment.
    row("POST /api/v1/holdings/{holding_secretary}/end",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Nghỉ hưu"}"#).effect("leader@A", 2),
    row("POST /api/v1/holdings/{holding_secretary}/hand-over",
        "401 401 401 | 403 | 403 422 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"to_person_id": "{person_heir}", "on": "2023-10-15", "reason": "Luân chuyển"}"#)
        // One ends with its assignment, the other begins for somebody without an account.
        .effect("leader@A", 3),
    row("DELETE /api/v1/holdings/{holding_hamlet}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404")
        .effect("officer@A", 1),
];
