//! Rules of units over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    criteria::{
        unit_rules::{create as creating, model},
        wire::{CriteriaUnitRule, CriteriaUnitRuleCreate, CriteriaUnitRuleQuery},
    },
    error::Result,
    http::{Body, Page, Query, query},
    policy::Action,
};
use actix_web::{HttpResponse, get, post};

/// List rules of units
///
/// To which group a unit belongs under a set and which criteria it must hold, each with its first day; those of
/// the past too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-unit-rules", params(CriteriaUnitRuleQuery),
    responses((status = 200, body = Page<CriteriaUnitRule>)))]
#[get("/criteria-unit-rules")]
pub async fn list(cx: Reading, query: Query<CriteriaUnitRuleQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::CriteriaRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Lay down a rule of a unit
///
/// The whole of it: without `group` the unit belongs to none, without `must_hold` nothing must be held. What
/// was laid down before ends on that day and stays readable.
///
/// Who: leader of a unit above; at the top of a tree, of the unit itself.
#[utoipa::path(tag = "criteria-unit-rules", params(WriteQuery), request_body = CriteriaUnitRuleCreate,
    responses((status = 201, body = CriteriaUnitRule), (status = 200, body = CriteriaUnitRule)))]
#[post("/criteria-unit-rules")]
pub async fn create(cx: Writing, body: Body<CriteriaUnitRuleCreate>) -> Result<HttpResponse> {
    cx.write(Action::CriteriaDirect, move |tx, actor| creating::create(tx, actor, &body.0)).await
}
