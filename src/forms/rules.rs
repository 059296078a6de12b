//! What may stand in a form.

use crate::{
    auth::Actor,
    calendars::regimes::{self, wire::RegimeSystem},
    db::AnyConn,
    error::{Code, Error, Fault, Phrase, Result, Said},
    forms::wire::{FormContent, FormItem, FormItemKind, FormRule},
    indicators::{model as indicators, model::Row as Indicator, values::enter::cell_of},
    measures::{Exact, Formula, PeriodKind},
    org_units::{create as catalogue, model as units},
    place::Place,
};
use chrono::NaiveDate;
use std::collections::{HashMap, HashSet};

mod criteria;

/// What the periods of a form are like.
pub struct Periods<'a> {
    pub kind: PeriodKind,
    pub regime: &'a str,
    /// The day on which the form is written down.
    pub today: NaiveDate,
}

/// Names in a chain that are no levels.
pub const PARENT: &str = "parent";
/// The unit that asks for the form.
pub const OWNER: &str = "owner";

/// All that is wrong with a content.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    owner: &Place,
    content: &FormContent,
    periods: &Periods,
) -> Result<Vec<Fault>> {
    let mut faults = addressee_faults(conn, actor, owner, content)?;
    faults.extend(day_faults(conn, content, periods.regime)?);
    for (i, step) in content.chain.0.iter().enumerate() {
        let named = matches!(step.0.as_str(), PARENT | OWNER);
        if !named && catalogue::rank_of(conn, &step.0)?.is_none() {
            faults.push(catalogue::unknown_level(conn, &format!("/chain/{i}"))?);
        }
    }
    if content.items.0.is_empty() {
        faults.push(Fault::at("/items", Code::MayNotBeEmpty));
    }
    let mut names = HashSet::new();
    for (i, item) in content.items.0.iter().enumerate() {
        let at = format!("/items/{i}");
        if !names.insert(item.key.0.clone()) {
            faults.push(twice(&format!("{at}/key")));
        }
        faults.extend(shape_faults(item, &at));
        faults.extend(criteria::faults(conn, actor, content, item, (&at, periods.today))?);
        if let Some(id) = item.indicator_id.filter(|_| item.kind == FormItemKind::Indicator) {
            match indicators::find(conn, actor, id) {
                Ok(indicator) => faults.extend(indicator_faults(&indicator, item, periods, &at)?),
                Err(e) if e.code == Code::NotFound => {
                    faults.push(Fault::at(format!("{at}/indicator_id"), Code::UnknownReference));
                }
                Err(e) => return Err(e),
            }
        }
    }
    let figures = names_of(conn, content)?;
    faults.extend(rule_faults(&content.rules.0, &figures));
    Ok(faults)
}

fn twice(at: &str) -> Fault {
    Fault::at(at, Code::NotPermittedHere).with("why", Phrase::Twice)
}

fn addressee_faults(
    conn: &mut AnyConn,
    actor: &Actor,
    owner: &Place,
    content: &FormContent,
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    if content.levels.0.is_empty() && content.unit_ids.0.is_empty() {
        faults.push(Fault::at("/levels", Code::MayNotBeEmpty));
    }
    for (i, level) in content.levels.0.iter().enumerate() {
        if catalogue::rank_of(conn, &level.0)?.is_none() {
            faults.push(catalogue::unknown_level(conn, &format!("/levels/{i}"))?);
        }
    }
    for (i, kind) in content.kinds.0.iter().enumerate() {
        if !catalogue::kind_exists(conn, &kind.0)? {
            faults.push(catalogue::unknown_kind(conn, &format!("/kinds/{i}"))?);
        }
    }
    for (i, id) in content.unit_ids.0.iter().enumerate() {
        let at = format!("/unit_ids/{i}");
        match units::find(conn, actor, *id) {
            Ok(unit) if owner.contains(&unit.place()) => {}
            Ok(_) => {
                faults.push(Fault::at(at, Code::NotPermittedHere).with("why", Phrase::NotBelowOwner));
            }
            Err(e) if e.code == Code::NotFound => faults.push(Fault::at(at, Code::UnknownReference)),
            Err(e) => return Err(e),
        }
    }
    Ok(faults)
}

/// What the regime says against the deadlines; one that is not there is a fault of its own.
fn day_faults(conn: &mut AnyConn, content: &FormContent, regime: &str) -> Result<Vec<Fault>> {
    let system = regimes::model::system(conn, regime)?.unwrap_or(RegimeSystem::Other);
    let fault = |name: &'static str, code| Fault::at(format!("/{name}"), code);
    Ok(regimes::rules::deadline_faults(system, content.allowed(), fault))
}

