//! Reading indicators: those of units in the territory and of units above.

use crate::{
    auth::Actor,
    calendars::regimes::model::calendar,
    clock::Instant,
    db::{AnyConn, MultiBackend, lock_row, schema::indicators},
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::{Cursor, Page, version},
    ids::Id,
    indicators::wire::{Dimension, Indicator, IndicatorQuery},
    measures::{Direction, OverPeriods, OverUnits, PeriodKind, Regime},
    org_units::model as units,
    place::Place,
    policy::{Action, Site},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = indicators, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub code: String,
    pub name: String,
    pub search_text: String,
    pub measure_unit: String,
    pub direction: Direction,
    pub decimals: i32,
    pub definition: Option<String>,
    pub method: Option<String>,
    pub formula: Option<String>,
    pub over_periods: OverPeriods,
    pub over_units: OverUnits,
    pub factor: i32,
    pub weight_indicator_id: Option<Id>,
    pub level: Option<String>,
    pub period_kind: PeriodKind,
    pub regime: String,
    /// As JSON.
    pub dimensions: String,
    pub rule_set: Option<String>,
    pub field: Option<String>,
    pub agency_unit_id: Option<Id>,
    pub retired_on: Option<NaiveDate>,
    pub created_by: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// What it is broken down by.
    pub fn dimensions(&self) -> Result<Vec<Dimension>> {
        serde_json::from_str(&self.dimensions).map_err(Error::internal)
    }
}

/// The only way to start a query on indicators.
pub fn visible(actor: &Actor) -> indicators::BoxedQuery<'static, MultiBackend> {
    let all = indicators::table.filter(indicators::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let below = units::ids_under(&unit.path);
    all.filter(indicators::unit_id.eq_any(below).or(indicators::unit_id.eq_any(actor.ancestors())))
}

/// One indicator, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(indicators::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// An indicator named in a body.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// Indicators by id, whoever asks.
pub fn load_all(conn: &mut AnyConn, ids: &[Id]) -> Result<Vec<Row>> {
    Ok(indicators::table.filter(indicators::id.eq_any(ids)).select(Row::as_select()).load(conn)?)
}

/// An indicator by its code in a tree, whoever asks: what formulas name.
pub fn by_codes(conn: &mut AnyConn, root: Id, codes: &[String]) -> Result<Vec<Row>> {
    Ok(indicators::table
        .filter(indicators::root_id.eq(root).and(indicators::code.eq_any(codes)))
        .filter(indicators::deleted_at.is_null())
        .select(Row::as_select())
        .load(conn)?)
}

/// The calendar by which the periods of an indicator close.
pub fn regime(conn: &mut AnyConn, row: &Row) -> Result<Regime> {
    let regime = calendar(conn, &row.regime)?;
    regime.ok_or_else(|| Error::internal(format!("no regime {}", row.regime)))
}

/// An indicator that is about to change, with its unit: seen, allowed, locked, read again.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id) -> Result<(Row, Place)> {
    let seen = find(tx.conn, actor, id)?;
    let place = units::find(tx.conn, actor, seen.unit_id)?.place();
    actor.may_at(Action::IndicatorManage, Site::of(&place))?;
    lock_row(tx.conn, "indicators", &id.to_string())?;
    Ok((find(tx.conn, actor, id)?, place))
}

/// Writes a changed row over the version it was made from.
pub fn update(tx: &mut Tx, row: &mut Row) -> Result<()> {
    let read = row.version;
    row.version += 1;
    row.updated_at = tx.at;
    let changed = diesel::update(indicators::table.find(row.id).filter(indicators::version.eq(read)))
        .set(&*row)
        .execute(tx.conn)?;
    if changed == 1 { Ok(()) } else { Err(version::stale(row.version, read)) }
}

/// Appends the event of a change just made.
pub fn append(tx: &mut Tx, kind: &'static str, row: &Row, place: &Place, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "indicator",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason: None,
    })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<Indicator>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        Ok(Indicator {
            dimensions: row.dimensions()?,
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            id: row.id,
            unit_id: row.unit_id,
            code: row.code,
            name: row.name,
            measure_unit: row.measure_unit,
            direction: row.direction,
            decimals: row.decimals,
            definition: row.definition,
            method: row.method,
            formula: row.formula,
            over_periods: row.over_periods,
            over_units: row.over_units,
            factor: row.factor,
            weight_indicator_id: row.weight_indicator_id,
            level: row.level,
            period_kind: row.period_kind,
            regime: row.regime,
            rule_set: row.rule_set,
            field: row.field,
            agency_unit_id: row.agency_unit_id,
            retired_on: row.retired_on,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<Indicator> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of indicators in the order of their ids, which is that of their creation.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &IndicatorQuery,
    today: NaiveDate,
) -> Result<Page<Indicator>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(indicators::unit_id.eq(unit));
    }
    if let Some(code) = &query.code {
        rows = rows.filter(indicators::code.eq(code.0.clone()));
    }
    if let Some(field) = &query.field {
        rows = rows.filter(indicators::field.eq(field.0.clone()));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(indicators::search_text.like(q.like()));
    }
    rows = match query.retired.map(|flag| flag.0) {
        Some(true) => rows.filter(indicators::retired_on.le(today)),
        Some(false) => rows
            .filter(indicators::retired_on.is_null().or(indicators::retired_on.gt(today).assume_not_null())),
        None => rows,
    };
    let scope = format!(
        "indicators|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.unit_id,
        query.code,
        query.field,
        query.q,
        query.retired,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(indicators::id.gt(id));
    }
    let rows = rows.order(indicators::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
