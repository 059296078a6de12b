//! Reading documents, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{document_contents as contents, documents, receipts},
    },
    documents::{
        relations,
        wire::{
            Confidentiality, Document, DocumentParent, DocumentRef, DocumentStatus, IssuingBody, Urgency,
        },
        workflow::{self, Effect, Facts},
    },
    error::{Code, Error, Fault, Result},
    ids::Id,
    org_units::{model as units, wire::UnitRef},
};
use chrono::NaiveDate;
use diesel::prelude::*;
use std::collections::HashMap;

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = documents, treat_none_as_default_value = false, treat_none_as_null = true)]
pub struct Row {
    pub id: Id,
    pub root_id: Id,
    pub doc_type: String,
    pub number_text: Option<String>,
    pub issuer_unit_id: Id,
    pub issued_on: Option<NaiveDate>,
    pub title: String,
    pub abstract_text: Option<String>,
    pub status: DocumentStatus,
    pub term_id: Option<Id>,
    pub number_value: Option<i32>,
    /// Empty where the number has none.
    pub number_suffix: String,
    /// In which run it holds its number; none for drafts, and for what cannot be read.
    pub series: Option<String>,
    pub issuing_body: Option<IssuingBody>,
    pub effective_on: Option<NaiveDate>,
    pub expired_on: Option<NaiveDate>,
    pub place: Option<String>,
    pub signer: Option<String>,
    pub signing_capacity: Option<String>,
    /// A list of texts, as JSON.
    pub recipients: String,
    pub urgency: Urgency,
    /// A list of [`Attachment`](crate::documents::wire::Attachment), as JSON.
    pub attachments: String,
    pub search_text: String,
    pub created_by: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    /// No draft any more.
    pub fn issued(&self) -> bool {
        self.status != DocumentStatus::Draft
    }

    /// The state, given the strongest thing other documents do to it.
    pub fn status_under(&self, effect: Option<Effect>) -> DocumentStatus {
        workflow::status(Facts {
            issued: self.issued(),
            in_force: self.effective_on.is_some(),
            expired: self.expired_on.is_some(),
            effect,
        })
    }

