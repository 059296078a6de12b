//! Reading terms, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, MultiBackend, lock_row, schema::terms},
    error::{Code, Error, Fault, Result},
    events::{Changes, Event, Tx},
    http::{Cursor, Page, version},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
    terms::wire::{Term, TermQuery},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = terms, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub ordinal: Option<String>,
    pub name: String,
    pub from_year: Option<i32>,
    pub to_year: Option<i32>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// Refuses an end before its start.
    pub fn check(&self) -> Result<()> {
        let years = (self.to_year.is_some() && self.to_year < self.from_year).then_some("/to_year");
        let days = (self.ends_on.is_some() && self.ends_on < self.starts_on).then_some("/ends_on");
        let faults: Vec<Fault> =
            [years, days].into_iter().flatten().map(|at| Fault::at(at, Code::EndBeforeStart)).collect();
        if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
    }
}

/// The only way to start a query on terms: those of units in the territory, however deep (they are
/// structure, no papers), and of units above the actor's.
pub fn visible(actor: &Actor) -> terms::BoxedQuery<'static, MultiBackend> {
    let all = terms::table.filter(terms::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let below = units::ids_under(&unit.path);
    all.filter(terms::unit_id.eq_any(below).or(terms::unit_id.eq_any(actor.ancestors())))
}

/// One term, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(terms::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A term that is about to change, with its unit: seen, allowed, locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, Place)> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::find(tx.conn, actor, seen.unit_id)?.place();
    actor.may_at(Action::TermManage, Site::of(&place))?;
    lock_row(tx.conn, "terms", &id.to_string())?;
    Ok((find(tx.conn, actor, id)?, place))
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(terms::table.find(row.id).filter(terms::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made.
pub fn append(tx: &mut Tx, kind: &'static str, row: &Row, place: &Place, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "term",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason: None,
    })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Term>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        let unit = units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?;
        Ok(Term {
            id: row.id,
            unit_id: row.unit_id,
            unit,
            ordinal: row.ordinal,
            name: row.name,
            from_year: row.from_year,
            to_year: row.to_year,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Term> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of terms in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &TermQuery) -> Result<Page<Term>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(terms::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(terms::unit_id.eq_any(below));
    }
    let scope = format!("terms|{:?}|{:?}|{}", query.unit_id, query.under, actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(terms::id.gt(id));
    }
    let rows = rows.order(terms::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
