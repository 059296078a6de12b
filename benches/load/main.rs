//! The load bench: `cargo bench --bench load`. See `benches/README.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod ceilings;
mod cluster;
mod data;
mod http;
mod place;
mod processes;
mod run;
mod service;
mod table;
mod workloads;
mod wrk;

use clap::{Parser, ValueEnum};
use cluster::Cluster;
use data::Scale;
use service::Place;
use std::{fs, io::Write, path::Path};

/// Measures the built service over HTTP on a large data set.
#[derive(Parser)]
#[command(name = "load")]
pub struct Args {
    /// The databases to measure.
    #[arg(long, value_enum, default_value = "both")]
    db: Databases,
    /// How much data, 0.1, 1 or 10: 1 is 100,000 tasks with 500,000 reports.
    #[arg(long, default_value = "1")]
    scale: Scale,
    /// Only these workloads, separated by commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Connections at a time.
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    connections: Vec<usize>,
    /// Seconds of load for each line.
    #[arg(long, default_value = "5")]
    seconds: u32,
    /// Add the figures to benches/RESULTS.md.
    #[arg(long)]
    record: bool,
    /// Make the data set, check it, say where it is, and stop: on `LOAD_DATABASE_URL`, else on SQLite.
    #[arg(long)]
    data_only: bool,
    /// Serve a constant answer of so many bytes: how the bench starts itself.
    #[arg(long, hide = true)]
    constant: Option<usize>,
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

/// A folder that is gone when dropped; on the disk of the data set, not in memory.
struct Folder(std::path::PathBuf);

impl Folder {
    fn new() -> Self {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/load");
        let folder = target.join(format!("run-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder below target");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn main() {
    let args = Args::parse();
    if let Some(size) = args.constant {
        return ceilings::serve(size);
    }
    if args.data_only {
        return place::data_only(std::env::var("LOAD_DATABASE_URL").ok(), args.scale);
    }
    for name in &args.only {
        let known = workloads::WORKLOADS.map(|workload| workload.name);
        assert!(known.contains(&name.as_str()), "no workload {name}; there are {}", known.join(", "));
    }
    let wrk = wrk::must_be_there();
    let mut sections = Vec::new();
    if args.db != Databases::Postgres {
        sections.push(on_sqlite(&args));
    }
    if args.db != Databases::Sqlite {
        sections.push(on_postgres(&args));
    }
    let text = format!("{}\n{}", machine(&args, &wrk), sections.join("\n"));
    println!("\n{text}");
    if args.record {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/RESULTS.md");
        let mut file =
            fs::OpenOptions::new().append(true).create(true).open(file).expect("benches/RESULTS.md");
        writeln!(file, "\n{text}").expect("the results are kept");
    }
}

fn on_sqlite(args: &Args) -> String {
    let folder = Folder::new();
    let place = place::copy(&folder.0, args.scale);
    println!("\nSQLite, scale {}", args.scale);
    table::head();
    let report = run::measure(args, &folder.0, &place, None);
    table::section("SQLite", &report, &ceilings::constant(args, &folder.0, &report))
}

fn on_postgres(args: &Args) -> String {
    let folder = Folder::new();
    let cluster = Cluster::start();
    let place = Place { url: cluster.url.clone(), key: folder.0.join("tiendo.key") };
    println!("\n{}, scale {}", cluster.version, args.scale);
    data::make(&place, args.scale);
    table::head();
    let report = run::measure(args, &folder.0, &place, Some(&cluster));
    let mut more = ceilings::constant(args, &folder.0, &report);
    more.extend(ceilings::bare_sql(args, &folder.0, &cluster, &report));
    table::section(&cluster.version, &report, &more)
}

/// What was measured on what, in neutral words.
fn machine(args: &Args, wrk: &str) -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)?.parse::<u32>().ok());
    let gigabytes = f64::from(memory.unwrap_or_default()) / 1024.0 / 1024.0;
    let binary = fs::metadata(service::binary()).map_or(0, |file| file.len() / 1024 / 1024);
    let command: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    format!(
        "## {}, scale {}\n\n{cores} cores, {gigabytes:.0} GB of memory; tiendo {}, a binary of {binary} MB (release profile); \
         {wrk}.\n`cargo bench --bench load -- {}`\n",
        data::today(),
        args.scale,
        env!("CARGO_PKG_VERSION"),
        command.join(" ")
    )
}
