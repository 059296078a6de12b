//! Sessions and the own account.

use super::stage::{Room, Row, Things, row};
use crate::harness::{PASSWORD, World};
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// Somebody who is logged in.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        world.as_("viewer@B1").await;
        let who = json!({"username": "viewer@B1", "password": PASSWORD});
        let tokens = world.nobody().post("/api/v1/auth/login", who).await.expect(200);
        let token = tokens.body["refresh_token"].as_str().unwrap();
        Things::from([("refresh_token".into(), token.into()), ("password".into(), PASSWORD.into())])
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("POST /api/v1/auth/login",
        "200 200 200 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200")
        .body(r#"{"username": "viewer@B1", "password": "{password}"}"#).effect("nobody", 1),
    row("POST /api/v1/auth/refresh",
        "401 401 401 | 401 | 401 401 401 401 401 401 | 401 401 401 | 401 401 | 401 401 | 401")
        .body(r#"{"refresh_token": "no token of ours"}"#)
        .effect_of("nobody", 1, r#"{"refresh_token": "{refresh_token}"}"#),
    row("POST /api/v1/auth/logout",
        "204 204 204 | 204 | 204 204 204 204 204 204 | 204 204 204 | 204 204 | 204 204 | 204")
        .body(r#"{"refresh_token": "no token of ours"}"#)
        .effect_of("nobody", 1, r#"{"refresh_token": "{refresh_token}"}"#),
    row("POST /api/v1/auth/act-as",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200")
        .body(r#"{"assignment_id": "{my_assignment}"}"#).effect("officer@A", 1),
    row("GET /api/v1/me",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("POST /api/v1/me/password",
        "401 401 401 | 204 | 204 204 204 204 204 204 | 204 204 204 | 204 204 | 204 204 | 204")
        .body(r#"{"current_password": "{password}", "new_password": "một câu khác hẳn"}"#).effect("officer@A", 1),
    row("GET /.well-known/jwks.json",
        "200 200 200 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
];
