//! The built binary as a process, for every test that has to start, stop or kill one.

// Each of the two test programs uses a part of it.
#![allow(dead_code)]

pub mod http;

pub use http::{Answer, Client};

use http::PATIENCE;
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Result, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// The account that administers the instance.
pub const ADMIN: &str = "quantri";
/// The password of every account made here.
pub const PASSWORD: &str = "mật khẩu thử 2023";

fn tiendo(url: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    // What the machine's environment says is not meant for the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TIENDO_")) {
        command.env_remove(name);
    }
    command.env("DATABASE_URL", url).env_remove("DATABASE_REPLICA_URL").env("RUST_LOG", "info");
    command
}

/// Makes the tables and the account that administers the instance, from the command line.
pub fn create_admin(url: &str) {
    assert!(tiendo(url).arg("migrate").stdout(Stdio::null()).status().unwrap().success());
    create_user(url, ADMIN, "admin", None);
}

/// Makes an account from the command line; `unit` is a unit's code.
pub fn create_user(url: &str, name: &str, role: &str, unit: Option<&str>) {
    let mut command = tiendo(url);
    command.args(["user", "create", "--username", name, "--role", role, "--password-stdin"]);
    if let Some(unit) = unit {
        command.args(["--unit", unit]);
    }
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// The tokens of a log-in.
pub fn log_in(address: &str, name: &str) -> Answer {
    try_log_in(address, name).expect(200)
}

/// What a log-in is answered.
pub fn try_log_in(address: &str, name: &str) -> Answer {
    let body = json!({"username": name, "password": PASSWORD}).to_string();
    let mut client = Client::new(address, "").unwrap();
    client.send("POST", "/api/v1/auth/login", &[], &body).unwrap()
}

/// How a service is to be started.
pub struct Start {
    command: Command,
}

impl Start {
    /// On a database and with a key, on a port of the system's choice, without a limit of requests.
    pub fn new(url: &str, key: &Path) -> Self {
        let mut command = tiendo(url);
        command.arg("serve").arg("--key-file").arg(key);
        command.args(["--rate-limit", "0", "--shutdown-seconds", "10"]).env("TIENDO_BIND", "127.0.0.1:0");
        Self { command }
    }

    /// Listens at this address.
    pub fn at(self, address: &str) -> Self {
        self.with("TIENDO_BIND", address)
    }

    /// Says something more in the environment.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Starts it and waits until it listens.
    pub fn run(mut self) -> Service {
        let begun = Instant::now();
        let mut child = self.command.stderr(Stdio::piped()).spawn().unwrap();
        let (tell, told) = mpsc::channel();
        let log = BufReader::new(child.stderr.take().unwrap());
        // Read to the end, or the service would wait for somebody to read its log.
        thread::spawn(move || {
            let show = std::env::var_os("SHOW_LOG").is_some();
            for line in log.lines().map_while(Result::ok) {
                if show {
                    eprintln!("{line}");
                }
                if let Some((_, address)) = line.split_once("listening on http://") {
                    let _ = tell.send(address.trim().to_owned());
                }
            }
        });
        let mut service = Service { child, address: String::new(), took: Duration::ZERO };
        service.address = told.recv_timeout(PATIENCE).expect("the service starts");
        service.took = begun.elapsed();
        service
    }
}

/// A running service; killed when dropped.
pub struct Service {
    child: Child,
    pub address: String,
    /// From its start until it listened.
    pub took: Duration,
}

impl Service {
    /// A token of who administers the instance.
    pub fn log_in(&self) -> String {
        token(&log_in(&self.address, ADMIN))
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL: it cannot be caught.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; gives the exit code, `None` when it had to be killed after all.
    pub fn stop(&mut self, patience: Duration) -> Option<i32> {
        signal(self.pid(), "TERM");
        let asked = Instant::now();
        while asked.elapsed() < patience {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            thread::sleep(Duration::from_millis(20));
        }
        self.kill();
        None
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The access token of a log-in's answer.
pub fn token(answer: &Answer) -> String {
    answer.json()["access_token"].as_str().unwrap().to_owned()
}

/// Sends a signal to a process; one that is gone already is no error.
pub fn signal(pid: u32, name: &str) {
    Command::new("kill").arg(format!("-{name}")).arg(pid.to_string()).stderr(Stdio::null()).status().unwrap();
}

/// A place for the key of a service, which makes it; gone when dropped.
pub struct KeyFile(pub PathBuf);

impl KeyFile {
    pub fn new() -> Self {
        Self(std::env::temp_dir().join(format!("{}.key", tiendo::ids::Id::new())))
    }
}

impl Drop for KeyFile {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
