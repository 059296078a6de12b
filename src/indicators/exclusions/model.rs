//! Reading exclusions.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::indicator_exclusions as exclusions},
    error::{Error, Result},
    http::Page,
    ids::Id,
    indicators::{exclusions::wire::IndicatorExclusion, model as indicators},
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = exclusions, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub from_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
    pub reason: String,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// True for periods that end on this day.
    pub fn holds(&self, ends_on: NaiveDate) -> bool {
        self.from_on <= ends_on && self.until_on.is_none_or(|last| ends_on <= last)
    }
}

/// One exclusion of an indicator, or 404.
pub fn find(conn: &mut AnyConn, indicator: Id, id: Id) -> Result<Row> {
    let one = exclusions::table.filter(exclusions::id.eq(id).and(exclusions::indicator_id.eq(indicator)));
    Ok(one.select(Row::as_select()).first(conn)?)
}

/// Those of some indicators that were known by a moment, whoever asks.
pub fn of(conn: &mut AnyConn, indicators: &[Id], before: Instant) -> Result<Vec<Row>> {
    Ok(exclusions::table
        .filter(exclusions::indicator_id.eq_any(indicators).and(exclusions::created_at.lt(before.millis())))
        .select(Row::as_select())
        .load(conn)?)
}

/// All exclusions of an indicator, in order; there are never many.
pub fn list(conn: &mut AnyConn, actor: &Actor, indicator: Id) -> Result<Page<IndicatorExclusion>> {
    indicators::find(conn, actor, indicator)?;
    let mut rows = exclusions::table.filter(exclusions::indicator_id.eq(indicator)).into_boxed();
    if let Some(unit) = &actor.unit {
        rows = rows.filter(exclusions::unit_id.eq_any(units::ids_under(&unit.path)));
    }
    let rows = rows.order(exclusions::id).select(Row::as_select()).load(conn)?;
    Ok(Page { items: wire(conn, rows)?, next_cursor: None })
}

fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<IndicatorExclusion>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        Ok(IndicatorExclusion {
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            id: row.id,
            indicator_id: row.indicator_id,
            unit_id: row.unit_id,
            from_on: row.from_on,
            until_on: row.until_on,
            reason: row.reason,
            version: row.version,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<IndicatorExclusion> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}
