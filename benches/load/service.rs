//! The built service as a process, run as an operator runs it.

use crate::http::Client;
use serde_json::json;
use std::{
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// The one password of all accounts of the data set.
pub const PASSWORD: &str = "tiến độ từng chi bộ";
/// How long a start may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where a database is and the key that goes with it.
#[derive(Clone, Debug)]
pub struct Place {
    pub url: String,
    pub key: PathBuf,
}

/// The binary of the same build.
pub fn binary() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_tiendo"))
}

/// A command of the binary on a database, without what the machine's environment would say to it.
pub fn command(place: &Place) -> Command {
    let mut command = Command::new(binary());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TIENDO_")) {
        command.env_remove(name);
    }
    command.env("DATABASE_URL", &place.url).env("TIENDO_KEY_FILE", &place.key);
    command.env_remove("DATABASE_REPLICA_URL").env("RUST_LOG", "info");
    command
}

/// Makes the tables and the account that administers the instance.
pub fn create_admin(place: &Place) {
    assert!(command(place).arg("migrate").stdout(Stdio::null()).status().expect("tiendo runs").success());
    let mut child = command(place)
        .args(["user", "create", "--username", "admin", "--role", "admin", "--password-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .expect("tiendo runs");
    writeln!(child.stdin.take().expect("a pipe"), "{PASSWORD}").expect("the password is taken");
    assert!(child.wait().expect("tiendo ends").success());
}

/// A running service; killed when dropped.
pub struct Service {
    child: Child,
    /// `host:port`.
    pub address: String,
    /// From the start of the process to the first answer of `/health/ready`.
    pub ready_after: Duration,
}

impl Service {
    /// Starts it and waits until it is ready.
    pub fn start(place: &Place) -> Self {
        let begun = Instant::now();
        let mut child = command(place)
            // The address is told at `info`; nothing else of a request is.
            .env("RUST_LOG", "warn,tiendo::cli=info")
            .args(["serve", "--bind", "127.0.0.1:0", "--rate-limit", "0", "--shutdown-seconds", "10"])
            .stderr(Stdio::piped())
            .spawn()
            .expect("tiendo starts");
        let (tell, told) = mpsc::channel();
        let log = BufReader::new(child.stderr.take().expect("a pipe"));
        // Read to the end, or the service would wait for somebody to read its log.
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                match line.split_once("listening on http://") {
                    Some((_, address)) => drop(tell.send(address.trim().to_owned())),
                    None => eprintln!("  service: {line}"),
                }
            }
        });
        let mut service = Self { child, address: String::new(), ready_after: Duration::ZERO };
        service.address = told.recv_timeout(PATIENCE).expect("the service starts");
        while !service.is_ready() {
            assert!(begun.elapsed() < PATIENCE, "the service does not get ready");
            thread::sleep(Duration::from_millis(1));
        }
        service.ready_after = begun.elapsed();
        service
    }

    fn is_ready(&self) -> bool {
        let asked = Client::new(&self.address, "")
            .and_then(|mut client| client.send("GET", "/health/ready", "application/json", ""));
        asked.is_ok_and(|answer| answer.status == 200)
    }

    /// The id of its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// An access token; it holds for a quarter of an hour.
    pub fn token(&self, username: &str) -> String {
        let body = json!({"username": username, "password": PASSWORD});
        let mut client = Client::new(&self.address, "").expect("the service listens");
        let answer = client.post("/auth/login", &body).expect("an answer").expect(200);
        answer["access_token"].as_str().expect("a token").to_owned()
    }

    /// A client logged in as this account.
    pub fn client(&self, username: &str) -> Client {
        Client::new(&self.address, &self.token(username)).expect("the service listens")
    }

    /// Stops it as an operator does.
    pub fn stop(mut self) {
        let pid = self.pid().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        let asked = Instant::now();
        while self.child.try_wait().expect("a child").is_none() {
            assert!(asked.elapsed() < Duration::from_secs(60), "the service does not stop");
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // Already gone after `stop`.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
