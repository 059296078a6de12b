//! Regimes: when the periods of reports begin and end. Some are everybody's, others a committee's own.

pub mod change;
pub mod create;
pub mod model;
pub mod periods;
pub mod routes;
pub mod rules;
pub mod save;
pub mod wire;
