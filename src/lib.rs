//! tiendo: follows Party resolutions from their issue to the last branch, with honest numbers.

pub mod app;
pub mod auth;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod events;
pub mod http;
pub mod ids;
pub mod org_units;
pub mod place;
pub mod policy;
pub mod text;
pub mod vocabulary;
