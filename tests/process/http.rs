//! The least client of HTTP/1.1 that talks to the service: one connection, JSON, answers with a length.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Result, Write},
    net::{TcpStream, ToSocketAddrs},
    time::Duration,
};

/// How long an answer may take before the client gives up.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// Names in small letters.
    pub headers: Vec<(String, String)>,
    pub text: String,
}

impl Answer {
    /// A header's value; empty when it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The body as JSON; null when it is none.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }

    /// The id of the record that the answer shows.
    pub fn id(&self) -> String {
        self.json()["id"].as_str().unwrap_or_else(|| panic!("no id: {self:?}")).to_owned()
    }

    /// The answer, if it has this status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }
}

/// One connection.
pub struct Client {
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    /// Connects; without a token nothing is said about who calls.
    pub fn new(address: &str, token: &str) -> Result<Self> {
        Self::patient(address, token, PATIENCE)
    }

    /// The same with another patience for each answer.
    pub fn patient(address: &str, token: &str, patience: Duration) -> Result<Self> {
        let at = address.to_socket_addrs()?.next().ok_or(ErrorKind::AddrNotAvailable)?;
        let stream = TcpStream::connect_timeout(&at, patience)?;
        stream.set_read_timeout(Some(patience))?;
        stream.set_write_timeout(Some(patience))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), token: token.into() })
    }

    /// Status and body; an error when the connection ends before the answer does.
    pub fn post(&mut self, path: &str, body: &str) -> Result<(u16, String)> {
        self.send("POST", path, &[], body).map(|answer| (answer.status, answer.text))
    }

    /// Reads something.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.send("GET", path, &[], "")
    }

    /// Sends a request and reads its answer. Without a body no type and no length are sent.
    pub fn send(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Result<Answer> {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: tiendo\r\n");
        if !self.token.is_empty() {
            request.push_str(&format!("Authorization: Bearer {}\r\n", self.token));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request
                .push_str(&format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        request.push_str(body);
        self.stream.get_mut().write_all(request.as_bytes())?;
        read_answer(&mut self.stream)
    }
}

/// Reads one answer.
pub fn read_answer(from: &mut impl BufRead) -> Result<Answer> {
    let (first, headers) = read_head(from)?;
    let status = first.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(ErrorKind::InvalidData)?;
    let text = String::from_utf8(read_body(from, &headers)?).map_err(|_| ErrorKind::InvalidData)?;
    Ok(Answer { status, headers, text })
}

/// The first line of a message and its headers.
pub fn read_head(from: &mut impl BufRead) -> Result<(String, Vec<(String, String)>)> {
    let first = line(from)?;
    let mut headers = Vec::new();
    loop {
        let line = line(from)?;
        let Some((name, value)) = line.split_once(':') else { return Ok((first, headers)) };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// The body that the headers announce.
pub fn read_body(from: &mut impl Read, headers: &[(String, String)]) -> Result<Vec<u8>> {
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.map_or(Ok(0), |(_, value)| value.parse()).map_err(|_| ErrorKind::InvalidData)?;
    let mut body = vec![0; length];
    from.read_exact(&mut body)?;
    Ok(body)
}

/// A line of the head, without its end.
fn line(from: &mut impl BufRead) -> Result<String> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    match line.strip_suffix("\r\n") {
        Some(line) => Ok(line.to_owned()),
        None => Err(ErrorKind::UnexpectedEof.into()),
    }
}
