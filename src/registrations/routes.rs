//! Registrations over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
    registrations::{
        answer, impose as imposing, list as listing, model, step,
        wire::{
            Registration, RegistrationAcceptance, RegistrationImposed, RegistrationImposition,
            RegistrationImpositions, RegistrationLine, RegistrationQuery, RegistrationReturn,
            RegistrationStart, RegistrationSubmission, RegistrationSummary, RegistrationSupplement,
        },
    },
};
use actix_web::{HttpResponse, get, post, web};

/// List the registrations of a round
///
/// One for each unit called upon, who is missing first, as they stood at the end of any day. Warnings: too
/// few or too many tasks for the quota, no key or breakthrough task, late.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of rounds that the own unit opened.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), RegistrationQuery),
    responses((status = 200, body = Page<RegistrationSummary>)))]
#[get("/registration-rounds/{id}/registrations")]
pub async fn list(cx: Reading, id: web::Path<Id>, query: Query<RegistrationQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page = cx.read(Action::TaskRead, move |conn, actor| listing::page(conn, actor, *id, &query.0, today));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Begin a registration
///
/// Of the own unit, in a round that calls upon it. One that has begun is given as it is.
///
/// Who: leader, officer of the registering unit.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery), request_body = Option<RegistrationStart>,
    responses((status = 201, body = Registration), (status = 200, body = Registration)))]
#[post("/registration-rounds/{id}/registrations")]
pub async fn start(cx: Writing, id: web::Path<Id>, body: Body<RegistrationStart>) -> Result<HttpResponse> {
    cx.write(Action::RegistrationMake, move |tx, actor| step::start(tx, actor, *id, body.0.unit_id)).await
}

/// Impose a breakthrough on several units
///
/// The same for each, with its roadmap; for all of them or for none. What a unit had handed in, or had
/// accepted, goes back to it to be completed. One event for each unit.
///
/// Who: leader of the unit that opened the round.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery), request_body = RegistrationImpositions,
    responses((status = 200, body = RegistrationImposed)))]
#[post("/registration-rounds/{id}/impositions")]
pub async fn impose_on_many(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationImpositions>,
) -> Result<HttpResponse> {
    cx.write(Action::RegistrationImpose, move |tx, actor| imposing::many(tx, actor, *id, &body.0)).await
}

/// Show a registration
///
/// How far it got, against its last day and its quota, with the superior's last answer, what changed since,
/// and the tasks it became. Its lines: `GET /registrations/{id}/lines`.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of rounds that the own unit opened.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Registration)))]
#[get("/registrations/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let job = cx.read(Action::TaskRead, move |conn, actor| model::show(conn, actor, *id, today));
    let registration = job.await?;
    // Its lines and the day move without its version.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(registration.version)))
        .json(query::narrow(&registration, query.0.fields.as_ref())?))
}

/// Hand in a registration
///
/// With at least one line. The first time decides whether it was late; after the last day it is still
/// taken until the round is closed.
///
/// Who: leader, officer of the registering unit.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery),
    request_body = Option<RegistrationSubmission>, responses((status = 200, body = Registration)))]
#[post("/registrations/{id}/submit")]
pub async fn submit(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationSubmission>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationMake, move |tx, actor| {
        step::submit(tx, actor, *id, expected.as_ref(), body.0.comment.as_deref())
    })
    .await
}

/// Accept a registration
///
/// Each line becomes a task of its lead unit, once, already accepted, which serves the ordering document and
/// the items of the line; a roadmap becomes milestones. Done again it makes nothing and answers the same.
/// One event for the registration, one for each task and each milestone.
///
/// Who: leader of the unit that opened the round, who did not hand it in.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery),
    request_body = Option<RegistrationAcceptance>, responses((status = 200, body = Registration)))]
#[post("/registrations/{id}/accept")]
pub async fn accept(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationAcceptance>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationAccept, move |tx, actor| {
        answer::accept(tx, actor, *id, expected.as_ref(), body.0.comment.as_deref())
    })
    .await
}

/// Return a registration
///
/// With a reason, and with comments on single lines; these stay when it is sent again, with what changed.
///
/// Who: leader of the unit that opened the round.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery), request_body = RegistrationReturn,
    responses((status = 200, body = Registration)))]
#[post("/registrations/{id}/return")]
pub async fn return_(cx: Writing, id: web::Path<Id>, body: Body<RegistrationReturn>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationReturn, move |tx, actor| {
        answer::return_(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Open an accepted registration again
///
/// With a reason, for more lines. Accepted ones stay as they are, with their tasks.
///
/// Who: leader, officer of the registering unit.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery), request_body = RegistrationSupplement,
    responses((status = 200, body = Registration)))]
#[post("/registrations/{id}/supplement")]
pub async fn supplement(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationSupplement>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationMake, move |tx, actor| {
        step::supplement(tx, actor, *id, expected.as_ref(), &body.0.reason)
    })
    .await
}

/// Impose a breakthrough on a unit
///
/// A line with its roadmap that the unit can neither delete nor weaken; it completes who leads it and its
/// product. What it had handed in, or had accepted, goes back to it for that.
///
/// Who: leader of the unit that opened the round.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), WriteQuery), request_body = RegistrationImposition,
    responses((status = 201, body = RegistrationLine)))]
#[post("/registrations/{id}/impose")]
pub async fn impose(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationImposition>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationImpose, move |tx, actor| {
        imposing::one(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// History of a registration
///
/// Every move and every change of its lines, oldest first: when, what, by whom, why.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of rounds that the own unit opened.
#[utoipa::path(tag = "registrations", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/registrations/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::TaskRead, *id, query.0, model::find).await
}
