//! When what can be done with a study. Pure.

use crate::{
    disseminations::wire::VerificationOutcome,
    error::{Phrase, Said},
    measures::{Audience, StudyState},
    policy::Action,
};
use chrono::NaiveDate;

/// A wave as it stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaveNow {
    pub audience: Audience,
    /// The day of its last session.
    pub last_held_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
}

/// A study as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub state: StudyState,
    /// The planned waves, in the order in which they are completed.
    pub waves: Vec<WaveNow>,
}

/// What can be done with a study.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Plan it otherwise.
    Change,
    /// Record, correct or delete a session of a wave.
    Session(Audience),
    Complete(Audience),
    Check,
    Verify,
}

impl Step {
    /// All of them, with the names under which they are listed.
    pub const ALL: [(&'static str, Self); 7] = [
        ("change", Self::Change),
        ("sessions:cadres_and_members", Self::Session(Audience::CadresAndMembers)),
        ("sessions:people", Self::Session(Audience::People)),
        ("complete:cadres_and_members", Self::Complete(Audience::CadresAndMembers)),
        ("complete:people", Self::Complete(Audience::People)),
        ("study-checks", Self::Check),
        ("verifications", Self::Verify),
    ];

    /// The line of the policy table that allows it.
    pub const fn action(self) -> Action {
        match self {
            Self::Verify => Action::DisseminationVerify,
            Self::Change | Self::Session(_) | Self::Complete(_) | Self::Check => Action::DisseminationRecord,
        }
    }
}

impl Standing {
    fn wave(&self, audience: Audience) -> Option<&WaveNow> {
        self.waves.iter().find(|wave| wave.audience == audience)
    }

    /// What keeps from a step; `None` when nothing does.
    pub fn refuses(&self, step: Step) -> Option<Said> {
        let over = self.state >= StudyState::Completed;
        match step {
            Step::Change => over.then(|| self.state.into()),
            Step::Session(audience) => match self.wave(audience) {
                None => Some(Phrase::WaveNotPlanned.into()),
                Some(wave) => wave.completed_on.map(|_| StudyState::Completed.into()),
            },
            Step::Complete(audience) => self.refuses_completion(audience),
            Step::Check => (self.state == StudyState::NotStarted).then(|| self.state.into()),
            Step::Verify => (!over).then(|| self.state.into()),
        }
    }

    /// Waves are completed one after the other, and none without a session.
    fn refuses_completion(&self, audience: Audience) -> Option<Said> {
        let Some(wave) = self.wave(audience) else { return Some(Phrase::WaveNotPlanned.into()) };
        let mut before = self.waves.iter().take_while(|other| other.audience != audience);
        if wave.completed_on.is_some() {
            Some(StudyState::Completed.into())
        } else if before.any(|other| other.completed_on.is_none()) {
            Some(Phrase::EarlierWaveOpen.into())
        } else {
            wave.last_held_on.is_none().then(|| Phrase::NoSession.into())
        }
    }

    /// The first day on which a wave may be complete: not before its last session, nor before the wave
    /// that comes first.
    pub fn earliest_completion(&self, audience: Audience) -> Option<NaiveDate> {
        let held = self.wave(audience).and_then(|wave| wave.last_held_on);
        held.max(self.waves.iter().filter_map(|wave| wave.completed_on).max())
    }

    /// Whether the whole is complete once this wave is.
    pub fn is_last(&self, audience: Audience) -> bool {
        self.waves.iter().all(|wave| wave.audience == audience || wave.completed_on.is_some())
    }
}

impl VerificationOutcome {
    /// What the log calls it.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Confirmed => "dissemination.verified",
            Self::SentBack => "dissemination.sent_back",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use Audience::{CadresAndMembers, People};

    fn day(n: u32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(2023, 10, n)
    }

    fn standing(state: StudyState, members: (Option<NaiveDate>, Option<NaiveDate>)) -> Standing {
        let wave = |audience, (last_held_on, completed_on)| WaveNow { audience, last_held_on, completed_on };
        Standing { state, waves: vec![wave(CadresAndMembers, members), wave(People, (day(3), None))] }
    }

    fn why(standing: &Standing, step: Step) -> Option<String> {
        standing.refuses(step).map(|said| said.plain().to_owned())
    }

    #[test]
    fn members_come_first_and_no_wave_without_a_session() {
        let begun = standing(StudyState::InProgress, (None, None));
        assert_eq!(why(&begun, Step::Complete(CadresAndMembers)).unwrap(), "no session yet");
        assert_eq!(why(&begun, Step::Complete(People)).unwrap(), "an earlier wave is not complete");
        let half = standing(StudyState::InProgress, (day(2), day(5)));
        assert_eq!(why(&half, Step::Complete(People)), None);
        assert_eq!(half.earliest_completion(People), day(5));
        assert!(half.is_last(People) && !begun.is_last(People));
        assert_eq!(why(&half, Step::Session(CadresAndMembers)).unwrap(), "completed");
        assert_eq!(why(&half, Step::Verify).unwrap(), "in_progress");
        let one = Standing { waves: half.waves.iter().copied().take(1).collect(), ..half };
        assert_eq!(why(&one, Step::Session(People)).unwrap(), "not planned");
    }

    #[test]
    fn only_what_is_complete_is_verified_and_nothing_else_moves_then() {
        let done = standing(StudyState::Completed, (day(2), day(5)));
        assert_eq!(why(&done, Step::Verify), None);
        assert!(why(&done, Step::Change).is_some() && why(&done, Step::Check).is_none());
        let new = standing(StudyState::NotStarted, (None, None));
        assert!(why(&new, Step::Check).is_some() && why(&new, Step::Change).is_none());
    }
}
