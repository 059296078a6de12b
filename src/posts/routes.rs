//! Posts that are held, over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery, reads::Shown},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    policy::Action,
    posts::{
        change as changing, create as creating, end as ending, hand_over as handing_over, model,
        wire::{HandOver, HandedOver, Holding, HoldingCreate, HoldingEnd, HoldingPatch, HoldingQuery},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List who holds which post
///
/// In units of the territory, in the order they were recorded. Who it is stands only where the caller
/// reads persons by name; elsewhere the post says who is responsible.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "posts", params(HoldingQuery), responses((status = 200, body = Page<Holding>)))]
#[get("/holdings")]
pub async fn list(cx: Reading, query: Query<HoldingQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read_personal(Action::HoldingRead, Shown::List, move |conn, actor| {
        let page = model::list(conn, actor, &query.0)?;
        let people = page.items.iter().filter_map(|holding| holding.person_id).collect();
        Ok((page, people))
    });
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Give a post
///
/// To a person, in a unit, from a day on. Several at once may be held, on several levels. A post that
/// one person at a time can hold is refused while it is held. A post that carries a role gives the
/// holder's account an assignment for the same days.
///
/// Who: leader, officer, for their unit and those below it; posts that carry a role: leader.
#[utoipa::path(tag = "posts", params(WriteQuery), request_body = HoldingCreate,
    responses((status = 201, body = Holding), (status = 200, body = Holding)))]
#[post("/holdings")]
pub async fn create(cx: Writing, body: Body<HoldingCreate>) -> Result<HttpResponse> {
    cx.write(Action::HoldingManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a holding
///
/// Who holds which post where, since when and until when.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Holding)))]
#[get("/holdings/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::HoldingRead, Shown::Record, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        let holding = model::wire_one(conn, actor, row)?;
        let people = holding.person_id.into_iter().collect();
        Ok((holding, people))
    });
    let holding = job.await?;
    Ok(cx.versioned(holding.version, &query::narrow(&holding, query.0.fields.as_ref())?))
}

/// Correct a holding
///
/// Whether it is the person's first post, and the decision. Its days change by ending or handing over.
///
/// Who: leader, officer, for their unit and those below it; posts that carry a role: leader.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), WriteQuery), request_body = HoldingPatch,
    responses((status = 200, body = Holding)))]
#[patch("/holdings/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<HoldingPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::HoldingManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete a holding
///
/// Recorded by mistake; the assignment it gave ends at once.
///
/// Who: leader, officer, for their unit and those below it; posts that carry a role: leader.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/holdings/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::HoldingManage, move |tx, actor| changing::remove(tx, actor, *id, expected.clone())).await
}

/// History of a holding
///
/// Every change, oldest first: when, what, by whom. Who holds the post is left out: the log cannot be
/// erased.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/holdings/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::HoldingRead, *id, query.0, model::find).await
}

/// End a holding
///
/// At once, or with a last day. The assignment that comes from it ends with it.
///
/// Who: leader, officer, for their unit and those below it; posts that carry a role: leader.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), WriteQuery), request_body = Option<HoldingEnd>,
    responses((status = 200, body = Holding)))]
#[post("/holdings/{id}/end")]
pub async fn end(cx: Writing, id: web::Path<Id>, body: Body<HoldingEnd>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::HoldingManage, move |tx, actor| ending::end(tx, actor, *id, expected.clone(), &body.0))
        .await
}

/// Hand a post over
///
/// Ends it for one person and begins it for another on the next day; the assignment that comes from
/// the post follows. What was done under it keeps its author.
///
/// Who: leader, officer, for their unit and those below it; posts that carry a role: leader.
#[utoipa::path(tag = "posts", params(("id" = Id, Path), WriteQuery), request_body = HandOver,
    responses((status = 200, body = HandedOver)))]
#[post("/holdings/{id}/hand-over")]
pub async fn hand_over(cx: Writing, id: web::Path<Id>, body: Body<HandOver>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::HoldingManage, move |tx, actor| {
        handing_over::hand_over(tx, actor, *id, expected.clone(), &body.0)
    })
    .await
}
