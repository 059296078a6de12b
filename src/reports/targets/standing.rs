//! How a figure stands to what was to be reached.

use crate::{
    ids::Id,
    indicators::model::Row as Indicator,
    measures::{
        Course, Direction, Exact, Judgement, OverPeriods, OverUnits, Pace, Standing, TargetVerdict, judge,
        judge_milestone, targets::pace::RECENT,
    },
    reports::{
        indicators::{
            bounds::Span,
            figures::{Figure, Under, figure},
            ground::Ground,
        },
        targets::{
            goals::{Goal, Goals, LEVELS},
            wire::{TargetPace, TargetStanding},
        },
    },
};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// What figures are judged with.
pub struct Judge<'a> {
    pub ground: &'a Ground,
    pub goals: &'a Goals,
    /// The share of the required pace, in per cent, below which a target is hard to meet.
    pub hard_below_pct: i64,
}

/// The figure of one period.
struct Step {
    actual: Exact,
    reported: BTreeSet<Id>,
}

impl Judge<'_> {
    /// A figure and the target it is judged by, if there is one.
    pub fn stand(&self, indicator: &Indicator, whole: &Under, span: Span, figure: &Figure) -> TargetStanding {
        match self.goals.of(self.ground, indicator, whole, span, figure) {
            Some(goal) => self.by_goal(indicator, whole, span, figure, &goal),
            None => TargetStanding::none(),
        }
    }

    /// A figure judged by a target at hand.
    pub fn by_goal(
        &self,
        indicator: &Indicator,
        whole: &Under,
        span: Span,
        figure: &Figure,
        goal: &Goal,
    ) -> TargetStanding {
        let on = self.ground.day.min(span.to);
        let (judged, pace) = match indicator.direction {
            Direction::Milestone => {
                let until = Span { from: goal.window.0, to: self.ground.day };
                let all = self.ground.facts(indicator.id, whole.top, until);
                let reached = all.filter_map(|fact| fact.content.reached_on).min();
                (judge_milestone(goal.window.1, reached, self.ground.day), None)
            }
            Direction::Qualitative => {
                let last = self.ground.facts(indicator.id, whole.top, span).max_by_key(|fact| fact.ends_on);
                let verdict = last.and_then(|fact| fact.content.verdict);
                (Judgement::said(verdict.unwrap_or(TargetVerdict::NoData)), None)
            }
            _ => self.by_numbers(indicator, whole, (on, span), figure, goal),
        };
        TargetStanding::of(goal, &judged, pace.map(TargetPace::of))
    }

    fn by_numbers(
        &self,
        indicator: &Indicator,
        whole: &Under,
        (on, span): (NaiveDate, Span),
        figure: &Figure,
        goal: &Goal,
    ) -> (Judgement, Option<Pace>) {
        let Some(aim) = &goal.aim else { return (Judgement::said(TargetVerdict::NoData), None) };
        let ends = self.goals.ends(indicator, Span { from: goal.window.0, to: goal.window.1 });
        let last = ends.last().copied().unwrap_or(goal.window.1);
        let ended = self.ground.day > goal.window.1 && span.to >= last;
        let rule = pace_rule(indicator);
        let actual = figure.actual.as_ref().ok();
        let lowest = match indicator.direction {
            Direction::Hold => self
                .last_steps(indicator, whole, &ends, on, usize::MAX)
                .into_iter()
                .map(|one| one.actual)
                .min(),
            _ => None,
        };
        let pace =
            actual.filter(|_| !ended && !matches!(indicator.direction, Direction::Hold | Direction::Band));
        let pace = pace.and_then(|actual| {
            let figures = |most: usize| {
                self.last_steps(indicator, whole, &ends, on, most).into_iter().map(|one| one.actual).collect()
            };
            let steps = match rule {
                OverPeriods::Latest => self.levels(indicator, whole, &ends, on, goal.baseline.as_ref()),
                // What came before is in the sum already.
                OverPeriods::Sum => figures(RECENT),
                OverPeriods::Average => figures(usize::MAX),
            };
            let reported = |end: &NaiveDate| self.of_period(indicator, whole, *end).is_some();
            Course {
                rule,
                lower: indicator.direction == Direction::Lower,
                goal: aim.goal().clone(),
                actual: actual.clone(),
                steps,
                left: ends.iter().filter(|end| **end >= on && !(**end == on && reported(end))).count(),
            }
            .pace()
        });
        let now = Standing {
            figure: lowest.as_ref().or(actual),
            ended,
            grows: rule == OverPeriods::Sum,
            pace: pace.as_ref(),
            hard_below_pct: self.hard_below_pct,
        };
        let judged = judge(aim, &now);
        // Of what is reached there is nothing left to do.
        let pace = pace.filter(|_| !judged.met());
        (judged, pace)
    }

    fn of_period(&self, indicator: &Indicator, whole: &Under, end: NaiveDate) -> Option<Step> {
        let found = figure(self.ground, indicator, whole, Span { from: end, to: end }, &[end]);
        let (actual, reported) = (found.actual.ok()?, found.reported);
        Some(Step { actual, reported })
    }

    /// The last figures of periods that ended by a day, as many as asked for, in order.
    fn last_steps(
        &self,
        indicator: &Indicator,
        whole: &Under,
        ends: &[NaiveDate],
        on: NaiveDate,
        most: usize,
    ) -> Vec<Step> {
        let past = ends.iter().rev().filter(|end| **end <= on);
        let steps = past.filter_map(|end| self.of_period(indicator, whole, *end)).take(most);
        let mut steps: Vec<Step> = steps.collect();
        steps.reverse();
        steps
    }

    /// The changes of a level over the last periods. Between periods for which not the same units reported
    /// there is none: it would be a change of who is counted.
    fn levels(
        &self,
        indicator: &Indicator,
        whole: &Under,
        ends: &[NaiveDate],
        on: NaiveDate,
        baseline: Option<&Exact>,
    ) -> Vec<Exact> {
        let past: Vec<NaiveDate> = ends.iter().filter(|end| **end <= on).copied().collect();
        let recent: Vec<NaiveDate> = past.iter().skip(past.len().saturating_sub(LEVELS)).copied().collect();
        let steps = self.last_steps(indicator, whole, &recent, on, RECENT + 1);
        let mut changes = Vec::new();
        if let (Some(base), Some(first)) = (baseline, steps.first())
            && past.len() <= LEVELS
            && steps.len() <= RECENT
        {
            changes.push(first.actual.clone() - base.clone());
        }
        for (before, after) in steps.iter().zip(steps.iter().skip(1)) {
            if before.reported == after.reported {
                changes.push(after.actual.clone() - before.actual.clone());
            }
        }
        changes
    }
}

/// How what periods bring comes together: a share cannot be summed, and what is computed is a level.
const fn pace_rule(indicator: &Indicator) -> OverPeriods {
    match (indicator.over_periods, indicator.over_units) {
        _ if indicator.formula.is_some() => OverPeriods::Latest,
        (OverPeriods::Sum, OverUnits::Ratio) => OverPeriods::Average,
        (rule, _) => rule,
    }
}
