//! Disseminations over HTTP.

use crate::{
    auth::{Reading, Writing, gate::WriteQuery},
    disseminations::{
        change as changing, checks as checking, complete as completing, create as planning, model,
        verifications as verifying,
        wire::{
            Dissemination, DisseminationCreate, DisseminationPageQuery, DisseminationPatch,
            DisseminationQuery, DisseminationVerification, DisseminationVerificationCreate, StudyCheck,
            StudyCheckCreate, WaveCompletion,
        },
    },
    documents::model as documents,
    error::Result,
    events::history::{History, HistoryQuery},
    http::{
        Body, Page, Query,
        query::{self, AnyOf, FieldsQuery},
        version::etag,
    },
    ids::Id,
    measures::Audience,
    policy::Action,
};
use actix_web::{HttpResponse, get, patch, post, web};

/// Plan the study of a document
///
/// Of any issued document the unit reads, once for each document and unit. In waves: cadres and members
/// first, the people after them or not at all.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), WriteQuery),
    request_body = DisseminationCreate,
    responses((status = 201, body = Dissemination), (status = 200, body = Dissemination)))]
#[post("/documents/{id}/disseminations")]
pub async fn create(cx: Writing, id: web::Path<Id>, body: Body<DisseminationCreate>) -> Result<HttpResponse> {
    cx.write(Action::DisseminationRecord, move |tx, actor| planning::create(tx, actor, *id, &body.0)).await
}

/// List the disseminations of a document
///
/// Those of the units of the territory, in the order in which they were planned.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), DisseminationPageQuery),
    responses((status = 200, body = Page<Dissemination>)))]
#[get("/documents/{id}/disseminations")]
pub async fn list_of_document(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<DisseminationPageQuery>,
) -> Result<HttpResponse> {
    let DisseminationPageQuery { limit, cursor, fields } = query.0;
    let narrowed = fields.clone();
    let page = cx.read(Action::DocumentRead, move |conn, actor| {
        let document = Some(documents::find(conn, actor, *id)?.id);
        let (under, unit_id, state) = (None, None, None::<AnyOf<_>>);
        let asked =
            DisseminationQuery { document_id: document, under, unit_id, state, limit, cursor, fields };
        model::list(conn, actor, &asked)
    });
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, narrowed.as_ref())?))
}

/// List disseminations
///
/// Those of the units of the territory, in the order in which they were planned. Past days: the report.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(DisseminationQuery),
    responses((status = 200, body = Page<Dissemination>)))]
#[get("/disseminations")]
pub async fn list(cx: Reading, query: Query<DisseminationQuery>) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::DocumentRead, move |conn, actor| model::list(conn, actor, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Show a dissemination
///
/// Its plan, how far it got, and what the caller may do with it.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), FieldsQuery),
    responses((status = 200, body = Dissemination)))]
#[get("/disseminations/{id}")]
pub async fn show(cx: Reading, id: web::Path<Id>, query: Query<FieldsQuery>) -> Result<HttpResponse> {
    let found = cx
        .read(Action::DocumentRead, move |conn, actor| Ok(model::find(conn, actor, *id)?.wire(actor)))
        .await?;
    // What may be done differs from caller to caller: a version would not tell.
    Ok(HttpResponse::Ok()
        .insert_header(("ETag", etag(found.version)))
        .json(query::narrow(&found, query.0.fields.as_ref())?))
}

/// Change the plan of a dissemination
///
/// Until it is complete. A wave that is complete stays as it was planned; figures of past days keep the
/// plan then in force.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), WriteQuery),
    request_body = DisseminationPatch, responses((status = 200, body = Dissemination)))]
#[patch("/disseminations/{id}")]
pub async fn change(cx: Writing, id: web::Path<Id>, body: Body<DisseminationPatch>) -> Result<HttpResponse> {
    let expected = cx.expected()?;
    cx.write(Action::DisseminationRecord, move |tx, actor| {
        changing::change(tx, actor, *id, &expected, &body.0)
    })
    .await
}

