//! Programmes as they were at each hand-over, and what changed between two of them.

pub mod diff;
pub mod model;
pub mod routes;
