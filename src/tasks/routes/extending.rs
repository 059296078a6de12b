//! Requests for a later due date over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Page, Query, query::NoQuery},
    ids::Id,
    policy::Action,
    tasks::{
        extension,
        wire::{Extension, ExtensionCreate, ExtensionDecision, ExtensionStatus},
    },
};
use actix_web::{HttpResponse, get, post, web};

/// Ask for a later due date
///
/// One request at a time. A request made after the original due date never turns late into on time.
///
/// Who: officers of the lead unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = ExtensionCreate,
    responses((status = 201, body = Extension), (status = 200, body = Extension)))]
#[post("/tasks/{id}/extensions")]
pub async fn request_extension(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ExtensionCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::ExtensionRequest, move |tx, actor| extension::request(tx, actor, *id, &body.0)).await
}

/// Requests for later due dates
///
/// In the order they were made, with what became of them.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path)), responses((status = 200, body = Page<Extension>)))]
#[get("/tasks/{id}/extensions")]
pub async fn extensions(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::TaskRead, move |conn, actor| extension::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Approve an extension
///
/// The due date moves; the original one is kept.
///
/// Who: leaders of the assigner unit, but not the person who asked.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("extension_id" = Id, Path, description = "Id of the request"), WriteQuery),
    request_body = ExtensionDecision, responses((status = 200, body = Extension)))]
#[post("/tasks/{id}/extensions/{extension_id}/approve")]
pub async fn approve_extension(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<ExtensionDecision>,
) -> Result<HttpResponse> {
    decide(cx, path, body, ExtensionStatus::Approved).await
}

/// Reject an extension
///
/// The due date stays. A reason is required.
///
/// Who: leaders of the assigner unit, but not the person who asked.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("extension_id" = Id, Path, description = "Id of the request"), WriteQuery),
    request_body = ExtensionDecision, responses((status = 200, body = Extension)))]
#[post("/tasks/{id}/extensions/{extension_id}/reject")]
pub async fn reject_extension(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<ExtensionDecision>,
) -> Result<HttpResponse> {
    decide(cx, path, body, ExtensionStatus::Rejected).await
}

async fn decide(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<ExtensionDecision>,
    decision: ExtensionStatus,
) -> Result<HttpResponse> {
    let (task, id) = path.into_inner();
    cx.write(Action::ExtensionDecide, move |tx, actor| {
        extension::decide(tx, actor, task, id, decision, &body.0)
    })
    .await
}
