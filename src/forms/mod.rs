//! Forms of periodic reports: what a unit asks of which units, for which periods, until when, and who
//! approves it. What decides this is kept by versions, each in force from one period on.

pub mod create;
pub mod exemptions;
pub mod lives;
pub mod model;
pub mod routes;
pub mod rules;
pub mod transfer;
pub mod versions;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::history)
        .service(routes::versions)
        .service(routes::add_version)
        .service(routes::exemptions)
        .service(routes::exempt)
        .service(routes::end_exemption)
        .service(routes::unlocks)
        .service(routes::unlock);
}
