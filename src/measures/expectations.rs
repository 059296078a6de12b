//! Who owes a report for a period, until when, and how it stands on a day. Pure.
//!
//! A unit owes a report when the form is asked of it on the period's last day and it exists on that day. A
//! unit that closed inside the period is reported by who came after it. An exemption frees of periods, from
//! the day it was granted on: days before still say missing.

use crate::{
    measures::{Ratio, WorkingDays},
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How a unit stands to a report it may owe.
    ReportingState {
        /// Overdue and not there: never handed in, still a draft, or returned.
        Missing = "missing" "chưa nộp",
        Late = "late" "nộp muộn",
        /// Not there and not yet due.
        Pending = "pending" "chưa đến hạn",
        OnTime = "on_time" "đúng hạn",
        Exempt = "exempt" "được miễn",
        NotRequired = "not_required" "không phải nộp",
    }
}

vocabulary! {
    /// Why a unit owes a report, or why not.
    ExpectationCause {
        /// The form is asked of it.
        Asked = "asked" "thuộc diện báo cáo",
        /// The form asks other units.
        NotAsked = "not_asked" "không thuộc diện báo cáo",
        /// The period lies outside those the form is asked for.
        NotInForce = "not_in_force" "kỳ này không yêu cầu báo cáo",
        /// It was not there yet on the period's last day.
        NotYetOpen = "not_yet_open" "chưa thành lập",
        /// It came into being inside the period.
        OpenedInside = "opened_inside" "thành lập trong kỳ",
        /// It was closed before the period began.
        ClosedBefore = "closed_before" "đã kết thúc hoạt động trước kỳ",
        /// It was closed inside the period: who came after it reports.
        ClosedInside = "closed_inside" "kết thúc hoạt động trong kỳ",
        /// It reports also what that unit did in the period.
        Succeeds = "succeeds" "báo cáo cả phần của đơn vị đã kết thúc",
        /// A new version of the form is in force from this period on.
        FormChanged = "form_changed" "mẫu báo cáo thay đổi từ kỳ này",
        Exempt = "exempt" "được miễn",
        /// The locked period was opened again for it.
        Unlocked = "unlocked" "được mở khóa",
    }
}

/// How many working days after a period's last day what happens. Due, then grace, then the lock; two may fall
/// together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed {
    /// Until then it is on time.
    pub due: u32,
    /// Until then it is late without reproach.
    pub grace: Option<u32>,
    /// After it nothing is taken.
    pub lock: Option<u32>,
}

impl Allowed {
    /// Most working days of each.
    pub const MOST: (u32, u32, u32) = (60, 90, 250);
}

/// Three different days: to be there, to be late without reproach, to be taken at all. Each holds as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportDays {
    pub due_on: NaiveDate,
    pub grace_on: Option<NaiveDate>,
    pub locks_on: Option<NaiveDate>,
}

impl ReportDays {
    /// False while the holidays of a year in which one of these lies are not there: it may move yet.
    pub fn are_known(&self, working: &WorkingDays) -> bool {
        let days = [Some(self.due_on), self.grace_on, self.locks_on];
        days.into_iter().flatten().all(|day| working.knows(day))
    }
}

/// The deadlines of a period that ends on a day, each a working day.
pub fn deadlines_of(period_end: NaiveDate, allowed: Allowed, working: &WorkingDays) -> ReportDays {
    // Only the end of the calendar has no next working day.
    let after = |days: u32| working.after(period_end, days).unwrap_or(period_end);
    ReportDays {
        due_on: after(allowed.due),
        grace_on: allowed.grace.map(after),
        locks_on: allowed.lock.map(after),
    }
}

/// The days of a unit, and whether the form was asked of it on the period's last day (or on its own).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitLife {
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
    pub asked: bool,
}

/// Frees a unit of a form for some periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freed {
    pub granted_on: NaiveDate,
    pub ended_on: Option<NaiveDate>,
    /// First day of the first period, last day of the last one.
    pub days: (NaiveDate, Option<NaiveDate>),
}

impl Freed {
    /// True when it frees of a period, seen on a day.
    pub fn covers(&self, (first, last): (NaiveDate, NaiveDate), day: NaiveDate) -> bool {
        let within = self.days.0 <= first && self.days.1.is_none_or(|end| last <= end);
        // Once ended it frees of what had ended by then.
        let alive = self.ended_on.is_none_or(|ended| day < ended || last < ended);
        within && self.granted_on <= day && alive
    }
}

/// What a unit has to do with a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportDuty {
    Owes,
    Exempt,
    Free,
}

/// A reason with its day.
pub type Cause = (NaiveDate, ExpectationCause);

