//! The change feed, of which everybody sees the own part, and the loading of history.

use super::stage::{Room, Row, nothing, row};

pub const ROOM: Room = Room { rows: ROWS, prepare: nothing };

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/changes",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/changes?under={A}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 404 404 | 404"),
    row("POST /api/v1/imports",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 200 403 | 403 403 | 403")
        .body(r#"{"op": "org_unit.create", "at": "2023-10-01T08:00:00+07:00", "data": {"code": "A9", "name": "Chi bộ ấp 9", "level": "branch", "kind": "branch", "parent_id": "{A}"}}"#)
        .effect("admin@A", 1),
];
