//! Lines over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::{Code, Error, Result},
    http::{
        Body, Query,
        query::{self, FieldsQuery, NoQuery},
        version::etag,
    },
    ids::Id,
    policy::Action,
    registrations::{
        lines::{create, edit, model},
        model as registration,
        wire::{
            RegistrationLine, RegistrationLinePatch, RegistrationLines, RegistrationLinesCreate,
            RegistrationRaise,
        },
    },
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List the lines of a registration
///
/// All of them, in the order of their coming, with what was said of each and the task it became.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of rounds that the own unit opened.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path)), responses((status = 200, body = RegistrationLines)))]
#[get("/registrations/{id}/lines")]
pub async fn list(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::TaskRead, move |conn, actor| {
        let placed = registration::find(conn, actor, *id)?;
        let rows = model::of(conn, placed.row.id)?;
        model::wire(conn, placed.row.id, rows)
    });
    Ok(HttpResponse::Ok().json(RegistrationLines { items: job.await? }))
}

/// Add lines to a registration
///
/// One or up to 200, all of them or none, while the unit works on it. A line whose id is there already with
/// the same content is left alone. Beyond the quota it warns. One event for each new line.
///
/// Who: leader, officer of the registering unit.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path), WriteQuery), request_body = RegistrationLinesCreate,
    responses((status = 201, body = RegistrationLines), (status = 200, body = RegistrationLines)))]
#[post("/registrations/{id}/lines")]
pub async fn add(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationLinesCreate>,
) -> Result<HttpResponse> {
    cx.write(Action::RegistrationMake, move |tx, actor| {
        registration::find(tx.conn, actor, *id)?;
        if body.0.lines.0.is_empty() {
            return Err(Error::field("/lines", Code::MayNotBeEmpty));
        }
        create::add(tx, actor, *id, &body.0.lines.0)
    })
    .await
}

/// Show a line
///
/// With what the superior said of it and the task it became.
///
/// Who: leader, officer, inspector, viewer, service, in their territory, and of rounds that the own unit opened.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = RegistrationLine)))]
#[get("/registration-lines/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read(Action::TaskRead, move |conn, actor| {
        let (line, _) = model::find(conn, actor, *id)?;
        model::wire_one(conn, line)
    });
    let line = job.await?;
    // Comments and verdicts come with the registration: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(line.version)))
        .json(query::narrow(&line, query.0.fields.as_ref())?))
}

/// Change a line
///
/// While the unit works on its registration; an accepted line is a task and changes there. Of a line that
/// was imposed the unit completes who leads it and its product only.
///
/// Who: leader, officer of the registering unit.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path), WriteQuery), request_body = RegistrationLinePatch,
    responses((status = 200, body = RegistrationLine)))]
#[patch("/registration-lines/{id}")]
pub async fn change(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<RegistrationLinePatch>,
) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::RegistrationMake, move |tx, actor| edit::change(tx, actor, *id, &expected, &body.0))
        .await
}

/// Take a line away
///
/// Before it is accepted. What was imposed or raised only the superior takes away.
///
/// Who: leader, officer of the registering unit; leader of the unit that opened the round, of what it imposed or raised.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/registration-lines/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::RegistrationMake, move |tx, actor| edit::remove(tx, actor, *id, &expected)).await
}

/// Make a line a breakthrough
///
/// With a reason. The unit cannot take that back, nor the line away.
///
/// Who: leader of the unit that opened the round.
#[utoipa::path(tag = "registration-lines", params(("id" = Id, Path), WriteQuery), request_body = RegistrationRaise,
    responses((status = 200, body = RegistrationLine)))]
#[post("/registration-lines/{id}/raise")]
pub async fn raise(cx: Writing, id: web::Path<Id>, body: Body<RegistrationRaise>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::RegistrationImpose, move |tx, actor| {
        edit::raise(tx, actor, *id, expected.as_ref(), &body.0.reason)
    })
    .await
}
