//! The register of documents and how they hang together: which paper concretises, amends or repeals
//! which. Classified papers are refused.

pub mod change;
pub mod create;
pub mod issue;
pub mod lineage;
pub mod model;
pub mod number;
pub mod relations;
pub mod remove;
pub mod routes;
pub mod rules;
pub mod save;
pub mod wire;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::issue)
        .service(routes::remove)
        .service(routes::lineage)
        .service(routes::history);
}
