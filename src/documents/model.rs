//! Reading documents, always inside the actor's territory.

use crate::{
    auth::Actor,
    clock::Instant,
    db::{
        AnyConn, MultiBackend,
        schema::{document_contents as contents, document_types, documents, org_units},
    },
    documents::{
        relations,
        wire::{Confidentiality, Document, DocumentParent, DocumentQuery, DocumentSort, DocumentStatus},
    },
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page, query::member_names},
    ids::Id,
    org_units::{model as units, wire::UnitRef},
    place,
};
use chrono::NaiveDate;
use diesel::{dsl::sql, expression::expression_types::Untyped, prelude::*};

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
    pub search_text: String,
    pub created_by: Option<Id>,
    pub version: i32,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub deleted_at: Option<Instant>,
}

impl Row {
    fn wire(self, issuer: UnitRef, parents: Vec<DocumentParent>) -> Document {
        Document {
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
        }
    }
}

/// A query over documents, to be narrowed by the caller.
pub type Rows = documents::BoxedQuery<'static, MultiBackend>;

/// The only way to start a query on documents: those that units of the territory issued, within the
/// depth that is readable in detail, and what units above the actor's have issued.
pub fn visible(actor: &Actor) -> Rows {
    let all = documents::table.filter(documents::deleted_at.is_null()).into_boxed();
    let Some(unit) = &actor.unit else { return all };
    let mine = org_units::table
        .filter(org_units::path.ge(unit.path.clone()).and(org_units::path.lt(place::after(&unit.path))))
        .filter(org_units::depth.le(actor.detail_depth.unwrap_or(i32::MAX)))
        .select(org_units::id);
    let from_above =
        documents::issuer_unit_id.eq_any(actor.ancestors()).and(documents::status.eq(DocumentStatus::Issued));
    all.filter(documents::root_id.eq(unit.root_id))
        .filter(documents::issuer_unit_id.eq_any(mine).or(from_above))
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

/// Which of these documents the actor sees.
pub fn seen(conn: &mut AnyConn, actor: &Actor, ids: Vec<Id>) -> Result<Vec<Id>> {
    let found = visible(actor).filter(documents::id.eq_any(ids)).select(documents::id);
    found.load(conn).map_err(Error::from)
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
            Ok(row.wire(issuer, parents))
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

/// The abbreviations of all document types, in their order.
pub fn types(conn: &mut AnyConn) -> Result<Vec<String>> {
    let all = document_types::table.order(document_types::rank).select(document_types::id);
    all.load(conn).map_err(Error::from)
}

/// A page of documents.
pub fn list(conn: &mut AnyConn, actor: &Actor, query: &DocumentQuery) -> Result<Page<Document>> {
    check(conn, query)?;
    let mut rows = narrowed(conn, actor, query)?;
    let scope = scope(actor, query);
    if let Some(cursor) = &query.cursor {
        rows = go_on(rows, query.sort, cursor.open(&scope)?)?;
    }
    rows = match query.sort {
        DocumentSort::Latest => rows
            .order(sql::<Untyped>("documents.issued_on DESC NULLS LAST"))
            .then_order_by(documents::id.desc()),
        DocumentSort::Earliest => rows
            .order(sql::<Untyped>("documents.issued_on ASC NULLS LAST"))
            .then_order_by(documents::id.asc()),
    };
    let rows = rows.limit(query.limit.0 + 1).select(Row::as_select()).load(conn)?;
    let page = Page::cut(rows, query.limit.0, |row| {
        let day = row.issued_on.map(|day| day.to_string()).unwrap_or_default();
        Cursor::seal(&[day, row.id.to_string()], &scope)
    });
    Ok(Page { next_cursor: page.next_cursor, items: wire(conn, actor, page.items)? })
}

/// Refuses words that the catalogue does not have, and contents in a list.
fn check(conn: &mut AnyConn, query: &DocumentQuery) -> Result<()> {
    let mut faults = Vec::new();
    if let Some(wanted) = &query.doc_type {
        let known = types(conn)?;
        if wanted.0.iter().any(|word| !known.contains(word)) {
            faults.push(Fault::parameter("type", Code::UnknownValue).with("accepted", known.join(", ")));
        }
    }
    if query.fields.as_ref().is_some_and(|fields| fields.0.iter().any(|name| name == "content")) {
        let known: Vec<String> =
            member_names::<Document>().into_iter().filter(|name| name != "content").collect();
        faults.push(Fault::parameter("fields", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

fn narrowed(conn: &mut AnyConn, actor: &Actor, query: &DocumentQuery) -> Result<Rows> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let top = units::find_in_territory(conn, actor, under)?.path;
        let below = org_units::path.lt(place::after(&top)).and(org_units::path.ge(top));
        let below = org_units::table.filter(below).select(org_units::id);
        rows = rows.filter(documents::issuer_unit_id.eq_any(below));
    }
    if let Some(issuer) = query.issuer_unit_id {
        rows = rows.filter(documents::issuer_unit_id.eq(issuer));
    }
    if let Some(types) = &query.doc_type {
        rows = rows.filter(documents::doc_type.eq_any(types.0.clone()));
    }
    if let Some(term) = query.term_id {
        rows = rows.filter(documents::term_id.eq(term));
    }
    if let Some(from) = query.issued_from {
        rows = rows.filter(documents::issued_on.ge(from.0));
    }
    if let Some(to) = query.issued_to {
        rows = rows.filter(documents::issued_on.le(to.0));
    }
    if let Some(status) = &query.status {
        rows = rows.filter(documents::status.eq_any(status.0.clone()));
    }
    if let Some(q) = &query.q {
        rows = rows.filter(documents::search_text.like(q.like()));
    }
    Ok(rows)
}

fn scope(actor: &Actor, query: &DocumentQuery) -> String {
    format!(
        "documents|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{}",
        query.q,
        query.doc_type,
        query.issuer_unit_id,
        query.under,
        query.term_id,
        query.issued_from,
        query.issued_to,
        query.status,
        query.sort,
        actor.scope_key()
    )
}

/// Only what comes after the row with this day (empty: undated) and id.
fn go_on(rows: Rows, sort: DocumentSort, [day, id]: [String; 2]) -> Result<Rows> {
    let undated = documents::issued_on.is_null();
    if day.is_empty() {
        return Ok(match sort {
            DocumentSort::Latest => rows.filter(undated.and(documents::id.lt(id))),
            DocumentSort::Earliest => rows.filter(undated.and(documents::id.gt(id))),
        });
    }
    let day: NaiveDate =
        day.parse().map_err(|_| Error::from(Fault::parameter("cursor", Code::CursorMismatch)))?;
    let same = documents::issued_on.eq(day);
    Ok(match sort {
        DocumentSort::Latest => rows.filter(
            documents::issued_on.lt(day).or(same.and(documents::id.lt(id))).or(undated).assume_not_null(),
        ),
        DocumentSort::Earliest => rows.filter(
            documents::issued_on.gt(day).or(same.and(documents::id.gt(id))).or(undated).assume_not_null(),
        ),
    })
}
