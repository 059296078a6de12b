//! The rule of each figure in words, its parts, and what was left out.

use crate::{
    http::request::Language,
    ids::Id,
    measures::{Decimal, ROUNDING, ReceiptFact, ReceiptTally, ReceiptTimeliness},
    reports::{
        explained::{FigureExplained, FigureGap, FigurePart, FiguresExplained},
        words::Phrase,
    },
};
use chrono::NaiveDate;

/// Where the records of the figures are.
pub struct Place {
    pub document: Id,
    /// None: too deep to be read one by one.
    pub unit: Option<Id>,
    pub day: NaiveDate,
}

/// One figure to be explained: its name, its rule, its parts, and whether what cannot be judged by a
/// deadline is left out too.
struct Line(&'static str, Phrase, Part, Option<Part>, bool);

/// A part: what it is, how much, and which list shows it.
#[derive(Clone, Copy)]
struct Part(Phrase, fn(&ReceiptTally) -> i64, Option<&'static str>);

const TOTAL: Part = Part(Phrase::ReceiptTotal, |t| t.total, Some("standing=live"));
const SEEN: Part = Part(Phrase::ReceiptSeen, |t| t.seen, Some("standing=live&state=seen,received,assigned"));
const RECEIVED: Part =
    Part(Phrase::ReceiptReceived, |t| t.received, Some("standing=live&state=received,assigned"));
const ASSIGNED: Part = Part(Phrase::ReceiptAssigned, |t| t.assigned, Some("standing=live&state=assigned"));
const ON_TIME: Part = Part(Phrase::ReceiptOnTime, |t| t.received_on_time, None);
const LATE: Part = Part(Phrase::ReceiptLate, |t| t.received_late, None);
const OVERDUE: Part = Part(Phrase::ReceiptOverdue, |t| t.overdue, Some("late=true"));
const JUDGED: Part = Part(Phrase::JudgedReceipts, ReceiptTally::judged, None);

/// In the order of the figures.
static LINES: [Line; 12] = [
    Line("total", Phrase::ReceiptTotal, TOTAL, None, false),
    Line(
        "exempt",
        Phrase::OutExempt,
        Part(Phrase::OutExempt, |t| t.exempt, Some("standing=exempt")),
        None,
        false,
    ),
    // The list also shows what was recalled and then sent again.
    Line("recalled", Phrase::OutRecalled, Part(Phrase::OutRecalled, |t| t.recalled, None), None, false),
    Line("seen", Phrase::ReceiptSeen, SEEN, None, false),
    Line("received", Phrase::ReceiptReceived, RECEIVED, None, false),
    Line("assigned", Phrase::ReceiptAssigned, ASSIGNED, None, false),
    Line("received_on_time", Phrase::ReceiptOnTime, ON_TIME, None, true),
    Line("received_late", Phrase::ReceiptLate, LATE, None, true),
    Line("overdue", Phrase::ReceiptOverdue, OVERDUE, None, true),
    Line("received_pct", Phrase::ReceivedPct, RECEIVED, Some(TOTAL), false),
    Line("assigned_pct", Phrase::AssignedPct, ASSIGNED, Some(TOTAL), false),
    Line("on_time_pct", Phrase::ReceiptOnTimePct, ON_TIME, Some(JUDGED), true),
];

/// Explains every figure.
pub fn explain(
    facts: &[ReceiptFact],
    tally: &ReceiptTally,
    place: &Place,
    language: Language,
) -> FiguresExplained {
    let part = |Part(meaning, value, list): &Part| FigurePart {
        meaning: meaning.say(language),
        value: Decimal::whole(value(tally)),
        records_url: place.unit.zip(*list).map(|(unit, list)| {
            let Place { document, day, .. } = place;
            format!("/api/v1/receipts?document_id={document}&under={unit}&as_of={day}&{list}")
        }),
    };
    let gap = |reason, because: Phrase, units| FigureGap { reason, because: because.say(language), units };
    let apart = || {
        vec![
            gap("exempt", Phrase::OutExempt, tally.exempt),
            gap("recalled", Phrase::OutRecalled, tally.recalled),
        ]
    };
    let unjudged = || {
        let many =
            |is| i64::try_from(facts.iter().filter(|fact| fact.timeliness == is).count()).unwrap_or(i64::MAX);
        let (undated, open) = (many(ReceiptTimeliness::NoDueDate), many(ReceiptTimeliness::InTime));
        vec![
            gap("no_due_date", Phrase::OutReceiptNoDueDate, undated),
            gap("not_yet_due", Phrase::OutReceiptNotYetDue, open),
        ]
    };
    let left_out = |line: &Line| match line {
        Line("exempt" | "recalled", ..) => Vec::new(),
        Line(.., true) => apart().into_iter().chain(unjudged()).collect(),
        Line(.., false) => apart(),
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
