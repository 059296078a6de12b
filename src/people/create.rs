//! Making accounts: the one place, for the API, the command line and the demo.

use crate::{
    auth::{Actor, account::username_key},
    db::{AnyConn, schema::users},
    error::{Code, Error, Phrase, Result, Said},
    events::{Changes, Event, Tx},
    http::Answer,
    ids::Id,
    people::{
        assign::{check_new, is_same},
        model,
        wire::{User, UserCreate},
    },
    place::Place,
    text,
};
use diesel::prelude::*;
use serde_json::Value;

pub use crate::people::assign::{Ground, NewAssignment, insert_assignment};

/// Fields that name a person: the log, which cannot be erased, refers to their values.
pub const PERSONAL: [&str; 2] = ["username", "display_name"];

/// A new account.
pub struct NewUser {
    pub id: Id,
    pub username: String,
    pub display_name: String,
    pub password_hash: String,
}

/// Makes an account with its assignments: one event for the account and one for each assignment, in
/// the unit it gives rights in.
pub fn create(tx: &mut Tx, actor: &Actor, new: &UserCreate, password_hash: String) -> Result<Answer> {
    if let Some(id) = new.id
        && let Some(answer) = already_there(tx.conn, actor, id, new)?
    {
        return Ok(answer);
    }
    if new.assignments.0.is_empty() {
        return Err(Error::field("/assignments", Code::MayNotBeEmpty));
    }
    let mut posts = Vec::new();
    for (i, assignment) in new.assignments.0.iter().enumerate() {
        posts.push(check_new(tx, actor, assignment, &format!("/assignments/{i}"))?);
    }
    let id = new.id.unwrap_or_else(Id::new);
    let user = NewUser {
        id,
        username: new.username.0.clone(),
        display_name: new.display_name.0.clone(),
        password_hash,
    };
    insert_user(tx, &user, posts.iter().find_map(|post| post.unit.as_ref()))?;
    for post in &posts {
        insert_assignment(tx, id, post)?;
    }
    let user = model::show(tx.conn, actor, id)?;
    Answer::created(address(id), user.version, &user)
}

/// Where an account is found.
fn address(id: Id) -> String {
    format!("/api/v1/users/{id}")
}

fn already_there(conn: &mut AnyConn, actor: &Actor, id: Id, new: &UserCreate) -> Result<Option<Answer>> {
    let taken: i64 = users::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let user = model::show(conn, actor, id).map_err(|_| conflict())?;
    if !says_the_same(new, &user)? {
        return Err(conflict());
    }
    Answer::changed(user.version, &user).map(Some)
}

/// True when an account already says what a request would make; the password cannot be compared.
fn says_the_same(new: &UserCreate, user: &User) -> Result<bool> {
    let mut left: Vec<_> = user.assignments.iter().collect();
    for assignment in &new.assignments.0 {
        let mut found = None;
        for (i, there) in left.iter().enumerate() {
            if found.is_none() && is_same(assignment, there)? {
                found = Some(i);
            }
        }
        match found {
            Some(i) => left.swap_remove(i),
            None => return Ok(false),
        };
    }
    Ok(new.username.0 == user.username && new.display_name.0 == user.display_name && left.is_empty())
}

/// Refuses a name that another account has, and one that is told apart only by what people do not
/// see: letters of other scripts look like ours, and signs do not count.
pub fn check_username(conn: &mut AnyConn, username: &str, own: Id) -> Result<String> {
    let key = username_key(username);
    if key.is_empty() || !key.is_ascii() {
        return Err(Error::field("/username", Code::BadCharacter));
    }
    let others = users::table.filter(users::username_key.eq(&key).and(users::id.ne(own)));
    let taken: i64 = others.count().get_result(conn)?;
    if taken > 0 {
        return Err(Error::new(Code::AlreadyExists).with("what", Said::from(Phrase::Username).and(username)));
    }
    Ok(key)
}

/// The folded words an account is found by.
pub fn search_text(username: &str, display_name: &str) -> String {
    text::fold(&format!("{username} {display_name}"))
}

/// Inserts an account; its first assignment's unit is where the event belongs.
pub fn insert_user(tx: &mut Tx, user: &NewUser, place: Option<&Place>) -> Result<()> {
    let key = check_username(tx.conn, &user.username, user.id)?;
    diesel::insert_into(users::table)
        .values((
            users::id.eq(user.id),
            users::root_id.eq(place.map(|p| p.root_id)),
            users::username.eq(&user.username),
            users::username_key.eq(key),
            users::display_name.eq(&user.display_name),
            users::search_text.eq(search_text(&user.username, &user.display_name)),
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
        changes: Changes::none()
            .and("username", Value::Null, user.username.as_str())
            .and("display_name", Value::Null, user.display_name.as_str())
            .personal(user.id, &PERSONAL),
        reason: None,
    })
}
