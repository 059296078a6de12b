//! What keeps a report from being handed in, and what has to be explained first.

use crate::{
    db::{
        AnyConn,
        schema::{indicator_values as values, org_units},
    },
    error::{Code, Fault, Phrase, Result, Said},
    forms::{
        model as forms,
        rules::names_of,
        wire::{FormItem, FormItemKind, FormRuleMissing, FormRuleSeverity},
    },
    ids::Id,
    indicators::values::{
        content as fields,
        enter::day_fault,
        model::{Content, Row as Value},
        workflow::ValueStatus,
    },
    measures::{Exact, Formula, Period, is_outlier, rule_holds},
    org_units::model as units,
    place,
    submissions::{
        lines::{self, Slot},
        model::Placed,
        wire::SubmissionLine,
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// Periods of the own past that are looked at.
const PAST: i32 = 12;
/// Fewest peers that say anything.
const PEERS: usize = 5;

/// A report about to be handed in.
pub struct Ready<'a> {
    pub placed: &'a Placed,
    pub slots: &'a HashMap<String, Slot>,
    /// Every line of the form.
    pub lines: &'a [SubmissionLine],
    /// The lines as they were when it was returned last; none when it was not.
    pub returned: Option<&'a [SubmissionLine]>,
    pub nil: bool,
    pub today: NaiveDate,
}

impl Ready<'_> {
    fn items(&self) -> impl Iterator<Item = (usize, &FormItem, &SubmissionLine)> {
        let items = self.placed.version.content.items.0.iter().zip(self.lines);
        items.enumerate().map(|(i, (item, line))| (i, item, line))
    }

    /// All that is wrong with it. Pointers name the lines in the order of the form.
    pub fn faults(&self, conn: &mut AnyConn) -> Result<Vec<Fault>> {
        let mut faults = self.line_faults();
        faults.extend(self.unanswered()?);
        if !self.nil && faults.is_empty() {
            faults.extend(self.rules_and_oddities(conn)?);
        }
        Ok(faults)
    }

    /// Compulsory lines that are missing, and figures that are none of their indicator.
    fn line_faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (i, item, line) in self.items() {
            let at = format!("/lines/{i}");
            let computed = item.kind == FormItemKind::TaskFigure;
            if self.nil && !computed && lines::is_filled(line) {
                let fault = Fault::at(at, Code::NotPermittedHere);
                faults.push(fault.with("why", Phrase::NilWithFigures));
                continue;
            }
            let nil = self.nil || line.nil == Some(true);
            if nil && item.required == Some(true) && item.nil_allowed != Some(true) {
                faults
                    .push(Fault::at(format!("{at}/nil"), Code::NotPermittedHere).with("why", Phrase::NotNil));
            } else if !nil && !computed && item.required == Some(true) && !lines::is_filled(line) {
                let field = match item.kind {
                    FormItemKind::Narrative => "text",
                    FormItemKind::Criterion => "assessment",
                    FormItemKind::Indicator | FormItemKind::TaskFigure => "value",
                };
                let fault = Fault::at(format!("{at}/{field}"), Code::MayNotBeEmpty);
                faults.push(fault.with("line", item.label.0.clone()));
            }
            if let Some(slot) = self.slots.get(&item.key.0).filter(|_| lines::has_figure(line)) {
                let content = lines::content(line);
                faults.extend(fields::faults(&slot.indicator, &content, &at));
                faults.extend(day_fault(&content, self.today, &at));
            }
        }
        faults
    }

    /// Comments of the last return on lines that neither changed nor got an answer.
    fn unanswered(&self) -> Result<Vec<Fault>> {
        let Some(returned) = self.returned else { return Ok(Vec::new()) };
        let asked = self.placed.row.asked()?;
        let mut faults = Vec::new();
        for (i, item, line) in self.items() {
            let Some(one) = asked.iter().find(|one| one.key == item.key) else { continue };
            let before = returned.iter().find(|line| line.key == item.key);
            let changed = before.map(lines::matter) != Some(lines::matter(line));
            let answered = line.answer.as_deref().is_some_and(|text| !text.is_empty());
            if !changed && !answered {
                let fault = Fault::at(format!("/lines/{i}/answer"), Code::NeedsAnswer);
                faults.push(fault.with("comment", one.comment.0.clone()));
            }
        }
        Ok(faults)
    }

    fn rules_and_oddities(&self, conn: &mut AnyConn) -> Result<Vec<Fault>> {
        let names = names_of(conn, &self.placed.version.content)?;
        let figures: HashMap<&str, Exact> =
            self.lines.iter().filter_map(|line| Some((line.key.0.as_str(), figure(line)?))).collect();
        let figure = |name: &str| figures.get(names.get(name)?.as_str()).cloned();
        let mut faults = Vec::new();
        // What wants an explanation, by line.
        let mut odd: Vec<(usize, Said)> = Vec::new();
        for rule in &self.placed.version.content.rules.0 {
            let (Ok(left), Ok(right)) = (Formula::parse(&rule.left), Formula::parse(&rule.right)) else {
                continue;
            };
            let fails = rule.missing == Some(FormRuleMissing::Fail);
            if rule_holds(&left, rule.op, &right, &figure).unwrap_or(!fails) {
                continue;
            }
            let parts: Vec<String> = left.parts().into_iter().chain(right.parts()).collect();
            let named = |key: &str| parts.iter().any(|part| names.get(part).is_some_and(|name| name == key));
            let at = self.items().find(|(_, item, _)| named(&item.key.0)).map_or(0, |(i, ..)| i);
            if rule.severity == FormRuleSeverity::Error {
                let fault = Fault::at(format!("/lines/{at}"), Code::RuleBroken);
                faults.push(fault.with("rule", rule.text_vi.0.clone()));
            } else {
                odd.push((at, rule.text_vi.0.clone().into()));
            }
        }
        for (i, item, line) in self.items() {
            let Some(value) = self::figure(line) else { continue };
            let below = item.min.is_some_and(|min| value < Exact::from(min.0));
            if below || item.max.is_some_and(|max| value > Exact::from(max.0)) {
                odd.push((i, Phrase::OutsideRange.into()));
            }
        }
        odd.extend(self.outliers(conn)?);
        for (i, _, line) in self.items() {
            let said: Vec<Said> =
                odd.iter().filter(|(at, _)| *at == i).map(|(_, said)| said.clone()).collect();
            let explained = line.note.as_deref().is_some_and(|note| !note.is_empty());
            if !said.is_empty() && !explained {
                let fault = Fault::at(format!("/lines/{i}/note"), Code::NeedsExplanation);
                faults.push(fault.with("what", Said::joined(&said, "; ")));
            }
        }
        Ok(faults)
    }

    /// Figures far from the own last periods, or from units of the same level.
    fn outliers(&self, conn: &mut AnyConn) -> Result<Vec<(usize, Said)>> {
        let ids: Vec<Id> = self.slots.values().map(|slot| slot.indicator.id).collect();
        let row = &self.placed.row;
        let first = row.period.shifted(-PAST);
        let since = forms::window(conn, &self.placed.form, first)?.0;
        let own: Vec<Value> = values::table
            .filter(values::unit_id.eq(row.unit_id).and(values::indicator_id.eq_any(&ids)))
            .filter(values::ends_on.ge(since).and(values::ends_on.lt(row.starts_on)))
            .filter(values::status.eq_any([ValueStatus::Submitted, ValueStatus::Approved]))
            .select(Value::as_select())
            .load(conn)?;
        let owner = units::load(conn, self.placed.form.unit_id)?.path;
        let peers: Vec<Id> = org_units::table
            .filter(org_units::level.eq(&self.placed.unit.level).and(org_units::id.ne(row.unit_id)))
            .filter(org_units::path.lt(place::after(&owner)).and(org_units::path.ge(owner)))
            .select(org_units::id)
            .load(conn)?;
        let others = peers_values(conn, &ids, &peers, row.period)?;
        let mut odd: Vec<(usize, Said)> = Vec::new();
        for (i, item, line) in self.items() {
            let (Some(slot), Some(value)) = (self.slots.get(&item.key.0), figure(line)) else { continue };
            let of = |all: &[Value]| -> Vec<Exact> {
                let mine =
                    all.iter().filter(|one| one.indicator_id == slot.indicator.id && one.cell == slot.cell);
                mine.filter_map(|one| number(&one.content)).collect()
            };
            if is_outlier(&value, &of(&own)) {
                odd.push((i, Phrase::UnlikePast.into()));
            }
            let others = of(&others);
            if others.len() >= PEERS && is_outlier(&value, &others) {
                odd.push((i, Phrase::UnlikePeers.into()));
            }
        }
        Ok(odd)
    }
}

fn peers_values(conn: &mut AnyConn, indicators: &[Id], peers: &[Id], period: Period) -> Result<Vec<Value>> {
    let mut found: Vec<Value> = Vec::new();
    for chunk in peers.chunks(500) {
        let rows: Vec<Value> = values::table
            .filter(values::unit_id.eq_any(chunk).and(values::indicator_id.eq_any(indicators)))
            .filter(values::period.eq(period))
            .filter(values::status.eq_any([ValueStatus::Submitted, ValueStatus::Approved]))
            .select(Value::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// The number a line says, shares as they are; `None` where there is none.
fn figure(line: &SubmissionLine) -> Option<Exact> {
    number(&lines::content(line))
}

fn number(content: &Content) -> Option<Exact> {
    content.share()?.figure(1)
}
