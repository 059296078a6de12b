//! Programmes of commune A, one in each state that a step starts from.

use super::stage::{Room, Row, Things, row};
use crate::harness::World;
use diesel::prelude::*;
use futures_util::future::LocalBoxFuture;
use serde_json::json;
use tiendo::{
    db::schema::programmes,
    ids::Id,
    programmes::workflow::ProgrammeStatus::{
        self, Adopted, CollectiveReview, Draft, Executing, Issued, Reviewed, SuperiorComment,
    },
};

pub const ROOM: Room = Room { rows: ROWS, prepare };

/// Each with one whole item; how far they are is written into the table, since nothing here looks at how
/// they came there.
fn prepare<'a>(world: &'a World, things: &'a Things) -> LocalBoxFuture<'a, Things> {
    Box::pin(async {
        let mut more = Things::new();
        let officer = world.as_("officer@A#6").await;
        let mut states: Vec<(Id, ProgrammeStatus)> = Vec::new();
        for (name, status) in [
            ("drafted", Draft),
            ("sent", SuperiorComment),
            ("before_us", CollectiveReview),
            ("adopted", Adopted),
            ("issued", Issued),
            ("executing", Executing),
            ("reviewed", Reviewed),
        ] {
            let body = json!({"unit_id": world.unit("A"), "title": "Chương trình hành động năm 2023",
                "parents": [{"document_id": things["resolution_of_D"], "relation": "concretises"}]});
            let id = officer.post("/api/v1/programmes", body).await.expect(201).id();
            states.push((id.parse().unwrap(), status));
            if matches!(status, Draft | CollectiveReview | Adopted) {
                let item = json!({"items": [{"text": "Vận động nhân dân tham gia bảo hiểm y tế", "priority": 1,
                    "start_on": "2023-11-01", "due_on": "2024-12-31", "lead_collective": "Ủy ban nhân dân xã",
                    "lead_individual": "Phó Bí thư", "lead_unit_id": world.unit("A1")}]});
                let made = officer.post(&format!("/api/v1/programmes/{id}/items"), item).await.expect(201);
                let item = made.body["items"][0]["id"].as_str().unwrap().to_owned();
                more.insert(format!("item_{name}"), item);
            }
            more.insert(format!("programme_{name}"), id);
        }
        let moved = world.db.write(move |conn| {
            for (id, status) in states {
                let round = i32::from(matches!(status, SuperiorComment | CollectiveReview));
                diesel::update(programmes::table.find(id))
                    .set((programmes::status.eq(status), programmes::round.eq(round)))
                    .execute(conn)?;
            }
            Ok(())
        });
        moved.await.unwrap();
        let comments = format!("/api/v1/programmes/{}/comments", more["programme_sent"]);
        let body = json!({"text": "Đề nghị nêu rõ nguồn kinh phí"});
        let said = world.as_("officer@D#6").await.post(&comments, body).await.expect(201).id();
        more.insert("comment_of_D".into(), said);
        more.extend(kept(world).await);
        more
    })
}

/// `{programme_kept}` was handed in: its first version is kept.
async fn kept(world: &World) -> Things {
    let officer = world.as_("officer@A#6").await;
    let body = json!({"unit_id": world.unit("A"), "title": "Kế hoạch năm 2024", "type": "KH"});
    let id = officer.post("/api/v1/programmes", body).await.expect(201).id();
    for step in ["submit-for-review", "send-to-superior"] {
        officer.post(&format!("/api/v1/programmes/{id}/{step}"), json!({})).await.expect(200);
    }
    Things::from([("programme_kept".into(), id)])
}

