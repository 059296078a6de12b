//! What is said of units and criteria: by themselves, and by units above.

pub mod answer;
pub mod assess;
pub mod list;
pub mod model;
pub mod routes;
pub mod save;
