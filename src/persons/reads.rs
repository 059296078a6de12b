//! Who may see who read a person's record.

use crate::{
    auth::{
        Actor,
        reads::{self, PersonalRead, ReadsQuery},
    },
    db::{AnyConn, schema::persons},
    error::Result,
    http::Page,
    ids::Id,
    persons::model,
    policy::Action,
};
use diesel::prelude::*;

/// A page of the readings about a person: for the person concerned, by the account, and for inspectors
/// who read the name.
pub fn page(conn: &mut AnyConn, actor: &Actor, id: Id, query: &ReadsQuery) -> Result<Page<PersonalRead>> {
    let own: i64 = persons::table
        .filter(persons::id.eq(id).and(persons::user_id.eq(actor.user)).and(persons::deleted_at.is_null()))
        .count()
        .get_result(conn)?;
    if own == 0 {
        actor.may(Action::PersonReads)?;
        model::find(conn, actor, id)?;
    }
    reads::page(conn, id, query)
}
