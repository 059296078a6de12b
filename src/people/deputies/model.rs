//! Reading deputies: in the territory by who reads accounts, elsewhere by those concerned.

use crate::{
    auth::{Actor, wire::AccountRef},
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{assignments, deputies, org_units, users},
    },
    error::{Code, Error, Fault, Result},
    events::{
        Changes, Event, Tx,
        personal::{self, GONE},
    },
    http::{Cursor, Page},
    ids::Id,
    people::{
        deputies::wire::{Deputy, DeputyQuery},
        model::{self as people, Held, Post},
    },
    place::{self, Place},
    policy::Action,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// A row of the table, as the log records it too.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, Serialize)]
#[diesel(table_name = deputies)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Option<Id>,
    pub assignment_id: Id,
    pub user_id: Id,
    pub from_on: NaiveDate,
    pub to_on: NaiveDate,
    pub reason: String,
    pub ended_at: Option<Instant>,
    pub version: i32,
    pub created_at: Instant,
}

impl Row {
    /// True once it was ended or its last day has passed; one that has yet to begin is not over.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.ended_at.is_some() || self.to_on < today
    }
}

/// The actor's account; what is nobody's for nobody in particular.
fn me(actor: &Actor) -> String {
    actor.user.map_or_else(String::new, |id| id.to_string())
}

/// Those that concern the actor: under an own assignment, or as the deputy.
fn concerning(actor: &Actor) -> deputies::BoxedQuery<'static, MultiBackend> {
    let own = assignments::table.filter(assignments::user_id.eq(me(actor))).select(assignments::id);
    deputies::table
        .into_boxed()
        .filter(deputies::user_id.eq(me(actor)))
        .or_filter(deputies::assignment_id.eq_any(own))
}

/// The only way to start a query on deputies: under assignments of the actor's territory, and those that
/// concern the actor.
pub fn visible(actor: &Actor) -> deputies::BoxedQuery<'static, MultiBackend> {
    let Some(unit) = &actor.unit else { return deputies::table.into_boxed() };
    let here = assignments::table
        .inner_join(org_units::table)
        .filter(org_units::path.ge(unit.path.clone()).and(org_units::path.lt(place::after(&unit.path))))
        .select(assignments::id);
    concerning(actor).or_filter(deputies::assignment_id.eq_any(here))
}

/// One deputy, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(deputies::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// One deputy in wire form, for who reads accounts (else 404) and those concerned (else 403).
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Deputy> {
    let reads = actor.may(Action::UserRead);
    let mine = if reads.is_ok() { visible(actor) } else { concerning(actor) };
    let row: Option<Row> =
        mine.filter(deputies::id.eq(id)).select(Row::as_select()).first(conn).optional()?;
    match row {
        Some(row) => wire_one(conn, row),
        None => Err(reads.err().unwrap_or_else(Error::not_found)),
    }
}

/// Any assignment with its unit, whoever asks.
pub fn post_of(conn: &mut AnyConn, assignment: Id) -> Result<Post> {
    let held: Held = assignments::table.find(assignment).select(Held::as_select()).first(conn)?;
    let posts = people::posts_of(conn, &[held.user_id])?.remove(&held.user_id).unwrap_or_default();
    posts.into_iter().find(|post| post.held.id == assignment).ok_or_else(Error::not_found)
}

/// The assignment whose deputies are meant: of the territory, or the actor's own. Else 404.
pub fn find_post(conn: &mut AnyConn, actor: &Actor, assignment: Id) -> Result<Post> {
    let mut seen = people::visible_posts(actor);
    if actor.unit.is_some() {
        seen = seen.or_filter(assignments::user_id.eq(me(actor)));
    }
    let found: Id = seen.filter(assignments::id.eq(assignment)).select(assignments::id).first(conn)?;
    post_of(conn, found)
}

