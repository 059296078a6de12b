//! Who may do what, as one table: every operation of the OpenAPI document × every kind of actor.
//!
//! A new operation needs one row in a file of its room below: an operation without a row fails the
//! test. All rows run in one prepared world, writes as `dry_run=true`. A row of a write also says
//! how many events it appends when somebody does it in earnest. The bad-input tests of `wire` start
//! from the good bodies here.

mod audit;
mod auth;
mod calendars;
mod congresses;
mod criteria;
mod dispatches;
mod disseminations;
mod documents;
mod duties;
mod exchange;
mod forms;
mod indicators;
mod meta;
mod org_units;
mod people;
mod persons;
mod posts;
mod programmes;
mod reconfirmations;
mod registrations;
mod reports;
mod resolution_items;
mod search;
mod settings;
mod stage;
mod targets;
mod tasks;
mod terms;

use crate::{
    conformance::{Operation, operations},
    harness::Answer,
};
use serde_json::Value;
pub use stage::{ACTORS, Row, Stage, fill, knows, rows};

#[actix_web::test]
async fn every_operation_has_a_row() {
    let stage = Stage::new().await;
    let named = |wanted: &dyn Fn(&Row) -> bool| -> Vec<String> {
        rows().filter(|row| wanted(row)).map(|row| row.operation(&stage.things).name()).collect()
    };
    let (covered, effects) = (named(&|_| true), named(&|row| row.effect.is_some()));
    let without = |covered: &[String], wanted: &dyn Fn(&Operation) -> bool| -> Vec<String> {
        let names = operations().into_iter().filter(|op| wanted(op)).map(|op| op.name());
        names.filter(|name| !covered.contains(name)).collect()
    };
    let missing = without(&covered, &|_| true);
    assert!(missing.is_empty(), "no row in the permission matrix:\n{}", missing.join("\n"));
    let silent = without(&effects, &|op| op.method != "get");
    assert!(silent.is_empty(), "no row says how many events it appends:\n{}", silent.join("\n"));
}

#[actix_web::test]
async fn everybody_may_exactly_what_the_table_says() {
    let stage = Stage::new().await;
    // Who comes for the first time leaves events.
    for who in ACTORS {
        stage.actor(who).await;
    }
    let mut wrong = Vec::new();
    for row in rows() {
        let rehearsed = row.method() == "GET" || knows(row.operation(&stage.things), "dry_run");
        let before = stage.world.events().await;
        for (who, expected) in ACTORS.iter().zip(row.statuses()) {
            let answer = stage.rehearse(row, who, &stage.things).await;
            if answer.status != expected {
                let got = format!("{} {}", answer.status, answer.code());
                wrong.push(format!("{} as {who}: expected {expected}, got {got}", row.call));
            }
        }
        if rehearsed && stage.world.events().await != before {
            wrong.push(format!("{} left events behind although it was a rehearsal", row.call));
        }
    }
    assert!(wrong.is_empty(), "{} cells\n{}", wrong.len(), wrong.join("\n"));
}

#[actix_web::test]
async fn what_lies_outside_the_territory_answers_like_what_is_absent() {
    let stage = Stage::new().await;
    let nothing = stage.things.keys().map(|name| (name.clone(), stage.things["absent"].clone())).collect();
    let plain = |answer: &Answer| {
        let mut body = answer.body.clone();
        for own in ["instance", "trace_id"] {
            body[own] = Value::Null;
        }
        (answer.status, body)
    };
    for row in rows().filter(|row| row.call.contains('{')) {
        for (who, expected) in ACTORS.iter().zip(row.statuses()) {
            if expected == 404 {
                let outside = stage.rehearse(row, who, &stage.things).await;
                let absent = stage.rehearse(row, who, &nothing).await;
                assert_eq!(plain(&outside), plain(&absent), "{} as {who}", row.call);
            }
        }
    }
}

#[actix_web::test]
async fn every_write_appends_the_events_it_promises() {
    let mut wrong = Vec::new();
    for row in rows() {
        let Some(effect) = row.effect else { continue };
        let stage = Stage::new().await;
        stage.actor(effect.by).await;
        let before = stage.world.events().await;
        let answer = stage.perform(row).await;
        let appended = stage.world.events().await - before;
        if !(200..300).contains(&answer.status) || appended != effect.events {
            wrong.push(format!(
                "{} as {}: {} {}, {appended} events instead of {}",
                row.call, effect.by, answer.status, answer.text, effect.events
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
