//! Accounts and assignments: for admins, inside their territory.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// Accounts of A: one in use, one disabled, and one with an assignment in B too, whose deputy in A is the
/// first. Another works in A1.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for (thing, username) in [("user", "canbo1"), ("user_off", "canbo2"), ("user_both", "canbo3")] {
            let place = world.units["A"].clone();
            let (id, _) = world.enrol(username, "officer".parse().unwrap(), Some(place)).await;
            things.insert(thing.into(), id.to_string());
        }
        let root = world.root().await;
        let user = root.get(&format!("/api/v1/users/{}", things["user"])).await.expect(200);
        let own = user.body["assignments"][0]["id"].as_str().unwrap();
        things.insert("assignment".into(), own.into());
        let elsewhere = serde_json::json!({"unit_id": world.unit("B"), "role": "viewer"});
        let both = format!("/api/v1/users/{}/assignments", things["user_both"]);
        root.post(&both, elsewhere).await.expect(201);
        let off = format!("/api/v1/users/{}/disable", things["user_off"]);
        root.post(&off, serde_json::json!({})).await.expect(200);
        let place = world.units["A1"].clone();
        let (id, _) = world.enrol("canbo4", "officer".parse().unwrap(), Some(place)).await;
        things.insert("user_below".into(), id.to_string());
        let lent = root.get(&format!("/api/v1/users/{}", things["user_both"])).await.expect(200);
        let lent = lent.body["assignments"][0]["id"].as_str().unwrap().to_owned();
        let days = serde_json::json!({"user_id": things["user"], "from_on": "2023-10-15",
            "to_on": "2023-10-31", "reason": "Đi học"});
        let deputy = root.post(&format!("/api/v1/assignments/{lent}/deputies"), days).await.expect(201);
        things.insert("deputy".into(), deputy.id());
        things.insert("assignment_lent".into(), lent);
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/users",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 200 403 | 403 403 | 403"),
    row("GET /api/v1/users?under={A}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    row("GET /api/v1/users/{user}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    row("GET /api/v1/users/{user_both}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 200 403 | 403 403 | 403"),
    row("GET /api/v1/users/{absent}",
        "401 401 401 | 404 | 404 403 403 403 403 403 | 404 403 403 | 404 403 | 403 403 | 403"),
    row("GET /api/v1/users/{user}/history",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    // The person concerned is none of these.
    row("GET /api/v1/users/{user}/reads",
        "401 401 401 | 403 | 403 403 403 403 200 403 | 403 403 403 | 403 403 | 403 403 | 403"),
    row("GET /api/v1/users/{absent}/reads",
        "401 401 401 | 403 | 403 403 403 403 404 403 | 403 403 403 | 403 403 | 403 403 | 403"),
    // One event for the account and one for each assignment.
    row("POST /api/v1/users",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 201 403 403 | 422 403 | 403 403 | 403")
        .body(r#"{"username": "bithu.phumy", "display_name": "Bí thư Đảng ủy xã Phú Mỹ", "password": "sông nước Cửu Long",
            "assignments": [{"unit_id": "{A1}", "role": "leader"}]}"#)
        .effect("admin@A", 2),
    // The whole instance is given by who administers it.
    row("POST /api/v1/users",
        "401 401 401 | 201 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"username": "quantri", "display_name": "Quản trị hệ thống", "password": "sông nước Cửu Long",
            "assignments": [{"unit_id": null, "role": "admin"}]}"#),
    row("PATCH /api/v1/users/{user}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"display_name": "Quyền Bí thư Đảng ủy xã Phú Mỹ"}"#).effect("admin@A", 1),
    // Seen on both sides, managed only from above both.
    row("PATCH /api/v1/users/{user_both}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"display_name": "Quyền Bí thư Đảng ủy xã Phú Mỹ"}"#),
    row("POST /api/v1/users/{user}/disable",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Nghỉ hưu"}"#).effect("admin@A", 1),
    row("POST /api/v1/users/{user_both}/disable",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 403 403 403 | 403 403 | 404 404 | 404")
        .body(r#"{"reason": "Nghỉ hưu"}"#),
    row("POST /api/v1/users/{user_off}/enable",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Trở lại công tác"}"#).effect("admin@D", 1),
    row("POST /api/v1/users/{user_off}/erase",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Theo yêu cầu, sau khi thôi công tác"}"#).effect("admin@A", 1),
    row("POST /api/v1/users/{user}/reset-password",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403")
        .body(r#"{"password": "cây dừa nước mặn", "reason": "Quên mật khẩu"}"#).effect("admin@A", 1),
    row("POST /api/v1/users/{user}/assignments",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 201 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"unit_id": "{A1}", "role": "officer"}"#).effect("admin@A", 1),
    row("POST /api/v1/users/{user}/assignments",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 422 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"unit_id": "{B}", "role": "viewer"}"#),
    // The unit above is seen, and no place to give rights in.
    row("POST /api/v1/users/{user}/assignments",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"unit_id": "{D}", "role": "viewer"}"#),
    row("GET /api/v1/assignments/{assignment}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    row("POST /api/v1/assignments/{assignment}/end",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Chuyển công tác"}"#).effect("admin@A", 1),
    // The assignment and the deputy's days.
    row("POST /api/v1/assignments/{assignment_lent}/end",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Chuyển công tác"}"#).effect("admin@A", 2),
    row("GET /api/v1/assignments/{assignment_lent}/deputies",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    row("GET /api/v1/assignments/{my_assignment}/deputies",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("POST /api/v1/assignments/{assignment}/deputies",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 201 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"user_id": "{user_below}", "from_on": "2023-10-15", "to_on": "2023-10-31", "reason": "Đi học"}"#)
        .effect("admin@A", 1),
    // The own one is lent to who works in the unit or below it, by admins and portals never.
    row("POST /api/v1/assignments/{my_assignment}/deputies",
        "401 401 401 | 403 | 403 201 201 201 201 403 | 403 201 201 | 403 422 | 201 201 | 422")
        .body(r#"{"user_id": "{user_below}", "from_on": "2023-10-15", "to_on": "2023-10-31", "reason": "Đi học"}"#)
        .effect("leader@A", 1),
    row("GET /api/v1/deputies/{deputy}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 403 | 403 403 | 403"),
    row("POST /api/v1/deputies/{deputy}/end",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Đã trở lại làm việc"}"#).effect("admin@A", 1),
];
