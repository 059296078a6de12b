//! Milestones over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    http::{Body, Page, Query, query::NoQuery},
    ids::Id,
    policy::Action,
    tasks::{
        milestones as planned,
        wire::{Milestone, MilestoneCreate, MilestoneDone, MilestonePatch},
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// Milestones of a task
///
/// All of them, in their order. They never change the task's own timeliness.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path)), responses((status = 200, body = Page<Milestone>)))]
#[get("/tasks/{id}/milestones")]
pub async fn milestones(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::TaskRead, move |conn, actor| planned::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// Add a milestone
///
/// Its day lies within the task's days. At most 100 to a task. It never changes the task's own
/// timeliness.
///
/// Who: the lead unit's officers while the task is a proposal; then the assigner unit's leaders.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), WriteQuery), request_body = MilestoneCreate,
    responses((status = 201, body = Milestone), (status = 200, body = Milestone)))]
#[post("/tasks/{id}/milestones")]
pub async fn add_milestone(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<MilestoneCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::TaskEdit, move |tx, actor| planned::create(tx, actor, *id, &body.0)).await
}

/// Show a milestone
///
/// As it stands now.
///
/// Who: who may read the task.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("milestone_id" = Id, Path)),
    responses((status = 200, body = Milestone)))]
#[get("/tasks/{id}/milestones/{milestone_id}")]
pub async fn show_milestone(
    cx: Reading,
    path: web::Path<(Id, Id)>,
    _: Query<NoQuery>,
) -> Result<HttpResponse> {
    let path = path.into_inner();
    let one = cx.read(Action::TaskRead, move |conn, actor| planned::show(conn, actor, path)).await?;
    Ok(cx.versioned(one.version, &one))
}

/// Change a milestone
///
/// Its day lies within the task's days.
///
/// Who: the lead unit's officers while the task is a proposal; then the assigner unit's leaders.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("milestone_id" = Id, Path), WriteQuery),
    request_body = MilestonePatch, responses((status = 200, body = Milestone)))]
#[patch("/tasks/{id}/milestones/{milestone_id}")]
pub async fn change_milestone(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<MilestonePatch>,
) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    let path = path.into_inner();
    cx.write(Action::TaskEdit, move |tx, actor| planned::change(tx, actor, path, &expected, &body.0)).await
}

/// Remove a milestone
///
/// The task's history keeps it.
///
/// Who: the lead unit's officers while the task is a proposal; then the assigner unit's leaders.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("milestone_id" = Id, Path), WriteQuery),
    responses((status = 204)))]
#[delete("/tasks/{id}/milestones/{milestone_id}")]
pub async fn remove_milestone(cx: Writing, path: web::Path<(Id, Id)>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    let path = path.into_inner();
    cx.write(Action::TaskEdit, move |tx, actor| planned::remove(tx, actor, path, &expected)).await
}

/// Complete a milestone
///
/// While work on the task goes on. It changes neither the task's progress nor its timeliness.
///
/// Who: officers of the lead unit.
#[utoipa::path(tag = "tasks", params(("id" = Id, Path), ("milestone_id" = Id, Path), WriteQuery),
    request_body = MilestoneDone, responses((status = 200, body = Milestone)))]
#[post("/tasks/{id}/milestones/{milestone_id}/complete")]
pub async fn complete_milestone(
    cx: Writing,
    path: web::Path<(Id, Id)>,
    body: Body<MilestoneDone>,
) -> Result<HttpResponse> {
    let (expected, path) = (cx.if_match(), path.into_inner());
    cx.write(Action::MilestoneComplete, move |tx, actor| {
        planned::complete(tx, actor, path, expected.as_ref(), &body.0)
    })
    .await
}
