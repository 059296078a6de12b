//! Days that are other than their weekday says: holidays, and Saturdays worked in exchange.

pub mod create;
pub mod model;
pub mod remove;
pub mod routes;
pub mod wire;
