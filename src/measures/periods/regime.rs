//! Which days periods hold.

use super::{Period, PeriodKind};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    pub year: i32,
    /// 1 to 12.
    pub month: u32,
}

impl Month {
    /// A month of a year.
    pub const fn new(year: i32, month: u32) -> Self {
        Self { year, month }
    }

    /// The month as a period.
    pub const fn period(self) -> Period {
        Period::Month(self.year, self.month)
    }

    /// The one before.
    const fn before(self) -> Self {
        if self.month == 1 { Self::new(self.year - 1, 12) } else { Self::new(self.year, self.month - 1) }
    }

    /// A day of it; its last one when the month is shorter.
    fn day(self, day: u32) -> Option<NaiveDate> {
        let last = NaiveDate::from_ymd_opt(self.year, self.month, 1)?
            .checked_add_months(chrono::Months::new(1))?
            .pred_opt()?;
        NaiveDate::from_ymd_opt(self.year, self.month, day.min(last.day()))
    }
}

/// From one month on: on which day each month closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutOff {
    /// The first month that closes so.
    pub from: Month,
    /// 1 to 31; a shorter month closes on its last day.
    pub day: u32,
}

/// When periods begin and end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regime {
    /// In the order of their months. Months before the first one close as it says.
    pub cut_offs: Vec<CutOff>,
    /// 1 Monday to 7 Sunday.
    pub week_starts_on: u32,
}

impl Regime {
    /// Calendar months, weeks from Monday.
    pub fn calendar() -> Self {
        Self::closing_on(31)
    }

    /// Months that close on the 14th: Decree 09/2019/NĐ-CP, article 12 as the ministries repeat it.
    pub fn decree_09() -> Self {
        Self::closing_on(14)
    }

    fn closing_on(day: u32) -> Self {
        Self { cut_offs: vec![CutOff { from: Month::new(1, 1), day }], week_starts_on: 1 }
    }

    /// The first and the last day of a period. `None` only outside what a calendar can hold.
    pub fn window(&self, period: Period) -> Option<(NaiveDate, NaiveDate)> {
        let Some((first, last)) = period.months() else { return self.week(period) };
        Some((self.end(first.before())?.succ_opt()?, self.end(last)?))
    }

    /// The period of a kind that holds a day; of nine months none holds the last quarter, and of several
    /// years none is known by a day alone.
    pub fn holding(&self, kind: PeriodKind, day: NaiveDate) -> Option<Period> {
        let (year, month) = (day.year(), day.month());
        // A month may close before the day or after it, never by more than one month.
        let near = |period: Period| {
            [period.previous(), period, period.next()]
                .into_iter()
                .find(|one| self.window(*one).is_some_and(|(first, last)| (first..=last).contains(&day)))
        };
        match kind {
            PeriodKind::Week => near(Period::Week(day.iso_week().year(), day.iso_week().week())),
            PeriodKind::Month => near(Period::Month(year, month)),
            PeriodKind::Quarter => near(Period::Quarter(year, month.div_ceil(3))),
            PeriodKind::HalfYear => near(Period::HalfYear(year, month.div_ceil(6))),
            PeriodKind::NineMonths => near(Period::NineMonths(year)),
            PeriodKind::Year => near(Period::Year(year)),
            PeriodKind::Years => None,
        }
    }

    /// The first period of a kind that ends on a day or later. Nine months and five years, too, of which
    /// not every day, or none by itself, tells the name.
    pub fn first_from(&self, kind: PeriodKind, day: NaiveDate) -> Option<Period> {
        let year = || self.holding(PeriodKind::Year, day);
        match (kind, year()?) {
            (PeriodKind::NineMonths, Period::Year(year)) => {
                let nine = Period::NineMonths(year);
                let (_, last) = self.window(nine)?;
                Some(if last < day { nine.next() } else { nine })
            }
            (PeriodKind::Years, Period::Year(year)) => Some(Period::five_years(year)),
            _ => self.holding(kind, day),
        }
    }

    /// A period and those that follow it, as long as they begin on a day or earlier and have a name.
    pub fn following(&self, first: Period, until: NaiveDate) -> impl Iterator<Item = Period> + '_ {
        let begun = move |period: &Period| self.window(*period).is_some_and(|(first, _)| first <= until);
        std::iter::successors(Some(first), |period| Some(period.next()))
            .take_while(move |period| period.has_name() && begun(period))
    }

    /// The first month that has not begun on a day: from there on another day of closing may be set.
    pub fn first_free_month(&self, today: NaiveDate) -> Option<Month> {
        match self.holding(PeriodKind::Month, today)?.next() {
            Period::Month(year, month) => Some(Month::new(year, month)),
            _ => None,
        }
    }

    /// True when another calendar closes every month that has begun on a day as this one does, and starts
    /// weeks alike: figures of the past stay in their periods.
    pub fn keeps_what_has_begun(&self, other: &Self, today: NaiveDate) -> bool {
        let Some(free) = self.first_free_month(today) else { return false };
        let begun = |regime: &Self| -> Vec<CutOff> {
            regime.cut_offs.iter().copied().filter(|rule| rule.from < free).collect()
        };
        let kept = begun(self);
        // What comes before the first rule closes as that one says, so the first must stand as well.
        !kept.is_empty() && kept == begun(other) && self.week_starts_on == other.week_starts_on
    }

    fn week(&self, period: Period) -> Option<(NaiveDate, NaiveDate)> {
        let Period::Week(year, n) = period else { return None };
        // The week's number is that of its fourth day: it starts three days before or after no other.
        let monday = NaiveDate::from_isoywd_opt(year, n, Weekday::Mon)?;
        let shift = u64::from(self.week_starts_on.clamp(1, 7) - 1);
        let first = if shift <= 3 {
            monday.checked_add_days(Days::new(shift))?
        } else {
            monday.checked_sub_days(Days::new(7 - shift))?
        };
        Some((first, first.checked_add_days(Days::new(6))?))
    }

    fn end(&self, month: Month) -> Option<NaiveDate> {
        let rule = self.cut_offs.iter().rfind(|rule| rule.from <= month).or(self.cut_offs.first());
        month.day(rule.map_or(31, |rule| rule.day))
    }
}
