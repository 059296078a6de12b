//! What a unit says of itself under criteria, with its report. It goes to the criteria by the way of all
//! self-assessments, each with its event, and waits there for a unit above: approving a report verifies nothing.

use crate::{
    auth::Actor,
    criteria::{
        assessments::{
            assess,
            model::{self as said, Row as Said},
        },
        sets::model::{self as sets, Row as Set},
        wire::CriteriaAssessmentCreate,
    },
    db::AnyConn,
    error::{Code, Fault, Place as At, Result},
    events::Tx,
    forms::wire::{FormItem, FormItemKind},
    http::fields::{Amount, Line as Text, Prose},
    ids::Id,
    measures::CriterionEntryKind,
    submissions::{lines, model::Placed, wire::SubmissionLine},
};
use chrono::NaiveDate;
use std::collections::HashMap;

/// A criterion line with what was said of it before.
struct Slot<'a> {
    item: &'a FormItem,
    set: Set,
    before: Vec<Said>,
}

fn slots<'a>(conn: &mut AnyConn, placed: &'a Placed) -> Result<Vec<(usize, Slot<'a>)>> {
    let items = placed.version.content.items.0.iter().enumerate();
    let asked: Vec<(usize, &FormItem, Id)> =
        items.filter_map(|(i, item)| Some((i, item, item.criteria_set_id?))).collect();
    let ids: Vec<Id> = asked.iter().map(|(.., id)| *id).collect();
    let known: HashMap<Id, Set> = sets::load(conn, &ids)?.into_iter().map(|set| (set.id, set)).collect();
    let mut found = Vec::new();
    for (i, item, id) in asked {
        let (Some(set), Some(code)) = (known.get(&id), &item.criterion) else { continue };
        let before = said::about(conn, id, placed.row.unit_id, code)?;
        found.push((i, Slot { item, set: set.clone(), before }));
    }
    Ok(found)
}

/// Lines with what the unit says of itself already, or what was found there; by key.
pub fn known(conn: &mut AnyConn, placed: &Placed) -> Result<HashMap<String, SubmissionLine>> {
    let line = |slot: &Slot| {
        // What was returned is to be said anew.
        let returned = slot.before.last().is_some_and(|last| last.kind == CriterionEntryKind::Returned);
        let counts = |row: &&Said| !(returned && row.kind == CriterionEntryKind::SelfAssessed);
        let last = slot.before.iter().filter(counts).rfind(|row| row.stated.is_some())?;
        let value = last.value.map(Amount);
        Some(SubmissionLine { assessment: last.stated, value, ..lines::blank(slot.item) })
    };
    let all = slots(conn, placed)?;
    Ok(all.iter().filter_map(|(_, slot)| Some((slot.item.key.0.clone(), line(slot)?))).collect())
}

/// Fields of a line that do not go with its kind.
pub fn shape_faults(item: &FormItem, line: &SubmissionLine) -> Vec<&'static str> {
    if item.kind != FormItemKind::Criterion {
        return line.assessment.is_some().then_some("assessment").into_iter().collect();
    }
    let fields = [
        ("numerator", line.numerator.is_some()),
        ("denominator", line.denominator.is_some()),
        ("qualifier", line.qualifier.is_some()),
        ("estimated", line.estimated.is_some()),
        ("reached_on", line.reached_on.is_some()),
        ("verdict", line.verdict.is_some()),
    ];
    fields.into_iter().filter(|(_, there)| *there).map(|(name, _)| name).collect()
}

/// What a line says of a criterion.
pub struct Claim {
    /// Its place in the form.
    i: usize,
    set: Set,
    before: Vec<Said>,
    says: Option<CriteriaAssessmentCreate>,
    /// A number or evidence without a word on the criterion.
    is_mute: bool,
}

/// What the lines say that was not the unit's last word already, or was not verified so.
pub fn made(conn: &mut AnyConn, placed: &Placed, current: &[SubmissionLine]) -> Result<Vec<Claim>> {
    let mut found = Vec::new();
    for (i, Slot { item, set, before }) in slots(conn, placed)? {
        let Some(line) = current.get(i).filter(|line| lines::is_filled(line)) else { continue };
        let says = says(item, &set, line, placed.row.unit_id);
        let known = |says: &CriteriaAssessmentCreate| {
            let last = before.last().filter(|last| last.kind != CriterionEntryKind::Returned);
            let value = says.value.map(|amount| amount.0);
            last.is_some_and(|last| last.stated == Some(says.status) && last.value == value)
        };
        if says.as_ref().is_some_and(known) {
            continue;
        }
        found.push(Claim { i, is_mute: says.is_none(), set, before, says });
    }
    Ok(found)
}

fn says(item: &FormItem, set: &Set, line: &SubmissionLine, unit: Id) -> Option<CriteriaAssessmentCreate> {
    let note = line.note.as_deref().filter(|note| !note.is_empty());
    let text = line.text.as_deref().filter(|text| !text.is_empty());
    Some(CriteriaAssessmentCreate {
        id: None,
        set_id: set.id,
        unit_id: Some(unit),
        criterion: item.criterion.clone()?,
        status: line.assessment?,
        value: line.value,
        assessed_on: None,
        reason: note.map(|note| Text(note.to_owned())),
        evidence: text.map(|text| Prose(text.to_owned())),
        links: None,
    })
}

/// What is wrong with it, as it stands in the lines of the report.
pub fn faults(placed: &Placed, claims: &[Claim], today: NaiveDate) -> Result<Vec<Fault>> {
    let mut found = Vec::new();
    for claim in claims {
        let at = |name: &str| format!("/lines/{}{name}", claim.i);
        if claim.is_mute {
            found.push(Fault::at(at("/assessment"), Code::MayNotBeEmpty));
        }
        let Some(says) = &claim.says else { continue };
        for fault in assess::faults((&claim.set, &placed.unit), says, &claim.before, today)? {
            let place = match &fault.place {
                At::Pointer(pointer) if pointer == "/reason" => at("/note"),
                At::Pointer(pointer) if pointer == "/value" => at("/value"),
                _ => at("/assessment"),
            };
            found.push(Fault { place: At::Pointer(place), ..fault });
        }
    }
    Ok(found)
}

/// Says it.
pub fn keep(tx: &mut Tx, actor: &Actor, placed: &Placed, claims: &[Claim]) -> Result<()> {
    for claim in claims {
        if let Some(says) = &claim.says {
            assess::claim(tx, actor, &placed.unit, says, (placed.row.id, &claim.before))?;
        }
    }
    Ok(())
}
