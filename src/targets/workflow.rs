//! The life of a target: offered from above or from below, until both agree or the superior decides. Pure.

use crate::{policy::Action, vocabulary};
use TargetStatus::{Agreed, Assigned, Countered, Proposed, Registered, Withdrawn};

vocabulary! {
    /// How far a target got. Figures are judged only by agreed and assigned ones.
    TargetStatus {
        /// The superior's figure is on the table.
        Proposed = "proposed" "cấp trên đề xuất",
        /// The unit's own figure is, and nothing was proposed before.
        Registered = "registered" "đơn vị đăng ký",
        /// The unit answered with another figure.
        Countered = "countered" "đơn vị đề nghị khác",
        Agreed = "agreed" "đã thống nhất",
        /// Decided by the superior.
        Assigned = "assigned" "đã giao",
        Withdrawn = "withdrawn" "đã rút",
    }
}

impl TargetStatus {
    /// Figures are judged by it.
    pub const fn binds(self) -> bool {
        matches!(self, Agreed | Assigned)
    }
}

vocabulary! {
    /// What moves a target.
    TargetCommand {
        Propose = "propose",
        Register = "register",
        Counter = "counter",
        Agree = "agree",
        Assign = "assign",
        /// Another figure for one that binds.
        Rebaseline = "rebaseline",
        Withdraw = "withdraw",
        Load = "load",
    }
}

impl TargetCommand {
    /// What is offered with a target.
    pub const STEPS: [Self; 6] =
        [Self::Propose, Self::Counter, Self::Agree, Self::Assign, Self::Rebaseline, Self::Withdraw];

    /// The state it leads to; `None` when it cannot be done from here. What is loaded says its state itself.
    pub const fn leads(self, from: TargetStatus) -> Option<TargetStatus> {
        match (self, from) {
            (Self::Propose, Proposed | Registered | Countered) => Some(Proposed),
            (Self::Counter, Proposed | Countered) => Some(Countered),
            (Self::Counter, Registered) => Some(Registered),
            (Self::Agree, Proposed | Registered | Countered) => Some(Agreed),
            (Self::Assign, Proposed | Registered | Countered) => Some(Assigned),
            (Self::Rebaseline, Agreed | Assigned) => Some(from),
            (Self::Withdraw, Proposed | Registered | Countered | Agreed | Assigned) => Some(Withdrawn),
            _ => None,
        }
    }

    /// The line of the policy table that allows it: who agrees is who did not make the last offer.
    pub const fn action(self, from: TargetStatus) -> Action {
        match (self, from) {
            (Self::Propose, _) => Action::TargetPropose,
            (Self::Register | Self::Counter, _) => Action::TargetRegister,
            (Self::Agree, Proposed) => Action::TargetAccept,
            _ => Action::TargetDecide,
        }
    }

    /// Whether it judges what somebody offered: never that same person.
    pub const fn judges(self) -> bool {
        matches!(self, Self::Agree)
    }

    /// Whether it says anew what is to be reached.
    pub const fn brings_content(self) -> bool {
        matches!(self, Self::Propose | Self::Counter | Self::Rebaseline)
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Counter | Self::Assign | Self::Rebaseline | Self::Withdraw)
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Propose => "target.proposed",
            Self::Register => "target.registered",
            Self::Counter => "target.countered",
            Self::Agree => "target.agreed",
            Self::Assign => "target.assigned",
            Self::Rebaseline => "target.rebaselined",
            Self::Withdraw => "target.withdrawn",
            Self::Load => "target.loaded",
        }
    }
}
