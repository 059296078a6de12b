//! Lists of a territory in the order of due dates, read from the index `task_places` as far as the page
//! goes: the work grows with the page, not with what lies in the territory.
//!
//! A question that asks for nothing but states, how tasks stand against their due dates, and due dates is
//! a few stretches of that index, one status each. Any other question is none, and is asked of the tasks.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::task_places as places},
    error::{Code, Error, Fault, Result},
    http::query::AnyOf,
    ids::Id,
    measures::{Status, Timeliness},
    on,
    tasks::{
        model::Lens,
        wire::{TaskQuery, TaskSort},
    },
};
use chrono::{Days, NaiveDate, TimeDelta};
use diesel::prelude::*;

/// What stands for no due date: after every other one.
fn none() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// Before every due date.
fn first() -> NaiveDate {
    NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(NaiveDate::MIN)
}

/// Tasks of one status that are due from one day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    status: Status,
    from: NaiveDate,
    until: NaiveDate,
}

/// Where a task stands in the order.
pub type Key = (NaiveDate, Id);

/// The stretches that a question is made of; none when it asks for more.
pub fn stretches(query: &TaskQuery, lens: &Lens) -> Option<Vec<Stretch>> {
    let TaskQuery { under, unit_id, assigner_unit_id, coordinating_unit_id, document_id, .. } = query;
    let TaskQuery { serves_document_id, under_document_id, resolution_item_id, parent_task_id, .. } = query;
    let units = [under, unit_id, assigner_unit_id, coordinating_unit_id];
    let serves = [document_id, serves_document_id, under_document_id, resolution_item_id, parent_task_id];
    let ids = units.into_iter().chain(serves).chain([&query.duty_id, &query.source_id]);
    let words =
        query.class.is_some() || query.field.is_some() || query.q.is_some() || query.unclear.is_some();
    if ids.flatten().next().is_some() || words || query.sort.is_some_and(|sort| sort != TaskSort::DueOn) {
        return None;
    }
    let until = query.due_before.map_or(Some(none()), |day| day.0.pred_opt())?;
    let mut found = Vec::new();
    for status in query.status.as_ref().map_or(Status::ALL, |AnyOf(wanted)| wanted) {
        match &query.timeliness {
            None => found.push((*status, first(), none())),
            Some(AnyOf(wanted)) => {
                for timeliness in wanted {
                    let days = days(*status, *timeliness, lens)?;
                    found.extend(days.map(|(from, until)| (*status, from, until)));
                }
            }
        }
    }
    let cut = found.into_iter().map(|(status, from, end)| Stretch { status, from, until: end.min(until) });
    Some(cut.filter(|stretch| stretch.from <= stretch.until).collect())
}

/// Between which due dates tasks of a status stand like this: `Some(None)` when none does, none when it is
/// not told by the due date. Says what `measures::timeliness` says; a test holds the two together.
fn days(status: Status, timeliness: Timeliness, lens: &Lens) -> Option<Option<(NaiveDate, NaiveDate)>> {
    let soon = lens.day.checked_add_signed(TimeDelta::days(lens.due_soon_days)).unwrap_or(lens.day);
    let (always, before_none) = ((first(), none()), none() - Days::new(1));
    match status {
        Status::Cancelled => Some((timeliness == Timeliness::Cancelled).then_some(always)),
        Status::Submitted => Some((timeliness == Timeliness::AwaitingConfirmation).then_some(always)),
        Status::Completed | Status::Closed => match timeliness {
            Timeliness::NoDueDate | Timeliness::CompletedOnTime | Timeliness::CompletedLate => None,
            _ => Some(None),
        },
        Status::Registered | Status::Returned | Status::Accepted | Status::InProgress => {
            Some(match timeliness {
                Timeliness::InTime => Some((soon.succ_opt()?, before_none)),
                Timeliness::DueSoon => Some((lens.day, soon)),
                Timeliness::Overdue => Some((first(), lens.day.pred_opt()?)),
                Timeliness::NoDueDate => Some((none(), none())),
                _ => None,
            })
        }
    }
}

/// The first so many tasks of some stretches that the actor sees, after one of them. The actor acts in a
/// unit.
pub fn keys(
    conn: &mut AnyConn,
    actor: &Actor,
    stretches: &[Stretch],
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<Key>> {
    let anchor = actor.unit.as_ref().map(|unit| unit.id).ok_or_else(Error::not_found)?;
    // Who reads however deep reads what is far as well.
    let nearness: &[i16] = if actor.detail_depth.is_some() { &[1] } else { &[1, 0] };
    let mut found: Vec<Key> = Vec::new();
    for stretch in stretches {
        for near in nearness {
            let from = after.map_or(stretch.from, |(day, _)| day.max(stretch.from));
            let mine = places::table
                .filter(places::anchor_id.eq(anchor).and(places::near.eq(*near)))
                .filter(places::status.eq(stretch.status))
                .filter(places::due_key.ge(from).and(places::due_key.le(stretch.until)))
                .order((places::due_key, places::task_id))
                .select((places::due_key, places::task_id))
                .limit(limit);
            found.extend(match after {
                None => on!(conn, c => mine.load::<Key>(c))?,
                // So that the index leads to the day: an `or` alone would read the stretch from its start.
                Some((day, id)) => {
                    let later = mine.filter(places::due_key.gt(day).or(places::task_id.gt(id)));
                    on!(conn, c => later.load::<Key>(c))?
                }
            });
        }
    }
    found.sort_unstable();
    // The same status may be asked for twice.
    found.dedup();
    found.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(found)
}

/// The place in the order that a cursor names by its due date, empty for none, and its task.
pub fn key(due_on: &str, id: &str) -> Result<Key> {
    let bad = || Error::from(Fault::parameter("cursor", Code::CursorMismatch));
    let day = if due_on.is_empty() { none() } else { due_on.parse().map_err(|_| bad())? };
    Ok((day, id.parse().map_err(|()| bad())?))
}

/// The due date of a place in the order, as a cursor names it.
pub fn due_on((day, _): &Key) -> String {
    if *day == none() { String::new() } else { day.to_string() }
}
