//! Lists that clients need: levels, kinds, document types, permissions.

use crate::http::Routes;
use crate::{
    auth::Reading,
    db::schema::{concurrency_models, document_types, levels, posts, unit_kinds},
    documents::catalogue::{self, IssuingRule},
    error::Result,
    http::{Query, query::NoQuery},
    policy::{Action, RULES, Role, Rule},
    reports::concurrency::count::Scope,
};
use actix_web::{HttpResponse, get};
use diesel::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(permissions)
        .service(list_levels)
        .service(list_unit_kinds)
        .service(list_document_types)
        .service(list_issuing_rules)
        .service(list_posts)
        .service(list_concurrency_models);
}

/// A list that is given whole.
#[derive(Debug, Serialize, ToSchema)]
pub struct Items<T> {
    pub items: Vec<T>,
}

/// A level of the organisation.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct Level {
    #[schema(example = "district")]
    pub id: String,
    /// Higher ranks lie lower in the tree.
    #[schema(example = 30)]
    pub rank: i32,
    #[schema(example = "Huyện")]
    pub name_vi: String,
    #[schema(example = "District")]
    pub name_en: String,
    /// How many levels below the own unit records are readable one by one.
    #[schema(example = 2)]
    pub detail_depth: i32,
    /// How many levels below the own unit persons are readable by name.
    #[schema(example = 0)]
    pub names_depth: i32,
}

/// A kind of unit.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct UnitKind {
    #[schema(example = "party_committee")]
    pub id: String,
    #[schema(example = 10)]
    pub rank: i32,
    #[schema(example = "Cấp ủy")]
    pub name_vi: String,
    #[schema(example = "Party committee")]
    pub name_en: String,
}

/// A type of document.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct DocumentType {
    /// The official abbreviation.
    #[schema(example = "NQ")]
    pub id: String,
    #[schema(example = 10)]
    pub rank: i32,
    #[schema(example = "Nghị quyết")]
    pub name_vi: String,
    #[schema(example = "Resolution")]
    pub name_en: String,
    /// `party`, `state` or `both`.
    #[schema(example = "both")]
    pub system: String,
}

/// A post that can be held.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct Post {
    #[schema(example = "secretary")]
    pub id: String,
    #[schema(example = 10)]
    pub rank: i32,
    #[schema(example = "Bí thư")]
    pub name_vi: String,
    #[schema(example = "Secretary")]
    pub name_en: String,
    /// `party`, `state`, `front` or `mass_organisation`.
    #[schema(example = "party")]
    pub system: String,
    /// One person at a time in a unit.
    #[schema(example = true)]
    pub single: bool,
    /// The role it gives the holder's account in the unit.
    #[schema(example = "leader")]
    pub role: Option<Role>,
}

/// A set of posts that one person holds at once.
#[derive(Debug, Serialize, Queryable, ToSchema)]
pub struct ConcurrencyModel {
    #[schema(example = "secretary_hamlet_head")]
    pub id: String,
    #[schema(example = 10)]
    pub rank: i32,
    #[schema(example = "Bí thư chi bộ đồng thời là Trưởng ấp")]
    pub name_vi: String,
    #[schema(example = "Branch secretary who is head of the hamlet")]
    pub name_en: String,
    pub scope: Scope,
    /// All its posts lie in or below one unit of this level.
    #[schema(example = "branch")]
    pub within: String,
}

/// Who may do what
///
/// The one table of rights: action × roles × how the acting unit must stand to the record.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<Rule>)))]
#[get("/meta/permissions")]
async fn permissions(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    cx.read(Action::OneSelf, |_, _| Ok(())).await?;
    Ok(HttpResponse::Ok().json(Items { items: RULES.to_vec() }))
}

/// Levels of the organisation
///
/// In rank order, with how deep each reads in detail.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<Level>)))]
#[get("/meta/levels")]
async fn list_levels(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items: Vec<Level> =
        cx.read(Action::OneSelf, |conn, _| Ok(levels::table.order(levels::rank).load(conn)?)).await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}

/// Kinds of units
///
/// In rank order.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<UnitKind>)))]
#[get("/meta/unit-kinds")]
async fn list_unit_kinds(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items: Vec<UnitKind> =
        cx.read(Action::OneSelf, |conn, _| Ok(unit_kinds::table.order(unit_kinds::rank).load(conn)?)).await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}

/// Types of documents
///
/// The official abbreviations of the Party and the State.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<DocumentType>)))]
#[get("/meta/document-types")]
async fn list_document_types(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items: Vec<DocumentType> = cx
        .read(Action::OneSelf, |conn, _| Ok(document_types::table.order(document_types::rank).load(conn)?))
        .await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}

/// Who may issue which type
///
/// Dated rules: from when to when an organ may or may not issue a type, and by which text. What no rule
/// names is not restricted.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<IssuingRule>)))]
#[get("/meta/issuing-rules")]
async fn list_issuing_rules(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items = cx.read(Action::OneSelf, |conn, _| catalogue::issuing_rules(conn)).await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}

/// Posts
///
/// Of Party, State, Front and mass organisations, in rank order.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<Post>)))]
#[get("/meta/posts")]
async fn list_posts(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items: Vec<Post> =
        cx.read(Action::OneSelf, |conn, _| Ok(posts::table.order(posts::rank).load(conn)?)).await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}

/// Models of concurrent posts
///
/// Which posts, held by one person, count as which model, in rank order.
///
/// Who: everybody.
#[utoipa::path(tag = "meta", responses((status = 200, body = Items<ConcurrencyModel>)))]
#[get("/meta/concurrency-models")]
async fn list_concurrency_models(cx: Reading, _: Query<NoQuery>) -> Result<HttpResponse> {
    let items: Vec<ConcurrencyModel> = cx
        .read(Action::OneSelf, |conn, _| {
            Ok(concurrency_models::table.order(concurrency_models::rank).load(conn)?)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Items { items }))
}
