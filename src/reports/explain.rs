//! Explanations: the rule of each figure in words, its parts, what was left out and why.

use crate::{
    db::AnyConn,
    error::Result,
    measures::{Decimal, ROUNDING, Ratio, Tally, Timeliness, timeliness},
    reports::{
        ground::Ground,
        links::{self, Records},
        tag::Asked,
        wire::{BeyondDetail, ChangesSince, Explain, Explained, ExplainedGap, ExplainedPart, ImportedShare},
        words::Phrase,
    },
    settings,
    tasks::facts,
};
use std::cmp::Ordering;

/// One figure to be explained.
pub struct Line {
    measure: &'static str,
    rule: Phrase,
    num: Side,
    den: Option<Side>,
    left_out: &'static [Out],
}

impl Line {
    /// The figure's name.
    pub const fn measure(&self) -> &'static str {
        self.measure
    }
}

/// One part of a figure.
struct Side {
    meaning: Phrase,
    value: fn(&Counted) -> Decimal,
    records: Option<Records>,
}

/// A kind of tasks that a figure leaves out.
#[derive(Clone, Copy)]
enum Out {
    Cancelled,
    NoDueDate,
    DoneWithoutDue,
    NotYetDue,
    Awaiting,
    WithoutWeight,
}

/// Everything an explanation counts.
#[derive(Default)]
pub struct Counted {
    tally: Tally,
    /// Kept by the report that knows the rhythm.
    pub silent: i64,
    imported: i64,
    no_due_date: i64,
    not_yet_due: i64,
    without_weight: i64,
    beyond_detail: i64,
}

impl Counted {
    /// Counts the tasks of the whole ground; what is due soon is a setting.
    pub fn of(conn: &mut AnyConn, ground: &Ground) -> Result<Self> {
        let due_soon_days = settings::due_soon_days(conn)?;
        let mut counted = Self::default();
        for task in &ground.facts {
            let fact = &task.fact;
            counted.tally.add(fact, ground.day);
            counted.imported += i64::from(task.imported);
            counted.beyond_detail += i64::from(!ground.reads(fact.unit));
            counted.without_weight += i64::from(fact.weight_milli == 0 && !fact.cancelled());
            match timeliness(fact, ground.day, due_soon_days) {
                Timeliness::NoDueDate => counted.no_due_date += 1,
                Timeliness::InTime | Timeliness::DueSoon => counted.not_yet_due += 1,
                _ => {}
            }
        }
        Ok(counted)
    }
}

impl Out {
    fn left_out(self, counted: &Counted) -> (&'static str, Phrase, i64, Option<Records>) {
        let tally = &counted.tally;
        match self {
            Self::Cancelled => ("cancelled", Phrase::OutCancelled, tally.cancelled, Some(Records::Cancelled)),
            Self::NoDueDate => {
                ("no_due_date", Phrase::OutNoDueDate, counted.no_due_date, Some(Records::NoDueDate))
            }
            Self::DoneWithoutDue => {
                let done = tally.done_without_due();
                ("no_due_date", Phrase::OutNoDueDate, done, Some(Records::DoneWithoutDue))
            }
            Self::NotYetDue => {
                ("not_yet_due", Phrase::OutNotYetDue, counted.not_yet_due, Some(Records::NotYetDue))
            }
            Self::Awaiting => {
                let awaiting = tally.awaiting_confirmation;
                ("awaiting_confirmation", Phrase::OutAwaiting, awaiting, Some(Records::Awaiting))
            }
            // The list of tasks cannot be filtered by weight.
            Self::WithoutWeight => ("without_weight", Phrase::OutWithoutWeight, counted.without_weight, None),
        }
    }
}

const fn count(value: fn(&Counted) -> Decimal, records: Records) -> Side {
    Side { meaning: Phrase::Tasks, value, records: Some(records) }
}

const fn line(measure: &'static str, rule: Phrase, num: Side, left_out: &'static [Out]) -> Line {
    Line { measure, rule, num, den: None, left_out }
}

const fn share(measure: &'static str, rule: Phrase, num: Side, den: Side, left_out: &'static [Out]) -> Line {
    Line { measure, rule, num, den: Some(den), left_out }
}

const fn part(meaning: Phrase, value: fn(&Counted) -> Decimal, records: Records) -> Side {
    Side { meaning, value, records: Some(records) }
}

const TOTAL: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.total);
const CANCELLED: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.cancelled);
const DONE: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.done);
const ON_TIME: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.done_on_time);
const LATE: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.done_late);
const OVERDUE: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.overdue);
const AWAITING: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.awaiting_confirmation);
const JUDGED: fn(&Counted) -> Decimal = |c| Decimal::whole(c.tally.on_time_judged());

