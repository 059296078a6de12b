//! Whether what the units below are to reach adds up to what the unit itself is: also before it is agreed.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::targets as table},
    error::Result,
    http::{Cursor, Page},
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        wire::IndicatorRef,
    },
    measures::{Direction, Exact, Period},
    org_units::model::Row as Unit,
    reports::{
        indicators::{
            bounds::Span,
            figures::figure,
            ground::{Ground, Question},
        },
        tag::Asked,
        targets::{
            goals::{Goal, Goals},
            query::TargetBalanceQuery,
            wire::{TargetBalance, TargetBalanceItem, TargetBalancePart},
        },
    },
    targets::{facts::TargetFact, model::Row, versions, workflow::TargetStatus},
};
use diesel::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A target as it is on the table.
#[derive(Debug, Clone)]
struct Tabled {
    fact: TargetFact,
    status: TargetStatus,
}

/// The balance of a unit that the caller has found inside its territory, indicator by indicator.
pub fn balance(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Unit,
    query: &TargetBalanceQuery,
    asked: &Asked,
) -> Result<TargetBalance> {
    let scope =
        format!("target_balance|{}|{}|{:?}|{}", unit.id, query.period, query.indicator_id, actor.scope_key());
    let from: Option<[String; 1]> = query.cursor.as_ref().map(|cursor| cursor.open(&scope)).transpose()?;
    let tree = crate::org_units::tree::Tree::on(conn, unit.root_id, asked.day)?;
    let children: Vec<Id> = tree
        .children(unit.id)
        .into_iter()
        .map(|child| child.id)
        .filter(|id| tree.in_force(*id, asked.day))
        .collect();
    let tabled = tabled(conn, unit.id, &children, query)?;
    let ids: BTreeSet<Id> = tabled.iter().map(|one| one.fact.indicator_id).collect();
    let mut rows = indicators::load_all(conn, &Vec::from_iter(ids))?;
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    rows.retain(|row| from.as_ref().is_none_or(|[code]| row.code > *code));
    let page = Page::cut(rows, query.limit.0, |row| Cursor::seal(std::slice::from_ref(&row.code), &scope));
    let mut items = Vec::new();
    // One reading for each regime: mostly one in all.
    let mut regimes: BTreeMap<String, Vec<Indicator>> = BTreeMap::new();
    for row in page.items {
        regimes.entry(row.regime.clone()).or_default().push(row);
    }
    for rows in regimes.into_values() {
        items.extend(of_regime(conn, unit, &children, rows, &tabled, query.period, asked)?);
    }
    items.sort_by(|a, b| a.indicator.code.cmp(&b.indicator.code));
    Ok(TargetBalance {
        as_of: asked.day,
        unit: unit.reference(),
        period: query.period,
        items,
        next_cursor: page.next_cursor,
    })
}

/// What is on the table for a period, of the unit and of those directly below it, as of now.
fn tabled(conn: &mut AnyConn, unit: Id, children: &[Id], query: &TargetBalanceQuery) -> Result<Vec<Tabled>> {
    let units: Vec<Id> = [unit].into_iter().chain(children.iter().copied()).collect();
    let mut rows = table::table
        .filter(table::unit_id.eq_any(units).and(table::period.eq(query.period)))
        .filter(table::status.ne(TargetStatus::Withdrawn))
        .into_boxed();
    if let Some(indicator) = query.indicator_id {
        rows = rows.filter(table::indicator_id.eq(indicator));
    }
    let rows: Vec<Row> = rows.select(Row::as_select()).load(conn)?;
    let newest = versions::newest(conn, &rows)?;
    let said: HashMap<Id, _> = newest.iter().map(|version| (version.target_id, version)).collect();
    let mut found = Vec::new();
    for row in rows {
        let Some(version) = said.get(&row.id) else { continue };
        found.push(Tabled {
            status: row.status,
            fact: TargetFact {
                id: row.id,
                indicator_id: row.indicator_id,
                unit_id: row.unit_id,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                content: version.content()?,
            },
        });
    }
    Ok(found)
}

