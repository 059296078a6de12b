//! Resolution items: what a document says, taken apart (mục tiêu, chỉ tiêu, nhiệm vụ, giải pháp, khâu
//! đột phá, điều khoản) as a tree in the order of the paper, each node with an address and versions of
//! its own, so that tasks can say which clause they put into practice.
//!
//! Who sees a document sees its items. While it is a draft they change freely; once it is issued a
//! change says why, and every wording it ever had stays readable.

pub mod change;
pub mod create;
pub mod list;
pub mod model;
pub mod outline;
pub mod rank;
pub mod routes;
pub mod rules;
pub mod save;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`. What comes of an item is told by `tasks`, which lies above.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::remove)
        .service(routes::history);
}
