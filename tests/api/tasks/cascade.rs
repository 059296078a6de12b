//! From a clause down to the tasks of branches, and back.

use crate::harness::World;
use serde_json::{Value, json};

/// A resolution of D with an objective and a target below it; A's plan that concretises it and A's
/// amendment of nothing; tasks of A, of its branch A1 and of B that serve the target.
struct Cascade {
    paper: String,
    plan: String,
    objective: String,
    target: String,
    of_a: String,
    of_a1: String,
    of_b: String,
}

async fn document(world: &World, unit: &str, parents: Value) -> String {
    let body =
        json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": "Về y tế", "parents": parents});
    let officer = world.as_(&format!("officer@{unit}")).await;
    officer.post("/api/v1/documents", body).await.expect(201).id()
}

async fn task(world: &World, by: &str, unit: &str, parents: Value) -> String {
    let body = json!({"title": "Vận động tham gia bảo hiểm y tế", "unit_id": world.unit(unit), "class": "key",
        "due_on": "2023-10-10", "parents": parents});
    world.as_(by).await.post("/api/v1/tasks", body).await.expect(201).id()
}

fn serves(kind: &str, id: &str) -> Value {
    json!([{"kind": kind, "id": id}])
}

async fn cascade(world: &World) -> Cascade {
    let paper = document(world, "D", json!([])).await;
    let plan = document(world, "A", json!([{"document_id": paper, "relation": "concretises"}])).await;
    let items = json!({"items": [{"kind": "objective", "text": "Chăm sóc sức khỏe nhân dân."},
        {"kind": "target", "parent": 0, "text": "95% người dân có bảo hiểm y tế."}]});
    let path = format!("/api/v1/documents/{paper}/items");
    let made = world.as_("officer@D").await.post(&path, items).await.expect(201).body;
    let id = |i: usize| made["items"][i]["id"].as_str().unwrap().to_owned();
    let (objective, target) = (id(0), id(1));
    let of_a = task(world, "leader@D", "A", serves("resolution_item", &target)).await;
    let of_a1 = task(world, "leader@A", "A1", serves("task", &of_a)).await;
    let of_b = task(world, "leader@D", "B", serves("resolution_item", &target)).await;
    Cascade { paper, plan, objective, target, of_a, of_a1, of_b }
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

async fn get(world: &World, who: &str, path: &str) -> Value {
    world.as_(who).await.get(&format!("/api/v1/{path}")).await.expect(200).body
}

#[actix_web::test]
async fn what_came_of_a_clause_is_told_down_to_the_branches() {
    let world = World::new().await;
    let all = cascade(&world).await;
    for item in [&all.objective, &all.target] {
        let thread = get(&world, "leader@D", &format!("resolution-items/{item}/thread")).await;
        assert_eq!(thread["item"]["id"], item.as_str());
        assert_eq!(ids(&thread["tasks"]), [&all.of_a, &all.of_a1, &all.of_b]);
        assert_eq!(thread["tasks"][1]["unit"]["code"], "A1");
        assert_eq!(thread["tasks"][1]["parents"], serves("task", &all.of_a));
        assert_eq!(thread["tasks"][0]["status"], "accepted");
        assert_eq!(thread["tasks"][0]["timeliness"], "overdue");
        assert_eq!(ids(&thread["documents"]["nodes"]), [&all.paper, &all.plan]);
        let edge = json!([{"from": all.plan, "to": all.paper, "relation": "concretises"}]);
        assert_eq!(thread["documents"]["edges"], edge);
        assert_eq!(thread["hidden"], json!({"documents": 0, "items": 0, "tasks": 0}));
        assert_eq!(thread["truncated"], false);
    }
}

#[actix_web::test]
async fn the_tasks_that_put_a_document_into_practice_are_found_on_every_way_and_each_once() {
    let world = World::new().await;
    let all = cascade(&world).await;
    let two = json!([{"kind": "document", "id": all.plan}, {"kind": "resolution_item", "id": all.target}]);
    let of_plan = task(&world, "leader@D", "A", two).await;
    let body = json!({"title": "Lập danh sách hộ", "unit_id": world.unit("A1"), "class": "key", "document_id": all.plan});
    let born = world.as_("leader@A").await.post("/api/v1/tasks", body).await.expect(201).id();
    let other = document(&world, "D", json!([])).await;
    task(&world, "leader@D", "A", serves("document", &other)).await;
    let found = async |who: &str, paper: &str, more: &str| {
        let list = get(&world, who, &format!("tasks?under_document_id={paper}&sort=created_at{more}")).await;
        ids(&list["items"]).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let everything = [&all.of_a, &all.of_a1, &all.of_b, &of_plan, &born].map(String::as_str);
    assert_eq!(found("leader@D", &all.paper, "").await, everything);
    assert_eq!(found("leader@D", &all.paper, "&as_of=2023-10-15").await, everything);
    assert!(found("leader@D", &all.paper, "&as_of=2023-10-14").await.is_empty());
    assert_eq!(found("leader@D", &all.plan, "").await, [&*of_plan, &*born]);
    // The task of B is B's own business; the plan of A is unknown to B.
    assert_eq!(found("leader@B", &all.paper, "").await, [&*all.of_b]);
    assert!(found("leader@B", &all.plan, "").await.is_empty());
    // What amends a paper does not put it into practice.
    let amends = document(&world, "D", json!([{"document_id": all.paper, "relation": "amends"}])).await;
    task(&world, "leader@D", "B", serves("document", &amends)).await;
    assert_eq!(found("leader@D", &all.paper, "").await, everything);
}

#[actix_web::test]
async fn what_the_reader_does_not_see_is_only_counted() {
    let world = World::new().await;
    let all = cascade(&world).await;
    let path = format!("resolution-items/{}/thread", all.target);
    let (a, b) = (get(&world, "viewer@A", &path).await, get(&world, "viewer@B", &path).await);
    assert_eq!(ids(&a["tasks"]), [&all.of_a, &all.of_a1]);
    assert_eq!(a["hidden"], json!({"documents": 0, "items": 0, "tasks": 1}));
    assert_eq!((ids(&b["tasks"]), ids(&b["documents"]["nodes"])), (vec![&*all.of_b], vec![&*all.paper]));
    assert_eq!(b["hidden"], json!({"documents": 1, "items": 0, "tasks": 2}));
    assert!(!b.to_string().contains(&all.of_a) && !b.to_string().contains(&all.plan));
    // A branch sees its own, though the link between is its commune's.
    let a1 = get(&world, "viewer@A1", &path).await;
    assert_eq!((ids(&a1["tasks"]), a1["tasks"][0]["parents"].clone()), (vec![&*all.of_a1], json!([])));
    assert_eq!(a1["hidden"]["tasks"], 2);
}

#[actix_web::test]
async fn a_branch_finds_the_clause_behind_its_task() {
    let world = World::new().await;
    let all = cascade(&world).await;
    let path = format!("tasks/{}/origins", all.of_a1);
    let seen = get(&world, "viewer@A", &path).await;
    assert_eq!((ids(&seen["tasks"]), ids(&seen["items"])), (vec![&*all.of_a], vec![&*all.target]));
    assert_eq!(seen["items"][0]["ordinals"], json!([1, 1]));
    assert_eq!(ids(&seen["documents"]["nodes"]), [&all.paper]);
    let below = get(&world, "officer@A1", &path).await;
    assert_eq!((ids(&below["tasks"]).len(), ids(&below["items"])), (0, vec![&*all.target]));
    assert_eq!(ids(&below["documents"]["nodes"]), [&all.paper]);
    assert_eq!(below["hidden"], json!({"documents": 0, "items": 0, "tasks": 1}));
    // Born of the commune's plan: that and what it goes back to.
    let body = json!({"title": "Lập danh sách hộ", "unit_id": world.unit("A1"), "class": "key", "document_id": all.plan});
    let born = world.as_("leader@A").await.post("/api/v1/tasks", body).await.expect(201).id();
    let seen = get(&world, "viewer@A1", &format!("tasks/{born}/origins")).await;
    assert_eq!(ids(&seen["documents"]["nodes"]), [&all.paper, &all.plan]);
    world.as_("viewer@B").await.get(&format!("/api/v1/tasks/{born}/origins")).await.expect(404);
}

#[actix_web::test]
async fn a_draft_above_is_counted_in_origins_and_not_shown() {
    let world = World::new().await;
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "x", "status": "draft"});
    let draft = world.as_("officer@D").await.post("/api/v1/documents", body).await.expect(201).id();
    let path = format!("/api/v1/documents/{draft}/items");
    let items = json!({"items": [{"kind": "task", "text": "x"}]});
    let made = world.as_("officer@D").await.post(&path, items).await.expect(201).body;
    let item = made["items"][0]["id"].as_str().unwrap();
    let given = task(&world, "leader@D", "A", serves("resolution_item", item)).await;
    let seen = get(&world, "viewer@A", &format!("tasks/{given}/origins")).await;
    assert_eq!(seen["hidden"], json!({"documents": 1, "items": 1, "tasks": 0}));
    assert!(!seen.to_string().contains(item) && !seen.to_string().contains(&draft));
    assert_eq!(get(&world, "viewer@A", &format!("tasks/{given}")).await["parents"], json!([]));
    // The commune can neither name it nor search by it.
    let refused = json!({"title": "x", "unit_id": world.unit("A"), "class": "key", "parents": serves("resolution_item", item)});
    let refused = world.as_("officer@A").await.post("/api/v1/tasks", refused).await;
    refused.expect_fault(422, "/parents/0/id", "unknown_reference");
    let path = format!("tasks?resolution_item_id={item}");
    assert!(ids(&get(&world, "viewer@A", &path).await["items"]).is_empty());
    assert_eq!(ids(&get(&world, "viewer@D", &path).await["items"]), [&given]);
}

