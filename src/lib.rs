//! tiendo: follows Party resolutions from their issue to the last branch, with honest numbers.

pub mod clock;
pub mod error;
pub mod http;
pub mod ids;
pub mod text;
