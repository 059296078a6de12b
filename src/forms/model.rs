//! Reading forms: those of units in the territory and of units above.

use crate::{
    auth::Actor,
    calendars::{model::Calendars, regimes::model::calendar},
    clock::Instant,
    db::{AnyConn, MultiBackend, lock_row, schema::forms},
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    forms::wire::{Form, FormQuery},
    http::{Cursor, Page, version},
    ids::Id,
    measures::{Period, PeriodKind},
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

pub use crate::forms::versions::{Version, VersionRow, Versions, list_versions, versions, versions_of};

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = forms, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub code: String,
    pub name: String,
    pub search_text: String,
    pub period_kind: PeriodKind,
    pub regime: String,
    pub valid_from: Period,
    pub valid_until: Option<Period>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub created_by: Option<Id>,
    pub versions: i32,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// The days of a period, of any length.
    pub fn window(&self, calendars: &Calendars, period: Period) -> Result<(NaiveDate, NaiveDate)> {
        calendars.window(&self.regime, period)
    }

    /// True when it is asked for a period with these days.
    pub fn asks_for(&self, (first, last): (NaiveDate, NaiveDate)) -> bool {
        self.starts_on <= first && self.ends_on.is_none_or(|end| last <= end)
    }
}

/// The days of one period of a form; of many by [`Row::window`].
pub fn window(conn: &mut AnyConn, row: &Row, period: Period) -> Result<(NaiveDate, NaiveDate)> {
    let window = calendar(conn, &row.regime)?.and_then(|regime| regime.window(period));
    window.ok_or_else(|| Error::internal(format!("no {period} under {}", row.regime)))
}

/// The only way to start a query on forms.
pub fn visible(actor: &Actor) -> forms::BoxedQuery<'static, MultiBackend> {
    let all = forms::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let below = units::ids_under(&unit.path);
    all.filter(forms::unit_id.eq_any(below).or(forms::unit_id.eq_any(actor.ancestors())))
}

/// One form, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(forms::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A form named in a body.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// A form that a record names, whoever asks.
pub fn load(conn: &mut AnyConn, id: Id) -> Result<Row> {
    Ok(forms::table.find(id).select(Row::as_select()).first(conn)?)
}

/// All forms of a tree, in the order of their codes.
pub fn of_root(conn: &mut AnyConn, root: Id) -> Result<Vec<Row>> {
    Ok(forms::table.filter(forms::root_id.eq(root)).order(forms::code).select(Row::as_select()).load(conn)?)
}

/// A form that is about to change, with its unit: seen, allowed, locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, action: Action) -> Result<(Row, Place)> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::load(tx.conn, seen.unit_id)?.place();
    actor.may_at(action, Site::of(&place))?;
    lock_row(tx.conn, "forms", &id.to_string())?;
    Ok((find(tx.conn, actor, id)?, place))
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(forms::table.find(row.id).filter(forms::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made.
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
        subject_type: "form",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Form>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let versions = versions_of(conn, &ids)?;
    let one = |row: Row| {
        Ok(Form {
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            content: versions.get(&row.id).cloned().unwrap_or_default().newest()?.wire(),
            id: row.id,
            unit_id: row.unit_id,
            code: row.code,
            name: row.name,
            period_kind: row.period_kind,
            regime: row.regime,
            valid_from: row.valid_from,
            valid_until: row.valid_until,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Form> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of forms in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &FormQuery) -> Result<Page<Form>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(forms::unit_id.eq(unit));
    }
    if let Some(code) = &query.code {
        rows = rows.filter(forms::code.eq(code.0.clone()));
    }
    if let Some(kind) = query.period_kind {
        rows = rows.filter(forms::period_kind.eq(kind));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(forms::search_text.like(q.like()));
    }
    let scope = format!(
        "forms|{:?}|{:?}|{:?}|{:?}|{}",
        query.unit_id,
        query.code,
        query.period_kind,
        query.q,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(forms::id.gt(id));
    }
    let rows = rows.order(forms::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
