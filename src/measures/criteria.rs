//! Criteria (tiêu chí): what was said of a unit and a criterion, what follows from it on a day, and counts.
//!
//! A unit says of itself, a unit above verifies or returns. Only what was verified counts. What was met once
//! and is met no longer is lost, from the day on which that was verified (`measures.md`: a criterion can be
//! met and later lost; counts of criteria met are as of a day).

use crate::{measures::Ratio, vocabulary};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// What somebody says of a criterion.
    CriterionStatement {
        NotMet = "not_met" "chưa đạt",
        NearlyMet = "nearly_met" "gần đạt",
        Met = "met" "đạt",
    }
}

vocabulary! {
    /// What a criterion is for a unit on a day.
    CriterionStatus {
        NotMet = "not_met" "chưa đạt",
        NearlyMet = "nearly_met" "gần đạt",
        Met = "met" "đạt",
        /// It was met, and is met no longer.
        Lost = "lost" "không giữ được",
    }
}

vocabulary! {
    /// Who says it: the unit of itself, a unit above, or a unit above that does not take it so.
    CriterionEntryKind {
        SelfAssessed = "self_assessed" "tự đánh giá",
        Verified = "verified" "đã thẩm định",
        Returned = "returned" "bị trả lại",
    }
}

vocabulary! {
    /// How a unit's last word on a criterion stands.
    CriterionClaim {
        /// It said nothing yet.
        None = "none",
        /// Nobody above has answered.
        Awaiting = "awaiting" "chờ thẩm định",
        Answered = "answered",
        /// It is to say it anew.
        Returned = "returned" "bị trả lại",
    }
}

impl CriterionStatement {
    /// What it makes of a criterion that has been met before, or never.
    pub const fn after(self, met_before: bool) -> CriterionStatus {
        match self {
            Self::Met => CriterionStatus::Met,
            _ if met_before => CriterionStatus::Lost,
            Self::NearlyMet => CriterionStatus::NearlyMet,
            Self::NotMet => CriterionStatus::NotMet,
        }
    }
}

/// One thing said of a unit and a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CriterionEntry {
    pub kind: CriterionEntryKind,
    /// None for what was returned.
    pub stated: Option<CriterionStatement>,
    pub on: NaiveDate,
}

/// What a criterion is for a unit at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CriterionFact {
    /// What counts: what a unit above verified; none while nobody did.
    pub verified: Option<CriterionStatus>,
    /// Since when it is that.
    pub since: Option<NaiveDate>,
    /// Which entry made it what it is.
    pub by_entry: Option<usize>,
    /// What the unit says of itself, unless that was returned.
    pub claimed: Option<CriterionStatus>,
    pub claim: CriterionClaim,
    met_before: bool,
}

impl CriterionFact {
    /// Before anything was said.
    pub const NOTHING: Self = Self {
        verified: None,
        since: None,
        by_entry: None,
        claimed: None,
        claim: CriterionClaim::None,
        met_before: false,
    };

    /// What follows on a day from all that was said by then, in the order in which it was said. No entry
    /// has an earlier day than the one before it.
    pub fn on(entries: &[CriterionEntry], day: NaiveDate) -> Self {
        let by_then = entries.iter().enumerate().take_while(|(_, entry)| entry.on <= day);
        by_then.fold(Self::NOTHING, |fact, (i, entry)| fact.then(i, entry))
    }

    fn then(self, i: usize, entry: &CriterionEntry) -> Self {
        let status = entry.stated.map(|stated| stated.after(self.met_before));
        match entry.kind {
            CriterionEntryKind::SelfAssessed => {
                Self { claimed: status, claim: CriterionClaim::Awaiting, ..self }
            }
            CriterionEntryKind::Returned => Self { claimed: None, claim: CriterionClaim::Returned, ..self },
            CriterionEntryKind::Verified => {
                let same = self.verified == status;
                Self {
                    verified: status,
                    since: if same { self.since } else { Some(entry.on) },
                    by_entry: if same { self.by_entry } else { Some(i) },
                    met_before: self.met_before || status == Some(CriterionStatus::Met),
                    claim: match self.claim {
                        CriterionClaim::Awaiting => CriterionClaim::Answered,
                        claim => claim,
                    },
                    ..self
                }
            }
        }
    }

