//! How far something made from the log's records is right, to the very transaction.
//!
//! Whoever keeps figures in memory takes a mark from the snapshot they were made in, and later asks what
//! happened since, in another snapshot. On SQLite, with its one writer, a mark is a seq. On PostgreSQL
//! transactions commit out of order: a mark is the oldest transaction that was open, and those after it
//! that were seen already. A snapshot that does not see all of a mark is older than it, and is told so.

use crate::{
    db::{AnyConn, Backend, Prepared, schema::events},
    error::Result,
    events::log::OF_INSTANCE,
    ids::Id,
};
use diesel::{
    dsl::{max, sql},
    pg::sql_types::Array,
    prelude::*,
    sql_query,
    sql_types::{BigInt, Bool, Nullable, Text},
    sqlite::Sqlite,
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
        let (edge, told) = told(conn, root, None, untold, i64::MAX)?;
        Ok(Self { edge, ahead: ahead(conn, edge, &told) })
    }

    /// What happened under a root, and in no root, after this mark, as this snapshot sees it: `untold`
    /// kinds aside, and at most so many.
    pub fn since(&self, conn: &mut AnyConn, root: Id, untold: &[&'static str], most: usize) -> Result<Since> {
        let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
        let (edge, mut told) = told(conn, root, Some(self.edge), untold, limit)?;
        if edge < self.edge {
            return Ok(Since::Older);
        }
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

/// The transactions that a snapshot sees though older ones may be open.
fn ahead(conn: &AnyConn, edge: i64, told: &[Happened]) -> BTreeSet<i64> {
    match conn.backend() {
        Backend::Sqlite => BTreeSet::new(),
        Backend::Postgres => told.iter().map(|one| one.tx).filter(|tx| *tx >= edge).collect(),
    }
}

/// Up to where this snapshot lacks nothing, and what it sees from an edge on, its own if none is given.
fn told(
    conn: &mut AnyConn,
    root: Id,
    from: Option<i64>,
    untold: &[&'static str],
    limit: i64,
) -> Result<(i64, Vec<Happened>)> {
    match conn {
        AnyConn::Sqlite(conn) => {
            let edge = events::table.select(max(events::seq)).first::<Option<i64>>(conn)?.unwrap_or(0);
            let mut found = Vec::new();
            for whose in [Whose::Root(root), Whose::Instance] {
                found.extend(on_sqlite(conn, whose, from.unwrap_or(edge), untold, limit)?);
            }
            Ok((edge, found))
        }
        AnyConn::Postgres(conn) => on_postgres(conn, root, from, untold, limit),
    }
}

/// Whose events.
enum Whose {
    Root(Id),
    Instance,
}

fn on_sqlite(
    conn: &mut SqliteConnection,
    whose: Whose,
    edge: i64,
    untold: &[&'static str],
    limit: i64,
) -> Result<Vec<Happened>> {
    let mut rows: events::BoxedQuery<'static, Sqlite> = events::table.into_boxed();
    rows = match whose {
        Whose::Root(root) => rows.filter(events::root_unit.eq(root)),
        Whose::Instance => rows.filter(sql::<Bool>(OF_INSTANCE)),
    };
    let later = rows
        // All of SQLite's events have one tx: said so that the index leads to the seq.
        .filter(events::tx.eq(0).and(events::seq.gt(edge)))
        .filter(events::kind.ne_all(untold.to_vec()))
        .limit(limit);
    Ok(later.select((events::tx, events::kind, events::subject_id)).load(conn)?)
}

/// Both in one question: on the way to the figures after each change the time goes into the asking. Their order
/// is what leads PostgreSQL to the index, though it does not know how few they are.
fn on_postgres(
    conn: &mut PgConnection,
    root: Id,
    from: Option<i64>,
    untold: &[&'static str],
    limit: i64,
) -> Result<(i64, Vec<Happened>)> {
    let later = "tx >= COALESCE($2, oldest_open()) AND kind <> ALL($3) ORDER BY tx, seq LIMIT $4";
    let question = format!(
        "SELECT oldest_open() AS tx, '' AS kind, NULL AS subject_id \
         UNION ALL (SELECT tx, kind, subject_id FROM events WHERE root_unit = $1 AND {later}) \
         UNION ALL (SELECT tx, kind, subject_id FROM events WHERE {OF_INSTANCE} AND {later})"
    );
    let asked = sql_query(question)
        .bind::<Text, _>(root)
        .bind::<Nullable<BigInt>, _>(from)
        .bind::<Array<Text>, _>(untold)
        .bind::<BigInt, _>(limit);
    let (mut edge, mut told) = (0, Vec::new());
    for Line { tx, kind, subject_id } in Prepared(asked).load(conn)? {
        match subject_id {
            Some(subject_id) => told.push(Happened { tx, kind, subject_id }),
            None => edge = tx,
        }
    }
    Ok((edge, told))
}

/// An event; without a subject it says what the oldest open transaction is.
#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = BigInt)]
    tx: i64,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    subject_id: Option<Id>,
}
