//! Reading receipts, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{dispatch_deadlines as deadlines, dispatches, receipts},
    },
    dispatches::{
        model::{self as sending, DeadlineRow},
        wire::Receipt,
    },
    documents::model as papers,
    error::{Error, Result},
    ids::Id,
    measures::{Deadline, ReceiptFact, ReceiptState, receipts::ReceiptDays},
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::{
    dsl::{Eq, InnerJoinOn, IntoBoxed},
    prelude::*,
};
use serde::Serialize;
use std::collections::HashMap;

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = receipts, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub dispatch_id: Id,
    pub document_id: Id,
    pub unit_id: Id,
    pub seen_at: Option<Instant>,
    pub seen_by: Option<Id>,
    pub received_at: Option<Instant>,
    pub received_by: Option<Id>,
    pub assigned_at: Option<Instant>,
    pub assigned_by: Option<Id>,
    pub assigned_unit_id: Option<Id>,
    pub assigned_to: Option<String>,
    pub exempt_at: Option<Instant>,
    pub exempt_by: Option<Id>,
    pub exempt_reason: Option<String>,
    pub recalled_at: Option<Instant>,
    pub recalled_by: Option<Id>,
    pub recall_reason: Option<String>,
    pub version: i32,
    /// When it was sent.
    #[serde(rename = "sent_at")]
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// What it is at the end of a day, given every deadline of its dispatch in order.
    pub fn on(&self, deadlines: &[DeadlineRow], day: NaiveDate) -> Option<ReceiptFact> {
        let on = |at: Option<Instant>| at.map(Instant::day);
        let days = ReceiptDays {
            sent: self.created_at.day(),
            seen: on(self.seen_at),
            received: on(self.received_at),
            assigned: on(self.assigned_at),
            exempt: on(self.exempt_at),
            recalled: on(self.recalled_at),
        };
        let set =
            deadlines.iter().map(|one| Deadline { set_on: one.set_at.day(), due_on: one.receipt_due_on });
        days.on(&set.collect::<Vec<_>>(), day)
    }

    /// How far the unit got by now.
    pub const fn state(&self) -> ReceiptState {
        if self.assigned_at.is_some() {
            ReceiptState::Assigned
        } else if self.received_at.is_some() {
            ReceiptState::Received
        } else if self.seen_at.is_some() {
            ReceiptState::Seen
        } else {
            ReceiptState::Sent
        }
    }
}

type Joined =
    InnerJoinOn<receipts::table, deadlines::table, Eq<deadlines::dispatch_id, receipts::dispatch_id>>;

/// A query on receipts, each as often as its dispatch was given deadlines: to be narrowed to those of a
/// moment.
pub type Rows = IntoBoxed<'static, Joined, MultiBackend>;

/// The only way to start a query on receipts: what was sent to units of the territory, and what the
/// own unit sent, however deep.
pub fn visible(actor: &Actor) -> Rows {
    let with_deadlines = deadlines::table.on(deadlines::dispatch_id.eq(receipts::dispatch_id));
    let all = receipts::table.inner_join(with_deadlines).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    let sent = dispatches::table.filter(dispatches::unit_id.eq(unit.id)).select(dispatches::id);
    all.filter(receipts::unit_id.eq_any(mine).or(receipts::dispatch_id.eq_any(sent)))
}

/// The ids of the documents that the unit with this path, or one below it down to a depth, has in hand.
#[diesel::dsl::auto_type]
pub fn documents_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    receipts::table
        .filter(receipts::recalled_at.is_null())
        .filter(receipts::unit_id.eq_any(mine))
        .select(receipts::document_id)
}

/// The ids of the dispatches that went to the unit with this path, or one below it down to a depth.
#[diesel::dsl::auto_type]
pub fn dispatches_within(path: &str, deepest: Option<i32>) -> _ {
    let mine: units::ids_within = units::ids_within(path, deepest);
    receipts::table.filter(receipts::unit_id.eq_any(mine)).select(receipts::dispatch_id)
}

/// The ids of the receipts of what a unit sent.
#[diesel::dsl::auto_type]
pub fn sent_by(unit: Id) -> _ {
    let dispatched = dispatches::table.filter(dispatches::unit_id.eq(unit)).select(dispatches::id);
    receipts::table.filter(receipts::dispatch_id.eq_any(dispatched)).select(receipts::id)
}

/// What is visible, each once, with the deadlines now in force.
fn now(actor: &Actor) -> Rows {
    visible(actor).filter(deadlines::until_at.is_null())
}

