//! Recognitions over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    criteria::{
        recognitions::{model, recognise as recognising, withdraw as withdrawing},
        wire::{
            CriteriaRecognition, CriteriaRecognitionCreate, CriteriaRecognitionQuery,
            CriteriaRecognitionWithdrawal,
        },
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

/// List recognitions
///
/// In the order in which they were recorded; withdrawn ones too, unless `as_of` asks for those in force on a day.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-recognitions", params(CriteriaRecognitionQuery),
    responses((status = 200, body = Page<CriteriaRecognition>)))]
#[get("/criteria-recognitions")]
pub async fn list(cx: Reading, query: Query<CriteriaRecognitionQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::CriteriaRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Record a recognition
///
/// By decision only. A unit has one in force under a set; under other sets it may have others. What it meets
/// does not matter here: the board says so.
///
/// Who: leader of a unit above; at the top of a tree, of the unit itself.
#[utoipa::path(tag = "criteria-recognitions", params(WriteQuery), request_body = CriteriaRecognitionCreate,
    responses((status = 201, body = CriteriaRecognition), (status = 200, body = CriteriaRecognition)))]
#[post("/criteria-recognitions")]
pub async fn recognise(cx: Writing, body: Body<CriteriaRecognitionCreate>) -> Result<HttpResponse> {
    cx.write(Action::CriteriaRecognise, move |tx, actor| recognising::recognise(tx, actor, &body.0)).await
}

/// Show a recognition
///
/// With its decision, and that of its withdrawal.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-recognitions", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = CriteriaRecognition)))]
#[get("/criteria-recognitions/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::CriteriaRead, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        model::wire_one(conn, actor, row)
    });
    let shown = job.await?;
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(shown.version)))
        .json(query::narrow(&shown, query.0.fields.as_ref())?))
}

/// Withdraw a recognition
///
/// By decision and with a reason; past days keep it.
///
/// Who: leader of a unit above; at the top of a tree, of the unit itself.
#[utoipa::path(tag = "criteria-recognitions", params(("id" = Id, Path), WriteQuery),
    request_body = CriteriaRecognitionWithdrawal, responses((status = 200, body = CriteriaRecognition)))]
#[post("/criteria-recognitions/{id}/withdraw")]
pub async fn withdraw(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<CriteriaRecognitionWithdrawal>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::CriteriaRecognise, move |tx, actor| {
        withdrawing::withdraw(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// History of a recognition
///
/// When it was recorded, and when it was withdrawn and why.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-recognitions", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/criteria-recognitions/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::CriteriaRead, *id, query.0, model::find).await
}
