//! Forms over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    forms::{
        create as creating, exemptions as freeing, model,
        wire::{
            Form, FormCreate, FormExemption, FormExemptionCreate, FormExemptionEnd, FormPatch, FormQuery,
            FormUnlock, FormUnlockCreate, FormVersion, FormVersionCreate,
        },
    },
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List forms
///
/// Of units of the territory or above it, in the order they were recorded.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "forms", params(FormQuery), responses((status = 200, body = Page<Form>)))]
#[get("/forms")]
pub async fn list(cx: Reading, query: Query<FormQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::FormRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Define a form
///
/// What is asked, of whom, for which periods, until when, and who approves it. All that decides this is the
/// first version of its content.
///
/// Who: leader, officer of the unit that asks.
#[utoipa::path(tag = "forms", params(WriteQuery), request_body = FormCreate,
    responses((status = 201, body = Form), (status = 200, body = Form)))]
#[post("/forms")]
pub async fn create(cx: Writing, body: Body<FormCreate>) -> Result<HttpResponse> {
    cx.write(Action::FormManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a form
///
/// With the newest version of its content.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Form)))]
#[get("/forms/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let form = cx
        .read(Action::FormRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::wire_one(conn, row)
        })
        .await?;
    Ok(cx.versioned(form.version, &query::narrow(&form, query.0.fields.as_ref())?))
}

/// Change a form
///
/// Its name and the last period it is asked for. What it asks is changed by a new version.
///
/// Who: leader, officer of the unit that asks.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), WriteQuery), request_body = FormPatch,
    responses((status = 200, body = Form)))]
#[patch("/forms/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<FormPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::FormManage, move |tx, actor| {
        creating::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// History of a form
///
/// Every change, version, exemption and unlock, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/forms/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::FormRead, *id, query.0, model::find).await
}

/// List versions of a form
///
/// In order; each is in force from its period on.
///
/// Who: everybody but admin, in their territory and above it.
#[utoipa::path(tag = "forms", params(("id" = Id, Path)), responses((status = 200, body = Page<FormVersion>)))]
#[get("/forms/{id}/versions")]
pub async fn versions(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::FormRead, move |conn, actor| model::list_versions(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Add a version of a form
///
/// In force from a period on that has not begun; periods before are judged as they were.
///
/// Who: leader, officer of the unit that asks.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), WriteQuery), request_body = FormVersionCreate,
    responses((status = 201, body = Form), (status = 200, body = Form)))]
#[post("/forms/{id}/versions")]
pub async fn add_version(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<FormVersionCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::FormManage, move |tx, actor| creating::add_version(tx, actor, *id, &body.0)).await
}

/// List exemptions from a form
///
/// In the order they were granted, those that ended too.
///
/// Who: everybody but admin, of units in their territory and above it.
#[utoipa::path(tag = "forms", params(("id" = Id, Path)), responses((status = 200, body = Page<FormExemption>)))]
#[get("/forms/{id}/exemptions")]
pub async fn exemptions(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::FormRead, move |conn, actor| freeing::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Exempt a unit from a form
///
/// For some periods, with the reason; also after the deadline. Exempt reports are counted apart, and figures
/// of the days before still say missing.
///
/// Who: leader of the unit that asks.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), WriteQuery), request_body = FormExemptionCreate,
    responses((status = 201, body = FormExemption), (status = 200, body = FormExemption)))]
#[post("/forms/{id}/exemptions")]
pub async fn exempt(cx: Writing, id: web::Path<Id>, body: Body<FormExemptionCreate>) -> Result<HttpResponse> {
    cx.write(Action::FormExempt, move |tx, actor| freeing::exempt(tx, actor, *id, &body.0)).await
}

/// End an exemption
///
/// Periods that have not ended are owed again.
///
/// Who: leader of the unit that asks.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), ("exemption_id" = Id, Path), WriteQuery),
    request_body = FormExemptionEnd, responses((status = 200, body = FormExemption)))]
#[post("/forms/{id}/exemptions/{exemption_id}/end")]
pub async fn end_exemption(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<FormExemptionEnd>,
) -> Result<HttpResponse> {
    let (id, exemption) = *path;
    cx.write(Action::FormExempt, move |tx, actor| freeing::end(tx, actor, id, exemption, &body.0.reason))
        .await
}

/// List unlocks of a form
///
/// Locked periods that were opened again, in the order it was done.
///
/// Who: everybody but admin, of units in their territory and above it.
#[utoipa::path(tag = "forms", params(("id" = Id, Path)), responses((status = 200, body = Page<FormUnlock>)))]
#[get("/forms/{id}/unlocks")]
pub async fn unlocks(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::FormRead, move |conn, actor| freeing::list_unlocks(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Open a locked period again
///
/// For one unit, until a day, with the reason. What is handed in then is as late as it is.
///
/// Who: leader of the unit that asks.
#[utoipa::path(tag = "forms", params(("id" = Id, Path), WriteQuery), request_body = FormUnlockCreate,
    responses((status = 201, body = FormUnlock), (status = 200, body = FormUnlock)))]
#[post("/forms/{id}/unlocks")]
pub async fn unlock(cx: Writing, id: web::Path<Id>, body: Body<FormUnlockCreate>) -> Result<HttpResponse> {
    cx.write(Action::FormExempt, move |tx, actor| freeing::unlock(tx, actor, *id, &body.0)).await
}
