//! Indicators are known to all below; values belong to who reports them and are approved above.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// D defined `{indicator}`, `{indicator_spare}`; A `{indicator_A}`. A entered `{value}`; `{value_ok}` was
/// approved and is to be corrected (`{correction}`), `{value_right}` was approved.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        let (leader, unit) = (world.as_("leader@D#7").await, world.as_("officer@A#7").await);
        for (thing, owner, code) in [
            ("indicator", "D", "HO_NGHEO"),
            ("indicator_spare", "D", "HO_CAN_NGHEO"),
            ("indicator_A", "A", "AP_VH"),
        ] {
            let body = json!({"unit_id": world.unit(owner), "code": code, "name": "Số hộ nghèo",
                "measure_unit": "hộ", "direction": "lower", "decimals": 0, "over_periods": "latest",
                "over_units": "sum", "period_kind": "month"});
            things.insert(thing.into(), leader.post("/api/v1/indicators", body).await.expect(201).id());
        }
        for (thing, period) in [("value", "2023-07"), ("value_ok", "2023-08"), ("value_right", "2023-09")] {
            let body = json!({"indicator_id": things["indicator"], "unit_id": world.unit("A"), "period": period, "value": 12});
            let id = unit.post("/api/v1/indicator-values", body).await.expect(201).id();
            if thing != "value" {
                leader.post(&format!("/api/v1/indicator-values/{id}/approve"), json!({})).await.expect(200);
            }
            things.insert(thing.into(), id);
        }
        let path = format!("/api/v1/indicators/{}/exclusions", things["indicator"]);
        let body = json!({"unit_id": world.unit("B"), "from_on": "2023-09-01", "reason": "Tính riêng"});
        things.insert("exclusion".into(), leader.post(&path, body).await.expect(201).id());
        let path = format!("/api/v1/indicator-values/{}/corrections", things["value_ok"]);
        let body = json!({"value": 13, "reason": "Đếm sót"});
        things.insert("correction".into(), unit.post(&path, body).await.expect(201).id());
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/indicators",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/indicators/{indicator}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/indicators/{indicator_A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("GET /api/v1/indicators/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicators/{indicator}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/indicators/parse-value?text=650&indicator_id={indicator}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/indicators/parse-value?text=650&indicator_id={indicator_A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 200 200 | 404"),
    row("POST /api/v1/indicators",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "code": "DV_MOI", "name": "Đảng viên mới", "measure_unit": "người", "direction": "higher", "over_periods": "sum", "over_units": "sum", "period_kind": "month"}"#)
        .effect("officer@A", 1),
    row("PATCH /api/v1/indicators/{indicator_A}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 200 200 | 404 404 | 403 403 | 404")
        .body(r#"{"method": "Ấp tự chấm, xã kiểm tra"}"#).effect("officer@A", 1),
    row("PATCH /api/v1/indicators/{indicator}",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"field": "xã hội"}"#),
    row("DELETE /api/v1/indicators/{indicator_spare}",
        "401 401 401 | 403 | 403 204 204 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .effect("officer@D", 1),
    row("GET /api/v1/indicators/{indicator}/exclusions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("POST /api/v1/indicators/{indicator}/exclusions",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"unit_id": "{A}", "from_on": "2023-10-01", "reason": "Số liệu do huyện tổng hợp riêng"}"#)
        .effect("officer@D", 1),
    row("POST /api/v1/indicators/{indicator}/exclusions/{exclusion}/end",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"until_on": "2023-12-14"}"#).effect("officer@D", 1),
    row("GET /api/v1/reports/indicator-rollup?unit_id={A}&indicator_id={indicator}&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/indicator-rollup?unit_id={A1}&indicator_id={absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/indicator-trend?unit_id={A}&indicator_id={indicator}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/indicator-board?unit_id={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicator-values?under={A}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicator-values/{value}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicator-values/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/indicator-values/{value}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/indicator-values",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"indicator_id": "{indicator}", "unit_id": "{A}", "period": "2023-10", "value": 11, "note": "Ước đến 14/10"}"#)
        .effect("officer@A", 1),
    row("PATCH /api/v1/indicator-values/{value}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"value": 10}"#).effect("officer@A", 1),
    row("POST /api/v1/indicator-values/{value}/approve",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body("{}").effect("leader@D", 1),
    row("POST /api/v1/indicator-values/{value}/return",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Chưa khớp sổ"}"#).effect("leader@D", 1),
    row("GET /api/v1/indicator-values/{value_ok}/corrections",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("POST /api/v1/indicator-values/{value_right}/corrections",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"value": 14, "reason": "Cộng thiếu một ấp"}"#).effect("officer@A", 1),
    row("POST /api/v1/indicator-values/{value_ok}/corrections/{correction}/approve",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body("{}").effect("leader@D", 1),
    row("POST /api/v1/indicator-values/{value_ok}/corrections/{correction}/reject",
        "401 401 401 | 403 | 403 200 403 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Sổ của ấp ghi 12"}"#).effect("leader@D", 1),
];
