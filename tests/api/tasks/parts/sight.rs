//! What a coordinating unit sees of the task, and that no figure counts its part.

use super::{ids, on, part};
use crate::{
    events::settle,
    harness::World,
    tasks::{given, run},
};
use serde_json::{Value, json};

#[actix_web::test]
async fn who_takes_part_sees_the_task_and_no_more() {
    let world = World::new().await;
    let (task, other) = (given(&world, json!({})).await, given(&world, json!({})).await);
    let path = format!("/api/v1/tasks/{task}");
    for who in ["leader@B", "officer@B", "viewer@B", "leader@B1"] {
        world.as_(who).await.get(&path).await.expect(404);
    }
    let id = part(&world, &task, "B", json!({})).await.expect(201).id();
    let leader = world.as_("leader@B").await;
    let seen = leader.get(&path).await.expect(200).body;
    let actions = seen["actions"].as_array().unwrap();
    assert!(!actions.is_empty() && actions.iter().all(|a| a["allowed"] == false && a["because"] == "role"));
    assert_eq!(
        seen["unit"],
        json!({"id": world.unit("A"), "code": "A", "name": "Đơn vị A", "level": "commune"})
    );
    for sub in ["history", "parts", "progress-reports", "milestones", "extensions", "clarity"] {
        leader.get(&format!("{path}/{sub}")).await.expect(200);
    }
    // The lead unit itself stays what it was: a stranger. And the branches of B take no part.
    leader.get(&format!("/api/v1/org-units/{}", world.unit("A"))).await.expect(404);
    leader.get(&format!("/api/v1/tasks/{other}")).await.expect(404);
    world.as_("leader@B1").await.get(&path).await.expect(404);
    leader.patch(&path, 1, json!({"title": "x"})).await.expect(403);
    let refused = leader.patch(&format!("{path}/parts/{id}"), 1, json!({"due_on": null})).await.expect(403);
    assert_eq!(refused.code(), "forbidden");
    // In lists: among all, by who takes part, by who leads; not under the own unit.
    let list = async |query: String| leader.get(&format!("/api/v1/tasks?{query}")).await.expect(200);
    for (query, found) in [
        (String::new(), true),
        (format!("coordinating_unit_id={}", world.unit("B")), true),
        (format!("unit_id={}", world.unit("A")), true),
        (format!("coordinating_unit_id={}", world.unit("B1")), false),
        (format!("unit_id={}", world.unit("B")), false),
        (format!("under={}", world.unit("B")), false),
    ] {
        let expected: &[&str] = if found { &[&task] } else { &[] };
        assert_eq!(ids(&list(query.clone()).await), expected, "{query}");
    }
    let brief = list("fields=id,parts".into()).await.body;
    assert_eq!(brief["items"][0]["parts"][0]["unit"]["code"], "B");
    assert!(list(String::new()).await.body["items"][0].get("parts").is_none());
    let found = leader.get("/api/v1/search?q=bao%20hiem%20y%20te").await.expect(200);
    assert_eq!(ids(&found), [&task]);
    // The same of a day gone by, by who takes part now.
    world.go_to("2023-10-20").await;
    let leader = world.as_("leader@B").await;
    for (query, found) in [
        (String::new(), true),
        (format!("&coordinating_unit_id={}", world.unit("B")), true),
        (format!("&unit_id={}", world.unit("A")), true),
        (format!("&unit_id={}", world.unit("B")), false),
        (format!("&under={}", world.unit("B")), false),
    ] {
        let expected: &[&str] = if found { &[&task] } else { &[] };
        let page = leader.get(&format!("/api/v1/tasks?as_of=2023-10-15{query}")).await.expect(200);
        assert_eq!(ids(&page), expected, "{query}");
    }
    let at = format!("/api/v1/tasks?coordinating_unit_id={}", world.unit("B"));
    for more in ["", "&as_of=2023-10-15"] {
        assert_eq!(ids(&world.as_("leader@A").await.get(&format!("{at}{more}")).await.expect(200)), [&task]);
    }
    // Gone with the part.
    world.as_("leader@D").await.delete(&format!("{path}/parts/{id}"), 1).await.expect(204);
    leader.get(&path).await.expect(404);
}

#[actix_web::test]
async fn a_part_counts_in_no_figure() {
    let world = World::new().await;
    let tasks = [given(&world, json!({"due_on": "2023-10-01"})).await, given(&world, json!({})).await];
    let figures = async || {
        let mut all = Vec::new();
        for (who, unit) in [("leader@D", "D"), ("leader@D", "A"), ("leader@D", "B"), ("leader@B", "B")] {
            for path in [
                "task-rollup?by=descendants&explain=true",
                "overdue?explain=true",
                "ranking?level=branch&measure=done_pct",
            ] {
                let path = format!("/api/v1/reports/{path}&unit_id={}", world.unit(unit));
                all.push((path.clone(), world.as_(who).await.get(&path).await.expect(200).body));
            }
        }
        all
    };
    settle(&world).await;
    let before = figures().await;
    for task in &tasks {
        let id = part(&world, task, "B", json!({"due_on": "2023-09-30"})).await.expect(201).id();
        part(&world, task, "B1", json!({"due_on": null})).await.expect(201);
        let report = json!({"progress": 90, "reported_on": "2023-10-14"});
        on(&world, "officer@B", task, &id, "progress-reports", report).await.expect(201);
    }
    settle(&world).await;
    for (now, then) in figures().await.iter().zip(&before) {
        assert_eq!(now, then);
    }
}

