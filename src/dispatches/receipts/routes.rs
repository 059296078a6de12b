//! Receipts over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    dispatches::{
        receipts::{command, list as listing, model, workflow::Step},
        wire::{Receipt, ReceiptAssignment, ReceiptQuery, ReceiptReason, ReceiptStep},
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
use actix_web::{HttpResponse, get, post, web};

/// List receipts
///
/// What was sent to units of the territory, and what the own unit sent, in the order of sending, as it
/// stood at the end of any day. With `late=true` who is late, most days late first. Exempt and recalled
/// ones are there too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "receipts", params(ReceiptQuery), responses((status = 200, body = Page<Receipt>)))]
#[get("/receipts")]
pub async fn list(cx: Reading, query: Query<ReceiptQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page = cx.read(Action::DocumentRead, move |conn, actor| listing::list(conn, actor, &query.0, today));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Show a receipt
///
/// A document as one unit got it: how far it got with it, when and by whom, and whether in time.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of what the own unit sent.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Receipt)))]
#[get("/receipts/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let receipt =
        cx.read(Action::DocumentRead, move |conn, actor| model::show(conn, actor, *id, today)).await?;
    // Timeliness moves with the day, and deadlines with the dispatch: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(receipt.version)))
        .json(query::narrow(&receipt, query.0.fields.as_ref())?))
}

/// History of a receipt
///
/// Every change, oldest first: when, what, by whom, why.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of what the own unit sent.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/receipts/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::DocumentRead, *id, query.0, model::find).await
}

/// Note that a document was seen
///
/// The first time counts; again it changes nothing.
///
/// Who: leader, officer of the receiving unit.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), WriteQuery), request_body = Option<ReceiptStep>,
    responses((status = 200, body = Receipt)))]
#[post("/receipts/{id}/see")]
pub async fn see(cx: Writing, id: web::Path<Id>, _: Body<ReceiptStep>) -> Result<HttpResponse> {
    step(cx, *id, Step::See).await
}

/// Receive a document
///
/// The unit confirms that it has it; what was not seen before was seen with it. Judged against the
/// deadline of receipt. Also a unit that is exempt may.
///
/// Who: leader, officer of the receiving unit.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), WriteQuery), request_body = Option<ReceiptStep>,
    responses((status = 200, body = Receipt)))]
#[post("/receipts/{id}/receive")]
pub async fn receive(cx: Writing, id: web::Path<Id>, _: Body<ReceiptStep>) -> Result<HttpResponse> {
    step(cx, *id, Step::Receive).await
}

/// Put somebody in charge of a document
///
/// The unit itself, one below it, a post or a person. It counts as received with it. Again: another one
/// is in charge; the first time counts as when it was assigned.
///
/// Who: leader, officer of the receiving unit.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), WriteQuery), request_body = ReceiptAssignment,
    responses((status = 200, body = Receipt)))]
#[post("/receipts/{id}/assign")]
pub async fn assign(cx: Writing, id: web::Path<Id>, body: Body<ReceiptAssignment>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ReceiptTake, move |tx, actor| {
        command::assign(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Exempt a unit from a document
///
/// It keeps the document and owes nothing: in the figures it stands apart. With a reason.
///
/// Who: leader of the sending unit.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), WriteQuery), request_body = ReceiptReason,
    responses((status = 200, body = Receipt)))]
#[post("/receipts/{id}/exempt")]
pub async fn exempt(cx: Writing, id: web::Path<Id>, body: Body<ReceiptReason>) -> Result<HttpResponse> {
    step(cx, *id, Step::Exempt { reason: body.0.reason.0 }).await
}

/// Recall a document from a unit
///
/// Whatever the unit did with it, which stays on record. From now on it reads the document only when it
/// would have read it anyway, and it can be sent to it again. With a reason.
///
/// Who: leader of the sending unit.
#[utoipa::path(tag = "receipts", params(("id" = Id, Path), WriteQuery), request_body = ReceiptReason,
    responses((status = 200, body = Receipt)))]
#[post("/receipts/{id}/recall")]
pub async fn recall(cx: Writing, id: web::Path<Id>, body: Body<ReceiptReason>) -> Result<HttpResponse> {
    step(cx, *id, Step::Recall { reason: body.0.reason.0 }).await
}

async fn step(cx: Writing, id: Id, step: Step) -> Result<HttpResponse> {
    let (expected, action) = (cx.if_match(), step.action());
    cx.write(action, move |tx, actor| command::run(tx, actor, id, expected.as_ref(), step.clone())).await
}
