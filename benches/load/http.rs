//! The least client of HTTP/1.1 and JSON that setting up and checking need; the load itself comes from `wrk`.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Error, ErrorKind, Read, Result, Write},
    net::TcpStream,
    time::Duration,
};

/// How long an answer may take: a file of units is large.
const PATIENCE: Duration = Duration::from_secs(120);

/// What came back.
pub struct Answer {
    pub status: u16,
    pub etag: Option<String>,
    pub text: String,
}

impl Answer {
    /// The body; panics unless the status is this one.
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        serde_json::from_str(&self.text).expect("an answer of JSON")
    }
}

/// One connection, under one token.
pub struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    /// Connects to `host:port`; an empty token sends none.
    pub fn new(address: &str, token: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), token: token.into() })
    }

    /// Asks for a path below `/api/v1`.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", &format!("/api/v1{path}"), "application/json", "")
    }

    /// Sends JSON to a path below `/api/v1`.
    pub fn post(&mut self, path: &str, body: &Value) -> Result<Answer> {
        self.send("POST", &format!("/api/v1{path}"), "application/json", &body.to_string())
    }

    /// Sends anything anywhere.
    pub fn send(&mut self, method: &str, path: &str, content: &str, body: &str) -> Result<Answer> {
        let bearer = match self.token.as_str() {
            "" => String::new(),
            token => format!("Authorization: Bearer {token}\r\n"),
        };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: tiendo\r\n{bearer}Content-Type: {content}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.stream.get_mut().write_all(format!("{head}{body}").as_bytes())?;
        let status = self.line()?.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default();
        let (mut length, mut etag) = (0, None);
        loop {
            let line = self.line()?;
            if line.is_empty() {
                break;
            }
            let (name, value) = line.split_once(':').unwrap_or((&line, ""));
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse().map_err(Error::other)?,
                "etag" => etag = Some(value.trim().to_owned()),
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body)?;
        Ok(Answer { status, etag, text: String::from_utf8(body).map_err(Error::other)? })
    }

    /// A line of the head, without its end.
    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        line.strip_suffix("\r\n").map(str::to_owned).ok_or_else(|| ErrorKind::UnexpectedEof.into())
    }
}
