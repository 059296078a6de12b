//! Random trees and histories: the answers of the running service against the oracle, to the last digit.

use super::books::Books;
use crate::{
    harness::{Caller, World},
    oracle::{self, Reach, date, difference, worlds},
};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::Value;
use std::collections::BTreeSet;
use tiendo::{
    ids::Id,
    policy::Role,
    tasks::facts::{self, TaskFact},
};

/// How many units are compared, each on a day: `TIENDO_RANDOM_CASES`, default 10 000.
fn cases() -> usize {
    std::env::var("TIENDO_RANDOM_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

/// The same worlds in every run.
fn some_worlds(runner: &mut TestRunner, count: usize) -> Vec<oracle::World> {
    (0..count).map(|_| worlds(7, 6, 14, Reach::Full).new_tree(runner).unwrap().current()).collect()
}

/// So many of the days on which figures may turn, spread over all of them.
pub fn some_days(world: &oracle::World, count: usize, nth: usize) -> BTreeSet<i64> {
    let days = world.telling_days();
    (0..count).map(|i| days[(nth * 7 + i * days.len() / count) % days.len()]).collect()
}

/// Writes worlds, each as a root of its own, and gives the ids of their units.
async fn written(service: &World, worlds: &[oracle::World], batch: usize) -> Vec<(Vec<Id>, Vec<Id>)> {
    let mut books = Books::default();
    let mut written = Vec::new();
    for (nth, world) in worlds.iter().enumerate() {
        let units = books.tree(world, &format!("{batch}-{nth:03}"));
        let assigner = |unit: usize| units[world.parents[unit].unwrap_or(0)];
        let tasks = world.tasks.iter().map(|task| books.task(&units, assigner(task.unit), task)).collect();
        written.push((units, tasks));
    }
    books.write(service).await;
    written
}

/// The figures of one unit and those below it, against the oracle. Gives how many units it compared.
pub async fn compare(caller: &Caller<'_>, world: &oracle::World, ids: &[Id], unit: usize, day: i64) -> usize {
    let path =
        format!("/api/v1/reports/task-rollup?by=descendants&unit_id={}&as_of={}", ids[unit], date(day));
    let answer = caller.get(&path).await.expect(200);
    let rows = answer.body["rows"].as_array().unwrap();
    let below: Vec<usize> =
        (0..ids.len()).filter(|other| *other != unit && world.within(*other, unit)).collect();
    let check = |unit: usize, row: &Value| {
        for (part, expected) in [("own", world.own(unit, day)), ("rolled_up", world.rolled_up(unit, day))] {
            if let Some(difference) = difference(part, &expected.json(), &row[part]) {
                panic!("unit {unit} on {}: {difference}\n{world:#?}", date(day));
            }
        }
    };
    check(unit, &answer.body);
    assert_eq!(rows.len(), below.len());
    for (unit, row) in below.iter().zip(rows) {
        assert_eq!(row["unit"]["id"].as_str(), Some(ids[*unit].to_string().as_str()));
        check(*unit, row);
    }
    1 + rows.len()
}

#[actix_web::test]
async fn the_service_agrees_with_the_oracle_to_the_last_digit() {
    const AT_ONCE: usize = 100;
    let service = World::empty().await;
    let mut runner = TestRunner::deterministic();
    let (mut compared, mut met) = (0, 0);
    while compared < cases() {
        let worlds = some_worlds(&mut runner, AT_ONCE);
        for (nth, (world, (ids, _))) in worlds.iter().zip(written(&service, &worlds, met).await).enumerate() {
            let root = service.place(&ids[0].to_string()).await;
            let (_, token) =
                service.enrol(&format!("inspector-{met}-{nth}"), Role::Inspector, Some(root)).await;
            let caller = service.bearing(&token);
            for day in some_days(world, 6, nth) {
                compared += compare(&caller, world, &ids, 0, day).await;
                // A part of the tree alone: its tasks may have come from and gone to other parts.
                let part = usize::try_from(day.unsigned_abs()).unwrap() % ids.len();
                compared += compare(&caller, world, &ids, part, day).await;
            }
        }
        met += AT_ONCE;
    }
    println!("{compared} units of {met} worlds compared");
    assert!(met >= cases().min(10_000) / 50, "too few different worlds: {met}");
}

#[actix_web::test]
async fn a_row_alone_says_what_its_history_says() {
    let service = World::empty().await;
    let worlds = some_worlds(&mut TestRunner::deterministic(), 150);
    let mut compared = 0;
    for (nth, (world, (units, tasks))) in worlds.iter().zip(written(&service, &worlds, 0).await).enumerate() {
        let part = nth % units.len();
        let below = (0..units.len()).filter(|unit| world.within(*unit, part));
        let asked: Vec<Id> = below.map(|unit| units[unit]).collect();
        for day in some_days(world, 5, 0).into_iter().chain([0, 60, 400]) {
            let (day, asked, tasks) = (date(day), asked.clone(), tasks.clone());
            let (quick, replayed) = service
                .db
                .report(move |conn| {
                    // Today as late as can be, so that the day may lie before later changes.
                    let quick = facts::on(conn, &asked, day, date(500))?;
                    let mut replayed = facts::replay(conn, &tasks, day)?;
                    replayed.retain(|task| asked.contains(&task.fact.unit));
                    Ok((quick, replayed))
                })
                .await
                .unwrap();
            let sorted = |mut facts: Vec<TaskFact>| {
                facts.sort_by_key(|fact| fact.task_id);
                facts
            };
            compared += quick.len();
            assert_eq!(sorted(quick), sorted(replayed), "{day} {world:#?}");
        }
    }
    assert!(compared > 1_000, "{compared}");
}
