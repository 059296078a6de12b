//! What tasks serve: documents, their items and other tasks, several at a time, never in a circle.
//!
//! No figure looks at these links, so a task counts once however many it serves.

use crate::{
    auth::Actor,
    db::{
        AnyConn, MultiBackend, lock_row,
        schema::{task_links as links, tasks},
    },
    documents,
    error::{Code, Fault, Result},
    events::history::History,
    ids::Id,
    resolution_items,
    tasks::{
        model::{Row, visible},
        of_duty, of_source, serving,
        wire::{ParentKind, Task, TaskParent, TaskQuery},
    },
};
use diesel::prelude::*;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

type Rows = tasks::BoxedQuery<'static, MultiBackend>;

/// Which of these records the actor sees.
fn seen(conn: &mut AnyConn, actor: &Actor, all: &[TaskParent]) -> Result<HashSet<TaskParent>> {
    let ids = |kind: ParentKind| -> Vec<Id> {
        all.iter().filter(|parent| parent.kind == kind).map(|parent| parent.id).collect()
    };
    let mut found = HashSet::new();
    for kind in ParentKind::ALL.iter().copied() {
        let asked = ids(kind);
        if asked.is_empty() {
            continue;
        }
        let seen = match kind {
            ParentKind::Document => documents::model::seen(conn, actor, asked)?,
            ParentKind::ResolutionItem => resolution_items::model::seen(conn, actor, asked)?,
            ParentKind::Task => {
                visible(actor).filter(tasks::id.eq_any(asked)).select(tasks::id).load(conn)?
            }
        };
        found.extend(seen.into_iter().map(|id| TaskParent { kind, id }));
    }
    Ok(found)
}

