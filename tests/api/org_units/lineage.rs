//! Moves that count from a past day, and the tree of every day after them.

use super::{PATH, at, codes};
use crate::harness::{World, day};
use chrono::{Days, NaiveDate};
use proptest::{
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use tiendo::{
    db::{AnyConn, schema::org_unit_versions as versions},
    ids::Id,
    org_units::tree::Tree,
};

async fn move_to(world: &World, unit: &str, parent: &str, on: &str) -> Vec<String> {
    let root = world.root().await;
    let version = root.get(&at(world, unit)).await.body["version"].as_i64().unwrap();
    let body = json!({"parent_id": world.unit(parent), "effective_on": on});
    let answer = root.patch(&at(world, unit), version, body).await;
    assert!([200, 422].contains(&answer.status), "{}", answer.text);
    answer.faults()
}

#[actix_web::test]
async fn a_move_dated_back_closes_no_circle_on_a_past_day() {
    let world = World::new().await;
    // A lay below B from 1 March to 1 June.
    assert!(move_to(&world, "A", "B", "2023-03-01").await.is_empty());
    assert!(move_to(&world, "A", "D", "2023-06-01").await.is_empty());
    for (unit, parent, on, expected) in [
        ("B", "A", "2023-02-01", "#/parent_id parent_cycle"),
        ("B", "A1", "2023-05-31", "#/parent_id parent_cycle"),
        ("B", "A", "2023-10-16", "#/effective_on in_future"),
    ] {
        assert_eq!(move_to(&world, unit, parent, on).await, [expected], "{unit} below {parent} on {on}");
    }
    assert!(move_to(&world, "B", "A", "2023-06-01").await.is_empty(), "A was back by then");
    let root = world.root().await;
    for on in ["2023-02-28", "2023-03-01", "2023-05-31", "2023-06-01", "2023-10-15"] {
        let all = root.get(&format!("{PATH}?as_of={on}&under={}", world.unit("D"))).await.expect(200);
        assert_eq!(codes(&all), ["A", "A1", "A2", "B", "B1", "D"], "{on}");
    }
}

#[actix_web::test]
async fn nothing_lies_below_a_unit_before_its_first_day() {
    let world = World::new().await;
    let young = json!({"code": "N", "name": "Đảng ủy xã mới", "level": "commune", "kind": "party_committee",
        "parent_id": world.unit("D"), "valid_from": "2023-07-01"});
    let young = world.root().await.post(PATH, young).await.expect(201).id();
    let body = |on: &str| json!({"parent_id": young, "effective_on": on});
    let root = world.root().await;
    let early = root.patch(&at(&world, "A1"), 1, body("2023-06-30")).await.expect(422);
    assert_eq!(early.faults(), ["#/parent_id not_permitted_here"]);
    root.patch(&at(&world, "A1"), 1, body("2023-07-01")).await.expect(200);
}

/// Every unit of the tree of a day, each reached once from the top.
fn hangs_together(tree: &Tree, top: Id) -> bool {
    let ups = |id: Id| std::iter::successors(Some(id), |at| tree.parent(*at)).take(20).last();
    tree.units().all(|unit| ups(unit.id) == Some(top)) && tree.below(top).len() + 1 == tree.units().count()
}

#[test]
fn whatever_is_moved_the_tree_of_every_day_hangs_together() {
    let moves = prop::collection::vec((0..3_usize, 0..4_usize, 0..6_u64), 8..20);
    let config = Config { cases: 16, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let done = runner.run(&moves, |moves| {
        actix_web::rt::System::new().block_on(async move {
            let mut world = World::empty().await;
            world.add_unit("T", "branch", "branch", "").await;
            for code in ["p", "q", "r"] {
                world.add_unit(code, "branch", "branch", "T").await;
            }
            let (units, parents) = (["p", "q", "r"], ["T", "p", "q", "r"]);
            let start = day("2023-10-01");
            for (unit, parent, on) in moves {
                let on = start.checked_add_days(Days::new(on)).unwrap();
                move_to(&world, units[unit], parents[parent], &on.to_string()).await;
            }
            let top = world.units["T"].id;
            for on in start.iter_days().take(8) {
                let tree = world.db.read(move |conn| Tree::on(conn, top, on)).await.unwrap();
                prop_assert!(hangs_together(&tree, top), "on {}", on);
                let all = world.db.read(move |conn| by_hand(conn, top, on)).await.unwrap();
                prop_assert_eq!(
                    tree.units().map(|unit| (unit.id, unit.parent_id)).collect::<HashMap<_, _>>(),
                    all
                );
            }
            Ok(())
        })
    });
    done.unwrap();
}

/// The parent of every unit on a day, read from all versions one by one.
fn by_hand(conn: &mut AnyConn, root: Id, on: NaiveDate) -> tiendo::error::Result<HashMap<Id, Option<Id>>> {
    use diesel::prelude::*;
    let all: Vec<(Id, NaiveDate, Option<Id>)> = versions::table
        .filter(versions::root_id.eq(root))
        .order((versions::unit_id, versions::n))
        .select((versions::unit_id, versions::valid_from, versions::parent_id))
        .load(conn)?;
    Ok(all.into_iter().filter(|(_, from, _)| *from <= on).map(|(unit, _, parent)| (unit, parent)).collect())
}

#[actix_web::test]
async fn the_tree_of_a_day_keeps_who_was_closed_by_then_under_its_last_name() {
    let world = World::new().await;
    let root = world.root().await;
    let path = at(&world, "A1");
    for (version, name, on) in [(1, "Tên hai", "2023-03-01"), (2, "Tên ba", "2023-06-01")] {
        root.patch(&path, version, json!({"name": name, "effective_on": on})).await.expect(200);
    }
    // Renamed and closed on one day: the last version lasts no day at all.
    let close = format!("{path}/close");
    root.post(&close, json!({"on": "2023-06-01", "reason": "Giải thể"})).await.expect(200);
    let top = world.units["D"].id;
    let unit = world.units["A1"].id;
    for (on, name) in [
        ("2023-02-28", "Đơn vị A1"),
        ("2023-03-01", "Tên hai"),
        ("2023-05-31", "Tên hai"),
        ("2023-06-01", "Tên ba"),
        ("2023-10-15", "Tên ba"),
    ] {
        let tree = world.db.read(move |conn| Tree::on(conn, top, day(on))).await.unwrap();
        assert_eq!(tree.get(unit).unwrap().name, name, "{on}");
        assert_eq!(tree.in_force(unit, day(on)), on < "2023-06-01", "{on}");
        let met: HashSet<Id> = tree.units().map(|unit| unit.id).collect();
        assert_eq!((met.len(), tree.units().count()), (6, 6), "{on}");
    }
}
