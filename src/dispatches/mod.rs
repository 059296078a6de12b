//! Dispatch (gửi văn bản): one document sent to many units in one call, with deadlines, and what each
//! of them did with it.
//!
//! Who reads an issued document sends it on to units below the own one: its issuer, a unit it came down
//! to, a unit above the issuer. A unit has a document once, until it is recalled; while it has it, it
//! and those above it read the document, whoever issued it. What a receipt is follows from its moments,
//! whether it is late from those and the deadlines: neither is stored.

pub mod addressees;
pub mod change;
pub mod create;
pub mod model;
pub mod receipts;
pub mod routes;
pub mod rules;
pub mod save;
pub mod transfer;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::create)
        .service(routes::list)
        .service(routes::show)
        .service(routes::change)
        .service(routes::history)
        .service(receipts::routes::list)
        .service(receipts::routes::show)
        .service(receipts::routes::history)
        .service(receipts::routes::see)
        .service(receipts::routes::receive)
        .service(receipts::routes::assign)
        .service(receipts::routes::exempt)
        .service(receipts::routes::recall);
}
