//! Sessions: a family of refresh tokens, of which one is current.
//!
//! Each use makes the next. On a bad network the answer gets lost, so for 60 seconds the one before
//! gives the *same* next token again, as long as that has not been used. Any other old token means
//! somebody has a copy: the whole family ends.

use crate::{
    auth::{checked::Verified, deputies, keys::Keys},
    clock::Instant,
    db::{
        AnyConn, lock_row,
        schema::{assignments, org_units, sessions, users},
    },
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    ids::Id,
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
#[derive(Debug, Clone)]
pub struct Post {
    pub id: Id,
    pub role: Role,
    pub unit: Option<Id>,
    /// As whose deputy; none: it is one's own.
    pub as_deputy: Option<AsDeputy>,
}

/// What lets somebody act under another's assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsDeputy {
    /// The deputyship.
    pub id: Id,
    /// The account stood in for.
    pub holder: Id,
}

/// The assignments in force of an account, oldest first.
pub fn posts(conn: &mut AnyConn, user: Id, today: NaiveDate) -> Result<Vec<Post>> {
    posts_of(conn, &[user], today)
}

/// The same of several accounts.
pub fn posts_of(conn: &mut AnyConn, accounts: &[Id], today: NaiveDate) -> Result<Vec<Post>> {
    let rows: Vec<(Id, Role, Option<Id>)> = assignments::table
        .left_join(org_units::table)
        .filter(assignments::user_id.eq_any(accounts).and(assignments::ended_at.is_null()))
        .filter(assignments::valid_from.is_null().or(assignments::valid_from.le(today)))
        .filter(assignments::valid_to.is_null().or(assignments::valid_to.ge(today)))
        .filter(org_units::closed_on.is_null().or(org_units::closed_on.gt(today)))
        .order((assignments::created_at, assignments::id))
        .select((assignments::id, assignments::role, assignments::unit_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, role, unit)| Post { id, role, unit, as_deputy: None }).collect())
}

/// Everything an account may act under: its own assignments, then those of others as their deputy.
fn all_posts(conn: &mut AnyConn, user: Id, today: NaiveDate) -> Result<Vec<Post>> {
    let mut all = posts(conn, user, today)?;
    all.extend(deputies::in_force(conn, user, today)?.into_iter().map(|deputyship| deputyship.post));
    Ok(all)
}

