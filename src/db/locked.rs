//! Reading a row that is about to be written.

use diesel::{
    QueryResult, RunQueryDsl,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sqlite::Sqlite,
};

/// A query that locks the rows of its table until the end of the transaction, as writing them does; not
/// those of tables it joins. SQLite has one writer and needs nothing.
///
/// After a wait for the lock PostgreSQL gives the columns of that table anew, but those of joined tables as
/// they were before, and no row where the two do not fit any more: who finds none asks once more.
#[derive(Debug, Clone, Copy)]
pub struct Locked<Q> {
    pub query: Q,
    pub table: &'static str,
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Locked<Q> {
    fn walk_ast<'b>(&'b self, mut pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.query.walk_ast(pass.reborrow())?;
        pass.push_sql(" FOR NO KEY UPDATE OF ");
        pass.push_identifier(self.table)
    }
}

impl<Q: QueryFragment<Sqlite>> QueryFragment<Sqlite> for Locked<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        self.query.walk_ast(pass)
    }
}

/// Known by its text alone.
impl<Q> QueryId for Locked<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Locked<Q> {
    type SqlType = Q::SqlType;
}

impl<Q, Conn> RunQueryDsl<Conn> for Locked<Q> {}
