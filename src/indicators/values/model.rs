//! Reading values, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{indicator_value_states as states, indicator_values as values},
    },
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        values::{
            wire::{IndicatorValue, IndicatorValueQuery, ValueSource},
            workflow::{ValueCommand, ValueStatus},
        },
    },
    measures::{Decimal, Exact, Period, Qualifier, Share, TargetVerdict},
    org_units::model as units,
    place::Place,
    policy::{Site, TaskAction, permits},
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// What a value says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = values, treat_none_as_null = true)]
pub struct Content {
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub qualifier: Qualifier,
    pub estimated: bool,
    pub reached_on: Option<NaiveDate>,
    pub verdict: Option<TargetVerdict>,
}

impl Content {
    /// The number in it, or the parts of a share; `None` where there is none.
    pub fn share(&self) -> Option<Share> {
        match (self.value, self.numerator, self.denominator) {
            (Some(value), _, _) => Some(Share::Value(Exact::from(value))),
            (None, Some(num), Some(den)) => {
                Some(Share::Parts { num: Exact::from(num), den: Exact::from(den) })
            }
            _ => None,
        }
    }
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = values, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub indicator_id: Id,
    pub unit_id: Id,
    pub period: Period,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub cell: String,
    pub status: ValueStatus,
    #[diesel(embed)]
    pub content: Content,
    pub note: Option<String>,
    pub source: ValueSource,
    pub submission_id: Option<Id>,
    pub entered_by: Option<Id>,
    pub entered_for: Option<Id>,
    pub approved_unit_id: Option<Id>,
    pub approved_at: Option<Instant>,
    pub states: i32,
    pub changed_at: Instant,
    pub version: i32,
    pub created_at: Instant,
}

/// A state a value had.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = states)]
pub struct StateRow {
    pub value_id: Id,
    pub n: i32,
    pub root_id: Id,
    pub took_effect_at: Instant,
    pub command: ValueCommand,
    pub status: ValueStatus,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    pub qualifier: Qualifier,
    pub estimated: bool,
    pub reached_on: Option<NaiveDate>,
    pub verdict: Option<TargetVerdict>,
    pub reason: Option<String>,
}

/// A value with its indicator, its unit and who approves it.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub indicator: Indicator,
    pub place: Place,
    /// The unit above, or the unit itself at the top.
    pub approver: Place,
}

impl Placed {
    /// True when this actor's seat may do this with it. Beside the units above, the unit that answers for
    /// the indicator by its field approves.
    pub fn permits(&self, actor: &Actor, command: ValueCommand) -> bool {
        let action = command.action();
        if !matches!(command, ValueCommand::Approve | ValueCommand::Return) {
            return permits(actor.seat(), action, Site::of(&self.place));
        }
        let agency = self.indicator.agency_unit_id;
        let by_field = actor.unit.as_ref().filter(|unit| agency == Some(unit.id));
        permits(actor.seat(), action, Site::of(&self.approver))
            || by_field.is_some_and(|unit| permits(actor.seat(), action, Site::of(unit)))
    }

    /// What the caller may do with it.
    pub fn actions(&self, actor: &Actor) -> Vec<TaskAction> {
        let own = actor.is_same_hand(self.row.entered_by, self.row.entered_for);
        let one = |command: ValueCommand| {
            let because = if !self.permits(actor, command) {
                Some("role")
            } else if command.leads(self.row.status).is_none() {
                Some("state")
            } else {
                (command.judges() && own).then_some("own_work")
            };
            let reason_required = command.needs_reason();
            TaskAction { name: command.as_str(), allowed: because.is_none(), because, reason_required }
        };
        ValueCommand::STEPS.into_iter().map(one).collect()
    }
}

/// The only way to start a query on values.
pub fn visible(actor: &Actor) -> values::BoxedQuery<'static, MultiBackend> {
    let all = values::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(values::unit_id.eq_any(units::ids_within(&unit.path, actor.detail_depth)))
}

