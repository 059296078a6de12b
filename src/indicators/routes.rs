//! Indicators over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    indicators::{
        change as changing, create as creating, model,
        wire::{Indicator, IndicatorCreate, IndicatorPatch, IndicatorQuery},
    },
    policy::Action,
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List indicators
///
/// Defined by units of the territory or above it, in the order they were recorded.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "indicators", params(IndicatorQuery), responses((status = 200, body = Page<Indicator>)))]
#[get("/indicators")]
pub async fn list(cx: Reading, query: Query<IndicatorQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page = cx
        .read_stale(Action::IndicatorRead, move |conn, actor| model::list(conn, actor, &query.0, today))
        .await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Define an indicator
///
/// Its direction, its periods and how values come together are fixed from then on.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "indicators", params(WriteQuery), request_body = IndicatorCreate,
    responses((status = 201, body = Indicator), (status = 200, body = Indicator)))]
#[post("/indicators")]
pub async fn create(cx: Writing, body: Body<IndicatorCreate>) -> Result<HttpResponse> {
    cx.write(Action::IndicatorManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show an indicator
///
/// With the unit that defined it.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "indicators", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Indicator)))]
#[get("/indicators/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let indicator = cx
        .read(Action::IndicatorRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::wire_one(conn, row)
        })
        .await?;
    Ok(cx.versioned(indicator.version, &query::narrow(&indicator, query.0.fields.as_ref())?))
}

/// Correct an indicator
///
/// What is said of it, not what decides its figures: that would be another indicator.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "indicators", params(("id" = Id, Path), WriteQuery), request_body = IndicatorPatch,
    responses((status = 200, body = Indicator)))]
#[patch("/indicators/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<IndicatorPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::IndicatorManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete an indicator
///
/// Refused while a value was reported of it, or another indicator counts by it.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "indicators", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/indicators/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::IndicatorManage, move |tx, actor| changing::remove(tx, actor, *id, expected.clone()))
        .await
}

/// History of an indicator
///
/// Every change, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "indicators", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/indicators/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::IndicatorRead, *id, query.0, model::find).await
}
