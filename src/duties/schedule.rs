//! The calendar of recurring duties: which periods there are, and what is due in them. Pure.

use crate::vocabulary;
use chrono::{Datelike, NaiveDate, TimeDelta};

vocabulary! {
    /// How often a duty comes again. Weeks begin on Monday and are counted by ISO 8601.
    Every {
        Week = "week" "hằng tuần",
        Month = "month" "hằng tháng",
        Quarter = "quarter" "hằng quý",
        HalfYear = "half_year" "sáu tháng",
        Year = "year" "hằng năm",
    }
}

vocabulary! {
    /// From which end of the period the due day is counted.
    DueFrom {
        Start = "start",
        End = "end",
    }
}

impl Every {
    /// The days of its longest period.
    pub const fn longest(self) -> i32 {
        match self {
            Self::Week => 7,
            Self::Month => 31,
            Self::Quarter => 92,
            Self::HalfYear => 184,
            Self::Year => 366,
        }
    }

    /// Months in a period; none for weeks.
    const fn months(self) -> Option<i32> {
        match self {
            Self::Week => None,
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::HalfYear => Some(6),
            Self::Year => Some(12),
        }
    }

    /// The period that holds a day.
    pub fn period_of(self, day: NaiveDate) -> Period {
        let n = match self.months() {
            // 1 January of the year 1, day 1 of the count, is a Monday.
            None => (day.num_days_from_ce() - 1).div_euclid(7),
            Some(months) => (day.year() * 12 + small(day.month0())).div_euclid(months),
        };
        Period { every: self, n }
    }
}

/// A week, month, quarter, half-year or year, by its number since the beginning of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    every: Every,
    n: i32,
}

impl Period {
    /// The one so many later, or earlier.
    pub const fn plus(self, steps: i32) -> Self {
        Self { every: self.every, n: self.n.saturating_add(steps) }
    }

    /// Its first day; none beyond the end of the calendar.
    pub fn first(self) -> Option<NaiveDate> {
        let Some(months) = self.every.months() else {
            return NaiveDate::from_num_days_from_ce_opt(self.n.checked_mul(7)?.checked_add(1)?);
        };
        let month = self.n.checked_mul(months)?;
        let in_year = u32::try_from(month.rem_euclid(12)).ok()?;
        NaiveDate::from_ymd_opt(month.div_euclid(12), in_year + 1, 1)
    }

    /// Its last day.
    pub fn last(self) -> Option<NaiveDate> {
        self.plus(1).first()?.pred_opt()
    }

    /// `2023-W42`, `2023-10`, `2023-Q4`, `2023-H2` or `2023`; a week has the year of its Thursday.
    pub fn name(self) -> String {
        let first = self.first().unwrap_or_default();
        let year = first.year();
        match self.every {
            Every::Week => format!("{}-W{:02}", first.iso_week().year(), first.iso_week().week()),
            Every::Month => format!("{year}-{:02}", first.month()),
            Every::Quarter => format!("{year}-Q{}", first.month0() / 3 + 1),
            Every::HalfYear => format!("{year}-H{}", first.month0() / 6 + 1),
            Every::Year => year.to_string(),
        }
    }
}

/// What a duty is in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The period's name.
    pub period: String,
    /// The day its task starts, which is the day it is made.
    pub start_on: NaiveDate,
    /// Within the period.
    pub due_on: NaiveDate,
}

/// When a duty comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    pub every: Every,
    pub due_from: DueFrom,
    /// 1 is the first (or last) day of the period; beyond the period's end it is that end, so that the
    /// 31st is the last day of every month.
    pub due_day: i32,
    /// Days from the start to the due day; none: it starts with its period.
    pub lead_days: Option<i32>,
    /// Nothing is due before this day.
    pub first_on: NaiveDate,
    /// Nothing is due after this day.
    pub last_on: Option<NaiveDate>,
}

impl Schedule {
    /// What is due in a period, if anything.
    fn in_period(&self, period: Period) -> Option<Occurrence> {
        let (first, last) = (period.first()?, period.last()?);
        let steps = TimeDelta::days(i64::from(self.due_day) - 1);
        let due_on = match self.due_from {
            DueFrom::Start => first.checked_add_signed(steps)?.min(last),
            DueFrom::End => last.checked_sub_signed(steps)?.max(first),
        };
        let start_on = match self.lead_days {
            None => first,
            Some(days) => due_on.checked_sub_signed(TimeDelta::days(i64::from(days)))?,
        };
        let wanted = self.first_on <= due_on && self.last_on.is_none_or(|last| due_on <= last);
        wanted.then(|| Occurrence { period: period.name(), start_on, due_on })
    }

    /// What is due from a period on, in order.
    fn from(self, period: Period) -> impl Iterator<Item = Occurrence> {
        let period = if period.last().is_some_and(|last| last < self.first_on) {
            self.every.period_of(self.first_on)
        } else {
            period
        };
        let periods = (0..).map(move |steps| period.plus(steps));
        let over = move |day: NaiveDate| self.last_on.is_some_and(|last| last < day);
        periods
            .take_while(move |period| period.first().is_some_and(|first| !over(first)))
            .filter_map(move |period| self.in_period(period))
    }

    /// What may still be made on a day: of the period before, which a service that stood still has
    /// missed, of this one and of all that come, in order.
    pub fn open_on(self, today: NaiveDate) -> impl Iterator<Item = Occurrence> {
        self.from(self.every.period_of(today).plus(-1))
    }

    /// What is due between two days, both included.
    pub fn due_between(self, from: NaiveDate, until: NaiveDate) -> impl Iterator<Item = Occurrence> {
        self.from(self.every.period_of(from))
            .skip_while(move |one| one.due_on < from)
            .take_while(move |one| one.due_on <= until)
    }
}

fn small(n: u32) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests;
