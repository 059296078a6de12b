//! Periods: what they are called, and which days they hold under a regime.
//!
//! Decree 09/2019/NĐ-CP lets months close on the 14th; Party committees set calendars of their own;
//! statistics go by calendar months. So a regime says only on which day each month closes, from which
//! month on. Every longer period is made of whole months and starts where the one before it ends: there
//! is no gap and no overlap to write down, also where a regime changes.

mod names;
mod regime;
mod relative;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use regime::{CutOff, Month, Regime};
pub use relative::Relative;

use crate::vocabulary;
use chrono::{Datelike, NaiveDate, Weekday};

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

    /// The five years of planning that hold a year: 2021 to 2025, 2026 to 2030.
    pub const fn five_years(year: i32) -> Self {
        let first = year - (year - 1).rem_euclid(5);
        Self::Years(first, first + 4)
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
