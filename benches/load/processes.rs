//! What processes used, as the kernel counts it.

use std::fs;

/// Milliseconds in a tick of the kernel's clock (100 a second on every Linux there is).
const TICK_MILLIS: u32 = 10;

/// Fields of `/proc/<pid>/stat` behind the name, which may hold spaces; the first one is the state.
fn stat(pid: u32) -> Option<Vec<u64>> {
    let text = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let (_, rest) = text.rsplit_once(") ")?;
    Some(rest.split(' ').map(|field| field.trim().parse().unwrap_or_default()).collect())
}

fn millis(ticks: u64) -> f64 {
    f64::from(u32::try_from(ticks).expect("fewer ticks than a year has")) * f64::from(TICK_MILLIS)
}

/// CPU milliseconds of a process so far.
pub fn cpu(pid: u32) -> f64 {
    millis(stat(pid).map_or(0, |fields| fields[11] + fields[12]))
}

/// CPU milliseconds of a process and of its children, living and gone.
pub fn cpu_of_family(pid: u32) -> f64 {
    let own: u64 = stat(pid).map_or(0, |fields| fields[11..=14].iter().sum());
    let children = fs::read_dir("/proc").expect("/proc").flatten().filter_map(|entry| {
        let fields = stat(entry.file_name().to_str()?.parse().ok()?)?;
        (fields[1] == u64::from(pid)).then(|| fields[11] + fields[12])
    });
    millis(own + children.sum::<u64>())
}

/// Megabytes of a process that are no mapped files.
pub fn megabytes(pid: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u32>().ok());
    f64::from(kilobytes.unwrap_or_default()) / 1024.0
}
