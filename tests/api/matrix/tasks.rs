//! Tasks of commune A, given by district D, in each of their states; one of branch A1; some in which
//! commune B takes part.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{registered}`, `{accepted}` … are tasks of A in that state, `{at_A1}` is one of branch A1. B's
/// `{part_assigned}`, `{part_in_progress}` … are parts of `{with_assigned}`, `{with_in_progress}` …
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async move {
        let mut things = Things::new();
        let steps: &[(&str, &[(&str, &str)])] = &[
            ("accepted", &[]),
            ("in_progress", &[("officer@A#3", "start")]),
            ("submitted", &[("officer@A#3", "start"), ("officer@A#3", "submit")]),
            ("completed", &[("officer@A#3", "start"), ("officer@A#3", "submit"), ("leader@D#3", "confirm")]),
        ];
        for (state, commands) in steps {
            let id = given(world, "leader@D#3", "A").await;
            for (who, command) in *commands {
                let path = format!("/api/v1/tasks/{id}/{command}");
                world.as_(who).await.post(&path, json!({})).await.expect(200);
            }
            things.insert((*state).into(), id);
        }
        things.insert("at_A1".into(), given(world, "leader@A#3", "A1").await);
        for state in ["registered", "returned"] {
            let new = json!({"title": "Tu sửa đường ấp", "unit_id": world.unit("A"), "class": "key"});
            let id = world.as_("officer@A#3").await.post("/api/v1/tasks", new).await.expect(201).id();
            things.insert(state.into(), id);
        }
        let path = format!("/api/v1/tasks/{}/return", things["returned"]);
        world.as_("leader@D#3").await.post(&path, json!({"reason": "Chưa rõ"})).await.expect(200);
        let path = format!("/api/v1/tasks/{}/extensions", things["in_progress"]);
        let body = json!({"new_due_on": "2024-03-31", "reason": "Mưa bão"});
        let id = world.as_("officer@A#3").await.post(&path, body).await.expect(201).id();
        things.insert("extension".into(), id);
        let body = json!({"title": "Rà soát danh sách hộ", "due_on": "2023-11-15"});
        for (state, who) in [("registered", "officer@A#3"), ("in_progress", "leader@D#3")] {
            let path = format!("/api/v1/tasks/{}/milestones", things[state]);
            let id = world.as_(who).await.post(&path, body.clone()).await.expect(201).id();
            things.insert(format!("milestone_of_{state}"), id);
        }
        for (state, steps) in [("assigned", 0), ("in_progress", 1), ("submitted", 2)] {
            let task = given(world, "leader@D#3", "A").await;
            let at = format!("/api/v1/tasks/{task}/parts");
            let new = json!({"unit_id": world.unit("B"), "due_on": "2023-11-30"});
            let part = world.as_("leader@A#3").await.post(&at, new).await.expect(201).id();
            let commands = [("progress-reports", json!({"progress": 40}), 201), ("submit", json!({}), 200)];
            for (command, body, status) in commands.into_iter().take(steps) {
                let path = format!("{at}/{part}/{command}");
                world.as_("officer@B#3").await.post(&path, body).await.expect(status);
            }
            things.extend([(format!("with_{state}"), task), (format!("part_{state}"), part)]);
        }
        things
    })
}

