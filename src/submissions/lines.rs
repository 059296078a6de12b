//! Lines of a submission: what was typed, and the figures kept of it. Once handed in, the figures are those
//! kept with the values; a form has none of its own.

use crate::{
    db::AnyConn,
    error::{Error, Result},
    forms::{
        rules::classes,
        wire::{FormItem, FormItemKind, FormTaskFigure},
    },
    http::fields::{Amount, Day},
    ids::Id,
    indicators::{
        model::{self as indicators, Row as Indicator},
        values::model::{self as values, Content, Row as Value},
    },
    measures::{Decimal, Qualifier, Tally, TaskMeasures},
    org_units::tree::Tree,
    submissions::{
        model::{Placed, Row},
        wire::{SubmissionFigure, SubmissionLine, SubmissionLineShown},
    },
    tasks::facts,
};
use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// An indicator line with its indicator and the value kept of it.
#[derive(Debug, Clone)]
pub struct Slot {
    pub indicator: Indicator,
    pub cell: String,
    pub value: Option<Value>,
}

/// The indicator lines of a submission, by their keys.
pub fn slots(conn: &mut AnyConn, placed: &Placed) -> Result<HashMap<String, Slot>> {
    let items = &placed.version.content.items.0;
    let ids: Vec<Id> = items.iter().filter_map(|item| item.indicator_id).collect();
    let known: HashMap<Id, Indicator> =
        indicators::load_all(conn, &ids)?.into_iter().map(|row| (row.id, row)).collect();
    let row = &placed.row;
    let kept = values::of_period(conn, row.unit_id, row.ends_on, row.period)?;
    let mut kept: HashMap<(Id, String), Value> =
        kept.into_iter().map(|value| ((value.indicator_id, value.cell.clone()), value)).collect();
    let mut found = HashMap::new();
    for item in items {
        let Some(indicator) = item.indicator_id.and_then(|id| known.get(&id)) else { continue };
        let cell = classes(item).join("/");
        let value = kept.remove(&(indicator.id, cell.clone()));
        found.insert(item.key.0.clone(), Slot { indicator: indicator.clone(), cell, value });
    }
    Ok(found)
}

/// An empty line.
pub fn blank(item: &FormItem) -> SubmissionLine {
    SubmissionLine {
        key: item.key.clone(),
        value: None,
        numerator: None,
        denominator: None,
        qualifier: None,
        estimated: None,
        reached_on: None,
        verdict: None,
        assessment: None,
        text: None,
        nil: None,
        note: None,
        answer: None,
    }
}

/// What a line says as a value.
pub fn content(line: &SubmissionLine) -> Content {
    Content {
        value: line.value.map(|amount| amount.0),
        numerator: line.numerator.map(|amount| amount.0),
        denominator: line.denominator.map(|amount| amount.0),
        qualifier: line.qualifier.unwrap_or(Qualifier::Exactly),
        estimated: line.estimated.unwrap_or(false),
        reached_on: line.reached_on.map(|day| day.0),
        verdict: line.verdict,
    }
}

/// True when a line has a figure.
pub const fn has_figure(line: &SubmissionLine) -> bool {
    line.value.is_some()
        || line.numerator.is_some()
        || line.denominator.is_some()
        || line.reached_on.is_some()
        || line.verdict.is_some()
}

/// True when a line says anything of its matter.
pub fn is_filled(line: &SubmissionLine) -> bool {
    has_figure(line) || line.assessment.is_some() || line.text.as_deref().is_some_and(|text| !text.is_empty())
}

/// A line with the figure of a value in the place of its own.
pub fn with_value(line: SubmissionLine, value: &Value) -> SubmissionLine {
    let kept = &value.content;
    SubmissionLine {
        value: kept.value.map(Amount),
        numerator: kept.numerator.map(Amount),
        denominator: kept.denominator.map(Amount),
        qualifier: (kept.qualifier != Qualifier::Exactly).then_some(kept.qualifier),
        estimated: kept.estimated.then_some(true),
        reached_on: kept.reached_on.map(Day),
        verdict: kept.verdict,
        ..line
    }
}

