//! From when to when: a period's name or a day at each end.

use crate::{
    error::{Code, Fault},
    http::fields::Bound,
    measures::{Period, PeriodKind, Regime},
};
use chrono::NaiveDate;

/// Periods that end within these days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// Most periods that a question may span.
pub const MOST: usize = 400;

impl Span {
    /// The days from one end to the other under a regime; without an end: the year so far.
    pub fn of(
        from: Option<Bound>,
        to: Option<Bound>,
        regime: &Regime,
        day: NaiveDate,
    ) -> Result<Self, Fault> {
        let window = |bound: Option<Bound>, name: &'static str| match bound.map(|end| end.window(regime)) {
            Some(None) => {
                Err(Fault::parameter(name, Code::OutOfRange).with("min", 1900_i64).with("max", 2199_i64))
            }
            Some(window) => Ok(window),
            None => Ok(None),
        };
        let to = window(to, "to")?.map_or(day, |(_, last)| last);
        let this_year = || {
            let year = regime.holding(PeriodKind::Year, to).and_then(|year| regime.window(year));
            year.map_or(to, |(first, _)| first)
        };
        let from = window(from, "from")?.map_or_else(this_year, |(first, _)| first);
        if to < from { Err(Fault::parameter("to", Code::EndBeforeStart)) } else { Ok(Self { from, to }) }
    }

    /// True for periods that end within it.
    pub fn holds(&self, ends_on: NaiveDate) -> bool {
        (self.from..=self.to).contains(&ends_on)
    }

    /// The periods of a kind that end within it, in order; the first [`MOST`] of them.
    pub fn periods(&self, regime: &Regime, kind: PeriodKind) -> Vec<(Period, NaiveDate, NaiveDate)> {
        let first = regime.first_from(kind, self.from);
        first
            .into_iter()
            .flat_map(|first| regime.following(first, self.to))
            .filter_map(|period| regime.window(period).map(|(first, last)| (period, first, last)))
            .filter(|(_, _, last)| self.holds(*last))
            .take(MOST)
            .collect()
    }
}
