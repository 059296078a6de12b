//! Reading regimes.

use crate::{
    auth::Actor,
    calendars::regimes::wire::{RegimeCutOff, RegimeSystem, ReportRegime, ReportRegimeQuery},
    clock::Instant,
    db::{AnyConn, MultiBackend, schema::report_regimes as regimes},
    error::{Code, Error, Result},
    http::{Cursor, Page},
    ids::Id,
    measures::{CutOff, Month, Period, Regime},
    org_units::model as units,
};
use diesel::prelude::*;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = regimes, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Option<Id>,
    pub unit_id: Option<Id>,
    pub code: String,
    pub name: String,
    pub system: RegimeSystem,
    pub source: String,
    pub week_starts_on: i32,
    /// JSON.
    pub cut_offs: String,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// From which months on months close on which days.
    pub fn cut_offs(&self) -> Result<Vec<RegimeCutOff>> {
        serde_json::from_str(&self.cut_offs).map_err(Error::internal)
    }

    /// The calendar itself, to count by.
    pub fn regime(&self) -> Result<Regime> {
        let rule = |rule: RegimeCutOff| match rule.from.parse() {
            Ok(Period::Month(year, month)) => Ok(CutOff { from: Month::new(year, month), day: rule.day }),
            _ => Err(Error::internal(format!("the regime {} closes from {}", self.code, rule.from))),
        };
        Ok(Regime {
            cut_offs: self.cut_offs()?.into_iter().map(rule).collect::<Result<_>>()?,
            week_starts_on: u32::try_from(self.week_starts_on).map_err(Error::internal)?,
        })
    }
}

/// The only way to start a query on regimes: everybody's, those of units in the territory, however deep
/// (a calendar is no paper), and those of units above the actor's, by which it reports.
pub fn visible(actor: &Actor) -> regimes::BoxedQuery<'static, MultiBackend> {
    let all = regimes::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let own = regimes::unit_id.assume_not_null();
    let below = units::ids_under(&unit.path);
    all.filter(regimes::unit_id.is_null().or(own.eq_any(below)).or(own.eq_any(actor.ancestors())))
}

/// One regime, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(regimes::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// One regime by its code, or 404.
pub fn find_by_code(conn: &mut AnyConn, actor: &Actor, code: &str) -> Result<Row> {
    let code = regimes::code.eq(code.to_owned());
    Ok(visible(actor).filter(code).select(Row::as_select()).first(conn)?)
}

/// The calendar of a regime by its code, whoever asks: what records name.
pub fn calendar(conn: &mut AnyConn, code: &str) -> Result<Option<Regime>> {
    let row = regimes::table.filter(regimes::code.eq(code)).select(Row::as_select()).first(conn);
    row.optional()?.map(|row: Row| row.regime()).transpose()
}

/// In whose manner the regime with a code works, whoever asks.
pub fn system(conn: &mut AnyConn, code: &str) -> Result<Option<RegimeSystem>> {
    Ok(regimes::table.filter(regimes::code.eq(code)).select(regimes::system).first(conn).optional()?)
}

/// A regime named in a body: an absent one and a stranger's are the same fault of that field.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<ReportRegime>> {
    let ids: Vec<Id> = rows.iter().filter_map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        Ok(ReportRegime {
            cut_offs: row.cut_offs()?,
            unit: row.unit_id.and_then(|id| units.get(&id).cloned()),
            id: row.id,
            code: row.code,
            name: row.name,
            system: row.system,
            unit_id: row.unit_id,
            week_starts_on: row.week_starts_on,
            source: row.source,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<ReportRegime> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// A page of regimes in the order of their codes.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &ReportRegimeQuery) -> Result<Page<ReportRegime>> {
    let mut rows = visible(actor);
    if let Some(unit) = query.unit_id {
        rows = rows.filter(regimes::unit_id.eq(unit));
    }
    if let Some(code) = &query.code {
        rows = rows.filter(regimes::code.eq(code.0.clone()));
    }
    let scope = format!("report_regimes|{:?}|{:?}|{}", query.unit_id, query.code, actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [code] = cursor.open(&scope)?;
        rows = rows.filter(regimes::code.gt(code));
    }
    let rows = rows.order(regimes::code).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page =
        Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(std::slice::from_ref(&row.code), &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
