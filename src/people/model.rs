//! Reading accounts and assignments, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend, lock_row,
        schema::{assignments, org_units, users},
    },
    error::{Code, Error, Phrase, Result},
    events::Tx,
    ids::Id,
    org_units::wire::UnitRef,
    people::{
        create::Ground,
        deputies,
        wire::{Assignment, User},
    },
    place::{self, Place},
    policy::{self, Action, Role},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// A row of the table, without what must never leave it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
pub struct Row {
    pub id: Id,
    pub username: String,
    pub username_key: String,
    pub display_name: String,
    pub disabled_at: Option<Instant>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub erased_at: Option<Instant>,
}

/// A row of the assignments, as the log records it too.
#[derive(Debug, Clone, Queryable, Selectable, Serialize)]
#[diesel(table_name = assignments)]
pub struct Held {
    pub id: Id,
    pub user_id: Id,
    pub unit_id: Option<Id>,
    pub role: Role,
    pub ground: Ground,
    pub ground_note: Option<String>,
    pub valid_from: Option<NaiveDate>,
    pub valid_to: Option<NaiveDate>,
    pub ended_at: Option<Instant>,
    pub version: i32,
    pub created_at: Instant,
    pub holding_id: Option<Id>,
}

/// An assignment and where it lies; nowhere means the whole instance.
#[derive(Debug, Clone)]
pub struct Post {
    pub held: Held,
    pub place: Option<Place>,
    /// The same unit in a few words.
    pub unit: Option<UnitRef>,
}

impl Post {
    /// True until its last day has passed or it was ended; one that has yet to begin is not over.
    pub fn is_live(&self, today: NaiveDate) -> bool {
        self.held.ended_at.is_none() && self.held.valid_to.is_none_or(|last| today <= last)
    }

    /// True when it lies in the actor's territory.
    pub fn lies_with(&self, actor: &Actor) -> bool {
        self.place.as_ref().map_or(actor.unit.is_none(), |place| actor.reaches(place))
    }

    /// The wire form.
    pub fn wire(self) -> Assignment {
        let Held {
            id,
            user_id,
            unit_id,
            role,
            ground,
            ground_note,
            valid_from,
            valid_to,
            ended_at,
            version,
            created_at,
            holding_id,
        } = self.held;
        Assignment {
            id,
            user_id,
            unit_id,
            unit: self.unit,
            role,
            ground,
            ground_note,
            valid_from,
            valid_to,
            ended_at,
            holding_id,
            version,
            created_at,
        }
    }
}

/// The only way to start a query on accounts: those with any assignment, even an ended one, in the
/// actor's territory.
pub fn visible(actor: &Actor) -> users::BoxedQuery<'static, MultiBackend> {
    let all = users::table.into_boxed();
    match &actor.unit {
        None => all,
        Some(unit) => all.filter(
            users::id.eq_any(
                assignments::table
                    .inner_join(org_units::table)
                    .filter(org_units::path.ge(unit.path.clone()))
                    .filter(org_units::path.lt(place::after(&unit.path)))
                    .select(assignments::user_id),
            ),
        ),
    }
}

/// The only way to start a query on assignments: those of the actor's territory.
pub fn visible_posts(actor: &Actor) -> assignments::BoxedQuery<'static, MultiBackend> {
    let all = assignments::table.into_boxed();
    match &actor.unit {
        None => all,
        Some(unit) => all.filter(
            assignments::unit_id.eq_any(
                org_units::table
                    .filter(org_units::path.ge(unit.path.clone()))
                    .filter(org_units::path.lt(place::after(&unit.path)))
                    .select(org_units::id.nullable()),
            ),
        ),
    }
}

/// One account, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(users::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// One account in wire form, or 404.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<User> {
    let row = find(conn, actor, id)?;
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// One assignment, or 404.
pub fn find_post(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Post> {
    let held: Held =
        visible_posts(actor).filter(assignments::id.eq(id)).select(Held::as_select()).first(conn)?;
    let mut posts = posts_of(conn, &[held.user_id])?.remove(&held.user_id).unwrap_or_default();
    let found = posts.iter().position(|post| post.held.id == id).ok_or_else(Error::not_found)?;
    Ok(posts.swap_remove(found))
}

/// All assignments of accounts, oldest first.
pub fn posts_of(conn: &mut AnyConn, accounts: &[Id]) -> Result<HashMap<Id, Vec<Post>>> {
    type Unit = (Id, Id, String, i32, String, String, String);
    let rows: Vec<(Held, Option<Unit>)> = assignments::table
        .left_join(org_units::table)
        .filter(assignments::user_id.eq_any(accounts))
        .order((assignments::created_at, assignments::id))
        .select((
            Held::as_select(),
            (
                org_units::id,
                org_units::root_id,
                org_units::path,
                org_units::depth,
                org_units::level,
                org_units::code,
                org_units::name,
            )
                .nullable(),
        ))
        .load(conn)?;
    let mut found: HashMap<Id, Vec<Post>> = HashMap::new();
    for (held, unit) in rows {
        let (place, unit) = unit
            .map(|(id, root_id, path, depth, level, code, name)| {
                (Place { id, root_id, path, depth, level: level.clone() }, UnitRef { id, code, name, level })
            })
            .unzip();
        found.entry(held.user_id).or_default().push(Post { held, place, unit });
    }
    Ok(found)
}

/// An account that the actor may change, locked until the end of the transaction, with its
/// assignments: 404 when it is not visible, 403 when somebody else has a say in it, 409 once it is erased.
pub fn find_managed(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, Vec<Post>)> {
    find(tx.conn, actor, id)?;
    lock_row(tx.conn, "users", &id.to_string())?;
    let today = tx.at.day();
    manage(tx.conn, actor, id, today)
}

/// The same without the lock.
pub fn manage(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<(Row, Vec<Post>)> {
    let row = find(conn, actor, id)?;
    let posts = posts_of(conn, &[id])?.remove(&id).unwrap_or_default();
    // Who has moved on belongs to where he is now; who is nowhere, to everywhere he was.
    let anywhere = posts.iter().any(|post| post.is_live(today));
    let managed =
        posts.iter().filter(|post| !anywhere || post.is_live(today)).all(|post| post.lies_with(actor));
    deputies::keeps_out(&actor.author(), id)?;
    match (managed, row.erased_at) {
        (false, _) => Err(policy::refused(Action::UserManage)),
        (true, Some(_)) => Err(Error::new(Code::InvalidState).with("status", Phrase::Erased)),
        (true, None) => Ok((row, posts)),
    }
}

/// Where events of an account belong: the unit of its oldest assignment that is not over, else of any.
pub fn home(posts: &[Post], today: NaiveDate) -> Option<&Place> {
    let of = |live: bool| posts.iter().filter(move |post| post.is_live(today) == live);
    of(true).chain(of(false)).find_map(|post| post.place.as_ref())
}

/// The wire form of accounts, as the actor may see them.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<User>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut posts = posts_of(conn, &ids)?;
    let one = |row: Row| {
        let (mine, others): (Vec<Post>, Vec<Post>) =
            posts.remove(&row.id).unwrap_or_default().into_iter().partition(|post| post.lies_with(actor));
        User {
            id: row.id,
            username: row.username,
            display_name: row.display_name,
            disabled_at: row.disabled_at,
            erased_at: row.erased_at,
            assignments: mine.into_iter().map(Post::wire).collect(),
            has_assignments_elsewhere: !others.is_empty(),
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    };
    Ok(rows.into_iter().map(one).collect())
}
