//! How far a unit had got with studying a document by a day, whether in time, who was there, and who
//! understood: attendance and understanding are two figures, and neither stands in for the other.

mod tally;

pub use tally::{StudyMeasures, StudyTally};

use crate::{
    measures::{
        Deadline,
        deadlines::{Judged, judge},
    },
    vocabulary,
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

vocabulary! {
    /// A wave of a study: cadres and members first, the people after them.
    Audience {
        CadresAndMembers = "cadres_and_members" "cán bộ, đảng viên",
        People = "people" "Nhân dân",
    }
}

vocabulary! {
    /// A class of people who study. Nobody is counted in two classes of one session.
    AudienceClass {
        /// Cấp ủy viên.
        CommitteeMembers = "committee_members",
        /// Cán bộ, công chức, viên chức.
        CadresCivilServants = "cadres_civil_servants",
        /// Đảng viên.
        PartyMembers = "party_members",
        /// Báo cáo viên, tuyên truyền viên.
        Propagandists = "propagandists",
        /// Đoàn viên, hội viên.
        UnionMembers = "union_members",
        /// Nhân dân.
        People = "people",
        Others = "others",
    }
}

vocabulary! {
    /// How far a unit got. Only a superior who finds it perfunctory leads back.
    StudyState {
        NotStarted = "not_started" "chưa triển khai",
        InProgress = "in_progress" "đang quán triệt",
        Completed = "completed" "đã hoàn thành",
        Verified = "verified" "đã kiểm tra, xác nhận",
    }
}

vocabulary! {
    /// How the study stands to its deadline: computed, never stored.
    StudyTimeliness {
        NoDueDate = "no_due_date",
        InTime = "in_time",
        Overdue = "overdue",
        CompletedOnTime = "completed_on_time",
        CompletedLate = "completed_late",
        Exempt = "exempt",
    }
}

/// Numbers of people by class.
pub type Numbers = BTreeMap<AudienceClass, i64>;

/// A session as it stood on record from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDays {
    pub from: NaiveDate,
    /// Corrected or deleted on this day.
    pub until: Option<NaiveDate>,
    pub held_on: NaiveDate,
    pub audience: Audience,
    pub attended: Numbers,
}

/// What was planned from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanDays {
    pub set_on: NaiveDate,
    /// Of the wave of cadres and members.
    pub planned: Numbers,
}

/// That the whole was complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompletionDays {
    pub completed_on: NaiveDate,
    /// Sent back on this day.
    pub undone_on: Option<NaiveDate>,
}

/// What a superior found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerdictDay {
    pub on: NaiveDate,
    pub confirmed: bool,
}

/// A check of what was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckDay {
    pub on: NaiveDate,
    pub examined: i64,
    pub passed: i64,
}

/// All that is stored of one unit's study of one document. Every list stands in the order of its coming.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Study {
    /// The day the record was made, and the days on which it was this unit's.
    pub made_on: NaiveDate,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Never empty: the first plan also serves days before it was written down.
    pub plans: Vec<PlanDays>,
    pub sessions: Vec<SessionDays>,
    pub completions: Vec<CompletionDays>,
    pub verdicts: Vec<VerdictDay>,
    pub checks: Vec<CheckDay>,
}

/// What a unit owes by the dispatches to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StudyDuty<'a> {
    /// Nothing was sent to it: it counts once it studies by itself.
    Free,
    /// It owes nothing, whatever it does.
    Exempt,
    /// To study, by deadlines in the order in which they were set.
    Owes(&'a [Deadline]),
}

/// What a class was planned to be and was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClassAttendance {
    pub class: AudienceClass,
    /// None: nothing was planned, so that no share can be told.
    pub planned: Option<i64>,
    pub attended: i64,
}

/// What a unit's study is at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyFact {
    pub state: StudyState,
    pub timeliness: StudyTimeliness,
    /// Days after the deadline: of the completion, or of the day while it is not complete.
    pub days_late: Option<i64>,
    pub started_on: Option<NaiveDate>,
    pub completed_on: Option<NaiveDate>,
    pub verified_on: Option<NaiveDate>,
    pub sessions: i64,
    /// Cadres and members, by class.
    pub attendance: Vec<ClassAttendance>,
    pub examined: i64,
    pub understood: i64,
}

impl StudyFact {
    /// Cadres and members who were there and who were planned: each class capped at its planned number,
    /// so that who came twice does not stand in for who did not come. Without a plan there is no number.
    pub fn attended(&self) -> (i64, i64) {
        let planned = self.attendance.iter().filter_map(|one| Some((one.attended, one.planned?)));
        planned.fold((0, 0), |(came, all), (attended, planned)| (came + attended.min(planned), all + planned))
    }

