//! The micro benches: `cargo bench --bench micro`. See `benches/README.md`.
//!
//! What the service computes without its database, on inputs that are the same in every run.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod cursor;
mod figures;
mod folding;
mod likeness;
mod measures;
mod pages;
mod periods;
mod tokens;

/// The allocator of the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}
