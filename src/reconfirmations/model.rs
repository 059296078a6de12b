//! Reading answers, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{documents, org_units, reconfirmations},
    },
    documents::{
        lineage, model as papers, relations,
        wire::{DocumentParent, LineageNode},
        workflow::Effect,
    },
    error::{Error, Result},
    ids::Id,
    org_units::model as units,
    policy::{self, Action, Site},
    programmes::model as plans,
    reconfirmations::{
        records::{self, Record, Subject},
        touched::Key,
        wire::{Answered, Reconfirmation, ReconfirmationAction, TouchedRecord},
        workflow::{ReconfirmationOutcome, ReconfirmationState, TouchedKind},
    },
    tasks::model as work,
};
use diesel::prelude::*;
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// How many ids stand in one query.
const CHUNK: usize = 500;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reconfirmations, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    #[serde(skip)]
    pub root_id: Id,
    pub document_id: Id,
    pub subject_kind: TouchedKind,
    pub subject_id: Id,
    pub outcome: ReconfirmationOutcome,
    pub note: Option<String>,
    pub answered_by: Option<Id>,
    pub answered_at: Instant,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Row {
    /// What it answers for.
    pub const fn subject(&self) -> Subject {
        Subject { kind: self.subject_kind, id: self.subject_id }
    }
}

/// A query on answers, to be narrowed by the caller.
pub type Rows = reconfirmations::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query on answers: those on records that the actor sees, to documents that it
/// sees.
pub fn visible(actor: &Actor) -> Rows {
    let all = reconfirmations::table.into_boxed();
    let Some(unit) = &actor.unit else {
        let there = documents::table.filter(documents::deleted_at.is_null()).select(documents::id);
        return all.filter(reconfirmations::document_id.eq_any(there));
    };
    let papers = papers::ids_readable(unit.root_id, &unit.path, actor.detail_depth, actor.ancestors());
    let tasks = work::ids_visible(&unit.path, actor.detail_depth, unit.id);
    let programmes = plans::ids_within(&unit.path, actor.detail_depth);
    let on = reconfirmations::subject_id;
    all.filter(reconfirmations::document_id.eq_any(papers)).filter(on.eq_any(tasks).or(on.eq_any(programmes)))
}

/// One answer, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(reconfirmations::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// The answers to a document, by record, whoever asks.
pub fn answers(conn: &mut AnyConn, document: Id) -> Result<HashMap<Subject, Row>> {
    let rows = reconfirmations::table.filter(reconfirmations::document_id.eq(document));
    let rows: Vec<Row> = rows.select(Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|row| (row.subject(), row)).collect())
}

/// What these records answered, whoever asks.
pub fn answered_by(conn: &mut AnyConn, subjects: &[Subject]) -> Result<HashSet<Key>> {
    let ids: Vec<Id> = subjects.iter().map(|subject| subject.id).collect();
    let mut found = HashSet::new();
    for chunk in ids.chunks(CHUNK) {
        let rows: Vec<(Id, TouchedKind, Id)> = reconfirmations::table
            .filter(reconfirmations::subject_id.eq_any(chunk))
            .select((
                reconfirmations::document_id,
                reconfirmations::subject_kind,
                reconfirmations::subject_id,
            ))
            .load(conn)?;
        found.extend(rows.into_iter().map(|(document, kind, id)| (document, Subject { kind, id })));
    }
    Ok(found)
}

/// The answer of one record to a document, whoever asks.
pub fn answer(conn: &mut AnyConn, document: Id, subject: Subject) -> Result<Option<Row>> {
    let rows = reconfirmations::table
        .filter(reconfirmations::document_id.eq(document))
        .filter(reconfirmations::subject_kind.eq(subject.kind))
        .filter(reconfirmations::subject_id.eq(subject.id));
    Ok(rows.select(Row::as_select()).first(conn).optional()?)
}

/// A question or an answer, before it is shown.
#[derive(Debug, Clone)]
pub struct Entry {
    pub document_id: Id,
    pub record: Record,
    pub answer: Option<Row>,
}

