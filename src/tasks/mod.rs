//! Tasks.

pub mod facts;
