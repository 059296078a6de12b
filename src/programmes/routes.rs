//! Programmes over HTTP.

pub mod life;

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    documents::relations,
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version,
    },
    ids::Id,
    likeness::wire::LikenessQuery,
    policy::Action,
    programmes::{
        change as changing, create as creating, likeness as comparing, list as listing, model,
        wire::{Programme, ProgrammeCreate, ProgrammeLikeness, ProgrammePatch, ProgrammeQuery},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List programmes
///
/// In the order they were begun, drafts and closed ones too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", params(ProgrammeQuery), responses((status = 200, body = Page<Programme>)))]
#[get("/programmes")]
pub async fn list(cx: Reading, query: Query<ProgrammeQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page =
        cx.read_stale(Action::ProgrammeRead, move |conn, actor| listing::page(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Begin a programme
///
/// A draft of the own unit, with the documents it puts into practice. Its items come by
/// `POST /programmes/{id}/items`.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(WriteQuery), request_body = ProgrammeCreate,
    responses((status = 201, body = Programme), (status = 200, body = Programme)))]
#[post("/programmes")]
pub async fn create(cx: Writing, body: Body<ProgrammeCreate>) -> Result<HttpResponse> {
    cx.write(Action::ProgrammeDraft, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a programme
///
/// How far it is, how it was adopted, and what the caller may do next.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Programme)))]
#[get("/programmes/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let programme = cx.read(Action::ProgrammeRead, move |conn, actor| model::show(conn, actor, *id)).await?;
    let body = query::narrow(&programme, query.0.fields.as_ref())?;
    // Its items and comments change what it tells without its version: never 304.
    Ok(HttpResponse::Ok().insert_header(("ETag", version::etag(programme.version))).json(body))
}

/// Change a programme
///
/// What it says of itself, while it is drafted (`draft`, `collective_review`, `amended`).
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammePatch,
    responses((status = 200, body = Programme)))]
#[patch("/programmes/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<ProgrammePatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ProgrammeDraft, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// Delete a programme
///
/// Begun by mistake: only while it was never handed in.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/programmes/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ProgrammeDraft, move |tx, actor| changing::delete(tx, actor, *id, &expected)).await
}

/// History of a programme
///
/// Every change, oldest first: when, what, by whom, why. Items and comments have their own.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/programmes/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history_but(Action::ProgrammeRead, *id, query.0, model::find, relations::hide).await
}

/// How alike a programme is
///
/// What its items repeat of the documents it concretises or implements and of their clauses, and of what
/// others made from the same ones: programmes of other units, also drafts, and documents of other issuers.
/// Word for word, in another order, in other letters, with names of units and figures swapped; as a whole
/// and item by item. Quotations from a parent count against nobody. It warns when half of its own words
/// stand in a sibling, or four fifths in a parent. It is to be looked at before adoption, and never keeps
/// anybody from it.
///
/// Who: leader, officer, inspector, viewer, service, in their territory; only what they may read is compared.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), LikenessQuery),
    responses((status = 200, body = ProgrammeLikeness)))]
#[get("/programmes/{id}/likeness")]
pub async fn likeness(cx: Reading, id: web::Path<Id>, query: Query<LikenessQuery>) -> Result<HttpResponse> {
    let limit = query.0.limit.map(|limit| limit.0);
    let found = cx
        .report(Action::ProgrammeRead, move |conn, actor| comparing::likeness(conn, actor, *id, limit))
        .await?;
    Ok(HttpResponse::Ok().json(found))
}
