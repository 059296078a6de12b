//! Statements that are prepared once though diesel would prepare them each time.

use diesel::{
    QueryResult, RunQueryDsl,
    backend::Backend,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

/// A statement to be kept prepared under its text.
///
/// Diesel never keeps an `UPDATE`, an `INSERT` on PostgreSQL, nor a list of ids on SQLite, because their text
/// may be another one each time, and what is kept is never thrown away. This is for those whose texts are
/// few: all columns of a row, lists no longer than a page.
///
/// A statement that changes something has to give a row back (`returning`): where it is only executed,
/// diesel asks what stands behind a reference to it, and does not hear what is said here.
#[derive(Debug, Clone, Copy)]
pub struct Prepared<Q>(pub Q);

impl<Q, DB> QueryFragment<DB> for Prepared<Q>
where
    DB: Backend,
    Q: QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    fn is_safe_to_cache_prepared(&self, _: &DB) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Known by its text alone.
impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, Conn> RunQueryDsl<Conn> for Prepared<Q> {}