/// The visible parents of tasks, in a fixed order.
pub fn parents(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, Vec<TaskParent>>> {
    let rows: Vec<(Id, ParentKind, Id)> = links::table
        .filter(links::task_id.eq_any(ids))
        .select((links::task_id, links::kind, links::target_id))
        .load(conn)?;
    let rows: Vec<(Id, TaskParent)> =
        rows.into_iter().map(|(task, kind, id)| (task, TaskParent { kind, id })).collect();
    let all: Vec<TaskParent> = rows.iter().map(|(_, parent)| *parent).collect();
    let seen = seen(conn, actor, &all)?;
    let mut found: HashMap<Id, Vec<TaskParent>> = HashMap::new();
    for (task, parent) in rows.into_iter().filter(|(_, parent)| seen.contains(parent)) {
        found.entry(task).or_default().push(parent);
    }
    for parents in found.values_mut() {
        parents.sort();
    }
    Ok(found)
}

/// Gives each task its parents and what it comes of.
pub fn fill(conn: &mut AnyConn, actor: &Actor, tasks: &mut [Task]) -> Result<()> {
    fill_parents(conn, actor, tasks)?;
    of_duty::fill(conn, tasks)?;
    of_source::fill(conn, tasks)
}

/// Gives each task its parents.
pub fn fill_parents(conn: &mut AnyConn, actor: &Actor, tasks: &mut [Task]) -> Result<()> {
    let ids: Vec<Id> = tasks.iter().map(|task| task.id).collect();
    let mut found = parents(conn, actor, &ids)?;
    for task in tasks.iter_mut() {
        task.parents = found.remove(&task.id).unwrap_or_default();
    }
    Ok(())
}

/// Takes out of a history the parents that the actor does not see.
pub fn hide(conn: &mut AnyConn, actor: &Actor, history: &mut [History]) -> Result<()> {
    let parent = |value: &Value| {
        let word = |name: &str| value.get(name).and_then(Value::as_str);
        Some(TaskParent { kind: word("kind")?.parse().ok()?, id: word("id")?.parse().ok()? })
    };
    let all: Vec<TaskParent> =
        history.iter().flat_map(|entry| entry.listed("parents")).filter_map(parent).collect();
    let seen = seen(conn, actor, &all)?;
    for entry in history {
        entry.keep("parents", |value| parent(value).is_some_and(|parent| seen.contains(&parent)));
    }
    Ok(())
}

/// What is wrong with a list of parents: absent or strangers' records, and circles. One writer at a
/// time links tasks within a tree, or two could close a circle together.
pub fn faults(
    conn: &mut AnyConn,
    actor: &Actor,
    root: Id,
    child: Option<Id>,
    parents: &[TaskParent],
) -> Result<Vec<Fault>> {
    if parents.iter().any(|parent| parent.kind == ParentKind::Task) {
        lock_row(conn, "org_units", &root.to_string())?;
    }
    // An item cannot be deleted before the task that names it is there.
    for item in in_order(parents).iter().filter(|parent| parent.kind == ParentKind::ResolutionItem) {
        lock_row(conn, "resolution_items", &item.id.to_string())?;
    }
    let seen = seen(conn, actor, parents)?;
    let mut faults = Vec::new();
    for (i, parent) in parents.iter().enumerate() {
        let fault = |code| Fault::at(format!("/parents/{i}/id"), code);
        if !seen.contains(parent) {
            faults.push(fault(Code::UnknownReference));
        } else if let (ParentKind::Task, Some(child)) = (parent.kind, child)
            && goes_back_to(conn, parent.id, child)?
        {
            faults.push(fault(Code::ParentCycle));
        }
    }
    Ok(faults)
}

/// What a task made of another record serves: its document, and those of the items that the actor sees
/// still.
pub fn still_there(conn: &mut AnyConn, actor: &Actor, document: Id, items: &[Id]) -> Result<Vec<TaskParent>> {
    for item in items.iter().collect::<BTreeSet<_>>() {
        // Who deletes one holds the same lock.
        lock_row(conn, "resolution_items", &item.to_string())?;
    }
    let seen = resolution_items::model::seen(conn, actor, items.to_vec())?;
    let items = seen.into_iter().map(|id| TaskParent { kind: ParentKind::ResolutionItem, id });
    let document = TaskParent { kind: ParentKind::Document, id: document };
    Ok(in_order(&Vec::from_iter([document].into_iter().chain(items))))
}

/// True when a task is the other one, or serves it over any number of steps.
fn goes_back_to(conn: &mut AnyConn, from: Id, to: Id) -> Result<bool> {
    let (mut met, mut rim) = (HashSet::from([from]), vec![from]);
    while !rim.is_empty() {
        if rim.contains(&to) {
            return Ok(true);
        }
        let next: Vec<Id> = links::table
            .filter(links::task_id.eq_any(&rim).and(links::kind.eq(ParentKind::Task)))
            .select(links::target_id)
            .distinct()
            .load(conn)?;
        rim = next.into_iter().filter(|id| met.insert(*id)).collect();
    }
    Ok(false)
}

/// Puts a list of parents in the place of the one the writer has seen. What was hidden from the writer
/// stays.
pub fn put(conn: &mut AnyConn, task: &Row, seen: &[TaskParent], parents: &[TaskParent]) -> Result<()> {
    for old in seen {
        diesel::delete(links::table.find((task.id, old.kind, old.id))).execute(conn)?;
    }
    for parent in in_order(parents) {
        let row = (
            links::task_id.eq(task.id),
            links::kind.eq(parent.kind),
            links::target_id.eq(parent.id),
            links::root_id.eq(task.root_id),
        );
        diesel::insert_into(links::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// A list as [`parents`] gives it: each once, in a fixed order.
pub fn in_order(parents: &[TaskParent]) -> Vec<TaskParent> {
    let once: BTreeSet<TaskParent> = parents.iter().copied().collect();
    once.into_iter().collect()
}

/// Narrows a list to what serves the records it names; what the actor does not see is served by none.
pub fn serving(conn: &mut AnyConn, actor: &Actor, mut rows: Rows, query: &TaskQuery) -> Result<Rows> {
    let document = query.serves_document_id.map(|id| TaskParent { kind: ParentKind::Document, id });
    let item = query.resolution_item_id.map(|id| TaskParent { kind: ParentKind::ResolutionItem, id });
    let task = query.parent_task_id.map(|id| TaskParent { kind: ParentKind::Task, id });
    for parent in [document, item, task].into_iter().flatten() {
        let known = seen(conn, actor, &[parent])?.contains(&parent);
        let target = if known { vec![parent.id] } else { Vec::new() };
        let serving = links::table
            .filter(links::kind.eq(parent.kind).and(links::target_id.eq_any(target)))
            .select(links::task_id);
        rows = rows.filter(tasks::id.eq_any(serving));
    }
    if let Some(document) = query.under_document_id {
        let known = documents::model::seen(conn, actor, vec![document])?;
        let tasks: Vec<Id> = serving::of(conn, &known)?.into_values().flatten().collect();
        if tasks.len() > serving::MOST {
            let fault = Fault::parameter("under_document_id", Code::TooMany);
            return Err(fault.with("max", serving::MOST).into());
        }
        rows = rows.filter(tasks::id.eq_any(tasks));
    }
    Ok(rows)
}
