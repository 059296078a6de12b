//! Likeness over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    http::Query,
    ids::Id,
    likeness::{
        find,
        wire::{Likeness, LikenessQuery},
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, web};

/// How alike a document is
///
/// What it repeats of the documents it concretises or implements, and of those that other issuers made
/// from the same ones: word for word, in another order, in other letters, with names of units and figures
/// swapped. Quotations from a common parent count against nobody. It warns when half of its own words
/// stand in a sibling, or four fifths in a parent; it never keeps anybody from issuing it.
///
/// Who: everybody but admin; only documents they may read are compared.
#[utoipa::path(tag = "documents", params(("id" = Id, Path), LikenessQuery), responses((status = 200, body = Likeness)))]
#[get("/documents/{id}/likeness")]
pub async fn likeness(cx: Reading, id: web::Path<Id>, query: Query<LikenessQuery>) -> Result<HttpResponse> {
    let limit = query.0.limit.map(|limit| limit.0);
    let found =
        cx.report(Action::DocumentRead, move |conn, actor| find::likeness(conn, actor, *id, limit)).await?;
    Ok(HttpResponse::Ok().json(found))
}
