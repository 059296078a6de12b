//! Disseminations: commune A studies papers of district D, one under way, one complete.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use futures_util::future::LocalBoxFuture;
use serde_json::json;

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// `{to_study}` nobody studies yet; A's `{study}` has a `{session}`, its `{study_done}` is complete.
fn prepare<'a>(world: &'a World, _: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut things = Things::new();
        for name in ["to_study", "studied", "studied_whole"] {
            let body =
                json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": name, "status": "issued"});
            let made = world.as_("officer@D#6").await.post("/api/v1/documents", body).await.expect(201);
            things.insert(name.into(), made.id());
        }
        let officer = world.as_("officer@A#6").await;
        for (paper, thing) in [("studied", "study"), ("studied_whole", "study_done")] {
            let path = format!("/api/v1/documents/{}/disseminations", things[paper]);
            let study = officer.post(&path, json!({})).await.expect(201).id();
            let body = json!({"audience": "cadres_and_members", "form": "class", "held_on": "2023-10-14",
                "attendance": [{"class": "party_members", "attended": 40}]});
            let path = format!("/api/v1/disseminations/{study}");
            let session = officer.post(&format!("{path}/sessions"), body).await.expect(201).id();
            things.insert(thing.into(), study);
            if thing == "study" {
                things.insert("session".into(), session);
            } else {
                let done = format!("{path}/waves/cadres_and_members/complete");
                officer.post(&done, json!({"completed_on": "2023-10-15"})).await.expect(200);
            }
        }
        things
    })
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    // Each unit for itself; a stranger is unknown.
    row("POST /api/v1/documents/{to_study}/disseminations",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "title": "Quán triệt Nghị quyết", "note": "Học tập theo hai đợt.", "plan_document_id": "{to_study}",
            "due_on": "2023-11-10", "waves": [{"audience": "cadres_and_members", "due_on": "2023-10-31",
            "planned": [{"class": "party_members", "value": 650, "qualifier": "over"}]}, {"audience": "people"}]}"#)
        .effect("officer@A", 1),
    row("POST /api/v1/documents/{to_study}/disseminations",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 201 201 | 403 201 | 201 201 | 201").body("{}"),
    row("POST /api/v1/documents/{studied}/disseminations",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 409 409 | 403 201 | 201 201 | 201").body("{}"),
    row("POST /api/v1/documents/{draft_of_D}/disseminations",
        "401 401 401 | 403 | 403 409 409 403 403 403 | 404 404 404 | 404 404 | 404 404 | 404").body("{}"),
    row("GET /api/v1/documents/{studied}/disseminations",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/disseminations",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/disseminations?under={A}&document_id={studied}&state=not_started,in_progress,completed",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/disseminations/{study}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/disseminations/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/disseminations/{study}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/disseminations?document_id={studied}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/reports/disseminations?document_id={studied}&unit_id={A}&as_of=2023-10-14&explain=true",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/reports/disseminations?document_id={draft_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("PATCH /api/v1/disseminations/{study}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Quán triệt", "note": "Dời một tuần.", "plan_document_id": "{to_study}", "due_on": "2023-11-15",
            "waves": [{"audience": "cadres_and_members", "due_on": "2023-10-31", "planned": [{"class": "party_members", "value": 50}]}]}"#)
        .effect("officer@A", 1),
    row("POST /api/v1/disseminations/{study}/sessions",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"audience": "cadres_and_members", "form": "branch_meeting", "held_on": "2023-10-13", "place": "Nhà văn hóa ấp",
            "rapporteurs": [{"name": "Bí thư Chi bộ", "unit": "Chi bộ ấp"}], "key_points": "Bốn nhiệm vụ.", "local_link": "Liên hệ ấp.",
            "public_concerns": "Giá dừa.", "attendance": [{"class": "party_members", "planned": 30, "attended": 28, "qualifier": "nearly"}]}"#)
        .effect("officer@A", 1),
    row("GET /api/v1/disseminations/{study}/sessions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/dissemination-sessions/{session}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/dissemination-sessions/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("PATCH /api/v1/dissemination-sessions/{session}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"form": "online", "held_on": "2023-10-12", "place": "Trực tuyến", "rapporteurs": [{"name": "Báo cáo viên"}],
            "key_points": "Ba khâu đột phá.", "local_link": "Liên hệ xã.", "public_concerns": "Đường ấp.",
            "attendance": [{"class": "party_members", "attended": 41}]}"#).effect("officer@A", 1),
    row("DELETE /api/v1/dissemination-sessions/{session}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("POST /api/v1/disseminations/{study}/waves/cadres_and_members/complete",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"completed_on": "2023-10-15"}"#).effect("officer@A", 1),
    row("POST /api/v1/disseminations/{study}/waves/people/complete",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 409 409 | 404 404 | 404 404 | 404")
        .body(r#"{"completed_on": "2023-10-15"}"#),
    row("POST /api/v1/disseminations/{study}/study-checks",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"kind": "essay", "checked_on": "2023-10-15", "group": "Đảng viên toàn xã", "examined": 120, "passed": 111,
            "average_hundredths": 785, "scale": 10}"#).effect("officer@A", 1),
    row("GET /api/v1/disseminations/{study}/study-checks",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    // Only from above, also by who inspects.
    row("POST /api/v1/disseminations/{study_done}/verifications",
        "401 401 401 | 403 | 403 201 201 403 201 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"sampled": 30, "understood": 27, "outcome": "confirmed", "comment": "Nắm được các chỉ tiêu chính."}"#)
        .effect("officer@D", 1),
    row("POST /api/v1/disseminations/{study_done}/verifications",
        "401 401 401 | 403 | 403 201 201 403 201 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"sampled": 30, "understood": 7, "outcome": "sent_back", "reason": "Học chiếu lệ"}"#).effect("inspector@D", 1),
    row("POST /api/v1/disseminations/{study}/verifications",
        "401 401 401 | 403 | 403 409 409 403 409 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"sampled": 30, "understood": 27, "outcome": "confirmed"}"#),
    row("GET /api/v1/disseminations/{study_done}/verifications",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
];
