//! The one append-only log: every change of anything leaves its event in the same transaction.
//!
//! Audit, history, the change feed, tags of reports and later sync, webhooks and notifications all
//! read this table. Writing goes through [`Tx`] alone, so that a mutation cannot forget its event.
//!
//! Settled events are sealed into a hash chain ([`chain`], [`seal`]), which [`verify`] checks. What is
//! personal stands beside the log ([`personal`]).

pub mod broken;
pub mod chain;
pub mod history;
pub mod log;
pub mod mark;
pub mod personal;
pub mod seal;
pub mod tx;
pub mod verify;

pub use log::{Position, Recorded};
pub use tx::{Author, Changes, Event, Tx};
