//! Action programmes (chương trình hành động): how a unit means to put documents into practice, from
//! the first draft over the superior's comments, adoption and issue to tasks, amendment and review.
//!
//! Read in the unit's own line, as draft documents are: by the unit and by the units above it that read
//! in detail. The paper a programme is issued as is a document like any other, and read as such.

pub mod actions;
pub mod adopt;
pub mod adoption;
pub mod affected;
pub mod change;
pub mod command;
pub mod comments;
pub mod create;
pub mod issue;
pub mod items;
pub mod likeness;
pub mod list;
pub mod make;
pub mod model;
pub mod paper;
pub mod parents;
pub mod routes;
pub mod save;
pub mod transfer;
pub mod versions;
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
        .service(routes::likeness)
        .service(routes::life::submit_for_review)
        .service(routes::life::send_to_superior)
        .service(routes::life::return_comments)
        .service(routes::life::revise)
        .service(routes::life::adopt)
        .service(routes::life::issue)
        .service(routes::life::start)
        .service(routes::life::amend)
        .service(routes::life::review)
        .service(routes::life::close)
        .service(routes::life::return_to_draft)
        .service(items::routes::list)
        .service(items::routes::create)
        .service(items::routes::show)
        .service(items::routes::change)
        .service(items::routes::remove)
        .service(items::routes::history)
        .service(comments::routes::list)
        .service(comments::routes::comment)
        .service(comments::routes::show)
        .service(comments::routes::answer)
        .service(versions::routes::list)
        .service(versions::routes::show)
        .service(versions::routes::diff)
        .service(adoption::routes::list)
        .service(adoption::routes::create);
}
