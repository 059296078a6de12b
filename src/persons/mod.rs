//! Persons: who holds posts, apart from what makes one a Party member and from the account.
//!
//! A person is no member, no post and no account. Named persons are for the commune and the branch
//! that keep them; above, they are counts. Their names never reach the log, which cannot be erased.

pub mod change;
pub mod create;
pub mod erase;
pub mod membership;
pub mod model;
pub mod reads;
pub mod remove;
pub mod routes;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::erase)
        .service(routes::history)
        .service(routes::read_log)
        .service(routes::show_membership)
        .service(routes::admit)
        .service(routes::change_membership);
}
