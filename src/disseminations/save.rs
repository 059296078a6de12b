//! Writing disseminations, each change with one event in their history.

use crate::{
    auth::Actor,
    db::{
        lock_row,
        schema::{
            dissemination_holders as holders, dissemination_plans as plans,
            dissemination_sessions as sessions, disseminations,
        },
    },
    disseminations::{
        model::{self, Placed, PlanRow, Row},
        workflow::Step,
    },
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    place::Place,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

/// A dissemination found for a step: locked, inside the territory, allowed, of the version the caller
/// read, and in a state that lets it.
pub fn open(tx: &mut Tx, actor: &Actor, id: Id, expected: Option<&IfMatch>, step: Step) -> Result<Placed> {
    let placed = find(tx, actor, id, step)?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    may_now(&placed, step)?;
    Ok(placed)
}

/// The same, whatever its version and state.
pub fn find(tx: &mut Tx, actor: &Actor, id: Id, step: Step) -> Result<Placed> {
    lock_row(tx.conn, "disseminations", &id.to_string())?;
    let placed = model::find(tx.conn, actor, id)?;
    actor.may_at(step.action(), placed.site())?;
    Ok(placed)
}

/// Refuses what the state does not let.
pub fn may_now(placed: &Placed, step: Step) -> Result<()> {
    placed
        .standing
        .refuses(step)
        .map_or(Ok(()), |why| Err(Error::new(Code::InvalidState).with("status", why)))
}

/// Inserts a dissemination with its plan: one event.
pub fn insert(tx: &mut Tx, actor: &Actor, row: &Row, plan: &PlanRow) -> Result<Placed> {
    diesel::insert_into(disseminations::table).values(row).execute(tx.conn)?;
    diesel::insert_into(plans::table).values(plan).execute(tx.conn)?;
    hold(tx, row, row.unit_id, None)?;
    let placed = model::placed_one(tx.conn, row.clone())?;
    let changes = Changes::new_record(&placed.wire(actor))?;
    append(tx, "dissemination.planned", &placed.place, row, changes, None)?;
    Ok(placed)
}

/// Notes whose study it is from a day on; none: from the beginning.
pub fn hold(tx: &mut Tx, row: &Row, unit: Id, from: Option<NaiveDate>) -> Result<()> {
    diesel::insert_into(holders::table)
        .values((
            holders::dissemination_id.eq(row.id),
            holders::unit_id.eq(unit),
            holders::root_id.eq(row.root_id),
            holders::from_on.eq(from),
        ))
        .execute(tx.conn)?;
    Ok(())
}

/// Keeps a changed dissemination: next version by compare-and-swap, one event.
pub fn update(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static str,
    before: &Placed,
    row: Row,
    more: Changes,
    reason: Option<&str>,
) -> Result<Placed> {
    let read = before.row.version;
    let row = Row { version: read + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(disseminations::table.find(row.id).filter(disseminations::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let after = model::placed_one(tx.conn, row)?;
    let changes = Changes::between(&before.wire(actor), &after.wire(actor))?.joined(more);
    append(tx, kind, &after.place, &after.row, changes, reason)?;
    Ok(after)
}

/// Keeps a change of what belongs to a dissemination: the record, named, before and after; with it the
/// day of the first session, which may have moved.
pub fn record<T: Serialize>(
    tx: &mut Tx,
    actor: &Actor,
    kind: &'static str,
    before: &Placed,
    (name, old, new): (&str, Option<&T>, Option<&T>),
) -> Result<Placed> {
    let told = |one: Option<&T>| match one {
        Some(one) => serde_json::to_value(one).map_err(Error::internal),
        None => Ok(Value::Null),
    };
    let more = Changes::none().and(name, told(old)?, told(new)?);
    let row = Row { started_on: started_on(tx, before.row.id)?, ..before.row.clone() };
    update(tx, actor, kind, before, row, more, None)
}

fn started_on(tx: &mut Tx, id: Id) -> Result<Option<NaiveDate>> {
    let live = sessions::table.filter(sessions::dissemination_id.eq(id).and(sessions::deleted_at.is_null()));
    Ok(live.select(diesel::dsl::min(sessions::held_on)).first(tx.conn)?)
}

fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "dissemination",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
