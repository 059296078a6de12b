//! How far something made from the log's records is right, to the very transaction.
//!
//! Whoever keeps figures in memory takes a mark from the snapshot they were made in, and later asks what
//! happened since, in another snapshot. On SQLite, with its one writer, a mark is a seq. On PostgreSQL
//! transactions commit out of order: a mark is the oldest transaction that was open, and those after it
//! that were seen already. A snapshot that does not see all of a mark is older than it, and is told so.

use crate::{
    db::{AnyConn, Backend, MultiBackend, schema::events},
    error::Result,
    ids::Id,
};
use diesel::{
    dsl::{max, sql},
    prelude::*,
    sql_types::BigInt,
};
use std::collections::BTreeSet;

/// What a snapshot saw of the events of one root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// On SQLite everything up to this seq, on PostgreSQL every transaction below this one.
    edge: i64,
    /// And these transactions, not below it.
    ahead: BTreeSet<i64>,
}

/// An event, as far as what is kept has to know it.
#[derive(Debug, Clone, Queryable)]
pub struct Happened {
    tx: i64,
    pub kind: String,
    pub subject_id: Id,
}

/// What happened after a mark.
#[derive(Debug)]
pub enum Since {
    /// This snapshot does not see all that the mark covers.
    Older,
    /// More than was asked for.
    TooMuch,
    /// These, and the mark of this snapshot.
    Known(Vec<Happened>, Mark),
}

impl Mark {
    /// The mark of this snapshot. `untold` kinds of events leave no trace in it: who keeps something does
    /// not depend on them.
    pub fn now(conn: &mut AnyConn, root: Id, untold: &[&'static str]) -> Result<Self> {
        let edge = edge(conn)?;
        let told = told(conn, root, edge, untold, i64::MAX)?;
        Ok(Self { edge, ahead: ahead(conn, edge, &told) })
    }

    /// What happened under a root, and in no root, after this mark, as this snapshot sees it: `untold`
    /// kinds aside, and at most so many.
    pub fn since(&self, conn: &mut AnyConn, root: Id, untold: &[&'static str], most: usize) -> Result<Since> {
        let edge = edge(conn)?;
        if edge < self.edge {
            return Ok(Since::Older);
        }
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let mut told = told(conn, root, self.edge, untold, limit)?;
        if told.len() > most {
            return Ok(Since::TooMuch);
        }
        if !self.ahead.iter().all(|tx| told.iter().any(|one| one.tx == *tx)) {
            return Ok(Since::Older);
        }
        let mark = Self { edge, ahead: ahead(conn, edge, &told) };
        told.retain(|one| !self.ahead.contains(&one.tx));
        Ok(Since::Known(told, mark))
    }

    /// False when the other one surely covers more.
    pub const fn may_replace(&self, other: &Self) -> bool {
        self.edge >= other.edge
    }
}

/// Up to where this snapshot lacks nothing.
fn edge(conn: &mut AnyConn) -> Result<i64> {
    Ok(match conn.backend() {
        Backend::Sqlite => events::table.select(max(events::seq)).first::<Option<i64>>(conn)?.unwrap_or(0),
        Backend::Postgres => {
            let oldest = sql::<BigInt>("pg_snapshot_xmin(pg_current_snapshot())::text::bigint");
            diesel::select(oldest).get_result(conn)?
        }
    })
}

/// The transactions that a snapshot sees though older ones may be open.
fn ahead(conn: &AnyConn, edge: i64, told: &[Happened]) -> BTreeSet<i64> {
    match conn.backend() {
        Backend::Sqlite => BTreeSet::new(),
        Backend::Postgres => told.iter().map(|one| one.tx).filter(|tx| *tx >= edge).collect(),
    }
}

/// What is seen from an edge on.
fn told(
    conn: &mut AnyConn,
    root: Id,
    edge: i64,
    untold: &[&'static str],
    limit: i64,
) -> Result<Vec<Happened>> {
    let mut found = Vec::new();
    for root in [Some(root), None] {
        let mut rows: events::BoxedQuery<'static, MultiBackend> = events::table.into_boxed();
        rows = match root {
            Some(root) => rows.filter(events::root_unit.eq(root)),
            None => rows.filter(events::root_unit.is_null()),
        };
        rows = match conn.backend() {
            // All of SQLite's events have one tx: said so that the index of a root leads to the seq.
            Backend::Sqlite => rows.filter(events::tx.eq(0).and(events::seq.gt(edge))),
            Backend::Postgres => rows.filter(events::tx.ge(edge)),
        };
        let rows: Vec<Happened> = rows
            .filter(events::kind.ne_all(untold.to_vec()))
            .limit(limit)
            .select((events::tx, events::kind, events::subject_id))
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}
