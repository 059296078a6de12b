//! Sessions: a family of refresh tokens, of which one is current.
//!
//! Each use makes the next. On a bad network the answer gets lost, so for 60 seconds the one before
//! gives the *same* next token again, as long as that has not been used. Any other old token means
//! somebody has a copy: the whole family ends.

use crate::{
    auth::keys::{Keys, Verified},
    db::{
        AnyConn, lock_row,
        schema::{assignments, org_units, sessions, users},
    },
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    ids::Id,
    place::Place,
    policy::Role,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

const LIFE_MILLIS: i64 = 30 * 86_400_000;
const IDLE_MILLIS: i64 = 7 * 86_400_000;
const GRACE_MILLIS: i64 = 60_000;

/// What a log-in, a refresh and `act-as` answer.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Tokens {
    /// EdDSA-signed, 15 minutes.
    #[schema(example = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9…")]
    pub access_token: String,
    #[schema(example = "Bearer", value_type = String)]
    pub token_type: &'static str,
    /// Seconds.
    #[schema(example = 900, minimum = 1)]
    pub expires_in: i64,
    /// Use it once; the answer brings the next.
    #[schema(example = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d.1.c2VjcmV0")]
    pub refresh_token: String,
}

/// An assignment one may act under.
#[derive(Debug, Clone, Queryable)]
pub struct Post {
    pub id: Id,
    pub role: Role,
    pub unit: Option<Id>,
}

/// The account of a name that may log in, with its hash.
pub fn account(conn: &mut AnyConn, username_key: &str) -> Result<Option<(Id, String)>> {
    users::table
        .filter(users::username_key.eq(username_key).and(users::disabled_at.is_null()))
        .select((users::id, users::password_hash))
        .first(conn)
        .optional()
        .map_err(Error::from)
}

/// The assignments in force of an account, oldest first.
pub fn posts(conn: &mut AnyConn, user: Id, today: NaiveDate) -> Result<Vec<Post>> {
    assignments::table
        .left_join(org_units::table)
        .filter(assignments::user_id.eq(user).and(assignments::ended_at.is_null()))
        .filter(assignments::valid_from.is_null().or(assignments::valid_from.le(today)))
        .filter(assignments::valid_to.is_null().or(assignments::valid_to.ge(today)))
        .filter(org_units::closed_on.is_null().or(org_units::closed_on.gt(today)))
        .order((assignments::created_at, assignments::id))
        .select((assignments::id, assignments::role, assignments::unit_id))
        .load(conn)
        .map_err(Error::from)
}

/// Opens a session of a person under a post.
pub fn open(tx: &mut Tx, keys: &Keys, user: Id, post: &Post, kind: &'static str) -> Result<Tokens> {
    let (id, now) = (Id::new(), tx.recorded_at);
    let place = place(tx.conn, post.unit)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::user_id.eq(user),
            sessions::assignment_id.eq(post.id),
            sessions::root_id.eq(place.as_ref().map(|p| p.root_id)),
            sessions::generation.eq(1),
            sessions::rotated_at.eq(now.millis()),
            sessions::created_at.eq(now.millis()),
            sessions::expires_at.eq(now.plus_millis(LIFE_MILLIS).millis()),
        ))
        .execute(tx.conn)?;
    tx.author.user = Some(user);
    tx.author.acting_as = Some(post.id);
    note(tx, kind, id, 1, place.as_ref(), None)?;
    tokens(tx, keys, Verified { user, session: id, assignment: post.id }, post, 1)
}

/// What presenting a refresh token came to.
pub enum Refreshed {
    Tokens(Tokens),
    /// The token was spent: the family has just been ended, which must be kept.
    Reused,
}

/// Gives the next tokens of a family, or ends it.
pub fn refresh(tx: &mut Tx, keys: &Keys, token: &str, today: NaiveDate) -> Result<Refreshed> {
    let refused = || Error::new(Code::InvalidRefreshToken);
    let (session, generation) = keys.open_refresh_token(token).ok_or_else(refused)?;
    lock_row(tx.conn, "sessions", &session.to_string())?;
    let (user, assignment, current, rotated, expires, revoked) = sessions::table
        .find(session)
        .select((
            sessions::user_id,
            sessions::assignment_id,
            sessions::generation,
            sessions::rotated_at,
            sessions::expires_at,
            sessions::revoked_at,
        ))
        .first::<(Id, Id, i32, i64, i64, Option<i64>)>(tx.conn)
        .optional()?
        .ok_or_else(refused)?;
    let now = tx.recorded_at.millis();
    if revoked.is_some() || now >= expires || now - rotated > IDLE_MILLIS {
        return Err(refused());
    }
    let enabled: i64 = users::table
        .filter(users::id.eq(user).and(users::disabled_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    let post = posts(tx.conn, user, today)?.into_iter().find(|post| post.id == assignment);
    let post = post.filter(|_| enabled == 1).ok_or_else(refused)?;
    tx.author.user = Some(user);
    tx.author.acting_as = Some(assignment);
    let place = place(tx.conn, post.unit)?;
    let next = if generation == current {
        diesel::update(sessions::table.find(session))
            .set((sessions::generation.eq(current + 1), sessions::rotated_at.eq(now)))
            .execute(tx.conn)?;
        current + 1
    } else if generation == current - 1 && now - rotated <= GRACE_MILLIS {
        current
    } else {
        end(tx, session, "reused")?;
        return Ok(Refreshed::Reused);
    };
    note(tx, "session.refreshed", session, next, place.as_ref(), None)?;
    tokens(tx, keys, Verified { user, session, assignment }, &post, next).map(Refreshed::Tokens)
}

/// Ends a session; an ended one stays as it is.
pub fn end(tx: &mut Tx, session: Id, because: &'static str) -> Result<()> {
    let ended = diesel::update(sessions::table.find(session).filter(sessions::revoked_at.is_null()))
        .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
        .execute(tx.conn)?;
    if ended == 1 {
        note(tx, "session.ended", session, 0, None, Some(because))?;
    }
    Ok(())
}

/// Ends every session of an account, but for one; part of a change that has its own event.
pub fn end_all(tx: &mut Tx, user: Id, except: Option<Id>, because: &'static str) -> Result<()> {
    let mine = sessions::table.filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()));
    diesel::update(mine.filter(sessions::id.ne(except.map_or_else(String::new, |id| id.to_string()))))
        .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
        .execute(tx.conn)?;
    Ok(())
}

fn note(
    tx: &mut Tx,
    kind: &'static str,
    id: Id,
    version: i32,
    place: Option<&Place>,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "session",
        subject_id: id,
        subject_version: version,
        place,
        changes: Changes::none(),
        reason,
    })
}

fn tokens(tx: &Tx, keys: &Keys, who: Verified, post: &Post, generation: i32) -> Result<Tokens> {
    Ok(Tokens {
        access_token: keys.access_token(who, post.role, post.unit, tx.recorded_at)?,
        token_type: "Bearer",
        expires_in: crate::auth::keys::ACCESS_SECONDS,
        refresh_token: keys.refresh_token(who.session, generation)?,
    })
}

fn place(conn: &mut AnyConn, unit: Option<Id>) -> Result<Option<Place>> {
    let Some(unit) = unit else { return Ok(None) };
    let row: Option<(Id, Id, String, i32, String)> = org_units::table
        .find(unit)
        .select((org_units::id, org_units::root_id, org_units::path, org_units::depth, org_units::level))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, root_id, path, depth, level)| Place { id, root_id, path, depth, level }))
}
