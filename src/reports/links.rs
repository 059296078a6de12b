//! The way from a figure to its records: the list of tasks, filtered so that it shows just those.

use crate::ids::Id;
use chrono::NaiveDate;

/// The tasks a figure counts, as filters of the list of tasks name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Records {
    /// Whatever their status.
    All,
    /// Not cancelled.
    Counted,
    Cancelled,
    Done,
    DoneOnTime,
    DoneLate,
    Overdue,
    Awaiting,
    /// Done with a due date, or overdue.
    JudgedOnTime,
    NoDueDate,
    DoneWithoutDue,
    NotYetDue,
}

impl Records {
    const fn filter(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Counted => "&status=registered,accepted,returned,in_progress,submitted,completed,closed",
            Self::Cancelled => "&status=cancelled",
            Self::Done => "&status=completed,closed",
            Self::DoneOnTime => "&timeliness=completed_on_time",
            Self::DoneLate => "&timeliness=completed_late",
            Self::Overdue => "&timeliness=overdue",
            Self::Awaiting => "&timeliness=awaiting_confirmation",
            Self::JudgedOnTime => "&timeliness=completed_on_time,completed_late,overdue",
            Self::NoDueDate => "&timeliness=no_due_date",
            Self::DoneWithoutDue => "&status=completed,closed&timeliness=no_due_date",
            Self::NotYetDue => "&timeliness=in_time,due_soon",
        }
    }
}

impl Records {
    /// Those that put a document into practice in a unit and below it.
    pub fn under_document(self, unit: Id, document: Id, day: NaiveDate) -> String {
        format!("{}&under_document_id={document}", under(unit, day, self))
    }
}

/// Tasks of a unit and all below it on a day.
pub fn under(unit: Id, day: NaiveDate, records: Records) -> String {
    format!("/api/v1/tasks?under={unit}&as_of={day}{}", records.filter())
}

/// Tasks that a unit itself leads on a day.
pub fn own(unit: Id, day: NaiveDate, records: Records) -> String {
    format!("/api/v1/tasks?unit_id={unit}&as_of={day}{}", records.filter())
}

/// Tasks under a unit that another one gave and has to answer.
pub fn given_by(assigner: Id, unit: Id, day: NaiveDate) -> String {
    format!("{}&assigner_unit_id={assigner}", under(unit, day, Records::Awaiting))
}
