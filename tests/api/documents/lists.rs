//! Who reads which papers, and in which order.

use super::{PATH, at, paper, register, titles};
use crate::harness::World;
use serde_json::{Value, json};
use tiendo::ids::Id;

#[actix_web::test]
async fn papers_of_the_own_line_are_read_and_no_others() {
    let world = World::new().await;
    let of_d = register(&world, "officer@D", "D", json!({})).await;
    let draft_of_d = register(&world, "officer@D", "D", json!({"status": "draft"})).await;
    let of_a = register(&world, "officer@A", "A", json!({})).await;
    let draft_of_a1 = register(&world, "officer@A1", "A1", json!({"status": "draft"})).await;
    let of_b = register(&world, "officer@B", "B", json!({})).await;
    for (who, sees, not) in [
        ("viewer@A", vec![&of_d, &of_a, &draft_of_a1], vec![&draft_of_d, &of_b]),
        ("service@A1", vec![&of_d, &of_a, &draft_of_a1], vec![&draft_of_d, &of_b]),
        ("inspector@D", vec![&of_d, &draft_of_d, &of_a, &draft_of_a1, &of_b], vec![]),
        ("officer@B1", vec![&of_d, &of_b], vec![&draft_of_d, &of_a, &draft_of_a1]),
    ] {
        let caller = world.as_(who).await;
        let list = caller.get(PATH).await.expect(200);
        assert_eq!(list.body["items"].as_array().unwrap().len(), sees.len(), "{who}");
        for id in sees {
            for more in ["", "/lineage", "/history"] {
                caller.get(&format!("{}{more}", at(id))).await.expect(200);
            }
        }
        let absent = caller.get(&at(&Id::new().to_string())).await.expect(404);
        for id in not {
            for more in ["", "/lineage", "/history", "?fields=content"] {
                let foreign = caller.get(&format!("{}{more}", at(id))).await.expect(404);
                assert_eq!(foreign.body["code"], absent.body["code"], "{who} {more}");
            }
        }
    }
    assert_eq!(world.as_("admin@D").await.get(PATH).await.expect(403).code(), "forbidden");
    assert_eq!(world.root().await.get(&at(&of_d)).await.expect(403).code(), "forbidden");
}

#[actix_web::test]
async fn below_the_depth_of_detail_only_inspectors_read_on() {
    let mut world = World::new().await;
    world.add_unit("A1x", "branch", "branch", "A1").await;
    let deep = register(&world, "leader@A", "A1x", json!({})).await;
    world.as_("leader@A1x").await.get(&at(&deep)).await.expect(200);
    world.as_("leader@D").await.get(&at(&deep)).await.expect(404);
    assert_eq!(titles(&world.as_("leader@D").await.get(PATH).await.expect(200)), [""; 0]);
    world.as_("inspector@D").await.get(&at(&deep)).await.expect(200);
    let refused = world.as_("leader@D").await.post(PATH, paper(&world, "A1x", json!({}))).await;
    assert_eq!(refused.expect(422).faults(), ["#/issuer_unit_id not_permitted_here"]);
}

