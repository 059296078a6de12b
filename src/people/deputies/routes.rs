//! Deputies over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery, reads::Shown},
    error::Result,
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    people::deputies::{
        appoint as appointing, end as ending, model,
        wire::{Deputy, DeputyCreate, DeputyEnd, DeputyQuery},
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, post, web};

/// Appoint a deputy
///
/// From a day to a day (both included), inside those of the assignment. On these days the deputy acts
/// under it (`POST /auth/act-as`), with exactly its rights and both names in the log; nobody judges what
/// either of the two handed in. A deputy appoints nobody. An assignment of the role admin is lent by
/// another admin only, one over the whole instance not at all.
///
/// Who: the holder, acting under the assignment; admin, in their territory, for assignments of others.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = DeputyCreate,
    responses((status = 201, body = Deputy), (status = 200, body = Deputy)))]
#[post("/assignments/{id}/deputies")]
pub async fn appoint_deputy(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<DeputyCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::OneSelf, move |tx, actor| appointing::appoint(tx, actor, *id, &body.0)).await
}

/// List the deputies under an assignment
///
/// In the order of their first days, ended and coming ones too.
///
/// Who: the holder of the assignment; admin, in their territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), DeputyQuery),
    responses((status = 200, body = Page<Deputy>)))]
#[get("/assignments/{id}/deputies")]
pub async fn list_deputies(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<DeputyQuery>,
) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read_personal(Action::OneSelf, Shown::Deputy, move |conn, actor| {
        let page = model::list(conn, actor, *id, &query.0)?;
        let people = page.items.iter().flat_map(|deputy| [deputy.user_id, deputy.holder.id]).collect();
        Ok((page, people))
    });
    let page = job.await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Show a deputy
///
/// Who stands in for whom, when and why.
///
/// Who: the deputy and the holder of the assignment; admin, in their territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Deputy)))]
#[get("/deputies/{id}")]
pub async fn show_deputy(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::OneSelf, Shown::Deputy, move |conn, actor| {
        let deputy = model::show(conn, actor, *id)?;
        let people = vec![deputy.user_id, deputy.holder.id];
        Ok((deputy, people))
    });
    let deputy = job.await?;
    Ok(cx.versioned(deputy.version, &query::narrow(&deputy, query.0.fields.as_ref())?))
}

/// End a deputy's time
///
/// At once; the deputy's sessions under the assignment end with it. By itself it ends with its last day
/// and with the assignment.
///
/// Who: the holder, acting under the assignment; admin, in their territory, for assignments of others.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = Option<DeputyEnd>,
    responses((status = 200, body = Deputy)))]
#[post("/deputies/{id}/end")]
pub async fn end_deputy(cx: Writing, id: web::Path<Id>, body: Body<DeputyEnd>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::OneSelf, move |tx, actor| ending::end(tx, actor, *id, expected.clone(), &body.0)).await
}
