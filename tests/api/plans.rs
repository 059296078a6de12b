//! How the database goes about the questions that reports ask of it.

use crate::harness::World;
use diesel::{
    Connection, QueryableByName, RunQueryDsl,
    connection::{InstrumentationEvent, SimpleConnection},
    sql_query,
    sql_types::Text,
};
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

/// Whether a step of a plan reads a whole table. There are few settings for ever.
fn is_scan(step: &str) -> bool {
    let harmless = ["SUBQUERY", "CONSTANT ROW", "SCAN settings"].iter().any(|word| step.contains(word));
    (step.contains("Seq Scan on") && !step.contains("Seq Scan on settings"))
        || (step.starts_with("SCAN ") && !harmless)
}

/// No rows at all: a list of no ids, on SQLite.
fn may_scan(question: &str) -> bool {
    question.contains("(1=0)")
}

/// What is asked of the database for reports.
pub struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    /// From now on.
    pub async fn listen(world: &World) -> Self {
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
        Self(asked)
    }

    /// No more: each question once, with its plan.
    pub async fn plans(self, world: &World) -> Vec<(String, Vec<String>)> {
        let listen_no_more = |conn: &mut AnyConn| {
            conn.set_instrumentation(|_: InstrumentationEvent<'_>| ());
            Ok(())
        };
        world.db.report(listen_no_more).await.unwrap();
        let asked = self.0.lock().unwrap().clone();
        let explain = move |conn: &mut AnyConn| {
            if conn.backend() == Backend::Postgres {
                // A table of a few rows is read whole, unless that is made dear.
                conn.batch_execute(
                    "SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan",
                )?;
            }
            Ok(asked.into_iter().map(|question| (question.clone(), plan(conn, &question))).collect())
        };
        world.db.report(explain).await.unwrap()
    }
}

/// Those that read a table to its end for the sake of a few rows.
pub fn scans(plans: &[(String, Vec<String>)]) -> Vec<&(String, Vec<String>)> {
    let scans = |(question, plan): &&(String, Vec<String>)| {
        !may_scan(question) && plan.iter().any(|step| is_scan(step))
    };
    plans.iter().filter(scans).collect()
}
