//! Changes made in one round trip.

use diesel::{
    QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::Integer,
    sqlite::Sqlite,
};

use super::{AnyConn, Prepared};

/// An `INSERT` or `UPDATE` whose answer nobody wants, for either database.
pub trait Change: QueryFragment<Pg> + QueryFragment<Sqlite> {}

impl<T: QueryFragment<Pg> + QueryFragment<Sqlite>> Change for T {}

/// Makes several changes; gives how many rows the last of them found. Their texts have to be few: they are
/// kept prepared ([`Prepared`]).
///
/// PostgreSQL takes them as one statement, of which each part sees what was there before all: no part may
/// build on another, or change a row that another changes. References are checked at its end.
pub fn together(conn: &mut AnyConn, first: &[&dyn Change], last: &dyn Change) -> QueryResult<usize> {
    let found: Vec<i32> = match conn {
        AnyConn::Postgres(pg) => Prepared(AsOne { first, last }).load(pg)?,
        AnyConn::Sqlite(sqlite) => {
            for change in first {
                Prepared(AsOne { first: &[], last: *change }).load::<i32>(sqlite)?;
            }
            Prepared(AsOne { first: &[], last }).load(sqlite)?
        }
    };
    Ok(found.len())
}

/// The last with the others before it, each under a name that nothing refers to. It gives back a row for
/// each that it finds, or it would not be kept prepared.
struct AsOne<'a> {
    first: &'a [&'a dyn Change],
    last: &'a dyn Change,
}

impl QueryFragment<Pg> for AsOne<'_> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        for (n, change) in self.first.iter().enumerate() {
            pass.push_sql(if n == 0 { "WITH " } else { ", " });
            pass.push_sql(&format!("change_{n} AS ("));
            QueryFragment::<Pg>::walk_ast(*change, pass.reborrow())?;
            pass.push_sql(") ");
        }
        QueryFragment::<Pg>::walk_ast(self.last, pass.reborrow())?;
        pass.push_sql(" RETURNING 1");
        Ok(())
    }
}

/// SQLite changes nothing inside a `WITH`: there is only ever the last.
impl QueryFragment<Sqlite> for AsOne<'_> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        QueryFragment::<Sqlite>::walk_ast(self.last, pass.reborrow())?;
        pass.push_sql(" RETURNING 1");
        Ok(())
    }
}

impl QueryId for AsOne<'_> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for AsOne<'_> {
    type SqlType = Integer;
}
