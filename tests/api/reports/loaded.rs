//! Random histories sent as lines of old books: the figures they lead to, against the oracle.

use super::random::{compare, some_days};
use crate::{
    harness::World,
    oracle::{self, Reach, Task, What, moment, worlds},
};
use actix_web::http::Method;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::{Value, json};
use tiendo::{ids::Id, policy::Role};

/// How many worlds are loaded, each in one request.
const WORLDS: usize = 60;
/// The units are there before anything else is.
const BEFORE_ALL: i64 = -40;

fn line(op: &str, day: i64, nth: usize, data: Value) -> String {
    json!({"op": op, "at": moment(day, nth), "data": data}).to_string()
}

fn day(day: Option<i64>) -> Option<String> {
    day.map(|day| oracle::date(day).to_string())
}

/// The units of a world; codes carry their number.
fn tree(world: &oracle::World, name: usize, ids: &[Id]) -> Vec<String> {
    let unit = |(unit, parent): (usize, &Option<usize>)| {
        let data = json!({"id": ids[unit], "code": format!("{name:03}-{unit:02}"), "name": format!("Chi bộ {unit}"),
            "level": "branch", "kind": "branch", "parent_id": parent.map(|parent| ids[parent])});
        line("org_unit.create", BEFORE_ALL, unit, data)
    };
    world.parents.iter().enumerate().map(unit).collect()
}

/// A task as it entered the books, and each thing that happened to it since.
fn life(task: &Task, lead: Id, assigner: Id) -> Vec<String> {
    let id = Id::new();
    let done = matches!(task.status, "completed" | "closed");
    let completed_on = day(done.then(|| task.completed.unwrap_or(task.born)));
    let thousandths: f64 = format!("{}e-3", task.weight_milli).parse().unwrap();
    let mut data = json!({"id": id, "title": "Việc", "unit_id": lead, "class": "key", "weight": thousandths,
        "status": task.status, "progress": task.progress});
    for (name, value) in [("due_on", day(task.due)), ("completed_on", completed_on)] {
        data.as_object_mut().unwrap().extend(value.map(|value| (name.into(), value.into())));
    }
    let mut lines = vec![line("task.load", task.born, 0, data)];
    for (nth, event) in task.events.iter().enumerate() {
        let (op, role, unit, more) = match event.what {
            What::Accept => ("accept", "leader", assigner, json!({})),
            What::Start => ("start", "officer", lead, json!({})),
            What::Progress(stated) => ("progress", "officer", lead, json!({"progress": stated})),
            What::Submit => ("submit", "officer", lead, json!({})),
            What::ReturnWork => ("return", "leader", assigner, json!({"reason": "Chưa đạt"})),
            What::Confirm => ("confirm", "leader", assigner, json!({})),
            What::Close => ("close", "leader", assigner, json!({})),
            What::Cancel => ("cancel", "leader", assigner, json!({"reason": "Không còn cần"})),
            What::Extend(new) => {
                ("extend", "leader", assigner, json!({"new_due_on": day(Some(new)), "reason": "Mưa lũ"}))
            }
            // The extension line both asks and grants.
            What::Approve => continue,
            other => panic!("{other:?} cannot be loaded"),
        };
        let mut data = json!({"task_id": id, "acting_unit_id": unit, "acting_role": role});
        data.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        lines.push(line(&format!("task.{op}"), event.day, nth + 1, data));
    }
    lines
}

#[actix_web::test]
async fn loaded_histories_lead_to_the_figures_of_the_oracle_to_the_last_digit() {
    let service = World::empty().await;
    service.go_to("2025-12-31").await;
    let mut runner = TestRunner::deterministic();
    let (mut compared, mut loaded) = (0, 0);
    for nth in 0..WORLDS {
        let world = worlds(7, 6, 14, Reach::Loading).new_tree(&mut runner).unwrap().current();
        let ids: Vec<Id> = world.parents.iter().map(|_| Id::new()).collect();
        let mut lines = tree(&world, nth, &ids);
        for task in &world.tasks {
            lines.extend(life(task, ids[task.unit], ids[world.parents[task.unit].unwrap_or(0)]));
        }
        let caller = service.root().await.with("content-type", "application/x-ndjson");
        let answer =
            caller.send(Method::POST, "/api/v1/imports", Some(lines.join("\n"))).await.expect(200).body;
        let refused = answer["lines"].as_array().unwrap().iter().find(|line| line.get("problem").is_some());
        if let Some(refused) = refused {
            let number = usize::try_from(refused["line"].as_i64().unwrap()).unwrap();
            panic!("{refused}\n{}\n{world:#?}", lines[number - 1]);
        }
        loaded += lines.len();
        let root = service.place(&ids[0].to_string()).await;
        let (_, token) = service.enrol(&format!("inspector-{nth}"), Role::Inspector, Some(root)).await;
        let caller = service.bearing(&token);
        for day in some_days(&world, 8, nth) {
            compared += compare(&caller, &world, &ids, 0, day).await;
        }
    }
    println!("{loaded} lines of {WORLDS} worlds loaded, {compared} units compared");
    assert!(loaded > 10 * WORLDS && compared > 20 * WORLDS, "{loaded} {compared}");
}
