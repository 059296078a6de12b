//! Working days: what deadlines are counted in.
//!
//! Saturdays and Sundays are off. Beyond that the calendar is dated data: public holidays, of which Tết is
//! set anew each year, and Saturdays that are worked in exchange for a day between two holidays.

use crate::vocabulary;
use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

vocabulary! {
    /// What a day is, other than its weekday says.
    DayKind {
        /// Nobody works.
        Off = "off" "ngày nghỉ",
        /// A Saturday or Sunday that is worked in exchange for another day.
        Worked = "worked" "ngày làm bù",
    }
}

vocabulary! {
    /// Why a day is other than its weekday says.
    DayOccasion {
        NewYear = "new_year" "Tết Dương lịch",
        /// A year whose Tết is not there is not known.
        Tet = "tet" "Tết Nguyên đán",
        HungKings = "hung_kings" "Giỗ Tổ Hùng Vương",
        Reunification = "reunification" "Ngày Chiến thắng",
        Labour = "labour" "Ngày Quốc tế lao động",
        NationalDay = "national_day" "Quốc khánh",
        /// One day exchanged for another.
        Swap = "swap" "Hoán đổi ngày làm việc",
        Other = "other" "Khác",
    }
}

/// Which days are worked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkingDays {
    declared: BTreeMap<NaiveDate, DayKind>,
    known: BTreeSet<i32>,
}

impl WorkingDays {
    /// From dated rows; a year is known once a day of its Tết is among them.
    pub fn new(rows: impl IntoIterator<Item = (NaiveDate, DayKind, DayOccasion)>) -> Self {
        let mut calendar = Self::default();
        for (day, kind, occasion) in rows {
            calendar.declared.insert(day, kind);
            if occasion == DayOccasion::Tet {
                calendar.known.insert(day.year());
            }
        }
        calendar
    }

    /// True when people work on the day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        match self.declared.get(&day) {
            Some(kind) => *kind == DayKind::Worked,
            None => !is_weekend(day),
        }
    }

    /// True when the holidays of the day's year are there, Tết with them.
    pub fn knows(&self, day: NaiveDate) -> bool {
        self.known.contains(&day.year())
    }

    /// The day itself, or the next one that is worked. `None` only at the end of the calendar.
    pub fn on_or_after(&self, day: NaiveDate) -> Option<NaiveDate> {
        day.iter_days().find(|day| self.is_working(*day))
    }

    /// The n-th working day after a day; of none, the day itself or the next one that is worked.
    pub fn after(&self, day: NaiveDate, n: u32) -> Option<NaiveDate> {
        let Some(before) = n.checked_sub(1) else { return self.on_or_after(day) };
        let mut worked = day.succ_opt()?.iter_days().filter(|day| self.is_working(*day));
        worked.nth(usize::try_from(before).ok()?)
    }

    /// How many working days lie after a day, up to another with it; 0 when that is no later.
    pub fn between(&self, after: NaiveDate, until: NaiveDate) -> usize {
        let days = after.iter_days().skip(1).take_while(|day| *day <= until);
        days.filter(|day| self.is_working(*day)).count()
    }
}

/// Saturday or Sunday.
pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
