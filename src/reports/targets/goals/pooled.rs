//! What units below are to reach together, by the rule of the indicator.

use super::{Goal, Goals};
use crate::{
    ids::Id,
    indicators::model::Row as Indicator,
    measures::{
        Aim, Exact, OverUnits, Reported, Share,
        indicators::{Part, over_units},
    },
    reports::indicators::{
        bounds::Span,
        figures::{Figure, contributions, figure},
        ground::Ground,
    },
};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashSet};

impl Goals {
    /// The same rule over the targets of the units below, each with all below it.
    pub fn pooled(
        &self,
        ground: &Ground,
        indicator: &Indicator,
        top: Id,
        span: Span,
        whole: &Figure,
    ) -> Option<Goal> {
        let mut parts: Vec<(Id, Goal)> = Vec::new();
        self.gather(ground, indicator, top, span, &mut parts);
        let window = parts.first()?.1.window;
        if parts.iter().any(|(_, goal)| goal.window != window) {
            return None;
        }
        let set: HashSet<Id> = parts.iter().map(|(unit, _)| *unit).collect();
        let covered = |unit: &Id| {
            // Dated parentage has no circles; a broken one must not hang the reader.
            let mut above = std::iter::successors(Some(*unit), |id| ground.tree.parent(*id)).take(100);
            above.any(|id| set.contains(&id))
        };
        let weights: Vec<Option<Exact>> =
            parts.iter().map(|(unit, goal)| self.weight(ground, indicator, *unit, goal, span)).collect();
        let pool = |number: &dyn Fn(&Aim) -> Option<Exact>| {
            let reported: Option<Vec<Reported>> = parts
                .iter()
                .zip(&weights)
                .map(|((_, goal), weight)| {
                    as_reported(indicator, number(goal.aim.as_ref()?)?, weight.as_ref(), window.1)
                })
                .collect();
            let reported = reported?;
            let parts: Vec<Part> = reported
                .iter()
                .zip(&weights)
                .map(|(reported, weight)| Part { reported, weight: weight.clone() })
                .collect();
            over_units(indicator.over_units, 1, &parts).ok()
        };
        let value = pool(&|aim| Some(aim.value.clone()))?;
        let strict = parts.iter().all(|(_, goal)| goal.aim.as_ref().is_some_and(|aim| aim.strict));
        Some(Goal {
            aim: Some(Aim {
                direction: indicator.direction,
                value,
                upper: pool(&|aim| aim.upper.clone()),
                strict,
            }),
            baseline: None,
            window,
            own: false,
            targets: parts.iter().flat_map(|(_, goal)| goal.targets.clone()).collect(),
            complete: whole.expected.iter().all(covered),
            weight: None,
        })
    }

    /// The highest units below that have a target of their own.
    fn gather(
        &self,
        ground: &Ground,
        indicator: &Indicator,
        top: Id,
        span: Span,
        parts: &mut Vec<(Id, Goal)>,
    ) {
        for child in ground.tree.children(top) {
            match self.own(indicator, child.id, span) {
                // A unit that closed before the target's last day leaves it to those who come after.
                Some(goal) if ground.existed(child.id, goal.window.1.min(ground.day)) => {
                    parts.push((child.id, goal));
                }
                Some(_) => {}
                None => self.gather(ground, indicator, child.id, span, parts),
            }
        }
    }

    /// What a unit's target weighs: as the target says, else as its figures do.
    fn weight(
        &self,
        ground: &Ground,
        indicator: &Indicator,
        unit: Id,
        goal: &Goal,
        span: Span,
    ) -> Option<Exact> {
        match indicator.over_units {
            OverUnits::WeightedAverage => goal.weight.clone().or_else(|| {
                let by = ground.row(indicator.weight_indicator_id?)?;
                figure(ground, by, &ground.under(unit), span, &self.ends(by, span)).actual.ok()
            }),
            OverUnits::Ratio => {
                let brought = contributions(ground, indicator, &ground.under(unit), span);
                let parts = brought.into_iter().filter_map(|one| match one.reported.share {
                    Share::Parts { den, .. } => Some(den),
                    Share::Value(_) => None,
                });
                let sum: Exact = parts.sum();
                (!sum.is_zero()).then_some(sum)
            }
            _ => None,
        }
    }
}

/// A target in the place of a figure; of a share with its denominator.
fn as_reported(
    indicator: &Indicator,
    value: Exact,
    weight: Option<&Exact>,
    day: NaiveDate,
) -> Option<Reported> {
    let share = match indicator.over_units {
        OverUnits::Ratio => Share::Parts { num: value * weight?.clone(), den: weight?.clone() },
        OverUnits::None => return None,
        _ => Share::Value(value),
    };
    Some(Reported { share, latest: day, periods: BTreeSet::from([day]), estimated: false })
}
