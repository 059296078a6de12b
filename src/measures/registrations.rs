//! What a unit registered by a day in a round, whether in time, and how that stands to its quota.

use crate::{
    measures::{
        Ratio,
        deadlines::{Deadline, judge},
    },
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How far a unit got, in the order in which lists show them: who is missing stands first.
    RegistrationState {
        NotStarted = "not_started" "chưa đăng ký",
        Draft = "draft" "đang soạn",
        Returned = "returned" "bị trả lại",
        Submitted = "submitted" "đã gửi đăng ký",
        Accepted = "accepted" "đã chấp nhận",
        Ended = "ended" "đã kết thúc cùng đơn vị",
    }
}

vocabulary! {
    /// How the first submission stands to the last day: computed, never stored.
    RegistrationTimeliness {
        InTime = "in_time",
        Overdue = "overdue",
        SubmittedOnTime = "submitted_on_time",
        SubmittedLate = "submitted_late",
    }
}

vocabulary! {
    /// How the number of tasks stands to the quota. It warns and never refuses.
    QuotaVerdict {
        None = "none",
        Within = "within",
        Below = "below",
        Above = "above",
    }
}

vocabulary! {
    /// What a superior should look at.
    RegistrationWarning {
        BelowQuota = "below_quota",
        AboveQuota = "above_quota",
        NoKeyTask = "no_key_task",
        Late = "late",
    }
}

/// Lines by class.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationLineCounts {
    #[schema(example = 40, minimum = 0)]
    pub key: i64,
    #[schema(example = 3, minimum = 0)]
    pub breakthrough: i64,
    #[schema(example = 5, minimum = 0)]
    pub routine: i64,
    #[schema(example = 48, minimum = 0)]
    pub total: i64,
}

/// The number of tasks against the quota in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationQuotaStanding {
    #[schema(example = 45, minimum = 0)]
    pub min: Option<i64>,
    #[schema(example = 50, minimum = 0)]
    pub max: Option<i64>,
    #[schema(example = 48, minimum = 0)]
    pub registered: i64,
    #[schema(example = "within")]
    pub verdict: QuotaVerdict,
}

/// Judges a number of tasks by a quota from one number to another; none: there is none.
pub fn against_quota(quota: Option<(i64, i64)>, registered: i64) -> RegistrationQuotaStanding {
    let verdict = match quota {
        None => QuotaVerdict::None,
        Some((min, _)) if registered < min => QuotaVerdict::Below,
        Some((_, max)) if registered > max => QuotaVerdict::Above,
        Some(_) => QuotaVerdict::Within,
    };
    let (min, max) = (quota.map(|(min, _)| min), quota.map(|(_, max)| max));
    RegistrationQuotaStanding { min, max, registered, verdict }
}

/// What a registration is at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationFact {
    pub state: RegistrationState,
    pub timeliness: RegistrationTimeliness,
    /// Days after the last day: of the first submission, or of the day while nothing was submitted.
    pub days_late: Option<i64>,
    pub lines: RegistrationLineCounts,
    pub quota: RegistrationQuotaStanding,
    /// Tasks made: one for each line that was accepted.
    pub tasks: i64,
}

impl RegistrationFact {
    /// A fact, given the first day of submission if there was one by the day, and every last day of the
    /// round in the order in which they were set. A last day moved later afterwards never turns late
    /// into on time.
    pub fn new(
        state: RegistrationState,
        first_submitted: Option<NaiveDate>,
        last_days: &[Deadline],
        day: NaiveDate,
        (lines, quota, tasks): (RegistrationLineCounts, Option<(i64, i64)>, i64),
    ) -> Self {
        let first = first_submitted.filter(|on| *on <= day);
        let late = judge(first, last_days, day).days_late();
        let timeliness = match (first, late) {
            (Some(_), None) => RegistrationTimeliness::SubmittedOnTime,
            (Some(_), Some(_)) => RegistrationTimeliness::SubmittedLate,
            (None, None) => RegistrationTimeliness::InTime,
            (None, Some(_)) => RegistrationTimeliness::Overdue,
        };
        let quota = against_quota(quota, lines.total);
        Self { state, timeliness, days_late: late, lines, quota, tasks }
    }

    /// What a superior should look at. Every unit names at least one key or breakthrough task
    /// (principle P9).
    pub fn warnings(&self) -> Vec<RegistrationWarning> {
        let found = [
            (self.quota.verdict == QuotaVerdict::Below, RegistrationWarning::BelowQuota),
            (self.quota.verdict == QuotaVerdict::Above, RegistrationWarning::AboveQuota),
            (self.lacks_key_task(), RegistrationWarning::NoKeyTask),
            (self.days_late.is_some(), RegistrationWarning::Late),
        ];
        found.into_iter().filter(|(holds, _)| *holds).map(|(_, warning)| warning).collect()
    }