/// Whether a unit owes a report for a period, and why. `inherited`: the days on which units closed inside
/// the period whose report this one owes; they make it owe one even when it is asked for none itself.
pub fn duty(
    (first, last): (NaiveDate, NaiveDate),
    in_force: bool,
    life: UnitLife,
    inherited: &[NaiveDate],
    freed: &[Freed],
    day: NaiveDate,
) -> (ReportDuty, Vec<Cause>) {
    use ExpectationCause as Why;
    let free = |on: NaiveDate, why: Why| (ReportDuty::Free, vec![(on, why)]);
    if !in_force {
        return free(first, Why::NotInForce);
    }
    if let Some(closed) = life.closed_on.filter(|closed| *closed <= last) {
        return match closed <= first {
            true => free(closed, Why::ClosedBefore),
            false if life.asked => free(closed, Why::ClosedInside),
            false => free(last, Why::NotAsked),
        };
    }
    if life.opened_on > last {
        return free(life.opened_on, Why::NotYetOpen);
    }
    let mut because: Vec<Cause> = inherited.iter().map(|on| (*on, Why::Succeeds)).collect();
    if !life.asked && because.is_empty() {
        return free(last, Why::NotAsked);
    }
    if life.asked {
        let inside = life.opened_on > first;
        let cause = if inside { (life.opened_on, Why::OpenedInside) } else { (first, Why::Asked) };
        because.insert(0, cause);
    }
    if let Some(freed) = freed.iter().find(|one| one.covers((first, last), day)) {
        because.push((freed.granted_on, Why::Exempt));
        return (ReportDuty::Exempt, because);
    }
    (ReportDuty::Owes, because)
}

/// What was handed in, as known on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HandedIn {
    /// The day of the first time, which decides.
    pub first_on: Option<NaiveDate>,
    /// It is there: neither drafted nor returned.
    pub there: bool,
}

/// How a report stands at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportStanding {
    pub state: ReportingState,
    /// Of one that came after its day.
    pub days_late: Option<i64>,
    /// Late, but inside the grace.
    pub in_grace: bool,
    /// The first day on which it was missing.
    pub since: Option<NaiveDate>,
}

/// Judges a report by its first submission; nothing but what is there on the day counts.
pub fn standing(duty: ReportDuty, days: ReportDays, handed: HandedIn, day: NaiveDate) -> ReportStanding {
    let plain = |state| ReportStanding { state, days_late: None, in_grace: false, since: None };
    match (duty, handed.first_on.filter(|_| handed.there)) {
        (ReportDuty::Exempt, _) => plain(ReportingState::Exempt),
        (ReportDuty::Free, _) => plain(ReportingState::NotRequired),
        (ReportDuty::Owes, Some(on)) if on <= days.due_on => plain(ReportingState::OnTime),
        (ReportDuty::Owes, Some(on)) => ReportStanding {
            state: ReportingState::Late,
            days_late: Some((on - days.due_on).num_days()),
            in_grace: days.grace_on.is_some_and(|grace| on <= grace),
            since: None,
        },
        (ReportDuty::Owes, None) if day <= days.due_on => plain(ReportingState::Pending),
        (ReportDuty::Owes, None) => {
            ReportStanding { since: days.due_on.succ_opt(), ..plain(ReportingState::Missing) }
        }
    }
}

/// Counts over many reports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportingTally {
    counts: [i64; ReportingState::ALL.len()],
}

impl ReportingTally {
    /// Adds one report.
    pub fn add(&mut self, state: ReportingState) {
        for (one, count) in ReportingState::ALL.iter().zip(&mut self.counts) {
            *count += i64::from(*one == state);
        }
    }

    /// How many stand so.
    pub fn of(&self, state: ReportingState) -> i64 {
        ReportingState::ALL.iter().zip(self.counts).find(|(one, _)| **one == state).map_or(0, |(_, n)| n)
    }
}

/// Figures over reports. Those that are not yet due are required too; exempt ones stand apart.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct ReportingMeasures {
    /// Owed, exempt ones not among them.
    #[schema(example = 60, minimum = 0)]
    pub required: i64,
    #[schema(example = 55, minimum = 0)]
    pub submitted: i64,
    #[schema(example = 50, minimum = 0)]
    pub on_time: i64,
    #[schema(example = 5, minimum = 0)]
    pub late: i64,
    #[schema(example = 3, minimum = 0)]
    pub missing: i64,
    /// Not there and not yet due.
    #[schema(example = 2, minimum = 0)]
    pub pending: i64,
    #[schema(example = 1, minimum = 0)]
    pub exempt: i64,
    #[schema(example = 0, minimum = 0)]
    pub not_required: i64,
    /// Submitted of required.
    pub completeness: Ratio,
    /// On time of required.
    pub timeliness: Ratio,
    /// On time of submitted.
    pub timeliness_of_submitted: Ratio,
}

impl From<&ReportingTally> for ReportingMeasures {
    fn from(tally: &ReportingTally) -> Self {
        use ReportingState::{Exempt, Late, Missing, NotRequired, OnTime, Pending};
        let (on_time, late) = (tally.of(OnTime), tally.of(Late));
        let (missing, pending) = (tally.of(Missing), tally.of(Pending));
        let submitted = on_time + late;
        let required = submitted + missing + pending;
        Self {
            required,
            submitted,
            on_time,
            late,
            missing,
            pending,
            exempt: tally.of(Exempt),
            not_required: tally.of(NotRequired),
            completeness: Ratio::of_counts(submitted, required),
            timeliness: Ratio::of_counts(on_time, required),
            timeliness_of_submitted: Ratio::of_counts(on_time, submitted),
        }
    }
}

#[cfg(test)]
#[path = "expectations/tests.rs"]
mod tests;
