//! What a unit must keep to.

use super::{PATH, at, codes};
use crate::harness::World;
use futures_util::future::join;
use serde_json::{Value, json};
use tiendo::ids::Id;

fn branch(world: &World, code: &str, parent: &str, more: Value) -> Value {
    let mut body = json!({"code": code, "name": format!("Chi bộ {code}"), "level": "branch", "kind": "branch",
        "parent_id": world.unit(parent)});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[actix_web::test]
async fn a_unit_has_one_code_in_each_list_and_shares_it_with_none() {
    let world = World::new().await;
    let root = world.root().await;
    let two = json!([{"scheme": "gso", "code": "28915"}, {"scheme": "e", "code": "G09.1"}]);
    let mut body = branch(&world, "X", "A", json!({"external_ids": two}));
    body["id"] = json!(Id::new());
    let made = root.post(PATH, body.clone()).await.expect(201);
    assert_eq!(made.body["external_ids"][0]["scheme"], "e");
    assert_eq!(root.post(PATH, body).await.expect(200).body, made.body, "the order of a list says nothing");
    let taken = json!({"external_ids": [{"scheme": "gso", "code": "28915"}]});
    let refused = root.post(PATH, branch(&world, "Y", "A", taken.clone())).await.expect(409);
    assert_eq!(refused.code(), "already_exists");
    let twice = json!({"external_ids": [{"scheme": "gso", "code": "1"}, {"scheme": "gso", "code": "2"}]});
    for answer in [
        root.post(PATH, branch(&world, "Y", "A", twice.clone())).await,
        root.patch(&at(&world, "A"), 1, twice).await,
    ] {
        assert_eq!(answer.expect(422).faults(), ["#/external_ids/1/scheme not_permitted_here"]);
    }
    root.patch(&format!("{PATH}/{}", made.id()), 1, json!({"external_ids": []})).await.expect(200);
    root.post(PATH, branch(&world, "Y", "A", taken)).await.expect(201);
    let same_code = root.post(PATH, branch(&world, "Y", "B", json!({}))).await.expect(409);
    assert_eq!(same_code.code(), "already_exists");
    let renamed = root.patch(&at(&world, "B1"), 1, json!({"code": "Y"})).await.expect(409);
    assert_eq!(renamed.code(), "already_exists");
}

#[actix_web::test]
async fn a_patch_sets_and_clears_but_null_clears_no_name() {
    let world = World::new().await;
    let root = world.root().await;
    let path = at(&world, "A");
    let set = json!({"issuer_code": "ĐU", "traits": ["border", "remote"], "short_name": "ĐU A"});
    let unit = root.patch(&path, 1, set).await.expect(200);
    assert_eq!(
        (&unit.body["issuer_code"], &unit.body["traits"]),
        (&json!("ĐU"), &json!(["border", "remote"]))
    );
    let unit = root.patch(&path, 2, json!({"issuer_code": null, "short_name": null})).await.expect(200);
    assert_eq!((&unit.body["issuer_code"], &unit.body["short_name"]), (&Value::Null, &Value::Null));
    assert_eq!(unit.body["traits"], json!(["border", "remote"]));
    for name in ["code", "name", "level", "kind", "parent_id", "traits", "external_ids"] {
        let refused = root.patch(&path, 3, json!({name: null})).await.expect(400);
        assert_eq!(refused.faults(), [format!("#/{name} wrong_type")]);
    }
    let versions = root.get(&path).await.body["version"].clone();
    assert_eq!(versions, 3);
}

#[actix_web::test]
async fn a_unit_does_not_lie_below_a_lower_one() {
    let world = World::new().await;
    let root = world.root().await;
    let new = |level: &str, parent: &str| json!({"code": "X", "name": "X", "level": level, "kind": "other", "parent_id": world.unit(parent)});
    let lower = root.post(PATH, new("district", "A")).await.expect(422);
    assert_eq!(lower.faults(), ["#/parent_id not_permitted_here"]);
    let unknown = root.post(PATH, new("ward", "A")).await.expect(422);
    assert_eq!(unknown.faults(), ["#/level unknown_value"]);
    let moved = root.patch(&at(&world, "B"), 1, json!({"parent_id": world.unit("A1")})).await.expect(422);
    assert_eq!(moved.faults(), ["#/parent_id not_permitted_here"]);
    for (code, level) in [("A", "province"), ("A1", "district"), ("D", "branch")] {
        let refused = root.patch(&at(&world, code), 1, json!({"level": level})).await.expect(422);
        assert_eq!(refused.faults(), ["#/level not_permitted_here"], "{code}");
    }
    let both = json!({"level": "branch", "parent_id": world.unit("A1")});
    root.patch(&at(&world, "A2"), 1, both).await.expect(200);
    root.post(PATH, new("commune", "A")).await.expect(201);
}

#[actix_web::test]
async fn a_tree_has_an_end() {
    let mut world = World::new().await;
    let names = ["c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12"];
    let mut parent = "A1";
    for name in names {
        world.add_unit(name, "branch", "branch", parent).await;
        parent = name;
    }
    let root = world.root().await;
    let deeper = root.post(PATH, branch(&world, "c13", "c12", json!({}))).await.expect(422);
    assert_eq!(deeper.faults(), ["#/parent_id not_permitted_here"]);
    let tall = root.patch(&at(&world, "c3"), 1, json!({"parent_id": world.unit("A2")})).await.expect(200);
    assert_eq!(tall.body["depth"], 3);
    world.add_unit("B2", "branch", "branch", "B1").await;
    let root = world.root().await;
    let taller = root.patch(&at(&world, "c3"), 2, json!({"parent_id": world.unit("B2")})).await.expect(422);
    assert_eq!(taller.faults(), ["#/parent_id not_permitted_here"]);
}

#[actix_web::test]
async fn two_moves_at_once_make_no_circle() {
    let world = World::new().await;
    let root = world.root().await;
    for _ in 0..5 {
        let version = async |code: &str| root.get(&at(&world, code)).await.body["version"].as_i64().unwrap();
        let (a, b) = (at(&world, "A"), at(&world, "B"));
        let (one, two) = join(
            root.patch(&a, version("A").await, json!({"parent_id": world.unit("B")})),
            root.patch(&b, version("B").await, json!({"parent_id": world.unit("A")})),
        )
        .await;
        let mut both = [one.status, two.status];
        both.sort_unstable();
        assert_eq!(both, [200, 422], "{} {}", one.text, two.text);
        let lower = if one.status == 200 { "A" } else { "B" };
        let up = json!({"parent_id": world.unit("D")});
        root.patch(&at(&world, lower), version(lower).await, up).await.expect(200);
    }
    let all = root.get(&format!("{PATH}?under={}", world.unit("D"))).await.expect(200);
    assert_eq!(codes(&all), ["A", "A1", "A2", "B", "B1", "D"]);
}

#[actix_web::test]
async fn a_unit_made_while_its_parent_moves_lies_below_it() {
    let world = World::new().await;
    let root = world.root().await;
    for (round, to) in ["B", "A", "B", "A"].into_iter().enumerate() {
        let version = root.get(&at(&world, "A1")).await.body["version"].as_i64().unwrap();
        let path = at(&world, "A1");
        let (made, moved) = join(
            root.post(PATH, branch(&world, &format!("N{round}"), "A1", json!({}))),
            root.patch(&path, version, json!({"parent_id": world.unit(to)})),
        )
        .await;
        moved.expect(200);
        let (child, parent) =
            (world.place(&made.expect(201).id()).await, world.place(&world.unit("A1")).await);
        assert!(parent.is_above(&child), "{} {}", parent.path, child.path);
    }
}

#[actix_web::test]
async fn what_has_ended_stays_as_it_was() {
    let world = World::new().await;
    let root = world.root().await;
    let close = |code: &str, on: &str| {
        (format!("{}/close", at(&world, code)), json!({"on": on, "reason": "Giải thể"}))
    };
    let (path, body) = close("B1", "2023-10-10");
    root.post(&path, body).await.expect(200);
    let (path, body) = close("B", "2023-10-05");
    let early = root.post(&path, body).await.expect(409);
    assert_eq!(early.code(), "has_open_children", "its branch was still there");
    let (path, body) = close("B", "2023-10-16");
    assert_eq!(root.post(&path, body).await.expect(422).faults(), ["#/on in_future"]);
    let renamed = root.patch(&at(&world, "B1"), 2, json!({"name": "Khác"})).await.expect(409);
    assert_eq!(renamed.code(), "invalid_state");
    let before = format!("{}?as_of=2023-10-09", at(&world, "B1"));
    assert_eq!(root.get(&before).await.expect(200).body["name"], "Đơn vị B1");
    root.get(&format!("{}?as_of=2023-10-10", at(&world, "B1"))).await.expect(404);
    let corrected = json!({"name": "Chi bộ đúng tên", "effective_on": "2023-10-01"});
    root.patch(&at(&world, "B1"), 2, corrected).await.expect(200);
    assert_eq!(root.get(&before).await.expect(200).body["name"], "Chi bộ đúng tên");
    root.get(&format!("{}?as_of=2023-10-10", at(&world, "B1"))).await.expect(404);
    root.patch(&at(&world, "B1"), 3, json!({"traits": ["remote"]})).await.expect(200);
    for (successors, what) in [
        (json!([world.unit("B")]), "itself"),
        (json!([world.unit("B1")]), "closed"),
        (json!([world.unit("A"), world.unit("A")]), "twice"),
    ] {
        let body = json!({"on": "2023-10-15", "reason": "Sáp nhập", "successor_ids": successors});
        let refused = root.post(&format!("{}/close", at(&world, "B")), body).await.expect(422);
        assert!(refused.text.contains(what), "{}", refused.text);
    }
}