async fn given(world: &World, by: &str, unit: &str) -> String {
    let new = json!({"title": "Vận động tham gia bảo hiểm y tế", "unit_id": world.unit(unit), "class": "key", "due_on": "2023-12-31"});
    world.as_(by).await.post("/api/v1/tasks", new).await.expect(201).id()
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/tasks",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/tasks?under={A}&timeliness=in_time",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks?under={A}&as_of=2023-10-01",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{at_A1}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/tasks/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}/clarity",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}/origins",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}/progress-reports",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{accepted}/extensions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // The own registration, or what a leader above gives; a unit above takes no orders.
    row("POST /api/v1/tasks",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"title": "Trồng 5 km hàng rào cây xanh", "unit_id": "{A}", "class": "routine"}"#).effect("officer@A", 1),
    // Whoever may do anything to a task may send a batch; each item is judged for itself.
    row("POST /api/v1/tasks/batch",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 403 422 | 422 422 | 422")
        .body(r#"{"atomic": true, "items": [{"op": "start", "id": "{accepted}"}, {"op": "submit", "id": "{in_progress}"}]}"#)
        .effect("officer@A", 2),
    row("PATCH /api/v1/tasks/{registered}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Tu sửa 2 km đường ấp"}"#).effect("officer@A", 1),
    // Once accepted, only who gave it changes it.
    row("PATCH /api/v1/tasks/{accepted}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"weight": 2.5}"#).effect("leader@D", 1),
    row("DELETE /api/v1/tasks/{registered}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("POST /api/v1/tasks/{registered}/accept",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").body("{}").effect("leader@D", 1),
    row("POST /api/v1/tasks/{submitted}/return",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Minh chứng chưa đủ"}"#).effect("leader@D", 1),
    row("POST /api/v1/tasks/{returned}/resubmit",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404").body("{}").effect("officer@A", 1),
    row("POST /api/v1/tasks/{accepted}/start",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404").body("{}").effect("officer@A", 1),
    row("POST /api/v1/tasks/{at_A1}/start",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 403 403 | 404 404 | 200 200 | 404").body("{}"),
    row("POST /api/v1/tasks/{in_progress}/submit",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404").body("{}").effect("officer@A", 1),
    row("POST /api/v1/tasks/{submitted}/confirm",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"result": "met"}"#).effect("leader@D", 1),
    row("POST /api/v1/tasks/{completed}/close",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").body("{}").effect("leader@D", 1),
    row("POST /api/v1/tasks/{accepted}/cancel",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Không còn phù hợp"}"#).effect("leader@D", 1),
    row("POST /api/v1/tasks/{completed}/reopen",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Kiểm tra lại số liệu"}"#).effect("leader@D", 1),
    row("POST /api/v1/tasks/{accepted}/progress-reports",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"progress": 60, "note": "Đã vận động 12/20 hộ"}"#).effect("officer@A", 1),
    row("GET /api/v1/tasks/{registered}/milestones",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/tasks/{registered}/milestones/{milestone_of_registered}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/tasks/{registered}/milestones",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Xong mặt đường", "due_on": "2023-12-01"}"#).effect("officer@A", 1),
    row("POST /api/v1/tasks/{accepted}/milestones",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"ordinal": 2, "title": "Xong mặt đường", "due_on": "2023-12-01"}"#).effect("leader@D", 1),
    row("PATCH /api/v1/tasks/{registered}/milestones/{milestone_of_registered}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"ordinal": 3, "title": "Rà soát xong 20 hộ", "due_on": "2023-11-20"}"#).effect("officer@A", 1),
    row("DELETE /api/v1/tasks/{in_progress}/milestones/{milestone_of_in_progress}",
        "401 401 401 | 403 | 403 204 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").effect("leader@D", 1),
    row("POST /api/v1/tasks/{in_progress}/milestones/{milestone_of_in_progress}/complete",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"done_on": "2023-10-14"}"#).effect("officer@A", 1),
    row("GET /api/v1/tasks?coordinating_unit_id={B}&fields=id,parts",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    // Who takes part in a task sees it, and changes nothing of it.
    row("GET /api/v1/tasks/{with_assigned}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("GET /api/v1/tasks/{with_assigned}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("POST /api/v1/tasks/{with_assigned}/start",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 403 403 | 404 404 | 404").body("{}"),
    row("GET /api/v1/tasks/{with_assigned}/parts",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("GET /api/v1/tasks/{with_assigned}/parts/{part_assigned}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    // Who leads it, and who gave it; its sister is one of those below the district.
    row("POST /api/v1/tasks/{accepted}/parts",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 201 403 | 404 404 | 404 404 | 404")
        .body(r#"{"unit_id": "{B}", "description": "Cử cán bộ cùng vận động", "due_on": "2023-11-30"}"#).effect("leader@A", 1),
    row("POST /api/v1/tasks/{with_assigned}/parts",
        "401 401 401 | 403 | 403 201 403 403 403 403 | 403 201 403 | 403 403 | 404 404 | 404")
        .body(r#"{"unit_id": "{B1}"}"#),
    row("PATCH /api/v1/tasks/{with_assigned}/parts/{part_assigned}",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 200 403 | 403 403 | 404 404 | 404")
        .body(r#"{"description": "Cử ba cán bộ cùng vận động", "due_on": "2023-12-15"}"#).effect("leader@A", 1),
    row("DELETE /api/v1/tasks/{with_assigned}/parts/{part_assigned}",
        "401 401 401 | 403 | 403 204 403 403 403 403 | 403 204 403 | 403 403 | 404 404 | 404").effect("leader@D", 1),
    row("POST /api/v1/tasks/{with_assigned}/parts/{part_assigned}/progress-reports",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 403 403 | 403 201 | 404 404 | 404")
        .body(r#"{"progress": 40, "note": "Đã rà soát 8/20 hộ"}"#).effect("officer@B", 1),
    row("GET /api/v1/tasks/{with_submitted}/parts/{part_submitted}/progress-reports",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 404 404 | 404"),
    row("POST /api/v1/tasks/{with_in_progress}/parts/{part_in_progress}/submit",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 403 403 | 403 200 | 404 404 | 404")
        .body("{}").effect("officer@B", 1),
    row("POST /api/v1/tasks/{with_submitted}/parts/{part_submitted}/accept",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 200 403 | 403 403 | 404 404 | 404")
        .body(r#"{"comment": "Đạt yêu cầu"}"#).effect("leader@A", 1),
    row("POST /api/v1/tasks/{with_submitted}/parts/{part_submitted}/return",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 200 403 | 403 403 | 404 404 | 404")
        .body(r#"{"reason": "Danh sách còn thiếu"}"#).effect("leader@D", 1),
    row("POST /api/v1/tasks/{accepted}/extensions",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"new_due_on": "2024-06-30", "reason": "Mưa bão kéo dài"}"#).effect("officer@A", 1),
    row("POST /api/v1/tasks/{in_progress}/extensions/{extension}/approve",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404").body("{}").effect("leader@D", 1),
    row("POST /api/v1/tasks/{in_progress}/extensions/{extension}/reject",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Không có lý do khách quan"}"#).effect("leader@D", 1),
];
