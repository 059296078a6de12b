//! Reading persons, always inside the actor's territory and no deeper than names are readable.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, MultiBackend, lock_row, schema::persons},
    error::{Code, Error, Phrase, Result},
    events::{Changes, Event, Tx},
    http::{Cursor, Page, version},
    ids::Id,
    org_units::model as units,
    persons::wire::{Person, PersonQuery, PersonRef},
    place::Place,
    policy::{Action, Site},
};
use diesel::prelude::*;
use std::collections::HashMap;

/// Fields that name a person: the log, which cannot be erased, refers to their values.
pub const PERSONAL: [&str; 2] = ["full_name", "birth_year"];

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = persons, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub full_name: String,
    pub search_text: String,
    pub birth_year: Option<i32>,
    pub user_id: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
    pub erased_at: Option<Instant>,
}

/// The only way to start a query on persons: those that units of the territory keep, down to the depth
/// to which the level of the acting unit reads names.
pub fn visible(actor: &Actor) -> persons::BoxedQuery<'static, MultiBackend> {
    let all = persons::table.filter(persons::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.names_depth);
    all.filter(persons::unit_id.eq_any(mine))
}

/// One person, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(persons::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A person named in a body: an absent one and a stranger's are the same fault of that field.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// A person about to change, with the unit that keeps the record: seen, allowed, locked, read again; 409
/// once erased.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, action: Action) -> Result<(Row, Place)> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::find(tx.conn, actor, seen.unit_id)?.place();
    actor.may_at(action, Site::of(&place))?;
    lock_row(tx.conn, "persons", &id.to_string())?;
    let row = find(tx.conn, actor, id)?;
    match row.erased_at {
        Some(_) => Err(Error::new(Code::InvalidState).with("status", Phrase::Erased)),
        None => Ok((row, place)),
    }
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(persons::table.find(row.id).filter(persons::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made; the values that name the person stand beside the log.
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
        subject_type: "person",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes: changes.personal(row.id, &PERSONAL),
        reason,
    })
}

/// Persons by id, in a few words, as far as the actor reads them by name.
pub fn references(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, PersonRef>> {
    if actor.may(Action::PersonRead).is_err() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Id, String)> = visible(actor)
        .filter(persons::id.eq_any(ids.to_vec()))
        .select((persons::id, persons::full_name))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, full_name)| (id, PersonRef { id, full_name })).collect())
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Person>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        let unit = units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?;
        Ok(Person {
            id: row.id,
            unit_id: row.unit_id,
            unit,
            full_name: row.full_name,
            birth_year: row.birth_year,
            user_id: row.user_id,
            erased_at: row.erased_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Person> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of persons in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &PersonQuery) -> Result<Page<Person>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(persons::unit_id.eq_any(below));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(persons::search_text.like(q.like()));
    }
    let scope = format!("persons|{:?}|{:?}|{}", query.under, query.q, actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(persons::id.gt(id));
    }
    let rows = rows.order(persons::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
