//! Reading dispatches, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{dispatch_deadlines as deadlines, dispatches},
    },
    dispatches::{
        receipts::model as receipt,
        rules::Deadlines,
        wire::{Dispatch, DispatchQuery},
    },
    documents::model as documents,
    error::{Error, Result},
    http::{Cursor, Page},
    ids::Id,
    measures::{ReceiptMeasures, ReceiptTally},
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = dispatches, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub document_id: Id,
    pub unit_id: Id,
    pub note: Option<String>,
    /// What the request said of the addressees, as JSON.
    #[serde(skip)]
    pub addressed: String,
    pub created_by: Option<Id>,
    pub version: i32,
    #[serde(skip)]
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// The deadlines of a dispatch from one moment to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = deadlines)]
pub struct DeadlineRow {
    #[serde(skip)]
    pub dispatch_id: Id,
    #[serde(skip)]
    pub n: i32,
    #[serde(skip)]
    pub root_id: Id,
    #[serde(skip)]
    pub set_at: Instant,
    #[serde(skip)]
    pub until_at: Option<Instant>,
    pub receipt_due_on: Option<NaiveDate>,
    pub study_due_on: Option<NaiveDate>,
    pub programme_due_on: Option<NaiveDate>,
}

impl DeadlineRow {
    /// The days alone.
    pub const fn days(&self) -> Deadlines {
        Deadlines { receipt: self.receipt_due_on, study: self.study_due_on, programme: self.programme_due_on }
    }
}

/// The only way to start a query on dispatches: what units of the territory sent, and what was sent to
/// one of them, also when it was recalled.
pub fn visible(actor: &Actor) -> dispatches::BoxedQuery<'static, MultiBackend> {
    let all = dispatches::table.into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = units::ids_within(&unit.path, actor.detail_depth);
    let got = receipt::dispatches_within(&unit.path, actor.detail_depth);
    all.filter(dispatches::unit_id.eq_any(mine).or(dispatches::id.eq_any(got)))
}

/// One dispatch, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(dispatches::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The dispatches of a document that the actor sees, in the order of their ids, which is that of their
/// sending.
pub fn list(
    conn: &mut AnyConn,
    actor: &Actor,
    document: Id,
    query: &DispatchQuery,
    today: NaiveDate,
) -> Result<Page<Dispatch>> {
    documents::find(conn, actor, document)?;
    let mut rows = visible(actor).filter(dispatches::document_id.eq(document));
    let scope = format!("dispatches|{document}|{}", actor.scope_key());
    if let Some(cursor) = &query.cursor {
        let [id] = cursor.open(&scope)?;
        rows = rows.filter(dispatches::id.gt(id));
    }
    let rows = rows.order(dispatches::id).limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row: &Row| Cursor::seal(&[row.id.to_string()], &scope));
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items, today)? })
}

/// Every set of deadlines of dispatches, each list in the order in which they were set.
pub fn deadlines(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, Vec<DeadlineRow>>> {
    let rows: Vec<DeadlineRow> = deadlines::table
        .filter(deadlines::dispatch_id.eq_any(ids))
        .order((deadlines::dispatch_id, deadlines::n))
        .select(DeadlineRow::as_select())
        .load(conn)?;
    let mut found: HashMap<Id, Vec<DeadlineRow>> = HashMap::new();
    for row in rows {
        found.entry(row.dispatch_id).or_default().push(row);
    }
    Ok(found)
}

/// The deadlines of a dispatch that are in force.
pub fn in_force(conn: &mut AnyConn, id: Id) -> Result<DeadlineRow> {
    let now = deadlines::table.filter(deadlines::dispatch_id.eq(id).and(deadlines::until_at.is_null()));
    Ok(now.select(DeadlineRow::as_select()).first(conn)?)
}

/// The wire form of rows, with figures over the receipts that the actor reads.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>, today: NaiveDate) -> Result<Vec<Dispatch>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let senders: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let senders = units::references(conn, &senders)?;
    let deadlines = deadlines(conn, &ids)?;
    let mut tallies: HashMap<Id, ReceiptTally> = HashMap::new();
    for one in receipt::of_dispatches(conn, actor, &ids)? {
        let set = deadlines.get(&one.dispatch_id).map_or(&[][..], |set| set);
        if let Some(fact) = one.on(set, today) {
            tallies.entry(one.dispatch_id).or_default().add(&fact);
        }
    }
    let one = |row: Row| {
        let unit = senders.get(&row.unit_id).cloned();
        let set = deadlines.get(&row.id).and_then(|set| set.last());
        let set = set.ok_or_else(|| Error::internal("a dispatch without its deadlines"))?.days();
        let unit = unit.ok_or_else(|| Error::internal("a dispatch without its unit"))?;
        Ok(Dispatch {
            figures: ReceiptMeasures::from(&tallies.remove(&row.id).unwrap_or_default()),
            id: row.id,
            document_id: row.document_id,
            unit,
            unit_id: row.unit_id,
            note: row.note,
            receipt_due_on: set.receipt,
            study_due_on: set.study,
            programme_due_on: set.programme,
            sent: None,
            already_sent: None,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    };
    rows.into_iter().map(one).collect()
}

/// The wire form of one row.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row, today: NaiveDate) -> Result<Dispatch> {
    wire(conn, actor, vec![row], today)?.pop().ok_or_else(Error::not_found)
}

/// Who sent a dispatch.
pub fn sender(conn: &mut AnyConn, id: Id) -> Result<Id> {
    Ok(dispatches::table.find(id).select(dispatches::unit_id).first(conn)?)
}
