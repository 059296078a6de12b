//! The one append-only log: every change of anything leaves its event in the same transaction.
//!
//! Audit, history, the change feed, tags of reports and later sync, webhooks and notifications all
//! read this table. Writing goes through [`Tx`] alone, so that a mutation cannot forget its event.

pub mod history;
pub mod log;
pub mod tx;

pub use log::{Position, Recorded};
pub use tx::{Author, Changes, Event, Tx};