/// One value, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(values::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The value of a unit for a period and class, whoever asks.
pub fn at(conn: &mut AnyConn, indicator: Id, unit: Id, period: Period, cell: &str) -> Result<Option<Row>> {
    Ok(values::table
        .filter(values::indicator_id.eq(indicator).and(values::unit_id.eq(unit)))
        .filter(values::period.eq(period).and(values::cell.eq(cell)))
        .select(Row::as_select())
        .first(conn)
        .optional()?)
}

/// Every value of a unit for a period, whoever asks.
pub fn of_period(conn: &mut AnyConn, unit: Id, ends_on: NaiveDate, period: Period) -> Result<Vec<Row>> {
    Ok(values::table
        .filter(values::unit_id.eq(unit).and(values::ends_on.eq(ends_on)))
        .filter(values::period.eq(period))
        .select(Row::as_select())
        .load(conn)?)
}

/// True when a value has this id, whoever asks.
pub fn exists(conn: &mut AnyConn, id: Id) -> Result<bool> {
    let n: i64 = values::table.find(id).count().get_result(conn)?;
    Ok(n > 0)
}

/// A value with what decides about it.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let indicator = indicators::load_all(conn, &[row.indicator_id])?.pop().ok_or_else(Error::not_found)?;
    let unit = units::load(conn, row.unit_id)?;
    let place = unit.place();
    let approver = match unit.parent_id {
        Some(parent) => units::load(conn, parent)?.place(),
        None => place.clone(),
    };
    Ok(Placed { row, indicator, place, approver })
}

/// The wire form of rows.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>) -> Result<Vec<IndicatorValue>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units = units::references(conn, &ids)?;
    let one = |row: Row| {
        Ok(IndicatorValue {
            unit: units.get(&row.unit_id).cloned().ok_or_else(Error::not_found)?,
            cell: row.cell.split('/').filter(|class| !class.is_empty()).map(str::to_owned).collect(),
            id: row.id,
            indicator_id: row.indicator_id,
            unit_id: row.unit_id,
            period: row.period,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            status: row.status,
            value: row.content.value,
            numerator: row.content.numerator,
            denominator: row.content.denominator,
            qualifier: row.content.qualifier,
            estimated: row.content.estimated,
            reached_on: row.content.reached_on,
            verdict: row.content.verdict,
            note: row.note,
            source: row.source,
            submission_id: row.submission_id,
            approved_unit_id: row.approved_unit_id,
            approved_at: row.approved_at,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.changed_at,
            actions: None,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, row: Row) -> Result<IndicatorValue> {
    wire(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// One value with what the caller may do with it.
pub fn show(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<IndicatorValue> {
    let placed = placed(conn, row)?;
    let actions = Some(placed.actions(actor));
    Ok(IndicatorValue { actions, ..wire_one(conn, placed.row)? })
}

/// A page of values in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &IndicatorValueQuery) -> Result<Page<IndicatorValue>> {
    let mut rows = visible(actor);
    if let Some(indicator) = query.indicator_id {
        rows = rows.filter(values::indicator_id.eq(indicator));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(values::unit_id.eq(unit));
    }
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(values::unit_id.eq_any(below));
    }
    if let Some(period) = query.period {
        rows = rows.filter(values::period.eq(period));
    }
    if let Some(day) = query.ends_from {
        rows = rows.filter(values::ends_on.ge(day.0));
    }
    if let Some(day) = query.ends_to {
        rows = rows.filter(values::ends_on.le(day.0));
    }
    if let Some(status) = query.status {
        rows = rows.filter(values::status.eq(status));
    }
    rows = match query.total.map(|flag| flag.0) {
        Some(true) => rows.filter(values::cell.eq("")),
        Some(false) => rows.filter(values::cell.ne("")),
        None => rows,
    };
    let scope = format!(
        "values|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.indicator_id,
        query.unit_id,
        query.under,
        query.period,
        query.ends_from,
        query.ends_to,
        query.status,
        query.total,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(values::id.gt(id));
    }
    let rows = rows.order(values::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, page.items)? })
}
