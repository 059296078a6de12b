//! What a document goes back to.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::document_relations as relations},
    documents::{
        model,
        wire::{DocumentParent, DocumentRelation},
    },
    error::{Code, Fault, Result},
    events::history::History,
    ids::Id,
};
use diesel::prelude::*;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The visible parents of documents, in a fixed order.
pub fn parents(
    conn: &mut AnyConn,
    actor: &Actor,
    documents: &[Id],
) -> Result<HashMap<Id, Vec<DocumentParent>>> {
    let rows: Vec<(Id, Id, DocumentRelation)> = relations::table
        .filter(relations::from_id.eq_any(documents))
        .order((relations::from_id, relations::to_id, relations::relation))
        .select((relations::from_id, relations::to_id, relations::relation))
        .load(conn)?;
    let seen = model::seen(conn, actor, rows.iter().map(|row| row.1).collect())?;
    let mut found: HashMap<Id, Vec<DocumentParent>> = HashMap::new();
    for (from, document_id, relation) in rows {
        if seen.contains(&document_id) {
            found.entry(from).or_default().push(DocumentParent { document_id, relation });
        }
    }
    for parents in found.values_mut() {
        parents.sort();
    }
    Ok(found)
}

/// Locks the documents a list names (and the one that gets the list), so that none of them goes away
/// before the list is written. Always in one order: two writers cannot wait for each other.
pub fn lock(conn: &mut AnyConn, child: Option<Id>, parents: &[DocumentParent]) -> Result<()> {
    let all: BTreeSet<Id> = parents.iter().map(|parent| parent.document_id).chain(child).collect();
    all.iter().try_for_each(|id| lock_row(conn, "documents", &id.to_string()))
}

/// Takes out of a history the parents that the actor does not see.
pub fn hide(conn: &mut AnyConn, actor: &Actor, history: &mut [History]) -> Result<()> {
    let parent = |value: &Value| value.get("document_id").and_then(Value::as_str)?.parse::<Id>().ok();
    let all = history.iter().flat_map(|entry| entry.listed("parents")).filter_map(parent).collect();
    let seen = model::seen(conn, actor, all)?;
    for entry in history {
        entry.keep("parents", |value| parent(value).is_some_and(|id| seen.contains(&id)));
    }
    Ok(())
}

/// What is wrong with a list of parents: absent or strangers' documents, and circles.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    child: Option<Id>,
    parents: &[DocumentParent],
) -> Result<Vec<Fault>> {
    let seen = model::seen(conn, actor, parents.iter().map(|parent| parent.document_id).collect())?;
    let mut faults = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        let fault = |code| Fault::at(format!("/parents/{i}/document_id"), code);
        if !seen.contains(&parent.document_id) {
            faults.push(fault(Code::UnknownReference));
        } else if let Some(child) = child
            && goes_back_to(conn, parent.document_id, child)?
        {
            faults.push(fault(Code::ParentCycle));
        }
    }
    Ok(faults)
}

/// True when a document is the other one, or goes back to it over any number of steps.
fn goes_back_to(conn: &mut AnyConn, from: Id, to: Id) -> Result<bool> {
    let mut met = HashSet::from([from]);
    let mut rim = vec![from];
    while !rim.is_empty() {
        if rim.contains(&to) {
            return Ok(true);
        }
        let next: Vec<Id> = relations::table
            .filter(relations::from_id.eq_any(&rim))
            .select(relations::to_id)
            .distinct()
            .load(conn)?;
        rim = next.into_iter().filter(|id| met.insert(*id)).collect();
    }
    Ok(false)
}

/// Puts a list of parents in the place of the one the writer has seen. What was hidden from the
/// writer stays.
pub fn put(
    conn: &mut AnyConn,
    child: Id,
    root: Id,
    seen: &[DocumentParent],
    parents: &[DocumentParent],
) -> Result<()> {
    let seen = seen.iter().map(|parent| parent.document_id);
    let old = relations::from_id.eq(child).and(relations::to_id.eq_any(seen));
    diesel::delete(relations::table.filter(old)).execute(conn)?;
    for parent in in_order(parents) {
        diesel::insert_into(relations::table)
            .values((
                relations::from_id.eq(child),
                relations::to_id.eq(parent.document_id),
                relations::relation.eq(parent.relation),
                relations::root_id.eq(root),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A list as [`parents`] gives it: each once, in a fixed order.
pub fn in_order(parents: &[DocumentParent]) -> Vec<DocumentParent> {
    let once: BTreeSet<DocumentParent> = parents.iter().copied().collect();
    once.into_iter().collect()
}
