//! What documents touch, and what owners say to it, over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
    reconfirmations::{
        answer, impact as touching, list as listing, model,
        wire::{
            DocumentImpact, Reconfirmation, ReconfirmationCreate, ReconfirmationPatch, ReconfirmationQuery,
        },
    },
};
use actix_web::{HttpResponse, get, patch, post, web};

/// Show what a document touches
///
/// The programmes, tasks and targets that put what it amends, replaces or repeals into practice, over any
/// number of steps, and whether their owners confirmed them again. Of a draft: what it would touch; nobody
/// is asked before its issue. Told is what is not done with and was there on its day of issue; what the
/// caller does not see is counted.
///
/// Who: leader, officer, inspector, viewer, service who read the document.
#[utoipa::path(tag = "reconfirmations", params(("id" = Id, Path)), responses((status = 200, body = DocumentImpact)))]
#[get("/documents/{id}/impact")]
pub async fn impact(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let job = cx.report(Action::DocumentRead, move |conn, actor| touching::impact(conn, actor, *id));
    Ok(HttpResponse::Ok().json(job.await?))
}

/// List what owners are asked
///
/// What issued documents touch and whether it stays as it is: first what is not answered, then the
/// answers. What a unit owes: `unit_id=…&state=asked`. A question is there as long as its record is not
/// done with and puts into practice what the document changes; answers stay.
///
/// Who: leader, officer, inspector, viewer, service, of programmes and tasks and by documents they read.
#[utoipa::path(tag = "reconfirmations", params(ReconfirmationQuery),
    responses((status = 200, body = Page<Reconfirmation>)))]
#[get("/reconfirmations")]
pub async fn list(cx: Reading, query: Query<ReconfirmationQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.report(Action::ReconfirmationRead, move |conn, actor| listing::list(conn, actor, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Answer for a programme or a task
///
/// It stays as it is, will be amended, or falls away: with a note unless it stays. What follows is done by
/// the commands of the record itself, such as cancelling the task. A record answers a document once: the
/// same again gives 200, another answer 409 `already_exists`, and goes as a change of the first. What the
/// document does not touch is refused (422 `not_permitted_here`).
///
/// Who: leader, officer of the unit that owns the programme or leads the task.
#[utoipa::path(tag = "reconfirmations", params(WriteQuery), request_body = ReconfirmationCreate,
    responses((status = 201, body = Reconfirmation), (status = 200, body = Reconfirmation)))]
#[post("/reconfirmations")]
pub async fn create(cx: Writing, body: Body<ReconfirmationCreate>) -> Result<HttpResponse> {
    cx.write(Action::ReconfirmationGive, move |tx, actor| answer::create(tx, actor, &body.0)).await
}

/// Show an answer
///
/// As it now stands, with its document and its record; the answers before it are in its history.
///
/// Who: leader, officer, inspector, viewer, service who see the record and read the document.
#[utoipa::path(tag = "reconfirmations", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Reconfirmation)))]
#[get("/reconfirmations/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::ReconfirmationRead, move |conn, actor| model::show(conn, actor, *id));
    let (said, version) = job.await?;
    // The record moves on without it: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(version)))
        .json(query::narrow(&said, query.0.fields.as_ref())?))
}

/// Give another answer
///
/// Who gave the first one stays in its history. Refused once the record is done with (409
/// `invalid_state`).
///
/// Who: leader, officer of the unit that owns the programme or leads the task now.
#[utoipa::path(tag = "reconfirmations", params(("id" = Id, Path), WriteQuery), request_body = ReconfirmationPatch,
    responses((status = 200, body = Reconfirmation)))]
#[patch("/reconfirmations/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<ReconfirmationPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ReconfirmationGive, move |tx, actor| answer::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// History of an answer
///
/// Every answer given, oldest first.
///
/// Who: leader, officer, inspector, viewer, service who see the record and read the document.
#[utoipa::path(tag = "reconfirmations", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/reconfirmations/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::ReconfirmationRead, *id, query.0, model::find).await
}
