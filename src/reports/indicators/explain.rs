//! How a figure of an indicator came about.

use crate::{
    ids::Id,
    indicators::model::Row as Indicator,
    measures::{Formula, OverUnits, Ratio, Share},
    org_units::wire::UnitRef,
    reports::{
        indicators::{
            bounds::Span,
            figures::{Figure, Under, contributions},
            ground::Ground,
            wire::{IndicatorContribution, IndicatorExplained, IndicatorLeftOut, LeftOut},
        },
        tag::Asked,
        words::Phrase,
    },
};
use std::collections::BTreeSet;

/// The rule, the parts, and who is not in it.
pub fn explain(
    ground: &Ground,
    indicator: &Indicator,
    top: &Under,
    whole: &Figure,
    span: Span,
    submitted: bool,
    asked: &Asked,
) -> IndicatorExplained {
    let rows = parts_of(ground, indicator);
    let (mut values, mut imported, mut corrected_since) = (0, 0, 0);
    for row in &rows {
        for unit in &top.units {
            for fact in ground.facts(row.id, *unit, span) {
                values += 1;
                imported += i64::from(fact.imported);
                corrected_since += i64::from(fact.corrected_since);
            }
        }
    }
    let status = if submitted { "" } else { "&status=approved" };
    IndicatorExplained {
        rule: rule(indicator).say(asked.language),
        over_periods: indicator.over_periods,
        over_units: indicator.over_units,
        formula: indicator.formula.clone(),
        parts: rows.iter().flat_map(|row| brought(ground, row, top, span)).collect(),
        left_out: left_out(ground, whole, asked),
        imported: Ratio::of_counts(imported, values),
        corrected_since,
        // A past day's values are no list of today's.
        records_url: (indicator.formula.is_none() && asked.day == asked.today).then(|| {
            format!(
                "/api/v1/indicator-values?indicator_id={}&under={}&ends_from={}&ends_to={}{status}",
                indicator.id, top.top, span.from, span.to
            )
        }),
    }
}

fn parts_of<'a>(ground: &'a Ground, indicator: &'a Indicator) -> Vec<&'a Indicator> {
    match indicator.formula.as_deref().map(Formula::parse) {
        Some(Ok(formula)) => formula.parts().iter().filter_map(|code| ground.named(code)).collect(),
        _ => vec![indicator],
    }
}

fn brought(ground: &Ground, row: &Indicator, top: &Under, span: Span) -> Vec<IndicatorContribution> {
    let one = |one: crate::reports::indicators::figures::Contribution| {
        let (numerator, denominator) = match &one.reported.share {
            Share::Parts { num, den } => (num.rounded_to(6), den.rounded_to(6)),
            Share::Value(_) => (None, None),
        };
        Some(IndicatorContribution {
            unit: reference(ground, one.unit)?,
            code: row.code.clone(),
            figure: one.reported.share.figure(i64::from(row.factor)).and_then(|figure| figure.rounded()),
            numerator,
            denominator,
            weight: one.weight.and_then(|weight| weight.rounded_to(6)),
            periods: one.reported.periods.into_iter().collect(),
            estimated: one.reported.estimated,
        })
    };
    contributions(ground, row, top, span).into_iter().filter_map(one).collect()
}

fn left_out(ground: &Ground, whole: &Figure, asked: &Asked) -> Vec<IndicatorLeftOut> {
    let lines: [(&BTreeSet<Id>, LeftOut, Phrase); 3] = [
        (&whole.missing, LeftOut::Missing, Phrase::ValueMissing),
        (&whole.excluded, LeftOut::Excluded, Phrase::ValueExcluded),
        (&whole.unweighted, LeftOut::NoWeight, Phrase::ValueWithoutWeight),
    ];
    let all = lines.into_iter().flat_map(|(units, reason, phrase)| {
        let line = move |unit: &Id| {
            let because = phrase.say(asked.language);
            Some(IndicatorLeftOut { unit: reference(ground, *unit)?, reason, because })
        };
        units.iter().filter_map(line)
    });
    all.collect()
}

fn reference(ground: &Ground, unit: Id) -> Option<UnitRef> {
    ground.tree.get(unit).map(|unit| unit.reference())
}

const fn rule(indicator: &Indicator) -> Phrase {
    match indicator.over_units {
        _ if indicator.formula.is_some() => Phrase::ValueByFormula,
        OverUnits::Sum => Phrase::ValueSum,
        OverUnits::Average => Phrase::ValueAverage,
        OverUnits::WeightedAverage => Phrase::ValueWeighted,
        OverUnits::Latest => Phrase::ValueLatest,
        OverUnits::Ratio => Phrase::ValueRatio,
        OverUnits::None => Phrase::ValueNotSummed,
    }
}
