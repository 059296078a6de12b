//! Sessions over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    disseminations::{
        sessions::{change as changing, create as recording, model},
        wire::{
            DisseminationPageQuery, DisseminationSession, DisseminationSessionCreate,
            DisseminationSessionPatch,
        },
    },
    error::Result,
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// Record a session
///
/// One that was held, with its numbers by class: "trên 650" is 650 with the qualifier `over`. The first
/// one starts the study. A contest or a broadcast needs no numbers. Not into a wave that is complete.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "dissemination-sessions", params(("id" = Id, Path), WriteQuery),
    request_body = DisseminationSessionCreate,
    responses((status = 201, body = DisseminationSession), (status = 200, body = DisseminationSession)))]
#[post("/disseminations/{id}/sessions")]
pub async fn create(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<DisseminationSessionCreate>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DisseminationRecord, move |tx, actor| {
        recording::create(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// List the sessions of a dissemination
///
/// In the order of their days.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "dissemination-sessions", params(("id" = Id, Path), DisseminationPageQuery),
    responses((status = 200, body = Page<DisseminationSession>)))]
#[get("/disseminations/{id}/sessions")]
pub async fn list(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<DisseminationPageQuery>,
) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::DocumentRead, move |conn, actor| model::list(conn, actor, *id, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Show a session
///
/// Who presented what, where, to whom. Its history is that of the dissemination.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "dissemination-sessions", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = DisseminationSession)))]
#[get("/dissemination-sessions/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let session =
        cx.read(Action::DocumentRead, move |conn, actor| model::find(conn, actor, *id)?.wire()).await?;
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(session.version)))
        .json(query::narrow(&session, query.0.fields.as_ref())?))
}

/// Correct a session
///
/// While its wave is not complete. Figures of past days keep what was known then.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "dissemination-sessions", params(("id" = Id, Path), WriteQuery),
    request_body = DisseminationSessionPatch, responses((status = 200, body = DisseminationSession)))]
#[patch("/dissemination-sessions/{id}")]
pub async fn change(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<DisseminationSessionPatch>,
) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DisseminationRecord, move |tx, actor| {
        changing::change(tx, actor, *id, &expected, &body.0)
    })
    .await
}

/// Delete a session
///
/// While its wave is not complete. The history of the dissemination keeps it.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "dissemination-sessions", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/dissemination-sessions/{id}")]
pub async fn delete(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DisseminationRecord, move |tx, actor| changing::delete(tx, actor, *id, &expected)).await
}
