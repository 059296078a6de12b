//! The one error type and the one table of stable codes.
//!
//! A code is part of the API: clients branch on it, so a slug is never reused and never changes
//! its meaning. The texts may change; machines must not parse them. Nothing here knows a room
//! above or a web framework: `http::problem` renders an [`Error`] as `application/problem+json`.

mod advice;
mod codes;
mod said;

pub use advice::Remedy;
pub use codes::Code;
pub use said::{Phrase, Said};

use std::fmt;

/// Result of everything that can be refused.
pub type Result<T> = std::result::Result<T, Error>;

/// Values that fill the `{name}` places of a text and go out as `params`.
pub type Params = Vec<(&'static str, Said)>;

/// Where in a request a fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// JSON pointer into the body, without the leading `#`.
    Pointer(String),
    /// Name of a query or path parameter.
    Parameter(String),
    /// Name of a header.
    Header(&'static str),
}

/// One fault of one field, parameter or header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub place: Place,
    pub code: Code,
    pub params: Params,
}

impl Fault {
    /// A fault in the body at a JSON pointer such as `/due_on`.
    pub fn at(pointer: impl Into<String>, code: Code) -> Self {
        Self { place: Place::Pointer(pointer.into()), code, params: Vec::new() }
    }

    /// A fault in a query parameter.
    pub fn parameter(name: impl Into<String>, code: Code) -> Self {
        Self { place: Place::Parameter(name.into()), code, params: Vec::new() }
    }

    /// A fault in a header.
    pub fn header(name: &'static str, code: Code) -> Self {
        Self { place: Place::Header(name), code, params: Vec::new() }
    }

    /// Adds a value for a `{name}` place.
    pub fn with(mut self, name: &'static str, value: impl Into<Said>) -> Self {
        self.params.push((name, value.into()));
        self
    }
}

/// Further members of a problem document; boxed, because an error travels in every result.
pub type Extra = Box<serde_json::Map<String, serde_json::Value>>;

/// Anything that keeps a request from being done.
#[derive(Debug)]
pub struct Error {
    pub code: Code,
    pub params: Params,
    /// What is wrong with which field; empty unless the request itself is at fault.
    pub faults: Vec<Fault>,
    /// Extra members of the problem document, e.g. `current` and `yours` of a stale version.
    pub extra: Extra,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u64>,
    /// The real cause: for the log, never for the client.
    pub cause: Option<String>,
}

impl Error {
    /// An error that only its code describes.
    pub fn new(code: Code) -> Self {
        Self {
            code,
            params: Vec::new(),
            faults: Vec::new(),
            extra: Extra::default(),
            retry_after: None,
            cause: None,
        }
    }

    /// Adds a value for a `{name}` place of the text.
    pub fn with(mut self, name: &'static str, value: impl Into<Said>) -> Self {
        self.params.push((name, value.into()));
        self
    }

    /// Adds a member to the problem document.
    pub fn extra(mut self, name: &str, value: impl Into<serde_json::Value>) -> Self {
        self.extra.insert(name.into(), value.into());
        self
    }

    /// Sets the pause a client is asked to make.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// An absent record, or one outside the caller's territory: the two answer alike.
    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    /// A failure of ours; the cause goes to the log only.
    pub fn internal(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Internal) }
    }

    /// A passing overload or outage: 503 with `Retry-After`.
    pub fn unavailable(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Unavailable).retry_after(2) }
    }

    /// A request with faults: 400 when any of them is one of syntax, else 422.
    pub fn faults(faults: Vec<Fault>) -> Self {
        let syntax = faults.iter().any(|f| f.code.status() == 400);
        let code = if syntax { Code::InvalidRequest } else { Code::ValidationFailed };
        Self { faults, ..Self::new(code) }
    }

    /// One fault in the body.
    pub fn field(pointer: impl Into<String>, code: Code) -> Self {
        Self::faults(vec![Fault::at(pointer, code)])
    }
}

impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::faults(vec![fault])
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&fill(self.code.en(), &self.params))?;
        for fault in &self.faults {
            let place = match &fault.place {
                Place::Pointer(p) | Place::Parameter(p) => p.as_str(),
                Place::Header(h) => h,
            };
            write!(f, " {place}: {}", fill(fault.code.en(), &fault.params))?;
        }
        if let Some(cause) = &self.cause {
            write!(f, " ({cause})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Fills the `{name}` places of an English text.
fn fill(text: &str, params: &Params) -> String {
    fill_with(text, params, Said::plain)
}

/// Fills the `{name}` places of a text with what `say` makes of the values.
pub fn fill_with(text: &str, params: &Params, say: impl Fn(&Said) -> &str) -> String {
    let mut out = text.to_owned();
    for (name, value) in params {
        out = out.replace(&format!("{{{name}}}"), say(value));
    }
    out
}
