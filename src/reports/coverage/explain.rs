//! The rule of each figure in words, its parts, and what was left out.

use crate::{
    http::request::Language,
    ids::Id,
    measures::{CoverageTally, Decimal, ProgrammeState, ROUNDING},
    reports::{
        coverage::cells::Cell,
        explained::{FigureExplained, FigureGap, FigurePart, FiguresExplained},
        links::Records,
        words::Phrase,
    },
};
use chrono::NaiveDate;

/// Where the records of the figures are.
pub struct Place<'a> {
    /// None: too deep to be read one by one.
    pub unit: Option<Id>,
    pub documents: &'a [Id],
    pub day: NaiveDate,
    /// The address of this very answer, to be narrowed to some rows.
    pub address: &'a str,
}

/// One figure to be explained: its name, its rule, its parts, and what it leaves out.
struct Line(&'static str, Phrase, Part, Option<Part>, Out);

/// A part: what it is, how much, and which list shows it.
#[derive(Clone, Copy)]
struct Part(Phrase, fn(&CoverageTally) -> i64, List);

/// The list behind a part.
#[derive(Clone, Copy)]
enum List {
    None,
    /// Rows of this very report.
    Rows(&'static str),
    /// Receipts of the one document asked for.
    Receipts,
    /// Tasks of the one document asked for.
    Tasks(Records),
}

/// What a figure leaves out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Out {
    Nothing,
    NotApplicable,
    /// Also what no deadline can judge yet.
    Unjudged,
}

const UNITS: Part = Part(Phrase::CoverageUnits, |t| t.units, List::Rows("missing,late,issued"));
const NOT_APPLICABLE: Part =
    Part(Phrase::OutNotApplicable, |t| t.not_applicable, List::Rows("not_applicable"));
const RECEIVED: Part = Part(Phrase::ReceiptReceived, |t| t.received, List::Receipts);
const STUDIED: Part = Part(Phrase::CoverageStudied, |t| t.studied, List::None);
const MISSING: Part = Part(Phrase::CoverageMissing, |t| t.missing, List::Rows("missing"));
const MISSING_OVERDUE: Part = Part(Phrase::CoverageMissingOverdue, |t| t.missing_overdue, List::None);
const LATE: Part = Part(Phrase::CoverageLate, |t| t.late, List::Rows("late"));
const ISSUED: Part = Part(Phrase::CoverageIssued, |t| t.issued, List::Rows("issued"));
const ANY: Part = Part(Phrase::CoverageAny, |t| t.issued + t.late, List::Rows("late,issued"));
const JUDGED: Part = Part(Phrase::CoverageJudged, |t| t.issued + t.late + t.missing_overdue, List::None);
const TASKS: Part = Part(Phrase::CoverageTasks, |t| t.tasks, List::Tasks(Records::Counted));
const OVERDUE: Part = Part(Phrase::Overdue, |t| t.overdue, List::Tasks(Records::Overdue));

/// In the order of the figures.
static LINES: [Line; 15] = [
    Line("units", Phrase::CoverageUnits, UNITS, None, Out::NotApplicable),
    Line("not_applicable", Phrase::OutNotApplicable, NOT_APPLICABLE, None, Out::Nothing),
    Line("received", Phrase::ReceiptReceived, RECEIVED, None, Out::NotApplicable),
    Line("studied", Phrase::CoverageStudied, STUDIED, None, Out::NotApplicable),
    Line("missing", Phrase::CoverageMissing, MISSING, None, Out::NotApplicable),
    Line("missing_overdue", Phrase::CoverageMissingOverdue, MISSING_OVERDUE, None, Out::NotApplicable),
    Line("late", Phrase::CoverageLate, LATE, None, Out::NotApplicable),
    Line("issued", Phrase::CoverageIssued, ISSUED, None, Out::NotApplicable),
    Line("tasks", Phrase::CoverageTasks, TASKS, None, Out::Nothing),
    Line("overdue", Phrase::Overdue, OVERDUE, None, Out::Nothing),
    Line("received_pct", Phrase::CoverageReceivedPct, RECEIVED, Some(UNITS), Out::NotApplicable),
    Line("studied_pct", Phrase::CoverageStudiedPct, STUDIED, Some(UNITS), Out::NotApplicable),
    Line("programme_pct", Phrase::CoverageProgrammePct, ANY, Some(UNITS), Out::NotApplicable),
    Line("on_time_pct", Phrase::CoverageOnTimePct, ISSUED, Some(JUDGED), Out::Unjudged),
    Line("overdue_pct", Phrase::OverduePct, OVERDUE, Some(TASKS), Out::Nothing),
];

/// Explains every figure.
pub fn explain(cells: &[Cell], tally: &CoverageTally, place: &Place, language: Language) -> FiguresExplained {
    let part = |Part(meaning, value, list): &Part| FigurePart {
        meaning: meaning.say(language),
        value: Decimal::whole(value(tally)),
        records_url: place.url(*list),
    };
    let gap =
        |reason, because: Phrase, pairs| FigureGap { reason, because: because.say(language), units: pairs };
    let waiting = cells
        .iter()
        .filter(|cell| cell.programme.state == ProgrammeState::Missing && cell.programme.days_late.is_none());
    let waiting = i64::try_from(waiting.count()).unwrap_or(i64::MAX);
    let left_out = |out: Out| {
        let mut gaps = Vec::new();
        if out != Out::Nothing {
            gaps.push(gap("not_applicable", Phrase::OutNotApplicable, tally.not_applicable));
        }
        if out == Out::Unjudged {
            gaps.push(gap("not_yet_due", Phrase::OutProgrammeNotYetDue, waiting));
        }
        gaps
    };
    let one = |line: &Line| FigureExplained {
        measure: line.0,
        rule: line.1.say(language),
        num: part(&line.2),
        den: line.3.as_ref().map(part),
        left_out: left_out(line.4),
    };
    FiguresExplained { rounding: ROUNDING, measures: LINES.iter().map(one).collect() }
}

impl Place<'_> {
    /// The list behind a part; none where no list shows just that.
    fn url(&self, list: List) -> Option<String> {
        let (unit, day) = (self.unit?, self.day);
        let one = match self.documents {
            [one] => Some(one),
            _ => None,
        };
        match list {
            List::None => None,
            List::Rows(states) => Some(format!("{}&programme={states}", self.address)),
            List::Receipts => one.map(|document| {
                format!(
                    "/api/v1/receipts?document_id={document}&under={unit}&as_of={day}&standing=live&state=received,assigned"
                )
            }),
            List::Tasks(records) => {
                one.map(|document| records.under_document(unit, *document, day))
            }
        }
    }
}
