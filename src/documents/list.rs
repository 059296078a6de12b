//! Pages of documents.

use crate::{
    auth::Actor,
    db::{AnyConn, schema::documents},
    documents::{
        catalogue,
        model::{Row, Rows, visible, wire},
        wire::{Document, DocumentQuery, DocumentSort},
    },
    error::{Code, Error, Fault, Result},
    http::{Cursor, Page, narrow::members},
    org_units::model as units,
};
use chrono::NaiveDate;
use diesel::{dsl::sql, expression::expression_types::Untyped, prelude::*};

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
        let known = catalogue::types(conn)?;
        if wanted.0.iter().any(|word| !known.contains(word)) {
            faults.push(Fault::parameter("type", Code::UnknownValue).with("accepted", known.join(", ")));
        }
    }
    if query.fields.as_ref().is_some_and(|fields| fields.0.iter().any(|name| name == "content")) {
        let known: Vec<String> =
            members::<Document>().iter().filter(|name| *name != "content").cloned().collect();
        faults.push(Fault::parameter("fields", Code::UnknownValue).with("accepted", known.join(", ")));
    }
    if faults.is_empty() { Ok(()) } else { Err(Error::faults(faults)) }
}

fn narrowed(conn: &mut AnyConn, actor: &Actor, query: &DocumentQuery) -> Result<Rows> {
    let mut rows = visible(actor);
    if let Some(under) = query.under {
        let below = units::ids_under(&units::find_in_territory(conn, actor, under)?.path);
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
