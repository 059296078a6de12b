//! Messages of HTTP as proxies pass them on, whole.

use crate::process::http::{read_body, read_head};
use std::io::{BufRead, BufReader, Result, Write};
use std::net::TcpStream;

/// A request or an answer.
pub struct Message {
    pub first: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Message {
    /// Reads one; an error when the connection ends before it does.
    pub fn read(from: &mut impl BufRead) -> Result<Self> {
        let (first, headers) = read_head(from)?;
        let body = read_body(from, &headers)?;
        Ok(Self { first, headers, body })
    }

    /// Sends it on as it came.
    pub fn write(&self, to: &mut impl Write) -> Result<()> {
        let mut bytes = format!("{}\r\n", self.first).into_bytes();
        for (name, value) in &self.headers {
            bytes.extend(format!("{name}: {value}\r\n").bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        to.write_all(&bytes)
    }

    /// Sends it to a server and reads the answer.
    pub fn exchange(&self, server: &mut BufReader<TcpStream>) -> Result<Self> {
        self.write(server.get_mut())?;
        Self::read(server)
    }

    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Whether it may be sent a second time without a second effect.
    pub fn is_repeatable(&self) -> bool {
        self.first.starts_with("GET ") || self.header("idempotency-key").is_some()
    }
}

/// A connection to a server.
pub fn connect(address: &str) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}
