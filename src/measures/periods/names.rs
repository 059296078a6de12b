//! What periods are called: by programs (`2023-Q4`), in Vietnamese and in English.

use super::{Period, week_day};
use std::{fmt, str::FromStr};

/// The years that can be named.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;
/// Most years in one period.
const MOST_YEARS: i32 = 20;

impl Period {
    /// True while the name can be read again: from 1900 to 2199.
    pub fn has_name(self) -> bool {
        self.to_string().parse() == Ok(self)
    }

    /// In Vietnamese, as it stands in the title of a report: `Quý IV năm 2023`.
    pub fn label_vi(self) -> String {
        match self {
            Self::Week(year, n) => format!("Tuần {n} năm {year}"),
            Self::Month(year, n) => format!("Tháng {n} năm {year}"),
            Self::Quarter(year, n) => format!("Quý {} năm {year}", roman(n)),
            Self::HalfYear(year, 1) => format!("6 tháng đầu năm {year}"),
            Self::HalfYear(year, _) => format!("6 tháng cuối năm {year}"),
            Self::NineMonths(year) => format!("9 tháng đầu năm {year}"),
            Self::Year(year) => format!("Năm {year}"),
            Self::Years(first, last) => format!("Giai đoạn {first} - {last}"),
        }
    }

    /// In English: `Quarter 4 of 2023`.
    pub fn label_en(self) -> String {
        match self {
            Self::Week(year, n) => format!("Week {n} of {year}"),
            Self::Month(year, n) => format!("{} {year}", month_name(n)),
            Self::Quarter(year, n) => format!("Quarter {n} of {year}"),
            Self::HalfYear(year, 1) => format!("First half of {year}"),
            Self::HalfYear(year, _) => format!("Second half of {year}"),
            Self::NineMonths(year) => format!("First nine months of {year}"),
            Self::Year(year) => format!("Year {year}"),
            Self::Years(first, last) => format!("Years {first} to {last}"),
        }
    }
}

/// Quarters are written in Roman numbers.
const fn roman(quarter: u32) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}

fn month_name(n: u32) -> &'static str {
    u8::try_from(n).ok().and_then(|n| chrono::Month::try_from(n).ok()).map_or("", |month| month.name())
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
