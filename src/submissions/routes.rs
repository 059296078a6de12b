//! Submissions over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    policy::Action,
    submissions::{
        compare, draft, model,
        owed::{self, Expectation, ExpectationQuery},
        review, submit as handing_in,
        wire::{
            CriterionUses, Submission, SubmissionCreate, SubmissionDiff, SubmissionDiffQuery,
            SubmissionPatch, SubmissionQuery, SubmissionRemark, SubmissionReturn, SubmissionShown,
            SubmissionSubmit, SubmissionUnapprove, SubmissionVerification, ValueUses,
        },
    },
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List expectations
///
/// Which units owe which reports, until when and why, and how they stand today: of periods that ended within
/// a year and of those open now. What is due first comes first.
///
/// Who: everybody but admin, of units in their territory.
#[utoipa::path(tag = "expectations", params(ExpectationQuery), responses((status = 200, body = Page<Expectation>)))]
#[get("/expectations")]
pub async fn expectations(cx: Reading, query: Query<ExpectationQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let page =
        cx.report(Action::FormRead, move |conn, actor| owed::list(conn, actor, &query.0, today)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// List submissions
///
/// In the order they were begun, without their lines.
///
/// Who: everybody but admin, of units in their territory, and of closed units their units came after.
#[utoipa::path(tag = "submissions", params(SubmissionQuery), responses((status = 200, body = Page<Submission>)))]
#[get("/submissions")]
pub async fn list(cx: Reading, query: Query<SubmissionQuery>) -> Result<HttpResponse> {
    let (fields, today) = (query.0.fields.clone(), cx.today());
    let page =
        cx.read(Action::FormRead, move |conn, actor| model::list(conn, actor, &query.0, today)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Start a submission
///
/// A draft of the own unit for a period, pre-filled with the values that were reported already, whatever form
/// they came from.
///
/// Who: leader, officer of the unit, or of the one that came after it.
#[utoipa::path(tag = "submissions", params(WriteQuery), request_body = SubmissionCreate,
    responses((status = 201, body = SubmissionShown), (status = 200, body = SubmissionShown)))]
#[post("/submissions")]
pub async fn create(cx: Writing, body: Body<SubmissionCreate>) -> Result<HttpResponse> {
    cx.write(Action::SubmissionMake, move |tx, actor| draft::create(tx, actor, &body.0)).await
}

/// Show a submission
///
/// With its lines, where their figures are kept, who holds the draft, and what the caller may do.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = SubmissionShown)))]
#[get("/submissions/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let shown = cx
        .read(Action::FormRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            let placed = model::placed(conn, row, today)?;
            model::show(conn, actor, &placed, today)
        })
        .await?;
    // Figures move with their values: the version of the submission does not say whether they did.
    Ok(HttpResponse::Ok()
        .insert_header((actix_web::http::header::ETAG, crate::http::version::etag(shown.submission.version)))
        .json(query::narrow(&shown, query.0.fields.as_ref())?))
}

/// Save lines of a draft
///
/// As one types: each line named stands in the place of what it said, the others stay. Only who holds the
/// draft; a colleague takes it over first.
///
/// Who: leader, officer of the unit that hands it in.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = SubmissionPatch,
    responses((status = 200, body = SubmissionShown)))]
#[patch("/submissions/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<SubmissionPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::SubmissionMake, move |tx, actor| draft::change(tx, actor, *id, &expected, &body.0)).await
}

/// Take a draft over
///
/// From the colleague who holds it: nothing is lost, and both stand in the history.
///
/// Who: leader, officer of the unit that hands it in.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = Option<SubmissionRemark>,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/take-over")]
pub async fn take_over(cx: Writing, id: web::Path<Id>, _: Body<SubmissionRemark>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionMake, move |tx, actor| draft::take_over(tx, actor, *id, expected.as_ref()))
        .await
}

