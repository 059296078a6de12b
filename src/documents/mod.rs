//! Documents.
pub mod model;
