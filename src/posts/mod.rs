//! Posts and who holds them: several at once, on several levels, in Party, State, Front and mass
//! organisations.
//!
//! The posts themselves are data. A post that carries a role gives the holder's account an assignment
//! for as long as it is held: duties and rights pass on with the post, authorship does not.

pub mod change;
pub mod create;
pub mod end;
pub mod hand_over;
pub mod model;
pub mod rights;
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
        .service(routes::history)
        .service(routes::end)
        .service(routes::hand_over);
}
