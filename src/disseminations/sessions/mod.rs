//! Sessions at which a document was presented.

pub mod change;
pub mod create;
pub mod model;
pub mod routes;
