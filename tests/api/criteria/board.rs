//! The board: totals, what must be held, pages, explanations and tags.

use super::*;

#[actix_web::test]
async fn the_board_counts_units_and_criteria_and_explains_itself() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    for criterion in ["c1", "c2", "c3"] {
        meet(&world, "A", &set, criterion).await;
    }
    meet(&world, "B", &set, "c2").await;
    say(&world, "officer@B", &set, "c3", "met", json!({})).await.expect(201);
    let shown = board(&world, &set, "explain=true").await;
    assert_eq!(told(&shown), ["A 3/3 lost 0", "B 1/3 lost 0"]);
    let total = &shown["total"];
    assert_eq!((&total["units"], &total["complete"], &total["awaiting"]), (&json!(2), &json!(1), &json!(1)));
    assert_eq!(total["met_pct"], json!({"num": 4, "den": 6, "value": 66.67}));
    let words: Vec<&str> =
        shown["criteria"].as_array().unwrap().iter().map(|one| one["words"].as_str().unwrap()).collect();
    assert_eq!(words, ["1/2 đơn vị đạt", "2/2 đơn vị đạt", "1/2 đơn vị đạt"]);
    for figure in shown["explain"]["measures"].as_array().unwrap() {
        let (name, num) = (figure["measure"].as_str().unwrap(), &figure["num"]["value"]);
        let told = if name.ends_with("_pct") { &total[name]["num"] } else { &total[name] };
        assert_eq!(num, told, "{name}");
        if let Some(url) = figure["num"]["records_url"].as_str() {
            let page = world.as_("viewer@D").await.get(url).await.expect(200).body;
            assert_eq!(&json!(page["items"].as_array().unwrap().len()), num, "{name}");
        }
    }
    // A commune reads its own line alone.
    let path = format!("/api/v1/reports/criteria-board?set_id={set}");
    let own = world.as_("viewer@A").await.get(&path).await.expect(200).body;
    assert_eq!(told(&own), ["A 3/3 lost 0"]);
    let english = world.as_("viewer@A").await.with("accept-language", "en").get(&path).await.expect(200).body;
    assert_eq!(english["rows"][0]["words"], "3 of 3 criteria met");
}

#[actix_web::test]
async fn what_must_be_held_is_flagged_when_it_is_not() {
    let world = World::new().await;
    let set = set(&world, json!({})).await;
    for criterion in ["c1", "c2"] {
        meet(&world, "A", &set, criterion).await;
    }
    let rule =
        json!({"set_id": set, "unit_id": world.unit("A"), "group": "dbscl", "must_hold": ["c1", "c2"]});
    let path = "/api/v1/criteria-unit-rules";
    world.as_("leader@A").await.post(path, rule.clone()).await.expect_problem(403, "forbidden");
    let laid = world.as_("leader@D").await.post(path, rule).await.expect(201).body;
    assert_eq!((&laid["from_on"], &laid["by_unit"]["code"]), (&json!("2023-10-15"), &json!("D")));
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!((&row["group"], &row["not_held"]), (&json!("dbscl"), &json!([])));
    world.go_to("2023-10-20").await;
    find(&world, "A", &set, "c2", "nearly_met", json!({"reason": "Đường hỏng"})).await.expect(201);
    let shown = board(&world, &set, "").await;
    assert_eq!(shown["rows"][0]["not_held"], json!([{"no": 2, "code": "c2", "name": "Giao thông"}]));
    assert_eq!((&shown["total"]["not_holding"], &shown["total"]["with_lost"]), (&json!(1), &json!(1)));
    assert_eq!(board(&world, &set, "as_of=2023-10-19").await["total"]["not_holding"], 0);
    let lighter = json!({"set_id": set, "unit_id": world.unit("A"), "must_hold": ["c1"]});
    world.as_("leader@D").await.post(path, lighter).await.expect(201);
    let row = &board(&world, &set, "").await["rows"][0];
    assert_eq!((&row["group"], &row["not_held"]), (&Value::Null, &json!([])));
    let list = format!("{path}?set_id={set}&under={}", world.unit("A"));
    assert_eq!(
        world.as_("viewer@D").await.get(&list).await.expect(200).body["items"].as_array().unwrap().len(),
        2
    );
}

#[actix_web::test]
async fn the_board_is_paged_and_tagged() {
    let world = World::new().await;
    let own = set(&world, json!({})).await;
    let path = format!("/api/v1/reports/criteria-board?set_id={own}&limit=1");
    let viewer = world.as_("viewer@D").await;
    // While an older transaction of the server is open, the tag may change without need.
    crate::events::settle(&world).await;
    let first = viewer.get(&path).await.expect(200);
    assert_eq!(told(&first.body), ["A 0/3 lost 0"]);
    assert_eq!(first.body["total"]["units"], 2);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    let second = viewer.get(&format!("{path}&cursor={cursor}")).await.expect(200).body;
    assert_eq!((told(&second), &second["next_cursor"]), (vec!["B 0/3 lost 0".to_owned()], &Value::Null));
    let known = world.as_("viewer@D").await.with("if-none-match", first.header("etag"));
    known.get(&path).await.expect(304);
    say(&world, "officer@A", &own, "c1", "met", json!({})).await.expect(201);
    known.get(&path).await.expect(200);
    // What the admin of the instance changes under no root is seen too.
    let now = viewer.get(&path).await.expect(200);
    let body = json!({"code": "qg", "name": "Quốc gia", "level": "commune", "achievement": "advanced",
        "legal_basis": "Quyết định", "first_year": 2021, "last_year": 2025});
    world.root().await.post("/api/v1/criteria-sets", body).await.expect(201);
    world.as_("viewer@D").await.with("if-none-match", now.header("etag")).get(&path).await.expect(200);
    viewer.get(&format!("/api/v1/reports/criteria-board?set_id={}", world.unit("A"))).await.expect(404);
}
