//! The register of documents and how they hang together: which paper concretises, amends or repeals
//! which. Classified papers are refused.

pub mod catalogue;
pub mod change;
pub mod create;
pub mod effects;
pub mod force;
pub mod issue;
pub mod lineage;
pub mod list;
pub mod model;
pub mod number;
pub mod parsed;
pub mod relations;
pub mod remove;
pub mod routes;
pub mod rules;
pub mod save;
pub mod series;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::parse_number)
        .service(routes::show)
        .service(routes::change)
        .service(routes::issue)
        .service(routes::enter_into_force)
        .service(routes::expire)
        .service(routes::remove)
        .service(routes::lineage)
        .service(routes::history);
}
