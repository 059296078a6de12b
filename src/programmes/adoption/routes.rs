//! Rules of adoption over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Page, Query, query::NoQuery},
    policy::Action,
    programmes::{
        adoption::{create as creating, model},
        wire::{AdoptionRule, AdoptionRuleCreate},
    },
};
use actix_web::{HttpResponse, get, post};

/// List the rules of adoption
///
/// By level and origin, with their days; those of the past too. The rule in force on the day of adoption
/// decides who adopts and whether there is a vote.
///
/// Who: every account.
#[utoipa::path(tag = "adoption-rules", responses((status = 200, body = Page<AdoptionRule>)))]
#[get("/adoption-rules")]
pub async fn list(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    Ok(HttpResponse::Ok().json(cx.read(Action::OneSelf, |conn, _| model::list(conn)).await?))
}

/// Set a rule of adoption
///
/// From a day on, today at the earliest; the one before it ends the day before. What is past is never
/// changed.
///
/// Who: admin of the instance.
#[utoipa::path(tag = "adoption-rules", params(WriteQuery), request_body = AdoptionRuleCreate,
    responses((status = 201, body = AdoptionRule), (status = 200, body = AdoptionRule)))]
#[post("/adoption-rules")]
pub async fn create(cx: Writing, body: Body<AdoptionRuleCreate>) -> Result<HttpResponse> {
    cx.write(Action::AdoptionRuleManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}
