//! Reading recurring duties, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{duty_tasks, recurring_duties as duties},
    },
    duties::{
        schedule::{DueFrom, Every, Occurrence, Schedule},
        wire::{RecurringDuty, RecurringDutyOccurrence, RecurringDutyQuery},
        workflow::DutyStatus,
    },
    error::{Code, Error, Fault, Result},
    http::{
        Cursor, Page,
        fields::{Day, Line, Prose},
    },
    ids::Id,
    measures::Status,
    org_units::{model as units, wire::UnitRef},
    place::Place,
    policy::{Action, Site},
    tasks::{
        weight::Weight,
        wire::{Class, TaskCreate},
    },
};
use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use std::collections::HashMap;

/// How far ahead anybody looks or makes tasks, in days.
const FARTHEST: TimeDelta = TimeDelta::days(366);

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = duties, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub unit_id: Id,
    pub assigner_unit_id: Id,
    pub title: String,
    pub description: Option<String>,
    pub class: Class,
    pub field: Option<String>,
    pub weight_milli: i64,
    pub document_id: Option<Id>,
    pub lead_individual: Option<String>,
    pub expected_product: Option<String>,
    pub every: Every,
    pub due_from: DueFrom,
    pub due_day: i32,
    pub lead_days: Option<i32>,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub status: DutyStatus,
    pub task_status: Status,
    pub active_since: NaiveDate,
    /// The day the next task is made: kept with every change, and no part of what a version is.
    pub next_on: Option<NaiveDate>,
    pub created_by: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// When it comes.
    pub fn schedule(&self) -> Schedule {
        Schedule {
            every: self.every,
            due_from: self.due_from,
            due_day: self.due_day,
            lead_days: self.lead_days,
            first_on: self.starts_on.max(self.active_since),
            last_on: self.ends_on,
        }
    }

    /// The right it takes to change it: what a superior gave is the superior's.
    pub fn action(&self) -> Action {
        if self.task_status == Status::Registered { Action::DutyOwn } else { Action::DutyManage }
    }

    /// The task it becomes, in a period or in none in particular.
    pub fn task(&self, one: Option<&Occurrence>) -> TaskCreate {
        TaskCreate {
            id: None,
            code: None,
            title: Line(self.title.clone()),
            description: self.description.clone().map(Prose),
            unit_id: self.unit_id,
            assigner_unit_id: Some(self.assigner_unit_id),
            class: self.class,
            field: self.field.clone().map(Line),
            weight: Some(Weight(self.weight_milli)),
            start_on: one.map(|one| Day(one.start_on)),
            due_on: one.map(|one| Day(one.due_on)),
            document_id: self.document_id,
            lead_individual: self.lead_individual.clone().map(Line),
            expected_product: self.expected_product.clone().map(Line),
            parents: None,
        }
    }

    /// The wire form, with its unit.
    pub fn wire(self, unit: UnitRef) -> RecurringDuty {
        RecurringDuty {
            id: self.id,
            title: self.title,
            description: self.description,
            unit,
            unit_id: self.unit_id,
            assigner_unit_id: self.assigner_unit_id,
            class: self.class,
            field: self.field,
            weight: Weight(self.weight_milli),
            document_id: self.document_id,
            lead_individual: self.lead_individual,
            expected_product: self.expected_product,
            every: self.every,
            due_from: self.due_from,
            due_day: self.due_day,
            lead_days: self.lead_days,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            status: self.status,
            task_status: self.task_status,
            active_since: self.active_since,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// A duty with its lead unit.
#[derive(Debug, Clone)]
pub struct Placed {
    pub row: Row,
    pub place: Place,
    /// The lead unit in a few words.
    pub unit: UnitRef,
}

impl Placed {
    /// Where the policy looks.
    pub const fn site(&self) -> Site<'_> {
        Site { unit: Some(&self.place), assigner: Some(self.row.assigner_unit_id) }
    }

    /// The wire form.
    pub fn wire(&self) -> RecurringDuty {
        self.row.clone().wire(self.unit.clone())
    }
}

/// The only way to start a query on duties: as for the tasks they become.
pub fn visible(actor: &Actor) -> duties::BoxedQuery<'static, MultiBackend> {
    let all = duties::table.filter(duties::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    all.filter(duties::unit_id.eq_any(mine).or(duties::assigner_unit_id.eq(unit.id)))
}

/// One duty with its place, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Placed> {
    let row: Row = visible(actor).filter(duties::id.eq(id)).select(Row::as_select()).first(conn)?;
    placed(conn, row)
}

