//! What other systems exchange with this one.

pub mod changes;
pub mod routes;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(routes::changes);
}
