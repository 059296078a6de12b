//! Assessments over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    criteria::{
        assessments::{answer, assess as saying, list as pages, model},
        wire::{
            CriteriaAssessment, CriteriaAssessmentCreate, CriteriaAssessmentQuery, CriteriaAssessmentReturn,
            CriteriaAssessmentVerification,
        },
    },
    error::Result,
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, get, post, web};

/// List criteria assessments
///
/// All that was said of units and criteria, in the order in which it was recorded; what was returned and what
/// was said anew since too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-assessments", params(CriteriaAssessmentQuery),
    responses((status = 200, body = Page<CriteriaAssessment>)))]
#[get("/criteria-assessments")]
pub async fn list(cx: Reading, query: Query<CriteriaAssessmentQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::CriteriaRead, move |conn, actor| pages::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Assess a criterion
///
/// Of the own unit it is a self-assessment, which counts nowhere until a unit above verifies it. Of a unit below
/// it is a finding and counts at once. What was verified as met and is met no longer is lost, with its day and
/// the reason.
///
/// Who: leader, officer, of the own unit; leader of a unit above.
#[utoipa::path(tag = "criteria-assessments", params(WriteQuery), request_body = CriteriaAssessmentCreate,
    responses((status = 201, body = CriteriaAssessment), (status = 200, body = CriteriaAssessment)))]
#[post("/criteria-assessments")]
pub async fn assess(cx: Writing, body: Body<CriteriaAssessmentCreate>) -> Result<HttpResponse> {
    cx.write(Action::CriteriaAssess, move |tx, actor| saying::assess(tx, actor, &body.0)).await
}

/// Show a criteria assessment
///
/// As it was said; nothing of it changes.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "criteria-assessments", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = CriteriaAssessment)))]
#[get("/criteria-assessments/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::CriteriaRead, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        model::wire_one(conn, actor, row)
    });
    Ok(HttpResponse::Ok().json(query::narrow(&job.await?, query.0.fields.as_ref())?))
}

/// Verify a self-assessment
///
/// It counts from today on. Only the last word on a criterion can be verified, and never by who said it.
///
/// Who: leader of a unit above; at the top of a tree, another leader of the unit.
#[utoipa::path(tag = "criteria-assessments", params(("id" = Id, Path), WriteQuery),
    request_body = Option<CriteriaAssessmentVerification>, responses((status = 201, body = CriteriaAssessment)))]
#[post("/criteria-assessments/{id}/verify")]
pub async fn verify(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<CriteriaAssessmentVerification>,
) -> Result<HttpResponse> {
    cx.write(Action::CriteriaVerify, move |tx, actor| answer::verify(tx, actor, *id, &body.0)).await
}

/// Return a self-assessment
///
/// With a reason; the unit may say it anew.
///
/// Who: leader of a unit above; at the top of a tree, another leader of the unit.
#[utoipa::path(tag = "criteria-assessments", params(("id" = Id, Path), WriteQuery),
    request_body = CriteriaAssessmentReturn, responses((status = 201, body = CriteriaAssessment)))]
#[post("/criteria-assessments/{id}/return")]
pub async fn return_(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<CriteriaAssessmentReturn>,
) -> Result<HttpResponse> {
    cx.write(Action::CriteriaVerify, move |tx, actor| answer::return_(tx, actor, *id, &body.0)).await
}
