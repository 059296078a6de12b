//! Counts over the studies of many units.

use super::{StudyFact, StudyState, StudyTimeliness};
use crate::measures::Ratio;
use serde::Serialize;
use utoipa::ToSchema;

/// Counts over many units.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct StudyTally {
    pub units: i64,
    pub exempt: i64,
    pub started: i64,
    pub completed: i64,
    pub verified: i64,
    pub completed_on_time: i64,
    pub completed_late: i64,
    pub overdue: i64,
    pub sessions: i64,
    pub attended: i64,
    pub planned: i64,
    pub examined: i64,
    pub understood: i64,
}

impl StudyTally {
    /// Counts a unit. One that is exempt counts as that and nowhere else.
    pub fn add(&mut self, fact: &StudyFact) {
        if fact.timeliness == StudyTimeliness::Exempt {
            self.exempt += 1;
            return;
        }
        let is = |timeliness| i64::from(fact.timeliness == timeliness);
        let (attended, planned) = fact.attended();
        self.units += 1;
        self.started += i64::from(fact.state >= StudyState::InProgress);
        self.completed += i64::from(fact.state >= StudyState::Completed);
        self.verified += i64::from(fact.state >= StudyState::Verified);
        self.completed_on_time += is(StudyTimeliness::CompletedOnTime);
        self.completed_late += is(StudyTimeliness::CompletedLate);
        self.overdue += is(StudyTimeliness::Overdue);
        self.sessions += fact.sessions;
        self.attended += attended;
        self.planned += planned;
        self.examined += fact.examined;
        self.understood += fact.understood;
    }

    /// Completed with a deadline, or overdue: what can be judged.
    pub const fn judged(&self) -> i64 {
        self.completed_on_time + self.completed_late + self.overdue
    }
}

/// The figures of the studies of many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct StudyMeasures {
    /// Units that owe a study or have begun one, without exempt ones.
    #[schema(example = 13, minimum = 0)]
    pub units: i64,
    /// In no other figure.
    #[schema(example = 0, minimum = 0)]
    pub exempt: i64,
    /// With at least one session, or further.
    #[schema(example = 12, minimum = 0)]
    pub started: i64,
    /// Completed or verified.
    #[schema(example = 11, minimum = 0)]
    pub completed: i64,
    #[schema(example = 4, minimum = 0)]
    pub verified: i64,
    #[schema(example = 10, minimum = 0)]
    pub completed_on_time: i64,
    #[schema(example = 1, minimum = 0)]
    pub completed_late: i64,
    /// Not completed, and the deadline lies before the day.
    #[schema(example = 2, minimum = 0)]
    pub overdue: i64,
    #[schema(example = 27, minimum = 0)]
    pub sessions: i64,
    /// completed / units
    pub completed_pct: Ratio,
    /// verified / units
    pub verified_pct: Ratio,
    /// completed_on_time / (completed_on_time + completed_late + overdue)
    pub on_time_pct: Ratio,
    /// Cadres and members who were there / who were planned.
    pub attended: Ratio,
    /// Who passed / who was examined; null without a check.
    pub understood: Ratio,
}

impl From<&StudyTally> for StudyMeasures {
    fn from(tally: &StudyTally) -> Self {
        let StudyTally { units, completed, verified, .. } = *tally;
        Self {
            units,
            exempt: tally.exempt,
            started: tally.started,
            completed,
            verified,
            completed_on_time: tally.completed_on_time,
            completed_late: tally.completed_late,
            overdue: tally.overdue,
            sessions: tally.sessions,
            completed_pct: Ratio::of_counts(completed, units),
            verified_pct: Ratio::of_counts(verified, units),
            on_time_pct: Ratio::of_counts(tally.completed_on_time, tally.judged()),
            attended: Ratio::of_counts(tally.attended, tally.planned),
            understood: Ratio::of_counts(tally.understood, tally.examined),
        }
    }
}
