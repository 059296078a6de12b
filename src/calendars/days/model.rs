//! Reading declared days. They are the whole country's: everybody sees all of them.

use crate::{
    auth::Actor,
    calendars::days::wire::{CalendarDay, CalendarDayQuery, DeclaredDay},
    clock::Instant,
    db::{AnyConn, MultiBackend, schema::calendar_days as days},
    error::{Code, Fault, Result},
    events::{Changes, Event, Tx},
    http::Page,
    ids::Id,
    measures::{DayKind, DayOccasion, WorkingDays},
};
use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use std::collections::BTreeMap;

/// Most days in one answer.
const MOST: u64 = 400;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = days)]
pub struct Row {
    pub id: Id,
    pub day: NaiveDate,
    pub kind: DayKind,
    pub occasion: DayOccasion,
    pub name: String,
    pub source: String,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// The wire form.
    pub fn wire(self) -> DeclaredDay {
        DeclaredDay {
            id: self.id,
            on: self.day,
            kind: self.kind,
            occasion: self.occasion,
            name: self.name,
            source: self.source,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }
}

/// The only way to start a query on declared days: those that were not taken back, the same for all.
pub fn visible(_: &Actor) -> days::BoxedQuery<'static, MultiBackend> {
    declared()
}

fn declared() -> days::BoxedQuery<'static, MultiBackend> {
    days::table.filter(days::deleted_at.is_null()).into_boxed()
}

/// One day, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(days::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// All declared days, to count by.
pub fn calendar(conn: &mut AnyConn) -> Result<WorkingDays> {
    let rows: Vec<(NaiveDate, DayKind, DayOccasion)> =
        declared().select((days::day, days::kind, days::occasion)).load(conn)?;
    Ok(WorkingDays::new(rows))
}

/// The days of a span, each with what is declared of it.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &CalendarDayQuery) -> Result<Page<CalendarDay>> {
    let (from, to) = (query.from.0, query.to.0);
    let last = from.checked_add_days(Days::new(MOST - 1)).unwrap_or(NaiveDate::MAX);
    if !(from..=last).contains(&to) {
        return Err(Fault::parameter("to", Code::OutOfRange).with("min", from).with("max", last).into());
    }
    let calendar = calendar(conn)?;
    let rows: Vec<Row> =
        visible(actor).filter(days::day.between(from, to)).select(Row::as_select()).load(conn)?;
    let mut declared: BTreeMap<NaiveDate, Row> = rows.into_iter().map(|row| (row.day, row)).collect();
    let one = |on: NaiveDate| CalendarDay {
        on,
        working: calendar.is_working(on),
        calendar_known: calendar.knows(on),
        declared: declared.remove(&on).map(Row::wire),
    };
    let items = from.iter_days().take_while(|day| *day <= to).map(one).collect();
    Ok(Page { items, next_cursor: None })
}

/// Appends the event of a day just declared or taken back. It belongs to no unit.
pub fn append(tx: &mut Tx, kind: &'static str, row: &Row, changes: Changes) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "working_day",
        subject_id: row.id,
        subject_version: row.version,
        place: None,
        changes,
        reason: None,
    })
}
