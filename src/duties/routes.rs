//! Recurring duties over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    duties::{
        change as changing, create as creating, life, make, model,
        wire::{
            RecurringDuty, RecurringDutyCreate, RecurringDutyHorizon, RecurringDutyOccurrence,
            RecurringDutyPatch, RecurringDutyQuery, RecurringDutyStep, RecurringDutyTasks, UpcomingQuery,
        },
        workflow::Step,
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

/// List recurring duties
///
/// In the order they were recorded, paused and closed ones too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "recurring-duties", params(RecurringDutyQuery),
    responses((status = 200, body = Page<RecurringDuty>)))]
#[get("/recurring-duties")]
pub async fn list(cx: Reading, query: Query<RecurringDutyQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::TaskRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Create a recurring duty
///
/// It becomes a task in every period, on the day the task starts: by itself within the hour, or at once
/// by `materialise`. What would have been due before today is not made. In the own unit its tasks are
/// registrations (`registered`); given to a unit below they are accepted from the start.
///
/// Who: officers and leaders of the lead unit; leaders of the units above it.
#[utoipa::path(tag = "recurring-duties", params(WriteQuery), request_body = RecurringDutyCreate,
    responses((status = 201, body = RecurringDuty), (status = 200, body = RecurringDuty)))]
#[post("/recurring-duties")]
pub async fn create(cx: Writing, body: Body<RecurringDutyCreate>) -> Result<HttpResponse> {
    cx.write(Action::DutyOwn, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a recurring duty
///
/// What it is and when it comes. Its tasks: `GET /tasks?duty_id=`.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = RecurringDuty)))]
#[get("/recurring-duties/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let duty =
        cx.read(Action::TaskRead, move |conn, actor| Ok(model::find(conn, actor, *id)?.wire())).await?;
    Ok(cx.versioned(duty.version, &query::narrow(&duty, query.0.fields.as_ref())?))
}

/// Change a recurring duty
///
/// For the tasks made from then on; made ones stay as they are. Other days count from today: a period
/// that has its task gets no second one, and nothing is made that would have been due before today.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery), request_body = RecurringDutyPatch,
    responses((status = 200, body = RecurringDuty)))]
#[patch("/recurring-duties/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<RecurringDutyPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DutyOwn, move |tx, actor| changing::change(tx, actor, *id, &expected, &body.0)).await
}

/// Delete a recurring duty
///
/// Recorded by mistake: only while no task was made of it. Later it is closed instead.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/recurring-duties/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DutyOwn, move |tx, actor| changing::delete(tx, actor, *id, &expected)).await
}

/// History of a recurring duty
///
/// Every change, oldest first: when, what, by whom, why. The tasks it became have their own.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/recurring-duties/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::TaskRead, *id, query.0, model::find).await
}

/// Pause a recurring duty
///
/// No more tasks are made; those that are there go on.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery), request_body = RecurringDutyStep,
    responses((status = 200, body = RecurringDuty)))]
#[post("/recurring-duties/{id}/pause")]
pub async fn pause(cx: Writing, id: web::Path<Id>, body: Body<RecurringDutyStep>) -> Result<HttpResponse> {
    step(cx, *id, Step::Pause, body.0).await
}

/// Resume a recurring duty
///
/// Tasks are made again of what is due from today on; what was due during the pause is not made up for.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery), request_body = RecurringDutyStep,
    responses((status = 200, body = RecurringDuty)))]
#[post("/recurring-duties/{id}/resume")]
pub async fn resume(cx: Writing, id: web::Path<Id>, body: Body<RecurringDutyStep>) -> Result<HttpResponse> {
    step(cx, *id, Step::Resume, body.0).await
}

/// Close a recurring duty
///
/// For good. The tasks it became go on.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery), request_body = RecurringDutyStep,
    responses((status = 200, body = RecurringDuty)))]
#[post("/recurring-duties/{id}/close")]
pub async fn close(cx: Writing, id: web::Path<Id>, body: Body<RecurringDutyStep>) -> Result<HttpResponse> {
    step(cx, *id, Step::Close, body.0).await
}

async fn step(cx: Writing, id: Id, step: Step, words: RecurringDutyStep) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DutyOwn, move |tx, actor| {
        life::step(tx, actor, id, expected.as_ref(), step, &words.reason)
    })
    .await
}

/// What comes of a recurring duty
///
/// What is due from today on, by the days as they are now, with the task where one is made already.
/// Nothing is stored. A paused or closed duty has nothing to come.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), UpcomingQuery),
    responses((status = 200, body = Page<RecurringDutyOccurrence>)))]
#[get("/recurring-duties/{id}/upcoming")]
pub async fn upcoming(cx: Reading, id: web::Path<Id>, query: Query<UpcomingQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    let job =
        cx.read(Action::TaskRead, move |conn, actor| model::upcoming(conn, actor, *id, query.0.until, today));
    Ok(HttpResponse::Ok().json(job.await?))
}

/// Make the tasks of a recurring duty
///
/// Those that start up to today, or up to `until`; the service does the same for today by itself. Done
/// twice, or by two at once, it makes nothing twice. What a service that stood still has missed is made
/// for the period before and for this one, no further back. Each task has its own event.
///
/// Who: leader, officer of the lead unit, of what it took on; leader of the assigner unit, of what it gave.
#[utoipa::path(tag = "recurring-duties", params(("id" = Id, Path), WriteQuery),
    request_body = Option<RecurringDutyHorizon>, responses((status = 200, body = RecurringDutyTasks)))]
#[post("/recurring-duties/{id}/materialise")]
pub async fn materialise(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RecurringDutyHorizon>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DutyOwn, move |tx, actor| make::materialise(tx, actor, *id, expected.as_ref(), &body.0))
        .await
}
