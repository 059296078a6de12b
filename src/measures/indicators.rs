//! Reported values over periods and over units (`measures.md`, "Indicators and targets").
//!
//! First what a unit reported over the periods, then the units together. What is missing is left out,
//! never 0, and the answer says what is missing.

use crate::{measures::Exact, vocabulary};
use chrono::NaiveDate;
use std::collections::BTreeSet;

vocabulary! {
    /// Which way is better.
    Direction {
        Higher = "higher" "càng cao càng tốt",
        Lower = "lower" "càng thấp càng tốt",
        /// Between two values.
        Band = "band" "trong khoảng",
        /// Reached by a day.
        Milestone = "milestone" "mốc thời gian",
        /// Not below the base.
        Hold = "hold" "giữ vững",
        /// As the approver judges.
        Qualitative = "qualitative" "định tính",
    }
}

vocabulary! {
    /// How the values of several periods become one.
    OverPeriods {
        Sum = "sum" "cộng dồn",
        Average = "average" "bình quân",
        Latest = "latest" "kỳ gần nhất",
    }
}

vocabulary! {
    /// How the values of several units become one.
    OverUnits {
        Sum = "sum" "cộng",
        Average = "average" "bình quân",
        /// By the weight of each unit.
        WeightedAverage = "weighted_average" "bình quân gia quyền",
        /// Of the unit with the latest period.
        Latest = "latest" "kỳ gần nhất",
        /// Σ numerator / Σ denominator.
        Ratio = "ratio" "tử số trên mẫu số",
        /// Not at all.
        None = "none" "không tổng hợp",
    }
}

vocabulary! {
    /// Why there is no figure.
    Gap {
        /// Nothing was reported.
        NoData = "no_data" "chưa có số liệu",
        /// The indicator is not summed over units.
        NotSummed = "not_summed" "chỉ tiêu không tổng hợp theo đơn vị",
        /// Several units share the latest period and disagree.
        UnitsDiffer = "units_differ" "các đơn vị có số khác nhau trong kỳ gần nhất",
        /// The denominators or the weights sum to 0.
        NothingToDivideBy = "nothing_to_divide_by" "mẫu số bằng 0",
        /// No unit that reported has a weight.
        NoWeight = "no_weight" "không có trọng số",
        /// A part of the formula has no figure.
        PartMissing = "part_missing" "thiếu thành phần của công thức",
        /// The figure has more than 36 digits.
        TooLarge = "too_large" "số quá lớn",
    }
}

vocabulary! {
    /// How exact a number is: "trên 650" is 650 with `over`.
    Qualifier {
        Exactly = "exactly",
        /// Trên.
        Over = "over",
        /// Dưới.
        Under = "under",
        /// Gần.
        Nearly = "nearly",
        /// Khoảng.
        About = "about",
    }
}

/// What was reported: a value, or the parts of a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Share {
    Value(Exact),
    Parts { num: Exact, den: Exact },
}

impl Share {
    /// The figure; a share by its factor, such as 100 for per cent. `None` without a denominator.
    pub fn figure(&self, factor: i64) -> Option<Exact> {
        match self {
            Self::Value(value) => Some(value.clone()),
            Self::Parts { num, den } => Some(num.over(den)? * Exact::whole(factor)),
        }
    }
}

/// What a unit reported for one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The last day of the period.
    pub ends_on: NaiveDate,
    pub share: Share,
    /// Not final yet ("ước").
    pub estimated: bool,
}

/// What a unit reported over several periods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    pub share: Share,
    /// The last day of the latest period that went in.
    pub latest: NaiveDate,
    /// The last days of the periods that went in.
    pub periods: BTreeSet<NaiveDate>,
    pub estimated: bool,
}

