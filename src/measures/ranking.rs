//! Units in the order of a measure.

use std::cmp::Ordering;

use super::ratio::{Decimal, Ratio};
use super::tasks::{Tally, WEIGHTED_DECIMALS};
use crate::vocabulary;

vocabulary! {
    /// The measures that units can be ranked by; more is better in each.
    Measure {
        WeightedProgress = "weighted_progress",
        DonePct = "done_pct",
        OnTimePct = "on_time_pct",
    }
}

vocabulary! {
    /// Why a unit has no score.
    Unscored {
        /// It has no tasks, or all are cancelled.
        NoTasks = "no_tasks",
        /// The weights of its tasks sum to 0.
        NoWeight = "no_weight",
        /// None of its tasks is done with a due date or overdue.
        NothingDue = "nothing_due",
    }
}

impl Measure {
    /// The score of a unit.
    pub fn of(self, tally: &Tally) -> Ratio {
        match self {
            Self::WeightedProgress => tally.weighted_progress(),
            Self::DonePct => tally.done_pct(),
            Self::OnTimePct => tally.on_time_pct(),
        }
    }

    /// What would lift a unit to the score of the one above it: how many more tasks have to be
    /// confirmed (`done_pct`), how many more open tasks have to be completed on time
    /// (`on_time_pct`), or how much weight × progress is lacking (`weighted_progress`). `None` when
    /// that score is out of reach this way, or when there is no score.
    pub fn to_reach(self, tally: &Tally, above: &Ratio) -> Option<Decimal> {
        let (num, den) = above.exact()?;
        self.of(tally).exact()?;
        // The least n with n / whole >= num / den, beyond what is there.
        let lacking = |whole: i128, there: i128| {
            let least = num.checked_mul(whole)?.checked_add(den - 1)?.div_euclid(den);
            Some((least - there).max(0))
        };
        match self {
            Self::WeightedProgress => {
                let lacking = lacking(tally.weight_milli * 100, tally.weighted_percent_milli)?;
                Some(Decimal::scaled(lacking, WEIGHTED_DECIMALS))
            }
            Self::DonePct => Some(Decimal::scaled(lacking(tally.total.into(), tally.done.into())?, 0)),
            Self::OnTimePct => {
                // (there + k) / (judged + k) >= num / den, as every one adds to both.
                let (there, judged) = (i128::from(tally.done_on_time), i128::from(tally.on_time_judged()));
                let gap = num.checked_mul(judged)?.checked_sub(den.checked_mul(there)?)?;
                match (gap, den - num) {
                    (..=0, _) => Some(Decimal::ZERO),
                    (gap, room @ 1..) => Some(Decimal::scaled((gap + room - 1) / room, 0)),
                    _ => None,
                }
            }
        }
    }

    /// Why this tally has no score, if it has none.
    pub fn unscored(self, tally: &Tally) -> Option<Unscored> {
        if self.of(tally).value().is_some() {
            return None;
        }
        Some(match self {
            _ if tally.total == 0 => Unscored::NoTasks,
            Self::OnTimePct => Unscored::NothingDue,
            Self::WeightedProgress | Self::DonePct => Unscored::NoWeight,
        })
    }
}

/// One place of a ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranked<U> {
    /// Equal scores share it; the next one skips: 1, 2, 2, 4.
    pub rank: usize,
    /// Equal scores share it; the next one does not skip: 1, 2, 2, 3.
    pub dense_rank: usize,
    pub unit: U,
    pub score: Ratio,
}

/// Units by score, and apart those that have none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranking<U> {
    pub rows: Vec<Ranked<U>>,
    pub unranked: Vec<U>,
}

/// Ranks by exact scores, best first: what is equal only after rounding is no tie. Units with equal
/// scores, and those without any, stay in the order in which they came.
pub fn rank<U>(scores: impl IntoIterator<Item = (U, Ratio)>) -> Ranking<U> {
    let (mut scored, unscored): (Vec<_>, Vec<_>) =
        scores.into_iter().partition(|(_, score)| score.value().is_some());
    scored.sort_by(|(_, a), (_, b)| b.compare(a).unwrap_or(Ordering::Equal));
    let mut rows: Vec<Ranked<U>> = Vec::with_capacity(scored.len());
    for (index, (unit, score)) in scored.into_iter().enumerate() {
        let (rank, dense_rank) = match rows.last() {
            Some(above) if above.score.compare(&score) == Some(Ordering::Equal) => {
                (above.rank, above.dense_rank)
            }
            Some(above) => (index + 1, above.dense_rank + 1),
            None => (1, 1),
        };
        rows.push(Ranked { rank, dense_rank, unit, score });
    }
    Ranking { rows, unranked: unscored.into_iter().map(|(unit, _)| unit).collect() }
}
