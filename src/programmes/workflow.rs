//! The life of a programme as a table: state, command, who, and whether a reason is due. Pure.
//!
//! ```text
//! draft ─▶ collective_review ─▶ superior_comment ─▶ collective_review ─▶ revised ─▶ adopted ─▶ issued ─▶ executing
//!   ▲             └──────────────────── without a superior's comments ───────────────▲         │
//!   └── return-to-draft ──                        amended (revision n + 1) ◀── amend ───────────┘
//!                                                                 executing ─▶ reviewed ─▶ closed
//! ```
//!
//! While a revision is prepared (`amended` and the steps after it) the tasks of the issue before go on;
//! its issue leads back to `executing`.

use crate::{policy::Action, vocabulary};
use ProgrammeStatus::{
    Adopted, Amended, Closed, CollectiveReview, Draft, Executing, Issued, Reviewed, Revised, SuperiorComment,
};

vocabulary! {
    /// How far a programme has come.
    ProgrammeStatus {
        Draft = "draft" "dự thảo",
        /// Before the unit's collective, which may still change it.
        CollectiveReview = "collective_review" "tập thể đang cho ý kiến",
        /// Before a unit above, which comments.
        SuperiorComment = "superior_comment" "cấp trên đang góp ý",
        /// Completed after the superior's comments, each of which is answered.
        Revised = "revised" "đã tiếp thu, hoàn thiện",
        Adopted = "adopted" "đã thông qua",
        Issued = "issued" "đã ban hành",
        Executing = "executing" "đang thực hiện",
        /// Carried out, while its next revision is drafted.
        Amended = "amended" "đang sửa đổi, bổ sung",
        Reviewed = "reviewed" "đã sơ kết, tổng kết",
        Closed = "closed" "đã kết thúc",
    }
}

vocabulary! {
    /// What moves a programme from one state to the next.
    ProgrammeCommand {
        SubmitForReview = "submit-for-review",
        SendToSuperior = "send-to-superior",
        ReturnComments = "return-comments",
        Revise = "revise",
        Adopt = "adopt",
        Issue = "issue",
        Start = "start",
        Amend = "amend",
        Review = "review",
        Close = "close",
        ReturnToDraft = "return-to-draft",
    }
}

/// One arrow of the life cycle.
struct Arrow {
    command: ProgrammeCommand,
    from: &'static [ProgrammeStatus],
    to: ProgrammeStatus,
}

const ARROWS: &[Arrow] = &[
    Arrow { command: ProgrammeCommand::SubmitForReview, from: &[Draft, Amended], to: CollectiveReview },
    Arrow {
        command: ProgrammeCommand::SendToSuperior,
        from: &[CollectiveReview, Revised],
        to: SuperiorComment,
    },
    Arrow { command: ProgrammeCommand::ReturnComments, from: &[SuperiorComment], to: CollectiveReview },
    Arrow { command: ProgrammeCommand::Revise, from: &[CollectiveReview], to: Revised },
    Arrow { command: ProgrammeCommand::Adopt, from: &[CollectiveReview, Revised], to: Adopted },
    Arrow { command: ProgrammeCommand::Issue, from: &[Adopted], to: Issued },
    Arrow { command: ProgrammeCommand::Start, from: &[Issued], to: Executing },
    Arrow { command: ProgrammeCommand::Amend, from: &[Executing, Reviewed], to: Amended },
    Arrow { command: ProgrammeCommand::Review, from: &[Executing], to: Reviewed },
    Arrow { command: ProgrammeCommand::Close, from: &[Reviewed], to: Closed },
    Arrow {
        command: ProgrammeCommand::ReturnToDraft,
        from: &[CollectiveReview, SuperiorComment, Revised, Adopted],
        to: Draft,
    },
];

