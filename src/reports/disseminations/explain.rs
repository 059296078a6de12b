//! The rule of each figure in words, its parts, and what was left out.

use crate::{
    http::request::Language,
    ids::Id,
    measures::{Decimal, ROUNDING, StudyFact, StudyTally, StudyTimeliness},
    reports::{
        explained::{FigureExplained, FigureGap, FigurePart, FiguresExplained},
        words::Phrase,
    },
};

/// Where the records of the figures are.
pub struct Place {
    pub document: Id,
    /// None: too deep to be read one by one, or another day than today.
    pub unit: Option<Id>,
}

/// What a figure leaves out beside exempt units.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    Nothing,
    Undated,
    Unplanned,
    Unchecked,
}

/// One figure to be explained: its name, its rule, its parts, and what is left out.
struct Line(&'static str, Phrase, Part, Option<Part>, Without);

/// A part: what it is, how much, and which list shows it.
#[derive(Clone, Copy)]
struct Part(Phrase, fn(&StudyTally) -> i64, Option<&'static str>);

const UNITS: Part = Part(Phrase::StudyUnits, |t| t.units, None);
const STARTED: Part = Part(Phrase::StudyStarted, |t| t.started, Some("in_progress,completed,verified"));
const COMPLETED: Part = Part(Phrase::StudyCompleted, |t| t.completed, Some("completed,verified"));
const VERIFIED: Part = Part(Phrase::StudyVerified, |t| t.verified, Some("verified"));
const ON_TIME: Part = Part(Phrase::StudyOnTime, |t| t.completed_on_time, None);
const JUDGED: Part = Part(Phrase::JudgedStudies, StudyTally::judged, None);

/// In the order of the figures.
static LINES: [Line; 14] = [
    Line("units", Phrase::StudyUnits, UNITS, None, Without::Nothing),
    Line("exempt", Phrase::OutExempt, Part(Phrase::OutExempt, |t| t.exempt, None), None, Without::Nothing),
    Line("started", Phrase::StudyStarted, STARTED, None, Without::Nothing),
    Line("completed", Phrase::StudyCompleted, COMPLETED, None, Without::Nothing),
    Line("verified", Phrase::StudyVerified, VERIFIED, None, Without::Nothing),
    Line("completed_on_time", Phrase::StudyOnTime, ON_TIME, None, Without::Undated),
    Line(
        "completed_late",
        Phrase::StudyLate,
        Part(Phrase::StudyLate, |t| t.completed_late, None),
        None,
        Without::Undated,
    ),
    Line(
        "overdue",
        Phrase::StudyOverdue,
        Part(Phrase::StudyOverdue, |t| t.overdue, None),
        None,
        Without::Undated,
    ),
    Line(
        "sessions",
        Phrase::StudySessions,
        Part(Phrase::StudySessions, |t| t.sessions, None),
        None,
        Without::Nothing,
    ),
    Line("completed_pct", Phrase::StudyCompletedPct, COMPLETED, Some(UNITS), Without::Nothing),
    Line("verified_pct", Phrase::StudyVerifiedPct, VERIFIED, Some(UNITS), Without::Nothing),
    Line("on_time_pct", Phrase::StudyOnTimePct, ON_TIME, Some(JUDGED), Without::Undated),
    Line(
        "attended",
        Phrase::StudyAttendedPct,
        Part(Phrase::StudyAttended, |t| t.attended, None),
        Some(Part(Phrase::StudyPlanned, |t| t.planned, None)),
        Without::Unplanned,
    ),
    Line(
        "understood",
        Phrase::StudyUnderstoodPct,
        Part(Phrase::StudyUnderstood, |t| t.understood, None),
        Some(Part(Phrase::StudyExamined, |t| t.examined, None)),
        Without::Unchecked,
    ),
];

/// Explains every figure.
pub fn explain(
    facts: &[&StudyFact],
    tally: &StudyTally,
    place: &Place,
    language: Language,
) -> FiguresExplained {
    let part = |Part(meaning, value, states): &Part| FigurePart {
        meaning: meaning.say(language),
        value: Decimal::whole(value(tally)),
        // Whoever is exempt may study all the same, and lists would show it.
        records_url: place.unit.zip(*states).filter(|_| tally.exempt == 0).map(|(unit, states)| {
            format!("/api/v1/disseminations?document_id={}&under={unit}&state={states}", place.document)
        }),
    };
    let gap = |(reason, because, units): (&'static str, Phrase, i64)| FigureGap {
        reason,
        because: because.say(language),
        units,
    };
    let left_out = |line: &Line| match line {
        Line("exempt", ..) => Vec::new(),
        Line(.., without) => {
            let exempt = ("exempt", Phrase::OutExempt, tally.exempt);
            [exempt].into_iter().chain(gaps(facts, *without)).map(gap).collect()
        }
    };
    let one = |line: &Line| FigureExplained {
        measure: line.0,
        rule: line.1.say(language),
        num: part(&line.2),
        den: line.3.as_ref().map(part),
        left_out: left_out(line),
    };
    FiguresExplained { rounding: ROUNDING, measures: LINES.iter().map(one).collect() }
}

/// Units that count and of which a figure still knows nothing, or not all.
fn gaps(facts: &[&StudyFact], without: Without) -> Vec<(&'static str, Phrase, i64)> {
    let many = |is: &dyn Fn(&StudyFact) -> bool| {
        let counted = facts.iter().filter(|fact| fact.timeliness != StudyTimeliness::Exempt);
        i64::try_from(counted.filter(|fact| is(fact)).count()).unwrap_or(i64::MAX)
    };
    let unplanned = |fact: &StudyFact| fact.attendance.iter().all(|one| one.planned.is_none());
    let partly =
        |fact: &StudyFact| !unplanned(fact) && fact.attendance.iter().any(|one| one.planned.is_none());
    match without {
        Without::Nothing => Vec::new(),
        Without::Undated => vec![
            (
                "no_due_date",
                Phrase::OutStudyNoDueDate,
                many(&|fact| fact.timeliness == StudyTimeliness::NoDueDate),
            ),
            (
                "not_yet_due",
                Phrase::OutStudyNotYetDue,
                many(&|fact| fact.timeliness == StudyTimeliness::InTime),
            ),
        ],
        Without::Unplanned => vec![
            ("no_planned_number", Phrase::OutUnplanned, many(&unplanned)),
            ("class_without_planned_number", Phrase::OutClassUnplanned, many(&partly)),
        ],
        Without::Unchecked => {
            vec![("no_check", Phrase::OutUnchecked, many(&|fact| fact.examined == 0))]
        }
    }
}
