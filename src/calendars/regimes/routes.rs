//! Regimes over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    calendars::regimes::{
        change as changing, create as creating, model, periods as spans,
        wire::{
            PeriodQuery, ReportPeriod, ReportRegime, ReportRegimeCreate, ReportRegimePatch, ReportRegimeQuery,
        },
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
use actix_web::{HttpResponse, get, patch, post, web};

/// List reporting regimes
///
/// Everybody's, those of units in the territory and those of units above the own one, in the order of their
/// codes. An instance is born with `decree_09`, `calendar_months` and `party_months`.
///
/// Who: every account.
#[utoipa::path(tag = "report-regimes", params(ReportRegimeQuery), responses((status = 200, body = Page<ReportRegime>)))]
#[get("/report-regimes")]
pub async fn list(cx: Reading, query: Query<ReportRegimeQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::CalendarRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Set up a reporting regime
///
/// It says on which day each month closes, from which month on. Every longer period is made of whole months,
/// so that periods neither overlap nor leave a gap.
///
/// Who: leader, for the own unit; admin of the instance, for everybody's.
#[utoipa::path(tag = "report-regimes", params(WriteQuery), request_body = ReportRegimeCreate,
    responses((status = 201, body = ReportRegime), (status = 200, body = ReportRegime)))]
#[post("/report-regimes")]
pub async fn create(cx: Writing, body: Body<ReportRegimeCreate>) -> Result<HttpResponse> {
    // Which of the two rights is needed depends on whose it is to be.
    cx.write(Action::CalendarRead, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a reporting regime
///
/// With every day of closing it ever had.
///
/// Who: every account; of units, those in the territory and above it.
#[utoipa::path(tag = "report-regimes", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = ReportRegime)))]
#[get("/report-regimes/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let regime = cx
        .read(Action::CalendarRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::wire_one(conn, row)
        })
        .await?;
    Ok(cx.versioned(regime.version, &query::narrow(&regime, query.0.fields.as_ref())?))
}

/// Change a reporting regime
///
/// Another day of closing counts from a month that has not begun under the regime; the past is never recut.
/// The start of the week stays.
///
/// Who: leader, for the own unit; admin of the instance, for everybody's.
#[utoipa::path(tag = "report-regimes", params(("id" = Id, Path), WriteQuery), request_body = ReportRegimePatch,
    responses((status = 200, body = ReportRegime)))]
#[patch("/report-regimes/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<ReportRegimePatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::CalendarRead, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// History of a reporting regime
///
/// Every change, oldest first: when, what, by whom. Those that an instance is born with begin without one.
///
/// Who: every account; of units, those in the territory and above it.
#[utoipa::path(tag = "report-regimes", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/report-regimes/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::CalendarRead, *id, query.0, model::find).await
}

/// List the periods of a regime
///
/// With the days they hold and their names in Vietnamese and English: from one period or day to another, or
/// named from today (`relative`). With numbers of working days each also carries its deadlines.
///
/// Who: every account; of units, those in the territory and above it.
#[utoipa::path(tag = "report-regimes", params(("id" = Id, Path), PeriodQuery),
    responses((status = 200, body = Page<ReportPeriod>)))]
#[get("/report-regimes/{id}/periods")]
pub async fn periods(cx: Reading, id: web::Path<Id>, query: Query<PeriodQuery>) -> Result<HttpResponse> {
    let (today, fields) = (cx.today(), query.0.fields.clone());
    let page = cx
        .read(Action::CalendarRead, move |conn, actor| spans::list(conn, actor, *id, &query.0, today))
        .await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}
