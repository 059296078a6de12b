//! Periods: what they are called, and which days they hold under a regime.
//!
//! Decree 09/2019/NĐ-CP lets months close on the 14th; Party committees set calendars of their own;
//! statistics go by calendar months. So a regime says only on which day each month closes, from which
//! month on. Every longer period is made of whole months and starts where the one before it ends: there
//! is no gap and no overlap to write down, also where a regime changes.

use crate::vocabulary;
use chrono::{Datelike, Days, NaiveDate, Weekday};
use std::{fmt, str::FromStr};

vocabulary! {
    /// How long a period is.
    PeriodKind {
        Week = "week" "tuần",
        Month = "month" "tháng",
        Quarter = "quarter" "quý",
        HalfYear = "half_year" "sáu tháng",
        NineMonths = "nine_months" "chín tháng",
        Year = "year" "năm",
        /// Several whole years, such as a term of five.
        Years = "years" "giai đoạn",
    }
}

/// A period by its name: `2023-W47`, `2023-10`, `2023-Q4`, `2023-H2`, `2023-9M`, `2023`, `2021-2025`.
/// In a column it is its name.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    diesel::expression::AsExpression,
    diesel::deserialize::FromSqlRow,
)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub enum Period {
    /// The week of a year by ISO 8601, counted by its fourth day.
    Week(i32, u32),
    Month(i32, u32),
    Quarter(i32, u32),
    HalfYear(i32, u32),
    NineMonths(i32),
    Year(i32),
    /// First and last year.
    Years(i32, i32),
}

/// The years that can be named.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Most years in one period.
const MOST_YEARS: i32 = 20;

impl Period {
    /// How long it is.
    pub const fn kind(self) -> PeriodKind {
        match self {
            Self::Week(..) => PeriodKind::Week,
            Self::Month(..) => PeriodKind::Month,
            Self::Quarter(..) => PeriodKind::Quarter,
            Self::HalfYear(..) => PeriodKind::HalfYear,
            Self::NineMonths(_) => PeriodKind::NineMonths,
            Self::Year(_) => PeriodKind::Year,
            Self::Years(..) => PeriodKind::Years,
        }
    }

    /// The first and the last of its calendar months; `None` for weeks, which are made of days.
    const fn months(self) -> Option<(Month, Month)> {
        Some(match self {
            Self::Week(..) => return None,
            Self::Month(year, n) => (Month::new(year, n), Month::new(year, n)),
            Self::Quarter(year, n) => (Month::new(year, 3 * n - 2), Month::new(year, 3 * n)),
            Self::HalfYear(year, n) => (Month::new(year, 6 * n - 5), Month::new(year, 6 * n)),
            Self::NineMonths(year) => (Month::new(year, 1), Month::new(year, 9)),
            Self::Year(year) => (Month::new(year, 1), Month::new(year, 12)),
            Self::Years(first, last) => (Month::new(first, 1), Month::new(last, 12)),
        })
    }

    /// The one that follows, of the same kind.
    pub fn next(self) -> Self {
        self.shifted(1)
    }

    /// The one before, of the same kind.
    pub fn previous(self) -> Self {
        self.shifted(-1)
    }

    /// The period so many steps later (or earlier).
    pub fn shifted(self, steps: i32) -> Self {
        let parts = |year: i32, n: u32, parts: i32| {
            let all = year * parts + i32::try_from(n).unwrap_or(1) - 1 + steps;
            (all.div_euclid(parts), u32::try_from(all.rem_euclid(parts)).unwrap_or(0) + 1)
        };
        match self {
            Self::Week(year, n) => week_day(year, n)
                .and_then(|day| day.checked_add_signed(chrono::TimeDelta::weeks(steps.into())))
                .map_or(self, |day| Self::Week(day.iso_week().year(), day.iso_week().week())),
            Self::Month(year, n) => {
                let (year, n) = parts(year, n, 12);
                Self::Month(year, n)
            }
            Self::Quarter(year, n) => {
                let (year, n) = parts(year, n, 4);
                Self::Quarter(year, n)
            }
            Self::HalfYear(year, n) => {
                let (year, n) = parts(year, n, 2);
                Self::HalfYear(year, n)
            }
            Self::NineMonths(year) => Self::NineMonths(year + steps),
            Self::Year(year) => Self::Year(year + steps),
            Self::Years(first, last) => {
                let by = (last - first + 1) * steps;
                Self::Years(first + by, last + by)
            }
        }
    }
}

