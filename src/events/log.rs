//! Reading the log.
//!
//! The order is (tx, seq), never seq alone: on PostgreSQL a transaction that took an early seq may
//! commit after a later one. A reader stops below the oldest open transaction, so that nothing can
//! appear behind it: every event is met exactly once.

use crate::{
    clock::Instant,
    db::{AnyConn, Backend, MultiBackend, schema::events},
    error::{Error, Result},
    ids::Id,
};
use diesel::{dsl::sql, prelude::*, sql_types::Bool};

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
    pub prev_hash: Option<String>,
    pub hash: Option<String>,
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
    let later = events::table
        .filter(events::tx.gt(after.tx).or(events::tx.eq(after.tx).and(events::seq.gt(after.seq))))
        .order((events::tx, events::seq))
        .into_boxed();
    match conn.backend() {
        Backend::Sqlite => later,
        Backend::Postgres => later.filter(sql::<Bool>(BELOW_OLDEST_OPEN)),
    }
}

/// Word for word the condition of the index that serves it.
const NO_SESSION: &str = "subject_type <> 'session'";
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
/// on PostgreSQL also those that are visible while an older transaction is still open. Who logs in
/// or out changes nothing that is read.
pub fn state_of_root(conn: &mut AnyConn, root: Id) -> Result<String> {
    let mine = || {
        let of_root = events::table.filter(events::root_unit.eq(root));
        of_root.filter(sql::<Bool>(NO_SESSION)).into_boxed::<MultiBackend>()
    };
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
    Ok(format!("{tx}.{seq}{open:?}"))
}

/// How many events there are.
pub fn count(conn: &mut AnyConn) -> Result<i64> {
    events::table.count().get_result(conn).map_err(Error::from)
}
