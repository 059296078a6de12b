//! Figures of indicators: of a unit and its parts, over time, and all indicators of a unit.

pub mod bounds;
pub mod explain;
pub mod figures;
pub mod ground;
pub mod wire;

use crate::{
    auth::Actor,
    db::{AnyConn, schema::indicators as table},
    error::{Code, Fault, Result},
    http::Cursor,
    http::fields::Bound,
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        wire::{DimensionItem, IndicatorRef},
    },
    measures::{ROUNDING, Regime},
    org_units::{model::Row as Unit, tree::UnitOn},
    reports::{
        indicators::{
            bounds::Span,
            figures::{Under, figure},
            ground::{Ground, Question},
            wire::{
                Include, IndicatorBoard, IndicatorBoardItem, IndicatorBoardQuery, IndicatorCellFigure,
                IndicatorFigure, IndicatorPoint, IndicatorRollup, IndicatorRollupQuery, IndicatorRollupRow,
                IndicatorTrend, IndicatorTrendQuery,
            },
        },
        tag::Asked,
        targets::{goals::Goals, standing::Judge, wire::TargetStanding},
        wire::Breakdown,
    },
    settings::hard_to_meet_below_pct,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// The span of a question, and the regime of its indicator.
fn span_of(
    conn: &mut AnyConn,
    indicator: &Indicator,
    from: Option<Bound>,
    to: Option<Bound>,
    day: NaiveDate,
) -> Result<(Span, Regime)> {
    let regime = indicators::regime(conn, indicator)?;
    Ok((Span::of(from, to, &regime, day)?, regime))
}

/// The class asked for, if the indicator has it.
fn cell_of(indicator: &Indicator, cell: Option<&str>) -> Result<Option<String>> {
    let Some(cell) = cell else { return Ok(None) };
    let given: Vec<&str> = cell.split('/').collect();
    let found = crate::indicators::values::enter::cell_of(indicator, &given)?;
    if found.is_some() {
        return Ok(found);
    }
    let dimensions = indicator.dimensions()?;
    let codes =
        |items: &[DimensionItem]| items.iter().map(|item| item.code.clone()).collect::<Vec<_>>().join(", ");
    let known: Vec<String> = dimensions.iter().map(|dimension| codes(&dimension.items)).collect();
    Err(Fault::parameter("cell", Code::UnknownValue).with("accepted", known.join(" / ")).into())
}

/// The last days of the periods that were to be reported by the day.
fn owed(span: Span, regime: &Regime, indicator: &Indicator, day: NaiveDate) -> Vec<NaiveDate> {
    let all = span.periods(regime, indicator.period_kind).into_iter();
    all.map(|(_, _, last)| last).filter(|last| *last <= day).collect()
}

/// One indicator of a unit that the caller has found inside its territory.
pub fn rollup(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Unit,
    query: &IndicatorRollupQuery,
    asked: &Asked,
) -> Result<IndicatorRollup> {
    let indicator = indicators::find(conn, actor, query.indicator_id)?;
    let (span, regime) = span_of(conn, &indicator, query.from, query.to, asked.day)?;
    let question = Question {
        unit,
        indicators: vec![indicator.clone()],
        span,
        day: asked.day,
        submitted: query.include == Some(Include::Submitted),
        cell: cell_of(&indicator, query.cell.as_deref())?,
    };
    let mut ground = Ground::load(conn, &question)?;
    let by = query.by.unwrap_or(Breakdown::Children);
    let rows = std::slice::from_ref(&indicator);
    let goals = Goals::load(conn, &ground, (&regime, rows), (unit.id, span), by != Breakdown::Nothing)?;
    goals.reach_back(conn, &mut ground, rows, span)?;
    let judge = Judge { ground: &ground, goals: &goals, hard_below_pct: hard_to_meet_below_pct(conn)? };
    let periods = owed(span, &regime, &indicator, asked.day);
    let of = |under: &Under| {
        let figure = figure(&ground, &indicator, under, span, &periods);
        let against = if question.cell.is_some() {
            // Targets are for the total.
            TargetStanding::none()
        } else {
            judge.stand(&indicator, under, span, &figure)
        };
        (figure, against)
    };
    let top = ground.under(unit.id);
    let (whole, against) = of(&top);
    let below = match by {
        Breakdown::Children => ground.tree.children(unit.id),
        Breakdown::Descendants => ground.tree.below(unit.id),
        Breakdown::Nothing => Vec::new(),
    };
    let row = |below: &UnitOn| {
        let (figure, against) = of(&ground.under(below.id));
        let shown = ground.tree.in_force(below.id, asked.day) || !figure.reported.is_empty();
        shown.then(|| IndicatorRollupRow::of(below.reference(), &figure, against))
    };
    let rows: Vec<IndicatorRollupRow> = below.into_iter().filter_map(row).collect();
    let explain = query.explain.0.then(|| {
        explain::explain(
            &ground,
            &indicator,
            &top,
            &whole,
            span,
            query.include == Some(Include::Submitted),
            asked,
        )
    });
    Ok(IndicatorRollup {
        as_of: asked.day,
        unit: ground.unit.clone(),
        indicator: (&indicator).into(),
        from_on: span.from,
        to_on: span.to,
        rounding: ROUNDING,
        whole: IndicatorFigure::of(&whole, against),
        rows,
        cells: match question.cell {
            Some(_) => Vec::new(),
            None => cells(ground, &indicator, &top, span, &periods)?,
        },
        explain,
    })
}

