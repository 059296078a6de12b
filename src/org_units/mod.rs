//! Org units: the tree of committees, agencies and branches, with its history.
//!
//! Levels and kinds are data. A unit is never deleted: it closes on a day and may have successors.
//! What a unit was called and where it lay on a day is read from its dated versions.

pub mod change;
pub mod close;
pub mod create;
pub mod lineage;
pub mod model;
pub mod past;
pub mod routes;
pub mod tree;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::close)
        .service(routes::ancestors)
        .service(routes::history);
}
