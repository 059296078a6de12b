//! Lists of tasks.

use crate::{
    auth::{Actor, actors},
    db::{AnyConn, MultiBackend, schema::tasks},
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page},
    ids::Id,
    measures::{Status, Timeliness},
    on,
    org_units::model as units,
    settings::model::due_soon_column,
    tasks::{
        lean::{self, TaskLine},
        links,
        model::{Lens, Row, clarify, visible},
        of_duty, of_source, ordered,
        parts::model::{self as parts, tasks_of, tasks_with_unsaid},
        wire::{Task, TaskQuery, TaskSort},
    },
};
use chrono::{NaiveDate, TimeDelta};
use diesel::{
    prelude::*,
    sql_types::{Bool, Nullable},
};
use std::collections::HashMap;

type Rows = tasks::BoxedQuery<'static, MultiBackend>;
type Condition = Box<dyn BoxableExpression<tasks::table, MultiBackend, SqlType = Nullable<Bool>>>;

/// What every page needs, read along with the standing of a session ([`actors::standing`]).
pub fn along(conn: &mut AnyConn, session: Id) -> Result<(Option<i64>, Option<String>)> {
    let both = diesel::select((actors::standing_of(Some(session)), due_soon_column()));
    Ok(on!(conn, c => both.first(c))?)
}

/// A page of tasks as they are now, through a lens of today or later.
pub fn page(conn: &mut AnyConn, lens: &Lens, query: &TaskQuery) -> Result<TaskPage> {
    let Lens { actor, day, .. } = *lens;
    let scope = scope(query, actor, day);
    if actor.unit.is_some()
        && let Some(stretches) = ordered::stretches(query, lens)
    {
        return in_order(conn, lens, query, &stretches, &scope);
    }
    let sort = query.sort.unwrap_or(TaskSort::DueOn);
    let rows = narrowed(conn, actor, query)?;
    let rows = with_timeliness(rows, query, lens);
    let rows = after_cursor(rows, query.cursor.as_ref(), sort, &scope)?;
    let found: Vec<Row> = sorted(rows, sort).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page =
        Page::cut(found, query.limit.0, |row| Cursor::seal(&[key_of(row, sort), row.id.to_string()], &scope));
    let items = whole(conn, lens, query, page.items)?;
    Ok(TaskPage::Whole(Page { next_cursor: page.next_cursor, items }))
}

/// A page of whole tasks, or of lines for who asks for little of them.
pub enum TaskPage {
    Whole(Page<Task>),
    Lines(Page<TaskLine>),
}

/// A page that the index of territories has in order.
fn in_order(
    conn: &mut AnyConn,
    lens: &Lens,
    query: &TaskQuery,
    stretches: &[ordered::Stretch],
    scope: &str,
) -> Result<TaskPage> {
    let after = match &query.cursor {
        None => None,
        Some(cursor) => {
            let [due_on, id] = cursor.open(scope)?;
            Some(ordered::key(&due_on, &id)?)
        }
    };
    let keys = ordered::keys(conn, lens.actor, stretches, after, query.limit.0 + 1)?;
    let page =
        Page::cut(keys, query.limit.0, |key| Cursor::seal(&[ordered::due_on(key), key.1.to_string()], scope));
    let ids: Vec<Id> = page.items.iter().map(|(_, id)| *id).collect();
    if lean::suffices(query.fields.as_ref()) {
        let items = lean::lines(conn, lens, &ids)?;
        return Ok(TaskPage::Lines(Page { next_cursor: page.next_cursor, items }));
    }
    let rows: Vec<Row> = tasks::table.filter(tasks::id.eq_any(&ids)).select(Row::as_select()).load(conn)?;
    let mut found: HashMap<Id, Row> = rows.into_iter().map(|row| (row.id, row)).collect();
    let rows = ids.iter().filter_map(|id| found.remove(id)).collect();
    Ok(TaskPage::Whole(Page { next_cursor: page.next_cursor, items: whole(conn, lens, query, rows)? }))
}

