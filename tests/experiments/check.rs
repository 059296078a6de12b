//! What was acknowledged, against what is there: the one checker of all experiments.
//!
//! Every write makes a task whose title is its key. The clients note the key when they are told that it
//! is done; what they were never told may be there or not, but never twice and never by half.

use diesel::{QueryableByName, RunQueryDsl, prelude::*, sql_query, sql_types::Text};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
    time::Instant,
};
use tiendo::{
    db::{
        AnyConn, Backend,
        schema::{events, tasks},
    },
    ids::Id,
};

/// What the clients know.
#[derive(Default)]
pub struct Record(Mutex<BTreeMap<String, Instant>>);

impl Record {
    /// This key was answered with a success just now.
    pub fn acknowledge(&self, key: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.into(), Instant::now());
    }

    /// How many keys are acknowledged.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// When the first acknowledgement after a moment came.
    pub fn first_after(&self, moment: Instant) -> Option<Instant> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.values().filter(|at| **at > moment).min().copied()
    }

    /// Every key with the time of its acknowledgement.
    pub fn all(&self) -> BTreeMap<String, Instant> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[derive(QueryableByName)]
struct Integrity {
    #[diesel(sql_type = Text)]
    integrity_check: String,
}

/// Compares; panics unless nothing is lost, nothing is there twice and nothing by half. Gives a line
/// with the figures.
pub fn check(url: &str, record: &Record) -> String {
    let mut conn = AnyConn::open(url).unwrap();
    let rows: Vec<(Id, String)> = tasks::table.select((tasks::id, tasks::title)).load(&mut conn).unwrap();
    let mut there: HashMap<&str, usize> = HashMap::new();
    rows.iter().for_each(|(_, key)| *there.entry(key).or_default() += 1);
    let told = record.all();
    let lost: Vec<_> = told.keys().filter(|key| !there.contains_key(key.as_str())).collect();
    let double: Vec<_> = there.iter().filter(|(_, count)| **count > 1).collect();
    assert!(lost.is_empty(), "lost {} of {}: {:?} …", lost.len(), told.len(), lost.first());
    assert!(double.is_empty(), "double {}: {:?} …", double.len(), double.first());

    let mut assigned: Vec<Id> = events::table
        .filter(events::kind.eq("task.assigned"))
        .select(events::subject_id)
        .load(&mut conn)
        .unwrap();
    let mut made: Vec<Id> = rows.iter().map(|(id, _)| *id).collect();
    assigned.sort();
    made.sort();
    assert!(assigned == made, "by half: {} tasks, {} events of their making", made.len(), assigned.len());
    if conn.backend() == Backend::Sqlite {
        let said: Vec<Integrity> = sql_query("PRAGMA integrity_check").load(&mut conn).unwrap();
        let said: Vec<&str> = said.iter().map(|row| row.integrity_check.as_str()).collect();
        assert_eq!(said, ["ok"], "the file is damaged");
    }
    let untold = made.len() - told.len();
    format!(
        "{} acknowledged: lost 0, double 0, by half 0; {untold} there of which nobody was told",
        told.len()
    )
}
