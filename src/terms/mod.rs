//! Terms of committees: named spans of years to which documents and tasks belong.
//!
//! Terms of one unit may overlap: the report on one is written while the next has begun.

pub mod change;
pub mod create;
pub mod model;
pub mod remove;
pub mod routes;
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