/// The Thursday of a week.
fn week_day(year: i32, week: u32) -> Option<NaiveDate> {
    NaiveDate::from_isoywd_opt(year, week, Weekday::Thu)
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Week(year, n) => write!(f, "{year}-W{n:02}"),
            Self::Month(year, n) => write!(f, "{year}-{n:02}"),
            Self::Quarter(year, n) => write!(f, "{year}-Q{n}"),
            Self::HalfYear(year, n) => write!(f, "{year}-H{n}"),
            Self::NineMonths(year) => write!(f, "{year}-9M"),
            Self::Year(year) => write!(f, "{year}"),
            Self::Years(first, last) => write!(f, "{first}-{last}"),
        }
    }
}

impl FromStr for Period {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let number = |text: &str, long: usize| {
            (text.len() == long && text.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| text.parse::<u32>().ok())
                .flatten()
                .ok_or(())
        };
        let year =
            |text: &str| i32::try_from(number(text, 4)?).ok().filter(|year| YEARS.contains(year)).ok_or(());
        let within = |n: u32, most: u32| if (1..=most).contains(&n) { Ok(n) } else { Err(()) };
        let Some((first, rest)) = text.split_once('-') else { return Ok(Self::Year(year(text)?)) };
        let first = year(first)?;
        if rest == "9M" {
            return Ok(Self::NineMonths(first));
        }
        if let Some(n) = rest.strip_prefix('Q') {
            return Ok(Self::Quarter(first, within(number(n, 1)?, 4)?));
        }
        if let Some(n) = rest.strip_prefix('H') {
            return Ok(Self::HalfYear(first, within(number(n, 1)?, 2)?));
        }
        if let Some(n) = rest.strip_prefix('W') {
            let week = Self::Week(first, within(number(n, 2)?, 53)?);
            return week_day(first, number(n, 2)?).map(|_| week).ok_or(());
        }
        if rest.len() == 2 {
            return Ok(Self::Month(first, within(number(rest, 2)?, 12)?));
        }
        let last = year(rest)?;
        if (first + 1..first + MOST_YEARS).contains(&last) { Ok(Self::Years(first, last)) } else { Err(()) }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn window(regime: &Regime, name: &str) -> (NaiveDate, NaiveDate) {
        regime.window(name.parse().unwrap_or(Period::Year(1900))).unwrap_or_default()
    }

    #[test]
    fn the_decree_closes_months_on_the_14th() {
        let decree = Regime::decree_09();
        for (name, first, last) in [
            ("2023-01", "2022-12-15", "2023-01-14"),
            ("2023-Q2", "2023-03-15", "2023-06-14"),
            ("2023-H2", "2023-06-15", "2023-12-14"),
            ("2023-9M", "2022-12-15", "2023-09-14"),
            ("2023", "2022-12-15", "2023-12-14"),
            ("2021-2025", "2020-12-15", "2025-12-14"),
        ] {
            assert_eq!(window(&decree, name), (day(first), day(last)), "{name}");
        }
    }

    #[test]
    fn a_week_is_named_by_its_fourth_day() {
        let mut regime = Regime::calendar();
        assert_eq!(window(&regime, "2023-W42"), (day("2023-10-16"), day("2023-10-22")));
        regime.week_starts_on = 5; // Friday
        assert_eq!(window(&regime, "2023-W42"), (day("2023-10-13"), day("2023-10-19")));
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["2023-W47", "2020-W53", "2023-10", "2023-Q4", "2023-H2", "2023-9M", "2023", "2021-2025"]
        {
            assert_eq!(name.parse::<Period>().map(|period| period.to_string()), Ok(name.to_owned()));
        }
        for name in [
            "2023-W53",
            "2023-W00",
            "2023-13",
            "2023-1",
            "2023-Q5",
            "2023-H3",
            "23",
            "2025-2021",
            "2023-W1",
            "1899",
            "2023-Q",
            "２０２３",
        ] {
            assert_eq!(name.parse::<Period>(), Err(()), "{name}");
        }
    }
}
