//! Figures: what is counted on which day, for whom, and why.

mod books;
mod coverage;
mod explained;
mod kept;
mod loaded;
mod overdue;
mod random;
mod ranking;
mod rollup;
mod seen;

use crate::{
    harness::{Answer, World},
    oracle::{Event, Task, What},
};
use books::{Books, number};
use tiendo::ids::Id;

/// The units of the world, in the order in which tasks name them.
const CODES: [&str; 6] = ["D", "A", "B", "A1", "A2", "B1"];
const D: usize = 0;
const A: usize = 1;
const B: usize = 2;
const A1: usize = 3;
const A2: usize = 4;

/// A task of a unit, in the books since 1 September.
fn task(unit: usize, status: &'static str) -> Task {
    let born = number("2023-09-01");
    let completed = matches!(status, "completed" | "closed").then_some(born);
    Task { unit, weight_milli: 1000, due: None, status, progress: 0, completed, born, events: vec![] }
}

/// The same task, due on a day.
fn due(on: &str, task: Task) -> Task {
    Task { due: Some(number(on)), ..task }
}

/// The same task with what happened to it.
fn then(task: Task, events: &[(&str, What)]) -> Task {
    Task {
        events: events.iter().map(|(day, what)| Event { day: number(day), what: *what }).collect(),
        ..task
    }
}

fn ids(world: &World) -> Vec<Id> {
    CODES.iter().map(|code| world.units[code].id).collect()
}

/// The prepared world with these tasks, each given by the unit above the one that leads it.
async fn with(tasks: &[Task]) -> World {
    let world = World::new().await;
    keep(&world, tasks).await;
    world
}

async fn keep(world: &World, tasks: &[Task]) {
    let ids = ids(world);
    let above = [D, D, D, A, A, B];
    let mut books = Books::default();
    for task in tasks {
        books.task(&ids, ids[above[task.unit]], task);
    }
    books.write(world).await;
}

/// `GET /reports/task-rollup` of a unit.
async fn rollup(world: &World, who: &str, unit: &str, more: &str) -> Answer {
    let path = format!("/api/v1/reports/task-rollup?unit_id={}{more}", world.unit(unit));
    world.as_(who).await.get(&path).await
}

/// `GET /reports/overdue` of a unit.
async fn overdue(world: &World, who: &str, unit: &str, more: &str) -> Answer {
    let path = format!("/api/v1/reports/overdue?unit_id={}{more}", world.unit(unit));
    world.as_(who).await.get(&path).await
}

/// The codes of the rows, in their order.
fn rows(answer: &Answer) -> Vec<&str> {
    let rows = answer.body["rows"].as_array().unwrap();
    rows.iter().map(|row| row["unit"]["code"].as_str().unwrap()).collect()
}
