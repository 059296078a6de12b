//! Values that units report of indicators: one for each unit, period and class, wherever it was entered.
//!
//! Each state it had is kept with the moment it took effect, so that every figure can be told as of any
//! day. Only approved values count.

pub mod content;
pub mod corrections;
pub mod enter;
pub mod facts;
pub mod load;
pub mod model;
pub mod parsed;
pub mod routes;
pub mod save;
pub mod step;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of values under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::approve)
        .service(routes::give_back)
        .service(routes::history)
        .service(corrections::routes::list)
        .service(corrections::routes::ask)
        .service(corrections::routes::approve)
        .service(corrections::routes::reject);
}
