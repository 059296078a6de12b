//! Whatever is tried, papers and tasks never go back to themselves.

use super::{at, register};
use crate::{dice::Dice, harness::World};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const NODES: usize = 6;

/// Who goes back to whom, by hand.
type Steps = BTreeMap<usize, BTreeSet<usize>>;

/// Whether one goes back to the other over any number of steps.
fn reaches(steps: &Steps, from: usize, to: usize) -> bool {
    let (mut met, mut rim) = (BTreeSet::from([from]), vec![from]);
    while let Some(next) = rim.pop() {
        rim.extend(steps.get(&next).into_iter().flatten().filter(|node| met.insert(**node)));
    }
    met.contains(&to)
}

/// Gives random nodes random lists of parents; the service takes exactly those that close no circle.
async fn tried(world: &World, seed: u64, kind: &str, nodes: &[String]) {
    let leader = world.as_("leader@D").await;
    let (mut dice, mut steps, mut refused) = (Dice::new(seed), Steps::new(), 0);
    for _ in 0..60 {
        let child = dice.below(NODES);
        let parents: BTreeSet<usize> = (0..dice.below(3_usize)).map(|_| dice.below(NODES)).collect();
        let (path, body) = match kind {
            "document" => {
                let one = |node: &usize| json!({"document_id": nodes[*node], "relation": "implements"});
                (at(&nodes[child]), parents.iter().map(one).collect::<Vec<Value>>())
            }
            _ => {
                let one = |node: &usize| json!({"kind": "task", "id": nodes[*node]});
                (format!("/api/v1/tasks/{}", nodes[child]), parents.iter().map(one).collect())
            }
        };
        let version = leader.get(&path).await.expect(200).body["version"].as_i64().unwrap();
        let closes = parents.iter().any(|parent| reaches(&steps, *parent, child));
        let answer = leader.patch(&path, version, json!({"parents": body})).await;
        assert_eq!(answer.status, if closes { 422 } else { 200 }, "seed {seed}: {}", answer.body);
        if closes {
            refused += 1;
            assert!(answer.faults().iter().all(|fault| fault.ends_with("parent_cycle")));
        } else {
            steps.insert(child, parents);
        }
        assert!(
            (0..NODES)
                .all(|node| steps.get(&node).is_none_or(|up| up.iter().all(|p| !reaches(&steps, *p, node))))
        );
    }
    assert!(refused > 3, "seed {seed}: no circle was ever tried");
}

#[actix_web::test]
async fn random_parents_close_no_circle_of_papers_or_tasks() {
    for seed in 1..=4 {
        let world = World::new().await;
        let (mut papers, mut tasks) = (Vec::new(), Vec::new());
        for _ in 0..NODES {
            papers.push(register(&world, "officer@D", "D", json!({})).await);
            let task = json!({"title": "Vận động", "unit_id": world.unit("A"), "class": "key"});
            tasks.push(world.as_("leader@D").await.post("/api/v1/tasks", task).await.expect(201).id());
        }
        tried(&world, seed, "document", &papers).await;
        tried(&world, seed, "task", &tasks).await;
    }
}
