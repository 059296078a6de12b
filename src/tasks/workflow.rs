//! The life cycle as a table: state, command, who, and whether a reason is due. Pure.

use crate::{measures::Status, policy::Action, vocabulary};
use Status::{Accepted, Cancelled, Closed, Completed, InProgress, Registered, Returned, Submitted};

vocabulary! {
    /// What moves a task from one state to the next.
    Command {
        Accept = "accept",
        Return = "return",
        Resubmit = "resubmit",
        Start = "start",
        Submit = "submit",
        Confirm = "confirm",
        Close = "close",
        Cancel = "cancel",
        Reopen = "reopen",
    }
}

/// One arrow of the life cycle.
struct Arrow {
    command: Command,
    from: &'static [Status],
    to: Status,
}

const ARROWS: &[Arrow] = &[
    Arrow { command: Command::Accept, from: &[Registered], to: Accepted },
    Arrow { command: Command::Return, from: &[Registered], to: Returned },
    Arrow { command: Command::Return, from: &[Submitted], to: InProgress },
    Arrow { command: Command::Resubmit, from: &[Returned], to: Registered },
    Arrow { command: Command::Start, from: &[Accepted], to: InProgress },
    Arrow { command: Command::Submit, from: &[InProgress], to: Submitted },
    Arrow { command: Command::Confirm, from: &[Submitted], to: Completed },
    Arrow { command: Command::Close, from: &[Completed], to: Closed },
    Arrow {
        command: Command::Cancel,
        from: &[Registered, Accepted, Returned, InProgress, Submitted],
        to: Cancelled,
    },
    Arrow { command: Command::Reopen, from: &[Completed], to: InProgress },
];

impl Command {
    /// The state it leads to; `None` when it cannot be done from here.
    pub fn leads(self, from: Status) -> Option<Status> {
        ARROWS.iter().find(|arrow| arrow.command == self && arrow.from.contains(&from)).map(|arrow| arrow.to)
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Accept => Action::TaskAccept,
            Self::Return => Action::TaskReturn,
            Self::Resubmit => Action::TaskResubmit,
            Self::Start => Action::TaskStart,
            Self::Submit => Action::TaskSubmit,
            Self::Confirm => Action::TaskConfirm,
            Self::Close => Action::TaskClose,
            Self::Cancel => Action::TaskCancel,
            Self::Reopen => Action::TaskReopen,
        }
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Cancel | Self::Reopen)
    }

    /// Whether it approves what somebody handed in: never that same person, whatever post they act in.
    pub const fn judges_work(self) -> bool {
        matches!(self, Self::Accept | Self::Confirm)
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Accept => "task.accepted",
            Self::Return => "task.returned",
            Self::Resubmit => "task.resubmitted",
            Self::Start => "task.started",
            Self::Submit => "task.submitted",
            Self::Confirm => "task.confirmed",
            Self::Close => "task.closed",
            Self::Cancel => "task.cancelled",
            Self::Reopen => "task.reopened",
        }
    }
}

/// Whether progress may be reported: the first report starts an accepted task.
pub const fn takes_reports(status: Status) -> bool {
    matches!(status, Accepted | InProgress)
}

/// Whether a later due date may be asked for.
pub const fn takes_extensions(status: Status) -> bool {
    matches!(status, Registered | Accepted | InProgress)
}

/// Whether it is still a draft of the unit that registers it.
pub const fn is_proposal(status: Status) -> bool {
    matches!(status, Registered | Returned)
}

/// Whether work on it goes on, so that somebody must be responsible.
pub const fn is_open(status: Status) -> bool {
    !matches!(status, Completed | Closed | Cancelled)
}

/// Whether nothing can happen to it any more.
pub const fn is_over(status: Status) -> bool {
    matches!(status, Closed | Cancelled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_leads_somewhere_and_only_forward_from_the_end() {
        for command in Command::ALL {
            assert!(Status::ALL.iter().any(|from| command.leads(*from).is_some()), "{command}");
        }
        for end in [Closed, Cancelled] {
            assert!(is_over(end) && Command::ALL.iter().all(|command| command.leads(end).is_none()), "{end}");
        }
        assert_eq!(Command::Return.leads(Registered), Some(Returned));
        assert_eq!(Command::Return.leads(Submitted), Some(InProgress));
        assert_eq!(Command::Confirm.leads(InProgress), None);
    }
}
