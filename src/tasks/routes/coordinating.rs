//! Parts of coordinating units over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::HistoryQuery,
    http::{Body, Page, Query, query::NoQuery},
    ids::Id,
    policy::Action,
    tasks::{
        parts::{command, create, edit, model, report, workflow::PartCommand},
        wire::{Part, PartCreate, PartPatch, PartWords, ProgressReport, ProgressReportCreate},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// Parts of a task
///
/// What coordinating units contribute, in the order of their coming. They change no figure.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path)), responses((status = 200, body = Page<Part>)))]
#[get("/tasks/{id}/parts")]
pub async fn parts(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::TaskRead, move |conn, actor| model::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Give a unit a part
///
/// The coordinating unit is one the caller sees, or any below the unit that gave the task; from now on
/// it sees the task. A unit has one part in a task, and the lead unit none. At most 100 to a task.
///
/// Who: leaders of the lead unit and of the assigner unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = PartCreate,
    responses((status = 201, body = Part), (status = 200, body = Part)))]
#[post("/tasks/{id}/parts")]
pub async fn add_part(cx: Writing, id: web::Path<Id>, body: Body<PartCreate>) -> Result<HttpResponse> {
    cx.write(Action::PartManage, move |tx, actor| create::create(tx, actor, *id, &body.0)).await
}

/// Show a part
///
/// As it stands now.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path)),
    responses((status = 200, body = Part)))]
#[get("/tasks/{id}/parts/{part_id}")]
pub async fn show_part(cx: Reading, path: web::Path<(Id, Id)>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let path = path.into_inner();
    let one = cx.read(Action::TaskRead, move |conn, actor| model::show(conn, actor, path)).await?;
    Ok(cx.versioned(one.version, &one))
}

/// Change a part
///
/// Until it is accepted, while the task is open.
///
/// Who: leaders of the lead unit and of the assigner unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path), WriteQuery),
    request_body = PartPatch, responses((status = 200, body = Part)))]
#[patch("/tasks/{id}/parts/{part_id}")]
pub async fn change_part(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<PartPatch>,
) -> Result<HttpResponse> {
    let (expected, path) = (cx.expected()?, path.into_inner());
    cx.write(Action::PartManage, move |tx, actor| edit::change(tx, actor, path, &expected, body.0.clone()))
        .await
}

/// Take a part away
///
/// Until it is accepted, while the task is open. The task's history keeps it; the unit sees the task no
/// longer.
///
/// Who: leaders of the lead unit and of the assigner unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path), WriteQuery),
    responses((status = 204)))]
#[delete("/tasks/{id}/parts/{part_id}")]
pub async fn remove_part(cx: Writing, path: web::Path<(Id, Id)>) -> Result<HttpResponse> {
    let (expected, path) = (cx.expected()?, path.into_inner());
    cx.write(Action::PartManage, move |tx, actor| edit::remove(tx, actor, path, &expected)).await
}

/// Report on a part
///
/// The first report starts it. The answer carries the part's new version; the task's own progress stays
/// as it is. Not before the task is accepted, nor once it is closed or cancelled.
///
/// Who: officers of the coordinating unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path), WriteQuery),
    request_body = ProgressReportCreate,
    responses((status = 201, body = ProgressReport), (status = 200, body = ProgressReport)))]
#[post("/tasks/{id}/parts/{part_id}/progress-reports")]
pub async fn report_on_part(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<ProgressReportCreate>,
) -> Result<HttpResponse> {
    let (expected, path) = (cx.if_match(), path.into_inner());
    cx.write(Action::PartReport, move |tx, actor| report::report(tx, actor, path, expected.as_ref(), &body.0))
        .await
}

/// Reports on a part
///
/// Latest first.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<ProgressReport>)))]
#[get("/tasks/{id}/parts/{part_id}/progress-reports")]
pub async fn part_reports(
    cx: Reading,
    path: web::Path<(Id, Id)>,
    query: Query<HistoryQuery>,
) -> Result<HttpResponse> {
    let path = path.into_inner();
    let page = cx
        .read(Action::TaskRead, move |conn, actor| {
            report::list(conn, actor, path, query.0.limit.0, query.0.cursor.as_ref())
        })
        .await?;
    Ok(HttpResponse::Ok().json(page))
}

macro_rules! part_command_route {
    ($(#[$doc:meta])* $name:ident, $path:literal, $command:ident) => {
        $(#[$doc])*
        #[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("part_id" = Id, Path), WriteQuery),
            request_body = PartWords, responses((status = 200, body = Part)))]
        #[post($path)]
        pub async fn $name(
            cx: Writing,
            path: web::Path<(Id, Id)>,
            body: Body<PartWords>,
        ) -> Result<HttpResponse> {
            let (expected, path) = (cx.if_match(), path.into_inner());
            let command = PartCommand::$command;
            cx.write(command.action(), move |tx, actor| {
                command::run(tx, actor, path, expected.as_ref(), command, &body.0)
            })
            .await
        }
    };
}

part_command_route! {
    /// Hand in a part
    ///
    /// `in_progress` → `submitted`.
    ///
    /// Who: officers of the coordinating unit.
    submit_part, "/tasks/{id}/parts/{part_id}/submit", Submit
}
part_command_route! {
    /// Accept a part
    ///
    /// `submitted` → `accepted`.
    ///
    /// Who: leaders of the lead unit and of the assigner unit, but not the person who handed it in.
    accept_part, "/tasks/{id}/parts/{part_id}/accept", Accept
}
part_command_route! {
    /// Return a part
    ///
    /// `submitted` → `in_progress`. A reason is required.
    ///
    /// Who: leaders of the lead unit and of the assigner unit.
    return_part, "/tasks/{id}/parts/{part_id}/return", Return
}
