//! Calendars: which days are worked, and when the periods of reports begin and end.
//!
//! Both are dated data. What has begun is never recut and a deadline that has passed never moves, so that
//! figures of the past stay in their periods.

pub mod days;
pub mod model;
pub mod regimes;
pub mod transfer;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(days::routes::list)
        .service(days::routes::create)
        .service(days::routes::show)
        .service(days::routes::remove)
        .service(days::routes::history)
        .service(regimes::routes::list)
        .service(regimes::routes::create)
        .service(regimes::routes::show)
        .service(regimes::routes::change)
        .service(regimes::routes::history)
        .service(regimes::routes::periods);
}
