//! Receipts: a document as one unit got it.

pub mod command;
pub mod list;
pub mod model;
pub mod routes;
pub mod save;
pub mod workflow;
