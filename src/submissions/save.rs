//! Keeping steps of submissions, and moving the values that came with them.

use crate::{
    auth::Actor,
    db::schema::{indicator_values as values, submission_moves as moves, submissions},
    error::{Code, Error, Fault, Result},
    events::{Changes, Event, Tx},
    http::version,
    ids::Id,
    indicators::values::{
        model::Row as Value,
        save as kept,
        workflow::{ValueCommand, ValueStatus},
    },
    place::Place,
    submissions::{
        model::{MoveRow, Row},
        wire::{SubmissionComment, SubmissionLine},
        workflow::SubmissionCommand,
    },
};
use diesel::prelude::*;
use serde_json::{Value as Json, json};

/// What is said with a step.
#[derive(Debug, Clone, Copy, Default)]
pub struct Words<'a> {
    pub reason: Option<&'a str>,
    pub comment: Option<&'a str>,
    pub lines: &'a [SubmissionComment],
}

/// Lines for a column.
pub fn column(lines: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(lines).map_err(Error::internal)
}

/// Keeps a step over the version it was made from: the row, the lines as they were then, one event. Facts
/// take effect in order.
pub fn step(
    tx: &mut Tx,
    actor: &Actor,
    command: SubmissionCommand,
    (before, place): (&Row, &Place),
    row: Row,
    lines: &[SubmissionLine],
    words: Words,
) -> Result<Row> {
    if tx.at < before.changed_at {
        return Err(Fault::at("/at", Code::OutOfOrder).with("last", before.changed_at.to_string()).into());
    }
    let read = before.version;
    let row = Row { version: read + 1, moves: before.moves + 1, changed_at: tx.at, ..row };
    let changed = diesel::update(submissions::table.find(row.id).filter(submissions::version.eq(read)))
        .set(&row)
        .execute(tx.conn)?;
    if changed != 1 {
        return Err(version::stale(read + 1, read));
    }
    insert_move(tx, actor, command, &row, lines, words)?;
    let mut changes = Changes::between(&said(before), &said(&row))?.joined(line_changes(before, &row)?);
    if !words.lines.is_empty() {
        changes = changes.and("comments", Json::Null, json!(words.lines));
    }
    if let Some(comment) = words.comment {
        changes = changes.and("comment", Json::Null, comment);
    }
    append(tx, command, place, &row, changes, words.reason)?;
    Ok(row)
}

/// Keeps a step in the list of steps.
pub fn insert_move(
    tx: &mut Tx,
    actor: &Actor,
    command: SubmissionCommand,
    row: &Row,
    lines: &[SubmissionLine],
    words: Words,
) -> Result<()> {
    let one = MoveRow {
        submission_id: row.id,
        n: row.moves,
        root_id: row.root_id,
        command,
        took_effect_at: tx.at,
        unit_id: actor.unit.as_ref().map(|unit| unit.id),
        done_by: actor.user,
        state: row.state,
        approvals: row.approvals,
        nil: row.nil,
        lines: column(&lines)?,
        comments: column(&words.lines)?,
        reason: words.reason.map(str::to_owned),
    };
    diesel::insert_into(moves::table).values(&one).execute(tx.conn)?;
    Ok(())
}

/// What the log says of a submission, but for its lines.
pub fn said(row: &Row) -> Json {
    json!({
        "form_id": row.form_id, "unit_id": row.unit_id, "reporter_id": row.reporter_id, "period": row.period,
        "state": row.state, "approvals": row.approvals, "nil": row.nil, "holder_id": row.holder_id,
        "content_hash": row.content_hash, "channel": row.channel,
    })
}

/// The lines that differ, each under its key.
fn line_changes(before: &Row, after: &Row) -> Result<Changes> {
    let mut changes = Changes::none();
    if before.lines == after.lines {
        return Ok(changes);
    }
    let (old, new) = (before.lines()?, after.lines()?);
    let bare = |line: &SubmissionLine| -> Result<Json> {
        let mut json = serde_json::to_value(line).map_err(Error::internal)?;
        if let Some(members) = json.as_object_mut() {
            members.retain(|name, value| !value.is_null() && name != "key");
        }
        Ok(json)
    };
    for line in &new {
        let was = old.iter().find(|one| one.key == line.key);
        if was != Some(line) {
            let was = was.map(bare).transpose()?.unwrap_or(Json::Null);
            changes = changes.and(&format!("lines.{}", line.key.0), was, bare(line)?);
        }
    }
    for line in old.iter().filter(|line| !new.iter().any(|one| one.key == line.key)) {
        changes = changes.and(&format!("lines.{}", line.key.0), bare(line)?, Json::Null);
    }
    Ok(changes)
}

/// Appends the event of a step.
pub fn append(
    tx: &mut Tx,
    command: SubmissionCommand,
    place: &Place,
    row: &Row,
    changes: Changes,
    reason: Option<&str>,
) -> Result<()> {
    tx.append(Event {
        kind: command.event(),
        subject_type: "submission",
        subject_id: row.id,
        subject_version: row.version,
        place: Some(place),
        changes,
        reason,
    })
}

/// Moves the values that came with a submission and that the command can move from where they are. They have
/// no events of their own: the submission's tells.
pub fn move_values(
    tx: &mut Tx,
    actor: &Actor,
    submission: Id,
    command: ValueCommand,
    reason: Option<&str>,
) -> Result<()> {
    let rows: Vec<Value> = values::table
        .filter(values::submission_id.eq(submission))
        .order(values::id)
        .select(Value::as_select())
        .load(tx.conn)?;
    for value in rows {
        move_value(tx, actor, &value, command, reason)?;
    }
    Ok(())
}

/// Moves one value, if the command can from where it is.
pub fn move_value(
    tx: &mut Tx,
    actor: &Actor,
    value: &Value,
    command: ValueCommand,
    reason: Option<&str>,
) -> Result<()> {
    let Some(status) = command.leads(value.status) else { return Ok(()) };
    let approved = status == ValueStatus::Approved;
    let row = Value {
        status,
        approved_unit_id: actor.unit.as_ref().filter(|_| approved).map(|unit| unit.id),
        approved_at: approved.then_some(tx.at),
        ..value.clone()
    };
    kept::update(tx, value, row, command, reason)?;
    Ok(())
}