    /// The state of a unit on a day; `None` when it neither owes a study nor has begun one.
    pub fn on(study: Option<&Study>, duty: StudyDuty, day: NaiveDate) -> Option<Self> {
        let study = study.filter(|study| study.stands(day));
        if study.is_none() && duty == StudyDuty::Free {
            return None;
        }
        let sessions: Vec<&SessionDays> = study.map_or(Vec::new(), |study| study.held(day));
        let completed_on = study.and_then(|study| study.completed(day));
        let verified_on = completed_on.and(study.and_then(|study| study.verified(day)));
        let state = match (sessions.is_empty(), completed_on, verified_on) {
            (_, Some(_), Some(_)) => StudyState::Verified,
            (_, Some(_), None) => StudyState::Completed,
            (false, None, _) => StudyState::InProgress,
            (true, None, _) => StudyState::NotStarted,
        };
        let (timeliness, days_late) = timeliness(completed_on, duty, day);
        let checks = || study.iter().flat_map(|study| &study.checks).filter(|check| check.on <= day);
        Some(Self {
            state,
            timeliness,
            days_late,
            started_on: sessions.iter().map(|session| session.held_on).min(),
            completed_on,
            verified_on,
            attendance: attendance(study.map(|study| study.planned(day)), &sessions),
            sessions: i64::try_from(sessions.len()).unwrap_or(i64::MAX),
            examined: checks().map(|check| check.examined).sum(),
            understood: checks().map(|check| check.passed).sum(),
        })
    }
}

impl Study {
    /// Whether there was anything of it by a day, and it was this unit's.
    fn stands(&self, day: NaiveDate) -> bool {
        let theirs = self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until);
        theirs && (self.made_on <= day || !self.held(day).is_empty())
    }

    fn held(&self, day: NaiveDate) -> Vec<&SessionDays> {
        let on_record = |one: &&SessionDays| one.from <= day && one.until.is_none_or(|until| day < until);
        self.sessions.iter().filter(on_record).filter(|one| one.held_on <= day).collect()
    }

    fn completed(&self, day: NaiveDate) -> Option<NaiveDate> {
        let stood = |one: &&CompletionDays| {
            one.completed_on <= day && one.undone_on.is_none_or(|undone| day < undone)
        };
        self.completions.iter().rfind(stood).map(|one| one.completed_on)
    }

    /// The day of the last verdict, when it confirmed.
    fn verified(&self, day: NaiveDate) -> Option<NaiveDate> {
        let last = self.verdicts.iter().rfind(|verdict| verdict.on <= day);
        last.filter(|verdict| verdict.confirmed).map(|verdict| verdict.on)
    }

    fn planned(&self, day: NaiveDate) -> &Numbers {
        static NOTHING: Numbers = Numbers::new();
        let known = self.plans.iter().rfind(|plan| plan.set_on <= day).or_else(|| self.plans.first());
        known.map_or(&NOTHING, |plan| &plan.planned)
    }
}

fn timeliness(
    completed: Option<NaiveDate>,
    duty: StudyDuty,
    day: NaiveDate,
) -> (StudyTimeliness, Option<i64>) {
    let judged = match duty {
        StudyDuty::Exempt => return (StudyTimeliness::Exempt, None),
        StudyDuty::Free => Judged::NoDueDate,
        StudyDuty::Owes(deadlines) => judge(completed, deadlines, day),
    };
    let is = match (completed, judged) {
        (_, Judged::NoDueDate) => StudyTimeliness::NoDueDate,
        (Some(_), Judged::InTime) => StudyTimeliness::CompletedOnTime,
        (Some(_), Judged::Late(_)) => StudyTimeliness::CompletedLate,
        (None, Judged::InTime) => StudyTimeliness::InTime,
        (None, Judged::Late(_)) => StudyTimeliness::Overdue,
    };
    (is, judged.days_late())
}

fn attendance(planned: Option<&Numbers>, sessions: &[&SessionDays]) -> Vec<ClassAttendance> {
    let mut attended = Numbers::new();
    for session in sessions.iter().filter(|session| session.audience == Audience::CadresAndMembers) {
        for (class, number) in &session.attended {
            *attended.entry(*class).or_default() += number;
        }
    }
    let planned_of = |class| planned.and_then(|planned| planned.get(&class)).copied();
    let one = |class: &AudienceClass| {
        let (planned, attended) = (planned_of(*class), attended.get(class).copied());
        (planned.is_some() || attended.is_some()).then(|| ClassAttendance {
            class: *class,
            planned,
            attended: attended.unwrap_or(0),
        })
    };
    AudienceClass::ALL.iter().filter_map(one).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing)]
mod tests;
