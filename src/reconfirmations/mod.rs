//! Amendment: what a document touches when it amends, replaces or repeals another, and what the owners of
//! that say to it.
//!
//! That an owner is asked is stored nowhere. It follows from the documents, programmes and tasks as they
//! are: a record is touched when it puts what changed into practice, over any number of steps, is not
//! done with, and was there when the new document was issued. Only answers are kept. So nothing is asked
//! any more once the new document is taken back, the record is finished, or its parents are put right;
//! and when a unit closes, whoever takes over its records is asked, and their answers go with them.

pub mod answer;
pub mod causes;
pub mod impact;
pub mod list;
pub mod model;
pub mod records;
pub mod reissues;
pub mod routes;
pub mod save;
pub mod touched;
pub mod wire;
pub mod workflow;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::impact)
        .service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::history);
}
