//! Tasks over HTTP.

mod cascading;
mod coordinating;
mod extending;
mod planning;

pub use cascading::{origins, thread};
pub use coordinating::{
    accept_part, add_part, change_part, part_reports, parts, remove_part, report_on_part, return_part,
    show_part, submit_part,
};
pub use extending::{approve_extension, extensions, reject_extension, request_extension};
pub use planning::{
    add_milestone, change_milestone, complete_milestone, milestones, remove_milestone, show_milestone,
};

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    db::AnyConn,
    error::Result,
    events::history::{History, HistoryQuery},
    http::{Body, Page, Query, query, query::NoQuery, request::Language, version},
    ids::Id,
    policy::Action,
    tasks::{
        batch as batches, change as changing, command, create as creating, links,
        list::{self as listing, TaskPage},
        model::{self, Lens},
        past, progress, save, show as shown,
        wire::{
            Clarity, MAX_BYTES as BATCH_BYTES, OneTaskQuery, ProgressReport, ProgressReportCreate, Task,
            TaskBatch, TaskBatchAnswer, TaskCommand, TaskCreate, TaskPatch, TaskQuery, names,
        },
        workflow::{self, Command},
    },
};
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use chrono::NaiveDate;

/// List tasks
///
/// By due date, undated last, unless `sort` says otherwise. `as_of` shows them as they were at the
/// end of a day, which is what the figures of that day count.
///
/// Who: leader, officer, inspector, viewer and service, in their territory.
#[utoipa::path(tag = "tasks", params(TaskQuery), responses((status = 200, body = Page<Task>)))]
#[get("/tasks")]
pub async fn list(cx: Reading, query: Query<TaskQuery>) -> Result<HttpResponse> {
    let (today, fields) = (cx.today(), query.0.fields.clone());
    let page = cx
        .read_stale_along(Action::TaskRead, listing::along, move |conn, actor, due_soon| {
            let lens = Lens::of(actor, query.0.as_of.map_or(today, |day| day.0), due_soon)?;
            if lens.day < today {
                past::page(conn, &lens, &query.0, today).map(TaskPage::Whole)
            } else {
                listing::page(conn, &lens, &query.0)
            }
        })
        .await?;
    Ok(match page {
        TaskPage::Whole(page) => HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?),
        TaskPage::Lines(page) => HttpResponse::Ok().json(query::narrow_lines(page, fields.as_ref())),
    })
}

/// Create a task
///
/// In the own unit it is a registration (`registered`); for a unit below it is given (`accepted`).
///
/// Who: officers and leaders of the lead unit; leaders of the units above it.
#[utoipa::path(tag = "tasks", params(WriteQuery), request_body = TaskCreate,
    responses((status = 201, body = Task), (status = 200, body = Task)))]
#[post("/tasks")]
pub async fn create(cx: Writing, body: Body<TaskCreate>) -> Result<HttpResponse> {
    cx.write(Action::TaskRegister, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Many steps on tasks at once
///
/// Up to 500 items and 5 MB, done in their order, each by the rules of its single request. With
/// `atomic` (the default) all is done or nothing: the first refusal refuses everything and names its
/// item. Without it each item is done whole or not at all, and the answer is 207 with a status for each
/// and the problem of those that were refused. `op` and the members of an item must be right either
/// way. A task that is not there is `unknown_reference` of `/items/{i}/id` in the one case, a 404 of
/// its item in the other.
///
/// Who: leader and officer; each item as its single request says.
#[utoipa::path(tag = "tasks", params(WriteQuery), request_body = TaskBatch,
    responses((status = 200, body = TaskBatchAnswer), (status = 207, body = TaskBatchAnswer)))]
#[post("/tasks/batch")]
pub async fn batch(
    cx: Writing,
    req: HttpRequest,
    body: Body<TaskBatch, BATCH_BYTES>,
) -> Result<HttpResponse> {
    let language = Language::of(&req);
    cx.write(Action::TaskBatch, move |tx, actor| batches::run(tx, actor, body.0.clone(), language)).await
}

/// Show a task
///
/// With how it stands today and what the caller may do next.
///
/// Who: leader, officer, inspector, viewer and service, in their territory.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), OneTaskQuery), responses((status = 200, body = Task)))]
#[get("/tasks/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<OneTaskQuery>) -> Result<HttpResponse> {
    let (today, asked) = (cx.today(), names(query.0.fields.as_ref(), "clarity"));
    let task = one(&cx, *id, today, asked).await?;
    let body = query::narrow(&task, query.0.fields.as_ref())?;
    // Midnight, a part or a request changes what is shown of a task that is not over, without changing
    // its version.
    if !workflow::is_over(task.status) {
        return Ok(HttpResponse::Ok().insert_header(("ETag", version::etag(task.version))).json(body));
    }
    Ok(cx.versioned(task.version, &body))
}

/// Change a task
///
/// The due date is not among the fields: it moves only by an extension. Once the task is accepted,
/// only who gave it changes it.
///
/// Who: the lead unit's officers while it is a proposal; then the assigner unit's leaders.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = TaskPatch,
    responses((status = 200, body = Task)))]
