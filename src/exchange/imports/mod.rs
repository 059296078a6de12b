//! Loading history: lines of NDJSON, each done whole or not at all, by the same functions that serve
//! the API, at the time the line states.

pub mod ops;
pub mod read;
pub mod routes;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::import);
}
