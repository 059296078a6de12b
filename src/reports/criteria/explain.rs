//! The rule of each figure in words, its parts, and what was left out.

use crate::{
    http::request::Language,
    ids::Id,
    measures::{CriteriaTally, Decimal, ROUNDING},
    reports::{
        explained::{FigureExplained, FigureGap, FigurePart, FiguresExplained},
        words::Phrase,
    },
};
use chrono::NaiveDate;

/// Where the records of the figures are.
pub struct Place {
    pub set: Id,
    /// None: too deep to be read one by one.
    pub unit: Option<Id>,
    pub day: NaiveDate,
}

/// One figure to be explained: its name, its rule and its parts.
struct Line(&'static str, Phrase, Part, Option<Part>);

/// A part: what it is, how much, and whether the list of recognitions shows it.
#[derive(Clone, Copy)]
struct Part(Phrase, fn(&CriteriaTally) -> i64, bool);

const UNITS: Part = Part(Phrase::CriteriaUnits, |t| t.units, false);
const COMPLETE: Part = Part(Phrase::CriteriaComplete, |t| t.complete, false);
const RECOGNISED: Part = Part(Phrase::CriteriaRecognised, |t| t.recognised, true);

/// In the order of the figures.
static LINES: [Line; 9] = [
    Line("units", Phrase::CriteriaUnits, UNITS, None),
    Line("complete", Phrase::CriteriaComplete, COMPLETE, None),
    Line("recognised", Phrase::CriteriaRecognised, RECOGNISED, None),
    Line("with_lost", Phrase::CriteriaWithLost, Part(Phrase::CriteriaWithLost, |t| t.with_lost, false), None),
    Line(
        "not_holding",
        Phrase::CriteriaNotHolding,
        Part(Phrase::CriteriaNotHolding, |t| t.not_holding, false),
        None,
    ),
    Line("awaiting", Phrase::CriteriaAwaiting, Part(Phrase::CriteriaAwaiting, |t| t.awaiting, false), None),
    Line("complete_pct", Phrase::CriteriaCompletePct, COMPLETE, Some(UNITS)),
    Line("recognised_pct", Phrase::CriteriaRecognisedPct, RECOGNISED, Some(UNITS)),
    Line(
        "met_pct",
        Phrase::CriteriaMetPct,
        Part(Phrase::CriteriaMet, |t| t.met, false),
        Some(Part(Phrase::CriteriaAll, |t| t.of, false)),
    ),
];

/// Explains every figure. `awaiting`: units with a self-assessment that nobody above has answered.
pub fn explain(tally: &CriteriaTally, awaiting: i64, place: &Place, language: Language) -> FiguresExplained {
    let part = |Part(meaning, value, listed): &Part| FigurePart {
        meaning: meaning.say(language),
        value: Decimal::whole(value(tally)),
        records_url: place.unit.filter(|_| *listed).map(|unit| {
            let Place { set, day, .. } = place;
            format!("/api/v1/criteria-recognitions?set_id={set}&under={unit}&as_of={day}")
        }),
    };
    // What nobody above has answered counts nowhere as met.
    let unverified =
        || FigureGap { reason: "awaiting", because: Phrase::OutUnverified.say(language), units: awaiting };
    let one = |Line(measure, rule, num, den): &Line| FigureExplained {
        measure,
        rule: rule.say(language),
        num: part(num),
        den: den.as_ref().map(part),
        left_out: match *measure {
            "complete" | "complete_pct" | "met_pct" => vec![unverified()],
            _ => Vec::new(),
        },
    };
    FiguresExplained { rounding: ROUNDING, measures: LINES.iter().map(one).collect() }
}
