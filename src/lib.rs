//! tiendo: follows Party resolutions from their issue to the last branch, with honest numbers.

pub mod error;
pub mod measures;
