//! How every task figure is computed: the one place, used by lists, reports, rankings and exports.
//!
//! Pure rules, no I/O. A caller hands over what is stored (a [`Timeline`] per task, the tree of
//! units) and a day; everything that is counted comes back exact, and becomes a decimal only when
//! it is written out.
//!
//! - [`timeline`]: what a task is on a day, seen with what is known now about that day;
//! - [`tasks`]: counts and shares over many tasks, pooled;
//! - [`rollup`]: a unit's own tasks and those of every unit below it;
//! - [`ranking`]: units by exact values;
//! - [`receipts`]: what units did with documents sent to them;
//! - [`disseminations`]: whether they studied them, and what was understood;
//! - [`deadlines`]: which of several deadlines judges;
//! - [`registrations`]: what units registered in a round;
//! - [`coverage`]: what units made of them: study, own programme, tasks;
//! - [`exact`]: fractions of any size;
//! - [`expectations`]: who owes a periodic report, until when, and how it stands;
//! - [`formula`]: figures of figures;
//! - [`indicators`]: reported values over periods and units;
//! - [`criteria`]: which criteria units meet, lost and must hold;
//! - [`periods`]: weeks to terms, and the days they hold under a regime;
//! - [`working_days`]: which days are worked;
//! - [`ratio`]: numbers that are rounded once, at the edge;
//! - [`spoken`]: figures as people type them;
//! - [`submissions`]: what is strange about reported figures;
//! - [`targets`]: how a figure stands to what was to be reached.

pub mod coverage;
pub mod criteria;
pub mod deadlines;
pub mod disseminations;
pub mod exact;
pub mod expectations;
pub mod formula;
pub mod indicators;
pub mod periods;
pub mod ranking;
pub mod ratio;
pub mod receipts;
pub mod registrations;
pub mod rollup;
pub mod spoken;
pub mod status;
pub mod submissions;
pub mod targets;
pub mod tasks;
pub mod timeline;
pub mod working_days;

pub use coverage::{
    CoverageFact, CoverageMeasures, CoverageTally, ProgrammeDays, ProgrammeFact, ProgrammeState,
};
pub use criteria::{
    CriteriaCounts, CriteriaFact, CriteriaMeasures, CriteriaTally, CriterionClaim, CriterionEntry,
    CriterionEntryKind, CriterionFact, CriterionStatement, CriterionStatus,
};
pub use deadlines::Deadline;
pub use disseminations::{
    Audience, AudienceClass, Study, StudyDuty, StudyFact, StudyMeasures, StudyState, StudyTally,
    StudyTimeliness,
};
pub use exact::Exact;
pub use expectations::{
    Allowed, ExpectationCause, Freed, HandedIn, ReportDays, ReportDuty, ReportStanding, ReportingMeasures,
    ReportingState, ReportingTally, UnitLife, deadlines_of,
};
pub use formula::Formula;
pub use indicators::{Direction, Entry, Gap, OverPeriods, OverUnits, Qualifier, Reported, Share, Whole};
pub use periods::{CutOff, Month, Period, PeriodKind, Regime, Relative};
pub use ranking::{Measure, Ranked, Ranking, Unscored, rank};
pub use ratio::{Decimal, ROUNDING, Ratio};
pub use receipts::{
    ReceiptFact, ReceiptMeasures, ReceiptStanding, ReceiptState, ReceiptTally, ReceiptTimeliness,
};
pub use registrations::{
    QuotaVerdict, RegistrationFact, RegistrationLineCounts, RegistrationMeasures, RegistrationQuotaStanding,
    RegistrationState, RegistrationTally, RegistrationTimeliness, RegistrationWarning,
};
pub use rollup::{by_parent, roll_up};
pub use status::{Status, Timeliness};
pub use submissions::{RuleOperator, is_outlier, rule_holds};
pub use targets::{Aim, Course, Judgement, Pace, Standing, TargetVerdict, judge, judge_milestone};
pub use tasks::{DUE_SOON_DAYS, Freshness, Tally, TaskMeasures, TaskShare, freshness, timeliness};
pub use timeline::{Extension, Fact, State, Timeline, judged_due_on};
pub use working_days::{DayKind, DayOccasion, WorkingDays};

#[cfg(test)]
mod tests;
