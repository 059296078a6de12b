//! Targets: what a unit is to reach of an indicator, proposed, countered, agreed or assigned, and changed
//! only with a reason and a document. Every version is kept.

pub mod content;
pub mod create;
pub mod facts;
pub mod load;
pub mod model;
pub mod parsed;
pub mod routes;
pub mod save;
pub mod step;
pub mod versions;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::parse)
        .service(routes::show)
        .service(routes::versions)
        .service(routes::history)
        .service(routes::propose)
        .service(routes::counter)
        .service(routes::agree)
        .service(routes::assign)
        .service(routes::rebaseline)
        .service(routes::withdraw);
}
