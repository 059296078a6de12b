//! Comments on programmes over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    policy::Action,
    programmes::{
        comments::{model, write},
        wire::{ProgrammeComment, ProgrammeCommentAnswer, ProgrammeCommentCreate, ProgrammeCommentQuery},
    },
};
use actix_web::{HttpResponse, get, post, web};

/// List the comments on a programme
///
/// Of every revision and round, in the order in which they were made, each with its answer.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", operation_id = "comments", params(("id" = Id, Path), ProgrammeCommentQuery),
    responses((status = 200, body = Page<ProgrammeComment>)))]
#[get("/programmes/{id}/comments")]
pub async fn list(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<ProgrammeCommentQuery>,
) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read(Action::ProgrammeRead, move |conn, actor| model::list(conn, actor, *id, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Comment on a programme
///
/// On the whole or on one item, while it lies before the superior. The unit answers each comment before
/// it goes on.
///
/// Who: leader, officer of a unit above.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), WriteQuery),
    request_body = ProgrammeCommentCreate,
    responses((status = 201, body = ProgrammeComment), (status = 200, body = ProgrammeComment)))]
#[post("/programmes/{id}/comments")]
pub async fn comment(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeCommentCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::ProgrammeComment, move |tx, actor| write::comment(tx, actor, *id, &body.0)).await
}

/// Show a comment on a programme
///
/// With its answer, once there is one.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", operation_id = "show_comment", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = ProgrammeComment)))]
#[get("/programme-comments/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let said = cx.read(Action::ProgrammeRead, move |conn, actor| model::show(conn, actor, *id)).await?;
    Ok(cx.versioned(said.version, &query::narrow(&said, query.0.fields.as_ref())?))
}

/// Answer a comment on a programme
///
/// `accepted` says how it was taken up (tiếp thu), `explained` why not (giải trình). Until the draft is
/// completed an answer may be given anew.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "programmes", operation_id = "answer_comment", params(("id" = Id, Path), WriteQuery),
    request_body = ProgrammeCommentAnswer, responses((status = 200, body = ProgrammeComment)))]
#[post("/programme-comments/{id}/answer")]
pub async fn answer(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgrammeCommentAnswer>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ProgrammeDraft, move |tx, actor| {
        write::answer(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}
