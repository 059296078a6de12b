//! The life of rounds and registrations. Pure.

use crate::{
    measures::RegistrationState::{self, Accepted, Draft, NotStarted, Returned, Submitted},
    policy::Action,
    vocabulary,
};
use chrono::NaiveDate;

vocabulary! {
    /// Whether units register: follows from the days and moments of a round.
    RegistrationRoundState {
        Planned = "planned" "chưa mở",
        Open = "open" "đang mở",
        Closed = "closed" "đã đóng",
        Cancelled = "cancelled" "đã hủy",
    }
}

/// What a round is on a day, given the days of its commands. It stays open after its last day until it is
/// closed: what comes then is late.
pub fn round_state(
    opens_on: NaiveDate,
    closed: Option<NaiveDate>,
    cancelled: Option<NaiveDate>,
    day: NaiveDate,
) -> RegistrationRoundState {
    let by = |command: Option<NaiveDate>| command.is_some_and(|on| on <= day);
    if by(cancelled) {
        RegistrationRoundState::Cancelled
    } else if by(closed) {
        RegistrationRoundState::Closed
    } else if day < opens_on {
        RegistrationRoundState::Planned
    } else {
        RegistrationRoundState::Open
    }
}

vocabulary! {
    /// What moves a registration from one state to the next. `call` and `transfer` come with the round and
    /// with the end of units.
    RegistrationCommand {
        Call = "call",
        Start = "start",
        Submit = "submit",
        Accept = "accept",
        Return = "return",
        Supplement = "supplement",
        Impose = "impose",
        Transfer = "transfer",
    }
}

impl RegistrationCommand {
    /// What people do, in the order of the life.
    pub const STEPS: [Self; 6] =
        [Self::Start, Self::Submit, Self::Accept, Self::Return, Self::Supplement, Self::Impose];

    /// The state it leads to; `None` when it cannot be done from here. What is imposed has to be completed
    /// by the unit: what it had handed in, or had accepted, goes back to it.
    pub const fn leads(self, from: RegistrationState) -> Option<RegistrationState> {
        match (self, from) {
            (Self::Start, NotStarted) => Some(Draft),
            (Self::Submit, Draft | Returned) => Some(Submitted),
            (Self::Accept, Submitted) => Some(Accepted),
            (Self::Return, Submitted) => Some(Returned),
            (Self::Supplement, Accepted) => Some(Draft),
            (Self::Impose, NotStarted | Draft | Accepted) => Some(Draft),
            (Self::Impose, Returned | Submitted) => Some(Returned),
            _ => None,
        }
    }

    /// Whether the round lets it happen. Once a round is closed nobody registers anew, while what was
    /// handed in before (`handed_in`) is still answered and mended.
    pub const fn possible_in(self, round: RegistrationRoundState, handed_in: bool) -> bool {
        match round {
            RegistrationRoundState::Open => true,
            RegistrationRoundState::Closed => handed_in,
            RegistrationRoundState::Planned | RegistrationRoundState::Cancelled => false,
        }
    }

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Accept => Action::RegistrationAccept,
            Self::Return => Action::RegistrationReturn,
            Self::Impose => Action::RegistrationImpose,
            Self::Start | Self::Submit | Self::Supplement | Self::Call | Self::Transfer => {
                Action::RegistrationMake
            }
        }
    }

    /// Whether the unit does it, and not the one that opened the round.
    pub const fn is_the_units(self) -> bool {
        matches!(self, Self::Start | Self::Submit | Self::Supplement)
    }

    /// Whether somebody has to be told why.
    pub const fn needs_reason(self) -> bool {
        matches!(self, Self::Return | Self::Supplement | Self::Impose)
    }

    /// Whether what comes next is compared with what was there then: after it was handed in, it went
    /// back to the unit.
    pub const fn gives_back(self, from: RegistrationState) -> bool {
        matches!(self, Self::Return | Self::Supplement | Self::Impose) && matches!(from, Submitted | Accepted)
    }

    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Call => "registration.called",
            Self::Start => "registration.started",
            Self::Submit => "registration.submitted",
            Self::Accept => "registration.accepted",
            Self::Return => "registration.returned",
            Self::Supplement => "registration.reopened",
            Self::Impose => "registration.imposed",
            Self::Transfer => "registration.transferred",
        }
    }
}

/// Whether the unit works on its lines.
pub const fn takes_lines(state: RegistrationState) -> bool {
    matches!(state, Draft | Returned)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_life_is_this_and_no_other() {
        let mut arrows = Vec::new();
        for command in RegistrationCommand::ALL {
            for from in RegistrationState::ALL {
                if let Some(to) = command.leads(*from) {
                    arrows.push(format!("{from} {command} {to}"));
                }
            }
        }
        let expected = [
            "not_started start draft",
            "draft submit submitted",
            "returned submit submitted",
            "submitted accept accepted",
            "submitted return returned",
            "accepted supplement draft",
            "not_started impose draft",
            "draft impose draft",
            "returned impose returned",
            "submitted impose returned",
            "accepted impose draft",
        ];
        assert_eq!(arrows, expected);
    }

    #[test]
    fn a_round_opens_by_its_day_and_closes_by_command() {
        let day = |n| NaiveDate::from_ymd_opt(2023, 10, n).unwrap();
        let told = |on| round_state(day(5), Some(day(20)), Some(day(25)), day(on)).as_str();
        assert_eq!(
            [4, 5, 19, 20, 24, 25].map(told),
            ["planned", "open", "open", "closed", "closed", "cancelled"]
        );
        let submit = RegistrationCommand::Submit;
        assert!(!submit.possible_in(RegistrationRoundState::Closed, false));
        assert!(submit.possible_in(RegistrationRoundState::Closed, true));
    }
}
