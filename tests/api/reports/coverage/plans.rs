//! No question that the matrix asks of the database reads a table to its end for the sake of a few rows.

use super::{day, dispatch, matrix, paper, post, programme, study};
use crate::harness::World;
use diesel::{
    Connection, QueryableByName, RunQueryDsl,
    connection::{InstrumentationEvent, SimpleConnection},
    sql_query,
    sql_types::Text,
};
use serde_json::json;
use std::sync::{Arc, Mutex};
use tiendo::db::{AnyConn, Backend};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// How the database goes about a question.
fn plan(conn: &mut AnyConn, question: &str) -> Vec<String> {
    if conn.backend() == Backend::Sqlite {
        let steps: Vec<Step> = sql_query(format!("EXPLAIN QUERY PLAN {question}")).load(conn).unwrap();
        return steps.into_iter().map(|step| step.detail).collect();
    }
    let places = (1..40).rev().find(|n| question.contains(&format!("${n}"))).unwrap_or(0);
    let nothing = vec!["NULL"; places].join(",");
    let values = if places > 0 { format!("({nothing})") } else { String::new() };
    conn.batch_execute(&format!("PREPARE question AS {question}")).unwrap();
    let lines: Vec<Line> = sql_query(format!("EXPLAIN EXECUTE question{values}")).load(conn).unwrap();
    conn.batch_execute("DEALLOCATE question").unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// Whether a step of a plan reads a whole table.
fn is_scan(step: &str) -> bool {
    step.contains("Seq Scan on") || (step.starts_with("SCAN ") && !step.contains("SUBQUERY"))
}

/// Few rows for ever, or none at all: a list of no ids, on SQLite.
fn may_scan(question: &str) -> bool {
    question.ends_with("FROM `settings` LIMIT ?")
        || question.ends_with("FROM \"settings\" LIMIT $1")
        || question.contains("(1=0)")
}

#[actix_web::test]
async fn every_question_of_the_matrix_is_answered_by_an_index() {
    let world = World::new().await;
    let paper = paper(&world, json!({"issued_on": "2023-10-10"})).await;
    dispatch(&world, &paper, &["A", "A1", "B"], json!({"programme_due_on": day(3)})).await;
    study(&world, "A", &paper, (day(0), 20), true).await;
    programme(&world, "A", std::slice::from_ref(&paper), 1, (day(0), day(9))).await;
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let heard = asked.clone();
    let listen = move |conn: &mut AnyConn| {
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let text = query.to_string();
                let question = text.split(" -- binds").next().unwrap().trim().to_owned();
                let mut all = heard.lock().unwrap();
                if question.starts_with("SELECT") && !all.contains(&question) {
                    all.push(question);
                }
            }
        });
        Ok(())
    };
    // There is one thread for reports, with one connection.
    world.db.report(listen).await.unwrap();
    let new = json!({"title": "Vận động", "unit_id": world.unit("A"), "class": "key", "due_on": day(2),
        "document_id": paper});
    for _ in 0..2 {
        for question in ["limit=20", &format!("document_id={paper}"), "as_of=2023-10-14&explain=true"] {
            matrix(&world, "leader@D", question).await;
        }
        post(&world, "leader@D", "tasks", new.clone()).await;
        world.go_to(&day(1).to_string()).await;
    }
    let listen_no_more = |conn: &mut AnyConn| {
        conn.set_instrumentation(|_: InstrumentationEvent<'_>| ());
        Ok(())
    };
    world.db.report(listen_no_more).await.unwrap();
    let asked = asked.lock().unwrap().clone();
    assert!(asked.len() > 20, "{asked:#?}");
    let explain = move |conn: &mut AnyConn| {
        if conn.backend() == Backend::Postgres {
            // A table of a few rows is read whole, unless that is made dear.
            conn.batch_execute(
                "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan",
            )?;
        }
        let plans = asked.into_iter().map(|question| (plan(conn, &question), question));
        let whole = |plan: &[String]| plan.iter().any(|step| is_scan(step));
        Ok(plans.filter(|(plan, question)| !may_scan(question) && whole(plan)).collect::<Vec<_>>())
    };
    let scans = world.db.report(explain).await.unwrap();
    assert!(scans.is_empty(), "{scans:#?}");
}
