//! The rules of the measures, one test for each, and random histories against the oracle.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::as_conversions,
    reason = "a test stops at what it did not expect"
)]

mod late;
mod numbers;
#[path = "../../../tests/api/oracle/mod.rs"]
mod oracle;
mod pooled;
mod random;
mod ranks;
mod story;
mod time_travel;

/// So many random cases. A failing one is told by its message, not kept in a file.
fn cases(cases: u32) -> proptest::test_runner::Config {
    proptest::test_runner::Config { cases, failure_persistence: None, ..Default::default() }
}
