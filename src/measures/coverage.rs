//! Whether a unit has made a document its own programme by a day, and how long that took.

use crate::{
    measures::{
        Ratio,
        deadlines::{Deadline, Judged, judge},
    },
    vocabulary,
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

vocabulary! {
    /// How a unit stands to its own programme for a document: computed, never stored. What is missing
    /// comes first.
    ProgrammeState {
        /// None was issued by the day; whether its deadline has passed is said by the days late.
        Missing = "missing" "chưa ban hành",
        /// Issued, after the deadline.
        Late = "late" "ban hành chậm",
        /// Issued, not after the deadline, or there is none.
        Issued = "issued" "đã ban hành",
        /// The unit is exempt, or the document was recalled from it.
        NotApplicable = "not_applicable" "không phải thực hiện",
    }
}

/// The days that decide about the programme of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProgrammeDays {
    /// From when the unit could work on it: the issue of the document, or else its sending.
    pub since: NaiveDate,
    /// When the unit first issued a programme for it.
    pub issued: Option<NaiveDate>,
    /// When it was exempt or the document was recalled.
    pub released: Option<NaiveDate>,
}

/// What a unit's programme is at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProgrammeFact {
    pub state: ProgrammeState,
    /// Days from the issue of the document to that of the programme, or to the day while it is missing;
    /// null where none is asked for and none was issued.
    #[schema(example = 31)]
    pub lag_days: Option<i64>,
    /// Days after the deadline: of the issue, or of the day while it is missing; null: not late.
    #[schema(example = 6, minimum = 1)]
    pub days_late: Option<i64>,
}

impl ProgrammeDays {
    /// The programme at the end of a day. `deadlines` stand in the order in which they were set; one that
    /// is moved after it ran out never turns late into on time.
    pub fn on(&self, deadlines: &[Deadline], day: NaiveDate) -> ProgrammeFact {
        let by = |step: Option<NaiveDate>| step.filter(|on| *on <= day);
        let issued = by(self.issued);
        let lag = |until: NaiveDate| Some((until - self.since).num_days());
        if by(self.released).is_some() {
            let lag_days = issued.and_then(lag);
            return ProgrammeFact { state: ProgrammeState::NotApplicable, lag_days, days_late: None };
        }
        let judged = judge(issued, deadlines, day);
        let state = match (issued, judged) {
            (None, _) => ProgrammeState::Missing,
            (Some(_), Judged::Late(_)) => ProgrammeState::Late,
            (Some(_), Judged::InTime | Judged::NoDueDate) => ProgrammeState::Issued,
        };
        ProgrammeFact { state, lag_days: lag(issued.unwrap_or(day)), days_late: judged.days_late() }
    }
}

/// What one unit did with one document by a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CoverageFact {
    pub received: bool,
    /// Its study is complete.
    pub studied: bool,
    pub programme: ProgrammeFact,
}

/// Counts over many pairs of a unit and a document.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct CoverageTally {
    pub units: i64,
    pub not_applicable: i64,
    pub received: i64,
    pub studied: i64,
    pub missing: i64,
    pub missing_overdue: i64,
    pub late: i64,
    pub issued: i64,
    pub tasks: i64,
    pub overdue: i64,
}

impl CoverageTally {
    /// Counts a pair, its tasks aside: a task may stand in several pairs and counts once. What does not
    /// apply counts as that and nowhere else.
    pub fn add(&mut self, fact: &CoverageFact) {
        if fact.programme.state == ProgrammeState::NotApplicable {
            self.not_applicable += 1;
            return;
        }
        let is = |state| i64::from(fact.programme.state == state);
        self.units += 1;
        self.received += i64::from(fact.received);
        self.studied += i64::from(fact.studied);
        self.missing += is(ProgrammeState::Missing);
        self.missing_overdue +=
            i64::from(fact.programme.state == ProgrammeState::Missing && fact.programme.days_late.is_some());
        self.late += is(ProgrammeState::Late);
        self.issued += is(ProgrammeState::Issued);
    }

    /// Counts tasks, each once, so many of them overdue.
    pub const fn add_tasks(&mut self, tasks: i64, overdue: i64) {
        self.tasks += tasks;
        self.overdue += overdue;
    }
}

/// The figures of many pairs of a unit and a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct CoverageMeasures {
    /// Pairs that apply: neither exempt nor recalled.
    #[schema(example = 13, minimum = 0)]
    pub units: i64,
    /// In no other figure.
    #[schema(example = 0, minimum = 0)]
    pub not_applicable: i64,
    #[schema(example = 13, minimum = 0)]
    pub received: i64,
    /// With a complete study.
    #[schema(example = 13, minimum = 0)]
    pub studied: i64,
    /// Without a programme.
    #[schema(example = 0, minimum = 0)]
    pub missing: i64,
    /// Without a programme, and the deadline lies before the day.
    #[schema(example = 0, minimum = 0)]
    pub missing_overdue: i64,
    /// With a programme that was issued after the deadline.
    #[schema(example = 1, minimum = 0)]
    pub late: i64,
    /// With a programme that was issued in time.
    #[schema(example = 12, minimum = 0)]
    pub issued: i64,
    /// Tasks that put the documents into practice, each once, cancelled ones aside.
    #[schema(example = 58, minimum = 0)]
    pub tasks: i64,
    #[schema(example = 3, minimum = 0)]
    pub overdue: i64,
    /// received / units
    pub received_pct: Ratio,
    /// studied / units
    pub studied_pct: Ratio,
    /// (issued + late) / units
    pub programme_pct: Ratio,
    /// issued / (issued + late + missing_overdue)
    pub on_time_pct: Ratio,
    /// overdue / tasks
    pub overdue_pct: Ratio,
}

impl From<&CoverageTally> for CoverageMeasures {
    fn from(tally: &CoverageTally) -> Self {
        let CoverageTally { units, not_applicable, received, studied, missing, .. } = *tally;
        let CoverageTally { missing_overdue, late, issued, tasks, overdue, .. } = *tally;
        Self {
            units,
            not_applicable,
            received,
            studied,
            missing,
            missing_overdue,
            late,
            issued,
            tasks,
            overdue,
            received_pct: Ratio::of_counts(received, units),
            studied_pct: Ratio::of_counts(studied, units),
            programme_pct: Ratio::of_counts(issued + late, units),
            on_time_pct: Ratio::of_counts(issued, issued + late + missing_overdue),
            overdue_pct: Ratio::of_counts(overdue, tasks),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
