//! What a post gives its holder's account: an assignment that begins and ends with the holding.

use crate::{
    db::{
        lock_row,
        schema::{assignments, persons},
    },
    error::Result,
    events::Tx,
    ids::Id,
    people::{
        assign::{Ground, NewAssignment, insert_assignment_of, touch},
        end::finish,
        model::{Held, posts_of},
    },
    place::Place,
    posts::model::{Post, Row},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Gives the holder's account the role of the post, for the days of the holding. Nothing happens
/// without a role, without an account, or when the holding is over.
pub fn give(tx: &mut Tx, holding: &Row, post: &Post, place: &Place) -> Result<()> {
    let Some(role) = post.role else { return Ok(()) };
    if holding.ends_on.is_some_and(|last| last < tx.at.day()) {
        return Ok(());
    }
    let user: Option<Id> = persons::table.find(holding.person_id).select(persons::user_id).first(tx.conn)?;
    let Some(user) = user else { return Ok(()) };
    lock_row(tx.conn, "users", &user.to_string())?;
    let assignment = NewAssignment {
        id: Id::new(),
        role,
        unit: Some(place.clone()),
        ground: Ground::Post,
        ground_note: Some(post.name_vi.clone()),
        valid_from: Some(holding.starts_on),
        valid_to: holding.ends_on,
    };
    touch(tx, user)?;
    insert_assignment_of(tx, user, &assignment, Some(holding.id))
}

/// Ends what a holding gave, with a last day or at once.
pub fn take(tx: &mut Tx, holding: Id, last: Option<NaiveDate>, reason: Option<&str>) -> Result<()> {
    let given: Vec<Held> = assignments::table
        .filter(assignments::holding_id.eq(holding).and(assignments::ended_at.is_null()))
        .select(Held::as_select())
        .load(tx.conn)?;
    for held in given {
        lock_row(tx.conn, "users", &held.user_id.to_string())?;
        let posts = posts_of(tx.conn, &[held.user_id])?.remove(&held.user_id).unwrap_or_default();
        let today = tx.at.day();
        for post in posts.into_iter().filter(|post| post.held.id == held.id && post.is_live(today)) {
            finish(tx, post, last, reason)?;
        }
    }
    Ok(())
}