/// Opens the session of a log-in whose password was checked against `hash`, under the oldest post.
pub fn log_in(tx: &mut Tx, keys: &Keys, user: Id, hash: &str) -> Result<Tokens> {
    // While it was checked the password may have been changed or the account disabled, and all
    // sessions ended: this one must not slip in behind.
    lock_row(tx.conn, "users", &user.to_string())?;
    let unchanged: i64 = users::table
        .filter(users::id.eq(user).and(users::password_hash.eq(hash)).and(users::disabled_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    if unchanged == 0 {
        return Err(Error::new(Code::InvalidCredentials));
    }
    let posts = all_posts(tx.conn, user, tx.at.day())?;
    let post = posts.first().ok_or_else(|| Error::new(Code::NoAssignment))?;
    open(tx, keys, user, post, "session.opened")
}

/// Opens another session of the same person under another post, the own or as somebody's deputy.
pub fn act_as(tx: &mut Tx, keys: &Keys, who: Verified, assignment: Id) -> Result<Tokens> {
    // As for a log-in: the session that asks must still be alive behind the lock.
    lock_row(tx.conn, "users", &who.user.to_string())?;
    let alive: i64 = sessions::table
        .filter(sessions::id.eq(who.session).and(sessions::revoked_at.is_null()))
        .count()
        .get_result(tx.conn)?;
    if alive == 0 {
        return Err(Error::new(Code::Unauthenticated));
    }
    let post = all_posts(tx.conn, who.user, tx.at.day())?.into_iter().find(|post| post.id == assignment);
    let post = post.ok_or_else(|| Error::field("/assignment_id", Code::UnknownReference))?;
    open(tx, keys, who.user, &post, "session.acted_as")
}

/// Opens a session of a person under a post.
pub fn open(tx: &mut Tx, keys: &Keys, user: Id, post: &Post, kind: &'static str) -> Result<Tokens> {
    let (id, now) = (Id::new(), tx.recorded_at);
    let root: Option<Id> = match post.unit {
        None => None,
        Some(unit) => Some(org_units::table.find(unit).select(org_units::root_id).first(tx.conn)?),
    };
    diesel::insert_into(sessions::table)
        .values((
            sessions::id.eq(id),
            sessions::user_id.eq(user),
            sessions::assignment_id.eq(post.id),
            sessions::deputy_id.eq(post.as_deputy.map(|deputy| deputy.id)),
            sessions::root_id.eq(root),
            sessions::generation.eq(1),
            sessions::rotated_at.eq(now.millis()),
            sessions::created_at.eq(now.millis()),
            sessions::expires_at.eq(now.plus_millis(LIFE_MILLIS).millis()),
        ))
        .execute(tx.conn)?;
    let who = Verified { user, session: id, assignment: post.id };
    note(tx, kind, who, post.as_deputy.map(|deputy| deputy.holder), 1, None)?;
    tokens(tx, keys, who, post, 1)
}

/// What presenting a refresh token came to.
pub enum Refreshed {
    Tokens(Tokens),
    /// The token was spent: the family has just been ended, which must be kept.
    Reused,
}

/// Gives the next tokens of a family, or ends it.
pub fn refresh(tx: &mut Tx, keys: &Keys, token: &str) -> Result<Refreshed> {
    let refused = || Error::new(Code::InvalidRefreshToken);
    let (session, generation) = keys.open_refresh_token(token).ok_or_else(refused)?;
    lock_row(tx.conn, "sessions", &session.to_string())?;
    let (user, assignment, deputy, current, rotated, expires, revoked) = sessions::table
        .find(session)
        .select((
            sessions::user_id,
            sessions::assignment_id,
            sessions::deputy_id,
            sessions::generation,
            sessions::rotated_at,
            sessions::expires_at,
            sessions::revoked_at,
        ))
        .first::<(Id, Id, Option<Id>, i32, i64, i64, Option<i64>)>(tx.conn)
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
    let same = |post: &Post| post.id == assignment && post.as_deputy.map(|as_deputy| as_deputy.id) == deputy;
    let post = all_posts(tx.conn, user, tx.at.day())?.into_iter().find(same);
    let post = post.filter(|_| enabled == 1).ok_or_else(refused)?;
    let who = Verified { user, session, assignment };
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
    note(tx, "session.refreshed", who, post.as_deputy.map(|deputy| deputy.holder), next, None)?;
    tokens(tx, keys, who, &post, next).map(Refreshed::Tokens)
}

/// Ends a session; an ended one stays as it is.
pub fn end(tx: &mut Tx, session: Id, because: &'static str) -> Result<()> {
    let ended: Option<(Id, Id, Option<Id>, i32)> =
        diesel::update(sessions::table.find(session).filter(sessions::revoked_at.is_null()))
            .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
            .returning((
                sessions::user_id,
                sessions::assignment_id,
                sessions::deputy_id,
                sessions::generation,
            ))
            .get_result(tx.conn)
            .optional()?;
    match ended {
        Some((user, assignment, deputy, generation)) => {
            let holder = match deputy {
                Some(_) => {
                    Some(assignments::table.find(assignment).select(assignments::user_id).first(tx.conn)?)
                }
                None => None,
            };
            let who = Verified { user, session, assignment };
            note(tx, "session.ended", who, holder, generation, Some(because))
        }
        None => Ok(()),
    }
}

/// Ends every session of an account, but for one; part of a change that has its own event.
pub fn end_all(tx: &mut Tx, user: Id, except: Option<Id>, because: &'static str) -> Result<()> {
    let mine = sessions::table.filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()));
    diesel::update(mine.filter(sessions::id.ne(except.map_or_else(String::new, |id| id.to_string()))))
        .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
        .execute(tx.conn)?;
    Ok(())
}

/// Ends every session under an assignment of an account; part of a change that has its own event.
pub fn end_of_assignment(tx: &mut Tx, user: Id, assignment: Id, because: &'static str) -> Result<()> {
    let mine = sessions::table.filter(sessions::user_id.eq(user).and(sessions::revoked_at.is_null()));
    diesel::update(mine.filter(sessions::assignment_id.eq(assignment)))
        .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
        .execute(tx.conn)?;
    Ok(())
}

/// Removes sessions that ran out longer ago than they lasted; gives how many. The log keeps what they did.
pub fn sweep(conn: &mut AnyConn, now: Instant) -> Result<usize> {
    let over = now.plus_millis(-LIFE_MILLIS).millis();
    Ok(diesel::delete(sessions::table.filter(sessions::expires_at.lt(over))).execute(conn)?)
}

/// Ends every session under a deputyship; part of a change that has its own event.
pub fn end_of_deputy(tx: &mut Tx, deputy: Id, because: &'static str) -> Result<()> {
    let under = sessions::table.filter(sessions::deputy_id.eq(deputy).and(sessions::revoked_at.is_null()));
    diesel::update(under)
        .set((sessions::revoked_at.eq(tx.recorded_at.millis()), sessions::revoked_because.eq(because)))
        .execute(tx.conn)?;
    Ok(())
}

/// Appends an event of a session, by whose it is and for whom that person stands in. It happens in no
/// unit: a log-in changes no figure of the unit, so it must not make tags of reports stale.
fn note(
    tx: &mut Tx,
    kind: &'static str,
    who: Verified,
    on_behalf_of: Option<Id>,
    generation: i32,
    reason: Option<&'static str>,
) -> Result<()> {
    tx.author.user = Some(who.user);
    tx.author.acting_as = Some(who.assignment);
    tx.author.on_behalf_of = on_behalf_of;
    tx.append(Event {
        kind,
        subject_type: "session",
        subject_id: who.session,
        subject_version: generation,
        place: None,
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
