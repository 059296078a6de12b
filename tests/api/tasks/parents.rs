//! What tasks serve: several documents and tasks, without circles, and counted once.

use super::given;
use crate::harness::World;
use serde_json::{Value, json};

async fn paper(world: &World) -> String {
    let new = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Về nhiệm vụ năm 2023"});
    world.as_("leader@D").await.post("/api/v1/documents", new).await.expect(201).id()
}

fn ids(body: &Value) -> Vec<&str> {
    body["items"].as_array().unwrap().iter().map(|task| task["id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_task_with_three_parents_is_found_under_each_and_counts_once() {
    let world = World::new().await;
    let (paper, top, side) =
        (paper(&world).await, given(&world, json!({})).await, given(&world, json!({})).await);
    let parents = json!([
        {"kind": "task", "id": top}, {"kind": "document", "id": paper}, {"kind": "task", "id": side},
    ]);
    let leader = world.as_("leader@D").await;
    let total = async |unit: &str| {
        let path = format!("/api/v1/reports/task-rollup?unit_id={}", world.unit(unit));
        leader.get(&path).await.expect(200).body["rolled_up"]["total"].as_i64().unwrap()
    };
    let before = (total("D").await, total("A").await);
    let task = given(&world, json!({"parents": parents})).await;
    assert_eq!((total("D").await, total("A").await), (before.0 + 1, before.1 + 1));
    let path = format!("/api/v1/tasks/{task}");
    let shown = leader.get(&path).await.expect(200).body;
    assert_eq!(shown["parents"].as_array().unwrap().len(), 3);
    for filter in [
        format!("parent_task_id={top}"),
        format!("parent_task_id={side}"),
        format!("serves_document_id={paper}"),
    ] {
        assert_eq!(
            ids(&leader.get(&format!("/api/v1/tasks?{filter}")).await.expect(200).body),
            [&task],
            "{filter}"
        );
    }
    assert!(
        ids(&leader.get(&format!("/api/v1/tasks?parent_task_id={task}")).await.expect(200).body).is_empty()
    );
    // The whole list anew, told in the history; the same list again changes nothing.
    let fewer = json!({"parents": [{"kind": "task", "id": side}]});
    leader.patch(&path, 1, fewer.clone()).await.expect(200);
    assert_eq!(leader.patch(&path, 2, fewer).await.expect(200).body["version"], 2);
    let history = leader.get(&format!("{path}/history")).await.expect(200).body;
    assert_eq!(history["items"].as_array().unwrap().len(), 2);
    assert_eq!(history["items"][1]["changes"]["parents"][1], json!([{"kind": "task", "id": side}]));
    // What else changes says nothing of them.
    leader.patch(&path, 2, json!({"weight": 2})).await.expect(200);
    let history = leader.get(&format!("{path}/history")).await.expect(200).body;
    assert!(history["items"][2]["changes"].get("parents").is_none());
}

#[actix_web::test]
async fn no_task_serves_itself_over_any_number_of_steps() {
    let world = World::new().await;
    let first = given(&world, json!({})).await;
    let second = given(&world, json!({"parents": [{"kind": "task", "id": first}]})).await;
    let third = given(&world, json!({"parents": [{"kind": "task", "id": second}]})).await;
    let leader = world.as_("leader@D").await;
    for target in [&first, &second, &third] {
        let body = json!({"parents": [{"kind": "task", "id": target}]});
        let refused = leader.patch(&format!("/api/v1/tasks/{first}"), 1, body).await.expect(422);
        assert_eq!(refused.faults(), ["#/parents/0/id parent_cycle"]);
    }
    let nothing = json!({"parents": []});
    leader.patch(&format!("/api/v1/tasks/{third}"), 1, nothing).await.expect(200);
    let body = json!({"parents": [{"kind": "task", "id": third}]});
    leader.patch(&format!("/api/v1/tasks/{first}"), 1, body).await.expect(200);
}

#[actix_web::test]
async fn strangers_parents_are_absent_and_hidden_ones_stay() {
    let world = World::new().await;
    let elsewhere = {
        let new = json!({"title": "Việc của xã B", "unit_id": world.unit("B"), "class": "key"});
        world.as_("leader@D").await.post("/api/v1/tasks", new).await.expect(201).id()
    };
    let officer = world.as_("officer@A").await;
    let link = json!([{"kind": "task", "id": elsewhere}]);
    let new =
        json!({"title": "Tu sửa đường ấp", "unit_id": world.unit("A"), "class": "routine", "parents": link});
    assert_eq!(
        officer.post("/api/v1/tasks", new.clone()).await.expect(422).faults(),
        ["#/parents/0/id unknown_reference"]
    );
    let mut bare = new;
    bare["parents"] = json!([]);
    let task = officer.post("/api/v1/tasks", bare).await.expect(201).id();
    let (path, leader) = (format!("/api/v1/tasks/{task}"), world.as_("leader@D").await);
    leader.patch(&path, 1, json!({"parents": link})).await.expect(200);
    assert_eq!(officer.get(&path).await.expect(200).body["parents"], json!([]));
    let filter = format!("/api/v1/tasks?parent_task_id={elsewhere}");
    assert!(ids(&officer.get(&filter).await.expect(200).body).is_empty());
    officer.patch(&path, 2, json!({"parents": []})).await.expect(200);
    assert_eq!(leader.get(&path).await.expect(200).body["parents"], link);
    assert_eq!(ids(&leader.get(&filter).await.expect(200).body), [&task]);
    let history = format!("{path}/history");
    assert!(!officer.get(&history).await.expect(200).text.contains(&elsewhere));
    assert!(leader.get(&history).await.expect(200).text.contains(&elsewhere));
}
