//! Documents over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    documents::{
        catalogue, change as changing, create as creating, force, issue as issuing, lineage as following,
        list as listing, model,
        parsed::{self, NumberText, ParsedNumber},
        relations, remove as removing,
        wire::{
            Document, DocumentCreate, DocumentEffect, DocumentExpiry, DocumentIssue, DocumentPatch,
            DocumentQuery, Lineage, LineageQuery,
        },
    },
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List documents
///
/// What units of the territory registered, and what units above the own one have issued. Latest first.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "documents", params(DocumentQuery), responses((status = 200, body = Page<Document>)))]
#[get("/documents")]
pub async fn list(cx: Reading, query: Query<DocumentQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page =
        cx.read_stale(Action::DocumentRead, move |conn, actor| listing::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Register a document
///
/// A paper that the own unit or one below it issued, with the papers it goes back to. Classified
/// papers are refused (422 `classified_content`): by `confidentiality`, and by a stamp in the text.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(WriteQuery), request_body = DocumentCreate,
    responses((status = 201, body = Document), (status = 200, body = Document)))]
#[post("/documents")]
pub async fn create(cx: Writing, body: Body<DocumentCreate>) -> Result<HttpResponse> {
    cx.write(Action::DocumentManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a document
///
/// Its plain text comes only with `fields=content`.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Document)))]
#[get("/documents/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields;
    let whole = fields.as_ref().is_some_and(|fields| fields.0.iter().any(|name| name == "content"));
    let document = cx
        .read(Action::DocumentRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            let content = if whole { Some(model::content(conn, *id)?) } else { None };
            Ok(Document { content, ..model::wire_one(conn, actor, row)? })
        })
        .await?;
    Ok(cx.versioned(document.version, &query::narrow(&document, fields.as_ref())?))
}

/// Change a document
///
/// What is recorded of it. `parents` replaces the list. The status moves by commands, and by what other
/// documents say of it.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), WriteQuery), request_body = DocumentPatch,
    responses((status = 200, body = Document)))]
#[patch("/documents/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<DocumentPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DocumentManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Issue a draft
///
/// From now on the units below the issuer read it, its number is taken, and what it amends, replaces or
/// repeals is so.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), WriteQuery), request_body = DocumentIssue,
    responses((status = 200, body = Document)))]
#[post("/documents/{id}/issue")]
pub async fn issue(cx: Writing, id: web::Path<Id>, body: Body<DocumentIssue>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DocumentManage, move |tx, actor| {
        issuing::issue(tx, actor, *id, expected.clone(), &body.0)
    })
    .await
}

/// Say from when a document is in force
///
/// Once; from `issued` to `in_force`. An amended document binds on and may also get its day.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), WriteQuery), request_body = DocumentEffect,
    responses((status = 200, body = Document)))]
#[post("/documents/{id}/enter-into-force")]
pub async fn enter_into_force(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<DocumentEffect>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DocumentManage, move |tx, actor| force::enter(tx, actor, *id, expected.clone(), &body.0))
        .await
}

/// End a document whose time has run out
///
/// To `expired`, with a reason. A document is amended, replaced or repealed by another one: register
/// that with the relation `amends`, `replaces` or `repeals`.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), WriteQuery), request_body = DocumentExpiry,
    responses((status = 200, body = Document)))]
#[post("/documents/{id}/expire")]
pub async fn expire(cx: Writing, id: web::Path<Id>, body: Body<DocumentExpiry>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DocumentManage, move |tx, actor| {
        force::expire(tx, actor, *id, expected.clone(), &body.0)
    })
    .await
}

/// Read a document number
///
/// What a number means that stands in a text or was typed: Party form (`1083-QĐ/HU`) or State form
/// (`11/2023/QĐ-UBND`), alone or in a citation with its date. Lenient on blanks, dashes and case; 422
/// `unreadable_number` says why when it cannot be read. Nothing is stored.
///
/// Who: everybody but admin.
#[utoipa::path(tag = "documents", request_body = NumberText, responses((status = 200, body = ParsedNumber)))]
#[post("/documents/parse-number")]
pub async fn parse_number(cx: Reading, _: Query<NoQuery>, body: Body<NumberText>) -> Result<HttpResponse> {
    let types = cx.read(Action::DocumentRead, |conn, _| catalogue::type_names(conn)).await?;
    Ok(HttpResponse::Ok().json(parsed::read(&body.0.text, &types)?))
}

/// Delete a document
///
/// Only while no other document, no task and no unit refers to it or to one of its items (else 409
/// `in_use`). Its history stays.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/documents/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DocumentManage, move |tx, actor| removing::remove(tx, actor, *id, expected.clone()))
        .await
}

/// Lineage of a document
///
/// The documents it goes back to and those that go back to it, `depth` steps each way (default 5),
/// at most 500; an edge leads from the one that concretises to the one that is concretised.
///
/// Who: everybody but admin; only documents they may read appear.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), LineageQuery), responses((status = 200, body = Lineage)))]
#[get("/documents/{id}/lineage")]
pub async fn lineage(cx: Reading, id: web::Path<Id>, query: Query<LineageQuery>) -> Result<HttpResponse> {
    let depth = query.0.depth.map(|depth| depth.0);
    let found =
        cx.read(Action::DocumentRead, move |conn, actor| following::lineage(conn, actor, *id, depth)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// History of a document
///
/// Every change, oldest first: when, what, by whom. A content is named by its SHA-256.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/documents/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history_but(Action::DocumentRead, *id, query.0, model::find, relations::hide).await
}
