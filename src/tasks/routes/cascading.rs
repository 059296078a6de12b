//! What comes of what, over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    http::{Query, query::NoQuery},
    ids::Id,
    policy::Action,
    tasks::{
        cascade::{origins as above, thread as below},
        wire::{ResolutionItemThread, TaskOrigins},
    },
};
use actix_web::{HttpResponse, get, web};

/// What came of a resolution item
///
/// The documents that concretise its document and the tasks that serve it, down to the branches, with
/// unit, status and timeliness as of today. It is followed also through what the caller does not see:
/// of that only the number is told.
///
/// Who: everybody who may read the document; only what they may read appears.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path)),
    responses((status = 200, body = ResolutionItemThread)))]
#[get("/resolution-items/{id}/thread")]
pub async fn thread(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let found =
        cx.read(Action::DocumentRead, move |conn, actor| below::thread(conn, actor, *id, today)).await?;
    Ok(HttpResponse::Ok().json(found))
}

/// Where a task comes from
///
/// The tasks it serves, the resolution items and documents that it or they serve, and the documents
/// those go back to. It is followed also through what the caller does not see: of that only the number
/// is told, so that a branch finds the clause behind a task its commune was given.
///
/// Who: who may read the task; only what they may read appears.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path)), responses((status = 200, body = TaskOrigins)))]
#[get("/tasks/{id}/origins")]
pub async fn origins(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let found = cx.read(Action::TaskRead, move |conn, actor| above::origins(conn, actor, *id, today)).await?;
    Ok(HttpResponse::Ok().json(found))
}
