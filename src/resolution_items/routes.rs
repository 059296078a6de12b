//! Resolution items over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{Body, Page, Query, query, version},
    ids::Id,
    policy::Action,
    resolution_items::{
        change as changing, create as creating, list as listing, model,
        wire::{
            OneResolutionItemQuery, ResolutionItem, ResolutionItemPatch, ResolutionItemQuery,
            ResolutionItems, ResolutionItemsCreate,
        },
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List the items of a document
///
/// In the order in which they are read: each item, then what stands below it. `as_of` shows them as
/// they were at the end of a day. With a filter an item may come without the one above it.
///
/// Who: everybody who may read the document.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), ResolutionItemQuery),
    responses((status = 200, body = Page<ResolutionItem>)))]
#[get("/documents/{id}/items")]
pub async fn list(cx: Reading, id: web::Path<Id>, query: Query<ResolutionItemQuery>) -> Result<HttpResponse> {
    let (today, fields) = (cx.today(), query.0.fields.clone());
    let job =
        cx.read(Action::DocumentRead, move |conn, actor| listing::page(conn, actor, *id, &query.0, today));
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Add items to a document
///
/// Up to 200 at once, done whole or not at all, each with an event of its own; a document holds at most
/// 2,000 in a tree of six levels. An item stands below one of the document (`parent_id`) or below an
/// earlier one of the list (`parent_id`, or `parent`, its place in the list). Sent again with the same
/// ids, items that are there are given as they are. `If-Match` is the version of the document.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), WriteQuery),
    request_body = ResolutionItemsCreate,
    responses((status = 201, body = ResolutionItems), (status = 200, body = ResolutionItems)))]
#[post("/documents/{id}/items")]
pub async fn create(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ResolutionItemsCreate>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DocumentManage, move |tx, actor| {
        creating::create(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// Show a resolution item
///
/// As it is, or with `version` what one of its versions said.
///
/// Who: everybody who may read the document.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), OneResolutionItemQuery),
    responses((status = 200, body = ResolutionItem)))]
#[get("/resolution-items/{id}")]
pub async fn show(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<OneResolutionItemQuery>,
) -> Result<HttpResponse> {
    let number = query.0.version.map(|version| version.0);
    let item =
        cx.read(Action::DocumentRead, move |conn, actor| model::show(conn, actor, *id, number)).await?;
    let body = query::narrow(&item, query.0.fields.as_ref())?;
    // Where it stands may change without its version: never 304.
    Ok(HttpResponse::Ok().insert_header(("ETag", version::etag(item.version))).json(body))
}

/// Change a resolution item
///
/// Its words, the units it concerns, or its place: `ordinal` among its siblings, `parent_id` for another
/// place in the tree, to which all below it goes along. While the document is a draft freely; once it is
/// issued with the reason, and with the amending document where one says so. The wording it had stays
/// readable under its version.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), WriteQuery),
    request_body = ResolutionItemPatch, responses((status = 200, body = ResolutionItem)))]
#[patch("/resolution-items/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<ResolutionItemPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DocumentManage, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// Delete a resolution item
///
/// Only while no item stands below it and no task names it (else 409 `in_use`). Its history stays.
///
/// Who: leader, officer of the issuer or above it.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/resolution-items/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DocumentManage, move |tx, actor| changing::delete(tx, actor, *id, &expected)).await
}

/// History of a resolution item
///
/// Every change, oldest first: when, what, by whom, why.
///
/// Who: everybody who may read the document.
#[utoipa::path(tag = "resolution-items", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/resolution-items/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::DocumentRead, *id, query.0, model::find).await
}
