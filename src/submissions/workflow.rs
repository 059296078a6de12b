//! The life of a submission: drafted, handed in, returned or approved by each unit of the chain. Pure.

use crate::{policy::Action, vocabulary};
use SubmissionState::{Approved, Draft, Returned, Submitted};

vocabulary! {
    /// How far a submission got.
    SubmissionState {
        Draft = "draft" "dự thảo",
        Submitted = "submitted" "đã nộp",
        Returned = "returned" "bị trả lại",
        /// By every unit of the chain.
        Approved = "approved" "đã duyệt",
    }
}

impl SubmissionState {
    /// Whether it is there, for who counts reports.
    pub const fn is_there(self) -> bool {
        matches!(self, Submitted | Approved)
    }

    /// Whether its lines are being typed.
    pub const fn is_open(self) -> bool {
        matches!(self, Draft | Returned)
    }
}

vocabulary! {
    /// How a submission came.
    SubmissionChannel {
        Online = "online",
        /// Afterwards, out of the old books.
        Backfilled = "backfilled",
    }
}

vocabulary! {
    /// What moves a submission. `transfer` comes with the end of its unit.
    SubmissionCommand {
        Start = "start",
        Save = "save",
        TakeOver = "take_over",
        Submit = "submit",
        Withdraw = "withdraw",
        Return = "return",
        Approve = "approve",
        Unapprove = "unapprove",
        Transfer = "transfer",
    }
}

impl SubmissionCommand {
    /// What is offered with a submission, in the order of the life.
    pub const STEPS: [Self; 7] = [
        Self::Save,
        Self::TakeOver,
        Self::Submit,
        Self::Withdraw,
        Self::Return,
        Self::Approve,
        Self::Unapprove,
    ];

    /// The state and the number of approvals it leads to, of `chain` units; `None` when it cannot be done
    /// from here. Whoever returns it returns it to the unit; only the last approval is taken back.
    pub fn leads(
        self,
        (from, approvals): (SubmissionState, usize),
        chain: usize,
    ) -> Option<(SubmissionState, usize)> {
        match (self, from) {
            (Self::Save | Self::TakeOver, Draft | Returned) => Some((from, 0)),
            (Self::Submit, Draft | Returned) => Some((Submitted, 0)),
            (Self::Withdraw, Submitted) if approvals == 0 => Some((Draft, 0)),
            (Self::Return, Submitted) => Some((Returned, 0)),
            (Self::Approve, Submitted) if approvals + 1 < chain => Some((Submitted, approvals + 1)),
            (Self::Approve, Submitted) => Some((Approved, approvals + 1)),
            (Self::Unapprove, Submitted | Approved) if approvals > 0 => Some((Submitted, approvals - 1)),
            _ => None,
        }
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Return | Self::Approve | Self::Unapprove => Action::SubmissionReview,
            _ => Action::SubmissionMake,
        }
    }

    /// Which of the approving units does it, counted from 0, after so many approvals.
    pub const fn turn(self, approvals: usize) -> Option<usize> {
        match self {
            Self::Return | Self::Approve => Some(approvals),
            Self::Unapprove => Some(approvals.saturating_sub(1)),
            _ => None,
        }
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Unapprove)
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Start => "submission.started",
            Self::Save => "submission.saved",
            Self::TakeOver => "submission.taken_over",
            Self::Submit => "submission.submitted",
            Self::Withdraw => "submission.withdrawn",
            Self::Return => "submission.returned",
            Self::Approve => "submission.approved",
            Self::Unapprove => "submission.unapproved",
            Self::Transfer => "submission.transferred",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_unit_waits_for_the_one_before_and_the_last_approval_goes_first() {
        use SubmissionCommand::{Approve, Return, Unapprove, Withdraw};
        let one = Approve.leads((Submitted, 0), 2);
        assert_eq!(one, Some((Submitted, 1)));
        assert_eq!(Approve.leads((Submitted, 1), 2), Some((Approved, 2)));
        assert_eq!((Approve.turn(0), Approve.turn(1), Unapprove.turn(2)), (Some(0), Some(1), Some(1)));
        assert_eq!(Unapprove.leads((Approved, 2), 2), Some((Submitted, 1)));
        assert_eq!(Unapprove.leads((Submitted, 1), 2), Some((Submitted, 0)));
        assert_eq!(Unapprove.leads((Submitted, 0), 2), None);
        assert_eq!(Withdraw.leads((Submitted, 1), 2), None, "once somebody approved it stays");
        assert_eq!(Return.leads((Submitted, 1), 2), Some((Returned, 0)));
        assert_eq!(Return.leads((Approved, 2), 2), None);
        assert_eq!(Approve.leads((Submitted, 0), 1), Some((Approved, 1)));
    }
}
