//! Writing accounts and assignments: the one place, for the API, the command line and the demo.

use crate::{
    auth::routes::username_key,
    db::schema::{assignments, users},
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    ids::Id,
    place::Place,
    policy::Role,
    vocabulary,
};
use chrono::NaiveDate;
use diesel::prelude::*;

vocabulary! {
    /// Why somebody has an assignment.
    Ground {
        /// A post held in the unit.
        Post = "post",
        /// In charge of an area (phụ trách).
        Area = "area",
        /// Member of a delegation, for its window.
        Delegation = "delegation",
        /// A technical account.
        Account = "account",
    }
}

/// A new account.
pub struct NewUser {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub password_hash: String,
}

/// A new assignment.
pub struct NewAssignment {
    pub id: Id,
    pub role: Role,
    /// None: the whole instance.
    pub unit: Option<Place>,
    pub ground: Ground,
    pub ground_note: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
}

/// Inserts an account; its first assignment's unit is where the event belongs.
pub fn insert_user(tx: &mut Tx, user: &NewUser, place: Option<&Place>) -> Result<()> {
    let key = username_key(&user.username);
    let taken: i64 = users::table.filter(users::username_key.eq(&key)).count().get_result(tx.conn)?;
    if taken > 0 {
        return Err(Error::new(Code::AlreadyExists).with("what", format!("username {}", user.username)));
    }
    diesel::insert_into(users::table)
        .values((
            users::id.eq(user.id),
            users::root_id.eq(place.map(|p| p.root_id)),
            users::username.eq(&user.username),
            users::username_key.eq(key),
            users::display_name.eq(&user.display_name),
            users::password_hash.eq(&user.password_hash),
            users::version.eq(1),
            users::created_at.eq(tx.recorded_at.millis()),
            users::updated_at.eq(tx.recorded_at.millis()),
        ))
        .execute(tx.conn)?;
    tx.append(Event {
        kind: "user.created",
        subject_type: "user",
        subject_id: user.id,
        subject_version: 1,
        place,
        changes: Changes::none().and("username", serde_json::Value::Null, user.username.as_str()),
        reason: None,
    })
}

/// Inserts an assignment of an account.
pub fn insert_assignment(tx: &mut Tx, user: Id, new: &NewAssignment) -> Result<()> {
    diesel::insert_into(assignments::table)
        .values((
            assignments::id.eq(new.id),
            assignments::user_id.eq(user),
            assignments::unit_id.eq(new.unit.as_ref().map(|p| p.id)),
            assignments::root_id.eq(new.unit.as_ref().map(|p| p.root_id)),
            assignments::role.eq(new.role),
            assignments::ground.eq(new.ground),
            assignments::ground_note.eq(&new.ground_note),
            assignments::valid_from.eq(new.valid_from),
            assignments::valid_to.eq(new.valid_to),
            assignments::version.eq(1),
            assignments::created_at.eq(tx.recorded_at.millis()),
        ))
        .execute(tx.conn)?;
    tx.append(Event {
        kind: "assignment.created",
        subject_type: "assignment",
        subject_id: new.id,
        subject_version: 1,
        place: new.unit.as_ref(),
        changes: Changes::none().and("user_id", serde_json::Value::Null, user.to_string()).and(
            "role",
            serde_json::Value::Null,
            new.role.as_str(),
        ),
        reason: None,
    })
}