/// The balance of indicators with one calendar.
fn of_regime(
    conn: &mut AnyConn,
    unit: &Unit,
    children: &[Id],
    rows: Vec<Indicator>,
    tabled: &[Tabled],
    period: Period,
    asked: &Asked,
) -> Result<Vec<TargetBalanceItem>> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let regime = indicators::regime(conn, first)?;
    let Some((from, to)) = regime.window(period) else { return Ok(Vec::new()) };
    let span = Span { from, to };
    let question =
        Question { unit, indicators: rows.clone(), span, day: asked.day, submitted: false, cell: None };
    let ground = Ground::load(conn, &question)?;
    let below = tabled.iter().filter(|one| one.fact.unit_id != unit.id).map(|one| one.fact.clone());
    let goals = Goals::of_facts(&regime, below.collect());
    Ok(rows.iter().map(|row| item(&ground, &goals, (unit.id, span), children, row, tabled)).collect())
}

fn item(
    ground: &Ground,
    goals: &Goals,
    (unit, span): (Id, Span),
    children: &[Id],
    row: &Indicator,
    tabled: &[Tabled],
) -> TargetBalanceItem {
    let tabled: Vec<&Tabled> = tabled.iter().filter(|one| one.fact.indicator_id == row.id).collect();
    let top = ground.under(unit);
    let whole = figure(ground, row, &top, span, &goals.ends(row, span));
    let pooled = goals.pooled(ground, row, unit, span, &whole).and_then(|goal| goal.aim);
    let own = tabled.iter().find(|one| one.fact.unit_id == unit);
    let aim = own.and_then(|one| Goal::of(&one.fact, row).aim);
    let gap = match (&pooled, &aim) {
        (Some(pooled), Some(aim)) => Some(pooled.goal().clone() - aim.goal().clone()),
        _ => None,
    };
    let below = tabled.iter().filter(|one| one.fact.unit_id != unit);
    let by_unit: BTreeMap<Id, &&Tabled> = below.map(|one| (one.fact.unit_id, one)).collect();
    // Agencies owe nothing of what communes report. Before anything is reported of any level, all are asked.
    let anywhere = !ground.reporters(row, &top.units).is_empty();
    let asked_of = |id: &&Id| {
        let reports = || !ground.reporters(row, &ground.under(**id).units).is_empty();
        by_unit.contains_key(*id) || !anywhere || reports()
    };
    let children: Vec<&Id> = children.iter().filter(asked_of).collect();
    let part = |id: &&Id| {
        let there = by_unit.get(*id);
        Some(TargetBalancePart {
            unit: ground.tree.get(**id)?.reference(),
            target_id: there.map(|one| one.fact.id),
            status: there.map(|one| one.status),
            value: there.and_then(|one| one.fact.content.value),
            value_to: there.and_then(|one| one.fact.content.value_to),
        })
    };
    TargetBalanceItem {
        indicator: IndicatorRef::from(row),
        target_id: own.map(|one| one.fact.id),
        status: own.map(|one| one.status),
        value: own.and_then(|one| one.fact.content.value),
        value_to: own.and_then(|one| one.fact.content.value_to),
        together: pooled.and_then(|aim| aim.goal().rounded()),
        balanced: gap.as_ref().map(|gap| balances(row.direction, gap)),
        gap: gap.and_then(|gap| gap.rounded()),
        missing: i64::try_from(children.len().saturating_sub(by_unit.len())).unwrap_or(i64::MAX),
        parts: children.iter().filter_map(part).collect(),
    }
}

/// Whether what those below reach together is enough.
fn balances(direction: Direction, gap: &Exact) -> bool {
    match direction {
        Direction::Lower => *gap <= Exact::zero(),
        Direction::Band => gap.is_zero(),
        _ => *gap >= Exact::zero(),
    }
}
