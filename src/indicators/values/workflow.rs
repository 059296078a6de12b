//! The life of a value: entered, approved or returned, corrected. Pure.

use crate::{policy::Action, vocabulary};
use ValueStatus::{Approved, Returned, Submitted};

vocabulary! {
    /// How far a value got. Only approved ones count.
    ValueStatus {
        Submitted = "submitted" "chờ duyệt",
        Returned = "returned" "bị trả lại",
        Approved = "approved" "đã duyệt",
        /// Taken back with the form it came with.
        Withdrawn = "withdrawn" "đã rút",
    }
}

vocabulary! {
    /// What moves a value.
    ValueCommand {
        Enter = "enter",
        Change = "change",
        Approve = "approve",
        Return = "return",
        Withdraw = "withdraw",
        Correct = "correct",
        /// Its approval is taken back with that of the form it came with.
        Reopen = "reopen",
        Load = "load",
    }
}

impl ValueCommand {
    /// What is offered with a value.
    pub const STEPS: [Self; 4] = [Self::Change, Self::Approve, Self::Return, Self::Correct];

    /// The state it leads to; `None` when it cannot be done from here. What is loaded says its state itself.
    pub const fn leads(self, from: ValueStatus) -> Option<ValueStatus> {
        match (self, from) {
            (Self::Change, Submitted | Returned | ValueStatus::Withdrawn) => Some(Submitted),
            (Self::Approve, Submitted) => Some(Approved),
            (Self::Return, Submitted) => Some(Returned),
            (Self::Withdraw, Submitted | Returned) => Some(ValueStatus::Withdrawn),
            (Self::Correct, Approved) => Some(Approved),
            (Self::Reopen, Approved) => Some(Submitted),
            _ => None,
        }
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Approve | Self::Return | Self::Reopen => Action::ValueApprove,
            Self::Correct => Action::ValueCorrect,
            Self::Enter | Self::Change | Self::Withdraw | Self::Load => Action::ValueEnter,
        }
    }

    /// Whether it judges what somebody entered: never that same person.
    pub const fn judges(self) -> bool {
        matches!(self, Self::Approve)
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Correct)
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Enter => "indicator_value.entered",
            Self::Change => "indicator_value.changed",
            Self::Approve => "indicator_value.approved",
            Self::Return => "indicator_value.returned",
            Self::Withdraw => "indicator_value.withdrawn",
            Self::Correct => "indicator_value.corrected",
            Self::Reopen => "indicator_value.reopened",
            Self::Load => "indicator_value.loaded",
        }
    }
}
