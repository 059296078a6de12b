//! Writing values: each state with the moment it took effect.

use crate::{
    auth::Actor,
    db::schema::{indicator_value_states as states, indicator_values as values},
    error::{Code, Fault, Result},
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    indicators::{
        model::Row as Indicator,
        values::{
            model::{self, Content, Row, StateRow},
            wire::ValueSource,
            workflow::{ValueCommand, ValueStatus},
        },
    },
    measures::Period,
    place::Place,
};
use chrono::NaiveDate;
use diesel::prelude::*;

/// Where a value goes.
#[derive(Debug, Clone)]
pub struct Slot<'a> {
    pub indicator: &'a Indicator,
    pub place: &'a Place,
    pub period: Period,
    pub window: (NaiveDate, NaiveDate),
    pub cell: &'a str,
}

/// A new row for a slot, in the hands of the actor.
pub fn fresh(tx: &Tx, actor: &Actor, slot: &Slot, content: Content, source: ValueSource) -> Row {
    Row {
        id: Id::new(),
        root_id: slot.place.root_id,
        indicator_id: slot.indicator.id,
        unit_id: slot.place.id,
        period: slot.period,
        starts_on: slot.window.0,
        ends_on: slot.window.1,
        cell: slot.cell.to_owned(),
        status: ValueStatus::Submitted,
        content,
        note: None,
        source,
        submission_id: None,
        entered_by: actor.user,
        entered_for: actor.on_behalf_of,
        approved_unit_id: None,
        approved_at: None,
        states: 1,
        changed_at: tx.at,
        version: 1,
        created_at: tx.at,
    }
}

/// Keeps a new value with its first state. The event is the caller's: a form has one for all its lines.
pub fn insert(tx: &mut Tx, row: &Row, command: ValueCommand) -> Result<()> {
    diesel::insert_into(values::table).values(row).execute(tx.conn)?;
    state(tx, row, command, None)
}

/// Keeps what a value became, over the version it was made from, with its state. Facts take effect in
/// order.
pub fn update(
    tx: &mut Tx,
    before: &Row,
    row: Row,
    command: ValueCommand,
    reason: Option<&str>,
) -> Result<Row> {
    if tx.at < before.changed_at {
        return Err(Fault::at("/at", Code::OutOfOrder).with("last", before.changed_at.to_string()).into());
    }
    let read = before.version;
    let row = Row { version: read + 1, states: before.states + 1, changed_at: tx.at, ..row };
    let changed = diesel::update(values::table.find(row.id).filter(values::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    state(tx, &row, command, reason)?;
    Ok(row)
}

fn state(tx: &mut Tx, row: &Row, command: ValueCommand, reason: Option<&str>) -> Result<()> {
    let Content { value, numerator, denominator, qualifier, estimated, reached_on, verdict } =
        row.content.clone();
    let one = StateRow {
        value_id: row.id,
        n: row.states,
        root_id: row.root_id,
        took_effect_at: tx.at,
        command,
        status: row.status,
        value,
        numerator,
        denominator,
        qualifier,
        estimated,
        reached_on,
        verdict,
        reason: reason.map(str::to_owned),
    };
    diesel::insert_into(states::table).values(&one).execute(tx.conn)?;
    Ok(())
}

/// Appends the event of a value that moved by itself.
pub fn append(
    tx: &mut Tx,
    command: ValueCommand,
    place: &Place,
    before: Option<&Row>,
    row: &Row,
    reason: Option<&str>,
) -> Result<()> {
    let after = model::wire_one(tx.conn, row.clone())?;
    let changes = match before {
        Some(before) => Changes::between(&model::wire_one(tx.conn, before.clone())?, &after)?,
        None => Changes::new_record(&after)?,
    };
    tx.append(Event {
        kind: command.event(),
        subject_type: "indicator_value",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
