//! One's own account: finding it by its name, seeing it, changing its password.

use crate::{
    auth::{
        actor::Actor,
        checked::Verified,
        deputies, sessions,
        wire::{Me, MyAssignment, MyDeputyship, MyUnit},
    },
    db::{
        AnyConn,
        schema::{org_units, users},
    },
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::Answer,
    ids::Id,
    text,
};
use diesel::prelude::*;

/// The form under which a user name is looked up: it ignores case and accents, so that two accounts
/// cannot differ by a mark one does not see.
pub fn username_key(username: &str) -> String {
    text::fold(username)
}

/// The account of a name that may log in, with its hash.
pub fn to_log_in(conn: &mut AnyConn, username_key: &str) -> Result<Option<(Id, String)>> {
    users::table
        .filter(users::username_key.eq(username_key).and(users::disabled_at.is_null()))
        .select((users::id, users::password_hash))
        .first(conn)
        .optional()
        .map_err(Error::from)
}

/// The name and the hash of an account.
pub fn password_of(conn: &mut AnyConn, user: Id) -> Result<(String, String)> {
    Ok(users::table.find(user).select((users::username, users::password_hash)).first(conn)?)
}

/// Sets a new password, unless the one that was checked is no longer the current one; all other
/// sessions end.
pub fn change_password(tx: &mut Tx, actor: &Actor, who: Verified, old: &str, new: &str) -> Result<Answer> {
    let version: i32 = diesel::update(users::table.find(who.user).filter(users::password_hash.eq(old)))
        .set((
            users::password_hash.eq(new),
            users::version.eq(users::version + 1),
            users::updated_at.eq(tx.recorded_at.millis()),
        ))
        .returning(users::version)
        .get_result(tx.conn)
        .optional()?
        .ok_or_else(|| Error::new(Code::ConcurrentChange))?;
    sessions::end_all(tx, who.user, Some(who.session), "password changed")?;
    if actor.on_behalf_of.is_some() {
        // The own account is nobody else's matter, whatever hat is on.
        (tx.author.acting_as, tx.author.on_behalf_of) = (None, None);
    }
    tx.append(Event {
        kind: "user.password_changed",
        subject_type: "user",
        subject_id: who.user,
        subject_version: version,
        place: actor.unit.as_ref(),
        changes: Changes::none(),
        reason: None,
    })?;
    Ok(Answer::nothing())
}

/// The account of a token, its assignments in force, those it may act under as a deputy, and the one
/// acted under.
pub fn me(conn: &mut AnyConn, who: Verified, today: chrono::NaiveDate) -> Result<Me> {
    let user =
        users::table.find(who.user).select((users::id, users::username, users::display_name)).first(conn)?;
    let posts = sessions::posts(conn, who.user, today)?;
    let deputises = deputies::in_force(conn, who.user, today)?;
    let all = posts.iter().chain(deputises.iter().map(|deputyship| &deputyship.post));
    let units: Vec<MyUnit> = org_units::table
        .filter(org_units::id.eq_any(all.filter_map(|post| post.unit).collect::<Vec<_>>()))
        .select((org_units::id, org_units::code, org_units::name, org_units::level))
        .load(conn)?;
    let unit = |id: Option<Id>| units.iter().find(|unit| Some(unit.id) == id).cloned();
    let assignment =
        |post: &sessions::Post| MyAssignment { id: post.id, unit: unit(post.unit), role: post.role };
    let deputyship = |mine: deputies::Deputyship| MyDeputyship {
        id: mine.id,
        assignment: assignment(&mine.post),
        holder: mine.holder,
        from_on: mine.from_on,
        to_on: mine.to_on,
    };
    Ok(Me {
        user,
        assignments: posts.iter().map(assignment).collect(),
        deputises: deputises.into_iter().map(deputyship).collect(),
        acting_as: who.assignment,
    })
}
