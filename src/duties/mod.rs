//! Recurring duties (nhiệm vụ thường xuyên, định kỳ): what comes again every week, month, quarter,
//! half-year or year, and becomes a task each time, once.
//!
//! The service itself makes the tasks whose time has come, at least once an hour. What was due before
//! a duty began, while it was paused or before its days were changed is not made up for; what a
//! service that stood still has missed is made for the period before and for the running one. A made
//! task is a task like any other and keeps what it was made with, whatever becomes of the duty.

pub mod change;
pub mod create;
pub mod life;
pub mod make;
pub mod model;
pub mod routes;
pub mod save;
pub mod schedule;
pub mod sweep;
pub mod transfer;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::history)
        .service(routes::pause)
        .service(routes::resume)
        .service(routes::close)
        .service(routes::upcoming)
        .service(routes::materialise);
}
