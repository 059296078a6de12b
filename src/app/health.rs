//! Whether the service lives and is ready.

use crate::{
    app::Shared,
    error::{Error, Result},
    http::{Query, query::NoQuery},
};
use actix_web::{HttpResponse, get, web};
use diesel::RunQueryDsl;
use serde::Serialize;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use utoipa::ToSchema;

/// True between the end of the start and the beginning of the stop.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// Says whether requests are welcome.
    pub fn set(&self, welcome: bool) {
        self.0.store(welcome, Ordering::SeqCst);
    }

    /// Whether requests are welcome.
    pub fn get(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// How the service is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Health {
    #[schema(value_type = String, example = "pass")]
    pub status: &'static str,
}

/// The process lives
///
/// Never asks the database: an outage there is no reason to restart this process.
///
/// Who: anybody.
#[utoipa::path(tag = "health", security(()), responses((status = 200, body = Health)))]
#[get("/health/live")]
pub async fn live(_: Query<NoQuery>) -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "pass" })
}

/// Ready for requests
///
/// 503 while starting, while draining before a stop, and while the database does not answer.
///
/// Who: anybody.
#[utoipa::path(tag = "health", security(()), responses((status = 200, body = Health)))]
#[get("/health/ready")]
pub async fn ready(shared: web::Data<Shared>, _: Query<NoQuery>) -> Result<HttpResponse> {
    if !shared.ready.get() {
        return Err(Error::unavailable("starting or stopping"));
    }
    let asked = shared.gate.db.read(|conn| Ok(diesel::sql_query("SELECT 1").execute(conn)?)).await;
    asked.map_err(Error::unavailable)?;
    Ok(HttpResponse::Ok().json(Health { status: "pass" }))
}
