//! Reading holdings, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend, lock_row,
        schema::{holdings, posts},
    },
    error::{Code, Error, Fault, Result},
    events::{Changes, Event, Tx},
    http::{Cursor, Page, version},
    ids::Id,
    org_units::model as units,
    persons::model as persons,
    place::Place,
    policy::{Action, Role, Site},
    posts::wire::{Holding, HoldingQuery},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = holdings, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub post_id: String,
    pub person_id: Id,
    pub is_primary: bool,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub document_id: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

/// What the catalogue says of a post.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = posts)]
pub struct Post {
    pub id: String,
    pub name_vi: String,
    /// One person at a time in a unit.
    pub single: bool,
    /// What it lets its holder be in the unit.
    pub role: Option<Role>,
}

impl Post {
    /// The right it takes to give or take it: who gives a role appoints.
    pub const fn action(&self) -> Action {
        if self.role.is_some() { Action::HoldingAppoint } else { Action::HoldingManage }
    }
}

/// The only way to start a query on holdings: those of the territory, down to the depth that is
/// readable in detail.
pub fn visible(actor: &Actor) -> holdings::BoxedQuery<'static, MultiBackend> {
    let all = holdings::table.filter(holdings::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    all.filter(holdings::unit_id.eq_any(mine))
}

/// One holding, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(holdings::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A post of the catalogue.
pub fn post(conn: &mut AnyConn, id: &str) -> Result<Option<Post>> {
    let found = posts::table.find(id.to_owned()).select(Post::as_select()).first(conn);
    found.optional().map_err(Error::from)
}

/// The fault of a post that is not in the catalogue.
pub fn unknown_post(conn: &mut AnyConn, fault: Fault) -> Result<Fault> {
    let known: Vec<String> = posts::table.order(posts::rank).select(posts::id).load(conn)?;
    Ok(fault.with("accepted", known.join(", ")))
}

/// A holding that is about to change.
pub struct Open {
    pub row: Row,
    pub post: Post,
    pub place: Place,
}

/// A holding that is about to change: seen, allowed, its unit locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<Open> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::find(tx.conn, actor, seen.unit_id)?.place();
    let post = post(tx.conn, &seen.post_id)?.ok_or_else(Error::not_found)?;
    actor.may_at(post.action(), Site::of(&place))?;
    lock_row(tx.conn, "org_units", &place.id.to_string())?;
    Ok(Open { row: find(tx.conn, actor, id)?, post, place })
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(holdings::table.find(row.id).filter(holdings::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made; who holds the post stands beside the log.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    row: &Row,
    place: &Place,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "holding",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes: changes.personal(row.person_id, &["person", "person_id"]),
        reason,
    })
}

/// The wire form of rows, with names as far as the actor reads them.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Holding>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let holders: Vec<Id> = rows.iter().map(|row| row.person_id).collect();
    let units = units::references(conn, &ids)?;
    let persons = persons::references(conn, actor, &holders)?;
    let names: Vec<(String, String)> = posts::table.select((posts::id, posts::name_vi)).load(conn)?;
    let names: HashMap<String, String> = names.into_iter().collect();
    let one = |row: Row| {
        let unit = units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?;
        let person = persons.get(&row.person_id).cloned();
        Ok(Holding {
            id: row.id,
            unit_id: row.unit_id,
            unit,
            post_name: names.get(&row.post_id).cloned().unwrap_or_default(),
            post: row.post_id,
            person_id: person.as_ref().map(|person| person.id),
            person,
            is_primary: row.is_primary,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            document_id: row.document_id,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<Holding> {
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of holdings in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &HoldingQuery) -> Result<Page<Holding>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(holdings::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(holdings::unit_id.eq_any(below));
    }
    if let Some(person) = query.person_id {
        // Else the list would tell who holds what to those who read no names.
        actor.may(Action::PersonRead)?;
        persons::find(conn, actor, person)?;
        rows = rows.filter(holdings::person_id.eq(person));
    }
    if let Some(wanted) = &query.post {
        if post(conn, wanted)?.is_none() {
            return Err(unknown_post(conn, Fault::parameter("post", Code::UnknownValue))?.into());
        }
        rows = rows.filter(holdings::post_id.eq(wanted.0.clone()));
    }
    if let Some(day) = query.as_of {
        rows = rows.filter(holdings::starts_on.le(day.0));
        rows = rows.filter(holdings::ends_on.is_null().or(holdings::ends_on.ge(day.0)));
    }
    let scope = format!(
        "holdings|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.unit_id,
        query.under,
        query.person_id,
        query.post,
        query.as_of,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(holdings::id.gt(id));
    }
    let rows = rows.order(holdings::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items)? })
}
