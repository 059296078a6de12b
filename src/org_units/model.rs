//! Reading units, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{levels, org_unit_external_ids as external, org_units, unit_kinds},
    },
    error::{Code, Error, Fault, Result},
    http::Page,
    http::page::Cursor,
    http::query::AnyOf,
    ids::Id,
    org_units::wire::{ExternalId, OrgUnit, OrgUnitQuery, UnitRef},
    place::{self, Place},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = org_units)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub code: String,
    pub name: String,
    pub short_name: Option<String>,
    pub level: String,
    pub kind: String,
    pub parent_id: Option<Id>,
    pub path: String,
    pub depth: i32,
    pub issuer_code: Option<String>,
    pub traits: String,
    pub valid_from: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// Where the unit lies.
    pub fn place(&self) -> Place {
        Place {
            id: self.id,
            root_id: self.root_id,
            path: self.path.clone(),
            depth: self.depth,
            level: self.level.clone(),
        }
    }

    /// True while the unit exists.
    pub fn is_open(&self, on: NaiveDate) -> bool {
        self.closed_on.is_none_or(|day| on < day)
    }

    /// In a few words.
    pub fn reference(&self) -> UnitRef {
        UnitRef { id: self.id, code: self.code.clone(), name: self.name.clone(), level: self.level.clone() }
    }

    fn wire(self, external_ids: Vec<ExternalId>) -> Result<OrgUnit> {
        Ok(OrgUnit {
            traits: serde_json::from_str(&self.traits).map_err(Error::internal)?,
            id: self.id,
            code: self.code,
            name: self.name,
            short_name: self.short_name,
            level: self.level,
            kind: self.kind,
            parent_id: self.parent_id,
            root_id: self.root_id,
            depth: self.depth,
            issuer_code: self.issuer_code,
            external_ids,
            valid_from: self.valid_from,
            closed_on: self.closed_on,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// The only way to start a query on units: the territory (however deep: structure is no paper) and
/// the units above the actor's.
pub fn visible(actor: &Actor) -> org_units::BoxedQuery<'static, MultiBackend> {
    let all = org_units::table.into_boxed();
    match &actor.unit {
        None => all,
        Some(unit) => {
            let below =
                org_units::path.ge(unit.path.clone()).and(org_units::path.lt(place::after(&unit.path)));
            all.filter(below.or(org_units::id.eq_any(actor.ancestors())))
        }
    }
}

/// The ids of the unit with this path and of all below it, to narrow other records by.
#[diesel::dsl::auto_type]
pub fn ids_under(path: &str) -> _ {
    let (from, end): (String, String) = (path.to_owned(), place::after(path));
    org_units::table.filter(org_units::path.ge(from).and(org_units::path.lt(end))).select(org_units::id)
}

/// The same down to a depth, counted from the root; none: however deep.
#[diesel::dsl::auto_type]
pub fn ids_within(path: &str, deepest: Option<i32>) -> _ {
    let deepest: i32 = deepest.unwrap_or(i32::MAX);
    let under: ids_under = ids_under(path);
    under.filter(org_units::depth.le(deepest))
}

/// A unit that a record names, whoever asks.
pub fn load(conn: &mut AnyConn, id: Id) -> Result<Row> {
    Ok(org_units::table.find(id).select(Row::as_select()).first(conn)?)
}

/// One unit, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(org_units::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A unit named in a body: an absent one and a stranger's are the same fault of that field.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// A unit that must lie in the territory, not above it: for figures and `under=`. Else 404.
pub fn find_in_territory(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    find(conn, actor, id)?.in_territory(actor)
}

impl Row {
    fn in_territory(self, actor: &Actor) -> Result<Self> {
        if self.path.starts_with(actor.territory()) { Ok(self) } else { Err(Error::not_found()) }
    }
}

/// Units by id, in a few words, for other records to show. No territory: a record that is visible
/// may name any unit.
pub fn references(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, UnitRef>> {
    let rows: Vec<(Id, String, String, String)> = org_units::table
        .filter(org_units::id.eq_any(ids))
        .select((org_units::id, org_units::code, org_units::name, org_units::level))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, code, name, level)| (id, UnitRef { id, code, name, level })).collect())
}