#[actix_web::test]
async fn lists_are_narrowed_and_ordered() {
    let world = World::new().await;
    for (who, unit, more) in [
        (
            "officer@D",
            "D",
            json!({"title": "Nghị quyết Đại hội", "issued_on": "2023-03-01", "number_text": "7-NQ/HU"}),
        ),
        ("officer@D", "D", json!({"title": "Chỉ thị hè", "type": "CT", "issued_on": "2023-05-01"})),
        (
            "officer@A",
            "A",
            json!({"title": "Kế hoạch", "type": "KH", "issued_on": "2023-05-01", "abstract": "Thi đua"}),
        ),
        ("officer@A", "A", json!({"title": "Không ngày", "type": "KH"})),
        ("officer@A1", "A1", json!({"title": "Nháp", "type": "KH", "status": "draft"})),
    ] {
        register(&world, who, unit, more).await;
    }
    let viewer = world.as_("viewer@D").await;
    let found = async |query: &str| {
        let answer = viewer.get(&format!("{PATH}?{query}")).await.expect(200);
        titles(&answer).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let (a, d) = (world.unit("A"), world.unit("D"));
    assert_eq!(found("").await, ["Kế hoạch", "Chỉ thị hè", "Nghị quyết Đại hội", "Nháp", "Không ngày"]);
    assert_eq!(
        found("sort=issued_on").await,
        ["Nghị quyết Đại hội", "Chỉ thị hè", "Kế hoạch", "Không ngày", "Nháp"]
    );
    assert_eq!(found("q=dai%20hoi").await, ["Nghị quyết Đại hội"]);
    assert_eq!(found("q=7-nq").await, ["Nghị quyết Đại hội"]);
    assert_eq!(found("q=THI%20%C4%90UA").await, ["Kế hoạch"]);
    assert_eq!(found("q=").await.len(), 5, "nothing in particular");
    assert_eq!(found("type=CT,NQ").await, ["Chỉ thị hè", "Nghị quyết Đại hội"]);
    assert_eq!(found(&format!("issuer_unit_id={a}")).await, ["Kế hoạch", "Không ngày"]);
    assert_eq!(found(&format!("under={a}")).await, ["Kế hoạch", "Nháp", "Không ngày"]);
    assert_eq!(found(&format!("under={d}&status=draft")).await, ["Nháp"]);
    assert_eq!(found("issued_from=2023-05-01").await, ["Kế hoạch", "Chỉ thị hè"]);
    assert_eq!(found("issued_to=2023-04-30").await, ["Nghị quyết Đại hội"]);
    for (query, status, fault) in [
        ("sort=title", 400, "sort not_sortable"),
        ("type=XX", 422, "type unknown_value"),
        ("status=lost", 422, "status unknown_value"),
        ("issued_from=31-02", 400, "issued_from malformed"),
        ("limit=201", 400, "limit limit_out_of_range"),
        ("cursor=abc", 400, "cursor malformed"),
        ("colour=red", 400, "colour unknown_parameter"),
        ("fields=id,colour", 422, "fields unknown_value"),
    ] {
        let refused = viewer.get(&format!("{PATH}?{query}")).await.expect(status);
        assert_eq!(refused.faults(), [fault]);
    }
    let b = world.unit("B");
    world.as_("viewer@A").await.get(&format!("{PATH}?under={b}")).await.expect(404);
    world.as_("viewer@A").await.get(&format!("{PATH}?under={d}")).await.expect(404);
}

#[actix_web::test]
async fn pages_meet_every_document_once() {
    let world = World::new().await;
    for n in 0..23 {
        let day = [json!(null), json!("2023-01-01"), json!("2023-01-02"), json!("2023-02-01")][n % 4].clone();
        register(&world, "officer@D", "D", json!({"title": format!("{n}"), "issued_on": day})).await;
    }
    let viewer = world.as_("viewer@D").await;
    for sort in ["-issued_on", "issued_on"] {
        let whole = viewer.get(&format!("{PATH}?sort={sort}&limit=200")).await.expect(200);
        assert_eq!(whole.body["next_cursor"], Value::Null);
        let mut met: Vec<String> = Vec::new();
        let mut next = format!("{PATH}?sort={sort}&limit=4");
        loop {
            let page = viewer.get(&next).await.expect(200);
            met.extend(titles(&page).into_iter().map(str::to_owned));
            match page.body["next_cursor"].as_str() {
                Some(cursor) => next = format!("{PATH}?sort={sort}&limit=4&cursor={cursor}"),
                None => break,
            }
        }
        assert_eq!(met, titles(&whole));
        assert_eq!(met.len(), 23);
    }
    let page = viewer.get(&format!("{PATH}?limit=4")).await.expect(200);
    let cursor = page.body["next_cursor"].as_str().unwrap();
    let other = viewer.get(&format!("{PATH}?limit=4&type=NQ&cursor={cursor}")).await.expect(400);
    assert_eq!(other.faults(), ["cursor cursor_mismatch"]);
    let somebody = world.as_("viewer@A").await.get(&format!("{PATH}?limit=4&cursor={cursor}")).await;
    assert_eq!(somebody.expect(400).faults(), ["cursor cursor_mismatch"]);
}
