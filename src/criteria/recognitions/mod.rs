//! Recognitions: by decision only, withdrawn by decision only.

pub mod model;
pub mod recognise;
pub mod routes;
pub mod withdraw;