/// History of a dissemination
///
/// Plans, sessions, checks, completions and verifications, oldest first; deleted sessions too.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), HistoryQuery),
    responses((status = 200, body = Page<History>)))]
#[get("/disseminations/{id}/history")]
pub async fn history(cx: Reading, id: web::Path<Id>, query: Query<HistoryQuery>) -> Result<HttpResponse> {
    cx.history(Action::DocumentRead, *id, query.0, model::find).await
}

/// Complete a wave
///
/// Cadres and members first, no wave without a session. With the last wave of the plan the study is
/// complete.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), ("audience" = Audience, Path, description = "The wave"), WriteQuery),
    request_body = WaveCompletion, responses((status = 200, body = Dissemination)))]
#[post("/disseminations/{id}/waves/{audience}/complete")]
pub async fn complete(
    cx: Writing,
    path: web::Path<(Id, Audience)>,
    body: Body<WaveCompletion>,
) -> Result<HttpResponse> {
    let (expected, path) = (cx.if_match(), path.into_inner());
    cx.write(Action::DisseminationRecord, move |tx, actor| {
        completing::complete(tx, actor, path, expected.as_ref(), &body.0)
    })
    .await
}

/// Record a study check
///
/// A test, an essay (bài thu hoạch), an oral examination or a contest: how many were examined, how many
/// passed. Figures show it beside attendance, which is another thing. Also once the study is complete.
///
/// Who: leader, officer of the unit that studies.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), WriteQuery),
    request_body = StudyCheckCreate,
    responses((status = 201, body = StudyCheck), (status = 200, body = StudyCheck)))]
#[post("/disseminations/{id}/study-checks")]
pub async fn check(cx: Writing, id: web::Path<Id>, body: Body<StudyCheckCreate>) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DisseminationRecord, move |tx, actor| {
        checking::create(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// List the study checks of a dissemination
///
/// In the order in which they were recorded.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), DisseminationPageQuery),
    responses((status = 200, body = Page<StudyCheck>)))]
#[get("/disseminations/{id}/study-checks")]
pub async fn checks(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<DisseminationPageQuery>,
) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::DocumentRead, move |conn, actor| checking::list(conn, actor, *id, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}

/// Verify a dissemination
///
/// A superior asks a sample. Confirmed, it is verified; sent back as perfunctory, with a reason, it is
/// in progress again and nothing is deleted. Never by who planned, recorded or completed it.
///
/// Who: leader, officer, inspector of a unit above.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), WriteQuery),
    request_body = DisseminationVerificationCreate,
    responses((status = 201, body = DisseminationVerification), (status = 200, body = DisseminationVerification)))]
#[post("/disseminations/{id}/verifications")]
pub async fn verify(
    cx: Writing,
    id: web::Path<Id>,
    body: Body<DisseminationVerificationCreate>,
) -> Result<HttpResponse> {
    let expected = cx.if_match();
    cx.write(Action::DisseminationVerify, move |tx, actor| {
        verifying::verify(tx, actor, *id, expected.as_ref(), &body.0)
    })
    .await
}

/// List the verifications of a dissemination
///
/// What superiors found, in the order in which they did.
///
/// Who: leader, officer, inspector, viewer, service, in their territory.
#[utoipa::path(tag = "disseminations", params(("id" = Id, Path), DisseminationPageQuery),
    responses((status = 200, body = Page<DisseminationVerification>)))]
#[get("/disseminations/{id}/verifications")]
pub async fn verifications(
    cx: Reading,
    id: web::Path<Id>,
    query: Query<DisseminationPageQuery>,
) -> Result<HttpResponse> {
    let fields = query.0.fields.clone();
    let page = cx.read(Action::DocumentRead, move |conn, actor| verifying::list(conn, actor, *id, &query.0));
    Ok(HttpResponse::Ok().json(query::narrow_page(page.await?, fields.as_ref())?))
}