    const fn lacks_key_task(&self) -> bool {
        self.lines.key + self.lines.breakthrough == 0
    }
}

/// Counts over many registrations; those that ended with their unit are in none.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct RegistrationTally {
    units: i64,
    not_started: i64,
    draft: i64,
    returned: i64,
    submitted: i64,
    accepted: i64,
    submitted_late: i64,
    overdue: i64,
    within: i64,
    below: i64,
    above: i64,
    without_quota: i64,
    no_key_task: i64,
    lines: RegistrationLineCounts,
    tasks: i64,
    handed_in: i64,
}

impl RegistrationTally {
    /// Counts a registration.
    pub fn add(&mut self, fact: &RegistrationFact) {
        if fact.state == RegistrationState::Ended {
            return;
        }
        let state = |is| i64::from(fact.state == is);
        let quota = |is| i64::from(fact.quota.verdict == is);
        let timely = |is| i64::from(fact.timeliness == is);
        self.units += 1;
        self.not_started += state(RegistrationState::NotStarted);
        self.draft += state(RegistrationState::Draft);
        self.returned += state(RegistrationState::Returned);
        self.submitted += state(RegistrationState::Submitted);
        self.accepted += state(RegistrationState::Accepted);
        self.submitted_late += timely(RegistrationTimeliness::SubmittedLate);
        self.overdue += timely(RegistrationTimeliness::Overdue);
        self.handed_in +=
            timely(RegistrationTimeliness::SubmittedLate) + timely(RegistrationTimeliness::SubmittedOnTime);
        self.within += quota(QuotaVerdict::Within);
        self.below += quota(QuotaVerdict::Below);
        self.above += quota(QuotaVerdict::Above);
        self.without_quota += quota(QuotaVerdict::None);
        self.no_key_task += i64::from(fact.lacks_key_task());
        self.lines.key += fact.lines.key;
        self.lines.breakthrough += fact.lines.breakthrough;
        self.lines.routine += fact.lines.routine;
        self.lines.total += fact.lines.total;
        self.tasks += fact.tasks;
    }
}

/// The figures of many registrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct RegistrationMeasures {
    /// Units called upon, without those whose registration ended with them.
    #[schema(example = 13, minimum = 0)]
    pub units: i64,
    #[schema(example = 1, minimum = 0)]
    pub not_started: i64,
    #[schema(example = 1, minimum = 0)]
    pub draft: i64,
    #[schema(example = 1, minimum = 0)]
    pub returned: i64,
    #[schema(example = 2, minimum = 0)]
    pub submitted: i64,
    #[schema(example = 8, minimum = 0)]
    pub accepted: i64,
    /// First handed in after the last day then in force.
    #[schema(example = 1, minimum = 0)]
    pub submitted_late: i64,
    /// Never handed in, and the last day lies before the day.
    #[schema(example = 2, minimum = 0)]
    pub overdue: i64,
    #[schema(example = 10, minimum = 0)]
    pub within_quota: i64,
    #[schema(example = 2, minimum = 0)]
    pub below_quota: i64,
    #[schema(example = 1, minimum = 0)]
    pub above_quota: i64,
    #[schema(example = 0, minimum = 0)]
    pub without_quota: i64,
    /// Units without a key or breakthrough task.
    #[schema(example = 1, minimum = 0)]
    pub no_key_task: i64,
    pub lines: RegistrationLineCounts,
    /// Tasks made of accepted lines.
    #[schema(example = 380, minimum = 0)]
    pub tasks: i64,
    /// units that handed in at least once / units
    pub handed_in_pct: Ratio,
    /// accepted / units
    pub accepted_pct: Ratio,
}

impl From<&RegistrationTally> for RegistrationMeasures {
    fn from(tally: &RegistrationTally) -> Self {
        Self {
            units: tally.units,
            not_started: tally.not_started,
            draft: tally.draft,
            returned: tally.returned,
            submitted: tally.submitted,
            accepted: tally.accepted,
            submitted_late: tally.submitted_late,
            overdue: tally.overdue,
            within_quota: tally.within,
            below_quota: tally.below,
            above_quota: tally.above,
            without_quota: tally.without_quota,
            no_key_task: tally.no_key_task,
            lines: tally.lines,
            tasks: tally.tasks,
            handed_in_pct: Ratio::of_counts(tally.handed_in, tally.units),
            accepted_pct: Ratio::of_counts(tally.accepted, tally.units),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