    fn wire(self, issuer: UnitRef, parents: Vec<DocumentParent>) -> Result<Document> {
        Ok(Document {
            recipients: serde_json::from_str(&self.recipients).map_err(Error::internal)?,
            attachments: serde_json::from_str(&self.attachments).map_err(Error::internal)?,
            number_value: self.number_value,
            number_suffix: Some(self.number_suffix).filter(|suffix| !suffix.is_empty()),
            issuing_body: self.issuing_body,
            effective_on: self.effective_on,
            expired_on: self.expired_on,
            place: self.place,
            signer: self.signer,
            signing_capacity: self.signing_capacity,
            urgency: self.urgency,
            id: self.id,
            doc_type: self.doc_type,
            number_text: self.number_text,
            issuer_unit_id: self.issuer_unit_id,
            issuer,
            issued_on: self.issued_on,
            title: self.title,
            abstract_text: self.abstract_text,
            status: self.status,
            confidentiality: Confidentiality::None,
            term_id: self.term_id,
            parents,
            content: None,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// A query over documents, to be narrowed by the caller.
pub type Rows = documents::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query on documents: those that units of the territory issued, within the
/// depth that is readable in detail, what units above the actor's have issued, and what was sent to
/// a unit of the territory and not recalled, whoever issued it.
pub fn visible(actor: &Actor) -> Rows {
    let all = documents::table.filter(documents::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    all.filter(readable(unit.root_id, &unit.path, actor.detail_depth, actor.ancestors()))
}

/// True of the documents that are read in a unit: by its path and the depth to which it reads in detail.
#[diesel::dsl::auto_type]
fn readable(root: Id, path: &str, deepest: Option<i32>, above: Vec<Id>) -> _ {
    let draft: DocumentStatus = DocumentStatus::Draft;
    let mine: units::ids_within = units::ids_within(path, deepest);
    let from_above = documents::issuer_unit_id.eq_any(above).and(documents::status.ne(draft));
    // A draft has no receipts; what is sent of a document goes by its index on both columns.
    let theirs: units::ids_within = units::ids_within(path, deepest);
    let in_hand = receipts::table
        .filter(receipts::document_id.eq(documents::id).and(receipts::recalled_at.is_null()))
        .filter(receipts::unit_id.eq_any(theirs));
    let to_read = documents::issuer_unit_id.eq_any(mine).or(from_above).or(diesel::dsl::exists(in_hand));
    documents::root_id.eq(root).and(to_read)
}

/// The ids of what [`visible`] shows in a unit, to narrow other records by.
#[diesel::dsl::auto_type]
pub fn ids_readable(root: Id, path: &str, deepest: Option<i32>, above: Vec<Id>) -> _ {
    let there: readable = readable(root, path, deepest, above);
    documents::table.filter(documents::deleted_at.is_null()).filter(there).select(documents::id)
}

/// One document, or 404.
pub fn find(conn: &mut AnyConn, actor: &Actor, id: Id) -> Result<Row> {
    Ok(visible(actor).filter(documents::id.eq(id)).select(Row::as_select()).first(conn)?)
}

/// A document named in a body: an absent one and a stranger's are the same fault of that field.
pub fn referenced(conn: &mut AnyConn, actor: &Actor, id: Id, pointer: &str) -> Result<Row> {
    find(conn, actor, id).map_err(|e| match e.code {
        Code::NotFound => Error::field(pointer, Code::UnknownReference),
        _ => e,
    })
}

/// The fault of a body's `document_id` that the actor does not see.
pub fn document_fault(conn: &mut AnyConn, actor: &Actor, id: Option<Id>) -> Result<Option<Fault>> {
    let Some(id) = id else { return Ok(None) };
    let unseen = seen(conn, actor, vec![id])?.is_empty();
    Ok(unseen.then(|| Fault::at("/document_id", Code::UnknownReference)))
}

/// Which of these documents the actor sees.
pub fn seen(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> Result<Vec<Id>> {
    let found = visible(actor).filter(documents::id.eq_any(ids)).select(documents::id);
    found.load(conn).map_err(Error::from)
}

/// Documents in a few words, whoever asks: a record that is visible may name any.
pub fn references(conn: &mut AnyConn, ids: &[Id]) -> Result<HashMap<Id, DocumentRef>> {
    let rows: Vec<(Id, String, Option<String>, String)> = documents::table
        .filter(documents::id.eq_any(ids))
        .select((documents::id, documents::doc_type, documents::number_text, documents::title))
        .load(conn)?;
    let one = |(id, doc_type, number_text, title)| (id, DocumentRef { id, doc_type, number_text, title });
    Ok(rows.into_iter().map(one).collect())
}

/// The wire form of rows, without their contents.
pub fn wire(conn: &mut AnyConn, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Document>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let issuers: Vec<Id> = rows.iter().map(|row| row.issuer_unit_id).collect();
    let mut parents = relations::parents(conn, actor, &ids)?;
    let issuers = units::references(conn, &issuers)?;
    rows.into_iter()
        .map(|row| {
            let issuer = issuers.get(&row.issuer_unit_id).cloned();
            let issuer = issuer.ok_or_else(|| Error::internal("a document without its issuer"))?;
            let parents = parents.remove(&row.id).unwrap_or_default();
            row.wire(issuer, parents)
        })
        .collect()
}

/// The wire form of one row, without its content.
pub fn wire_one(conn: &mut AnyConn, actor: &Actor, row: Row) -> Result<Document> {
    wire(conn, actor, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// The plain text of a document that the caller has found inside its territory.
pub fn content(conn: &mut AnyConn, id: Id) -> Result<Option<String>> {
    let content = contents::table.find(id).select(contents::content);
    content.first(conn).optional().map_err(Error::from)
}
