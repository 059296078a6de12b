//! Targets are negotiated between a unit and those above it; nobody beside them sees any.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// D proposed `{target}` to A; A registered `{target_own}`; `{target_ok}` of A binds. `{target_goal}` is the
/// indicator, `{target_paper}` a document of D.
fn prepare<'a>(world: &'a World, things: &'a Things) -> LocalBoxFuture<'a, Things> {
    let _ = things;
    Box::pin(async {
        let mut things = Things::new();
        let above = world.as_("officer@D#8").await;
        let body = json!({"unit_id": world.unit("D"), "code": "DV_KET_NAP", "name": "Đảng viên mới",
            "measure_unit": "người", "direction": "higher", "decimals": 0, "over_periods": "sum",
            "over_units": "sum", "period_kind": "month"});
        let indicator = above.post("/api/v1/indicators", body).await.expect(201).id();
        for (thing, by, period) in [
            ("target", "officer@D#8", "2023"),
            ("target_own", "officer@A#8", "2024"),
            ("target_ok", "officer@D#8", "2025"),
        ] {
            let body =
                json!({"unit_id": world.unit("A"), "indicator_id": indicator, "period": period, "value": 12});
            let id = world.as_(by).await.post("/api/v1/targets", body).await.expect(201).id();
            if thing == "target_ok" {
                let path = format!("/api/v1/targets/{id}/agree");
                world.as_("leader@A#8").await.post(&path, json!({})).await.expect(200);
            }
            things.insert(thing.into(), id);
        }
        things.insert("target_goal".into(), indicator);
        let body =
            json!({"issuer_unit_id": world.unit("D"), "type": "NQ", "title": "Nghị quyết giữa nhiệm kỳ"});
        things.insert("target_paper".into(), above.post("/api/v1/documents", body).await.expect(201).id());
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/targets",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/targets?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/targets/{target}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/targets/{target}/versions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/targets/{target}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/targets/parse-value?text=650&indicator_id={target_goal}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/targets",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "indicator_id": "{target_goal}", "period": "2022", "value": 9}"#)
        .effect("officer@A", 1),
    row("POST /api/v1/targets/{target}/propose",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"value": 11}"#).effect("officer@D", 1),
    row("POST /api/v1/targets/{target}/counter",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"value": 10, "reason": "Ít nguồn phát triển đảng"}"#).effect("officer@A", 1),
    row("POST /api/v1/targets/{target}/agree",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body("{}").effect("leader@A", 1),
    row("POST /api/v1/targets/{target_own}/agree",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body("{}"),
    row("POST /api/v1/targets/{target}/assign",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Giao theo kế hoạch năm"}"#).effect("leader@D", 1),
    row("POST /api/v1/targets/{target_ok}/rebaseline",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"value": 14, "reason": "Điều chỉnh giữa nhiệm kỳ", "document_id": "{target_paper}"}"#)
        .effect("leader@D", 1),
    row("POST /api/v1/targets/{target_ok}/withdraw",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Trùng chỉ tiêu"}"#).effect("leader@D", 1),
    row("GET /api/v1/reports/target-scoreboard?unit_id={A}&children=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/target-progress?target_id={target_ok}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/target-balance?unit_id={A}&period=2023",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
];
