//! Changing drafts, and issuing them.

use crate::{
    auth::Actor,
    criteria::{
        sets::{
            create::check,
            model::{self, Row},
            save,
        },
        wire::{CriteriaSetIssue, CriteriaSetPatch, CriteriaSetStatus},
    },
    db::lock_row,
    error::{Code, Error, Fault, Phrase, Result},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    policy::{self, Action},
};

/// A draft found for writing: seen, locked, allowed, and of the version the caller read.
fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>) -> Result<Row> {
    lock_row(tx.conn, "criteria_sets", &id.to_string())?;
    let row = model::find(tx.conn, actor, id)?;
    if !model::may_manage(actor, row.unit_id) {
        return Err(policy::refused(Action::CriteriaSetManage));
    }
    expected.map_or(Ok(()), |expected| expected.check(row.version))?;
    if row.status != CriteriaSetStatus::Draft {
        return Err(Error::new(Code::InvalidState).with("status", row.status));
    }
    Ok(row)
}

/// Changes a draft; what changes nothing leaves nothing.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: CriteriaSetPatch,
) -> Result<Answer> {
    let before = open(tx, actor, id, Some(expected))?;
    let row = patched(before.clone(), patch)?;
    check(tx, actor, &row)?;
    let row =
        if row == before { before } else { save::update(tx, actor, "criteria_set.changed", &before, row)? };
    let set = model::wire_one(tx.conn, actor, row)?;
    Answer::changed(set.version, &set)
}

fn patched(row: Row, patch: CriteriaSetPatch) -> Result<Row> {
    let mut content = row.content()?;
    content.groups = patch.groups.0.map_or(content.groups, |few| few.0);
    content.unit_groups = patch.unit_groups.0.map_or(content.unit_groups, |few| few.0);
    content.conditions = patch.conditions.0.map_or(content.conditions, |few| few.0);
    content.criteria = patch.criteria.0.map_or(content.criteria, |few| few.0);
    let row = Row {
        name: patch.name.0.map_or(row.name, |name| name.0),
        level: patch.level.0.map_or(row.level, |level| level.0),
        kind: patch.kind.map(|kind| kind.0).over(row.kind),
        achievement: patch.achievement.0.unwrap_or(row.achievement),
        legal_basis: patch.legal_basis.0.map_or(row.legal_basis, |basis| basis.0),
        document_id: patch.document_id.over(row.document_id),
        first_year: patch.first_year.0.map_or(row.first_year, |year| year.small()),
        last_year: patch.last_year.0.map_or(row.last_year, |year| year.small()),
        note: patch.note.map(|note| note.0).over(row.note),
        requires_id: patch.requires_id.over(row.requires_id),
        ..row
    };
    row.saying(&content)
}

/// Puts a draft into force; from then on its content is frozen, and the version it replaces ends.
pub fn issue(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    said: &CriteriaSetIssue,
) -> Result<Answer> {
    let before = open(tx, actor, id, expected)?;
    check(tx, actor, &before)?;
    if before.criteria == "[]" {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::NoItems));
    }
    let on = said.effective_on.map_or(tx.at.day(), |day| day.0);
    if let Some(old) = before.replaces_id {
        lock_row(tx.conn, "criteria_sets", &old.to_string())?;
        let old = model::find(tx.conn, actor, old)?;
        if old.status != CriteriaSetStatus::InForce {
            return Err(Error::new(Code::InvalidState).with("status", old.status));
        }
        if let Some(began) = old.effective_on.filter(|began| on <= *began) {
            return Err(Fault::at("/effective_on", Code::OutOfOrder).with("last", began).into());
        }
        let ended = Row { status: CriteriaSetStatus::Replaced, replaced_on: Some(on), ..old.clone() };
        save::update(tx, actor, "criteria_set.replaced", &old, ended)?;
    }
    let row = Row { status: CriteriaSetStatus::InForce, effective_on: Some(on), ..before.clone() };
    let row = save::update(tx, actor, "criteria_set.issued", &before, row)?;
    let set = model::wire_one(tx.conn, actor, row)?;
    Answer::changed(set.version, &set)
}
