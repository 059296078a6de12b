//! Random histories of tasks, and what every figure must be, straight from the words of the rules.
//!
//! Nothing here knows how the service computes: events are replayed one by one, units are climbed
//! one by one, shares are fractions and percentages come from long division. The unit tests of the
//! measures and the tests against the running service compare with it to the last digit.
#![allow(dead_code, unused_imports, reason = "each of the two users needs a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at what it did not expect")]

mod figures;
mod generate;
mod task;
mod world;

pub use figures::{Figures, Fraction, difference, ranks};
pub use generate::{Reach, worlds};
pub use world::{Event, Task, What, World, date, moment, status_after};
