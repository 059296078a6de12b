//! What a programme means to do, in order: each item with its time, its means and who answers for it.

pub mod change;
pub mod complete;
pub mod create;
pub mod model;
pub mod order;
pub mod routes;
pub mod rules;
pub mod save;
