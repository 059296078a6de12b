//! Proof of the log: for inspectors at the top, and for who administers the instance.

use super::stage::{Room, Row, nothing, row};

pub const ROOM: Room = Room { rows: ROWS, prepare: nothing };

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/audit/heads",
        "401 401 401 | 200 | 403 403 403 403 200 403 | 403 403 403 | 403 403 | 403 403 | 403"),
];
