//! Dispatches over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    dispatches::{
        change as changing, create as sending, model,
        wire::{Dispatch, DispatchCreate, DispatchPatch, DispatchQuery},
    },
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// Send a document to units
///
/// From the own unit to open units below it, at most 1000: named one by one, by a part of the tree, or
/// both. Any issued document the caller reads may be sent on. A unit has a document once: those that
/// have it already get nothing new and stand in `already_sent`; when that is all of them, 409
/// `already_exists`. While a unit has it, the unit and those above it read the document, whoever issued
/// it. One event for the dispatch and one for each receipt.
///
/// Who: leader, officer.
#[utoipa::path(tag = "dispatches", params(("id" = Id, Path), WriteQuery), request_body = DispatchCreate,
    responses((status = 201, body = Dispatch), (status = 200, body = Dispatch)))]
#[post("/documents/{id}/dispatches")]
pub async fn create(cx: Writing, id: web::Path<Id>, body: Body<DispatchCreate>) -> Result<HttpResponse> {
    cx.write(Action::DispatchSend, move |tx, actor| sending::create(tx, actor, *id, &body.0)).await
}

/// List the dispatches of a document
///
/// How it went down, level by level, in the order of sending: what units of the territory sent and what
/// was sent to them.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "dispatches", params(("id" = Id, Path), DispatchQuery),
    responses((status = 200, body = Page<Dispatch>)))]
#[get("/documents/{id}/dispatches")]
pub async fn list(cx: Reading, id: web::Path<Id>, query: Query<DispatchQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page =
        cx.read(Action::DocumentRead, move |conn, actor| model::list(conn, actor, *id, &query.0, today));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Show a dispatch
///
/// Its deadlines and what became of it. The units: `GET /receipts?dispatch_id=`.
///
/// Who: leader, officer, inspector, viewer, service, in the territory of the sender or of a receiver.
#[utoipa::path(tag = "dispatches", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Dispatch)))]
#[get("/dispatches/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let job = cx.read(Action::DocumentRead, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        model::wire_one(conn, actor, row, today)
    });
    let dispatch = job.await?;
    // The figures move with every receipt and with the day: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(dispatch.version)))
        .json(query::narrow(&dispatch, query.0.fields.as_ref())?))
}

/// Change a dispatch
///
/// Its note, or its deadlines with a reason: new ones lie ahead. What was late by then stays late; who
/// has not received it yet has the days that were added.
///
/// Who: leader of the sending unit.
#[utoipa::path(tag = "dispatches", params(("id" = Id, Path), WriteQuery), request_body = DispatchPatch,
    responses((status = 200, body = Dispatch)))]
#[patch("/dispatches/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<DispatchPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DispatchChange, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// History of a dispatch
///
/// When it was sent, and every other deadline with its reason, oldest first. Its receipts have their own.
///
/// Who: leader, officer, inspector, viewer, service, in the territory of the sender or of a receiver.
#[utoipa::path(tag = "dispatches", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/dispatches/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::DocumentRead, *id, query.0, model::find).await
}
