//! Writing registrations: each move with its event.

use crate::{
    auth::Actor,
    db::{
        lock_row,
        schema::{registration_moves as moves, registrations},
    },
    error::{Code, Error, Result},
    events::{Changes, Event, Tx},
    http::version::{self, IfMatch},
    ids::Id,
    measures::RegistrationState,
    on,
    org_units::model as units,
    place::Place,
    registrations::{
        lines::model as lines,
        model::{self, MoveRow, Placed, Row},
        rounds::model::Row as Round,
        workflow::RegistrationCommand,
    },
};
use diesel::prelude::*;

/// Rows in one statement: far below what either database takes.
const BATCH: usize = 500;

/// A registration found for writing: the tree is held, so that no unit closes meanwhile; seen, locked,
/// allowed, and of the version the caller read.
pub fn open(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    expected: Option<&IfMatch>,
    command: RegistrationCommand,
) -> Result<Placed> {
    let root = model::find(tx.conn, actor, id)?.row.root_id;
    lock_row(tx.conn, "org_units", &root.to_string())?;
    lock_row(tx.conn, "registrations", &id.to_string())?;
    let placed = model::find(tx.conn, actor, id)?;
    actor.may_at(command.action(), placed.site(command))?;
    expected.map_or(Ok(()), |expected| expected.check(placed.row.version))?;
    Ok(placed)
}

/// Where a command leads, or why it cannot be done now.
pub fn leads(tx: &Tx, placed: &Placed, command: RegistrationCommand) -> Result<RegistrationState> {
    let round = placed.round.state(tx.at.day());
    if !command.possible_in(round, placed.row.first_submitted_on.is_some()) {
        return Err(Error::new(Code::InvalidState).with("status", round));
    }
    let to = command.leads(placed.row.state);
    to.ok_or_else(|| Error::new(Code::InvalidState).with("status", placed.row.state))
}

/// Calls upon units: each gets its registration, with an event where it lies.
pub fn call(tx: &mut Tx, round: &Round, to: &[units::Row]) -> Result<()> {
    let rows: Vec<Row> = to.iter().map(|unit| fresh(tx, round, unit.id)).collect();
    for rows in rows.chunks(BATCH) {
        on!(&mut *tx.conn, c => diesel::insert_into(registrations::table).values(rows).execute(c))?;
    }
    let first: Vec<MoveRow> =
        rows.iter().map(|row| one_move(tx, row, RegistrationCommand::Call, "[]".to_owned())).collect();
    for rows in first.chunks(BATCH) {
        on!(&mut *tx.conn, c => diesel::insert_into(moves::table).values(rows).execute(c))?;
    }
    for (unit, row) in to.iter().zip(&rows) {
        append(tx, RegistrationCommand::Call.event(), &unit.place(), row, Changes::new_record(row)?, None)?;
    }
    Ok(())
}

fn fresh(tx: &Tx, round: &Round, unit: Id) -> Row {
    Row {
        id: Id::new(),
        root_id: round.root_id,
        round_id: round.id,
        unit_id: unit,
        state: RegistrationState::NotStarted,
        first_submitted_on: None,
        submitted_by: None,
        submitted_for: None,
        moves: 1,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    }
}

fn one_move(tx: &Tx, row: &Row, command: RegistrationCommand, lines: String) -> MoveRow {
    MoveRow {
        registration_id: row.id,
        n: row.moves,
        root_id: row.root_id,
        command,
        took_effect_at: tx.at,
        unit_id: row.unit_id,
        state: row.state,
        reason: None,
        comment: None,
        lines,
    }
}

/// What is said with a move.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    pub reason: Option<&'a str>,
    pub comment: Option<&'a str>,
}

/// Keeps a move: next version by compare-and-swap, the move with the lines as they were, one event.
pub fn step(
    tx: &mut Tx,
    command: RegistrationCommand,
    before: &Placed,
    row: Row,
    words: Words,
    more: Changes,
) -> Result<Placed> {
    let read = before.row.version;
    let row = Row { version: read + 1, moves: before.row.moves + 1, updated_at: tx.at, ..row };
    let changed = diesel::update(registrations::table.find(row.id).filter(registrations::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    let lines = model::snapshot(&lines::of(tx.conn, row.id)?)?;
    let said = |text: Option<&str>| text.map(str::to_owned);
    let one = MoveRow {
        reason: said(words.reason),
        comment: said(words.comment),
        ..one_move(tx, &row, command, lines)
    };
    diesel::insert_into(moves::table).values(&one).execute(tx.conn)?;
    let mut changes = Changes::between(&before.row, &row)?.joined(more);
    if let Some(comment) = words.comment {
        changes = changes.and("comment", serde_json::Value::Null, comment);
    }
    let after = model::placed(tx.conn, row)?;
    append(tx, command.event(), &after.place, &after.row, changes, words.reason)?;
    Ok(after)
}

/// Appends an event about a registration.
pub fn append(
    tx: &mut Tx,
    kind: &'static str,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind,
        subject_type: "registration",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}
