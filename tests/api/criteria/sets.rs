//! Sets: what is shipped, who writes them, and that content in force is frozen.

use super::*;

#[actix_web::test]
async fn what_is_shipped_is_what_the_sources_say() {
    let world = World::new().await;
    let shown =
        world.as_("viewer@A").await.get(&format!("/api/v1/criteria-sets/{NTM}")).await.expect(200).body;
    let criteria = shown["criteria"].as_array().unwrap();
    assert_eq!((criteria.len(), &shown["status"], &shown["unit"]), (19, &json!("in_force"), &Value::Null));
    assert_eq!(criteria[9]["name"], "Thu nhập");
    // No threshold was guessed.
    assert!(criteria.iter().all(|one| one["sub_criteria"] == json!([])));
    let page = world
        .as_("viewer@A")
        .await
        .get("/api/v1/criteria-sets?level=commune,district")
        .await
        .expect(200)
        .body;
    let all = page["items"].as_array().unwrap();
    let told: Vec<String> = all
        .iter()
        .map(|set| {
            let n = set["criteria"].as_array().unwrap().len();
            format!("{} {} {n}", set["code"].as_str().unwrap(), set["status"].as_str().unwrap())
        })
        .collect();
    let mut told = told;
    told.sort();
    let expected = [
        "ntm-huyen-2021-2025 draft 9",
        "ntm-nang-cao-xa-2021-2025 draft 0",
        "ntm-xa-2016-2020 draft 1",
        "ntm-xa-2021-2025 in_force 19",
        "ntm-xa-2026-2030 in_force 10",
    ];
    assert_eq!(told, expected);
    let old = all.iter().find(|set| set["code"] == "ntm-xa-2016-2020").unwrap();
    let thresholds = old["criteria"][0]["sub_criteria"][0]["thresholds"].as_array().unwrap();
    assert_eq!((thresholds.len(), &thresholds[7]["value"]), (8, &json!(50)));
    assert_eq!(old["unit_groups"].as_array().unwrap().len(), 7);
}

#[actix_web::test]
async fn a_draft_is_completed_issued_and_frozen() {
    let world = World::new().await;
    let made = set_of(&world, json!({"criteria": []})).await.expect(201);
    let path = format!("/api/v1/criteria-sets/{}", made.id());
    let leader = world.as_("leader@D").await;
    // A draft of above is nobody's business below.
    world.as_("leader@A").await.get(&path).await.expect(404);
    let empty = leader.post(&format!("{path}/issue"), json!({})).await;
    empty.expect_problem(409, "invalid_state");
    let patch = json!({"criteria": [{"no": 1, "code": "c1", "name": "Quy hoạch"}], "note": "Tạm"});
    let changed = leader.patch(&path, 1, patch.clone()).await.expect(200).body;
    assert_eq!((&changed["version"], &changed["criteria"][0]["code"]), (&json!(2), &json!("c1")));
    leader.patch(&path, 2, patch.clone()).await.expect(200);
    leader.patch(&path, 1, json!({"note": null})).await.expect_problem(412, "stale_version");
    let issued = leader.post(&format!("{path}/issue"), json!({})).await.expect(200).body;
    assert_eq!((&issued["status"], &issued["effective_on"]), (&json!("in_force"), &json!("2023-10-15")));
    leader.patch(&path, 3, json!({"note": "Khác"})).await.expect_problem(409, "invalid_state");
    leader.post(&format!("{path}/issue"), json!({})).await.expect_problem(409, "invalid_state");
    assert_eq!(
        world.as_("leader@A").await.get(&path).await.expect(200).body["actions"][0]["because"],
        "role"
    );
    let history = leader.get(&format!("{path}/history")).await.expect(200).body;
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["criteria_set.created", "criteria_set.changed", "criteria_set.issued"]);
}

#[actix_web::test]
async fn another_content_is_another_version_under_which_units_begin_anew() {
    let world = World::new().await;
    let first = set(&world, json!({})).await;
    meet(&world, "A", &first, "c1").await;
    set_of(&world, json!({})).await.expect_problem(409, "already_exists");
    let more = json!({"replaces_id": first, "criteria": null, "name": "Bản sửa đổi"});
    let next = set_of(&world, more).await.expect(201);
    assert_eq!((&next.body["revision"], next.body["criteria"].as_array().unwrap().len()), (&json!(2), 3));
    let path = format!("/api/v1/criteria-sets/{}", next.id());
    let leader = world.as_("leader@D").await;
    let early = leader.post(&format!("{path}/issue"), json!({"effective_on": "2023-01-01"})).await;
    early.expect_fault(422, "/effective_on", "out_of_order");
    let before = world.events().await;
    leader.post(&format!("{path}/issue"), json!({"effective_on": "2023-10-10"})).await.expect(200);
    assert_eq!(world.events().await - before, 2);
    let old = leader.get(&format!("/api/v1/criteria-sets/{first}")).await.expect(200).body;
    assert_eq!((&old["status"], &old["replaced_on"]), (&json!("replaced"), &json!("2023-10-10")));
    let late = say(&world, "officer@A", &first, "c2", "met", json!({})).await;
    late.expect_fault(422, "/set_id", "not_permitted_here");
    say(&world, "officer@A", &first, "c2", "met", json!({"assessed_on": "2023-10-09"})).await.expect(201);
    assert_eq!(told(&board(&world, &first, "").await), ["A 1/3 lost 0", "B 0/3 lost 0"]);
    assert_eq!(told(&board(&world, &next.id(), "").await), ["A 0/3 lost 0", "B 0/3 lost 0"]);
}

#[actix_web::test]
async fn the_sets_of_the_instance_are_its_admins() {
    let world = World::new().await;
    let body = json!({"code": "qg", "name": "Bộ tiêu chí quốc gia", "level": "commune", "achievement": "advanced",
        "legal_basis": "Quyết định của Thủ tướng", "first_year": 2021, "last_year": 2025, "requires_id": NTM,
        "criteria": [{"no": 1, "code": "n1", "name": "Quy hoạch"}]});
    let path = "/api/v1/criteria-sets";
    world.as_("leader@A").await.post(path, body.clone()).await.expect_problem(403, "forbidden");
    world.as_("admin@D").await.post(path, body.clone()).await.expect_problem(403, "forbidden");
    let root = world.root().await;
    let made = root.post(path, body.clone()).await.expect(201);
    assert_eq!(made.body["unit_id"], Value::Null);
    let one = format!("{path}/{}", made.id());
    world
        .as_("leader@D")
        .await
        .patch(&one, 1, json!({"name": "Khác"}))
        .await
        .expect_problem(403, "forbidden");
    let own = set_of(&world, json!({})).await.expect(201).id();
    let strange = root.patch(&format!("{path}/{own}"), 1, json!({"name": "Khác"})).await;
    strange.expect_problem(403, "forbidden");
    // The same code may be used by another owner.
    set_of(&world, json!({"code": "qg"})).await.expect(201);
    root.post(path, body).await.expect_problem(409, "already_exists");
}
