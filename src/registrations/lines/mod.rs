//! Lines: the tasks that a unit registers, one by one.

pub mod create;
pub mod edit;
pub mod model;
pub mod routes;
pub mod save;
