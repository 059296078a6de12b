//! Who may see who read about a person.

use crate::{
    auth::{
        Actor,
        reads::{self, PersonalRead, ReadsQuery},
    },
    db::AnyConn,
    error::Result,
    http::Page,
    ids::Id,
    people::model,
    policy::{Action, Site},
};

/// A page of the readings about an account: for the person concerned and inspectors of the root.
pub fn page(conn: &mut AnyConn, actor: &Actor, id: Id, query: &ReadsQuery) -> Result<Page<PersonalRead>> {
    if actor.user != Some(id) {
        actor.may(Action::UserReads)?;
        model::find(conn, actor, id)?;
        actor.may_at(Action::UserReads, Site { unit: None, assigner: None })?;
    }
    reads::page(conn, id, query)
}