#[patch("/tasks/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<TaskPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::TaskEdit, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete a task
///
/// Only a proposal that nobody accepted; anything else is cancelled instead. On the days on which it
/// counted, it still does.
///
/// Who: the lead unit's officers.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/tasks/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::TaskDelete, move |tx, actor| changing::delete(tx, actor, *id, expected.clone())).await
}

macro_rules! command_route {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident) => {
        $(#[$doc])*
        #[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = TaskCommand,
            responses((status = 200, body = Task)))]
        #[post($path)]
        pub async fn $name(cx: Writing, id: web::Path<Id>, body: Body<TaskCommand>) -> Result<HttpResponse> {
            let expected = cx.if_match();
            let command = Command::$command;
            cx.write_along(
                command.action(),
                move |conn, session| save::find_along(conn, *id, Some(session)),
                move |tx, actor, found| command::run(tx, actor, found, expected.clone(), command, &body.0),
            )
            .await
        }
    };
}

command_route! {
    /// Accept a registration
    ///
    /// `registered` → `accepted`.
    ///
    /// Who: leaders of the assigner unit, but not the person who registered it.
    accept, "/tasks/{id}/accept", Accept
}
command_route! {
    /// Return a task
    ///
    /// A registration goes back to `returned`; handed-in work to `in_progress`, judged as if it had
    /// never been handed in. A reason is required.
    ///
    /// Who: leaders of the assigner unit.
    return_, "/tasks/{id}/return", Return
}
command_route! {
    /// Register again
    ///
    /// `returned` → `registered`.
    ///
    /// Who: officers of the lead unit.
    resubmit, "/tasks/{id}/resubmit", Resubmit
}
command_route! {
    /// Start work
    ///
    /// `accepted` → `in_progress`; the first progress report does the same.
    ///
    /// Who: officers of the lead unit.
    start, "/tasks/{id}/start", Start
}
command_route! {
    /// Hand in the result
    ///
    /// `in_progress` → `submitted`. From now on the assigner's clock runs, not the executor's.
    ///
    /// Who: officers of the lead unit.
    submit, "/tasks/{id}/submit", Submit
}
command_route! {
    /// Confirm completion
    ///
    /// `submitted` → `completed`, with `result` against the requirement. The day that counts is the
    /// day it was handed in.
    ///
    /// Who: leaders of the assigner unit, but not the person who handed it in.
    confirm, "/tasks/{id}/confirm", Confirm
}
command_route! {
    /// Close a completed task
    ///
    /// `completed` → `closed`.
    ///
    /// Who: leaders of the assigner unit.
    close, "/tasks/{id}/close", Close
}
command_route! {
    /// Cancel a task
    ///
    /// It leaves every count and weight and is given apart. A reason is required.
    ///
    /// Who: leaders of the assigner unit.
    cancel, "/tasks/{id}/cancel", Cancel
}
command_route! {
    /// Reopen a completed task
    ///
    /// `completed` → `in_progress`. A reason is required.
    ///
    /// Who: leaders of the assigner unit.
    reopen, "/tasks/{id}/reopen", Reopen
}

/// Report progress
///
/// The first report starts an accepted task. The answer carries the task's new version.
///
/// Who: officers of the lead unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = ProgressReportCreate,
    responses((status = 201, body = ProgressReport), (status = 200, body = ProgressReport)))]
#[post("/tasks/{id}/progress-reports")]
pub async fn report_progress(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<ProgressReportCreate>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let id = *id;
    cx.write_along(
        Action::TaskReport,
        move |conn, session| save::find_along(conn, id, Some(session)),
        move |tx, actor, found| progress::report(tx, actor, (id, found), expected.clone(), &body.0),
    )
    .await
}

/// Reports on a task
///
/// Latest first.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<ProgressReport>)))]
#[get("/tasks/{id}/progress-reports")]
pub async fn progress_reports(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<HistoryQuery>,
) -> Result<HttpResponse> {
    let page = cx
        .read(Action::TaskRead, move |conn, actor| {
            progress::list(conn, actor, *id, query.0.limit.0, query.0.cursor.as_ref())
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

/// What a task leaves unsaid
///
/// The five things officials ask of a task ("5 rõ": who, what, when, result, responsibility), as a list
/// of what is missing. It refuses nothing and changes no figure.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", operation_id = "clarity", params(("id" = Id, Path)), responses((status = 200, body = Clarity)))]
#[get("/tasks/{id}/clarity")]
pub async fn clarity(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let today = cx.today();
    Ok(HttpResponse::Ok().json(one(&cx, *id, today, true).await?.clarity))
}

async fn one(cx: &Reading, id: Id, today: NaiveDate, with_clarity: bool) -> Result<Task> {
    let first = move |conn: &mut AnyConn, session| shown::find_along(conn, id, session);
    cx.read_along(Action::TaskRead, first, move |conn, actor, found| {
        shown::show(conn, actor, found, today, with_clarity)
    })
    .await
}

/// History of a task
///
/// Every change, oldest first: when, what, by whom, why.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/tasks/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history_but(Action::TaskRead, *id, query.0, model::find, links::hide).await
}
