//! Later due dates: asked for with a reason, decided by who gave the task.
//!
//! The original due date is kept for ever, and only what was asked for before it ended changes what
//! "on time" is judged by: late stays late.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{AnyConn, schema::extensions},
    documents::rules::refuse_classified,
    error::{Code, Error, Phrase, Result},
    events::{Changes, Tx},
    http::{Answer, Page},
    ids::Id,
    measures,
    policy::Action,
    tasks::{
        create::address,
        model::{self, Placed, Row},
        save::{self, Account},
        wire::{Extension, ExtensionCreate, ExtensionDecision, ExtensionStatus},
        workflow::{is_open, takes_extensions},
    },
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// A row of the table.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = extensions, treat_none_as_null = true)]
pub struct ExtensionRow {
    pub id: Id,
    pub root_id: Id,
    pub task_id: Id,
    pub old_due_on: Option<NaiveDate>,
    pub new_due_on: NaiveDate,
    pub reason: String,
    pub requested_on: NaiveDate,
    pub requested_by: Option<Id>,
    pub status: ExtensionStatus,
    pub decided_on: Option<NaiveDate>,
    pub decided_by: Option<Id>,
    pub decision_comment: Option<String>,
    pub version: i32,
    pub created_at: Instant,
    pub requested_for: Option<Id>,
    pub decided_for: Option<Id>,
}

impl From<ExtensionRow> for Extension {
    fn from(row: ExtensionRow) -> Self {
        Self {
            id: row.id,
            task_id: row.task_id,
            old_due_on: row.old_due_on,
            new_due_on: row.new_due_on,
            reason: row.reason,
            requested_on: row.requested_on,
            requested_by: row.requested_by,
            requested_for: row.requested_for,
            status: row.status,
            decided_on: row.decided_on,
            decided_by: row.decided_by,
            decided_for: row.decided_for,
            decision_comment: row.decision_comment,
            version: row.version,
        }
    }
}

/// Asks for a later due date. One request at a time.
pub fn request(tx: &mut Tx, actor: &Actor, task: Id, new: &ExtensionCreate) -> Result<Answer> {
    if let Some(answer) = already_there(tx.conn, actor, task, new)? {
        return Ok(answer);
    }
    refuse_classified(None, &[("/reason", Some(&*new.reason))])?;
    let placed = save::open(tx, actor, task, None)?;
    actor.may_at(Action::ExtensionRequest, placed.site())?;
    let row = ask(tx, actor, &placed, new, None)?;
    let changes = Changes::none().and("extension_id", serde_json::Value::Null, row.id.to_string()).and(
        "requested_due_on",
        placed.row.due_on.map(|d| d.to_string()),
        row.new_due_on.to_string(),
    );
    save::append(tx, "task.extension_requested", &placed, changes, Some(&row.reason))?;
    Answer::created(format!("{}/extensions", address(task)), row.version, &Extension::from(row))
}

/// Records a request with its rules checked; `on` is the day it was made when that is history.
pub fn ask(
    tx: &mut Tx,
    actor: &Actor,
    placed: &Placed,
    new: &ExtensionCreate,
    on: Option<NaiveDate>,
) -> Result<ExtensionRow> {
    if !takes_extensions(placed.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", placed.row.status));
    }
    if !pending(tx.conn, &[placed.row.id])?.is_empty() {
        return Err(Error::new(Code::InvalidState).with("status", Phrase::ExtensionPending));
    }
    if placed.row.due_on.is_some_and(|due| new.new_due_on.0 <= due) {
        return Err(Error::field("/new_due_on", Code::MustMoveLater));
    }
    if placed.row.start_on.is_some_and(|start| new.new_due_on.0 < start) {
        return Err(Error::field("/new_due_on", Code::DueBeforeStart));
    }
    let row = ExtensionRow {
        id: new.id.unwrap_or_else(Id::new),
        root_id: placed.row.root_id,
        task_id: placed.row.id,
        old_due_on: placed.row.due_on,
        new_due_on: new.new_due_on.0,
        reason: new.reason.0.clone(),
        requested_on: on.unwrap_or(tx.at.day()),
        requested_by: actor.user,
        status: ExtensionStatus::Pending,
        decided_on: None,
        decided_by: None,
        decision_comment: None,
        version: 1,
        created_at: tx.at,
        requested_for: actor.on_behalf_of,
        decided_for: None,
    };
    diesel::insert_into(extensions::table).values(&row).execute(tx.conn)?;
    Ok(row)
}

