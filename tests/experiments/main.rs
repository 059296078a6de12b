//! The promises, tried: the built service is killed, starved, flooded and cut off, and what it
//! acknowledged is compared with what is there. README.md says how to run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::as_conversions)]

mod check;
mod e01_kill;
mod e02_failover;
mod e03_loss;
mod e04_full;
mod e05_stall;
mod e06_restart;
mod e07_slow;
mod e09_spike;
mod e12_feed;
mod e15_clocks;
mod load;
mod lossy;
mod pg;
#[path = "../process/mod.rs"]
mod process;
mod proxy;
mod replica;
mod site;
mod wire;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::{Duration, Instant},
};

/// How much of an experiment is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// So that all of them take minutes.
    Short,
    /// With the numbers that are promised.
    Full,
}

/// How long something may take that takes so long at most in a release build: an unoptimised one, as the
/// short forms run it beside whatever else the machine does, gets four times as long.
pub const fn within(release: Duration) -> Duration {
    if cfg!(debug_assertions) { release.saturating_mul(4) } else { release }
}

/// Which part of a rate must be kept that is kept to four fifths in a release build on a machine of its own.
pub const FOUR_FIFTHS: f64 = if cfg!(debug_assertions) { 0.5 } else { 0.8 };

impl Form {
    /// The one or the other figure.
    pub fn pick<T>(self, short: T, full: T) -> T {
        match self {
            Self::Short => short,
            Self::Full => full,
        }
    }
}

/// What an experiment came to; one that failed has panicked.
pub enum Outcome {
    /// It holds: the figures, a line each.
    Held(Vec<String>),
    /// Not tried here, and why.
    Skipped(String),
}

type Experiment = (&'static str, &'static str, fn(Form) -> Outcome);

const EXPERIMENTS: &[Experiment] = &[
    ("E1", "killed in the middle of writes", e01_kill::run),
    ("E2", "the primary killed, the standby promoted", e02_failover::run),
    ("E3", "requests and answers lost", e03_loss::run),
    ("E4", "the disk full", e04_full::run),
    ("E5", "the database frozen", e05_stall::run),
    ("E6", "stopped and started again under load", e06_restart::run),
    ("E7", "thousands of slow connections", e07_slow::run),
    ("E9", "ten times as many callers", e09_spike::run),
    ("E12", "the change feed followed while others write", e12_feed::run),
    ("E15", "the clock of the host leaps", e15_clocks::run),
    ("R1", "a replica that lags and dies", replica::run),
];

fn main() -> ExitCode {
    let (mut form, mut wanted) = (Form::Short, Vec::new());
    for word in std::env::args().skip(1) {
        match word.as_str() {
            "short" => form = Form::Short,
            "full" => form = Form::Full,
            name if EXPERIMENTS.iter().any(|(known, ..)| *known == name) => wanted.push(word),
            other => {
                eprintln!("{other}? Say: [short|full] [names among {}]", names());
                return ExitCode::from(2);
            }
        }
    }
    let (mut failed, mut skipped, mut held) = (Vec::new(), Vec::new(), 0);
    for (name, what, run) in EXPERIMENTS.iter().filter(|(name, ..)| asked_for(&wanted, name)) {
        println!("\n== {name} {what}");
        let begun = Instant::now();
        match catch_unwind(AssertUnwindSafe(|| run(form))) {
            Ok(Outcome::Held(figures)) => {
                held += 1;
                figures.iter().for_each(|line| println!("   {line}"));
                println!("   {name} holds, after {:.0} s", begun.elapsed().as_secs_f64());
            }
            Ok(Outcome::Skipped(why)) => {
                skipped.push(*name);
                println!("   {name} WAS NOT TRIED: {why}");
            }
            Err(why) => {
                failed.push(*name);
                println!("   {name} FAILED: {}", text(&*why));
            }
        }
    }
    println!("\n{held} held; not tried: {}; failed: {}", list(&skipped), list(&failed));
    if failed.is_empty() && held > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn asked_for(wanted: &[String], name: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|word| word == name)
}

fn names() -> String {
    EXPERIMENTS.iter().map(|(name, ..)| *name).collect::<Vec<_>>().join(" ")
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "none".into() } else { names.join(" ") }
}

fn text(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or("without a word")
}
