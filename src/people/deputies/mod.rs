//! Deputies (người được ủy quyền, thay mặt): who acts under somebody else's assignment, from a day to
//! a day.
//!
//! The deputy signs for the holder and both names stay in the log; nobody judges what either of the
//! two handed in. What a deputy may is exactly what the assignment gives, except for matters of
//! persons: no further deputies, and nothing about the holder's account or the deputy's own rights
//! ([`keeps_out`]). When it counts is told by `auth::deputies`.

pub mod appoint;
pub mod end;
pub mod model;
pub mod routes;
pub mod wire;

use crate::{
    auth::Actor,
    error::Result,
    events::Author,
    ids::Id,
    people::model::Post,
    policy::{self, Action, Site},
};

/// Refuses who may not say who stands in under an assignment (403). Its holder may, acting under it, and
/// an admin of its unit who is not the holder; a deputy never.
fn may_decide(actor: &Actor, post: &Post) -> Result<()> {
    if actor.on_behalf_of.is_some() {
        return Err(policy::refused(Action::DeputyAppoint));
    }
    if actor.user != Some(post.held.user_id) {
        return actor.may_at(Action::UserManage, Site { unit: post.place.as_ref(), assigner: None });
    }
    actor.may(Action::DeputyAppoint)?;
    if actor.assignment == Some(post.held.id) { Ok(()) } else { Err(policy::refused(Action::DeputyAppoint)) }
}

/// Refuses what a deputy would do to the holder's account, or to the own one: rights that end by
/// themselves must not be made to last, nor be turned against who lent them (403).
pub fn keeps_out(author: &Author, account: Id) -> Result<()> {
    let concerned = [author.user, author.imported_by, author.on_behalf_of].contains(&Some(account));
    if author.on_behalf_of.is_some() && concerned {
        return Err(policy::refused(Action::UserManage));
    }
    Ok(())
}
