//! Calendars: everybody reads them, admins too; the country's days and everybody's regimes belong to who
//! administers the instance, a unit's regime to its leaders.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// A declared day, and regimes of everybody, of D and of A.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        let root = world.root().await;
        let day = json!({"on": "2023-12-29", "kind": "off", "occasion": "other", "name": "Nghỉ", "source": "Thông báo"});
        things.insert("off_day".into(), root.post("/api/v1/working-days", day).await.expect(201).id());
        let body = |code: &str, unit: Option<String>| {
            json!({"code": code, "name": "Kỳ báo cáo", "system": "party", "unit_id": unit,
                "cut_offs": [{"from": "2020-01", "day": 20}], "source": "Quy chế làm việc"})
        };
        let shared = root.post("/api/v1/report-regimes", body("chung", None)).await.expect(201);
        things.insert("regime".into(), shared.id());
        for unit in ["D", "A"] {
            let leader = world.as_(&format!("leader@{unit}")).await;
            let made =
                leader.post("/api/v1/report-regimes", body(unit, Some(world.unit(unit)))).await.expect(201);
            things.insert(format!("regime_{unit}"), made.id());
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/working-days?from=2023-12-25&to=2024-01-05",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/working-days/{off_day}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/working-days/{absent}",
        "401 401 401 | 404 | 404 404 404 404 404 404 | 404 404 404 | 404 404 | 404 404 | 404"),
    row("GET /api/v1/working-days/{off_day}/history",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("POST /api/v1/working-days",
        "401 401 401 | 201 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"on": "2027-02-05", "kind": "off", "occasion": "tet", "name": "Tết Nguyên đán",
            "source": "Thông báo lịch nghỉ Tết Đinh Mùi"}"#).effect("root", 1),
    row("DELETE /api/v1/working-days/{off_day}",
        "401 401 401 | 204 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403").effect("root", 1),
    row("GET /api/v1/report-regimes",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/report-regimes?unit_id={A}&code=A",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/report-regimes/{regime}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/report-regimes/{regime_A}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/report-regimes/{regime_D}",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("GET /api/v1/report-regimes/{regime_A}/history",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/report-regimes/{regime_A}/periods?kind=month&from=2023&to=2023-10-15&due_working_days=2",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    row("GET /api/v1/report-regimes/{regime_A}/periods?relative=last_12_months",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 404 404 | 200 200 | 404"),
    // A unit that is seen from below, or from above, has leaders of its own.
    row("POST /api/v1/report-regimes",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 403 | 422 422 | 403 403 | 422")
        .body(r#"{"code": "xa-A", "name": "Kỳ báo cáo của xã", "system": "party", "unit_id": "{A}", "week_starts_on": 5,
            "cut_offs": [{"from": "2020-08", "day": 20}, {"from": "2024-01", "day": 25}],
            "source": "Quy chế làm việc của Đảng ủy"}"#).effect("leader@A", 1),
    row("POST /api/v1/report-regimes",
        "401 401 401 | 201 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"code": "TK", "name": "Kỳ thống kê", "system": "other", "cut_offs": [{"from": "2020-08", "day": 17}],
            "source": "Chế độ báo cáo thống kê"}"#).effect("root", 1),
    row("PATCH /api/v1/report-regimes/{regime_A}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 403 403 | 404")
        .body(r#"{"name": "Kỳ báo cáo mới", "source": "Quy chế mới",
            "cut_offs": [{"from": "2020-01", "day": 20}, {"from": "2024-01", "day": 25}]}"#).effect("leader@A", 1),
    row("PATCH /api/v1/report-regimes/{regime}",
        "401 401 401 | 200 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"name": "Kỳ báo cáo mới"}"#).effect("root", 1),
];