/// Hand a report in
///
/// All of it or nothing: compulsory lines have to be there, rules that are errors to hold, what is unusual to
/// be explained in the line's `note`, and comments of a return to be answered. `nil` hands in that there is
/// nothing to report. The figures are kept with the values, where every form finds them. With `dry_run` it
/// tells what is missing.
///
/// Who: leader, officer of the unit that hands it in.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = Option<SubmissionSubmit>,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/submit")]
pub async fn submit(cx: Writing, id: web::Path<Id>, body: Body<SubmissionSubmit>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionMake, move |tx, actor| {
        handing_in::submit(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Withdraw a report
///
/// While nobody approved it; it is a draft again.
///
/// Who: leader, officer of the unit that handed it in.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = Option<SubmissionRemark>,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/withdraw")]
pub async fn withdraw(cx: Writing, id: web::Path<Id>, body: Body<SubmissionRemark>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionMake, move |tx, actor| {
        review::withdraw(tx, actor, *id, expected.as_ref(), body.0.comment.as_deref())
    })
    .await
}

/// Return a report
///
/// With the reason, and comments on lines, which have to be answered. The first submission still decides on
/// time or late.
///
/// Who: leader of the unit whose turn it is.
#[utoipa::path(tag = "submissions", operation_id = "return", params(("id" = Id, Path), WriteQuery), request_body = SubmissionReturn,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/return")]
pub async fn give_back(cx: Writing, id: web::Path<Id>, body: Body<SubmissionReturn>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionReview, move |tx, actor| {
        review::give_back(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Approve a report
///
/// Each unit of the form's chain in its turn; with the last one the figures count, and a hash seals what was
/// approved.
///
/// Who: leader of the unit whose turn it is; not who handed it in.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = Option<SubmissionRemark>,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/approve")]
pub async fn approve(cx: Writing, id: web::Path<Id>, body: Body<SubmissionRemark>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionReview, move |tx, actor| {
        review::approve(tx, actor, *id, expected.as_ref(), body.0.comment.as_deref())
    })
    .await
}

/// Take an approval back
///
/// Only the last one, and only while no report of the unit above used it.
///
/// Who: leader of the unit that approved last.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), WriteQuery), request_body = SubmissionUnapprove,
    responses((status = 200, body = SubmissionShown)))]
#[post("/submissions/{id}/unapprove")]
pub async fn unapprove(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<SubmissionUnapprove>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::SubmissionReview, move |tx, actor| {
        review::unapprove(tx, actor, *id, expected.as_ref(), &body.0.reason)
    })
    .await
}

/// Compare what was handed in
///
/// Between two times, or between the last one and what stands now: the lines that differ, and those a comment
/// was made on.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), SubmissionDiffQuery), responses((status = 200, body = SubmissionDiff)))]
#[get("/submissions/{id}/diff")]
pub async fn diff(cx: Reading, id: web::Path<Id>, query: Query<SubmissionDiffQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let diff = cx
        .read(Action::FormRead, move |conn, actor| compare::diff(conn, actor, *id, &query.0, today))
        .await?;
    Ok(HttpResponse::Ok().json(diff))
}

/// Verify what was approved
///
/// Whether the lines still say what was approved; a correction made since shows, with the lines it touched.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path)), responses((status = 200, body = SubmissionVerification)))]
#[get("/submissions/{id}/verify")]
pub async fn verify(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let found =
        cx.read(Action::FormRead, move |conn, actor| compare::verify(conn, actor, *id, today)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// History of a submission
///
/// Every step and every save, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "submissions", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/submissions/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::FormRead, *id, query.0, model::find).await
}

/// Where a value is used
///
/// Forms that ask for it of this unit for this period, with what was handed in; reports of units above;
/// computed indicators.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path)), responses((status = 200, body = ValueUses)))]
#[get("/indicator-values/{id}/used-in")]
pub async fn used_in(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let found =
        cx.read(Action::FormRead, move |conn, actor| compare::used_in(conn, actor, *id, today)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Where what was said of a criterion is used
///
/// Forms that ask the unit for it on that day, with the report it came with.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "criteria-assessments", params(("id" = Id, Path)), responses((status = 200, body = CriterionUses)))]
#[get("/criteria-assessments/{id}/used-in")]
pub async fn claim_used_in(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let found =
        cx.read(Action::FormRead, move |conn, actor| compare::claim_used_in(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(found))
}