/// The periods of one unit as one. A share sums its parts, also where the rule is an average: a mean of
/// shares could not be pooled over units.
pub fn over_periods(rule: OverPeriods, entries: &[Entry]) -> Option<Reported> {
    let latest = entries.iter().max_by_key(|entry| entry.ends_on)?;
    if rule == OverPeriods::Latest {
        return Some(Reported {
            share: latest.share.clone(),
            latest: latest.ends_on,
            periods: BTreeSet::from([latest.ends_on]),
            estimated: latest.estimated,
        });
    }
    let parts: Option<Vec<(Exact, Exact)>> = entries
        .iter()
        .map(|entry| match &entry.share {
            Share::Parts { num, den } => Some((num.clone(), den.clone())),
            Share::Value(_) => None,
        })
        .collect();
    let share = match parts {
        Some(parts) => {
            let (nums, dens): (Vec<Exact>, Vec<Exact>) = parts.into_iter().unzip();
            Share::Parts { num: nums.into_iter().sum(), den: dens.into_iter().sum() }
        }
        None => {
            let sum: Exact = entries.iter().filter_map(|entry| entry.share.figure(1)).sum();
            let n = Exact::whole(i64::try_from(entries.len()).ok()?);
            Share::Value(if rule == OverPeriods::Average { sum.over(&n)? } else { sum })
        }
    };
    Some(Reported {
        share,
        latest: latest.ends_on,
        periods: entries.iter().map(|entry| entry.ends_on).collect(),
        estimated: entries.iter().any(|entry| entry.estimated),
    })
}

/// What one unit brings into the whole.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    pub reported: &'a Reported,
    /// For a weighted average.
    pub weight: Option<Exact>,
}

/// The units together.
pub type Whole = Result<Exact, Gap>;

/// The figure of several units. `factor`: what a share is multiplied by.
pub fn over_units(rule: OverUnits, factor: i64, parts: &[Part]) -> Whole {
    if parts.is_empty() {
        return Err(Gap::NoData);
    }
    let figures = || parts.iter().filter_map(|part| part.reported.share.figure(factor));
    match rule {
        OverUnits::None => Err(Gap::NotSummed),
        OverUnits::Sum => Ok(figures().sum()),
        OverUnits::Average => {
            let n = i64::try_from(figures().count()).unwrap_or(i64::MAX);
            figures().sum::<Exact>().over(&Exact::whole(n)).ok_or(Gap::NothingToDivideBy)
        }
        OverUnits::WeightedAverage => weighted(factor, parts),
        OverUnits::Latest => latest(factor, parts),
        OverUnits::Ratio => {
            let (mut num, mut den) = (Exact::zero(), Exact::zero());
            for part in parts {
                if let Share::Parts { num: n, den: d } = &part.reported.share {
                    num = num + n.clone();
                    den = den + d.clone();
                }
            }
            Share::Parts { num, den }.figure(factor).ok_or(Gap::NothingToDivideBy)
        }
    }
}

fn weighted(factor: i64, parts: &[Part]) -> Whole {
    let pairs: Vec<(Exact, Exact)> = parts
        .iter()
        .filter_map(|part| Some((part.reported.share.figure(factor)?, part.weight.clone()?)))
        .collect();
    if pairs.is_empty() {
        return Err(Gap::NoWeight);
    }
    let weights: Exact = pairs.iter().map(|(_, weight)| weight.clone()).sum();
    let sum: Exact = pairs.into_iter().map(|(figure, weight)| figure * weight).sum();
    sum.over(&weights).ok_or(Gap::NothingToDivideBy)
}

fn latest(factor: i64, parts: &[Part]) -> Whole {
    let last = parts.iter().map(|part| part.reported.latest).max();
    let mut figures = parts
        .iter()
        .filter(|part| Some(part.reported.latest) == last)
        .filter_map(|part| part.reported.share.figure(factor));
    let first = figures.next().ok_or(Gap::NothingToDivideBy)?;
    if figures.all(|figure| figure == first) { Ok(first) } else { Err(Gap::UnitsDiffer) }
}

#[cfg(test)]
mod tests;
