//! Units: the tree, its history, and who sees what of it.

mod lineage;
mod past;
mod rules;

use crate::harness::{Answer, World};
use serde_json::json;

const PATH: &str = "/api/v1/org-units";

fn at(world: &World, code: &str) -> String {
    format!("{PATH}/{}", world.unit(code))
}

fn codes(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|unit| unit["code"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_stranger_sees_neither_sibling_nor_its_branches() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    officer.get(&format!("/api/v1/org-units/{}", world.unit("A1"))).await.expect(200);
    officer.get(&format!("/api/v1/org-units/{}", world.unit("D"))).await.expect(200);
    let foreign = officer.get(&format!("/api/v1/org-units/{}", world.unit("B"))).await.expect(404);
    let absent = officer.get("/api/v1/org-units/0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d").await.expect(404);
    assert_eq!(foreign.body["code"], absent.body["code"]);
    let list = officer.get("/api/v1/org-units").await.expect(200);
    let codes: Vec<&str> =
        list.body["items"].as_array().unwrap().iter().map(|u| u["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["A", "A1", "A2", "D"]);
}

#[actix_web::test]
async fn a_move_keeps_what_was() {
    let world = World::new().await;
    let root = world.root().await;
    let path = format!("/api/v1/org-units/{}", world.unit("A2"));
    root.patch(&path, 1, json!({"parent_id": world.unit("B"), "name": "Chi bộ mới"})).await.expect(200);
    let then = root.get(&format!("{path}?as_of=2023-10-14")).await.expect(200);
    assert_eq!(
        (then.body["parent_id"].as_str(), then.body["name"].as_str()),
        (Some(world.unit("A").as_str()), Some("Đơn vị A2"))
    );
    let now = root.get(&format!("{path}?as_of=2023-10-15")).await.expect(200);
    assert_eq!(now.body["parent_id"].as_str(), Some(world.unit("B").as_str()));
    world.as_("viewer@A").await.get(&path).await.expect(404);
    world.as_("viewer@B").await.get(&path).await.expect(200);
    let stale = root.patch(&path, 1, json!({"name": "x"})).await.expect(412);
    assert_eq!((stale.body["current"].as_str(), stale.body["yours"].as_str()), (Some("v2"), Some("v1")));
    let cycle = root
        .patch(&format!("/api/v1/org-units/{}", world.unit("B")), 1, json!({"parent_id": world.unit("A2")}))
        .await;
    assert_eq!(cycle.expect(422).faults(), ["#/parent_id parent_cycle"]);
}

#[actix_web::test]
async fn closing_wants_the_units_below_gone_first() {
    let world = World::new().await;
    let root = world.root().await;
    let close = |code: &str| format!("/api/v1/org-units/{}/close", world.unit(code));
    let body = json!({"on": "2023-10-15", "successor_ids": [world.unit("B")], "reason": "Sáp nhập"});
    assert_eq!(root.post(&close("A"), body.clone()).await.expect(409).code(), "has_open_children");
    for branch in ["A1", "A2"] {
        root.post(&close(branch), json!({"on": "2023-10-15", "reason": "Giải thể"})).await.expect(200);
    }
    root.post(&close("A"), body.clone()).await.expect(200);
    assert_eq!(root.post(&close("A"), body).await.expect(409).code(), "invalid_state");
    let then = root.get("/api/v1/org-units?as_of=2023-10-14&level=commune").await.expect(200);
    assert_eq!(then.body["items"].as_array().unwrap().len(), 2);
    let now = root.get("/api/v1/org-units?as_of=2023-10-15&level=commune").await.expect(200);
    assert_eq!(now.body["items"].as_array().unwrap().len(), 1);
}
