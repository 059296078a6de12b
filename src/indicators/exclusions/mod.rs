//! Units whose figures do not go into those above: a model commune counted elsewhere, a unit under
//! rearrangement. Dated, so that past figures stay.

pub mod model;
pub mod routes;
pub mod step;
pub mod wire;