#[actix_web::test]
async fn the_feed_tells_who_takes_part_and_that_it_no_longer_does() {
    let world = World::new().await;
    let (task, other) = (given(&world, json!({})).await, given(&world, json!({})).await);
    part(&world, &other, "A1", json!({})).await.expect(201);
    let told = async |who: &str, query: &str| -> Vec<String> {
        settle(&world).await;
        let page = world
            .as_(who)
            .await
            .get(&format!("/api/v1/changes?limit=200&kinds=task{query}"))
            .await
            .expect(200);
        let items = page.body["items"].as_array().unwrap();
        items
            .iter()
            .map(|item| format!("{} {}", item["event"].as_str().unwrap(), item["id"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(told("viewer@B", "").await, [""; 0]);
    let id = part(&world, &task, "B", json!({})).await.expect(201).id();
    let line = |event: &str| format!("task.{event} {task}");
    assert_eq!(told("viewer@B", "").await, [line("assigned"), line("part_added")]);
    assert_eq!(told("viewer@B1", "").await, [""; 0]);
    assert_eq!(told("viewer@B", &format!("&under={}", world.unit("B"))).await, [""; 0]);
    run(&world, "officer@A", &task, "start", json!({})).await.expect(200);
    on(&world, "officer@B", &task, &id, "progress-reports", json!({"progress": 10})).await.expect(201);
    let all = ["assigned", "part_added", "started", "part_reported"].map(line);
    assert_eq!(told("viewer@B", "").await, all);
    world.as_("leader@A").await.delete(&format!("/api/v1/tasks/{task}/parts/{id}"), 2).await.expect(204);
    run(&world, "officer@A", &task, "submit", json!({})).await.expect(200);
    // Nothing of the task any more but that it is gone; it is not for those who still see it.
    assert_eq!(told("viewer@B", "").await, [line("part_removed")]);
    for (who, gone) in [("viewer@B", true), ("viewer@A", false)] {
        let page = world.as_(who).await.get("/api/v1/changes?limit=200&kinds=task").await.expect(200).body;
        let removed = |item: &&Value| item["event"] == "task.part_removed";
        let item = page["items"].as_array().unwrap().iter().find(removed).unwrap().clone();
        assert_eq!(item["deleted"], gone, "{who}");
    }
}

#[actix_web::test]
async fn responsibility_is_unclear_while_a_part_says_not_what_or_until_when() {
    let world = World::new().await;
    let task = given(
        &world,
        json!({"description": "Rà soát từng hộ", "lead_individual": "Phó Bí thư Thường trực",
        "expected_product": "Danh sách hộ"}),
    )
    .await;
    let (path, leader) = (format!("/api/v1/tasks/{task}"), world.as_("leader@A").await);
    let missing = async || leader.get(&format!("{path}/clarity")).await.expect(200).body["missing"].clone();
    let listed = async |unclear: bool, day: &str| {
        let page =
            leader.get(&format!("/api/v1/tasks?fields=id,clarity&unclear={unclear}{day}")).await.expect(200);
        page.body["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|t| t["clarity"]["clear"].clone())
            .collect::<Vec<_>>()
    };
    let id = part(&world, &task, "B", json!({})).await.expect(201).id();
    part(&world, &task, "A1", json!({})).await.expect(201);
    assert_eq!(missing().await, json!([]));
    let one = format!("{path}/parts/{id}");
    for (version, patch, label) in [
        (1, json!({"due_on": null}), "thời hạn cho phần việc"),
        (2, json!({"description": null}), "nội dung và thời hạn"),
        (3, json!({"due_on": "2023-11-30"}), "nội dung phần việc"),
    ] {
        leader.patch(&one, version, patch).await.expect(200);
        let found = missing().await;
        assert_eq!(found.as_array().unwrap().len(), 1, "{found}");
        assert_eq!((&found[0]["point"], &found[0]["field"]), (&json!("responsibility"), &json!("parts")));
        assert!(found[0]["label_vi"].as_str().unwrap().contains(label), "{found}");
        assert_eq!((listed(true, "").await, listed(false, "").await), (vec![json!(false)], vec![]));
    }
    world.go_to("2023-10-20").await;
    let leader = world.as_("leader@A").await;
    let past = async |unclear: bool| {
        let path = format!("/api/v1/tasks?fields=id,clarity&unclear={unclear}&as_of=2023-10-15");
        leader.get(&path).await.expect(200).body["items"].as_array().unwrap().len()
    };
    assert_eq!((past(true).await, past(false).await), (1, 0));
    leader.patch(&one, 4, json!({"description": "Cử cán bộ"})).await.expect(200);
    assert_eq!((past(true).await, past(false).await), (0, 1));
}
