//! How figures are printed and kept.

use crate::run::{Measured, Report};

const HEAD: &str =
    "| | connections | a second | p50 ms | p99 ms | errors | CPU ms, server | database | both | server MB |";
const RULE: &str = "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |";

/// Prints the head of the table.
pub fn head() {
    println!("{HEAD}\n{RULE}");
}

/// Prints a line of it.
pub fn line(measured: &Measured) {
    println!("{}", text(measured));
}

fn text(m: &Measured) -> String {
    let o = &m.outcome;
    let refused = if o.refused.is_empty() { String::new() } else { format!(" ({})", o.refused.trim()) };
    format!(
        "| {} | {} | {:.0} | {:.2} | {:.2} | {:.0}{refused} | {:.3} | {:.3} | {:.3} | {:.0} |",
        m.title,
        m.connections,
        m.works * 1e6 / o.micros.max(1.0),
        o.p50 / 1e3,
        o.p99 / 1e3,
        o.errors,
        m.server,
        m.database,
        m.server + m.database,
        m.megabytes,
    )
}

/// What follows from lines together: a roll-up after a change is its pair without the report.
pub fn derived(report: &Report) -> Vec<String> {
    let find = |name: &str, connections: usize| {
        report.lines.iter().find(|line| line.name == name && line.connections == connections)
    };
    let pairs = report.lines.iter().filter(|line| line.name.ends_with("-changed"));
    pairs
        .filter_map(|pair| {
            let plain = find("report", pair.connections)?;
            let (server, database) = (pair.server - plain.server, pair.database - plain.database);
            let name = pair.name.trim_end_matches("-changed");
            Some(format!(
                "- {name} after a change, {} connections: {:.3} ms of CPU (pair less a report: {server:.3} server, {database:.3} database)",
                pair.connections,
                server + database
            ))
        })
        .collect()
}

/// The whole as Markdown.
pub fn section(title: &str, report: &Report, more: &[String]) -> String {
    let lines: Vec<String> = report.lines.iter().map(text).collect();
    let mut all = format!("### {title}\n\n{HEAD}\n{RULE}\n{}\n\n", lines.join("\n"));
    let facts = [
        format!("- ready after {:.0} ms", report.ready.as_secs_f64() * 1e3),
        format!(
            "- memory of the server at rest after all of it, without mapped files: {:.0} MB",
            report.megabytes
        ),
    ];
    for line in facts.iter().chain(&derived(report)).chain(more) {
        all += line;
        all.push('\n');
    }
    all
}
