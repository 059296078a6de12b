//! Units over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, NoQuery},
    },
    ids::Id,
    org_units::{
        change as changing, close as closing,
        close::Heirs,
        create as creating, model, past,
        wire::{OneUnitQuery, OrgUnit, OrgUnitClose, OrgUnitCreate, OrgUnitPatch, OrgUnitQuery},
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List units
///
/// In the order of their codes: the territory, however deep, and the units above the own one.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "org-units", params(OrgUnitQuery), responses((status = 200, body = Page<OrgUnit>)))]
#[get("/org-units")]
pub async fn list(cx: Reading, query: Query<OrgUnitQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx
        .read_stale(Action::OrgUnitRead, move |conn, actor| {
            query.0.check(conn)?;
            match query.0.as_of {
                Some(day) => past::list(conn, actor, &query.0, day.0),
                None => model::list(conn, actor, &query.0),
            }
        })
        .await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Create a unit
///
/// Below a unit of the own territory; a root (`parent_id` null) only by who administers the instance.
///
/// Who: admin.
#[utoipa::path(tag = "org-units", params(WriteQuery), request_body = OrgUnitCreate,
    responses((status = 201, body = OrgUnit), (status = 200, body = OrgUnit)))]
#[post("/org-units")]
pub async fn create(cx: Writing, body: Body<OrgUnitCreate>) -> Result<HttpResponse> {
    cx.write(Action::OrgUnitManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a unit
///
/// With `as_of`, with the name and parent it had on that day.
///
/// Who: everybody, in their territory and above it.
#[utoipa::path(tag = "org-units", params(("id" = Id, Path), OneUnitQuery), responses((status = 200, body = OrgUnit)))]
#[get("/org-units/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<OneUnitQuery>) -> Result<HttpResponse> {
    let OneUnitQuery { as_of, fields } = query.0;
    let unit = cx
        .read(Action::OrgUnitRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            let unit = model::wire_one(conn, row)?;
            as_of.map_or(Ok(unit.clone()), |day| past::show(conn, unit, day.0))
        })
        .await?;
    Ok(cx.versioned(unit.version, &query::narrow(&unit, fields.as_ref())?))
}

/// Change a unit
///
/// Rename, recode, move (`parent_id`). A new name or place counts from `effective_on`; what was
/// before stays readable with `as_of`. A move has to fit the tree of every day since.
///
/// Who: admin.
#[utoipa::path(tag = "org-units", params(("id" = Id, Path), WriteQuery), request_body = OrgUnitPatch,
    responses((status = 200, body = OrgUnit)))]
#[patch("/org-units/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<OrgUnitPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::OrgUnitManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Close a unit
///
/// Its last day is the day before `on`. Units below it must be closed or moved first. Open tasks pass to the first
/// successor, else to the parent; done ones stay where they were done.
///
/// Who: admin.
#[utoipa::path(tag = "org-units", params(("id" = Id, Path), WriteQuery), request_body = OrgUnitClose,
    responses((status = 200, body = OrgUnit)))]
#[post("/org-units/{id}/close")]
pub async fn close(
    cx: Writing,
    id: web::Path<Id>,
    heirs: web::Data<Heirs>,
    body: Body<OrgUnitClose>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::OrgUnitManage, move |tx, actor| {
        closing::close(tx, actor, *id, expected.clone(), &body.0, &heirs)
    })
    .await
}

/// Units above
///
/// From the root down, without the unit itself.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "org-units", params(("id" = Id, Path)), responses((status = 200, body = Page<OrgUnit>)))]
#[get("/org-units/{id}/ancestors")]
pub async fn ancestors(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items = cx.read(Action::OrgUnitRead, move |conn, actor| model::ancestors(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(Page { items, next_cursor: None }))
}

/// History of a unit
///
/// Every change, oldest first: when, what, by whom, why.
///
/// Who: everybody, in their territory.
#[utoipa::path(tag = "org-units", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/org-units/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::OrgUnitRead, *id, query.0, model::find).await
}
