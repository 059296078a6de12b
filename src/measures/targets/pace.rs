//! Whether a target that is not reached yet will be: required pace and what the last periods gave.

use crate::measures::{Exact, OverPeriods};

/// How many periods the mean of the last ones is taken over (`measures.md`).
pub const RECENT: usize = 3;

/// What a target on its way has behind and before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// How periods come together: a level ("latest") moves by its changes.
    pub rule: OverPeriods,
    /// Less is better.
    pub lower: bool,
    pub goal: Exact,
    /// The figure so far.
    pub actual: Exact,
    /// What the periods brought, in order: their figures; of a level its changes from one to the next.
    pub steps: Vec<Exact>,
    /// Periods of the target that are still to come or still to be reported.
    pub left: usize,
}

/// How a target goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// What each period that is left must bring; where less is better of what grows, what each may.
    pub required: Exact,
    /// The mean of what the last three periods brought.
    pub recent: Option<Exact>,
    pub periods_left: usize,
    /// Where it ends if it goes on like this.
    pub forecast: Option<Exact>,
    /// Less is better.
    lower: bool,
    /// It falls, or is to fall, by its changes.
    level: bool,
}

impl Course {
    /// The pace; `None` when no period is left.
    pub fn pace(&self) -> Option<Pace> {
        let count = |n: usize| i64::try_from(n).map_or_else(|_| Exact::zero(), Exact::whole);
        let left = count(self.left);
        let sum: Exact = self.steps.iter().cloned().sum();
        let all = count(self.steps.len() + self.left);
        let missing = match self.rule {
            OverPeriods::Sum | OverPeriods::Latest => self.goal.clone() - self.actual.clone(),
            OverPeriods::Average => self.goal.clone() * all.clone() - sum.clone(),
        };
        let last = self.steps.iter().rev().take(RECENT);
        let recent = last.clone().cloned().sum::<Exact>().over(&count(last.count()));
        let forecast = recent.as_ref().and_then(|recent| {
            let more = recent.clone() * left.clone();
            match self.rule {
                OverPeriods::Sum | OverPeriods::Latest => Some(self.actual.clone() + more),
                OverPeriods::Average => (sum + more).over(&all),
            }
        });
        Some(Pace {
            required: missing.over(&left)?,
            recent,
            periods_left: self.left,
            forecast,
            lower: self.lower,
            level: self.rule == OverPeriods::Latest,
        })
    }
}

impl Pace {
    /// The mean of the last three periods reaches what is required.
    pub fn on_track(&self) -> bool {
        let reaches =
            |recent: &Exact| if self.lower { *recent <= self.required } else { *recent >= self.required };
        self.recent.as_ref().is_some_and(reaches)
    }

    /// It reaches less than a share, in per cent, of it.
    pub fn is_hard_to_meet(&self, below_pct: i64) -> bool {
        let Some(recent) = &self.recent else { return false };
        let (share, all) = (Exact::whole(below_pct), Exact::whole(100));
        match (self.lower, self.level) {
            (false, _) => recent.clone() * all < self.required.clone() * share,
            // Both fall: by less than the share of the fall that is needed.
            (true, true) => recent.clone() * all > self.required.clone() * share,
            // What each period may bring is less than the share of what it brings.
            (true, false) => self.required.clone() * all < recent.clone() * share,
        }
    }
}
