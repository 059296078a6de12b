//! The order of reading, pages, what concerns whom, and what was said on a day.

use super::*;

#[actix_web::test]
async fn a_tree_is_read_as_it_is_printed_page_by_page() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "issued").await;
    let whole = ["1 I", "1.1 I.1", "1.2 I.2", "2 II"];
    assert_eq!(told(&world, "viewer@B1", &paper, "").await, whole);
    let more = json!({"items": [
        {"kind": "target", "label": "I.0", "text": "x", "parent_id": made[0], "ordinal": 1},
        {"kind": "target", "label": "I.1.a", "text": "x", "parent_id": made[1]},
    ]});
    world.as_("leader@D").await.post(&items_of(&paper), more).await.expect(201);
    let whole = ["1 I", "1.1 I.0", "1.2 I.1", "1.2.1 I.1.a", "1.3 I.2", "2 II"];
    assert_eq!(told(&world, "viewer@D", &paper, "").await, whole);
    let (viewer, mut all, mut cursor) = (world.as_("viewer@A").await, Vec::new(), String::new());
    loop {
        let page = viewer.get(&format!("{}?limit=2{cursor}", items_of(&paper))).await.expect(200).body;
        all.extend(page["items"].as_array().unwrap().iter().map(spot));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(all, whole);
    assert_eq!(told(&world, "viewer@A", &paper, "?kind=target").await, ["1.1 I.0", "1.2.1 I.1.a"]);
}

#[actix_web::test]
async fn what_concerns_a_unit_is_told_by_its_level_and_kind_and_by_what_stands_above() {
    let world = World::new().await;
    let paper = paper(&world, "issued").await;
    let items = json!({"items": [
        {"kind": "objective", "label": "all", "text": "x"},
        {"kind": "objective", "label": "communes", "text": "x", "levels": ["commune"]},
        {"kind": "target", "label": "below communes", "text": "x", "parent": 1},
        {"kind": "target", "label": "no unit", "text": "x", "parent": 1, "levels": ["branch"]},
        {"kind": "objective", "label": "branches", "text": "x", "levels": ["branch", "commune"], "unit_kinds": ["branch"]},
    ]});
    world.as_("officer@D").await.post(&items_of(&paper), items).await.expect(201);
    let relevant = async |unit: &str, who: &str| {
        told(&world, who, &paper, &format!("?relevant_to={}", world.unit(unit))).await
    };
    assert_eq!(relevant("A", "viewer@D").await, ["1 all", "2 communes", "2.1 below communes"]);
    assert_eq!(relevant("A1", "viewer@D").await, ["1 all", "3 branches"]);
    assert_eq!(relevant("A1", "officer@A1").await, ["1 all", "3 branches"]);
    let strange = format!("{}?relevant_to={}", items_of(&paper), world.unit("B"));
    world.as_("viewer@A").await.get(&strange).await.expect(404);
}

#[actix_web::test]
async fn every_day_is_told_as_it_was() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "issued").await;
    let path = at(&made[1]);
    world.go_to("2023-10-20").await;
    let officer = world.as_("officer@D").await;
    let moved = json!({"label": "one", "parent_id": null, "ordinal": 1, "reason": "Sắp xếp lại"});
    officer.patch(&path, 1, moved).await.expect(200);
    world.go_to("2023-10-25").await;
    let officer = world.as_("officer@D").await;
    officer.delete(&at(&made[2]), 1).await.expect(204);
    add(&world, &paper, &[("III", None)]).await;
    let (first, second, now) = (
        ["1 I", "1.1 I.1", "1.2 I.2", "2 II"].as_slice(),
        ["1 one", "2 I", "2.1 I.2", "3 II"].as_slice(),
        ["1 one", "2 I", "3 II", "4 III"].as_slice(),
    );
    for (day, expected) in [
        ("2023-10-14", [].as_slice()),
        ("2023-10-15", first),
        ("2023-10-19", first),
        ("2023-10-20", second),
        ("2023-10-24", second),
        ("2023-10-25", now),
        ("2024-01-01", now),
    ] {
        assert_eq!(told(&world, "viewer@A1", &paper, &format!("?as_of={day}")).await, expected, "{day}");
    }
    // Every wording under its version, also for readers below; none that there was not.
    let reader = world.as_("viewer@A1").await;
    let label = async |version: i32| {
        reader.get(&format!("{path}?version={version}")).await.expect(200).body["label"].clone()
    };
    assert_eq!((label(1).await, label(2).await), (json!("I.1"), json!("one")));
    for version in [0, 3, -1] {
        reader.get(&format!("{path}?version={version}")).await.expect_problem(404, "not_found");
    }
    reader.get(&at(&made[2])).await.expect(404);
    reader.get(&format!("{}?version=1", at(&made[2]))).await.expect(404);
}

#[actix_web::test]
async fn a_draft_is_taken_apart_out_of_sight_and_seen_once_it_is_issued() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "draft").await;
    let reader = world.as_("viewer@A").await;
    for path in [items_of(&paper), at(&made[0]), format!("{}/history", at(&made[0]))] {
        reader.get(&path).await.expect(404);
        world.as_("viewer@D").await.get(&path).await.expect(200);
    }
    world
        .as_("officer@D")
        .await
        .post(&format!("/api/v1/documents/{paper}/issue"), json!({}))
        .await
        .expect(200);
    assert_eq!(told(&world, "viewer@A", &paper, "").await.len(), 4);
    // The feed tells a unit below of the items, too.
    let feed = async |who: &str| {
        let path = "/api/v1/changes?kinds=resolution_item";
        let mut found = ids(&world.as_(who).await.get(path).await.expect(200).body);
        found.sort();
        found
    };
    world.seal().await;
    let mut all = made;
    all.sort();
    assert_eq!(feed("viewer@A1").await, all);
    assert_eq!(feed("viewer@D").await, all);
}

#[actix_web::test]
async fn with_its_document_an_item_goes_out_of_sight() {
    let world = World::new().await;
    let (paper, made) = resolution(&world, "draft").await;
    let officer = world.as_("officer@D").await;
    officer.delete(&format!("/api/v1/documents/{paper}"), 1).await.expect(204);
    officer.get(&at(&made[0])).await.expect(404);
    officer.get(&items_of(&paper)).await.expect(404);
    officer.patch(&at(&made[0]), 1, json!({"label": "x"})).await.expect(404);
}
