//! Who adopts a programme: dated policy per level and origin, chosen by the day of adoption.

pub mod create;
pub mod gate;
pub mod model;
pub mod origin;
pub mod routes;
