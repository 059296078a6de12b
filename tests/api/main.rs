//! The one test binary: every test of the service that needs a database or a running app.
//!
//! `TEST_DATABASE_URL` decides the database: empty means a SQLite file per test, a PostgreSQL URL
//! means a database per test (a schema where no database can be made).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod audit;
mod auth;
mod bulk;
mod calendars;
mod conformance;
mod congresses;
mod crash;
mod criteria;
mod db;
mod demo;
mod deputies;
mod dice;
mod dispatches;
mod disseminations;
mod documents;
mod duties;
mod events;
mod forms;
mod fraction;
mod harness;
mod imports;
mod indicators;
mod layering;
mod matrix;
mod openapi;
mod oracle;
mod org_units;
mod people;
mod persons;
mod plans;
mod posts;
#[path = "../process/mod.rs"]
mod process;
mod programmes;
mod reconfirmations;
mod registrations;
mod reports;
mod resolution_items;
mod scratch;
mod search;
mod settings;
mod story;
mod submissions;
mod targets;
mod tasks;
mod terms;
mod wire;
