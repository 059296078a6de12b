//! The steps of a programme over HTTP.

use crate::{
    auth::{Writing, gate::WriteQuery},
    error::Result,
    http::Body,
    ids::Id,
    policy::Action,
    programmes::{
        adopt as adopting, command, issue as issuing,
        wire::{Programme, ProgrammeAdoption, ProgrammeIssue, ProgrammeIssued, ProgrammeStep},
        workflow::ProgrammeCommand,
    },
};
use actix_web::{HttpResponse, post, web};

/// Submit a programme for review
///
/// To the unit's collective, which may still change it. It is kept as it is handed in; who hands it in does
/// not record its adoption.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/submit-for-review")]
pub async fn submit_for_review(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeStep>,
) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::SubmitForReview, body.0).await
}

/// Send a programme to the superior
///
/// For comments, on the whole or item by item: a new round. Comments of earlier rounds are answered before.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/send-to-superior")]
pub async fn send_to_superior(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeStep>,
) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::SendToSuperior, body.0).await
}

/// Return a programme to its unit
///
/// The superior has said what there is to say; the unit answers each comment and completes the draft.
///
/// Who: leader, officer of a unit above.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/return-comments")]
pub async fn return_comments(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeStep>,
) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::ReturnComments, body.0).await
}

/// Complete a programme after comments
///
/// Every comment is answered (`accepted` or `explained`); the completed draft is kept and changes no more. It
/// may go to the superior again, or to adoption.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/revise")]
pub async fn revise(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeStep>) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::Revise, body.0).await
}

/// Record the adoption of a programme
///
/// By the body and with the vote that the rule in force on the day of adoption wants
/// (`GET /adoption-rules`). Refused while an item lacks priority, time, responsible collective or
/// individual, each of which is named, or while a comment waits for its answer; and to who submitted it.
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeAdoption,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/adopt")]
pub async fn adopt(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeAdoption>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ProgrammeAdopt, move |tx, actor| {
        adopting::adopt(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Issue a programme
///
/// As a document of the register with its number, and a task for each item: given to the unit below that
/// leads it, registered where the unit leads it itself; with its roadmap as milestones and a part for each
/// coordinating unit. Issued again it answers with the same document and the same tasks. A later revision
/// makes tasks of new items only and names those whose items changed or went.
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeIssue,
    responses((status = 200, body = ProgrammeIssued)))]
#[post("/programmes/{id}/issue")]
pub async fn issue(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeIssue>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ProgrammeIssue, move |tx, actor| {
        issuing::issue(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Start a programme
///
/// From now on it is carried out.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/start")]
pub async fn start(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeStep>) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::Start, body.0).await
}

/// Amend a programme
///
/// Opens its next revision, with the reason: items may be changed, added and dropped; then it is submitted,
/// adopted and issued as the first one was. Meanwhile the tasks of the issue before go on.
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/amend")]
pub async fn amend(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeStep>) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::Amend, body.0).await
}

/// Review a programme
///
/// Its execution was looked back upon (sơ kết, tổng kết).
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/review")]
pub async fn review(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeStep>) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::Review, body.0).await
}

/// Close a programme
///
/// For good, after its review. Its tasks go on.
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/close")]
pub async fn close(cx: Writing, id: web::Path<Id>, body: Body<ProgrammeStep>) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::Close, body.0).await
}

/// Return a programme to draft
///
/// Taken back before its issue, with the reason. Comments and versions stay.
///
/// Who: leader of the unit.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery), request_body = ProgrammeStep,
    responses((status = 200, body = Programme)))]
#[post("/programmes/{id}/return-to-draft")]
pub async fn return_to_draft(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeStep>,
) -> Result<HttpResponse> {
    step(cx, *id, ProgrammeCommand::ReturnToDraft, body.0).await
}

async fn step(cx: Writing, id: Id, command: ProgrammeCommand, words: ProgrammeStep) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(command.action(), move |tx, actor| {
        command::run(tx, actor, id, expected.as_ref(), command, &words)
    })
    .await
}