/// The wire form of rows, with what was asked for beside it.
fn whole(conn: &mut AnyConn, lens: &Lens, query: &TaskQuery, rows: Vec<Row>) -> Result<Vec<Task>> {
    let mut items = lens.wire(conn, rows)?;
    if query.wants_clarity() {
        clarify(conn, &mut items)?;
    }
    if query.wants_parts() {
        parts::fill(conn, &mut items)?;
    }
    Ok(items)
}

/// Everything the page depends on but the cursor itself.
pub fn scope(query: &TaskQuery, actor: &Actor, day: NaiveDate) -> String {
    let units = (query.under, query.unit_id, query.assigner_unit_id, query.coordinating_unit_id);
    let served =
        (query.serves_document_id, query.under_document_id, query.resolution_item_id, query.parent_task_id);
    let origins = (query.document_id, served, query.duty_id, query.source_id);
    let state = (&query.status, &query.timeliness, query.due_before, &query.unclear);
    let rest = (&query.class, &query.field, &query.q, query.sort);
    format!("tasks|{day}|{units:?}|{origins:?}|{state:?}|{rest:?}|{}", actor.scope_key())
}

/// The filters that do not depend on the day.
fn narrowed(conn: &mut AnyConn, actor: &Actor, query: &TaskQuery) -> Result<Rows> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(tasks::unit_id.eq_any(below));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(tasks::unit_id.eq(unit));
    }
    if let Some(status) = &query.status {
        rows = rows.filter(tasks::status.eq_any(status.0.clone()));
    }
    if let Some(day) = query.due_before {
        rows = rows.filter(tasks::due_on.lt(day.0));
    }
    if let Some(unclear) = query.unclear {
        rows = with_clarity(rows, unclear.0);
    }
    links::serving(conn, actor, with_fields(rows, query), query)
}

/// Says in SQL what `clarity::judge` says in Rust; a test holds the two together.
fn with_clarity(rows: Rows, unclear: bool) -> Rows {
    let missing = tasks::lead_individual
        .is_null()
        .or(tasks::description.is_null())
        .or(tasks::due_on.is_null())
        .or(tasks::expected_product.is_null())
        .or(tasks::id.eq_any(tasks_with_unsaid()));
    if unclear { rows.filter(missing) } else { rows.filter(diesel::dsl::not(missing)) }
}

/// The filters on fields that have no history.
pub fn with_fields(mut rows: Rows, query: &TaskQuery) -> Rows {
    if let Some(assigner) = query.assigner_unit_id {
        rows = rows.filter(tasks::assigner_unit_id.eq(assigner));
    }
    if let Some(unit) = query.coordinating_unit_id {
        rows = rows.filter(tasks::id.eq_any(tasks_of(unit)));
    }
    if let Some(document) = query.document_id {
        rows = rows.filter(tasks::document_id.eq(document));
    }
    if let Some(duty) = query.duty_id {
        rows = of_duty::only(rows, duty);
    }
    if let Some(source) = query.source_id {
        rows = of_source::only(rows, source);
    }
    if let Some(classes) = &query.class {
        rows = rows.filter(tasks::class.eq_any(classes.0.clone()));
    }
    if let Some(field) = &query.field {
        rows = rows.filter(tasks::field.eq(field.0.clone()));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(tasks::search_text.like(q.like()));
    }
    rows
}

/// Timeliness is computed, so its filter says in SQL what `measures::timeliness` says in Rust; a test
/// holds the two together.
fn with_timeliness(rows: Rows, query: &TaskQuery, lens: &Lens) -> Rows {
    let Some(wanted) = &query.timeliness else { return rows };
    let any = wanted
        .0
        .iter()
        .map(|timeliness| condition(*timeliness, lens.day, lens.due_soon_days))
        .reduce(|a, b| -> Condition { Box::new(a.or(b)) });
    match any {
        Some(any) => rows.filter(any),
        None => rows,
    }
}

