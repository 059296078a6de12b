//! From a clause down to the tasks of branches, and back up: what comes of what.
//!
//! Both ways are followed to their end, also through what the reader does not see: that is counted and
//! not shown. A task is told once, over however many ways it is reached.

pub mod origins;
pub mod reach;
pub mod thread;
