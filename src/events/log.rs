//! Reading the log.
//!
//! The order is (tx, seq), never seq alone: on PostgreSQL a transaction that took an early seq may
//! commit after a later one. A reader stops below the oldest open transaction, so that nothing can
//! appear behind it: every event is met exactly once.

use crate::{
    clock::Instant,
    db::{
        AnyConn, Backend, MultiBackend,
        schema::{events, settings},
    },
    error::{Error, Result},
    ids::Id,
};
use diesel::{
    dsl::{count_star, sql, sum},
    prelude::*,
    sql_types::{BigInt, Bool},
};

/// A place in the log: everything up to it has been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    pub tx: i64,
    pub seq: i64,
}

/// One event as the log holds it.
#[derive(Debug, Clone, Queryable)]
pub struct Recorded {
    pub seq: i64,
    pub tx: i64,
    pub id: Id,
    pub occurred_at: Instant,
    pub recorded_at: Instant,
    pub imported_by: Option<Id>,
    pub actor_user: Option<Id>,
    pub acting_as: Option<Id>,
    pub on_behalf_of: Option<Id>,
    pub request_id: String,
    pub root_unit: Option<Id>,
    pub unit_id: Option<Id>,
    pub unit_path: String,
    pub kind: String,
    pub subject_type: String,
    pub subject_id: Id,
    pub subject_version: i32,
    pub changes: String,
    pub reason: Option<String>,
}

impl Recorded {
    /// Where this event stands.
    pub const fn position(&self) -> Position {
        Position { tx: self.tx, seq: self.seq }
    }
}

/// A query over events, to be narrowed by the caller.
pub type Query = events::BoxedQuery<'static, MultiBackend>;

/// Everything that is settled after a position: no event can any more appear before what this finds.
pub fn settled_after(conn: &AnyConn, after: Position) -> Query {
    match conn.backend() {
        // All of SQLite's events have one tx, and a comparison of pairs would not use its index.
        Backend::Sqlite => events::table.filter(events::seq.gt(after.seq)).order(events::seq).into_boxed(),
        Backend::Postgres => events::table
            .filter(pair(">", after))
            .filter(sql::<Bool>(BELOW_OLDEST_OPEN))
            .order((events::tx, events::seq))
            .into_boxed(),
    }
}

/// Everything after a position, settled or not.
pub fn after(conn: &AnyConn, after: Position) -> Query {
    match conn.backend() {
        Backend::Sqlite => events::table.filter(events::seq.gt(after.seq)).into_boxed(),
        Backend::Postgres => events::table.filter(pair(">", after)).into_boxed(),
    }
}

/// What is settled after a position, up to another one.
pub fn settled_between(conn: &AnyConn, after: Position, until: Position) -> Query {
    let later = settled_after(conn, after);
    match conn.backend() {
        Backend::Sqlite => later.filter(events::seq.le(until.seq)),
        Backend::Postgres => later.filter(pair("<=", until)),
    }
}

/// The position at most `most` settled events after another, and whether more may follow it. A
/// reader that meets few of them goes on from there, so that it reads nothing twice.
pub fn look_ahead(conn: &mut AnyConn, after: Position, most: i64) -> Result<(Position, bool)> {
    let ahead: Vec<(i64, i64)> =
        settled_after(conn, after).limit(most).select((events::tx, events::seq)).load(conn)?;
    let last = ahead.last().map_or(after, |(tx, seq)| Position { tx: *tx, seq: *seq });
    Ok((last, i64::try_from(ahead.len()).is_ok_and(|found| found >= most)))
}

/// Compares an event's position with another one.
fn pair(
    sign: &str,
    with: Position,
) -> Box<dyn BoxableExpression<events::table, MultiBackend, SqlType = Bool>> {
    let compared = sql::<Bool>(&format!("(events.tx, events.seq) {sign} ("))
        .bind::<BigInt, _>(with.tx)
        .sql(", ")
        .bind::<BigInt, _>(with.seq)
        .sql(")");
    Box::new(compared)
}

const BELOW_OLDEST_OPEN: &str = "events.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
const FROM_OLDEST_OPEN: &str = "events.tx >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// The events of records, oldest first, after a seq.
pub fn of_subjects(conn: &mut AnyConn, subjects: &[Id], after_seq: i64, limit: i64) -> Result<Vec<Recorded>> {
    events::table
        .filter(events::subject_id.eq_any(subjects).and(events::seq.gt(after_seq)))
        .order(events::seq)
        .limit(limit)
        .load(conn)
        .map_err(Error::from)
}

/// A text that differs whenever what is visible under a root differs: the last settled event, and
/// on PostgreSQL also those that are visible while an older transaction is still open. Settings belong
/// to no root and bear on the figures of all. Sessions lie in no unit: they change nothing that is read.
pub fn state_of_root(conn: &mut AnyConn, root: Id) -> Result<String> {
    let mine = || events::table.filter(events::root_unit.eq(root)).into_boxed::<MultiBackend>();
    let (mut settled, mut open) = (mine(), Vec::new());
    if conn.backend() == Backend::Postgres {
        settled = settled.filter(sql::<Bool>(BELOW_OLDEST_OPEN));
        open = mine()
            .filter(sql::<Bool>(FROM_OLDEST_OPEN))
            .order(events::seq)
            .select(events::seq)
            .load::<i64>(conn)?;
    }
    let last: Option<(i64, i64)> = settled
        .order((events::tx.desc(), events::seq.desc()))
        .select((events::tx, events::seq))
        .first(conn)
        .optional()?;
    let (tx, seq) = last.unwrap_or_default();
    let (set, changes): (i64, Option<i64>) =
        settings::table.select((count_star(), sum(settings::version))).first(conn)?;
    Ok(format!("{tx}.{seq}{open:?}{set}.{}", changes.unwrap_or_default()))
}

/// How many events there are.
pub fn count(conn: &mut AnyConn) -> Result<i64> {
    events::table.count().get_result(conn).map_err(Error::from)
}