#[rustfmt::skip]
const ROWS: &[Row] = &[
    //   nobody expired disabled | root | @D admin leader officer viewer inspector service | @A admin leader officer | @B admin leader | @A1 leader officer | @B1 leader
    row("GET /api/v1/programmes",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 200 | 200 200 | 200"),
    row("GET /api/v1/programmes?under={A}&unit_id={A}&document_id={resolution_of_D}&status=draft,issued&year=2023",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_drafted}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{absent}",
        "401 401 401 | 403 | 403 404 404 404 404 404 | 403 404 404 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_drafted}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_drafted}/items",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programme-items/{item_drafted}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programme-items/{item_drafted}/history",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_sent}/comments?revision=1&round=1&unanswered=true&item_id={item_drafted}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programme-comments/{comment_of_D}",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_kept}/versions",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_kept}/versions/1",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_kept}/diff?from=1&to=2",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/programmes/{programme_drafted}/likeness?limit=5",
        "401 401 401 | 403 | 403 200 200 200 200 200 | 403 200 200 | 403 404 | 404 404 | 404"),
    row("GET /api/v1/adoption-rules",
        "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200"),
    row("POST /api/v1/adoption-rules",
        "401 401 401 | 201 | 403 403 403 403 403 403 | 403 403 403 | 403 403 | 403 403 | 403")
        .body(r#"{"level": "commune", "origin": "party", "from_on": "2024-01-01", "body": "members_conference",
            "vote_required": true, "more_than": {"num": 2, "den": 3}, "source": "Hướng dẫn mới"}"#).effect("root", 1),
    row("POST /api/v1/programmes",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 403 422 | 403 403 | 422")
        .body(r#"{"unit_id": "{A}", "title": "Chương trình hành động về chuyển đổi số", "type": "CTr", "year": 2023,
            "parents": [{"document_id": "{resolution_of_D}", "relation": "implements"}],
            "drafting_body": "Văn phòng Đảng ủy"}"#).effect("officer@A", 1),
    row("PATCH /api/v1/programmes/{programme_drafted}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"title": "Kế hoạch", "type": "KH", "year": 2024, "drafting_body": "Ban Tuyên giáo", "parents": []}"#)
        .effect("officer@A", 1),
    row("DELETE /api/v1/programmes/{programme_drafted}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_drafted}/items",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 201 201 | 404 404 | 404 404 | 404")
        .body(r#"{"items": [{"text": "Làm đường liên ấp", "class": "key", "priority": 2, "roadmap": [{"title": "Khởi công",
            "due_on": "2024-02-01"}], "resources": {"amount": 150000000, "source": "Ngân sách xã", "people": 12},
            "coordinating_unit_ids": ["{A2}"], "resolution_item_ids": ["{item_of_D}"]}, {"text": "Trồng cây"}]}"#)
        .effect("officer@A", 2),
    row("PATCH /api/v1/programme-items/{item_drafted}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"text": "Vận động toàn dân", "priority": 3, "due_on": "2024-06-30", "class": "breakthrough"}"#)
        .effect("officer@A", 1),
    row("DELETE /api/v1/programme-items/{item_drafted}",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 204 204 | 404 404 | 404 404 | 404").effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_drafted}/submit-for-review",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Trình Ban Thường vụ Đảng ủy"}"#).effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_before_us}/send-to-superior",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Xin ý kiến Huyện ủy"}"#).effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_sent}/comments",
        "401 401 401 | 403 | 403 201 201 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"text": "Bổ sung chỉ tiêu về chuyển đổi số"}"#).effect("officer@D", 1),
    row("POST /api/v1/programmes/{programme_sent}/return-comments",
        "401 401 401 | 403 | 403 200 200 403 403 403 | 403 403 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Đã góp ý xong"}"#).effect("officer@D", 1),
    row("POST /api/v1/programme-comments/{comment_of_D}/answer",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"answer": "accepted", "text": "Tiếp thu, đã bổ sung"}"#).effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_before_us}/revise",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Đã tiếp thu"}"#).effect("officer@A", 1),
    // Adoption and issue are the leaders'.
    row("POST /api/v1/programmes/{programme_before_us}/adopt",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"body": "collective", "adopted_on": "2023-10-12", "eligible": 15, "present": 14, "in_favour": 13,
            "against": 0, "abstained": 1, "note": "Hội nghị Ban Chấp hành lần thứ 12"}"#).effect("leader@A", 1),
    // The document registered and issued, the task of its one item, the programme.
    row("POST /api/v1/programmes/{programme_adopted}/issue",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"issued_on": "2023-10-14", "number_text": "05-CTr/ĐU"}"#).effect("leader@A", 4),
    row("POST /api/v1/programmes/{programme_issued}/start",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 200 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Triển khai"}"#).effect("officer@A", 1),
    row("POST /api/v1/programmes/{programme_executing}/amend",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Bổ sung theo kết luận của Ban Thường vụ"}"#).effect("leader@A", 1),
    row("POST /api/v1/programmes/{programme_executing}/review",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Sơ kết giữa nhiệm kỳ"}"#).effect("leader@A", 1),
    row("POST /api/v1/programmes/{programme_reviewed}/close",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Hết thời hạn"}"#).effect("leader@A", 1),
    row("POST /api/v1/programmes/{programme_sent}/return-to-draft",
        "401 401 401 | 403 | 403 403 403 403 403 403 | 403 200 403 | 404 404 | 404 404 | 404")
        .body(r#"{"reason": "Rút lại để hoàn thiện"}"#).effect("leader@A", 1),
];
