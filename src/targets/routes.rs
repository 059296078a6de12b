//! Targets over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    indicators::{model as indicators, values::parsed::ParseValueQuery},
    policy::Action,
    targets::{
        create as creating, model,
        parsed::{self, ParsedTarget},
        step::{Given, step},
        versions as kept,
        wire::{
            Target, TargetAgreement, TargetAssignment, TargetCounter, TargetCreate, TargetOffer, TargetQuery,
            TargetRebaseline, TargetVersion, TargetWithdrawal,
        },
        workflow::TargetCommand,
    },
};
use actix_web::{HttpResponse, get, post, web};

/// List targets
///
/// In the order they were first set.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "targets", params(TargetQuery), responses((status = 200, body = Page<Target>)))]
#[get("/targets")]
pub async fn list(cx: Reading, query: Query<TargetQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page =
        cx.read_stale(Action::TargetRead, move |conn, actor| model::list(conn, actor, &query.0)).await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Set a target
///
/// For a unit below: a proposal, which the unit answers. For the own unit: a registration, which the superior
/// answers. Figures are judged by it once both agreed or the superior assigned it.
///
/// Who: leader, officer of a unit above (of the unit itself at the top), or of the unit.
#[utoipa::path(tag = "targets", params(WriteQuery), request_body = TargetCreate,
    responses((status = 201, body = Target), (status = 200, body = Target)))]
#[post("/targets")]
pub async fn create(cx: Writing, body: Body<TargetCreate>) -> Result<HttpResponse> {
    cx.write(Action::TargetPropose, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Read a target as it is typed
///
/// A number or a range in the Vietnamese manner (`45 - 50`, `trên 650`, `98,62 %`): what to send, or why it cannot
/// be read without guessing. Nothing is stored.
///
/// Who: everybody but admin, of an indicator they read.
#[utoipa::path(tag = "targets", params(ParseValueQuery), responses((status = 200, body = ParsedTarget)))]
#[get("/targets/parse-value")]
pub async fn parse(cx: Reading, query: Query<ParseValueQuery>) -> Result<HttpResponse> {
    let id = query.0.indicator_id;
    let of = cx.read(Action::TargetRead, move |conn, actor| indicators::find(conn, actor, id)).await?;
    Ok(HttpResponse::Ok().json(parsed::read(&query.0.text, &of)?))
}

/// Show a target
///
/// As it stands, with what the caller may do with it.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "targets", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Target)))]
#[get("/targets/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let shown = cx
        .read(Action::TargetRead, move |conn, actor| {
            let row = model::find(conn, actor, *id)?;
            model::show(conn, actor, row)
        })
        .await?;
    Ok(cx.versioned(shown.version, &query::narrow(&shown, query.0.fields.as_ref())?))
}

/// Show the versions of a target
///
/// Every offer, answer and decision, oldest first, with the reasons.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "targets", params(("id" = Id, Path)), responses((status = 200, body = Page<TargetVersion>)))]
#[get("/targets/{id}/versions")]
pub async fn versions(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let page = cx.read(Action::TargetRead, move |conn, actor| kept::list(conn, actor, *id)).await?;
    Ok(HttpResponse::Ok().json(page))
}

/// History of a target
///
/// Every change, oldest first: when, what, by whom.
///
/// Who: everybody but admin, in their territory.
#[utoipa::path(tag = "targets", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/targets/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::TargetRead, *id, query.0, model::find).await
}

/// Propose another figure
///
/// While it is not agreed; the unit answers.
///
/// Who: leader, officer of a unit above (of the unit itself at the top).
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = TargetOffer,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/propose")]
pub async fn propose(cx: Writing, id: web::Path<Id>, body: Body<TargetOffer>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given {
        content: body.0.content(),
        due_on: body.0.due_on.map(|day| day.0),
        reason: body.0.reason.as_ref().map(|words| words.0.clone()),
        document: None,
    };
    cx.write(Action::TargetPropose, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Propose, expected.as_ref(), &given)
    })
    .await
}

/// Answer with another figure
///
/// With the reasons; both figures are kept.
///
/// Who: leader, officer of the unit.
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = TargetCounter,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/counter")]
pub async fn counter(cx: Writing, id: web::Path<Id>, body: Body<TargetCounter>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given {
        content: body.0.content(),
        due_on: body.0.due_on.map(|day| day.0),
        reason: Some(body.0.reason.0.clone()),
        document: None,
    };
    cx.write(Action::TargetRegister, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Counter, expected.as_ref(), &given)
    })
    .await
}

/// Agree to the figure on the table
///
/// From now on figures are judged by it.
///
/// Who: leader of the unit to what was proposed, leader of a unit above to what the unit put forward; not who put it there.
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = Option<TargetAgreement>,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/agree")]
pub async fn agree(cx: Writing, id: web::Path<Id>, body: Body<TargetAgreement>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given { reason: body.0.comment.as_ref().map(|words| words.0.clone()), ..Given::default() };
    cx.write(Action::TargetAccept, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Agree, expected.as_ref(), &given)
    })
    .await
}

/// Decide a target
///
/// Without agreement: with the reason.
///
/// Who: leader of a unit above (of the unit itself at the top).
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = TargetAssignment,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/assign")]
pub async fn assign(cx: Writing, id: web::Path<Id>, body: Body<TargetAssignment>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given {
        content: body.0.content(),
        due_on: body.0.due_on.map(|day| day.0),
        reason: Some(body.0.reason.0.clone()),
        document: body.0.document_id,
    };
    cx.write(Action::TargetDecide, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Assign, expected.as_ref(), &given)
    })
    .await
}

/// Change a target that binds
///
/// With the reason and the document. What was judged before stays as it was; after the target's last day it is
/// refused.
///
/// Who: leader of a unit above (of the unit itself at the top).
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = TargetRebaseline,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/rebaseline")]
pub async fn rebaseline(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<TargetRebaseline>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given {
        content: body.0.content(),
        due_on: body.0.due_on.map(|day| day.0),
        reason: Some(body.0.reason.0.clone()),
        document: Some(body.0.document_id),
    };
    cx.write(Action::TargetDecide, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Rebaseline, expected.as_ref(), &given)
    })
    .await
}

/// Withdraw a target
///
/// From this day on nothing is judged by it; its versions stay.
///
/// Who: leader of a unit above (of the unit itself at the top).
#[utoipa::path(tag = "targets", params(("id" = Id, Path), WriteQuery), request_body = TargetWithdrawal,
    responses((status = 200, body = Target)))]
#[post("/targets/{id}/withdraw")]
pub async fn withdraw(cx: Writing, id: web::Path<Id>, body: Body<TargetWithdrawal>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    let given = Given { reason: Some(body.0.reason.0.clone()), ..Given::default() };
    cx.write(Action::TargetDecide, move |tx, actor| {
        step(tx, actor, *id, TargetCommand::Withdraw, expected.as_ref(), &given)
    })
    .await
}
