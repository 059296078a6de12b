//! Submissions: what units hand in of forms, period by period, and which they owe. Figures are kept with the
//! values of indicators; a submission has none of its own once it is handed in.

pub mod checks;
pub mod claims;
pub mod compare;
pub mod draft;
pub mod lines;
pub mod load;
pub mod model;
pub mod owed;
pub mod placed;
pub mod review;
pub mod routes;
pub mod save;
pub mod submit;
pub mod transfer;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::expectations)
        .service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::take_over)
        .service(routes::submit)
        .service(routes::withdraw)
        .service(routes::give_back)
        .service(routes::approve)
        .service(routes::unapprove)
        .service(routes::diff)
        .service(routes::verify)
        .service(routes::history)
        .service(routes::used_in)
        .service(routes::claim_used_in);
}
