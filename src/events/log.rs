//! Reading the log.
//!
//! The order is (tx, seq), never seq alone: on PostgreSQL a transaction that took an early seq may
//! commit after a later one. A reader stops below the oldest open transaction, so that nothing can
//! appear behind it: every event is met exactly once.

use crate::{
    clock::Instant,
    db::{
        AnyConn, Backend, MultiBackend,
        schema::{events, sessions},
    },
    error::{Error, Result},
    ids::Id,
};
use diesel::{
    dsl::{count_star, max, sql},
    expression::ValidGrouping,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{BigInt, Bool, Nullable},
};
use std::fmt;

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

/// The events of records, oldest first, after a seq.
pub fn of_subjects(conn: &mut AnyConn, subjects: &[Id], after_seq: i64, limit: i64) -> Result<Vec<Recorded>> {
    events::table
        .filter(events::subject_id.eq_any(subjects).and(events::seq.gt(after_seq)))
        .order(events::seq)
        .limit(limit)
        .load(conn)
        .map_err(Error::from)
}

/// What differs whenever what is visible under a root differs. What happens in no root (settings, calendars,
/// catalogues) bears on the figures of all. Sessions lie in no unit: they change nothing that is read.
///
/// On PostgreSQL the events below the oldest open transaction are known by the last of them; those that are
/// visible while it is open by their number, as they only grow in number until they are below it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Queryable)]
pub struct State {
    settled: Option<i64>,
    ahead: Option<i64>,
    of_instance: Option<i64>,
    of_instance_ahead: Option<i64>,
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [settled, ahead, of_instance, of_instance_ahead] =
            [self.settled, self.ahead, self.of_instance, self.of_instance_ahead]
                .map(Option::unwrap_or_default);
        write!(f, "{settled}+{ahead}.{of_instance}+{of_instance_ahead}")
    }
}

diesel::define_sql_function! {
    /// PostgreSQL alone has it: the oldest transaction that is open.
    fn oldest_open() -> BigInt;
}

/// Of no root, and of no session: in the words of the index `events_of_instance`, without which neither
/// database would use it.
pub(super) const OF_INSTANCE: &str = "events.root_unit IS NULL AND events.subject_type <> 'session'";

/// The same as a condition. A question with a fragment of text in it would be written anew each time.
#[derive(Debug, Clone, Copy, QueryId, ValidGrouping)]
struct OfInstance;

impl Expression for OfInstance {
    type SqlType = Bool;
}

impl<DB: diesel::backend::Backend> QueryFragment<DB> for OfInstance {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_sql(OF_INSTANCE);
        Ok(())
    }
}

impl<QS> AppearsOnTable<QS> for OfInstance {}

/// The columns of a [`State`], for the root that an expression names.
///
/// Nothing here is found by an order and a limit: PostgreSQL would plan that anew each time, because it takes
/// a limit it does not know for a large one.
macro_rules! state {
    ($columns:ident, $root:expr) => {
        (
            state!(@last $columns, events::table.filter(events::root_unit.eq($root))),
            state!(@ahead $columns, events::table.filter(events::root_unit.eq($root))),
            state!(@last $columns, events::table.filter(OfInstance)),
            state!(@ahead $columns, events::table.filter(OfInstance)),
        )
    };
    // All of SQLite's events have one tx: said so that an index leads to the seq.
    (@last sqlite, $events:expr) => {
        $events.filter(events::tx.eq(0)).select(max(events::seq)).single_value()
    };
    (@ahead sqlite, $events:expr) => {
        None::<i64>.into_sql::<Nullable<BigInt>>()
    };
    (@last postgres, $events:expr) => {
        $events.filter(events::tx.lt(oldest_open())).select(max(events::tx)).single_value()
    };
    (@ahead postgres, $events:expr) => {
        $events.filter(events::tx.ge(oldest_open())).select(count_star()).single_value()
    };
}

/// The state of a root.
pub fn state_of_root(conn: &mut AnyConn, root: Id) -> Result<State> {
    Ok(match conn {
        AnyConn::Sqlite(conn) => diesel::select(state!(sqlite, root)).first(conn)?,
        AnyConn::Postgres(conn) => diesel::select(state!(postgres, root)).first(conn)?,
    })
}

/// The standing of a session ([`crate::auth::actors`]), its root and the state of that root, in one query.
/// None when there is no such session.
pub fn state_along(conn: &mut AnyConn, session: Id) -> Result<Option<(i64, Option<Id>, State)>> {
    let mine = || sessions::table.find(session);
    let known = (sessions::standing, sessions::root_id);
    Ok(match conn {
        AnyConn::Sqlite(conn) => {
            let found = mine().select((known.0, known.1, state!(sqlite, sessions::root_id)));
            found.get_result(conn).optional()?
        }
        AnyConn::Postgres(conn) => {
            let found = mine().select((known.0, known.1, state!(postgres, sessions::root_id)));
            found.get_result(conn).optional()?
        }
    })
}

/// How many events there are.
pub fn count(conn: &mut AnyConn) -> Result<i64> {
    events::table.count().get_result(conn).map_err(Error::from)
}
