//! Sets over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    criteria::{
        sets::{change as changing, create as creating, model},
        wire::{CriteriaSet, CriteriaSetCreate, CriteriaSetIssue, CriteriaSetPatch, CriteriaSetQuery},
    },
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List criteria sets
///
/// Of the whole instance, of units of the territory, and those that units above have issued; drafts and
/// replaced versions too.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "criteria-sets", params(CriteriaSetQuery), responses((status = 200, body = Page<CriteriaSet>)))]
#[get("/criteria-sets")]
pub async fn list(cx: Reading, query: Query<CriteriaSetQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page =
        cx.read(Action::CriteriaSetRead, move |conn, actor| model::page(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Write a criteria set
///
/// As a draft: of the whole instance when its admin writes it, else of the own unit. With `replaces_id` it is
/// the next version of a set in force; lists that are left out are taken over from there. What is not known is
/// left out, never guessed.
///
/// Who: admin of the instance; leader of the unit at the top of a tree.
#[utoipa::path(tag = "criteria-sets", params(WriteQuery), request_body = CriteriaSetCreate,
    responses((status = 201, body = CriteriaSet), (status = 200, body = CriteriaSet)))]
#[post("/criteria-sets")]
pub async fn create(cx: Writing, body: Body<CriteriaSetCreate>) -> Result<HttpResponse> {
    cx.write(Action::CriteriaSetManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a criteria set
///
/// With its criteria, groups and conditions.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "criteria-sets", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = CriteriaSet)))]
#[get("/criteria-sets/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::CriteriaSetRead, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        model::wire_one(conn, actor, row)
    });
    let set = job.await?;
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(set.version)))
        .json(query::narrow(&set, query.0.fields.as_ref())?))
}

/// Change a draft of a criteria set
///
/// A list is given whole. What is in force is frozen: another content is another version.
///
/// Who: admin of the instance for its sets; leader of the unit that owns the set.
#[utoipa::path(tag = "criteria-sets", params(("id" = Id, Path), WriteQuery), request_body = CriteriaSetPatch,
    responses((status = 200, body = CriteriaSet)))]
#[patch("/criteria-sets/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<CriteriaSetPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::CriteriaSetManage, move |tx, actor| {
        changing::change(tx, actor, *id, &expected, body.0.clone())
    })
    .await
}

/// Issue a criteria set
///
/// From a day on units are judged by it. The version it replaces ends the day before, and units begin
/// unassessed: what was met there is not met here. One event, and one for the version it replaces.
///
/// Who: admin of the instance for its sets; leader of the unit that owns the set.
#[utoipa::path(tag = "criteria-sets", params(("id" = Id, Path), WriteQuery), request_body = Option<CriteriaSetIssue>,
    responses((status = 200, body = CriteriaSet)))]
#[post("/criteria-sets/{id}/issue")]
pub async fn issue(cx: Writing, id: web::Path<Id>, body: Body<CriteriaSetIssue>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::CriteriaSetManage, move |tx, actor| {
        changing::issue(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// History of a criteria set
///
/// Every change, oldest first; of each version its own.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "criteria-sets", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/criteria-sets/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::CriteriaSetRead, *id, query.0, model::find).await
}
