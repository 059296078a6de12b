//! The load bench: `cargo bench --bench load`. See `benches/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod data;
mod http;
mod place;
mod service;

use clap::{Parser, ValueEnum};
use data::Scale;

/// Measures the built service over HTTP on a large data set.
#[derive(Parser)]
#[command(name = "load")]
struct Args {
    /// The databases to measure.
    #[arg(long, value_enum, default_value = "both")]
    db: Databases,
    /// How much data: 1 is 100,000 tasks with 500,000 reports.
    #[arg(long, default_value = "1")]
    scale: Scale,
    /// Make the data set of SQLite, check it, say where it is, and stop.
    #[arg(long)]
    data_only: bool,
    /// What cargo says to every bench.
    #[arg(long, hide = true)]
    bench: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Databases {
    Sqlite,
    Postgres,
    Both,
}

fn main() {
    let args = Args::parse();
    if args.data_only {
        let url = std::env::var("LOAD_DATABASE_URL").ok();
        place::data_only(url, args.scale);
    }
}
