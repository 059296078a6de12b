//! The built binary as a process, and the least client that talks to it.

use crate::scratch::Scratch;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader, Read, Result, Write},
    net::TcpStream,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

const NAME: &str = "quantri";
const PASSWORD: &str = "mật khẩu thử 2023";
const PATIENCE: Duration = Duration::from_secs(20);

fn tiendo(scratch: &Scratch) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    // What the machine's environment says is not meant for the test.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("TIENDO_")) {
        command.env_remove(name);
    }
    command.env("DATABASE_URL", &scratch.url).env_remove("DATABASE_REPLICA_URL").env("RUST_LOG", "info");
    command
}

/// Makes the tables and the account that administers the instance, from the command line.
pub fn create_admin(scratch: &Scratch) {
    assert!(tiendo(scratch).arg("migrate").stdout(Stdio::null()).status().unwrap().success());
    let mut child = tiendo(scratch)
        .args(["user", "create", "--username", NAME, "--role", "admin", "--password-stdin"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    writeln!(child.stdin.take().unwrap(), "{PASSWORD}").unwrap();
    assert!(child.wait().unwrap().success());
}

/// A running service; killed when dropped.
pub struct Service {
    child: Child,
    pub address: String,
    pub key: PathBuf,
}

impl Service {
    pub fn start(scratch: &Scratch) -> Self {
        let key = std::env::temp_dir().join(format!("{}.key", tiendo::ids::Id::new()));
        let mut child = tiendo(scratch)
            .args(["serve", "--bind", "127.0.0.1:0", "--rate-limit", "0", "--shutdown-seconds", "10"])
            .arg("--key-file")
            .arg(&key)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, told) = mpsc::channel();
        let log = BufReader::new(child.stderr.take().unwrap());
        // Read to the end, or the service would wait for somebody to read its log.
        thread::spawn(move || {
            for line in log.lines().map_while(Result::ok) {
                if let Some((_, address)) = line.split_once("listening on http://") {
                    let _ = tell.send(address.trim().to_owned());
                }
            }
        });
        let mut service = Self { child, address: String::new(), key };
        service.address = told.recv_timeout(PATIENCE).expect("the service starts");
        service
    }

    pub fn log_in(&self) -> String {
        let body = json!({"username": NAME, "password": PASSWORD}).to_string();
        let (status, text) =
            Client::new(&self.address, "").unwrap().post("/api/v1/auth/login", &body).unwrap();
        assert_eq!(status, 200, "{text}");
        let body: Value = serde_json::from_str(&text).unwrap();
        body["access_token"].as_str().unwrap().to_owned()
    }

    /// SIGKILL: it cannot be caught.
    pub fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// SIGTERM; gives the exit code, `None` when it had to be killed after all.
    pub fn stop(&mut self, patience: Duration) -> Option<i32> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
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
        let _ = std::fs::remove_file(&self.key);
    }
}

/// One connection of HTTP/1.1, for JSON.
pub struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    pub fn new(address: &str, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), token: token.into() })
    }

    /// Status and body; an error when the connection ends before the answer does.
    pub fn post(&mut self, path: &str, body: &str) -> Result<(u16, String)> {
        let bearer = match self.token.as_str() {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: tiendo\r\n{bearer}Content-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        self.stream.get_mut().write_all(request.as_bytes())?;
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        let mut length = 0;
        loop {
            let line = self.line()?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok((status, String::from_utf8(body).unwrap()))
    }

    /// A line of the head, without its end.
    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        match line.strip_suffix("\r\n") {
            Some(line) => Ok(line.to_owned()),
            None => Err(std::io::ErrorKind::UnexpectedEof.into()),
        }
    }
}
