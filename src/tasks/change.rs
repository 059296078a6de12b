//! Editing and deleting tasks.

use crate::{
    auth::Actor,
    documents,
    error::{Code, Error, Fault, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, version::IfMatch},
    ids::Id,
    policy::Action,
    tasks::{
        create::search_text,
        links, milestones,
        model::Row,
        parts,
        save::{self, Account},
        wire::{TaskParent, TaskPatch},
        workflow::{is_open, is_proposal},
    },
};

/// Changes fields of a task. Who registers it edits the proposal; once it is accepted only who gave it
/// does, because what was agreed binds both. What changes nothing leaves nothing.
pub fn change(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch, patch: TaskPatch) -> Result<Answer> {
    let before = save::open(tx, actor, id, Some(expected))?;
    let status = before.row.status;
    let action = if is_proposal(status) { Action::TaskEdit } else { Action::TaskEditAccepted };
    actor.may_at(action, before.site())?;
    if !is_open(status) {
        return Err(Error::new(Code::InvalidState).with("status", status));
    }
    let row = patched(before.row.clone(), &patch);
    check(tx, actor, &row, &patch)?;
    let relinked = relink(tx, actor, &row, &patch)?;
    if row == before.row && relinked.is_none() {
        let task = save::wire(tx, actor, &before)?;
        return Answer::changed(task.version, &task);
    }
    let account = Account { changes: relinked.unwrap_or_default(), ..Account::new("task.changed") };
    let kept = save::update(tx, actor, &before, row, account)?;
    let task = save::wire(tx, actor, &kept)?;
    Answer::changed(task.version, &task)
}

/// Puts what the task serves in the place of what the writer saw there; gives the change, if any.
fn relink(tx: &mut Tx, actor: &Actor, row: &Row, patch: &TaskPatch) -> Result<Option<Changes>> {
    let Some(wanted) = &patch.parents.0 else { return Ok(None) };
    let old = links::parents(tx.conn, actor, &[row.id])?.remove(&row.id).unwrap_or_default();
    let new = links::in_order(&wanted.0);
    if old == new {
        return Ok(None);
    }
    links::put(tx.conn, row, &old, &new)?;
    let told = |parents: &[TaskParent]| serde_json::to_value(parents).map_err(Error::internal);
    Ok(Some(Changes::none().and("parents", told(&old)?, told(&new)?)))
}

fn patched(mut row: Row, patch: &TaskPatch) -> Row {
    let text = |new: Option<Option<String>>, old: Option<String>| new.unwrap_or(old);
    row.code = text(patch.code.clone().map(|text| text.0).change(), row.code);
    row.description = text(patch.description.clone().map(|text| text.0).change(), row.description);
    row.field = text(patch.field.clone().map(|text| text.0).change(), row.field);
    row.lead_individual =
        text(patch.lead_individual.clone().map(|text| text.0).change(), row.lead_individual);
    row.expected_product =
        text(patch.expected_product.clone().map(|text| text.0).change(), row.expected_product);
    row.title = patch.title.0.as_ref().map_or(row.title, |title| title.0.clone());
    row.class = patch.class.0.unwrap_or(row.class);
    row.weight_milli = patch.weight.0.map_or(row.weight_milli, |weight| weight.0);
    row.start_on = patch.start_on.clone().map(|day| day.0).change().unwrap_or(row.start_on);
    row.document_id = patch.document_id.clone().change().unwrap_or(row.document_id);
    row.search_text = search_text(&row);
    row
}

fn check(tx: &mut Tx, actor: &Actor, row: &Row, patch: &TaskPatch) -> Result<()> {
    documents::rules::refuse_classified(
        None,
        &[
            ("/title", patch.title.0.as_deref()),
            ("/description", patch.description.value().map(|text| &*text.0)),
            ("/expected_product", patch.expected_product.value().map(|text| &*text.0)),
        ],
    )?;
    let mut faults = Vec::new();
    if let (Some(start), Some(due)) = (row.start_on, row.due_on)
        && due < start
    {
        faults.push(Fault::at("/start_on", Code::DueBeforeStart));
    }
    if let Some(parents) = &patch.parents.0 {
        faults.extend(links::faults(tx.conn, actor, row.root_id, Some(row.id), &parents.0)?);
    }
    if let Some(start) = row.start_on.filter(|_| patch.start_on.value().is_some()) {
        for (first, why) in [
            (milestones::first_due_on(tx.conn, row.id)?, Phrase::MilestoneBefore),
            (parts::model::first_due_on(tx.conn, row.id)?, Phrase::PartBefore),
        ] {
            if first.is_some_and(|day| day < start) {
                faults.push(Fault::at("/start_on", Code::NotPermittedHere).with("why", why));
            }
        }
    }
    if let Some(Some(document)) = patch.document_id.clone().change()
        && documents::model::seen(tx.conn, actor, vec![document])?.is_empty()
    {
        faults.push(Fault::at("/document_id", Code::UnknownReference));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

/// Deletes a proposal that nobody accepted. It stays in the books of the days on which it counted.
pub fn delete(tx: &mut Tx, actor: &Actor, id: Id, expected: IfMatch) -> Result<Answer> {
    let before = save::open(tx, actor, id, Some(expected))?;
    actor.may_at(Action::TaskDelete, before.site())?;
    if !is_proposal(before.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    }
    let row = Row { deleted_at: Some(tx.at), ..before.row.clone() };
    let account =
        Account { changes: Changes::none().and("deleted", false, true), ..Account::new("task.deleted") };
    save::update(tx, actor, &before, row, account)?;
    Ok(Answer::nothing())
}
