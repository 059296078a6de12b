//! Persons over HTTP.

use crate::{
    auth::{
        Reading, Writing,
        gate::WriteQuery,
        reads::{PersonalRead, ReadsQuery, Shown},
    },
    error::Result,
    events::history::{History, HistoryQuery, page},
    http::{
        Body, Page, Query,
        query::{self, FieldsQuery, NoQuery},
    },
    ids::Id,
    people::wire::Erasure,
    persons::{
        change as changing, create as creating, erase as erasing, membership, model, reads,
        remove as removing,
        wire::{
            Membership, MembershipCreate, MembershipPatch, Person, PersonCreate, PersonPatch, PersonQuery,
        },
    },
    policy::Action,
};
use actix_web::{HttpResponse, delete, get, patch, post, web};

/// List persons
///
/// Kept by units of the territory, by name only where the level of the own unit reads names: in the
/// commune and the branch that keep them. In the order they were recorded.
///
/// Who: leader, officer, inspector, viewer, in the units whose names they read.
#[utoipa::path(tag = "persons", params(PersonQuery), responses((status = 200, body = Page<Person>)))]
#[get("/persons")]
pub async fn list(cx: Reading, query: Query<PersonQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let job = cx.read_personal(Action::PersonRead, Shown::List, move |conn, actor| {
        let page = model::list(conn, actor, &query.0)?;
        let people = page.items.iter().map(|person| person.id).collect();
        Ok((page, people))
    });
    Ok(HttpResponse::Ok().json(query::narrow_page(job.await?, fields.as_ref())?))
}

/// Record a person
///
/// Whom a unit keeps, perhaps with the account that stands for the person.
///
/// Who: leader, officer, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(WriteQuery), request_body = PersonCreate,
    responses((status = 201, body = Person), (status = 200, body = Person)))]
#[post("/persons")]
pub async fn create(cx: Writing, body: Body<PersonCreate>) -> Result<HttpResponse> {
    cx.write(Action::PersonManage, move |tx, actor| creating::create(tx, actor, &body.0)).await
}

/// Show a person
///
/// With the unit that keeps the record. Membership and posts are asked for apart.
///
/// Who: leader, officer, inspector, viewer, in the units whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), FieldsQuery), responses((status = 200, body = Person)))]
#[get("/persons/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::PersonRead, Shown::Record, move |conn, actor| {
        let row = model::find(conn, actor, *id)?;
        Ok((model::wire_one(conn, row)?, vec![*id]))
    });
    let person = job.await?;
    Ok(cx.versioned(person.version, &query::narrow(&person, query.0.fields.as_ref())?))
}

/// Correct a person
///
/// Name, year of birth, the unit that keeps the record, the account.
///
/// Who: leader, officer, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), WriteQuery), request_body = PersonPatch,
    responses((status = 200, body = Person)))]
#[patch("/persons/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<PersonPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::PersonManage, move |tx, actor| {
        changing::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}

/// Delete a person
///
/// Recorded by mistake: refused for who ever held a post. Nothing personal is kept.
///
/// Who: leader, officer, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), WriteQuery), responses((status = 204)))]
#[delete("/persons/{id}")]
pub async fn remove(cx: Writing, id: web::Path<Id>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::PersonManage, move |tx, actor| removing::remove(tx, actor, *id, expected.clone())).await
}

/// Erase a person's data
///
/// For who holds no post any more: the name becomes a neutral text; year of birth, account, party card
/// and days are gone, from the history too. Which posts were held stays, under the id. This cannot be
/// undone, and the record cannot be changed again.
///
/// Who: leader, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), WriteQuery), request_body = Erasure,
    responses((status = 200, body = Person)))]
#[post("/persons/{id}/erase")]
pub async fn erase(cx: Writing, id: web::Path<Id>, body: Body<Erasure>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::PersonErase, move |tx, actor| {
        erasing::erase(tx, actor, *id, expected.clone(), &body.0.reason)
    })
    .await
}

/// History of a person
///
/// Every change of the person and the membership, oldest first. What was erased shows as `***`.
///
/// Who: leader, officer, inspector, in the units whose names they read: it tells of the membership too.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), HistoryQuery), responses((status = 200, body = Page<History>)))]
#[get("/persons/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::MemberRead, Shown::History, move |conn, actor| {
        model::find(conn, actor, *id)?;
        Ok((page(conn, *id, &query.0)?, vec![*id]))
    });
    Ok(HttpResponse::Ok().json(job.await?))
}

/// Readings of a person
///
/// Who was shown the person, a list with them, the membership or the history, latest first; kept for as
/// long as the settings say.
///
/// Who: the person concerned, by the account; an inspector, in the units whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), ReadsQuery),
    responses((status = 200, body = Page<PersonalRead>)))]
#[get("/persons/{id}/reads")]
pub async fn read_log(cx: Reading, id: web::Path<Id>, query: Query<ReadsQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::OneSelf, Shown::Reads, move |conn, actor| {
        Ok((reads::page(conn, actor, *id, &query.0)?, vec![*id]))
    });
    Ok(HttpResponse::Ok().json(job.await?))
}

/// Show a membership
///
/// What makes the person a Party member; 404 for who is none.
///
/// Who: leader, officer, inspector, in the units whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path)), responses((status = 200, body = Membership)))]
#[get("/persons/{id}/membership")]
pub async fn show_membership(cx: Reading, id: web::Path<Id>, _: Query<NoQuery>) -> Result<HttpResponse> {
    let job = cx.read_personal(Action::MemberRead, Shown::Record, move |conn, actor| {
        Ok((membership::show(conn, actor, *id)?, vec![*id]))
    });
    let found = job.await?;
    Ok(cx.versioned(found.version, &found))
}

/// Record a membership
///
/// Once for a person; a member who leaves gets the status `left`.
///
/// Who: leader, officer, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), WriteQuery), request_body = MembershipCreate,
    responses((status = 201, body = Membership)))]
#[post("/persons/{id}/membership")]
pub async fn admit(cx: Writing, id: web::Path<Id>, body: Body<MembershipCreate>) -> Result<HttpResponse> {
    cx.write(Action::MemberManage, move |tx, actor| membership::admit(tx, actor, *id, &body.0)).await
}

/// Correct a membership
///
/// Card, days and status.
///
/// Who: leader, officer, for their unit and those below it whose names they read.
#[utoipa::path(tag = "persons", params(("id" = Id, Path), WriteQuery), request_body = MembershipPatch,
    responses((status = 200, body = Membership)))]
#[patch("/persons/{id}/membership")]
pub async fn change_membership(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<MembershipPatch>,
) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::MemberManage, move |tx, actor| {
        membership::change(tx, actor, *id, expected.clone(), body.0.clone())
    })
    .await
}
