//! Lines that ask what a unit says of itself under a criterion.

use crate::{
    auth::Actor,
    criteria::{assessments::assess::criterion_fault, sets::model as sets},
    db::AnyConn,
    error::{Code, Fault, Phrase, Result},
    forms::wire::{FormContent, FormItem, FormItemKind},
};
use chrono::NaiveDate;

/// A set that is a stranger's, no longer or not yet in force, or judges other units; a criterion that is none
/// of it.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    content: &FormContent,
    item: &FormItem,
    (at, today): (&str, NaiveDate),
) -> Result<Vec<Fault>> {
    let asked = item.criteria_set_id.filter(|_| item.kind == FormItemKind::Criterion);
    let Some(id) = asked else { return Ok(Vec::new()) };
    let set_at = format!("{at}/criteria_set_id");
    let set = match sets::find(conn, actor, id) {
        Ok(set) => set,
        Err(e) if e.code == Code::NotFound => return Ok(vec![Fault::at(set_at, Code::UnknownReference)]),
        Err(e) => return Err(e),
    };
    let mut faults = Vec::new();
    let refused = |why: Phrase| Fault::at(set_at.clone(), Code::NotPermittedHere).with("why", why);
    if !set.holds_on(today) {
        faults.push(refused(Phrase::NotInForceThen));
    } else if content.levels.0.iter().any(|level| level.0 != set.level) {
        faults.push(refused(Phrase::NotJudgedByIt));
    }
    if let Some(criterion) = &item.criterion {
        faults.extend(criterion_fault(&set.content()?.criteria, &format!("{at}/criterion"), criterion));
    }
    Ok(faults)
}
