//! Corrections over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Page, Query, query::NoQuery},
    ids::Id,
    indicators::values::corrections::{
        model, step,
        wire::{Correction, CorrectionCreate, CorrectionDecision, CorrectionStatus},
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, post, web};

/// List corrections of a value
///
/// In the order in which they were asked for.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "indicator-values", operation_id = "list_corrections", params(("id" = Id, Path)), responses((status = 200, body = Page<Correction>)))]
#[get("/indicator-values/{id}/corrections")]
pub async fn list(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::IndicatorRead, move |conn, actor| model::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Ask for a correction of an approved value
///
/// The whole content as it should have been; the old one is kept.
///
/// Who: leader, officer of the unit that reported it.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path), WriteQuery), request_body = CorrectionCreate,
    responses((status = 201, body = Correction), (status = 200, body = Correction)))]
#[post("/indicator-values/{id}/corrections")]
pub async fn ask(cx: Writing, id: web::Path<Id>, body: Body<CorrectionCreate>) -> Result<HttpResponse> {
    cx.write(Action::ValueCorrect, move |tx, actor| step::ask(tx, actor, *id, &body.0)).await
}

/// Approve a correction
///
/// The figure is restated from now on; past days still tell the old one.
///
/// Who: leader of a unit above (of the unit itself at the top), or of the indicator's agency; not who asked.
#[utoipa::path(tag = "indicator-values", operation_id = "approve_correction", request_body = Option<CorrectionDecision>,
    params(("id" = Id, Path), ("correction_id" = Id, Path), WriteQuery), responses((status = 200, body = Correction)))]
#[post("/indicator-values/{id}/corrections/{correction_id}/approve")]
pub async fn approve(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<CorrectionDecision>,
) -> Result<HttpResponse> {
    let (id, correction) = *path;
    cx.write(Action::ValueApprove, move |tx, actor| {
        step::decide(tx, actor, id, correction, CorrectionStatus::Approved, &body.0)
    })
    .await
}

/// Reject a correction
///
/// With the reason; the figure stays.
///
/// Who: leader of a unit above (of the unit itself at the top), or of the indicator's agency; not who asked.
#[utoipa::path(tag = "indicator-values", operation_id = "reject_correction", request_body = CorrectionDecision,
    params(("id" = Id, Path), ("correction_id" = Id, Path), WriteQuery), responses((status = 200, body = Correction)))]
#[post("/indicator-values/{id}/corrections/{correction_id}/reject")]
pub async fn reject(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<CorrectionDecision>,
) -> Result<HttpResponse> {
    let (id, correction) = *path;
    cx.write(Action::ValueApprove, move |tx, actor| {
        step::decide(tx, actor, id, correction, CorrectionStatus::Rejected, &body.0)
    })
    .await
}