/// A page of the deputies under an assignment, in the order of their first days.
pub fn list(conn: &mut AnyConn, actor: &Actor, assignment: Id, query: &DeputyQuery) -> Result<Page<Deputy>> {
    match find_post(conn, actor, assignment) {
        Ok(post) if actor.user == Some(post.held.user_id) => (),
        found => {
            actor.may(Action::UserRead)?;
            found?;
        }
    }
    let mut rows = visible(actor).filter(deputies::assignment_id.eq(assignment));
    let scope = format!("deputies|{assignment}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [from, id] = cursor.open(&scope)?;
        let from: NaiveDate =
            from.parse().map_err(|_| Error::from(Fault::parameter("cursor", Code::CursorMismatch)))?;
        let same = deputies::from_on.eq(from).and(deputies::id.gt(id));
        rows = rows.filter(deputies::from_on.gt(from).or(same));
    }
    let rows: Vec<Row> = rows
        .order((deputies::from_on, deputies::id))
        .limit(query.limit.0 + 1)
        .select(Row::as_select())
        .load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row| {
        Cursor::seal(&[row.from_on.to_string(), row.id.to_string()], &scope)
    });
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}

/// The wire form of rows, with both names.
fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Deputy>> {
    let of: Vec<Id> = rows.iter().map(|row| row.assignment_id).collect();
    let holders: Vec<(Id, AccountRef)> = assignments::table
        .inner_join(users::table)
        .filter(assignments::id.eq_any(of))
        .select((assignments::id, (users::id, users::display_name)))
        .load(conn)?;
    let standing_in: Vec<Id> = rows.iter().map(|row| row.user_id).collect();
    let accounts: Vec<(Id, AccountRef)> = users::table
        .filter(users::id.eq_any(standing_in))
        .select((users::id, (users::id, users::display_name)))
        .load(conn)?;
    let (holders, accounts): (HashMap<_, _>, HashMap<_, _>) =
        (holders.into_iter().collect(), accounts.into_iter().collect());
    let one = |row: Row| {
        Ok(Deputy {
            holder: holders.get(&row.assignment_id).cloned().ok_or_else(Error::not_found)?,
            user: accounts.get(&row.user_id).cloned().ok_or_else(Error::not_found)?,
            id: row.id,
            assignment_id: row.assignment_id,
            user_id: row.user_id,
            from_on: row.from_on,
            to_on: row.to_on,
            reason: row.reason,
            ended_at: row.ended_at,
            version: row.version,
            created_at: row.created_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Deputy> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// Ids of the deputies an account has or had under its assignments, and of those it is or was itself, as
/// far as the actor sees them: parts of its history.
pub fn of_account(conn: &mut AnyConn, actor: &Actor, user: Id) -> Result<Vec<Id>> {
    let own = assignments::table.filter(assignments::user_id.eq(user)).select(assignments::id);
    let theirs = visible(actor).filter(deputies::user_id.eq(user).or(deputies::assignment_id.eq_any(own)));
    theirs.order(deputies::id).select(deputies::id).load(conn).map_err(Error::from)
}

/// Appends the event of a change just made. Reasons are free words about two people: they stand beside
/// the log, under the record, and go with the personal data of either.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    row: &Row,
    place: Option<&Place>,
    changes: Changes,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "deputy",
        subject_id: row.id,
        subject_version: row.version,
        place,
        changes: changes.personal(row.id, &["reason", "end_reason"]),
        reason: None,
    })
}

/// Erases the words about an account that stand with its deputies and those it was itself; part of a
/// change that has its own event.
pub fn erase_words(conn: &mut AnyConn, user: Id) -> Result<()> {
    let own = assignments::table.filter(assignments::user_id.eq(user)).select(assignments::id);
    let theirs = deputies::user_id.eq(user).or(deputies::assignment_id.eq_any(own));
    let ids: Vec<Id> = deputies::table.filter(theirs).select(deputies::id).load(conn)?;
    diesel::update(deputies::table.filter(deputies::id.eq_any(&ids)))
        .set((deputies::reason.eq(GONE), deputies::version.eq(deputies::version + 1)))
        .execute(conn)?;
    for id in ids {
        personal::erase(conn, id)?;
    }
    Ok(())
}