/// The whole by classes.
fn cells(
    mut ground: Ground,
    indicator: &Indicator,
    top: &Under,
    span: Span,
    periods: &[NaiveDate],
) -> Result<Vec<IndicatorCellFigure>> {
    let mut codes: Vec<Vec<String>> = vec![Vec::new()];
    for dimension in indicator.dimensions()? {
        let longer = |code: &Vec<String>| {
            let code = code.clone();
            dimension.items.iter().map(move |item| [code.clone(), vec![item.code.clone()]].concat())
        };
        codes = codes.iter().flat_map(longer).collect();
    }
    let mut found = Vec::new();
    for cell in codes.into_iter().filter(|cell| !cell.is_empty()) {
        ground.cell = Some(cell.join("/"));
        let figure = figure(&ground, indicator, top, span, periods);
        found.push(IndicatorCellFigure::of(cell, &figure, TargetStanding::none()));
    }
    Ok(found)
}

/// One indicator of a unit with all below it, period by period.
pub fn trend(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Unit,
    query: &IndicatorTrendQuery,
    asked: &Asked,
) -> Result<IndicatorTrend> {
    let indicator = indicators::find(conn, actor, query.indicator_id)?;
    let (span, regime) = span_of(conn, &indicator, query.from, query.to, asked.day)?;
    let question = Question {
        unit,
        indicators: vec![indicator.clone()],
        span,
        day: asked.day,
        submitted: query.include == Some(Include::Submitted),
        cell: cell_of(&indicator, query.cell.as_deref())?,
    };
    let mut ground = Ground::load(conn, &question)?;
    let rows = std::slice::from_ref(&indicator);
    let goals = Goals::load(conn, &ground, (&regime, rows), (unit.id, span), false)?;
    goals.reach_back(conn, &mut ground, rows, span)?;
    let judge = Judge { ground: &ground, goals: &goals, hard_below_pct: hard_to_meet_below_pct(conn)? };
    let top = ground.under(unit.id);
    let all = span.periods(&regime, indicator.period_kind);
    let point = |(period, starts_on, ends_on): &(_, NaiveDate, NaiveDate)| {
        let from = if query.cumulative.0 { span.from } else { *ends_on };
        let span = Span { from, to: *ends_on };
        let owed: Vec<NaiveDate> = all
            .iter()
            .map(|(_, _, last)| *last)
            .filter(|last| span.holds(*last) && *last <= asked.day)
            .collect();
        let figure = figure(&ground, &indicator, &top, span, &owed);
        let against = match question.cell {
            Some(_) => TargetStanding::none(),
            None => judge.stand(&indicator, &top, span, &figure),
        };
        IndicatorPoint::of(*period, *starts_on, *ends_on, &figure, against)
    };
    Ok(IndicatorTrend {
        as_of: asked.day,
        unit: ground.unit.clone(),
        indicator: (&indicator).into(),
        cumulative: query.cumulative.0,
        points: all.iter().map(point).collect(),
    })
}

/// The indicators that a unit and those below it report, each with its figure.
pub fn board(
    conn: &mut AnyConn,
    actor: &Actor,
    unit: &Unit,
    query: &IndicatorBoardQuery,
    asked: &Asked,
) -> Result<IndicatorBoard> {
    let scope = format!(
        "board|{}|{:?}|{:?}|{:?}|{:?}|{}",
        unit.id,
        query.from,
        query.to,
        query.field,
        query.include,
        actor.scope_key()
    );
    let mut rows = indicators::visible(actor).filter(table::root_id.eq(unit.root_id));
    if let Some(field) = &query.field {
        rows = rows.filter(table::field.eq(field.0.clone()));
    }
    if let Some(cursor) = &query.cursor {
        let [id]: [Id; 1] = read_id(cursor.open(&scope)?)?;
        rows = rows.filter(table::id.gt(id));
    }
    let rows: Vec<Indicator> =
        rows.order(table::id).limit(query.limit.0 + 1).select(Indicator::as_select()).load(conn)?;
    let page = crate::http::Page::cut(rows, query.limit.0, |row| Cursor::seal(&[row.id.to_string()], &scope));
    let hard_below_pct = hard_to_meet_below_pct(conn)?;
    let mut items = Vec::new();
    // One reading for each regime and span: mostly one in all.
    let mut regimes: Vec<&str> = page.items.iter().map(|row| row.regime.as_str()).collect();
    regimes.sort_unstable();
    regimes.dedup();
    for code in regimes {
        let some: Vec<Indicator> = page.items.iter().filter(|row| row.regime == code).cloned().collect();
        let Some(first) = some.first() else { continue };
        let (span, regime) = span_of(conn, first, query.from, query.to, asked.day)?;
        let submitted = query.include == Some(Include::Submitted);
        let question =
            Question { unit, indicators: some.clone(), span, day: asked.day, submitted, cell: None };
        let mut ground = Ground::load(conn, &question)?;
        let goals = Goals::load(conn, &ground, (&regime, &some), (unit.id, span), false)?;
        goals.reach_back(conn, &mut ground, &some, span)?;
        let judge = Judge { ground: &ground, goals: &goals, hard_below_pct };
        let top = ground.under(unit.id);
        items.extend(some.iter().map(|row| {
            let figure = figure(&ground, row, &top, span, &owed(span, &regime, row, asked.day));
            let against = judge.stand(row, &top, span, &figure);
            IndicatorBoardItem::of(IndicatorRef::from(row), &figure, against)
        }));
    }
    items.sort_by_key(|item| item.indicator.id);
    Ok(IndicatorBoard { as_of: asked.day, unit: unit.reference(), items, next_cursor: page.next_cursor })
}

fn read_id([text]: [String; 1]) -> Result<[Id; 1]> {
    text.parse().map(|id| [id]).map_err(|()| Fault::parameter("cursor", Code::CursorMismatch).into())
}
