//! Searching over HTTP.

use crate::{
    auth::Reading,
    error::Result,
    http::{Page, Query},
    policy::Action,
    search::{
        find,
        wire::{SearchHit, SearchQuery},
    },
};
use actix_web::{HttpResponse, get};

/// Search documents, tasks and units
///
/// Documents by title, number, abstract and plain text, tasks by title, code, description and expected
/// product, units by names and code. The best first: the words as one phrase before the words apart, title,
/// name, number and code before abstract and description, these before the plain text, whole words before
/// beginnings; then units, then the latest. Of each kind at most 500 records are weighed: when more hold the
/// words, the phrase and the latest are preferred; another word finds the rest.
///
/// Who: everybody, in their territory and above it where its records are read; admin finds units only.
#[utoipa::path(tag = "search", params(SearchQuery), responses((status = 200, body = Page<SearchHit>)))]
#[get("/search")]
pub async fn search(cx: Reading, query: Query<SearchQuery>) -> Result<HttpResponse> {
    let page =
        cx.read_stale(Action::OrgUnitRead, move |conn, actor| find::page(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(page))
}
