//! Congresses: of delegates or of all members, each of which begins a term on the day after.
//!
//! Branches have congresses and terms of their own.

pub mod change;
pub mod create;
pub mod model;
pub mod routes;
pub mod term;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::history);
}
