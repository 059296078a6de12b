//! Audit over HTTP.

use crate::{
    audit::heads::{AuditHead, HeadQuery, page},
    auth::Reading,
    error::Result,
    http::{Page, Query},
    policy::{Action, Site},
};
use actix_web::{HttpResponse, get};

/// List signed heads of the event chain
///
/// Newest first. A head says how far the log went and what it held: keep it where the owner of the
/// database has no hand, and check the log against it with `tiendo audit verify --head`.
///
/// Who: inspector of the root unit, admin of the instance.
#[utoipa::path(tag = "audit", params(HeadQuery), responses((status = 200, body = Page<AuditHead>)))]
#[get("/audit/heads")]
pub async fn heads(cx: Reading, query: Query<HeadQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::AuditRead, move |conn, actor| {
        actor.may_at(Action::AuditRead, Site { unit: None, assigner: None })?;
        page(conn, &query.0)
    });
    Ok(HttpResponse::Ok().json(job.await?))
}
