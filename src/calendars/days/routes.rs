//! Working days over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    calendars::days::{
        create as creating, model, remove as removing,
        wire::{CalendarDay, CalendarDayQuery, DeclaredDay, DeclaredDayCreate},
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
use actix_web::{HttpResponse, delete, get, post, web};

/// List working days
///
/// Every day of a span, worked or not, with the holiday or exchange that is declared of it. Saturdays and
/// Sundays are off unless declared `worked`. Where `calendar_known` is false the year's holidays are not
/// there yet.
///
/// Who: every account.
#[utoipa::path(tag = "working-days", params(CalendarDayQuery), responses((status = 200, body = Page<CalendarDay>)))]
#[get("/working-days")]
pub async fn list(cx: Reading, query: Query<CalendarDayQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::CalendarRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Declare a day off or worked
///
/// Today or later: deadlines that have passed do not move. Each day is declared once; to put one right, take
/// it back and declare it anew.
///
/// Who: admin of the instance.
#[utoipa::path(tag = "working-days", params(WriteQuery), request_body = DeclaredDayCreate,
    responses((status = 201, body = DeclaredDay), (status = 200, body = DeclaredDay)))]
#[post("/working-days")]
pub async fn create(cx: Writing, body: Body<DeclaredDayCreate>) -> Result<HttpResponse> {
    cx.write(Action::WorkingDayManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a declared day
///
/// With the law or notice that says so.
///
/// Who: every account.
#[utoipa::path(tag = "working-days", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = DeclaredDay)))]
#[get("/working-days/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let day =
        cx.read(Action::CalendarRead, move |conn, actor| Ok(model::find(conn, actor, *id)?.wire())).await?;
    Ok(cx.versioned(day.version, &query::narrow(&day, query.0.fields.as_ref())?))
}

/// Take a declared day back
///
/// It is again what its weekday says. Refused for days before today.
///
/// Who: admin of the instance.
#[utoipa::path(tag = "working-days", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/working-days/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::WorkingDayManage, move |tx, actor| removing::remove(tx, actor, *id, &expected)).await
}

/// History of a declared day
///
/// When it was declared and by whom. Days that an instance is born with have none.
///
/// Who: every account.
#[utoipa::path(tag = "working-days", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/working-days/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::CalendarRead, *id, query.0, model::find).await
}