fn condition(timeliness: Timeliness, day: NaiveDate, due_soon_days: i64) -> Condition {
    const NOT_OPEN: [Status; 4] = [Status::Submitted, Status::Completed, Status::Closed, Status::Cancelled];
    const DONE: [Status; 2] = [Status::Completed, Status::Closed];
    let soon = day.checked_add_signed(TimeDelta::days(due_soon_days)).unwrap_or(day);
    let open = || tasks::status.ne_all(NOT_OPEN);
    let done = || tasks::status.eq_any(DONE);
    match timeliness {
        Timeliness::NoDueDate => Box::new(
            open().and(tasks::due_on.is_null()).or(done().and(tasks::judged_due_on.is_null())).nullable(),
        ),
        Timeliness::InTime => Box::new(open().and(tasks::due_on.gt(soon))),
        Timeliness::DueSoon => Box::new(open().and(tasks::due_on.ge(day)).and(tasks::due_on.le(soon))),
        Timeliness::Overdue => Box::new(open().and(tasks::due_on.lt(day))),
        Timeliness::AwaitingConfirmation => Box::new(tasks::status.eq(Status::Submitted).nullable()),
        Timeliness::CompletedOnTime => Box::new(done().and(tasks::completed_on.le(tasks::judged_due_on))),
        Timeliness::CompletedLate => Box::new(done().and(tasks::completed_on.gt(tasks::judged_due_on))),
        Timeliness::Cancelled => Box::new(tasks::status.eq(Status::Cancelled).nullable()),
    }
}

fn sorted(rows: Rows, sort: TaskSort) -> Rows {
    let undated_last = tasks::due_on.is_null();
    match sort {
        TaskSort::DueOn => rows.order((undated_last, tasks::due_on.asc(), tasks::id.asc())),
        TaskSort::DueOnDown => rows.order((undated_last, tasks::due_on.desc(), tasks::id.asc())),
        TaskSort::CreatedAt => rows.order((tasks::created_at.asc(), tasks::id.asc())),
        TaskSort::CreatedAtDown => rows.order((tasks::created_at.desc(), tasks::id.asc())),
    }
}

/// The value a row is sorted by, as the cursor keeps it; empty for no due date.
pub fn key_of(row: &Row, sort: TaskSort) -> String {
    match sort {
        TaskSort::DueOn | TaskSort::DueOnDown => row.due_on.map(|day| day.to_string()).unwrap_or_default(),
        TaskSort::CreatedAt | TaskSort::CreatedAtDown => row.created_at.millis().to_string(),
    }
}

fn after_cursor(rows: Rows, cursor: Option<&Cursor>, sort: TaskSort, scope: &str) -> Result<Rows> {
    let Some(cursor) = cursor else { return Ok(rows) };
    let [key, id] = cursor.open(scope)?;
    let bad = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
    let id: Id = id.parse().map_err(|()| bad())?;
    if matches!(sort, TaskSort::CreatedAt | TaskSort::CreatedAtDown) {
        let at: i64 = key.parse().map_err(|_| bad())?;
        let tied = tasks::created_at.eq(at).and(tasks::id.gt(id));
        return Ok(if sort == TaskSort::CreatedAt {
            rows.filter(tasks::created_at.gt(at).or(tied))
        } else {
            rows.filter(tasks::created_at.lt(at).or(tied))
        });
    }
    if key.is_empty() {
        return Ok(rows.filter(tasks::due_on.is_null().and(tasks::id.gt(id))));
    }
    let due: NaiveDate = key.parse().map_err(|_| bad())?;
    let tied = tasks::due_on.eq(due).and(tasks::id.gt(id));
    Ok(if sort == TaskSort::DueOn {
        rows.filter(tasks::due_on.gt(due).or(tied).or(tasks::due_on.is_null()))
    } else {
        rows.filter(tasks::due_on.lt(due).or(tied).or(tasks::due_on.is_null()))
    })
}
