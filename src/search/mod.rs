//! Search over documents, tasks and units, as a clerk types it: without marks, with abbreviations, the
//! last word half finished.
//!
//! - `question`: what was asked: parts, each with the ways to say it;
//! - `find`: the records that may answer, from the index of the database and inside the territory;
//! - `rank`: which answers better, here and not in the database, so that both order alike;
//! - `snippet`: the place in the text that answers.

pub mod find;
pub mod question;
pub mod rank;
pub mod routes;
pub mod snippet;
pub mod wire;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::search);
}
