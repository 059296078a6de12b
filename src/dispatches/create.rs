//! Sending documents.

use crate::{
    auth::Actor,
    db::{AnyConn, lock_row, schema::dispatches},
    dispatches::{
        addressees::{self, Named},
        model::{self, DeadlineRow, Row},
        receipts::model as receipt,
        rules::Deadlines,
        save,
        wire::{Dispatch, DispatchCreate, SentTo},
    },
    documents::{model as documents, rules::refuse_classified, wire::DocumentStatus},
    error::{Code, Error, Phrase, Result},
    events::Tx,
    http::{Answer, answer::same_content},
    ids::Id,
    org_units::model as units,
    place::Place,
    policy::{self, Action},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashSet;

/// Sends a document from the actor's unit to units below it. Who has it already gets nothing new and is
/// named; when that is everybody, nothing is sent.
pub fn create(tx: &mut Tx, actor: &Actor, document: Id, new: &DispatchCreate) -> Result<Answer> {
    documents::find(tx.conn, actor, document)?;
    let today = tx.at.day();
    if let Some(answer) = already_there(tx.conn, actor, document, new, today)? {
        return Ok(answer);
    }
    actor.may(Action::DispatchSend)?;
    let sender = actor.unit.clone().ok_or_else(|| policy::refused(Action::DispatchSend))?;
    // No unit closes meanwhile, and nobody else sends in the same tree: first the tree, as those do who
    // close a unit, then the document.
    lock_row(tx.conn, "org_units", &sender.root_id.to_string())?;
    lock_row(tx.conn, "documents", &document.to_string())?;
    let paper = documents::find(tx.conn, actor, document)?;
    if !paper.issued() {
        return Err(Error::new(Code::InvalidState).with("status", DocumentStatus::Draft));
    }
    let units = addressed(tx, actor, &sender, new)?;
    let (have, to) = in_two(tx.conn, document, units)?;
    if to.is_empty() {
        return Err(Error::new(Code::AlreadyExists).with("what", Phrase::SentToAll));
    }
    let (row, set) = rows(tx, actor, &sender, document, new)?;
    let sent = save::insert(tx, &sender, &row, &set, &to)?;
    let dispatch = model::wire_one(tx.conn, actor, row, today)?;
    let already_sent = Some(have.iter().map(units::Row::reference).collect());
    let dispatch = Dispatch { sent: Some(sent), already_sent, ..dispatch };
    Answer::created(format!("/api/v1/dispatches/{}", dispatch.id), dispatch.version, &dispatch)
}

/// The addressees, once everything in the request is right.
fn addressed(tx: &mut Tx, actor: &Actor, sender: &Place, new: &DispatchCreate) -> Result<Vec<units::Row>> {
    let today = tx.at.day();
    refuse_classified(None, &[("/note", new.note.as_deref())])?;
    let mut found = addressees::find(tx.conn, actor, sender, named(new), today)?;
    found.faults.extend(days(new).faults(Deadlines::default(), today));
    if found.faults.is_empty() { Ok(found.units) } else { Err(Error::faults(found.faults)) }
}

/// Those who have the document in hand, and those who do not.
fn in_two(
    conn: &mut AnyConn,
    document: Id,
    units: Vec<units::Row>,
) -> Result<(Vec<units::Row>, Vec<units::Row>)> {
    let ids: Vec<Id> = units.iter().map(|unit| unit.id).collect();
    let have: HashSet<Id> = receipt::in_hand(conn, document, &ids)?.into_iter().collect();
    Ok(units.into_iter().partition(|unit| have.contains(&unit.id)))
}

fn days(new: &DispatchCreate) -> Deadlines {
    Deadlines {
        receipt: new.receipt_due_on.map(|day| day.0),
        study: new.study_due_on.map(|day| day.0),
        programme: new.programme_due_on.map(|day| day.0),
    }
}

fn named(new: &DispatchCreate) -> Named<'_> {
    Named {
        unit_ids: new.unit_ids.as_ref().map_or(&[], |few| &few.0),
        under: new.under,
        level: new.level.as_deref(),
        kind: new.kind.as_deref(),
    }
}

fn rows(
    tx: &Tx,
    actor: &Actor,
    sender: &Place,
    document: Id,
    new: &DispatchCreate,
) -> Result<(Row, DeadlineRow)> {
    let (id, days) = (new.id.unwrap_or_else(Id::new), days(new));
    let row = Row {
        id,
        root_id: sender.root_id,
        document_id: document,
        unit_id: sender.id,
        note: new.note.as_deref().map(str::to_owned),
        addressed: named(new).said()?,
        created_by: actor.user,
        version: 1,
        created_at: tx.at,
        updated_at: tx.at,
    };
    let set = DeadlineRow {
        dispatch_id: id,
        n: 1,
        root_id: sender.root_id,
        set_at: tx.at,
        until_at: None,
        receipt_due_on: days.receipt,
        study_due_on: days.study,
        programme_due_on: days.programme,
    };
    Ok((row, set))
}

fn already_there(
    conn: &mut AnyConn,
    actor: &Actor,
    document: Id,
    new: &DispatchCreate,
    today: NaiveDate,
) -> Result<Option<Answer>> {
    let Some(id) = new.id else { return Ok(None) };
    let taken: i64 = dispatches::table.find(id).count().get_result(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    let conflict = || Error::new(Code::IdConflict);
    let row = model::find(conn, actor, id).map_err(|_| conflict())?;
    let same = row.document_id == document && row.addressed == named(new).said()?;
    let dispatch = model::wire_one(conn, actor, row, today)?;
    if !same || !same_content(new, &dispatch)? {
        return Err(conflict());
    }
    let receipts = receipt::of_dispatches(conn, actor, &[id])?;
    let names = units::references(conn, &receipts.iter().map(|one| one.unit_id).collect::<Vec<_>>())?;
    let sent = receipts.iter().filter_map(|one| {
        let unit = names.get(&one.unit_id).cloned()?;
        Some(SentTo { receipt_id: one.id, unit })
    });
    let dispatch = Dispatch { sent: Some(sent.collect()), ..dispatch };
    Answer::changed(dispatch.version, &dispatch).map(Some)
}
