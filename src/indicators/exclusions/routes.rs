//! Exclusions over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Page, Query, query::NoQuery},
    ids::Id,
    indicators::exclusions::{
        model, step,
        wire::{IndicatorExclusion, IndicatorExclusionCreate, IndicatorExclusionEnd},
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, post, web};

/// List units whose figures are not summed above
///
/// Those of the territory, with the reason.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "indicators", operation_id = "list_exclusions", params(("id" = Id, Path)),
    responses((status = 200, body = Page<IndicatorExclusion>)))]
#[get("/indicators/{id}/exclusions")]
pub async fn list(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::IndicatorRead, move |conn, actor| model::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Leave a unit out of the figures above it
///
/// Its own figure stays; no unit above counts it, for periods that end on the day or later.
///
/// Who: leader, officer of the unit that defined the indicator, or above it.
#[utoipa::path(tag = "indicators", params(("id" = Id, Path), WriteQuery), request_body = IndicatorExclusionCreate,
    responses((status = 201, body = IndicatorExclusion), (status = 200, body = IndicatorExclusion)))]
#[post("/indicators/{id}/exclusions")]
pub async fn exclude(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<IndicatorExclusionCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::IndicatorManage, move |tx, actor| step::exclude(tx, actor, *id, &body.0)).await
}

/// Take a unit into the figures again
///
/// After the last day of its exclusion.
///
/// Who: leader, officer of the unit that defined the indicator, or above it.
#[utoipa::path(tag = "indicators", operation_id = "end_exclusion", request_body = IndicatorExclusionEnd,
    params(("id" = Id, Path), ("exclusion_id" = Id, Path), WriteQuery),
    responses((status = 200, body = IndicatorExclusion)))]
#[post("/indicators/{id}/exclusions/{exclusion_id}/end")]
pub async fn end(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<IndicatorExclusionEnd>,
) -> Result<HttpResponse> {
    let (id, exclusion) = *path;
    cx.write(Action::IndicatorManage, move |tx, actor| step::end(tx, actor, id, exclusion, &body.0)).await
}
