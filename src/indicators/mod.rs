//! Indicators: what is measured and how its values come together, and the values that units report.

pub mod change;
pub mod create;
pub mod exclusions;
pub mod model;
pub mod routes;
pub mod values;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        // Before the address of one indicator, which would take the word for its id.
        .service(values::routes::parse)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::history)
        .service(exclusions::routes::list)
        .service(exclusions::routes::exclude)
        .service(exclusions::routes::end);
    values::routes(cfg);
}
