//! Lists of tasks as they were at the end of a day: drawn from the same facts as the figures of that
//! day, so that a count and the list behind it can never differ.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::tasks},
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    measures,
    org_units::{model as units, tree::Tree},
    tasks::{
        clarity::{self, PartsSaid, Said},
        facts::{self, TaskFact},
        links, list,
        model::{Lens, Row, clarify, visible_ever},
        parts::model as parts,
        wire::{Task, TaskQuery, TaskSort},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::{
    cmp::Reverse,
    collections::{BTreeSet, HashMap, HashSet},
};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A page of tasks as they were at the end of a day before today.
pub fn page(conn: &mut AnyConn, lens: &Lens, query: &TaskQuery, today: NaiveDate) -> Result<Page<Task>> {
    let Lens { actor, day, .. } = *lens;
    let sort = query.sort.unwrap_or(TaskSort::DueOn);
    let scope = list::scope(query, actor, day);
    let led_by = units_then(conn, actor, query, day)?;
    let mut facts = facts::on(conn, &led_by, day, today)?;
    facts.extend(sideways(conn, actor, query, day, &led_by)?);
    facts.retain(|task| wanted(task, query, lens));
    let mut rows = narrowed(conn, actor, query, facts)?;
    if let Some(unclear) = query.unclear {
        // By the due date of the day; the other fields have no history.
        let unsaid = parts::unsaid(conn, &Vec::from_iter(rows.iter().map(|row| row.id)))?;
        let parts = |row: &Row| unsaid.get(&row.id).copied().unwrap_or(PartsSaid::ALL);
        rows.retain(|row| clarity::judge(Said::of(row, parts(row))).clear != unclear.0);
    }
    rows.sort_by_cached_key(|row| place_of(row, sort));
    if let Some(cursor) = &query.cursor {
        let [key, id] = cursor.open(&scope)?;
        let met = rows.iter().position(|row| row.id.to_string() == id && list::key_of(row, sort) == key);
        let met = met.ok_or_else(|| Error::new(crate::error::Code::CursorExpired))?;
        rows.drain(..=met);
    }
    rows.truncate(usize::try_from(query.limit.0).unwrap_or_default() + 1);
    let page = Page::cut(rows, query.limit.0, |row| {
        Cursor::seal(&[list::key_of(row, sort), row.id.to_string()], &scope)
    });
    let tree = Tree::on(conn, root(actor, &page.items), day)?;
    let items = page.items.into_iter().filter_map(|row| {
        let unit = tree.get(row.unit_id)?.reference();
        Some(lens.one(row, unit, Vec::new()))
    });
    let mut items: Vec<Task> = items.collect();
    links::fill(conn, actor, &mut items)?;
    if query.wants_clarity() {
        clarify(conn, &mut items)?;
    }
    if query.wants_parts() {
        parts::fill(conn, &mut items)?;
    }
    Ok(Page { items, next_cursor: page.next_cursor })
}

fn root(actor: &Actor, rows: &[Row]) -> Id {
    let own = actor.unit.as_ref().map(|unit| unit.root_id);
    own.or(rows.first().map(|row| row.root_id)).unwrap_or_else(Id::new)
}

/// The units whose tasks are asked for, by the tree of the day.
fn units_then(conn: &mut AnyConn, actor: &Actor, query: &TaskQuery, day: NaiveDate) -> Result<Vec<Id>> {
    let top = match (query.under, &actor.unit) {
        (Some(under), _) => units::find_in_territory(conn, actor, under)?.place(),
        (None, Some(unit)) => unit.clone(),
        (None, None) => return Ok(Vec::new()),
    };
    let tree = Tree::on(conn, top.root_id, day)?;
    let all = tree.below(top.id).into_iter().map(|unit| unit.id).chain([top.id]);
    Ok(all.filter(|id| query.unit_id.is_none_or(|only| only == *id)).collect())
}

/// The tasks of others in which a unit of the territory has a part now: which is not known of the day.
/// Who asks for what is led under a unit does not ask for them.
fn sideways(
    conn: &mut AnyConn,
    actor: &Actor,
    query: &TaskQuery,
    day: NaiveDate,
    led_by: &[Id],
) -> Result<Vec<TaskFact>> {
    let (None, Some(unit)) = (query.under, &actor.unit) else { return Ok(Vec::new()) };
    let ids: Vec<Id> = parts::tasks_within(&unit.path, actor.detail_depth).load(conn)?;
    let mut facts = facts::replay(conn, &Vec::from_iter(BTreeSet::from_iter(ids)), day)?;
    let led_by: HashSet<Id> = led_by.iter().copied().collect();
    facts.retain(|task| {
        let lead = task.fact.unit;
        !led_by.contains(&lead) && query.unit_id.is_none_or(|only| only == lead)
    });
    Ok(facts)
}

fn wanted(task: &TaskFact, query: &TaskQuery, lens: &Lens) -> bool {
    let timeliness = measures::timeliness(&task.fact, lens.day, lens.due_soon_days);
    query.status.as_ref().is_none_or(|any| any.0.contains(&task.fact.status))
        && query.timeliness.as_ref().is_none_or(|any| any.0.contains(&timeliness))
        && query.due_before.is_none_or(|day| task.fact.due_on.is_some_and(|due| due < day.0))
}

/// The rows of these facts that the actor may read and the rest of the query wants, as they were.
fn narrowed(conn: &mut AnyConn, actor: &Actor, query: &TaskQuery, facts: Vec<TaskFact>) -> Result<Vec<Row>> {
    let ids: Vec<Id> = facts.iter().map(|task| task.task_id).collect();
    let facts: HashMap<Id, TaskFact> = facts.into_iter().map(|task| (task.task_id, task)).collect();
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let rows = list::with_fields(visible_ever(actor).filter(tasks::id.eq_any(chunk.to_vec())), query);
        let rows = links::serving(conn, actor, rows, query)?;
        let rows: Vec<Row> = rows.select(Row::as_select()).load(conn)?;
        found.extend(rows.into_iter().filter_map(|row| facts.get(&row.id).map(|task| as_it_was(row, task))));
    }
    Ok(found)
}

fn as_it_was(row: Row, task: &TaskFact) -> Row {
    let fact = &task.fact;
    Row {
        unit_id: fact.unit,
        status: fact.status,
        progress: fact.progress,
        weight_milli: fact.weight_milli,
        due_on: fact.due_on,
        judged_due_on: fact.judged_due_on,
        submitted_on: fact.awaiting_since.or(fact.completed_on),
        completed_on: fact.completed_on,
        result: row.result.filter(|_| fact.done),
        last_reported_on: task.last_reported_on,
        deleted_at: None,
        ..row
    }
}

/// Where a row stands in the list: undated last either way.
fn place_of(row: &Row, sort: TaskSort) -> (bool, Option<NaiveDate>, Reverse<Option<NaiveDate>>, i64, Id) {
    let at = row.created_at.millis();
    match sort {
        TaskSort::DueOn => (row.due_on.is_none(), row.due_on, Reverse(None), 0, row.id),
        TaskSort::DueOnDown => (row.due_on.is_none(), None, Reverse(row.due_on), 0, row.id),
        TaskSort::CreatedAt => (false, None, Reverse(None), at, row.id),
        TaskSort::CreatedAtDown => (false, None, Reverse(None), -at, row.id),
    }
}
