//! Standing in for somebody: which assignments of others an account may act under today.
//!
//! The rights are exactly those of the assignment and end by themselves: with the last day, with the
//! assignment, with its unit, and while the holder's account is disabled. Nothing is remembered of it
//! beyond the session's reference to the deputyship, so every request asks again.

use crate::{
    auth::{
        checked::Verified,
        sessions::{self, AsDeputy, Post},
        wire::AccountRef,
    },
    db::{
        AnyConn,
        schema::{assignments, deputies, users},
    },
    error::Result,
    ids::Id,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A deputyship in force.
#[derive(Debug, Clone)]
pub struct Deputyship {
    pub id: Id,
    pub holder: AccountRef,
    pub from_on: NaiveDate,
    /// The last day.
    pub to_on: NaiveDate,
    /// What to act under.
    pub post: Post,
}

/// The deputyships of an account that are in force on a day, oldest first.
pub fn in_force(conn: &mut AnyConn, user: Id, today: NaiveDate) -> Result<Vec<Deputyship>> {
    type Row = (Id, Id, AccountRef, NaiveDate, NaiveDate);
    let rows: Vec<Row> = deputies::table
        .inner_join(assignments::table.on(assignments::id.eq(deputies::assignment_id)))
        .inner_join(users::table.on(users::id.eq(assignments::user_id)))
        .filter(deputies::user_id.eq(user).and(deputies::ended_at.is_null()))
        .filter(deputies::from_on.le(today).and(deputies::to_on.ge(today)))
        .filter(users::disabled_at.is_null())
        .order((deputies::created_at, deputies::id))
        .select((
            deputies::id,
            deputies::assignment_id,
            (users::id, users::display_name),
            deputies::from_on,
            deputies::to_on,
        ))
        .load(conn)?;
    let holders: Vec<Id> = rows.iter().map(|(_, _, holder, ..)| holder.id).collect();
    let posts = if holders.is_empty() { Vec::new() } else { sessions::posts_of(conn, &holders, today)? };
    let one = |(id, assignment, holder, from_on, to_on): Row| {
        let post = posts.iter().find(|post| post.id == assignment)?;
        let as_deputy = Some(AsDeputy { id, holder: holder.id });
        Some(Deputyship { id, post: Post { as_deputy, ..post.clone() }, holder, from_on, to_on })
    };
    Ok(rows.into_iter().filter_map(one).collect())
}

/// Whom an account stands in for by this deputyship; none when it is not in force.
pub fn holder(conn: &mut AnyConn, who: Verified, deputy: Id, today: NaiveDate) -> Result<Option<Id>> {
    let mine = in_force(conn, who.user, today)?;
    let found = mine.into_iter().find(|mine| mine.id == deputy && mine.post.id == who.assignment);
    Ok(found.map(|deputyship| deputyship.holder.id))
}
