//! What the service does with bad input of every kind, and what every answer carries.
//!
//! `bodies` and `queries` spoil the good requests of the permission matrix in every way the OpenAPI
//! document suggests: an operation with a row there is tested here without a line more.

mod bodies;
mod explained;
mod headers;
mod limits;
mod patches;
mod preferences;
mod queries;
mod words;

use crate::{harness::Answer, matrix::Stage};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::BigInt};
use std::{collections::BTreeMap, fs, path::Path};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many rows each table holds.
async fn rows_stored(stage: &Stage) -> BTreeMap<String, i64> {
    let mut found = BTreeMap::new();
    for table in tables() {
        let count = format!("SELECT COUNT(*) AS n FROM {table}");
        let counted = stage.world.db.read(move |conn| Ok(sql_query(count).get_result::<Count>(conn)?.n));
        found.insert(table, counted.await.unwrap());
    }
    found
}

/// The tables that the migrations make.
fn tables() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations/sqlite");
    let mut found = Vec::new();
    for migration in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(migration.unwrap().path().join("up.sql")).unwrap();
        let names = text.lines().filter_map(|line| line.strip_prefix("CREATE TABLE "));
        found.extend(names.map(|rest| rest.split([' ', '(']).next().unwrap().to_owned()));
    }
    found
}

/// Gathers what was wrong, so that one run names every case.
#[derive(Default)]
struct Verdict(Vec<String>);

impl Verdict {
    /// A refusal: 4xx, a problem, and naming the place when one is given.
    fn refused(&mut self, case: &str, answer: &Answer, place: Option<&str>) {
        let problem = answer.header("content-type") == "application/problem+json";
        let named = place.is_none_or(|place| {
            let faults = answer.faults();
            faults.iter().any(|f| {
                f.split(' ').next().is_some_and(|at| at == place || at.starts_with(&format!("{place}/")))
            })
        });
        if !(400..500).contains(&answer.status) || !problem || !named {
            let text: String = answer.text.chars().take(300).collect();
            self.0.push(format!("{case}: {} (should name {place:?}) {text}", answer.status));
        }
    }

    /// Anything but a failure of the service.
    fn survived(&mut self, case: &str, answer: &Answer) {
        if answer.status >= 500 {
            self.0.push(format!("{case}: {} {}", answer.status, answer.text));
        }
    }

    /// The tables hold what they held.
    fn stored_nothing(&mut self, case: &str, before: &BTreeMap<String, i64>, after: &BTreeMap<String, i64>) {
        if before != after {
            let changed: Vec<_> = after.iter().filter(|(table, n)| before.get(*table) != Some(n)).collect();
            self.0.push(format!("{case}: something was stored: {changed:?}"));
        }
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "{} cases\n{}", self.0.len(), self.0.join("\n"));
    }
}
