//! Audit: the event chain is sealed in the background, its signed heads are shown, and it is checked
//! from the command line.

pub mod command_line;
pub mod heads;
pub mod routes;
pub mod sealer;

use utoipa_actix_web::service_config::ServiceConfig;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(routes::heads);
}