/// Decides on a request: approval moves the due date.
pub fn decide(
    tx: &mut Tx,
    actor: &Actor,
    task: Id,
    id: Id,
    decision: ExtensionStatus,
    words: &ExtensionDecision,
) -> Result<Answer> {
    refuse_classified(None, &[("/reason", words.reason.as_deref()), ("/comment", words.comment.as_deref())])?;
    let before = save::open(tx, actor, task, None)?;
    let asked: ExtensionRow = extensions::table
        .filter(extensions::id.eq(id).and(extensions::task_id.eq(task)))
        .select(ExtensionRow::as_select())
        .first(tx.conn)?;
    actor.may_at(Action::ExtensionDecide, before.site())?;
    if asked.status != ExtensionStatus::Pending {
        return Err(Error::new(Code::InvalidState).with("status", asked.status));
    }
    if decision == ExtensionStatus::Approved && !is_open(before.row.status) {
        return Err(Error::new(Code::InvalidState).with("status", before.row.status));
    }
    if actor.is_same_hand(asked.requested_by, asked.requested_for) {
        return Err(Error::new(Code::OwnWork));
    }
    let reason = words.reason.as_deref().filter(|text| !text.is_empty());
    if decision == ExtensionStatus::Rejected && reason.is_none() {
        return Err(Error::field("/reason", Code::ReasonRequired));
    }
    let said = reason.or(words.comment.as_deref()).map(str::to_owned);
    let decided = settle(tx, actor, &before, asked, decision, said)?;
    Answer::changed(decided.version, &Extension::from(decided))
}

/// Writes a decision and, when it is an approval, the task's new due date.
pub fn settle(
    tx: &mut Tx,
    actor: &Actor,
    before: &Placed,
    asked: ExtensionRow,
    decision: ExtensionStatus,
    said: Option<String>,
) -> Result<ExtensionRow> {
    let row = ExtensionRow {
        status: decision,
        decided_on: Some(tx.at.day()),
        decided_by: actor.user,
        decided_for: actor.on_behalf_of,
        decision_comment: said,
        version: asked.version + 1,
        ..asked
    };
    diesel::update(extensions::table.find(row.id)).set(&row).execute(tx.conn)?;
    let changes = Changes::none().and("extension_id", serde_json::Value::Null, row.id.to_string());
    let said = row.decision_comment.as_deref();
    if decision == ExtensionStatus::Approved {
        let original = before.row.original_due_on.or(Some(row.new_due_on));
        let after = Row {
            due_on: Some(row.new_due_on),
            original_due_on: original,
            judged_due_on: measures::judged_due_on(original, &asked_for(tx.conn, before.row.id)?),
            ..before.row.clone()
        };
        let account = Account { changes, reason: said, ..Account::new("task.extension_approved") };
        save::update(tx, actor, before, after, account)?;
    } else {
        save::append(tx, "task.extension_rejected", before, changes, said)?;
    }
    Ok(row)
}

/// Those of these tasks about which a request waits for a decision; one query, so give it a page.
pub fn pending(conn: &mut AnyConn, tasks: &[Id]) -> Result<HashSet<Id>> {
    let waiting: Vec<Id> = extensions::table
        .filter(extensions::task_id.eq_any(tasks).and(extensions::status.eq(ExtensionStatus::Pending)))
        .select(extensions::task_id)
        .load(conn)?;
    Ok(waiting.into_iter().collect())
}

fn rows(conn: &mut AnyConn, task: Id) -> Result<Vec<ExtensionRow>> {
    extensions::table
        .filter(extensions::task_id.eq(task))
        .order((extensions::created_at, extensions::id))
        .select(ExtensionRow::as_select())
        .load(conn)
        .map_err(Error::from)
}

fn asked_for(conn: &mut AnyConn, task: Id) -> Result<Vec<measures::Extension>> {
    let fact = |row: ExtensionRow| measures::Extension {
        requested_on: row.requested_on,
        new_due_on: row.new_due_on,
        approved: row.status == ExtensionStatus::Approved,
    };
    Ok(rows(conn, task)?.into_iter().map(fact).collect())
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    task: Id,
    new: &ExtensionCreate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let row: Option<ExtensionRow> =
        extensions::table.find(id).select(ExtensionRow::as_select()).first(conn).optional()?;
    let Some(row) = row else { return Ok(None) };
    let conflict = || Error::new(Code::IdConflict);
    model::find(conn, actor, row.task_id).map_err(|_| conflict())?;
    let same = row.task_id == task && row.new_due_on == new.new_due_on.0 && row.reason == new.reason.0;
    if !same {
        return Err(conflict());
    }
    Answer::changed(row.version, &Extension::from(row)).map(Some)
}

/// All requests about a task, in order; there are never many.
pub fn list(conn: &mut AnyConn, actor: &Actor, task: Id) -> Result<Page<Extension>> {
    model::find(conn, actor, task)?;
    let items = rows(conn, task)?.into_iter().map(Extension::from).collect();
    Ok(Page { items, next_cursor: None })
}
