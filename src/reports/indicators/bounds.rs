//! From when to when: a period's name or a day at each end.

use crate::{
    error::{Code, Fault, Phrase},
    http::fields::{Day, Faults},
    measures::{Period, PeriodKind, Regime},
};
use chrono::NaiveDate;
use deserr::{Deserr, IntoValue, Value, ValuePointerRef};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

/// One end: `2023-Q3` or `2023-09-14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Period(Period),
    Day(NaiveDate),
}

impl Deserr<Faults> for Bound {
    fn deserialize_from_value<V: IntoValue>(value: Value<V>, at: ValuePointerRef) -> Result<Self, Faults> {
        let text = crate::http::fields::string(value, at)?;
        if let Ok(period) = text.parse() {
            return Ok(Self::Period(period));
        }
        let day: Result<Day, _> = text.parse();
        let expected = || vec![("expected", Phrase::PeriodOrDay.into())];
        day.map(|day| Self::Day(day.0)).map_err(|_| Faults::one(at, Code::Malformed, expected()))
    }
}

impl PartialSchema for Bound {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(10))
            .examples(["2023-Q3"])
            .build()
            .into()
    }
}
impl ToSchema for Bound {}

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
        let window = |bound: Option<Bound>, name: &'static str| match bound {
            Some(Bound::Day(day)) => Ok(Some((day, day))),
            Some(Bound::Period(period)) => match regime.window(period) {
                Some(window) => Ok(Some(window)),
                None => Err(Fault::parameter(name, Code::UnknownReference)),
            },
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
        // Of the kinds that do not hold every day, the one of the year is where to begin.
        let first = regime.holding(kind, self.from).or_else(|| {
            let Period::Year(year) = regime.holding(PeriodKind::Year, self.from)? else { return None };
            (kind == PeriodKind::NineMonths).then_some(Period::NineMonths(year))
        });
        std::iter::successors(first, |period| Some(period.next()))
            .map_while(|period| regime.window(period).map(|(first, last)| (period, first, last)))
            .take_while(|(_, _, last)| *last <= self.to)
            .filter(|(_, _, last)| self.holds(*last))
            .take(MOST)
            .collect()
    }
}
