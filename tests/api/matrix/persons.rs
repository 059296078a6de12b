//! Persons: by name only in the commune and the branch that keep them; the district counts.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// A member and somebody who is none, both of A1.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let leader = world.as_("leader@A").await;
        let mut things = Things::new();
        for thing in ["person", "person_2"] {
            let body = json!({"unit_id": world.unit("A1"), "full_name": "Bí thư Chi bộ ấp Phú Hưng"});
            let person = leader.post("/api/v1/persons", body).await.expect(201);
            things.insert(thing.into(), person.id());
        }
        let member = format!("/api/v1/persons/{}/membership", things["person"]);
        leader.post(&member, json!({"status": "probationary"})).await.expect(201);
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/persons",
        "401 401 401 | 403 | 403 200 200 200 200 403 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/persons?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 403 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/persons/{person}",
        "401 401 401 | 403 | 403 404 404 404 404 403 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/persons/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 403 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/persons/{person}/history",
        "401 401 401 | 403 | 403 404 404 403 404 403 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/persons/{person}/reads",
        "401 401 401 | 403 | 403 403 403 403 404 403 | 403 403 403 | 403 403 | 403 403 | 403"),
    // The district may record persons of its own; a branch's are too deep for it to name.
    row("POST /api/v1/persons",
        "401 401 401 | 403 | 403 422 422 403 403 403 | 403 201 201 | 403 422 | 201 201 | 422")
        .body(r#"{"unit_id": "{A1}", "full_name": "Trưởng ấp Phú Hưng", "birth_year": 1975}"#)
        .effect("officer@A1", 1),
    row("PATCH /api/v1/persons/{person}",
        "401 401 401 | 403 | 404 404 404 404 404 404 | 403 200 200 | 404 404 | 200 200 | 404")
        .body(r#"{"birth_year": 1976}"#).effect("officer@A", 1),
    row("DELETE /api/v1/persons/{person_2}",
        "401 401 401 | 403 | 404 404 404 404 404 404 | 403 204 204 | 404 404 | 204 204 | 404")
        .effect("officer@A", 1),
    row("POST /api/v1/persons/{person_2}/erase",
        "401 401 401 | 403 | 404 404 404 404 404 404 | 403 200 403 | 404 404 | 200 403 | 404")
        .body(r#"{"reason": "Theo yêu cầu, sau khi thôi công tác"}"#).effect("leader@A", 1),
    row("GET /api/v1/persons/{person}/membership",
        "401 401 401 | 403 | 403 404 404 403 404 403 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("POST /api/v1/persons/{person_2}/membership",
        "401 401 401 | 403 | 404 404 404 404 404 404 | 403 201 201 | 404 404 | 201 201 | 404")
        .body(r#"{"status": "official", "card_number": "58.012345", "admitted_on": "2005-05-19", "official_on": "2006-05-19"}"#)
        .effect("leader@A1", 1),
    row("PATCH /api/v1/persons/{person}/membership",
        "401 401 401 | 403 | 404 404 404 404 404 404 | 403 200 200 | 404 404 | 200 200 | 404")
        .body(r#"{"status": "official", "official_on": "2023-10-01"}"#).effect("officer@A", 1),
];
