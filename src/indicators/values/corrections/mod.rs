//! Corrections of approved values: asked for with a reason, decided by who approves. The old value is
//! kept, and figures of past days still tell it.

pub mod model;
pub mod routes;
pub mod step;
pub mod wire;
