//! Rewording, moving and deleting items.

use crate::{
    auth::Actor,
    db::{
        AnyConn, lock_row,
        schema::{programme_item_links, programme_items, task_links, tasks},
    },
    documents::{rules::refuse_classified, save::listed},
    error::{Code, Error, Fault, Phrase, Result, Said},
    events::Tx,
    http::{Answer, version::IfMatch},
    ids::Id,
    resolution_items::{
        model::Row,
        outline::{DEEPEST, Outline},
        rules::{Catalogue, amending_fault, plain},
        save::{self, Open},
        wire::ResolutionItemPatch,
    },
};
use diesel::prelude::*;

/// Changes an item; what changes nothing leaves nothing. Of an issued document: with the reason.
pub fn change(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: &IfMatch,
    patch: &ResolutionItemPatch,
) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected)?;
    refuse_classified(
        None,
        &[
            ("/label", patch.label.value().map(|label| &*label.0)),
            ("/text", patch.text.0.as_deref()),
            ("/reason", patch.reason.as_deref()),
        ],
    )?;
    check(tx, actor, &before, patch)?;
    let row = patched(&before, patch)?;
    if row == before.row {
        return Answer::changed(row.version, &before.wire()?);
    }
    let reason = patch.reason.as_deref().filter(|reason| !reason.is_empty());
    if before.document.issued() && reason.is_none() {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    let item = save::update(tx, "resolution_item.changed", &before, row, reason)?;
    Answer::changed(item.version, &item)
}

fn check(tx: &mut Tx, actor: &Actor, before: &Open, patch: &ResolutionItemPatch) -> Result<()> {
    let units = Catalogue::load(tx.conn)?;
    let mut faults = units.faults("", patch.levels.0.as_ref(), patch.unit_kinds.0.as_ref());
    if let Some(parent) = patch.parent_id.value() {
        faults.extend(parent_fault(&before.outline, before.row.id, *parent));
    }
    if let Some(by) = patch.amending_document_id {
        faults.extend(amending_fault(tx.conn, actor, before.document.id, by)?);
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// An item stands below one of the same document, never below itself, and not too deep.
fn parent_fault(outline: &Outline, id: Id, parent: Id) -> Option<Fault> {
    let fault = |code| Some(Fault::at("/parent_id", code));
    if outline.get(parent).is_none() {
        return fault(Code::UnknownReference);
    }
    if outline.line(Some(parent)).contains(&id) {
        return fault(Code::ParentCycle);
    }
    if outline.depth(Some(parent)) + outline.height(id) > DEEPEST {
        return fault(Code::NotPermittedHere).map(|fault| fault.with("why", Phrase::Depth));
    }
    None
}

fn patched(before: &Open, patch: &ResolutionItemPatch) -> Result<Row> {
    let old = before.row.clone();
    let parent_id = patch.parent_id.clone().over(old.parent_id);
    let mut row = Row {
        kind: patch.kind.0.unwrap_or(old.kind),
        rank: rank(before, parent_id, patch),
        parent_id,
        label: patch.label.clone().map(|label| label.0).over(old.label),
        text: patch.text.0.as_ref().map_or(old.text, |text| text.0.clone()),
        field: patch.field.clone().map(|field| field.0).over(old.field),
        levels: patch.levels.0.as_ref().map_or(Ok(old.levels), |words| listed(&plain(words)))?,
        unit_kinds: patch.unit_kinds.0.as_ref().map_or(Ok(old.unit_kinds), |words| listed(&plain(words)))?,
        ..old
    };
    // The document that gave it this wording: no other wording is that document's.
    if let Some(by) = patch.amending_document_id {
        row.amending_document_id = Some(by);
    } else if row != before.row {
        row.amending_document_id = None;
    }
    Ok(row)
}

/// The rank of an item that may have moved; where it stands already, it stays as it is.
fn rank(before: &Open, parent: Option<Id>, patch: &ResolutionItemPatch) -> String {
    let (outline, row) = (&before.outline, &before.row);
    let wanted = patch.ordinal.0.and_then(|ordinal| usize::try_from(ordinal.0).ok());
    if parent == row.parent_id {
        let siblings = outline.children(parent).len();
        let here = outline.get(row.id).map(|node| outline.ordinal(node));
        if wanted.is_none_or(|wanted| Some(wanted.min(siblings)) == here) {
            return row.rank.clone();
        }
    }
    outline.rank_at(parent, wanted, Some(row.id))
}

/// Deletes an item that nothing stands below and neither a task nor an item of a programme names; its history and versions stay.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: &IfMatch) -> Result<Answer> {
    let before = save::open(tx, actor, id, expected)?;
    // Who makes a task name it holds the same lock.
    lock_row(tx.conn, "resolution_items", &id.to_string())?;
    let below = before.outline.children(Some(id)).len();
    let named = named_by(tx.conn, id)?;
    let meant = meant_by(tx.conn, id)?;
    let used: Vec<Said> =
        [(Phrase::ResolutionItems, below), (Phrase::Tasks, named), (Phrase::ProgrammeItems, meant)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(what, n)| Said::from(what).and(n))
            .collect();
    if !used.is_empty() {
        return Err(Error::new(Code::InUse).with("what", Said::joined(&used, ", ")));
    }
    let row = Row { deleted_at: Some(tx.at), ..before.row.clone() };
    save::update(tx, "resolution_item.deleted", &before, row, None)?;
    Ok(Answer::nothing())
}

/// How many tasks name an item.
fn named_by(conn: &mut AnyConn, id: Id) -> Result<usize> {
    let naming = task_links::table
        .filter(task_links::target_id.eq(id).and(task_links::kind.eq("resolution_item")))
        .select(task_links::task_id);
    let named: i64 = tasks::table
        .filter(tasks::id.eq_any(naming).and(tasks::deleted_at.is_null()))
        .count()
        .get_result(conn)?;
    usize::try_from(named).map_err(Error::internal)
}

/// How many items of programmes serve an item.
fn meant_by(conn: &mut AnyConn, id: Id) -> Result<usize> {
    let serving = programme_item_links::table
        .filter(programme_item_links::resolution_item_id.eq(id))
        .select(programme_item_links::item_id);
    let meant: i64 = programme_items::table
        .filter(programme_items::id.eq_any(serving).and(programme_items::deleted_at.is_null()))
        .count()
        .get_result(conn)?;
    usize::try_from(meant).map_err(Error::internal)
}
