//! Rounds: who opens them, for whom and until when.

pub mod change;
pub mod create;
pub mod model;
pub mod routes;
pub mod rules;
pub mod save;
