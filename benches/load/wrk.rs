//! `wrk` with a script: many requests, and what came of them.

use serde::Deserialize;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};

/// What a run came to.
#[derive(Deserialize, Clone, Debug)]
pub struct Outcome {
    /// Answered requests.
    pub requests: f64,
    /// Microseconds: of the whole run, and of the median and the slowest hundredth of the answers.
    pub micros: f64,
    pub p50: f64,
    pub p99: f64,
    /// Answers of 400 and more, and connections that broke.
    pub errors: f64,
    /// The statuses of the first of them, where the script looks at answers.
    pub refused: String,
}

/// Prints the outcome as one line of JSON.
const DONE: &str = r#"
local threads = {}
function setup(thread) table.insert(threads, thread) end
function done(summary, latency, requests)
  local refused = ""
  for _, thread in ipairs(threads) do refused = refused .. (thread:get("refused") or "") end
  local e = summary.errors
  print(string.format('{"requests":%d,"micros":%d,"p50":%d,"p99":%d,"errors":%d,"refused":"%s"}', summary.requests,
    summary.duration, latency:percentile(50), latency:percentile(99),
    e.status + e.connect + e.read + e.write + e.timeout, refused))
end
"#;

/// Says plainly what is missing.
pub fn must_be_there() -> String {
    let said = Command::new("wrk").arg("-v").output();
    let said = said.unwrap_or_else(|_| panic!("no wrk, which makes the load: apt-get install wrk"));
    let text = String::from_utf8_lossy(&said.stdout).into_owned() + &String::from_utf8_lossy(&said.stderr);
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}

/// Drives an address with a script for some seconds.
pub fn drive(folder: &Path, address: &str, script: &str, connections: usize, seconds: u32) -> Outcome {
    let file = folder.join("requests.lua");
    fs::write(&file, format!("{DONE}{script}")).expect("a temporary file");
    let output = Command::new("wrk")
        .args(["-t1", "--timeout", "20s", "-c", &connections.to_string(), "-d", &format!("{seconds}s"), "-s"])
        .arg(&file)
        .arg(format!("http://{address}"))
        .stderr(Stdio::inherit())
        .output()
        .expect("wrk runs");
    let text = String::from_utf8_lossy(&output.stdout);
    let line = text.lines().find(|line| line.starts_with('{'));
    serde_json::from_str(line.unwrap_or_else(|| panic!("wrk says: {text}"))).expect("what the script prints")
}