/// The lines of the roll-up, in the order of its figures.
pub static TASK_MEASURES: [Line; 11] = [
    line("total", Phrase::Total, count(TOTAL, Records::Counted), &[Out::Cancelled]),
    line("cancelled", Phrase::Cancelled, count(CANCELLED, Records::Cancelled), &[]),
    line("done", Phrase::Done, count(DONE, Records::Done), &[Out::Cancelled]),
    line("done_on_time", Phrase::DoneOnTime, count(ON_TIME, Records::DoneOnTime), &[Out::DoneWithoutDue]),
    line("done_late", Phrase::DoneLate, count(LATE, Records::DoneLate), &[Out::DoneWithoutDue]),
    OVERDUE_LINE,
    AWAITING_LINE,
    share(
        "done_pct",
        Phrase::DonePct,
        part(Phrase::Done, DONE, Records::Done),
        part(Phrase::Total, TOTAL, Records::Counted),
        &[Out::Cancelled],
    ),
    share(
        "overdue_pct",
        Phrase::OverduePct,
        part(Phrase::Overdue, OVERDUE, Records::Overdue),
        part(Phrase::Total, TOTAL, Records::Counted),
        &[Out::Cancelled],
    ),
    share(
        "on_time_pct",
        Phrase::OnTimePct,
        part(Phrase::DoneOnTime, ON_TIME, Records::DoneOnTime),
        part(Phrase::JudgedOnTime, JUDGED, Records::JudgedOnTime),
        &[Out::Cancelled, Out::NoDueDate, Out::NotYetDue, Out::Awaiting],
    ),
    share(
        "weighted_progress",
        Phrase::WeightedProgress,
        part(Phrase::WeightTimesProgress, |c| c.tally.weighted_progress().num(), Records::Counted),
        part(Phrase::Weights, |c| c.tally.weighted_progress().den(), Records::Counted),
        &[Out::Cancelled, Out::WithoutWeight],
    ),
];

const OVERDUE_LINE: Line = line(
    "overdue",
    Phrase::Overdue,
    count(OVERDUE, Records::Overdue),
    &[Out::Cancelled, Out::NoDueDate, Out::Awaiting],
);
const AWAITING_LINE: Line =
    line("awaiting_confirmation", Phrase::Awaiting, count(AWAITING, Records::Awaiting), &[Out::Cancelled]);

/// The lines of who is late, who waits and who is silent.
pub static OVERDUE_MEASURES: [Line; 3] = [
    OVERDUE_LINE,
    AWAITING_LINE,
    Line {
        measure: "silent",
        rule: Phrase::Silent,
        // The list of tasks cannot be filtered by the last report.
        num: Side { meaning: Phrase::Tasks, value: |c| Decimal::whole(c.silent), records: None },
        den: None,
        left_out: &[Out::Cancelled, Out::Awaiting],
    },
];

/// Explains these lines over the whole ground.
pub fn explain(
    conn: &mut AnyConn,
    ground: &Ground,
    asked: &Asked,
    lines: impl IntoIterator<Item = &'static Line>,
    counted: &Counted,
) -> Result<Explain> {
    let say = |phrase: Phrase| phrase.say(asked.language);
    let unit = ground.unit.id;
    let link = |records: Option<Records>| {
        records.filter(|_| ground.reads(unit)).map(|records| links::under(unit, ground.day, records))
    };
    let side = |side: &Side| ExplainedPart {
        meaning: say(side.meaning),
        value: (side.value)(counted),
        records_url: link(side.records),
    };
    let out = |out: &Out| {
        let (reason, because, tasks, records) = out.left_out(counted);
        ExplainedGap { reason, because: say(because), tasks, records_url: link(records) }
    };
    let measures = lines.into_iter().map(|line| Explained {
        measure: line.measure,
        rule: say(line.rule),
        num: side(&line.num),
        den: line.den.as_ref().map(side),
        left_out: line.left_out.iter().map(out).collect(),
    });
    let (changes, last_on) = if ground.day < asked.today {
        facts::changes_after(conn, &ground.units, ground.day)?
    } else {
        (0, None)
    };
    Ok(Explain {
        rounding: ROUNDING,
        day: say(match ground.day.cmp(&asked.today) {
            Ordering::Less => Phrase::Past,
            Ordering::Equal => Phrase::Today,
            Ordering::Greater => Phrase::Future,
        }),
        measures: measures.collect(),
        imported: ImportedShare {
            meaning: say(Phrase::Imported),
            share: Ratio::of_counts(counted.imported, counted.tally.total + counted.tally.cancelled),
        },
        since: ChangesSince { meaning: say(Phrase::Since), changes, last_on },
        beyond_detail: BeyondDetail { meaning: say(Phrase::BeyondDetail), tasks: counted.beyond_detail },
    })
}
