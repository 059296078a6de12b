//! tiendo: follows Party resolutions from their issue to the last branch, with honest numbers.

pub mod app;
pub mod audit;
pub mod auth;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod demo;
pub mod documents;
pub mod error;
pub mod events;
pub mod exchange;
pub mod http;
pub mod ids;
pub mod measures;
pub mod org_units;
pub mod people;
pub mod place;
pub mod policy;
pub mod reports;
pub mod settings;
pub mod tasks;
pub mod terms;
pub mod text;
pub mod vocabulary;
