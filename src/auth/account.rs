//! The own account: who am I, my password.

use crate::{
    auth::{
        keys::Verified,
        sessions,
        wire::{Me, MyAssignment, MyUnit},
    },
    db::{
        AnyConn,
        schema::{org_units, users},
    },
    error::Result,
    events::{Changes, Event, Tx},
    ids::Id,
    place::Place,
    text,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The form under which a user name is looked up: it ignores case and accents, so that two accounts
/// cannot differ by a mark one does not see.
pub fn username_key(username: &str) -> String {
    text::fold(username)
}

/// The account behind a token, its assignments in force, and the one acted under.
pub fn find_me(conn: &mut AnyConn, who: Verified, today: NaiveDate) -> Result<Me> {
    let user =
        users::table.find(who.user).select((users::id, users::username, users::display_name)).first(conn)?;
    let posts = sessions::posts(conn, who.user, today)?;
    let units: Vec<MyUnit> = org_units::table
        .filter(org_units::id.eq_any(posts.iter().filter_map(|post| post.unit).collect::<Vec<_>>()))
        .select((org_units::id, org_units::code, org_units::name, org_units::level))
        .load(conn)?;
    let unit = |id: Option<Id>| units.iter().find(|unit| Some(unit.id) == id).cloned();
    let assignments = posts
        .iter()
        .map(|post| MyAssignment { id: post.id, unit: unit(post.unit), role: post.role })
        .collect();
    Ok(Me { user, assignments, acting_as: who.assignment })
}

/// The name of an account and the hash of its password.
pub fn name_and_hash(conn: &mut AnyConn, user: Id) -> Result<(String, String)> {
    Ok(users::table.find(user).select((users::username, users::password_hash)).first(conn)?)
}

/// Gives the account a new password and ends all its sessions but the one that asks.
pub fn set_password(tx: &mut Tx, who: Verified, hash: String, place: Option<&Place>) -> Result<()> {
    let version: i32 = diesel::update(users::table.find(who.user))
        .set((
            users::password_hash.eq(hash),
            users::version.eq(users::version + 1),
            users::updated_at.eq(tx.recorded_at.millis()),
        ))
        .returning(users::version)
        .get_result(tx.conn)?;
    sessions::end_all(tx, who.user, Some(who.session), "password changed")?;
    tx.append(Event {
        kind: "user.password_changed",
        subject_type: "user",
        subject_id: who.user,
        subject_version: version,
        place,
        changes: Changes::none(),
        reason: None,
    })
}
