//! Units as they were, and lists of many.

use super::{PATH, at, codes};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_name_counts_from_its_day() {
    let world = World::new().await;
    let root = world.root().await;
    let path = at(&world, "A");
    let rename = |name: &str, on: &str| json!({"name": name, "effective_on": on});
    root.patch(&path, 1, rename("Tên hai", "2023-03-01")).await.expect(200);
    root.patch(&path, 2, rename("Tên ba", "2023-06-01")).await.expect(200);
    root.patch(&path, 3, rename("Tên ba sửa", "2023-06-01")).await.expect(200);
    let out_of_order = root.patch(&path, 4, rename("Tên", "2023-05-31")).await.expect(422);
    assert_eq!(out_of_order.faults(), ["#/effective_on out_of_order"]);
    let future = root.patch(&path, 4, rename("Tên", "2023-10-16")).await.expect(422);
    assert_eq!(future.faults(), ["#/effective_on in_future"]);
    for (day, name) in [
        ("1999-01-01", "Đơn vị A"),
        ("2023-02-28", "Đơn vị A"),
        ("2023-03-01", "Tên hai"),
        ("2023-05-31", "Tên hai"),
        ("2023-06-01", "Tên ba sửa"),
        ("2024-01-01", "Tên ba sửa"),
    ] {
        let then = root.get(&format!("{path}?as_of={day}")).await.expect(200);
        assert_eq!(then.body["name"], name, "{day}");
        let list = root.get(&format!("{PATH}?as_of={day}&q={}", "ten")).await.expect(200);
        assert_eq!(codes(&list).contains(&"A"), name != "Đơn vị A", "{day}");
    }
    let history = root.get(&format!("{path}/history")).await.expect(200);
    let lines: Vec<(&Value, &Value)> = history.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| (&e["kind"], &e["changes"]["effective_on"][1]))
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0].0, "org_unit.created");
    assert_eq!(lines[1], (&json!("org_unit.changed"), &json!("2023-03-01")));
}

#[actix_web::test]
async fn a_unit_is_not_there_before_its_first_day() {
    let world = World::new().await;
    let root = world.root().await;
    let body = |on: &str| {
        json!({"code": "X", "name": "Chi bộ trẻ", "level": "branch", "kind": "branch",
            "parent_id": world.unit("A"), "valid_from": on})
    };
    assert_eq!(root.post(PATH, body("2023-10-16")).await.expect(422).faults(), ["#/valid_from in_future"]);
    assert_eq!(root.post(PATH, body("2023-02-29")).await.expect(400).faults(), ["#/valid_from malformed"]);
    let id = root.post(PATH, body("2022-05-19")).await.expect(201).id();
    for (day, there) in [("2022-05-18", false), ("2022-05-19", true), ("2023-10-15", true)] {
        let shown = root.get(&format!("{PATH}/{id}?as_of={day}")).await;
        assert_eq!(shown.status, if there { 200 } else { 404 }, "{day}");
        let list = root.get(&format!("{PATH}?as_of={day}&under={}", world.unit("A"))).await.expect(200);
        assert_eq!(codes(&list).contains(&"X"), there, "{day}");
    }
    let early = json!({"name": "x", "effective_on": "2022-05-18"});
    let refused = root.patch(&format!("{PATH}/{id}"), 1, early).await.expect(422);
    assert_eq!(refused.faults(), ["#/effective_on out_of_order"]);
}

#[actix_web::test]
async fn a_moved_unit_is_found_below_each_parent_on_its_days() {
    let world = World::new().await;
    let root = world.root().await;
    let moved = json!({"parent_id": world.unit("B1"), "effective_on": "2023-07-01"});
    let now = root.patch(&at(&world, "A2"), 1, moved).await.expect(200);
    assert_eq!(now.body["depth"], 3);
    for (day, parent, depth) in [("2023-06-30", "A", 2), ("2023-07-01", "B1", 3)] {
        let then = root.get(&format!("{}?as_of={day}", at(&world, "A2"))).await.expect(200);
        assert_eq!(then.body["parent_id"].as_str(), Some(world.unit(parent).as_str()));
        assert_eq!(then.body["depth"], depth);
        let children =
            root.get(&format!("{PATH}?as_of={day}&parent_id={}", world.unit(parent))).await.expect(200);
        assert!(codes(&children).contains(&"A2"), "{day}");
        let other = if parent == "A" { "B" } else { "A" };
        let below = root.get(&format!("{PATH}?as_of={day}&under={}", world.unit(other))).await.expect(200);
        assert!(!codes(&below).contains(&"A2"), "{day}");
    }
    let above = root.get(&format!("{}/ancestors", at(&world, "A2"))).await.expect(200);
    assert_eq!(codes(&above), ["D", "B", "B1"]);
}

#[actix_web::test]
async fn three_hundred_units_page_by_page() {
    let world = World::new().await;
    let root = world.root().await;
    for n in 0..300 {
        let body = json!({"code": format!("ấp-{n:03}"), "name": format!("Chi bộ ấp {n}"), "level": "branch",
            "kind": "branch", "parent_id": world.unit(if n % 2 == 0 { "A" } else { "B" })});
        root.post(PATH, body).await.expect(201);
    }
    let viewer = world.as_("viewer@D").await;
    for (query, size) in [("", 306), ("&level=branch", 303), ("&as_of=2023-10-15", 306), ("&q=ap", 300)] {
        let (mut met, mut cursor): (Vec<String>, _) = (Vec::new(), String::new());
        loop {
            let page = viewer.get(&format!("{PATH}?limit=47{query}{cursor}")).await.expect(200);
            met.extend(codes(&page).into_iter().map(str::to_owned));
            match page.body["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        assert!(met.is_sorted_by(|a, b| a < b), "{query}: in order, none twice");
        assert_eq!(met.len(), size, "{query}");
        let other = viewer.get(&format!("{PATH}?limit=47&kind=other{cursor}")).await.expect(400);
        assert_eq!(other.faults(), ["cursor cursor_mismatch"]);
    }
    let mine = world.as_("viewer@A").await.get(&format!("{PATH}?limit=200")).await.expect(200);
    assert_eq!(codes(&mine).len(), 154);
}

#[actix_web::test]
async fn a_search_knows_no_marks() {
    let world = World::new().await;
    let root = world.root().await;
    let body = json!({"code": "MCB-28915", "name": "Đảng ủy xã Phước Mỹ Trung", "short_name": "ĐU PMT",
        "level": "commune", "kind": "party_committee", "parent_id": world.unit("D")});
    root.post(PATH, body).await.expect(201);
    let viewer = world.as_("viewer@D").await;
    for as_of in ["", "&as_of=2023-10-15"] {
        for q in ["phuoc my", "PHƯỚC MỸ", "phước mỹ", "dang uy xa", "28915", "mcb-28915", "du pmt", "Uỷ xã"]
        {
            let found = viewer.get(&format!("{PATH}?q={}{as_of}", encoded(q))).await.expect(200);
            assert_eq!(codes(&found), ["MCB-28915"], "{q} {as_of}");
        }
        for q in ["phuoc trung", "xyz"] {
            let found = viewer.get(&format!("{PATH}?q={}{as_of}", encoded(q))).await.expect(200);
            assert_eq!(codes(&found), [""; 0], "{q}");
        }
        for (query, fault) in
            [("level=ward", "level unknown_value"), ("kind=club,branch", "kind unknown_value")]
        {
            let refused = viewer.get(&format!("{PATH}?{query}{as_of}")).await.expect(422);
            assert_eq!(refused.faults(), [fault]);
        }
    }
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
