//! The OpenAPI document: generated from the routes, then completed with what every operation shares.

mod base;
mod codes;
mod complete;
mod examples;
mod problems;
mod schemas;

use crate::{
    app::Shared,
    error::{Error, Result},
    http::{Query, query::NoQuery, routes::Described},
};
use actix_web::{
    HttpResponse, get,
    http::header::{CACHE_CONTROL, LOCATION},
    web,
};
pub use base::base;
use serde_json::{Map, Value};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Methods an operation of the document can have.
const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The document, as it is committed; a test holds it against [`generated`]. Static: of a
/// constant the binary would hold one for each unit of code that names it.
pub static DOCUMENT: &str = include_str!("../../../openapi/openapi.json");

/// The document that the routes make. Nothing of this is in the binary, which has [`DOCUMENT`].
pub fn generated() -> String {
    let mut bare = base();
    super::api(&mut Described { document: &mut bare, prefix: super::PREFIX });
    super::beside(&mut Described { document: &mut bare, prefix: "" });
    let mut document = serde_json::to_value(bare).unwrap_or_default();
    complete::complete(&mut document);
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// This document
///
/// What the service offers, in OpenAPI 3.1.
///
/// Who: anybody.
#[utoipa::path(tag = "meta", operation_id = "openapi", security(()),
    responses((status = 200, description = "The document", body = Object, example = json!({"openapi": "3.1.0"}))))]
#[get("/openapi.json")]
pub async fn show(_: Query<NoQuery>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/json")
        .insert_header((CACHE_CONTROL, "public, max-age=300"))
        .body(DOCUMENT)
}

/// The page that shows this document
///
/// Leads to Swagger UI, served from the binary; absent (404) when switched off.
///
/// Who: anybody.
#[utoipa::path(tag = "meta", operation_id = "docs", security(()),
    responses((status = 308, description = "The page is at `/docs/`", headers(("Location" = String)))))]
#[get("/docs")]
pub async fn docs(shared: web::Data<Shared>, _: Query<NoQuery>) -> Result<HttpResponse> {
    if shared.settings.no_docs {
        return Err(Error::not_found());
    }
    Ok(HttpResponse::PermanentRedirect().insert_header((LOCATION, "/docs/")).finish())
}

/// Serves the page and what it loads, unless switched off.
pub fn serve_page(cfg: &mut web::ServiceConfig, shared: &Shared) {
    if !shared.settings.no_docs {
        let config = Config::from("/api/v1/openapi.json").show_extensions(true).persist_authorization(false);
        cfg.service(SwaggerUi::new("/docs/{_:.*}").config(config));
    }
}

/// Sets a member of an object.
fn put(object: &mut Value, name: &str, value: impl Into<Value>) {
    if let Some(members) = object.as_object_mut() {
        members.insert(name.into(), value.into());
    }
}

/// The object at a member of an object, made when it is absent; none where something else stands.
fn member<'a>(object: &'a mut Value, name: &str) -> Option<&'a mut Map<String, Value>> {
    object.as_object_mut()?.entry(name).or_insert_with(|| Map::new().into()).as_object_mut()
}
