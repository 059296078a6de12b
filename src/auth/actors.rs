//! Actors kept in memory from one request to the next.
//!
//! Each is kept with the standing of its session: a number that the database changes in the very
//! transaction that changes what the session may do (an account disabled, an assignment or a deputyship
//! ended, a unit moved or closed). Every request reads that number; as long as it is the same, so is the
//! actor. Nothing has to be told to other nodes.

use crate::{
    auth::{actor::Actor, checked::Verified},
    db::{AnyConn, schema::sessions},
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

/// Whether what is read now is committed already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    Committed,
    /// In a write, which may see what will be taken back: nothing of it is kept.
    InWrite,
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
        seen: Seen,
    ) -> Result<Arc<Actor>> {
        let standing = standing.ok_or_else(|| Error::new(Code::Unauthenticated))?;
        let kept = self.0.get(&who).filter(|kept| kept.standing == standing && kept.today == today);
        if let Some(kept) = kept {
            return Ok(kept.actor);
        }
        let actor = Arc::new(Actor::find(conn, who, today)?);
        if seen == Seen::Committed {
            // Read after the standing was: never older than it.
            self.0.insert(who, Kept { standing, today, actor: Arc::clone(&actor) });
        }
        Ok(actor)
    }
}

/// The standing of a session as a column, to be read along with something else.
#[diesel::dsl::auto_type]
pub fn standing_of(session: Id) -> _ {
    sessions::table.filter(sessions::id.eq(session)).select(sessions::standing).single_value()
}

/// The standing of a session; none when there is no such session.
pub fn standing(conn: &mut AnyConn, session: Id) -> Result<Option<i64>> {
    let found = sessions::table.find(session).select(sessions::standing);
    on!(conn, c => found.first(c)).optional().map_err(Error::from)
}
