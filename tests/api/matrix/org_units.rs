//! Units. What lies outside the territory is absent (404) before anybody asks for the role.

use super::stage::{Room, Row, nothing, row};

pub const ROOM: Room = Room { rows: ROWS, prepare: nothing };

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/org-units",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/org-units?under={A}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 404 404 | 404"),
    row("GET /api/v1/org-units?under={A1}&as_of=2023-10-01",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/org-units/{A}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/org-units/{A1}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/org-units/{A1}?as_of=2023-10-01",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/org-units/{absent}",
        "401 401 401 | 404 | 404 404 404 404 404 404 | 404 404 404 | 404 404 | 404 404 | 404"),
    row("GET /api/v1/org-units/{A1}/ancestors",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/org-units/{A1}/history",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("POST /api/v1/org-units",
        "401 401 401 | 201 | 201 403 403 403 403 403 | 201 403 403 | 422 403 | 403 403 | 403")
        .body(r#"{"code": "A3", "name": "Chi bộ ấp Phú Hưng", "level": "branch", "kind": "branch", "parent_id": "{A}"}"#)
        .effect("admin@A", 1),
    row("POST /api/v1/org-units",
        "401 401 401 | 201 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"code": "E", "name": "Huyện ủy Ba Tri", "level": "district", "kind": "party_committee"}"#),
    row("PATCH /api/v1/org-units/{A1}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 403 403 | 404")
        .body(r#"{"name": "Chi bộ ấp Phú Thạnh"}"#).effect("admin@D", 1),
    row("PATCH /api/v1/org-units/{A1}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 422 403 403 | 404 404 | 403 403 | 404")
        .body(r#"{"parent_id": "{B}"}"#),
    // One sees the unit one is below, and may not change it.
    row("PATCH /api/v1/org-units/{D}",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"short_name": "HU"}"#),
    row("POST /api/v1/org-units/{A1}/close",
        "401 401 401 | 200 | 200 403 403 403 403 403 | 200 403 403 | 404 404 | 403 403 | 404")
        .body(r#"{"on": "2023-10-15", "successor_ids": ["{A2}"], "reason": "Sáp nhập hai chi bộ"}"#)
        // The unit; its open tasks that pass on; the document it was sent, from which it is exempt and
        // which its heir gets; what it studies, registers and draws up.
        .effect("admin@A", 7),
];