/// One receipt, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(now(actor).filter(receipts::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The receipts of dispatches that the actor sees.
pub fn of_dispatches(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<Vec<Row>> {
    let rows = now(actor).filter(receipts::dispatch_id.eq_any(ids.to_vec()));
    Ok(rows.order(receipts::id).select(Row::as_select()).load(conn)?)
}

/// Every receipt of a document that the caller has found, whoever asks: for figures.
pub fn of_document(conn: &mut AnyConn, document: Id) -> Result<Vec<Row>> {
    let rows = receipts::table.filter(receipts::document_id.eq(document)).order(receipts::id);
    Ok(rows.select(Row::as_select()).load(conn)?)
}

/// The same of many documents.
pub fn of_documents(conn: &mut AnyConn, documents: &[Id]) -> Result<Vec<Row>> {
    let rows = receipts::table.filter(receipts::document_id.eq_any(documents)).order(receipts::id);
    Ok(rows.select(Row::as_select()).load(conn)?)
}

/// What figures of many documents and units need of a receipt.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = receipts)]
pub struct Sent {
    pub id: Id,
    pub dispatch_id: Id,
    pub document_id: Id,
    pub unit_id: Id,
    pub received_at: Option<Instant>,
    pub exempt_at: Option<Instant>,
    pub exempt_reason: Option<String>,
    pub recalled_at: Option<Instant>,
    pub recall_reason: Option<String>,
    /// When it was sent.
    pub created_at: Instant,
}

/// Every receipt of these documents that went to one of these units, whoever asks: for figures.
pub fn of_units(conn: &mut AnyConn, documents: &[Id], units: &[Id]) -> Result<Vec<Sent>> {
    let mut found = Vec::new();
    for chunk in units.chunks(CHUNK) {
        let rows: Vec<Sent> = receipts::table
            .filter(receipts::document_id.eq_any(documents))
            .filter(receipts::unit_id.eq_any(chunk))
            .select(Sent::as_select())
            .load(conn)?;
        found.extend(rows);
    }
    Ok(found)
}

/// Which of these units have a document in hand.
pub fn in_hand(conn: &mut AnyConn, document: Id, ids: &[Id]) -> Result<Vec<Id>> {
    let mut found = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let have: Vec<Id> = receipts::table
            .filter(receipts::document_id.eq(document).and(receipts::recalled_at.is_null()))
            .filter(receipts::unit_id.eq_any(chunk))
            .select(receipts::unit_id)
            .load(conn)?;
        found.extend(have);
    }
    Ok(found)
}

/// The wire form of rows as they are at the end of a day; what was not sent by then is left out.
pub fn wire(conn: &mut AnyConn, rows: Vec<Row>, day: NaiveDate) -> Result<Vec<Receipt>> {
    let dispatches: Vec<Id> = rows.iter().map(|row| row.dispatch_id).collect();
    let papers: Vec<Id> = rows.iter().map(|row| row.document_id).collect();
    let papers = papers::references(conn, &papers)?;
    let senders = senders(conn, &dispatches)?;
    let named: Vec<Id> = rows.iter().map(|row| row.unit_id).chain(senders.values().copied()).collect();
    let names = units::references(conn, &named)?;
    let deadlines = sending::deadlines(conn, &dispatches)?;
    let unit = |id: Id| names.get(&id).cloned().ok_or_else(|| Error::internal("a receipt without its unit"));
    let mut found = Vec::new();
    for row in rows {
        let set = deadlines.get(&row.dispatch_id).map_or(&[][..], |set| set);
        let in_force = set.iter().rfind(|one| one.set_at.day() <= day);
        let (Some(fact), Some(due)) = (row.on(set, day), in_force.map(DeadlineRow::days)) else { continue };
        let sender =
            senders.get(&row.dispatch_id).ok_or_else(|| Error::internal("a receipt without a sender"))?;
        let by_then = |at: Option<Instant>| at.filter(|at| at.day() <= day);
        let (seen, received, assigned) =
            (by_then(row.seen_at), by_then(row.received_at), by_then(row.assigned_at));
        let (exempt, recalled) = (by_then(row.exempt_at), by_then(row.recalled_at));
        found.push(Receipt {
            document: papers.get(&row.document_id).cloned().ok_or_else(|| Error::internal("no document"))?,
            unit: unit(row.unit_id)?,
            sender: unit(*sender)?,
            id: row.id,
            dispatch_id: row.dispatch_id,
            document_id: row.document_id,
            unit_id: row.unit_id,
            state: fact.state,
            standing: fact.standing,
            timeliness: fact.timeliness,
            days_late: fact.days_late,
            receipt_due_on: due.receipt,
            study_due_on: due.study,
            programme_due_on: due.programme,
            sent_at: row.created_at,
            seen_at: seen,
            seen_by: seen.and(row.seen_by),
            received_at: received,
            received_by: received.and(row.received_by),
            assigned_at: assigned,
            assigned_by: assigned.and(row.assigned_by),
            assigned_unit_id: assigned.and(row.assigned_unit_id),
            assigned_to: assigned.and(row.assigned_to),
            exempt_at: exempt,
            exempt_by: exempt.and(row.exempt_by),
            exempt_reason: exempt.and(row.exempt_reason),
            recalled_at: recalled,
            recalled_by: recalled.and(row.recalled_by),
            recall_reason: recalled.and(row.recall_reason),
            version: row.version,
            updated_at: row.updated_at,
        });
    }
    Ok(found)
}

/// The wire form of one row as it is now.
pub fn wire_one(conn: &mut AnyConn, row: Row, today: NaiveDate) -> Result<Receipt> {
    wire(conn, vec![row], today)?.pop().ok_or_else(Error::not_found)
}

/// One receipt as it is now.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id, today: NaiveDate) -> Result<Receipt> {
    let row = find(conn, actor, id)?;
    wire_one(conn, row, today)
}

/// Who sent each of these dispatches.
fn senders(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Id>> {
    let rows: Vec<(Id, Id)> = dispatches::table
        .filter(dispatches::id.eq_any(ids))
        .select((dispatches::id, dispatches::unit_id))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}
