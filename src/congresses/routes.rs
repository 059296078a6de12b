//! Congresses over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    congresses::{
        change as changing, create as creating, model,
        wire::{Congress, CongressCreate, CongressPatch, CongressQuery},
    },
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List congresses
///
/// Of the units in the territory, however deep, and of those above the own one, in the order they were
/// recorded.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "congresses", params(CongressQuery), responses((status = 200, body = Page<Congress>)))]
#[get("/congresses")]
pub async fn list(cx: Reading, query: Query<CongressQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::CongressRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Record a congress
///
/// With its term: the term starts on the day after the congress closed.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "congresses", params(WriteQuery), request_body = CongressCreate,
    responses((status = 201, body = Congress), (status = 200, body = Congress)))]
#[post("/congresses")]
pub async fn create(cx: Writing, body: Body<CongressCreate>) -> Result<HttpResponse> {
    cx.write(Action::CongressManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a congress
///
/// With its unit.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "congresses", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Congress)))]
#[get("/congresses/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let congress = cx
        .read(Action::CongressRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::wire_one(conn, row)
        })
        .await?;
    Ok(cx.versioned(congress.version, &query::narrow(&congress, query.0.fields.as_ref())?))
}

/// Correct a congress
///
/// Everything but its unit. A new last day moves the start of the term.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "congresses", params(("id" = Id, Path), WriteQuery), request_body = CongressPatch,
    responses((status = 200, body = Congress)))]
#[patch("/congresses/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<CongressPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::CongressManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete a congress
///
/// Recorded by mistake; the term it began stays as it is.
///
/// Who: leader, officer, for their unit and those below it.
#[utoipa::path(tag = "congresses", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/congresses/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::CongressManage, move |tx, actor| changing::remove(tx, actor, *id, expected.clone()))
        .await
}

/// History of a congress
///
/// Every change, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "congresses", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/congresses/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::CongressRead, *id, query.0, model::find).await
}