/// A duty with the unit it names.
pub fn placed(conn: &mut AnyConn, row: Row) -> Result<Placed> {
    let unit = units::load(conn, row.unit_id)?;
    Ok(Placed { row, place: unit.place(), unit: unit.reference() })
}

/// A page of duties in the order of their ids, which is that of their creation.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &RecurringDutyQuery) -> Result<Page<RecurringDuty>> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
        rows = rows.filter(duties::unit_id.eq_any(below));
    }
    if let Some(unit) = query.unit_id {
        rows = rows.filter(duties::unit_id.eq(unit));
    }
    if let Some(assigner) = query.assigner_unit_id {
        rows = rows.filter(duties::assigner_unit_id.eq(assigner));
    }
    if let Some(status) = &query.status {
        rows = rows.filter(duties::status.eq_any(status.0.clone()));
    }
    if let Some(every) = &query.every {
        rows = rows.filter(duties::every.eq_any(every.0.clone()));
    }
    let scope = format!(
        "duties|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.under,
        query.unit_id,
        query.assigner_unit_id,
        query.status,
        query.every,
        actor.scope_key()
    );
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(duties::id.gt(id));
    }
    let found = rows.order(duties::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(found, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    let ids: Vec<Id> = page.items.iter().map(|row| row.unit_id).collect();
    let names = units::references(conn, &ids)?;
    let wire = |row: Row| {
        let unit = names.get(&row.unit_id).cloned();
        Ok(row.wire(unit.ok_or_else(|| Error::internal("a duty without its unit"))?))
    };
    let items = page.items.into_iter().map(wire).collect::<Result<_>>()?;
    Ok(Page { next_cursor: page.next_cursor, items })
}

/// The tasks a duty has become, by the names of their periods.
pub fn made(conn: &mut AnyConn, duty: Id) -> Result<HashMap<String, Id>> {
    let rows: Vec<(String, Id)> = duty_tasks::table
        .filter(duty_tasks::duty_id.eq(duty))
        .select((duty_tasks::period, duty_tasks::task_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// What is due from today on, made or not; nothing while the duty is not active.
pub fn upcoming(
    conn: &mut AnyConn,
    actor: &Actor,
    id: Id,
    until: Option<Day>,
    today: NaiveDate,
) -> Result<Page<RecurringDutyOccurrence>> {
    let Placed { row, .. } = find(conn, actor, id)?;
    let farthest = today.checked_add_signed(FARTHEST);
    let until = horizon(until.or(farthest.map(Day)), today, |code| Fault::parameter("until", code))?;
    let mut made = made(conn, id)?;
    let coming = row.schedule().due_between(today, until).filter(|_| row.status == DutyStatus::Active);
    let items = coming.map(|one| RecurringDutyOccurrence {
        task_id: made.remove(&one.period),
        period: one.period,
        start_on: one.start_on,
        due_on: one.due_on,
    });
    Ok(Page { items: items.collect(), next_cursor: None })
}

/// The day up to which is looked or made: from today, which is the default, to [`FARTHEST`].
pub fn horizon(until: Option<Day>, today: NaiveDate, fault: impl FnOnce(Code) -> Fault) -> Result<NaiveDate> {
    let Some(Day(until)) = until else { return Ok(today) };
    let farthest = today.checked_add_signed(FARTHEST).unwrap_or(today);
    if (today..=farthest).contains(&until) {
        return Ok(until);
    }
    Err(fault(Code::OutOfRange).with("min", today).with("max", farthest).into())
}

/// Duties that have something to be made on a day, in the order of their ids, after one of them.
pub fn waiting(conn: &mut AnyConn, today: NaiveDate, after: Option<Id>, most: i64) -> Result<Vec<Id>> {
    let mut rows = duties::table.filter(duties::next_on.le(today)).into_boxed();
    if let Some(after) = after {
        rows = rows.filter(duties::id.gt(after));
    }
    Ok(rows.order(duties::id).limit(most).select(duties::id).load(conn)?)
}
