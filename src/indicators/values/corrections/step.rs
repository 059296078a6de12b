//! Asking for corrections, and deciding on them.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::indicator_corrections as corrections},
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result},
    events::{Changes, Event, Tx},
    http::Answer,
    ids::Id,
    indicators::values::{
        content,
        corrections::{
            model::{self, Row},
            wire::{Correction, CorrectionCreate, CorrectionDecision, CorrectionStatus},
        },
        enter::day_fault,
        model::{self as values, Content, Placed, Row as Value},
        save,
        workflow::{ValueCommand, ValueStatus},
    },
    measures::Qualifier,
    policy::{self, Action, Site},
};
use diesel::prelude::*;
use serde_json::Value as Json;

fn open(tx: &mut Tx, actor: &Actor, value: Id) -> Result<Placed> {
    lock_row(tx.conn, "indicator_values", &value.to_string())?;
    let row = values::find(tx.conn, actor, value)?;
    values::placed(tx.conn, row)
}

/// Asks for another value. One request at a time.
pub fn ask(tx: &mut Tx, actor: &Actor, value: Id, new: &CorrectionCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, value, new)? {
        return Ok(answer);
    }
    let placed = open(tx, actor, value)?;
    actor.may_at(Action::ValueCorrect, Site::of(&placed.place))?;
    refuse_classified(None, &[("/reason", Some(&*new.reason))])?;
    let old = &placed.row;
    if old.status != ValueStatus::Approved {
        return Err(Error::new(Code::InvalidState).with("status", old.status));
    }
    let pending: i64 = corrections::table
        .filter(corrections::value_id.eq(value).and(corrections::status.eq(CorrectionStatus::Pending)))
        .count()
        .get_result(tx.conn)?;
    if pending > 0 {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::CorrectionPending));
    }
    let content = content_of(new);
    let mut faults = content::faults(&placed.indicator, &content, "");
    faults.extend(day_fault(&content, tx.at.day(), ""));
    if !faults.is_empty() {
        return Err(Error::faults(faults));
    }
    let row = row(tx, actor, old, new, content);
    diesel::insert_into(corrections::table).values(&row).execute(tx.conn)?;
    append(tx, "indicator_value.correction_requested", &placed, &row, &row.reason)?;
    let address = format!("/api/v1/indicator-values/{value}/corrections");
    Answer::created(address, row.version, &Correction::from(row))
}

/// Decides on a correction: approval restates the figure from now on, if it is still what was to be corrected.
pub fn decide(
    tx: &mut Tx,
    actor: &Actor,
    value: Id,
    id: Id,
    decision: CorrectionStatus,
    words: &CorrectionDecision,
) -> Result<Answer> {
    let placed = open(tx, actor, value)?;
    let asked = model::find(tx.conn, value, id)?;
    if !placed.permits(actor, ValueCommand::Approve) {
        return Err(policy::refused(Action::ValueApprove));
    }
    refuse_classified(None, &[("/reason", words.reason.as_deref()), ("/comment", words.comment.as_deref())])?;
    if asked.status != CorrectionStatus::Pending {
        return Err(Error::new(Code::InvalidState).with("status", asked.status));
    }
    if actor.is_same_hand(asked.requested_by, asked.requested_for) {
        return Err(Error::new(Code::OwnWork));
    }
    if decision == CorrectionStatus::Rejected && words.reason.is_none() {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    if decision == CorrectionStatus::Approved {
        holds_still(&placed.row, &asked)?;
    }
    let said = words.reason.as_deref().or(words.comment.as_deref()).map(str::to_owned);
    let decided = Row {
        status: decision,
        decided_by: actor.user,
        decided_for: actor.on_behalf_of,
        decided_on: Some(tx.at.day()),
        decision_comment: said.clone(),
        version: asked.version + 1,
        ..asked
    };
    diesel::update(corrections::table.find(id)).set(&decided).execute(tx.conn)?;
    if decision == CorrectionStatus::Approved {
        let before = placed.row.clone();
        let row = Value {
            content: decided.content(),
            entered_by: decided.requested_by,
            entered_for: decided.requested_for,
            approved_unit_id: actor.unit.as_ref().map(|unit| unit.id),
            approved_at: Some(tx.at),
            ..before.clone()
        };
        let row = save::update(tx, &before, row, ValueCommand::Correct, Some(&decided.reason))?;
        save::append(tx, ValueCommand::Correct, &placed.place, Some(&before), &row, Some(&decided.reason))?;
    } else {
        let said = said.as_deref().unwrap_or_default();
        append(tx, "indicator_value.correction_rejected", &placed, &decided, said)?;
    }
    Answer::changed(decided.version, &Correction::from(decided))
}

/// Refuses a correction of what is not approved any more, or has come again with other numbers since: it is
/// rejected, and another one asked for.
fn holds_still(value: &Value, asked: &Row) -> Result<()> {
    if ValueCommand::Correct.leads(value.status).is_none() {
        return Err(Error::new(Code::InvalidState).with("status", value.status));
    }
    let Content { value, numerator, denominator, .. } = &value.content;
    if [value, numerator, denominator] != [&asked.old_value, &asked.old_numerator, &asked.old_denominator] {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::CorrectionOutdated));
    }
    Ok(())
}

fn content_of(new: &CorrectionCreate) -> Content {
    Content {
        value: new.value.map(|amount| amount.0),
        numerator: new.numerator.map(|amount| amount.0),
        denominator: new.denominator.map(|amount| amount.0),
        qualifier: new.qualifier.unwrap_or(Qualifier::Exactly),
        estimated: new.estimated.unwrap_or(false),
        reached_on: new.reached_on.map(|day| day.0),
        verdict: new.verdict,
    }
}

fn row(tx: &Tx, actor: &Actor, old: &Value, new: &CorrectionCreate, content: Content) -> Row {
    Row {
        id: new.id.unwrap_or_else(Id::new),
        root_id: old.root_id,
        value_id: old.id,
        status: CorrectionStatus::Pending,
        old_value: old.content.value,
        old_numerator: old.content.numerator,
        old_denominator: old.content.denominator,
        value: content.value,
        numerator: content.numerator,
        denominator: content.denominator,
        qualifier: content.qualifier,
        estimated: content.estimated,
        reached_on: content.reached_on,
        verdict: content.verdict,
        reason: new.reason.0.clone(),
        requested_by: actor.user,
        requested_for: actor.on_behalf_of,
        requested_on: tx.at.day(),
        decided_by: None,
        decided_for: None,
        decided_on: None,
        decision_comment: None,
        version: 1,
        created_at: tx.at,
    }
}

fn append(tx: &mut Tx, kind: &'static str, placed: &Placed, row: &Row, reason: &str) -> Result<()> {
    let text = |number: Option<crate::measures::Decimal>| number.map(|number| number.to_string());
    let changes = Changes::none().and("correction_id", Json::Null, row.id.to_string()).and(
        "requested_value",
        text(row.old_value),
        text(row.value),
    );
    tx.append(Event {
        kind,
        subject_type: "indicator_value",
        subject_id: placed.row.id,
        subject_version: placed.row.version,
        place: Some(&placed.place),
        changes,
        reason: Some(reason).filter(|text| !text.is_empty()),
    })
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    value: Id,
    new: &CorrectionCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<Row> = corrections::table.find(id).select(Row::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    values::find(conn, actor, row.value_id).map_err(|_| conflict())?;
    if row.value_id != value || row.content() != content_of(new) || row.reason != new.reason.0 {
        return Err(conflict());
    }
    Answer::changed(row.version, &Correction::from(row)).map(Some)
}
