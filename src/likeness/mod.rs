//! How alike papers are: what a document repeats of the one it goes back to, and of those that others
//! made from the same one (`tránh rập khuôn máy móc`). It warns and never blocks.
//!
//! - `passages`: a text cut into passages, each a set of shingles (runs of three words) in which figures
//!   and names of units are all the same;
//! - `compare`: which passages of one text stand in another, by the share of shingles in common;
//! - `comparison`: one text against its parents and its siblings;
//! - `find`: the documents to compare.
//!
//! Shingles are the standard measure of near copies (Broder, 1997). Texts are at most a megabyte and
//! siblings a few hundred, so they are compared exactly and no sketch of them is kept.

pub mod compare;
pub mod comparison;
pub mod find;
pub mod passages;
pub mod routes;
pub mod wire;

#[cfg(test)]
mod tests;

use crate::http::Routes;

/// Routes of this room under `/api/v1`.
pub fn routes(cfg: &mut impl Routes) {
    cfg.service(routes::likeness);
}
