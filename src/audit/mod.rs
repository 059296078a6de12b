//! Audit: the event chain is sealed in the background, its signed heads are shown, and it is checked
//! from the command line.

pub mod command_line;
pub mod heads;
pub mod routes;
pub mod sealer;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::heads);
}
