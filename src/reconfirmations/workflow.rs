//! What an owner is asked and may answer. Pure.

use crate::{clock::Instant, vocabulary};
use chrono::NaiveDate;

vocabulary! {
    /// What kind of record its owner is asked about.
    TouchedKind { Programme = "programme" "chương trình hành động", Task = "task" "đầu việc" }
}

vocabulary! {
    /// What an owner answers: it stays as it is, it will be amended, or it falls away. What follows from
    /// the last two is done by the commands of the record itself.
    ReconfirmationOutcome {
        Confirmed = "confirmed" "giữ nguyên",
        ToAmend = "to_amend" "sẽ sửa đổi",
        Ended = "ended" "chấm dứt",
    }
}

vocabulary! {
    /// Where the question stands: not put as long as the document is a draft, open, or answered.
    ReconfirmationState {
        None = "none",
        Asked = "asked",
        Confirmed = "confirmed",
        ToAmend = "to_amend",
        Ended = "ended",
    }
}

impl ReconfirmationOutcome {
    /// Whether it must be said why.
    pub const fn needs_note(self) -> bool {
        !matches!(self, Self::Confirmed)
    }
}

impl ReconfirmationState {
    /// Follows from whether the document is issued, and the answer.
    pub const fn of(issued: bool, answer: Option<ReconfirmationOutcome>) -> Self {
        match answer {
            Some(ReconfirmationOutcome::Confirmed) => Self::Confirmed,
            Some(ReconfirmationOutcome::ToAmend) => Self::ToAmend,
            Some(ReconfirmationOutcome::Ended) => Self::Ended,
            None if issued => Self::Asked,
            None => Self::None,
        }
    }

    /// The answer, when it is one.
    pub const fn outcome(self) -> Option<ReconfirmationOutcome> {
        match self {
            Self::None | Self::Asked => None,
            Self::Confirmed => Some(ReconfirmationOutcome::Confirmed),
            Self::ToAmend => Some(ReconfirmationOutcome::ToAmend),
            Self::Ended => Some(ReconfirmationOutcome::Ended),
        }
    }
}

/// The first moment whose records a document does not touch: they came after it. A day counts as a
/// whole; an undated paper is of the day it was registered, and a draft would touch all there is.
pub fn end(issued: bool, issued_on: Option<NaiveDate>, registered: Instant) -> Instant {
    if issued {
        Instant::end_of(issued_on.unwrap_or(registered.day()))
    } else {
        Instant::from_millis(i64::MAX)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_open_from_issue_to_answer() {
        use {ReconfirmationOutcome as Outcome, ReconfirmationState as State};
        assert_eq!(State::of(false, None), State::None);
        assert_eq!(State::of(true, None), State::Asked);
        for outcome in Outcome::ALL.iter().copied() {
            let state = State::of(true, Some(outcome));
            assert_eq!((state.as_str(), state.outcome()), (outcome.as_str(), Some(outcome)));
        }
    }

    #[test]
    fn only_what_stays_needs_no_words() {
        let needs = |outcome: &ReconfirmationOutcome| outcome.needs_note();
        assert_eq!(ReconfirmationOutcome::ALL.iter().map(needs).collect::<Vec<_>>(), [false, true, true]);
    }

    #[test]
    fn what_came_after_the_day_of_issue_is_not_touched() {
        let at = |text: &str| Instant::parse(text).unwrap();
        let (day, registered) = ("2023-10-01".parse().ok(), at("2023-10-15T12:00:00+07:00"));
        for (issued, on, moment, touched) in [
            (true, day, "2023-10-01T23:59:59+07:00", true),
            (true, day, "2023-10-02T00:00:00+07:00", false),
            (true, None, "2023-10-15T18:00:00+07:00", true),
            (true, None, "2023-10-16T00:00:00+07:00", false),
            (false, day, "2023-12-31T00:00:00+07:00", true),
        ] {
            assert_eq!(at(moment) < end(issued, on, registered), touched, "{issued} {on:?} {moment}");
        }
    }
}
