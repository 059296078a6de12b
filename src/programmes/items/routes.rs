//! Items of programmes over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version,
    },
    ids::Id,
    policy::Action,
    programmes::{
        items::{change as changing, create as creating, model},
        wire::{ProgrammeItem, ProgrammeItemPatch, ProgrammeItemQuery, ProgrammeItems, ProgrammeItemsCreate},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List the items of a programme
///
/// In their order.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), ProgrammeItemQuery),
    responses((status = 200, body = Page<ProgrammeItem>)))]
#[get("/programmes/{id}/items")]
pub async fn list(cx: Reading, id: web::Path<Id>, query: Query<ProgrammeItemQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read(Action::ProgrammeRead, move |conn, actor| model::list(conn, actor, *id, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Add items to a programme
///
/// Up to 200 at once, done whole or not at all, each with an event of its own; a programme holds at most
/// 500. Only while it is drafted. Sent again with the same ids, items that are there are given as they
/// are. `If-Match` is the version of the programme.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), WriteQuery),
    request_body = ProgrammeItemsCreate,
    responses((status = 201, body = ProgrammeItems), (status = 200, body = ProgrammeItems)))]
#[post("/programmes/{id}/items")]
pub async fn create(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeItemsCreate>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ProgrammeDraft, move |tx, actor| {
        creating::create(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Show an item of a programme
///
/// What is to be done, until when, with what, and who answers for it.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = ProgrammeItem)))]
#[get("/programme-items/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let item = cx.read(Action::ProgrammeRead, move |conn, actor| model::show(conn, actor, *id)).await?;
    let body = query::narrow(&item, query.0.fields.as_ref())?;
    // Its place and its task may change without its version: never 304.
    Ok(HttpResponse::Ok().insert_header(("ETag", version::etag(item.version))).json(body))
}

/// Change an item of a programme
///
/// Its words, its time, who answers for it, or its place (`ordinal`). Only while the programme is drafted.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), WriteQuery),
    request_body = ProgrammeItemPatch, responses((status = 200, body = ProgrammeItem)))]
#[patch("/programme-items/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeItemPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ProgrammeDraft, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// Drop an item of a programme
///
/// Only while the programme is drafted. Comments on it stay, and so do the versions that hold it.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/programme-items/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ProgrammeDraft, move |tx, actor| changing::delete(tx, actor, *id, &expected)).await
}

/// History of an item of a programme
///
/// Every change, oldest first: when, what, by whom, why.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programme-items", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/programme-items/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history_but(Action::ProgrammeRead, *id, query.0, model::find, model::hide).await
}