    /// Whether it counts as met.
    pub fn is_met(&self) -> bool {
        self.verified == Some(CriterionStatus::Met)
    }
}

/// Criteria of a unit, or units of a criterion, by what they are.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriteriaCounts {
    /// All together.
    #[schema(example = 19, minimum = 0)]
    pub of: i64,
    #[schema(example = 17, minimum = 0)]
    pub met: i64,
    #[schema(example = 1, minimum = 0)]
    pub nearly_met: i64,
    #[schema(example = 0, minimum = 0)]
    pub not_met: i64,
    #[schema(example = 1, minimum = 0)]
    pub lost: i64,
    /// Nobody has said anything yet.
    #[schema(example = 0, minimum = 0)]
    pub not_assessed: i64,
}

impl CriteriaCounts {
    /// Counts one.
    pub fn add(&mut self, status: Option<CriterionStatus>) {
        self.of += 1;
        let place = match status {
            Some(CriterionStatus::Met) => &mut self.met,
            Some(CriterionStatus::NearlyMet) => &mut self.nearly_met,
            Some(CriterionStatus::NotMet) => &mut self.not_met,
            Some(CriterionStatus::Lost) => &mut self.lost,
            None => &mut self.not_assessed,
        };
        *place += 1;
    }
}

/// A unit under a set on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CriteriaFact {
    pub verified: CriteriaCounts,
    pub claimed: CriteriaCounts,
    /// Self-assessments that nobody above has answered.
    pub awaiting: i64,
    /// Criteria it must hold and that are not met.
    pub not_held: i64,
    pub is_recognised: bool,
}

/// Counts over many units.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct CriteriaTally {
    pub units: i64,
    pub complete: i64,
    pub recognised: i64,
    pub with_lost: i64,
    pub not_holding: i64,
    pub awaiting: i64,
    pub met: i64,
    pub of: i64,
}

impl CriteriaTally {
    /// Counts a unit.
    pub fn add(&mut self, fact: &CriteriaFact) {
        let counts = &fact.verified;
        self.units += 1;
        self.complete += i64::from(counts.of > 0 && counts.met == counts.of);
        self.recognised += i64::from(fact.is_recognised);
        self.with_lost += i64::from(counts.lost > 0);
        self.not_holding += i64::from(fact.not_held > 0);
        self.awaiting += fact.awaiting;
        self.met += counts.met;
        self.of += counts.of;
    }
}

/// The figures of many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CriteriaMeasures {
    /// Units of the level the set judges, that exist on the day.
    #[schema(example = 13, minimum = 0)]
    pub units: i64,
    /// Units that meet every criterion.
    #[schema(example = 7, minimum = 0)]
    pub complete: i64,
    /// Units whose recognition under this set is in force.
    #[schema(example = 6, minimum = 0)]
    pub recognised: i64,
    /// Units that lost a criterion.
    #[schema(example = 1, minimum = 0)]
    pub with_lost: i64,
    /// Units that do not meet a criterion they must hold.
    #[schema(example = 1, minimum = 0)]
    pub not_holding: i64,
    /// Self-assessments that nobody above has answered.
    #[schema(example = 4, minimum = 0)]
    pub awaiting: i64,
    /// complete / units
    pub complete_pct: Ratio,
    /// recognised / units
    pub recognised_pct: Ratio,
    /// criteria met / criteria, over all units
    pub met_pct: Ratio,
}

impl From<&CriteriaTally> for CriteriaMeasures {
    fn from(tally: &CriteriaTally) -> Self {
        Self {
            units: tally.units,
            complete: tally.complete,
            recognised: tally.recognised,
            with_lost: tally.with_lost,
            not_holding: tally.not_holding,
            awaiting: tally.awaiting,
            complete_pct: Ratio::of_counts(tally.complete, tally.units),
            recognised_pct: Ratio::of_counts(tally.recognised, tally.units),
            met_pct: Ratio::of_counts(tally.met, tally.of),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