/// Every line of the form as it stands: typed while it is a draft, else with the figures kept.
pub fn current(
    conn: &mut AnyConn,
    placed: &Placed,
    slots: &HashMap<String, Slot>,
    today: NaiveDate,
) -> Result<Vec<SubmissionLine>> {
    let mut typed: HashMap<String, SubmissionLine> =
        placed.row.lines()?.into_iter().map(|line| (line.key.0.clone(), line)).collect();
    let there = placed.row.state.is_there();
    let items = &placed.version.content.items.0;
    let tasks = if there { None } else { task_figures(conn, placed, items, today)? };
    let one = |item: &FormItem| {
        let line = typed.remove(&item.key.0).unwrap_or_else(|| blank(item));
        match item.kind {
            FormItemKind::Indicator if there && has_figure(&line) => {
                let value = slots.get(&item.key.0).and_then(|slot| slot.value.as_ref());
                value.map_or(line.clone(), |value| with_value(line, value))
            }
            FormItemKind::TaskFigure if !there => {
                let figure = tasks.as_ref().and_then(|tasks| tasks.figure(item));
                SubmissionLine { value: figure.map(Amount), ..line }
            }
            _ => line,
        }
    };
    Ok(items.iter().map(one).collect())
}

/// The lines as they are shown.
pub fn shown(conn: &mut AnyConn, placed: &Placed, today: NaiveDate) -> Result<Vec<SubmissionLineShown>> {
    let slots = slots(conn, placed)?;
    let lines = current(conn, placed, &slots, today)?;
    let asked = placed.row.asked()?;
    let one = |(item, line): (&FormItem, SubmissionLine)| {
        let value = slots.get(&item.key.0).and_then(|slot| slot.value.as_ref());
        SubmissionLineShown {
            kind: item.kind,
            label: item.label.0.clone(),
            required: item.required.unwrap_or(false),
            comment: asked.iter().find(|one| one.key == item.key).map(|one| one.comment.0.clone()),
            from: value.map(|value| SubmissionFigure {
                value_id: value.id,
                status: value.status,
                source: value.source,
                submission_id: value.submission_id,
            }),
            line,
        }
    };
    Ok(placed.version.content.items.0.iter().zip(lines).map(one).collect())
}

/// Figures of the tasks of the unit, and of those of all units below it, on the period's last day.
struct TaskFigures {
    own: TaskMeasures,
    rolled_up: TaskMeasures,
}

impl TaskFigures {
    fn figure(&self, item: &FormItem) -> Option<Decimal> {
        let all = if item.rolled_up.unwrap_or(false) { &self.rolled_up } else { &self.own };
        match item.figure? {
            FormTaskFigure::Total => Some(Decimal::whole(all.total)),
            FormTaskFigure::Done => Some(Decimal::whole(all.done)),
            FormTaskFigure::DoneOnTime => Some(Decimal::whole(all.done_on_time)),
            FormTaskFigure::Overdue => Some(Decimal::whole(all.overdue)),
            FormTaskFigure::DonePct => all.done_pct.value(),
            FormTaskFigure::OnTimePct => all.on_time_pct.value(),
            FormTaskFigure::WeightedProgress => all.weighted_progress.value(),
        }
    }
}

fn task_figures(
    conn: &mut AnyConn,
    placed: &Placed,
    items: &[FormItem],
    today: NaiveDate,
) -> Result<Option<TaskFigures>> {
    if !items.iter().any(|item| item.kind == FormItemKind::TaskFigure) {
        return Ok(None);
    }
    let day = placed.row.ends_on.min(today);
    let tree = Tree::on(conn, placed.row.root_id, day)?;
    let unit = placed.row.unit_id;
    let below = tree.below(unit).into_iter().map(|unit| unit.id);
    let ids: Vec<Id> = [unit].into_iter().chain(below).collect();
    let (mut own, mut all) = (Tally::default(), Tally::default());
    for task in facts::on(conn, &ids, day, today)? {
        all.add(&task.fact, day);
        if task.fact.unit == unit {
            own.add(&task.fact, day);
        }
    }
    Ok(Some(TaskFigures { own: TaskMeasures::from(&own), rolled_up: TaskMeasures::from(&all) }))
}

/// The SHA-256 over what the lines say: figures and texts in the order of the form, without notes.
pub fn hash(row: &Row, lines: &[SubmissionLine]) -> Result<String> {
    let said: Vec<SubmissionLine> = lines.iter().map(matter).collect();
    let canonical = serde_json::to_vec(&(row.nil, said)).map_err(Error::internal)?;
    Ok(Sha256::digest(canonical).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A line without what is said about it.
pub fn matter(line: &SubmissionLine) -> SubmissionLine {
    let filled = line.text.clone().filter(|text| !text.is_empty());
    let qualifier = line.qualifier.filter(|word| *word != Qualifier::Exactly);
    SubmissionLine {
        note: None,
        answer: None,
        text: filled,
        qualifier,
        estimated: line.estimated.filter(|flag| *flag),
        nil: line.nil.filter(|flag| *flag),
        ..line.clone()
    }
}
