//! The figure of a unit with all below it.

use crate::{
    ids::Id,
    indicators::model::Row as Indicator,
    measures::{
        Exact, Formula, Gap, OverPeriods, OverUnits, Reported, Whole,
        indicators::{Part, over_units},
    },
    reports::indicators::{bounds::Span, ground::Ground},
};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// A figure, and who is in it.
#[derive(Debug, Clone)]
pub struct Figure {
    pub actual: Whole,
    pub estimated: bool,
    /// Units whose values are in it.
    pub reported: BTreeSet<Id>,
    /// Units that report the indicator and are not left out.
    pub expected: BTreeSet<Id>,
    /// Units of which a period is missing.
    pub missing: BTreeSet<Id>,
    /// Units that are not summed here.
    pub excluded: BTreeSet<Id>,
    /// Units that reported and have no weight.
    pub unweighted: BTreeSet<Id>,
}

impl Figure {
    /// True when nobody's value is missing.
    pub fn complete(&self) -> bool {
        self.missing.is_empty() && !self.expected.is_empty()
    }
}

/// What a unit brings into a figure.
#[derive(Debug, Clone)]
pub struct Contribution {
    pub unit: Id,
    pub reported: Reported,
    pub weight: Option<Exact>,
}

/// The figure of a unit and all below it, of periods that end in the span. `periods`: the last days of the
/// periods that were to be reported.
pub fn figure(
    ground: &Ground,
    indicator: &Indicator,
    whole: &Under,
    span: Span,
    periods: &[NaiveDate],
) -> Figure {
    match indicator.formula.as_deref().map(Formula::parse) {
        Some(Ok(formula)) => computed(ground, &formula, whole, span, periods),
        Some(Err(_)) => empty(Gap::PartMissing),
        None => counted(ground, indicator, whole, span, periods),
    }
}

/// A unit with all below it.
#[derive(Debug, Clone)]
pub struct Under {
    pub top: Id,
    /// The unit itself first.
    pub units: Vec<Id>,
}

/// What each unit brings, the unit itself first.
pub fn contributions(ground: &Ground, indicator: &Indicator, whole: &Under, span: Span) -> Vec<Contribution> {
    let reporters = ground.reporters(indicator, &whole.units);
    let one = |unit: Id| {
        let reported = ground.reported(indicator, unit, span, unit != whole.top)?;
        Some(Contribution { unit, weight: weight(ground, indicator, unit, &reported), reported })
    };
    reporters.into_iter().filter_map(one).collect()
}

fn counted(
    ground: &Ground,
    indicator: &Indicator,
    whole: &Under,
    span: Span,
    periods: &[NaiveDate],
) -> Figure {
    let top = whole.top;
    let brought = contributions(ground, indicator, whole, span);
    let by_unit: HashMap<Id, &Reported> = brought.iter().map(|one| (one.unit, &one.reported)).collect();
    let mut found = empty(Gap::NoData);
    for unit in ground.reporters(indicator, &whole.units) {
        let reported = by_unit.get(&unit).copied();
        let summed = |day: &&NaiveDate| unit == top || !ground.excluded(indicator.id, unit, **day);
        let owed: Vec<NaiveDate> =
            periods.iter().filter(|day| ground.existed(unit, **day)).filter(summed).copied().collect();
        if owed.is_empty() && reported.is_none() {
            let was_there = periods.iter().any(|day| ground.existed(unit, *day));
            found.excluded.extend(was_there.then_some(unit));
            continue;
        }
        found.expected.insert(unit);
        let all = match (indicator.over_periods, reported) {
            (_, None) => false,
            (OverPeriods::Latest, Some(_)) => true,
            (_, Some(reported)) => owed.iter().all(|day| reported.periods.contains(day)),
        };
        found.missing.extend((!all).then_some(unit));
    }
    found.reported = brought.iter().map(|one| one.unit).collect();
    found.estimated = brought.iter().any(|one| one.reported.estimated);
    if indicator.over_units == OverUnits::WeightedAverage {
        found.unweighted = brought.iter().filter(|one| one.weight.is_none()).map(|one| one.unit).collect();
    }
    let factor = i64::from(indicator.factor);
    // A unit alone is its own figure; what is not summed over units is, at most, the unit's own.
    let own = brought.iter().find(|one| one.unit == top);
    let alone = own.filter(|_| brought.len() == 1 || indicator.over_units == OverUnits::None);
    found.actual = match alone {
        Some(own) => own.reported.share.figure(factor).ok_or(Gap::NothingToDivideBy),
        None => {
            let parts: Vec<Part> = brought
                .iter()
                .map(|one| Part { reported: &one.reported, weight: one.weight.clone() })
                .collect();
            over_units(indicator.over_units, factor, &parts)
        }
    };
    found
}

/// A formula over the figures of its parts, each pooled by its own rules.
fn computed(ground: &Ground, formula: &Formula, whole: &Under, span: Span, periods: &[NaiveDate]) -> Figure {
    let mut found = empty(Gap::NoData);
    let mut parts = Vec::new();
    for code in formula.parts() {
        let Some(row) = ground.named(&code) else { continue };
        let part = figure(ground, row, whole, span, periods);
        found.estimated |= part.estimated;
        found.expected.extend(part.expected);
        found.missing.extend(part.missing);
        found.excluded.extend(part.excluded);
        found.unweighted.extend(part.unweighted);
        parts.push((code, part.actual.ok(), part.reported));
    }
    // Who reported every part.
    found.reported = found
        .expected
        .iter()
        .filter(|unit| parts.iter().all(|(_, _, reported)| reported.contains(unit)))
        .copied()
        .collect();
    let part = |code: &str| {
        let (_, figure, _) = parts.iter().find(|(name, _, _)| name == code)?;
        figure.clone()
    };
    found.actual = formula.figure(&part);
    found
}

/// The weight of a unit: what it reported of the indicator of weights for the same periods.
fn weight(ground: &Ground, indicator: &Indicator, unit: Id, reported: &Reported) -> Option<Exact> {
    let weights = ground.row(indicator.weight_indicator_id?)?;
    let (first, last) = (reported.periods.first()?, reported.periods.last()?);
    let span = Span { from: *first, to: *last };
    ground.reported(weights, unit, span, false)?.share.figure(i64::from(weights.factor))
}

const fn empty(gap: Gap) -> Figure {
    Figure {
        actual: Err(gap),
        estimated: false,
        reported: BTreeSet::new(),
        expected: BTreeSet::new(),
        missing: BTreeSet::new(),
        excluded: BTreeSet::new(),
        unweighted: BTreeSet::new(),
    }
}