/// The wire form of entries, whose documents and records the actor sees.
pub fn wire(conn: &mut AnyConn, actor: &Actor, entries: Vec<Entry>) -> Result<Vec<Reconfirmation>> {
    let ids: Vec<Id> = entries.iter().map(|entry| entry.document_id).collect();
    let nodes = nodes(conn, actor, &ids)?;
    let changed = changed(conn, actor, &ids)?;
    let owners = owners(conn, entries.iter().map(|entry| &entry.record))?;
    let one = |entry: Entry| {
        let missing = || Error::internal("a question without its document or owner");
        let document = nodes.get(&entry.document_id).cloned().ok_or_else(missing)?;
        let owner = owners.get(&entry.record.unit_id).ok_or_else(missing)?;
        let said = answered(true, entry.answer.as_ref());
        Ok(Reconfirmation {
            id: said.id,
            document_id: entry.document_id,
            document,
            changed: changed.get(&entry.document_id).cloned().unwrap_or_default(),
            actions: vec![action(actor, owner, &entry)],
            subject: brief(entry.record, owner),
            state: said.state,
            note: said.note,
            answered_by: said.answered_by,
            answered_at: said.answered_at,
            version: entry.answer.map(|row| row.version),
        })
    };
    entries.into_iter().map(one).collect()
}

/// One answer as the actor sees it now.
pub fn show(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<(Reconfirmation, i32)> {
    let row = find(conn, actor, id)?;
    wire_one(conn, actor, row)
}

/// The wire form of an answer that the actor sees, with its version.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<(Reconfirmation, i32)> {
    let record = record(conn, actor, row.subject())?.ok_or_else(Error::not_found)?;
    let version = row.version;
    let entry = Entry { document_id: row.document_id, record, answer: Some(row) };
    let all = wire(conn, actor, vec![entry])?;
    all.into_iter().next().map(|one| (one, version)).ok_or_else(Error::not_found)
}

/// A record, when the actor sees it.
pub fn record(conn: &mut AnyConn, actor: &Actor, subject: Subject) -> Result<Option<Record>> {
    Ok(records::seen(conn, actor, &[subject])?.pop())
}

/// Documents in a few words, those that the actor sees.
pub fn nodes(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, LineageNode>> {
    let rows = papers::visible(actor).filter(documents::id.eq_any(ids.to_vec()));
    let rows: Vec<papers::Row> = rows.select(papers::Row::as_select()).load(conn)?;
    Ok(lineage::nodes(conn, rows)?.into_iter().map(|node| (node.id, node)).collect())
}

/// What documents do to others, as far as the actor sees these.
pub fn changed(conn: &mut AnyConn, actor: &Actor, ids: &[Id]) -> Result<HashMap<Id, Vec<DocumentParent>>> {
    let mut found = relations::parents(conn, actor, ids)?;
    for parents in found.values_mut() {
        parents.retain(|parent| Effect::of(parent.relation).is_some());
    }
    Ok(found)
}

/// The units of records.
pub fn owners<'a>(
    conn: &mut AnyConn,
    records: impl Iterator<Item = &'a Record>,
) -> Result<HashMap<Id, units::Row>> {
    let ids: Vec<Id> = records.map(|record| record.unit_id).collect();
    let rows: Vec<units::Row> =
        org_units::table.filter(org_units::id.eq_any(ids)).select(units::Row::as_select()).load(conn)?;
    Ok(rows.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// A record in a few words.
pub fn brief(record: Record, owner: &units::Row) -> TouchedRecord {
    TouchedRecord {
        kind: record.subject.kind,
        id: record.subject.id,
        title: record.title,
        number: record.number,
        status: record.status.plain().to_owned(),
        unit: owner.reference(),
    }
}

/// Where a question stands.
pub fn answered(issued: bool, answer: Option<&Row>) -> Answered {
    Answered {
        state: ReconfirmationState::of(issued, answer.map(|row| row.outcome)),
        id: answer.map(|row| row.id),
        note: answer.and_then(|row| row.note.clone()),
        answered_by: answer.and_then(|row| row.answered_by),
        answered_at: answer.map(|row| row.answered_at),
    }
}

fn action(actor: &Actor, owner: &units::Row, entry: &Entry) -> ReconfirmationAction {
    let because = if !policy::permits(actor.seat(), Action::ReconfirmationGive, Site::of(&owner.place())) {
        Some("role")
    } else if !entry.record.open {
        Some("state")
    } else {
        None
    };
    let name = if entry.answer.is_some() { "change" } else { "answer" };
    ReconfirmationAction { name, allowed: because.is_none(), because }
}
