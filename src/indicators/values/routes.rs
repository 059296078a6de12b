//! Values over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery},
    },
    ids::Id,
    indicators::{
        model as indicators,
        values::{
            enter, model,
            parsed::{self, ParseValueQuery, ParsedValue},
            step,
            wire::{
                IndicatorValue, IndicatorValueCreate, IndicatorValuePatch, IndicatorValueQuery,
                ValueApproval, ValueReturn,
            },
            workflow::ValueCommand,
        },
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List values
///
/// In the order they were first entered.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "indicator-values", params(IndicatorValueQuery), responses((status = 200, body = Page<IndicatorValue>)))]
#[get("/indicator-values")]
pub async fn list(cx: Reading, query: Query<IndicatorValueQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page =
        cx.read_stale(Action::IndicatorRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Read a typed figure
///
/// What a figure means that was typed in the Vietnamese manner (`1.234,5`, `98,62 %`, `trên 650 hộ`), as it is
/// sent as a value of the indicator. What reads in two ways is 422 `ambiguous_figure` with both; what cannot be
/// read, or does not suit the indicator's unit and decimals, is 422 `unreadable_figure` with the reason. Nothing
/// is stored.
///
/// Who: everybody but admin, of an indicator they read.
#[utoipa::path(tag = "indicator-values", params(ParseValueQuery), responses((status = 200, body = ParsedValue)))]
#[get("/indicators/parse-value")]
pub async fn parse(cx: Reading, query: Query<ParseValueQuery>) -> Result<HttpResponse> {
    let id = query.0.indicator_id;
    let of = cx.read(Action::IndicatorRead, move |conn, actor| indicators::find(conn, actor, id)).await?;
    Ok(HttpResponse::Ok().json(parsed::read(&query.0.text, &of)?))
}

/// Enter a value
///
/// Of the own unit, for one period, of the total or of one class. It counts once it is approved. One that is
/// there already is changed, or corrected when it was approved: 409 says by whom.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "indicator-values", params(WriteQuery), request_body = IndicatorValueCreate,
    responses((status = 201, body = IndicatorValue), (status = 200, body = IndicatorValue)))]
#[post("/indicator-values")]
pub async fn create(cx: Writing, body: Body<IndicatorValueCreate>) -> Result<HttpResponse> {
    cx.write(Action::ValueEnter, move |tx, actor| enter::create(tx, actor, &body.0)).await
}

/// Show a value
///
/// With what the caller may do with it.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = IndicatorValue)))]
#[get("/indicator-values/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let shown = cx
        .read(Action::IndicatorRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::show(conn, actor, row)
        })
        .await?;
    Ok(cx.versioned(shown.version, &query::narrow(&shown, query.0.fields.as_ref())?))
}

/// Change a value that was not approved yet
///
/// It waits for approval again.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path), WriteQuery), request_body = IndicatorValuePatch,
    responses((status = 200, body = IndicatorValue)))]
#[patch("/indicator-values/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<IndicatorValuePatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::ValueEnter, move |tx, actor| enter::change(tx, actor, *id, &expected, body.0.clone()))
        .await
}

/// Approve a value
///
/// From now on it counts.
///
/// Who: leader of a unit above (of the unit itself at the top), or of the indicator's agency; not who entered it.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path), WriteQuery), request_body = Option<ValueApproval>,
    responses((status = 200, body = IndicatorValue)))]
#[post("/indicator-values/{id}/approve")]
pub async fn approve(cx: Writing, id: web::Path<Id>, body: Body<ValueApproval>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ValueApprove, move |tx, actor| {
        step::step(tx, actor, *id, ValueCommand::Approve, expected.as_ref(), body.0.comment.as_deref())
    })
    .await
}

/// Return a value
///
/// With the reason; the unit changes it and hands it in again.
///
/// Who: leader of a unit above (of the unit itself at the top), or of the indicator's agency.
#[utoipa::path(tag = "indicator-values", operation_id = "return", params(("id" = Id, Path), WriteQuery), request_body = ValueReturn,
    responses((status = 200, body = IndicatorValue)))]
#[post("/indicator-values/{id}/return")]
pub async fn give_back(cx: Writing, id: web::Path<Id>, body: Body<ValueReturn>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::ValueApprove, move |tx, actor| {
        step::step(tx, actor, *id, ValueCommand::Return, expected.as_ref(), Some(&body.0.reason))
    })
    .await
}

/// History of a value
///
/// Every change, oldest first: when, what, by whom. What came with a form is in the history of that form.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "indicator-values", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/indicator-values/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::IndicatorRead, *id, query.0, model::find).await
}
