//! Sets: from draft to force, version by version.

pub mod change;
pub mod create;
pub mod model;
pub mod routes;
pub mod rules;
pub mod save;
