//! Versions of programmes over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    http::{Page, Query, query::NoQuery},
    ids::Id,
    policy::Action,
    programmes::{
        versions::model,
        wire::{ProgrammeDiff, ProgrammeDiffQuery, ProgrammeVersion, ProgrammeVersionBrief},
    },
};
use actix_web::{HttpResponse, get, web};

/// List the versions of a programme
///
/// One for each hand-over: when it was submitted, sent to the superior, completed, adopted, issued and
/// opened for amendment.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", operation_id = "versions", params(("id" = Id, Path)),
    responses((status = 200, body = Page<ProgrammeVersionBrief>)))]
#[get("/programmes/{id}/versions")]
pub async fn list(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::ProgrammeRead, move |conn, actor| model::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Show a version of a programme
///
/// The whole programme as it was handed over, item by item.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", operation_id = "version", params(("id" = Id, Path), ("n" = i32, Path, description = "The number of a version that was kept")),
    responses((status = 200, body = ProgrammeVersion)))]
#[get("/programmes/{id}/versions/{n}")]
pub async fn show(cx: Reading, at: web::Path<(Id, i32)>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let (id, n) = *at;
    let version = cx.read(Action::ProgrammeRead, move |conn, actor| model::show(conn, actor, id, n)).await?;
    Ok(HttpResponse::Ok().json(version))
}

/// Compare two versions of a programme
///
/// What came, went, moved and changed, field by field; without numbers between the last two.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "programmes", params(("id" = Id, Path), ProgrammeDiffQuery),
    responses((status = 200, body = ProgrammeDiff)))]
#[get("/programmes/{id}/diff")]
pub async fn diff(cx: Reading, id: web::Path<Id>, query: Query<ProgrammeDiffQuery>) -> Result<HttpResponse> {
    let (from, to) = (query.0.from.map(|n| n.0), query.0.to.map(|n| n.0));
    let job = cx.read(Action::ProgrammeRead, move |conn, actor| model::compare(conn, actor, *id, from, to));
    Ok(HttpResponse::Ok().json(job.await?))
}