impl ProgrammeCommand {
    /// The state it leads to in a revision; `None` when it cannot be done from here. What was issued
    /// before is carried out again once its next revision is issued, and is no draft any more.
    pub fn leads(self, from: ProgrammeStatus, revision: i32) -> Option<ProgrammeStatus> {
        let arrow = ARROWS.iter().find(|arrow| arrow.command == self && arrow.from.contains(&from))?;
        Some(match (self, arrow.to) {
            (Self::Issue, _) if revision > 1 => Executing,
            (Self::ReturnToDraft, _) if revision > 1 => Amended,
            (_, to) => to,
        })
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::SubmitForReview | Self::SendToSuperior | Self::Revise | Self::Start => {
                Action::ProgrammeDraft
            }
            Self::ReturnComments => Action::ProgrammeComment,
            Self::Adopt => Action::ProgrammeAdopt,
            Self::Issue => Action::ProgrammeIssue,
            Self::Amend | Self::Review | Self::Close | Self::ReturnToDraft => Action::ProgrammeLead,
        }
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Amend | Self::ReturnToDraft)
    }

    /// Whether every comment of a superior must be answered before.
    pub const fn needs_answers(self) -> bool {
        matches!(self, Self::SendToSuperior | Self::Revise | Self::Adopt)
    }

    /// Whether the programme is kept as it is handed over.
    pub const fn keeps_version(self) -> bool {
        matches!(
            self,
            Self::SubmitForReview
                | Self::SendToSuperior
                | Self::Revise
                | Self::Adopt
                | Self::Issue
                | Self::Amend
        )
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::SubmitForReview => "programme.submitted",
            Self::SendToSuperior => "programme.sent_to_superior",
            Self::ReturnComments => "programme.comments_returned",
            Self::Revise => "programme.revised",
            Self::Adopt => "programme.adopted",
            Self::Issue => "programme.issued",
            Self::Start => "programme.started",
            Self::Amend => "programme.amended",
            Self::Review => "programme.reviewed",
            Self::Close => "programme.closed",
            Self::ReturnToDraft => "programme.returned_to_draft",
        }
    }
}

/// Whether its items and what it says of itself may change.
pub const fn is_open_to_drafting(status: ProgrammeStatus) -> bool {
    matches!(status, Draft | CollectiveReview | Amended)
}

/// Whether a unit above may comment.
pub const fn takes_comments(status: ProgrammeStatus) -> bool {
    matches!(status, SuperiorComment)
}

/// Whether comments may be answered: until the programme is adopted.
pub const fn takes_answers(status: ProgrammeStatus) -> bool {
    matches!(status, Draft | CollectiveReview | SuperiorComment | Amended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ProgrammeCommand as C;

    #[test]
    fn every_command_leads_somewhere_and_nothing_moves_after_the_end() {
        for command in C::ALL {
            assert!(ProgrammeStatus::ALL.iter().any(|from| command.leads(*from, 1).is_some()), "{command}");
            assert_eq!(command.leads(Closed, 1), None, "{command}");
        }
    }

    #[test]
    fn the_way_from_draft_to_the_end() {
        let way = [
            (C::SubmitForReview, CollectiveReview),
            (C::SendToSuperior, SuperiorComment),
            (C::ReturnComments, CollectiveReview),
            (C::Revise, Revised),
            (C::Adopt, Adopted),
            (C::Issue, Issued),
            (C::Start, Executing),
            (C::Review, Reviewed),
            (C::Close, Closed),
        ];
        let end = way.iter().fold(Draft, |from, (command, to)| {
            assert_eq!(command.leads(from, 1), Some(*to), "{command} from {from}");
            *to
        });
        assert_eq!(end, Closed);
    }

    #[test]
    fn a_later_revision_goes_on_being_carried_out() {
        assert_eq!(C::Amend.leads(Executing, 1), Some(Amended));
        assert_eq!(C::SubmitForReview.leads(Amended, 2), Some(CollectiveReview));
        assert_eq!(C::ReturnToDraft.leads(Adopted, 2), Some(Amended));
        assert_eq!(C::Issue.leads(Adopted, 2), Some(Executing));
        assert_eq!(C::Adopt.leads(Amended, 2), None);
    }

    #[test]
    fn nothing_is_drafted_once_it_lies_before_others() {
        for status in [SuperiorComment, Revised, Adopted, Issued, Executing, Reviewed, Closed] {
            assert!(!is_open_to_drafting(status), "{status}");
        }
    }
}
