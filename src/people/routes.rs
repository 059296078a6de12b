//! Accounts and assignments over HTTP.

use crate::{
    auth::{
        Reading, Writing,
        gate::WriteQuery,
        password::{self, check_strength},
        reads::{PersonalRead, ReadsQuery, Shown},
    },
    error::Result,
    events::history::{History, HistoryQuery, page_of},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    people::{
        assign as assigning, change as changing, create as creating, deputies, end as ending,
        erase as erasing, list as listing, model, reads,
        switch::{Switch, switch},
        wire::{
            Assignment, AssignmentCreate, AssignmentEnd, Erasure, PasswordReset, User, UserCreate, UserPatch,
            UserQuery, UserSwitch,
        },
    },
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// List accounts
///
/// In the order of their user names: those with any assignment in the territory.
///
/// Who: admin.
#[utoipa::path(tag = "users", params(UserQuery), responses((status = 200, body = Page<User>)))]
#[get("/users")]
pub async fn list(cx: Reading, query: Query<UserQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read_personal(Action::UserRead, Shown::List, move |conn, actor| {
        let page = listing::list(conn, actor, &query.0)?;
        let people = page.items.iter().map(|user| user.id).collect();
        Ok((page, people))
    });
    let page = job.await?;
    Ok(HttpResponse::Ok().json(query::narrow_page(page, fields.as_ref())?))
}

/// Create an account
///
/// With its assignments, each in a unit of the own territory; one for the whole instance (`unit_id`
/// null) is given only by who administers the instance.
///
/// Who: admin.
#[utoipa::path(tag = "users", params(WriteQuery), request_body = UserCreate,
    responses((status = 201, body = User), (status = 200, body = User)))]
#[post("/users")]
pub async fn create(cx: Writing, body: Body<UserCreate>) -> Result<HttpResponse> {
    cx.ask(Action::UserManage, |_, _| Ok(())).await?;
    check_strength(&body.0.password, &body.0.username, "/password")?;
    let hash = password::hash(body.0.password.0.clone()).await?;
    cx.write(Action::UserManage, move |tx, actor| creating::create(tx, actor, &body.0, hash.clone())).await
}

/// Show an account
///
/// With its assignments in the caller's territory, ended ones too.
///
/// Who: admin, for accounts with any assignment in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = User)))]
#[get("/users/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::UserRead, Shown::Record, move |conn, actor| {
        Ok((model::show(conn, actor, *id)?, vec![*id]))
    });
    let user = job.await?;
    Ok(cx.versioned(user.version, &query::narrow(&user, query.0.fields.as_ref())?))
}

/// Rename an account
///
/// The name to log in with, the name to show, or both.
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = UserPatch,
    responses((status = 200, body = User)))]
#[patch("/users/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<UserPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::UserManage, move |tx, actor| changing::change(tx, actor, *id, expected.clone(), &body.0))
        .await
}

/// Disable an account
///
/// Its sessions end at once, and nobody logs in with it until it is enabled.
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = Option<UserSwitch>,
    responses((status = 200, body = User)))]
#[post("/users/{id}/disable")]
pub async fn disable(cx: Writing, id: web::Path<Id>, body: Body<UserSwitch>) -> Result<HttpResponse> {
    turn(cx, *id, Switch::Disable, body.0).await
}

/// Enable an account
///
/// It can be logged in with again, under the assignments that are still in force.
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = Option<UserSwitch>,
    responses((status = 200, body = User)))]
#[post("/users/{id}/enable")]
pub async fn enable(cx: Writing, id: web::Path<Id>, body: Body<UserSwitch>) -> Result<HttpResponse> {
    turn(cx, *id, Switch::Enable, body.0).await
}

async fn turn(cx: Writing, id: Id, to: Switch, why: UserSwitch) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::UserManage, move |tx, actor| {
        switch(tx, actor, id, expected.clone(), to.clone(), why.reason.as_deref())
    })
    .await
}

/// Set a password
///
/// For somebody who has forgotten the own one. All sessions of the account end.
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = PasswordReset,
    responses((status = 200, body = User)))]
