//! Whatever papers and tasks hang on each other: who is asked, found by climbing from each task.

use super::{paper, task};
use crate::harness::World;
use proptest::{
    collection::vec,
    prelude::*,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};
use serde_json::{Value, json};
use std::{cell::Cell, collections::BTreeSet};

const RELATIONS: [&str; 5] = ["concretises", "implements", "based_on", "amends", "replaces"];

/// Each paper goes back to earlier ones, each task to papers and to earlier tasks.
#[derive(Debug, Clone)]
struct Links {
    papers: Vec<BTreeSet<(usize, usize)>>,
    tasks: Vec<(BTreeSet<usize>, BTreeSet<usize>)>,
}

fn links() -> impl Strategy<Value = Links> {
    let papers = vec(vec((0..20_usize, 0..RELATIONS.len()), 0..4), 3..7);
    let tasks = vec((vec(0..20_usize, 0..3), vec(0..20_usize, 0..2)), 2..7);
    (papers, tasks).prop_map(|(papers, tasks)| {
        let earlier = |i: usize, all: &[usize]| -> BTreeSet<usize> {
            if i == 0 { BTreeSet::new() } else { all.iter().map(|to| to % i).collect() }
        };
        let count = papers.len();
        let up = |(i, all): (usize, &Vec<(usize, usize)>)| {
            if i == 0 { BTreeSet::new() } else { all.iter().map(|(to, how)| (to % i, *how)).collect() }
        };
        Links {
            papers: papers.iter().enumerate().map(up).collect(),
            tasks: tasks
                .iter()
                .enumerate()
                .map(|(i, (named, served))| (named.iter().map(|to| to % count).collect(), earlier(i, served)))
                .collect(),
        }
    })
}

impl Links {
    fn paper_serves(&self, paper: usize, to: usize) -> bool {
        let above = |(next, how): &(usize, usize)| *how < 3 && self.paper_serves(*next, to);
        paper == to || self.papers[paper].iter().any(above)
    }

    fn task_serves(&self, task: usize, to: usize) -> bool {
        let (papers, tasks) = &self.tasks[task];
        papers.iter().any(|paper| self.paper_serves(*paper, to))
            || tasks.iter().any(|above| self.task_serves(*above, to))
    }

    /// Which paper asks for which task.
    fn asked(&self) -> BTreeSet<(usize, usize)> {
        let asks = |new: usize, task: usize| {
            let changes = |(old, how): &(usize, usize)| *how >= 3 && self.task_serves(task, *old);
            self.papers[new].iter().any(changes) && !self.task_serves(task, new)
        };
        let pairs = (0..self.papers.len()).flat_map(|new| (0..self.tasks.len()).map(move |task| (new, task)));
        pairs.filter(|(new, task)| asks(*new, *task)).collect()
    }
}

async fn told(links: &Links) -> BTreeSet<(usize, usize)> {
    let world = World::new().await;
    let mut papers: Vec<String> = Vec::new();
    for parents in &links.papers {
        let parents: Vec<(&str, &str)> =
            parents.iter().map(|(to, how)| (papers[*to].as_str(), RELATIONS[*how])).collect();
        let id = paper(&world, "officer@D", "D", &parents, json!({})).await;
        papers.push(id);
    }
    let mut tasks: Vec<String> = Vec::new();
    for (named, served) in &links.tasks {
        let named = named.iter().map(|paper| json!({"kind": "document", "id": papers[*paper]}));
        let served = served.iter().map(|task| json!({"kind": "task", "id": tasks[*task]}));
        let parents: Vec<Value> = named.chain(served).collect();
        let id = task(&world, "leader@D", "Việc", json!({"parents": parents})).await;
        tasks.push(id);
    }
    let at = |all: &[String], id: &Value| all.iter().position(|one| id == one).unwrap();
    let page = world.as_("leader@D").await.get("/api/v1/reconfirmations?limit=200").await.expect(200).body;
    let items = page["items"].as_array().unwrap();
    items.iter().map(|one| (at(&papers, &one["document_id"]), at(&tasks, &one["subject"]["id"]))).collect()
}

#[test]
fn exactly_those_are_asked_that_climbing_from_each_task_finds() {
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    // The ground is fit: some of these worlds ask.
    let questions = Cell::new(0);
    let done = TestRunner::new_with_rng(config, rng).run(&links(), |links| {
        questions.set(questions.get() + links.asked().len());
        actix_web::rt::System::new().block_on(async move {
            prop_assert_eq!(told(&links).await, links.asked());
            Ok(())
        })
    });
    done.unwrap();
    assert!(questions.get() > 10, "{}", questions.get());
}
