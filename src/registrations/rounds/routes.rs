//! Rounds over HTTP.

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
        rounds::{change as changing, create as opening, model},
        wire::{
            RegistrationRound, RegistrationRoundCancellation, RegistrationRoundClosing,
            RegistrationRoundCreate, RegistrationRoundPatch, RegistrationRoundQuery,
        },
    },
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List registration rounds
///
/// Opened by units of the territory, or calling upon one of them, in the order they were recorded; closed
/// and cancelled ones too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "registration-rounds", params(RegistrationRoundQuery),
    responses((status = 200, body = Page<RegistrationRound>)))]
#[get("/registration-rounds")]
pub async fn list(cx: Reading, query: Query<RegistrationRoundQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page = cx.read(Action::TaskRead, move |conn, actor| model::list(conn, actor, &query.0, today));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Open a registration round
///
/// As a document orders it, for units below the own one, at most 1000: named one by one, by a part of the
/// tree, or both. Each gets its registration at once, `not_started`. Quotas warn and refuse nothing. One
/// event for the round and one for each unit.
///
/// Who: leader, officer of the unit that opens it.
#[utoipa::path(tag = "registration-rounds", params(WriteQuery), request_body = RegistrationRoundCreate,
    responses((status = 201, body = RegistrationRound), (status = 200, body = RegistrationRound)))]
#[post("/registration-rounds")]
pub async fn create(cx: Writing, body: Body<RegistrationRoundCreate>) -> Result<HttpResponse> {
    cx.write(Action::RoundOpen, move |tx, actor| opening::create(tx, actor, &body.0)).await
}

/// Show a registration round
///
/// What it is today. It stays open after its last day until it is closed: what comes then is late.
///
/// Who: leader, officer, inspector, viewer, service, in the territory of the opening unit or of one called upon.
#[utoipa::path(tag = "registration-rounds", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = RegistrationRound)))]
#[get("/registration-rounds/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let job = cx.read(Action::TaskRead, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        model::wire_one(conn, actor, row, today)
    });
    let round = job.await?;
    // The state moves with the day: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(round.version)))
        .json(query::narrow(&round, query.0.fields.as_ref())?))
}

/// Change a registration round
///
/// Its title, its quotas, or its last day with a reason. What was late by then stays late, and past days
/// are judged by what was in force on them.
///
/// Who: leader of the unit that opened it.
#[utoipa::path(tag = "registration-rounds", params(("id" = Id, Path), WriteQuery), request_body = RegistrationRoundPatch,
    responses((status = 200, body = RegistrationRound)))]
#[patch("/registration-rounds/{id}")]
pub async fn change(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationRoundPatch>,
) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::RoundManage, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0)).await
}

/// Close a registration round
///
/// Nobody registers anew; what was handed in before is still accepted, returned and mended.
///
/// Who: leader of the unit that opened it.
#[utoipa::path(tag = "registration-rounds", params(("id" = Id, Path), WriteQuery),
    request_body = Option<RegistrationRoundClosing>, responses((status = 200, body = RegistrationRound)))]
#[post("/registration-rounds/{id}/close")]
pub async fn close(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationRoundClosing>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RoundManage, move |tx, actor| {
        changing::close(tx, actor, *id, expected.as_ref(), body.0.reason.as_deref())
    })
    .await
}

/// Cancel a registration round
///
/// With a reason. Nothing moves in it any more; tasks made of it stay.
///
/// Who: leader of the unit that opened it.
#[utoipa::path(tag = "registration-rounds", params(("id" = Id, Path), WriteQuery),
    request_body = RegistrationRoundCancellation, responses((status = 200, body = RegistrationRound)))]
#[post("/registration-rounds/{id}/cancel")]
pub async fn cancel(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationRoundCancellation>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RoundManage, move |tx, actor| {
        changing::cancel(tx, actor, *id, expected.as_ref(), &body.0.reason)
    })
    .await
}

/// History of a registration round
///
/// When it was opened, and every change with its reason, oldest first. Registrations have their own.
///
/// Who: leader, officer, inspector, viewer, service, in the territory of the opening unit or of one called upon.
#[utoipa::path(tag = "registration-rounds", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/registration-rounds/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::TaskRead, *id, query.0, model::find).await
}
