//! The life cycle of a part, and when its task lets it move. Pure.

use crate::{measures::Status, policy::Action, tasks::wire::PartStatus, vocabulary};
use PartStatus::{Accepted, Assigned, InProgress, Submitted};

vocabulary! {
    /// What moves a part from one state to the next; its first report does too.
    PartCommand { Submit = "submit", Accept = "accept", Return = "return" }
}

impl PartCommand {
    /// The state it leads to; `None` when it cannot be done from here.
    pub const fn leads(self, from: PartStatus) -> Option<PartStatus> {
        match (self, from) {
            (Self::Submit, InProgress) => Some(Submitted),
            (Self::Accept, Submitted) => Some(Accepted),
            (Self::Return, Submitted) => Some(InProgress),
            _ => None,
        }
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Submit => Action::PartSubmit,
            Self::Accept => Action::PartAccept,
            Self::Return => Action::PartReturn,
        }
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Submit => "task.part_submitted",
            Self::Accept => "task.part_accepted",
            Self::Return => "task.part_returned",
        }
    }
}

/// Whether progress may be reported on a part.
pub const fn takes_reports(status: PartStatus) -> bool {
    matches!(status, Assigned | InProgress)
}

/// Whether parts of a task in this state may move. A task may be handed in and confirmed while parts
/// are open, and these may still be finished until it is closed.
pub const fn moves_in(task: Status) -> bool {
    matches!(task, Status::Accepted | Status::InProgress | Status::Submitted | Status::Completed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_goes_forward_and_only_a_return_leads_back() {
        let arrows: Vec<(PartCommand, PartStatus, PartStatus)> = PartCommand::ALL
            .iter()
            .flat_map(|command| PartStatus::ALL.iter().map(move |from| (*command, *from)))
            .filter_map(|(command, from)| Some((command, from, command.leads(from)?)))
            .collect();
        assert_eq!(
            arrows,
            [
                (PartCommand::Submit, InProgress, Submitted),
                (PartCommand::Accept, Submitted, Accepted),
                (PartCommand::Return, Submitted, InProgress),
            ]
        );
    }
}