/// The wire form of rows, with their codes in other lists.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<OrgUnit>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let found: Vec<(Id, String, String)> = external::table
        .filter(external::unit_id.eq_any(ids))
        .order((external::unit_id, external::scheme))
        .select((external::unit_id, external::scheme, external::code))
        .load(conn)?;
    let mut by_unit: HashMap<Id, Vec<ExternalId>> = HashMap::new();
    for (unit, scheme, code) in found {
        by_unit.entry(unit).or_default().push(ExternalId { scheme, code });
    }
    rows.into_iter()
        .map(|row| {
            let mine = by_unit.remove(&row.id).unwrap_or_default();
            row.wire(mine)
        })
        .collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<OrgUnit> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// The ids of all visible units, with their roots.
pub fn visible_ids(conn: &mut AnyConn, actor: &Actor) -> Result<HashMap<Id, Id>> {
    let rows: Vec<(Id, Id)> = visible(actor).select((org_units::id, org_units::root_id)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Units by id, in wire form.
pub fn by_ids(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<OrgUnit>> {
    let rows = org_units::table.filter(org_units::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    wire(conn, rows)
}

impl OrgUnitQuery {
    /// What a cursor is bound to: the same question of the same actor.
    pub fn scope(&self, actor: &Actor) -> String {
        format!(
            "org_units|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
            self.as_of,
            self.under,
            self.parent_id,
            self.level,
            self.kind,
            self.q,
            actor.scope_key()
        )
    }

    /// Refuses words that the catalogues do not have.
    pub fn check(&self, conn: &mut AnyConn) -> Result<()> {
        let mut faults = Vec::new();
        if let Some(AnyOf(wanted)) = &self.level {
            faults.extend(unknown_word("level", wanted, &level_words(conn)?));
        }
        if let Some(AnyOf(wanted)) = &self.kind {
            let known: Vec<String> =
                unit_kinds::table.order(unit_kinds::rank).select(unit_kinds::id).load(conn)?;
            faults.extend(unknown_word("kind", wanted, &known));
        }
        if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
    }
}

fn level_words(conn: &mut AnyConn) -> Result<Vec<String>> {
    Ok(levels::table.order(levels::rank).select(levels::id).load(conn)?)
}

/// Refuses a level that the catalogue does not have.
pub fn check_level(conn: &mut AnyConn, level: &str) -> Result<()> {
    let fault = unknown_word("level", &[level.to_owned()], &level_words(conn)?);
    fault.map_or(Ok(()), |fault| Err(fault.into()))
}

fn unknown_word(parameter: &str, wanted: &[String], known: &[String]) -> Option<Fault> {
    let strange = wanted.iter().any(|word| !known.contains(word));
    strange.then(|| Fault::parameter(parameter, Code::UnknownValue).with("accepted", known.join(", ")))
}

/// A page of units in the order of their codes.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &OrgUnitQuery) -> Result<Page<OrgUnit>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let top = find_in_territory(conn, actor, under)?;
        rows = rows
            .filter(org_units::path.ge(top.path.clone()).and(org_units::path.lt(place::after(&top.path))));
    }
    if let Some(parent) = query.parent_id {
        rows = rows.filter(org_units::parent_id.eq(parent));
    }
    if let Some(levels) = &query.level {
        rows = rows.filter(org_units::level.eq_any(levels.0.clone()));
    }
    if let Some(kinds) = &query.kind {
        rows = rows.filter(org_units::kind.eq_any(kinds.0.clone()));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(org_units::search_text.like(q.like()));
    }
    let scope = query.scope(actor);
    if let Some(cursor) = &query.cursor {
        let [code] = cursor.open(&scope)?;
        rows = rows.filter(org_units::code.gt(code));
    }
    let rows = rows.order(org_units::code).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row| Cursor::seal(std::slice::from_ref(&row.code), &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}

/// The units above one, from the root down.
pub fn ancestors(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Vec<OrgUnit>> {
    let above = find(conn, actor, id)?.place().ancestors();
    let rows = org_units::table
        .filter(org_units::id.eq_any(above))
        .order(org_units::depth)
        .select(Row::as_select())
        .load(conn)?;
    wire(conn, rows)
}
