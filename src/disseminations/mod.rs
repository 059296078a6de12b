//! Dissemination (quán triệt): one unit's study of one document, in waves, cadres and members first.
//!
//! A unit plans, records the sessions it held and what was understood, and says when a wave is complete;
//! a unit above asks a sample and confirms, or sends back what was perfunctory. Nothing is deleted by
//! that. What a study was on a past day follows from stored days (`facts`), judged in `measures`.

pub mod change;
pub mod checks;
pub mod complete;
pub mod create;
pub mod facts;
pub mod model;
pub mod routes;
pub mod rules;
pub mod save;
pub mod sessions;
pub mod transfer;
pub mod verifications;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::create)
        .service(routes::list_of_document)
        .service(routes::list)
        .service(routes::show)
        .service(routes::change)
        .service(routes::history)
        .service(routes::complete)
        .service(routes::check)
        .service(routes::checks)
        .service(routes::verify)
        .service(routes::verifications)
        .service(sessions::routes::create)
        .service(sessions::routes::list)
        .service(sessions::routes::show)
        .service(sessions::routes::change)
        .service(sessions::routes::delete);
}