#[post("/users/{id}/reset-password")]
pub async fn reset_password(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<PasswordReset>,
) -> Result<HttpResponse> {
    let (id, expected, today) = (*id, cx.if_match(), cx.today());
    let (user, _) =
        cx.ask(Action::UserManage, move |conn, actor| model::manage(conn, actor, id, today)).await?;
    check_strength(&body.0.password, &user.username, "/password")?;
    let PasswordReset { password, reason } = body.0;
    let to = Switch::Password(password::hash(password.0).await?);
    cx.write(Action::UserManage, move |tx, actor| {
        switch(tx, actor, id, expected.clone(), to.clone(), reason.as_deref())
    })
    .await
}

/// History of an account
///
/// Every change of the account, of its assignments in the caller's territory and of deputies there,
/// those it has and those it is, oldest first. Names that were erased show as `***`.
///
/// Who: admin, for accounts with any assignment in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/users/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::UserRead, Shown::History, move |conn, actor| {
        let user = model::show(conn, actor, *id)?;
        let deputies = deputies::model::of_account(conn, actor, user.id)?;
        let posts = user.assignments.iter().map(|post| post.id);
        let subjects: Vec<Id> = std::iter::once(user.id).chain(posts).chain(deputies).collect();
        Ok((page_of(conn, &subjects, &query.0)?, vec![user.id]))
    });
    Ok(HttpResponse::Ok().json(job.await?))
}

/// Readings of an account
///
/// Who was shown the account, a list with it or its history, latest first; the holder's own readings
/// are not noted.
///
/// Who: the person concerned, and an inspector of the root unit.
#[utoipa::path(tag = "users", params(("id" = Id, Path), ReadsQuery),
    responses((status = 200, body = Page<PersonalRead>)))]
#[get("/users/{id}/reads")]
pub async fn read_log(cx: Reading, id: web::Path<Id>, query: Query<ReadsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::OneSelf, Shown::Reads, move |conn, actor| {
        Ok((reads::page(conn, actor, *id, &query.0)?, vec![*id]))
    });
    Ok(HttpResponse::Ok().json(job.await?))
}

/// Erase personal data
///
/// For a disabled account: its names become a neutral text, and the names it had, the notes on its
/// assignments, why it had or was a deputy, and its password are gone, from the history too. What it did stays, under its id. This
/// cannot be undone, and the account cannot be used again.
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = Erasure,
    responses((status = 200, body = User)))]
#[post("/users/{id}/erase")]
pub async fn erase(cx: Writing, id: web::Path<Id>, body: Body<Erasure>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::UserManage, move |tx, actor| {
        erasing::erase(tx, actor, *id, expected.clone(), &body.0.reason)
    })
    .await
}

/// Give an assignment
///
/// A role in a unit of the own territory, from a day to a day (both included).
///
/// Who: admin, when all assignments of the account lie in the territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = AssignmentCreate,
    responses((status = 201, body = Assignment), (status = 200, body = Assignment)))]
#[post("/users/{id}/assignments")]
pub async fn assign(cx: Writing, id: web::Path<Id>, body: Body<AssignmentCreate>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::UserManage, move |tx, actor| {
        assigning::assign(tx, actor, *id, expected.clone(), &body.0)
    })
    .await
}

/// Show an assignment
///
/// Who has which role where, and until when.
///
/// Who: admin, in their territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path)), responses((status = 200, body = Assignment)))]
#[get("/assignments/{id}")]
pub async fn show_assignment(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::UserRead, Shown::Assignment, move |conn, actor| {
        let post = model::find_post(conn, actor, *id)?;
        let people = vec![post.held.user_id];
        Ok((post, people))
    });
    let post = job.await?;
    Ok(cx.versioned(post.held.version, &post.wire()))
}

/// End an assignment
///
/// At once, or with a last day. Its sessions end with it; what was done under it keeps its author.
///
/// Who: admin, in their territory.
#[utoipa::path(tag = "users", params(("id" = Id, Path), WriteQuery), request_body = Option<AssignmentEnd>,
    responses((status = 200, body = Assignment)))]
#[post("/assignments/{id}/end")]
pub async fn end(cx: Writing, id: web::Path<Id>, body: Body<AssignmentEnd>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::UserManage, move |tx, actor| ending::end(tx, actor, *id, expected.clone(), &body.0))
        .await
}
