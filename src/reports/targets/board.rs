//! How targets stand, each with its figure.

use crate::{
    db::AnyConn,
    error::Result,
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        wire::IndicatorRef,
    },
    measures::{Period, Regime},
    org_units::model::Row as Unit,
    reports::{
        indicators::{
            bounds::Span,
            figures::figure,
            ground::{Ground, Question},
        },
        targets::{
            goals::{Goal, Goals},
            standing::Judge,
            wire::TargetBoardItem,
        },
    },
    settings::hard_to_meet_below_pct,
    targets::facts::TargetFact,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashMap};

/// A target to be judged.
struct Wanted {
    target: Id,
    unit: Id,
    goal: Goal,
    period: Option<Period>,
    indicator: Indicator,
}

/// Judges targets of a unit and of units below it on a day, each over its own time. With a period: only
/// those for exactly this period, the steps of longer ones too. By unit, indicator and time.
pub fn judged(
    conn: &mut AnyConn,
    unit: &Unit,
    facts: Vec<TargetFact>,
    period: Option<Period>,
    day: NaiveDate,
) -> Result<Vec<(Id, TargetBoardItem)>> {
    let hard_below_pct = hard_to_meet_below_pct(conn)?;
    let mut found = Vec::new();
    for (regime, wanted) in by_regime(conn, facts, period)? {
        let goals = Goals::of_facts(&regime, Vec::new());
        // One reading for all targets that begin on one day: mostly a year and a term.
        let mut groups: BTreeMap<NaiveDate, Vec<Wanted>> = BTreeMap::new();
        for one in wanted {
            groups.entry(one.goal.window.0).or_default().push(one);
        }
        for (from, some) in groups {
            let rows: HashMap<Id, Indicator> =
                some.iter().map(|one| (one.indicator.id, one.indicator.clone())).collect();
            let question = Question {
                unit,
                indicators: rows.into_values().collect(),
                span: Span { from, to: day.max(from) },
                day,
                submitted: false,
                cell: None,
            };
            let ground = Ground::load(conn, &question)?;
            let judge = Judge { ground: &ground, goals: &goals, hard_below_pct };
            found.extend(some.iter().map(|one| (one.unit, item(&judge, one))));
        }
    }
    found.sort_by(|(a, x), (b, y)| {
        (a, &x.indicator.code, x.starts_on, x.ends_on).cmp(&(b, &y.indicator.code, y.starts_on, y.ends_on))
    });
    Ok(found)
}

fn by_regime(
    conn: &mut AnyConn,
    facts: Vec<TargetFact>,
    period: Option<Period>,
) -> Result<Vec<(Regime, Vec<Wanted>)>> {
    let mut ids: Vec<Id> = facts.iter().map(|fact| fact.indicator_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let known: HashMap<Id, Indicator> =
        indicators::load_all(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let mut found: BTreeMap<String, (Regime, Vec<Wanted>)> = BTreeMap::new();
    for fact in facts {
        let Some(indicator) = known.get(&fact.indicator_id) else { continue };
        if !found.contains_key(&indicator.regime) {
            let regime = indicators::regime(conn, indicator)?;
            found.insert(indicator.regime.clone(), (regime, Vec::new()));
        }
        let Some((regime, wanted)) = found.get_mut(&indicator.regime) else { continue };
        let goal = match period {
            None => Some(Goal::of(&fact, indicator)),
            Some(period) => Goal::for_period(&fact, indicator, regime, period),
        };
        let one =
            |goal| Wanted { target: fact.id, unit: fact.unit_id, goal, period, indicator: indicator.clone() };
        wanted.extend(goal.map(one));
    }
    Ok(found.into_values().collect())
}

fn item(judge: &Judge, one: &Wanted) -> TargetBoardItem {
    let (first, last) = one.goal.window;
    let span = Span { from: first, to: last.min(judge.ground.day).max(first) };
    let under = judge.ground.under(one.unit);
    let owed: Vec<NaiveDate> = judge.goals.ends(&one.indicator, span);
    let figure = figure(judge.ground, &one.indicator, &under, span, &owed);
    let against = judge.by_goal(&one.indicator, &under, span, &figure, &one.goal);
    TargetBoardItem::of(
        one.target,
        IndicatorRef::from(&one.indicator),
        one.period,
        first,
        last,
        &figure,
        against,
    )
}