/// Fields that do not go with the kind of a line, or that it lacks.
fn shape_faults(item: &FormItem, at: &str) -> Vec<Fault> {
    use FormItemKind::{Criterion, Indicator, Narrative, TaskFigure};
    let fields = [
        ("indicator_id", item.indicator_id.is_some(), &[Indicator][..], true),
        ("cell", item.cell.is_some(), &[Indicator], false),
        ("criteria_set_id", item.criteria_set_id.is_some(), &[Criterion], true),
        ("criterion", item.criterion.is_some(), &[Criterion], true),
        ("figure", item.figure.is_some(), &[TaskFigure], true),
        ("rolled_up", item.rolled_up.is_some(), &[TaskFigure], false),
        ("required", item.required.is_some(), &[Indicator, Criterion, Narrative], false),
        ("nil_allowed", item.nil_allowed.is_some(), &[Indicator, Criterion, Narrative], false),
        ("min", item.min.is_some(), &[Indicator], false),
        ("max", item.max.is_some(), &[Indicator], false),
        ("max_length", item.max_length.is_some(), &[Narrative], false),
    ];
    let mut faults = Vec::new();
    for (name, there, kinds, needed) in fields {
        let here = kinds.contains(&item.kind);
        if here && needed && !there {
            faults.push(Fault::at(format!("{at}/{name}"), Code::Required));
        } else if !here && there {
            let fault = Fault::at(format!("{at}/{name}"), Code::NotPermittedHere);
            faults.push(fault.with("why", Phrase::NotForItem));
        }
    }
    if let (Some(min), Some(max)) = (item.min, item.max)
        && Exact::from(max.0) < Exact::from(min.0)
    {
        let fault = Fault::at(format!("{at}/max"), Code::OutOfRange);
        faults.push(fault.with("min", min.0.to_string()).with("max", 999_999_999_999_999_i64));
    }
    faults
}

fn indicator_faults(
    indicator: &Indicator,
    item: &FormItem,
    periods: &Periods,
    at: &str,
) -> Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let same = indicator.period_kind == periods.kind && indicator.regime == periods.regime;
    if !same || indicator.formula.is_some() {
        let fault = Fault::at(format!("{at}/indicator_id"), Code::NotPermittedHere);
        faults.push(fault.with("why", Phrase::OtherFormPeriods));
    }
    if cell_of(indicator, &classes(item))?.is_none() {
        faults.push(Fault::at(format!("{at}/cell"), Code::UnknownReference));
    }
    Ok(faults)
}

/// The classes a line names.
pub fn classes(item: &FormItem) -> Vec<&str> {
    item.cell.iter().flat_map(|few| &few.0).map(|code| code.0.as_str()).collect()
}

/// Which line each name of a formula means: its key, or the code of its indicator.
pub fn names_of(conn: &mut AnyConn, content: &FormContent) -> Result<HashMap<String, String>> {
    let ids: Vec<_> = content.items.0.iter().filter_map(|item| item.indicator_id).collect();
    let known: HashMap<_, _> =
        indicators::load_all(conn, &ids)?.into_iter().map(|row| (row.id, row.code)).collect();
    let mut names = HashMap::new();
    for item in content.items.0.iter().filter(|item| item.kind != FormItemKind::Narrative) {
        let code = item.indicator_id.and_then(|id| known.get(&id)).filter(|_| item.cell.is_none());
        if let Some(code) = code {
            names.entry(code.clone()).or_insert_with(|| item.key.0.clone());
        }
    }
    for item in content.items.0.iter().filter(|item| item.kind != FormItemKind::Narrative) {
        names.insert(item.key.0.clone(), item.key.0.clone());
    }
    Ok(names)
}

fn rule_faults(rules: &[FormRule], names: &HashMap<String, String>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut keys = HashSet::new();
    for (i, rule) in rules.iter().enumerate() {
        if !keys.insert(&rule.key.0) {
            faults.push(twice(&format!("/rules/{i}/key")));
        }
        for (name, text) in [("left", &rule.left.0), ("right", &rule.right.0)] {
            let at = format!("/rules/{i}/{name}");
            match Formula::parse(text) {
                Err(_) => faults.push(Fault::at(at, Code::Malformed).with("expected", Phrase::Formula)),
                Ok(formula) => {
                    if let Some(part) = formula.parts().into_iter().find(|part| !names.contains_key(part)) {
                        let why = Said::from(Phrase::UnknownItem).and(part);
                        faults.push(Fault::at(at, Code::NotPermittedHere).with("why", why));
                    }
                }
            }
        }
    }
    faults
}

/// Errors with all faults, if there are any.
pub fn refuse(faults: Vec<Fault>) -> Result<()> {
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}
