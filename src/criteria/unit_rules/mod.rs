//! What a unit above lays down for a unit under a set: its group, and which criteria it must hold.

pub mod create;
pub mod model;
pub mod routes;
