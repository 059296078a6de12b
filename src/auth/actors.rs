//! Actors kept in memory from one request to the next.
//!
//! Each is kept with the standing of its session: a number that the database changes in the very
//! transaction that changes what the session may do (an account disabled, an assignment or a deputyship
//! ended, a unit moved or closed). Every request reads that number; as long as it is the same, so is the
//! actor. Nothing has to be told to other nodes.

use crate::{
    auth::{actor::Actor, checked::Verified},
    db::{AnyConn, Prepared, schema::sessions},
    error::{Code, Error, Result},
    ids::Id,
    on,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use moka::sync::Cache;
use std::sync::Arc;

/// How many actors are kept, about 1 KB each.
const MOST: u64 = 10_000;

/// What is kept of sessions.
pub struct Actors(Cache<Verified, Kept>);

#[derive(Clone)]
struct Kept {
    standing: i64,
    /// Assignments and deputyships begin and end with a day.
    today: NaiveDate,
    actor: Arc<Actor>,
}

impl Default for Actors {
    fn default() -> Self {
        Self(Cache::new(MOST))
    }
}

impl Actors {
    /// Who a verified token stands for, given the standing of its session; errors as [`Actor::find`].
    pub fn find(
        &self,
        conn: &mut AnyConn,
        who: Verified,
        today: NaiveDate,
        standing: Option<i64>,
    ) -> Result<Arc<Actor>> {
        let standing = standing.ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let kept = self.0.get(&who).filter(|kept| kept.standing == standing && kept.today == today);
        if let Some(kept) = kept {
            return Ok(kept.actor);
        }
        // Read after the standing was: never older than it. In a write both may come from what is taken back
        // later; the standing, drawn by chance, is then never met again.
        let actor = Arc::new(Actor::find(conn, who, today)?);
        self.0.insert(who, Kept { standing, today, actor: Arc::clone(&actor) });
        Ok(actor)
    }
}

/// The standing of a session as a column, to be read along with something else; nothing where there is none.
#[diesel::dsl::auto_type]
pub fn standing_of(session: Option<Id>) -> _ {
    sessions::table.filter(sessions::id.nullable().eq(session)).select(sessions::standing).single_value()
}

/// The standing of a session; none when there is no such session.
pub fn standing(conn: &mut AnyConn, session: Id) -> Result<Option<i64>> {
    let found = sessions::table.find(session).select(sessions::standing);
    on!(conn, c => found.first(c)).optional().map_err(Error::from)
}

/// Nothing but the standing, for those who read nothing along with it.
pub fn alone(conn: &mut AnyConn, session: Id) -> Result<(Option<i64>, ())> {
    Ok((standing(conn, session)?, ()))
}

/// The standing of a session, and its mark: another number after every write of the session. The session's
/// own writes are seen wherever this mark is.
pub fn standing_and_mark(conn: &mut AnyConn, session: Id) -> Result<(Option<i64>, Option<i64>)> {
    let found = sessions::table.find(session).select((sessions::standing, sessions::wrote));
    let found: Option<(i64, i64)> = on!(conn, c => found.first(c)).optional()?;
    Ok(found.unzip())
}

/// Whether a session has this mark here.
pub fn shows(conn: &mut AnyConn, session: Id, mark: i64) -> Result<bool> {
    let here = sessions::table.find(session).select(sessions::wrote);
    let here: Option<i64> = on!(conn, c => here.first(c)).optional()?;
    Ok(here == Some(mark))
}

/// Gives a session another mark: the last statement of a write, so that no other write of the session waits
/// for longer than the commit. Drawn by chance, for the reason that the standing is.
pub fn mark(conn: &mut AnyConn, session: Id) -> Result<()> {
    let drawn = getrandom::u64().map_err(Error::internal)?.cast_signed();
    let marked = diesel::update(sessions::table.find(session)).set(sessions::wrote.eq(drawn));
    // What it gives back is what lets it be prepared.
    on!(conn, c => Prepared(marked.returning(sessions::wrote)).get_result::<i64>(c)).optional()?;
    Ok(())
}