#[actix_web::test]
async fn a_task_is_told_once_and_counts_once_over_however_many_ways() {
    let world = World::new().await;
    let all = cascade(&world).await;
    let ways = json!([
        {"kind": "resolution_item", "id": all.objective}, {"kind": "resolution_item", "id": all.target},
        {"kind": "task", "id": all.of_a}, {"kind": "document", "id": all.paper},
    ]);
    let total = async || {
        let path = format!("reports/task-rollup?unit_id={}", world.unit("D"));
        get(&world, "leader@D", &path).await["rolled_up"]["total"].as_i64().unwrap()
    };
    let before = total().await;
    let many = task(&world, "leader@D", "A", ways).await;
    assert_eq!(total().await, before + 1);
    let thread = get(&world, "leader@D", &format!("resolution-items/{}/thread", all.objective)).await;
    assert_eq!(ids(&thread["tasks"]), [&all.of_a, &all.of_a1, &all.of_b, &many]);
    for item in [&all.objective, &all.target] {
        let path = format!("tasks?resolution_item_id={item}&as_of=2023-10-15");
        assert!(ids(&get(&world, "leader@D", &path).await["items"]).contains(&&*many));
    }
    let seen = get(&world, "leader@D", &format!("tasks/{many}/origins")).await;
    assert_eq!(
        (ids(&seen["tasks"]), ids(&seen["items"])),
        (vec![&*all.of_a], vec![&*all.objective, &*all.target])
    );
    // Deleted or not serving any more, it is gone from there.
    let leader = world.as_("leader@D").await;
    leader.patch(&format!("/api/v1/tasks/{many}"), 1, json!({"parents": []})).await.expect(200);
    let thread = get(&world, "leader@D", &format!("resolution-items/{}/thread", all.objective)).await;
    assert_eq!((ids(&thread["tasks"]).len(), thread["hidden"]["tasks"].clone()), (3, json!(0)));
}

#[actix_web::test]
async fn what_amends_a_resolution_does_not_put_it_into_practice() {
    let world = World::new().await;
    let all = cascade(&world).await;
    document(&world, "D", json!([{"document_id": all.paper, "relation": "amends"}])).await;
    let body = json!({"type": "KH", "issuer_unit_id": world.unit("A1"), "title": "x",
        "parents": [{"document_id": all.plan, "relation": "implements"}]});
    let deeper = world.as_("officer@A").await.post("/api/v1/documents", body).await.expect(201).id();
    let thread = get(&world, "leader@D", &format!("resolution-items/{}/thread", all.target)).await;
    assert_eq!(ids(&thread["documents"]["nodes"]), [&all.paper, &all.plan, &deeper]);
}
