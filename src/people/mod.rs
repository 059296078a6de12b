//! People: accounts and the assignments from which all rights come.
//!
//! An assignment gives an account a role in a unit from a day to a day. An admin reads the accounts
//! that have any assignment in its territory, and manages those whose assignments all lie there. For some
//! days the holder's deputy may act under an assignment too.

pub mod assign;
pub mod change;
pub mod command_line;
pub mod create;
pub mod deputies;
pub mod end;
pub mod erase;
pub mod list;
pub mod model;
pub mod reads;
pub mod routes;
pub mod switch;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::list)
        .service(routes::create)
        .service(routes::show)
        .service(routes::change)
        .service(routes::disable)
        .service(routes::enable)
        .service(routes::reset_password)
        .service(routes::history)
        .service(routes::read_log)
        .service(routes::erase)
        .service(routes::assign)
        .service(routes::show_assignment)
        .service(routes::end)
        .service(deputies::routes::appoint_deputy)
        .service(deputies::routes::list_deputies)
        .service(deputies::routes::show_deputy)
        .service(deputies::routes::end_deputy);
}
