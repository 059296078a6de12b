//! Periods named from today: `this_month`, `last_12_months`, `this_year_so_far`.

use super::{Period, PeriodKind, Regime};
use chrono::NaiveDate;
use std::str::FromStr;

/// Most periods a name can ask for.
const MOST: u32 = 60;

/// Kinds one can count back in, with the words for one and for several.
const WORDS: [(PeriodKind, &str, &str); 5] = [
    (PeriodKind::Week, "week", "weeks"),
    (PeriodKind::Month, "month", "months"),
    (PeriodKind::Quarter, "quarter", "quarters"),
    (PeriodKind::HalfYear, "half_year", "half_years"),
    (PeriodKind::Year, "year", "years"),
];

/// Periods by their distance from a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relative {
    /// `this_quarter`: the one that holds the day.
    This(PeriodKind),
    /// `last_quarter`, `last_4_quarters`: so many before the one that holds the day, which is not over and
    /// is left out. From 1 to 60.
    Last(PeriodKind, u32),
    /// `this_year_so_far`: the months of the year, up to the one that holds the day.
    YearSoFar,
    /// `this_term`: the five years of planning. Terms of committees begin with congresses and are not
    /// known here.
    Term,
    /// `term_so_far`: their years, up to the one that holds the day.
    TermSoFar,
}

impl FromStr for Relative {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let one = |word: &str| WORDS.iter().find(|(_, one, _)| *one == word).map(|(kind, ..)| *kind);
        let several =
            |word: &str| WORDS.iter().find(|(.., several)| *several == word).map(|(kind, ..)| *kind);
        match text {
            "this_year_so_far" => return Ok(Self::YearSoFar),
            "this_term" => return Ok(Self::Term),
            "term_so_far" => return Ok(Self::TermSoFar),
            _ => {}
        }
        if let Some(word) = text.strip_prefix("this_") {
            return one(word).map(Self::This).ok_or(());
        }
        let word = text.strip_prefix("last_").ok_or(())?;
        if let Some(kind) = one(word) {
            return Ok(Self::Last(kind, 1));
        }
        let (figures, word) = word.split_once('_').ok_or(())?;
        let plain = figures.bytes().all(|byte| byte.is_ascii_digit()) && !figures.starts_with('0');
        let n: u32 = figures.parse().ok().filter(|_| plain).ok_or(())?;
        let kind = several(word).filter(|_| (1..=MOST).contains(&n)).ok_or(())?;
        Ok(Self::Last(kind, n))
    }
}

impl Relative {
    /// The periods, oldest first; empty only outside what a calendar can hold.
    pub fn periods(self, regime: &Regime, today: NaiveDate) -> Vec<Period> {
        self.resolved(regime, today).unwrap_or_default()
    }

    fn resolved(self, regime: &Regime, today: NaiveDate) -> Option<Vec<Period>> {
        let year = || match regime.holding(PeriodKind::Year, today) {
            Some(Period::Year(year)) => Some(year),
            _ => None,
        };
        Some(match self {
            Self::This(kind) => vec![regime.holding(kind, today)?],
            Self::Last(kind, n) => {
                let now = regime.holding(kind, today)?;
                (1..=i32::try_from(n).ok()?).rev().map(|back| now.shifted(-back)).collect()
            }
            // A month belongs to the year in which it closes, as the year itself does.
            Self::YearSoFar => regime.following(Period::Month(year()?, 1), today).collect(),
            Self::Term => vec![Period::five_years(year()?)],
            Self::TermSoFar => {
                let Period::Years(first, _) = Period::five_years(year()?) else { return None };
                (first..=year()?).map(Period::Year).collect()
            }
        })
    }
}
