//! What a unit with all below it is to reach in a span: its own target, or the same rule over the targets of
//! the units below.

mod pooled;

use crate::{
    db::AnyConn,
    error::Result,
    ids::Id,
    indicators::model::Row as Indicator,
    measures::{Aim, Direction, Exact, OverPeriods, Period, Regime},
    reports::indicators::{
        bounds::Span,
        figures::{Figure, Under},
        ground::Ground,
    },
    targets::facts::{self, TargetFact},
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// How many periods back a level is looked at: three changes, and some room for what is not reported yet.
pub const LEVELS: usize = 6;

/// What is to be reached.
#[derive(Debug, Clone)]
pub struct Goal {
    /// The numbers; a milestone and a qualitative target have none.
    pub aim: Option<Aim>,
    pub baseline: Option<Exact>,
    /// From the first day to the last good one.
    pub window: (NaiveDate, NaiveDate),
    /// The unit's own, not made of those below.
    pub own: bool,
    /// The targets it is made of.
    pub targets: Vec<Id>,
    /// Every unit that reports is under a target.
    pub complete: bool,
    weight: Option<Exact>,
}

impl Goal {
    /// A target as it stands.
    pub fn of(fact: &TargetFact, indicator: &Indicator) -> Self {
        Self {
            aim: fact.content.aim(indicator.direction),
            baseline: fact.content.baseline.map(Exact::from),
            window: (fact.starts_on, fact.ends_on),
            own: true,
            targets: vec![fact.id],
            complete: true,
            weight: fact.content.weight.map(Exact::from),
        }
    }

    /// The target, or the step of it, that is for exactly a period.
    pub fn for_period(
        fact: &TargetFact,
        indicator: &Indicator,
        regime: &Regime,
        period: Period,
    ) -> Option<Self> {
        let window = regime.window(period)?;
        Goals::candidates(regime, fact, indicator).into_iter().find(|goal| goal.window == window)
    }

    fn length(&self) -> (NaiveDate, std::cmp::Reverse<NaiveDate>) {
        (self.window.1, std::cmp::Reverse(self.window.0))
    }
}

/// The targets of a question, by indicator and unit.
pub struct Goals {
    pub regime: Regime,
    by: HashMap<(Id, Id), Vec<TargetFact>>,
}

impl Goals {
    /// Reads the targets that judge figures of a span on a day, of the unit and where it has none of all
    /// below it; with `parts` of all below it in any case.
    pub fn load(
        conn: &mut AnyConn,
        ground: &Ground,
        (regime, rows): (&Regime, &[Indicator]),
        (top, span): (Id, Span),
        parts: bool,
    ) -> Result<Self> {
        let mut found = Self { regime: regime.clone(), by: HashMap::new() };
        let days = (span.from, span.to);
        let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
        let first = if parts { &ground.units[..] } else { &[top] };
        found.add(facts::on(conn, &ids, first, days, ground.day)?);
        if !parts {
            let lacking: Vec<Id> = ids.into_iter().filter(|id| !found.by.contains_key(&(*id, top))).collect();
            if !lacking.is_empty() {
                found.add(facts::on(conn, &lacking, &ground.units, days, ground.day)?);
            }
        }
        Ok(found)
    }

    /// Of targets at hand.
    pub fn of_facts(regime: &Regime, facts: Vec<TargetFact>) -> Self {
        let mut found = Self { regime: regime.clone(), by: HashMap::new() };
        found.add(facts);
        found
    }

    fn add(&mut self, facts: Vec<TargetFact>) {
        for fact in facts {
            self.by.entry((fact.indicator_id, fact.unit_id)).or_default().push(fact);
        }
    }

    /// Reads the values before the span that the targets look back on: of a base all since the target
    /// began, of a level the last few periods.
    pub fn reach_back(
        &self,
        conn: &mut AnyConn,
        ground: &mut Ground,
        rows: &[Indicator],
        span: Span,
    ) -> Result<()> {
        let mut begun: HashMap<Id, NaiveDate> = HashMap::new();
        for fact in self.by.values().flatten() {
            let first = begun.entry(fact.indicator_id).or_insert(fact.starts_on);
            *first = fact.starts_on.min(*first);
        }
        for row in rows {
            let Some(first) = begun.get(&row.id) else { continue };
            let from = match row.direction {
                Direction::Hold | Direction::Milestone => Some(*first),
                _ if row.over_periods == OverPeriods::Latest || row.formula.is_some() => {
                    self.levels_from(row, span)
                }
                _ => None,
            };
            if let (Some(from), Some(before)) = (from, span.from.pred_opt())
                && from <= before
            {
                ground.reach_back(conn, row, from, before)?;
            }
        }
        Ok(())
    }

    /// The last day of the first of the last few periods of a span.
    fn levels_from(&self, row: &Indicator, span: Span) -> Option<NaiveDate> {
        let last = self.regime.first_from(row.period_kind, span.to)?;
        let back = i32::try_from(LEVELS).ok()?;
        self.regime.window(last.shifted(-back)).map(|(_, end)| end)
    }

    /// What a unit with all below it is to reach of an indicator in a span.
    pub fn of(
        &self,
        ground: &Ground,
        indicator: &Indicator,
        whole: &Under,
        span: Span,
        figure: &Figure,
    ) -> Option<Goal> {
        let own = self.own(indicator, whole.top, span);
        own.or_else(|| self.pooled(ground, indicator, whole.top, span, figure))
    }

    /// The unit's own target for a span: the closest one that fits, or several that fill it together.
    fn own(&self, indicator: &Indicator, unit: Id, span: Span) -> Option<Goal> {
        let facts = self.by.get(&(indicator.id, unit))?;
        let all: Vec<Goal> =
            facts.iter().flat_map(|fact| Self::candidates(&self.regime, fact, indicator)).collect();
        let fitting = all.iter().filter(|goal| self.fits(indicator, goal.window, span));
        let closest = if indicator.direction == Direction::Milestone {
            fitting.max_by_key(|goal| goal.window.1)
        } else {
            fitting.min_by_key(|goal| goal.length())
        };
        match closest {
            Some(goal) => Some(goal.clone()),
            None if indicator.over_periods == OverPeriods::Sum => self.filled(indicator, &all, span),
            None => None,
        }
    }

    /// A target and the steps on its way.
    fn candidates(regime: &Regime, fact: &TargetFact, indicator: &Indicator) -> Vec<Goal> {
        let whole = Goal::of(fact, indicator);
        let steps = fact.content.path.iter().filter_map(|step| {
            let window = regime.window(step.period)?;
            let aim = fact.content.aim_of(indicator.direction, step.value.0, None);
            Some(Goal { aim: Some(aim), window, baseline: None, ..whole.clone() })
        });
        [whole.clone()].into_iter().chain(steps).collect()
    }

    fn end_of_first(&self, indicator: &Indicator, from: NaiveDate) -> Option<NaiveDate> {
        let first = self.regime.first_from(indicator.period_kind, from)?;
        self.regime.window(first).map(|(_, last)| last)
    }

    /// Whether a target of some days judges the figure of a span. What is summed or averaged has to begin
    /// with the target; of a level the last period counts; a milestone stays what it was.
    fn fits(&self, indicator: &Indicator, window: (NaiveDate, NaiveDate), span: Span) -> bool {
        let last = self.last_end(indicator, span);
        match (indicator.direction, indicator.over_periods) {
            (Direction::Milestone, _) => window.0 <= span.to && window.1 >= span.from,
            (_, OverPeriods::Latest) => window.0 <= last && last <= window.1,
            _ => {
                let begin = |day| self.end_of_first(indicator, day);
                begin(window.0).is_some() && begin(window.0) == begin(span.from) && last <= window.1
            }
        }
    }

    fn last_end(&self, indicator: &Indicator, span: Span) -> NaiveDate {
        let ends = self.ends(indicator, span);
        ends.last().copied().unwrap_or(span.to)
    }

    /// The last days of the periods of a span.
    pub fn ends(&self, indicator: &Indicator, span: Span) -> Vec<NaiveDate> {
        let periods: Vec<(Period, NaiveDate, NaiveDate)> = span.periods(&self.regime, indicator.period_kind);
        periods.into_iter().map(|(_, _, last)| last).collect()
    }

    /// Targets of shorter times, one after the other, that fill the span: their sum.
    fn filled(&self, indicator: &Indicator, all: &[Goal], span: Span) -> Option<Goal> {
        let ends = self.ends(indicator, span);
        let (mut open, mut found): (&[NaiveDate], Option<Goal>) = (&ends, None);
        while let (Some(first), Some(last)) = (open.first(), open.last()) {
            let begins = |goal: &&Goal| {
                self.end_of_first(indicator, goal.window.0) == Some(*first) && goal.window.1 <= *last
            };
            let next = all.iter().filter(begins).max_by_key(|goal| goal.window.1)?;
            open = open.iter().position(|end| *end > next.window.1).map_or(&[], |at| open.split_at(at).1);
            found = Some(match found {
                None => next.clone(),
                Some(so_far) => added(so_far, next)?,
            });
        }
        found
    }
}

/// Two targets, one after the other.
fn added(a: Goal, b: &Goal) -> Option<Goal> {
    let (x, y) = (a.aim?, b.aim.as_ref()?);
    let upper = match (&x.upper, &y.upper) {
        (None, None) => None,
        _ => Some(
            x.upper.clone().unwrap_or_else(|| x.value.clone())
                + y.upper.clone().unwrap_or_else(|| y.value.clone()),
        ),
    };
    Some(Goal {
        aim: Some(Aim { value: x.value + y.value.clone(), upper, ..x }),
        window: (a.window.0, b.window.1),
        baseline: None,
        targets: [a.targets, b.targets.clone()].concat(),
        ..b.clone()
    })
}
