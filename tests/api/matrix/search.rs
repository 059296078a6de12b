//! Search: everybody finds what they may read; an admin reads no papers, so finds none.

use super::stage::{Room, Row, nothing, row};

pub const ROOM: Room = Room { rows: ROWS, prepare: nothing };

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/search?q=don+vi",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/search?q=don+vi&kinds=org_unit",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/search?q=nq&kinds=document,task&limit=10",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
];
