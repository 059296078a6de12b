//! Terms over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    policy::Action,
    terms::{
        change as changing, create as creating, model, remove as removing,
        wire::{Term, TermCreate, TermPatch, TermQuery},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List terms
///
/// Of the units in the territory, however deep, and of those above the own one, in the order they were
/// recorded.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "terms", params(TermQuery), responses((status = 200, body = Page<Term>)))]
#[get("/terms")]
pub async fn list(cx: Reading, query: Query<TermQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::TermRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Record a term
///
/// Terms of one unit may overlap.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "terms", params(WriteQuery), request_body = TermCreate,
    responses((status = 201, body = Term), (status = 200, body = Term)))]
#[post("/terms")]
pub async fn create(cx: Writing, body: Body<TermCreate>) -> Result<HttpResponse> {
    cx.write(Action::TermManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a term
///
/// With its unit.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "terms", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Term)))]
#[get("/terms/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let term = cx
        .read(Action::TermRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::wire_one(conn, row)
        })
        .await?;
    Ok(cx.versioned(term.version, &query::narrow(&term, query.0.fields.as_ref())?))
}

/// Correct a term
///
/// Everything but its unit.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "terms", params(("id" = Id, Path), WriteQuery), request_body = TermPatch,
    responses((status = 200, body = Term)))]
#[patch("/terms/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<TermPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::TermManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete a term
///
/// Refused while a document belongs to it.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "terms", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/terms/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::TermManage, move |tx, actor| removing::remove(tx, actor, *id, expected.clone())).await
}

/// History of a term
///
/// Every change, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "terms", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/terms/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::TermRead, *id, query.0, model::find).await
}
