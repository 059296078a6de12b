//! Versions of records: `ETag` out, `If-Match` and `If-None-Match` in (RFC 9110).

use crate::error::{Code, Error, Fault, Place, Result};
use actix_web::{HttpRequest, http::header};

/// The strong tag of a version: `"v17"`.
pub fn etag(version: i32) -> String {
    format!("\"v{version}\"")
}

/// What a caller says it read last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMatch {
    /// `*`: whatever is there.
    Any,
    Version(i32),
}

impl IfMatch {
    /// Reads the header; `None` when it is absent. A weak tag counts as its strong one, because
    /// compressing hops weaken tags on their way.
    pub fn of(req: &HttpRequest) -> Result<Option<Self>> {
        let Some(raw) = req.headers().get(header::IF_MATCH) else { return Ok(None) };
        let text = raw.to_str().unwrap_or_default().trim();
        if text == "*" {
            return Ok(Some(Self::Any));
        }
        let number = strip(text).and_then(|tag| tag.strip_prefix('v')).and_then(|n| n.parse().ok());
        match number {
            Some(version) => Ok(Some(Self::Version(version))),
            None => Err(Error::faults(vec![Fault {
                place: Place::Header("If-Match"),
                code: Code::Malformed,
                params: vec![("expected", "\"v17\"".into())],
            }])),
        }
    }

    /// Compares with the version in the database.
    pub fn check(self, current: i32) -> Result<()> {
        match self {
            Self::Version(yours) if yours != current => Err(stale(current, yours)),
            _ => Ok(()),
        }
    }
}

/// 412 with both versions.
pub fn stale(current: i32, yours: i32) -> Error {
    Error::new(Code::StaleVersion)
        .with("current", current)
        .with("yours", yours)
        .extra("current", format!("v{current}"))
        .extra("yours", format!("v{yours}"))
}

fn strip(tag: &str) -> Option<&str> {
    tag.strip_prefix("W/").unwrap_or(tag).strip_prefix('"')?.strip_suffix('"')
}

/// What a caller says it has already: `If-None-Match`, to be compared where the request is not at hand.
#[derive(Debug, Clone, Default)]
pub struct KnownTags(String);

impl KnownTags {
    /// Reads the header; an absent one names no tag.
    pub fn of(req: &HttpRequest) -> Self {
        let given = req.headers().get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
        Self(given.unwrap_or_default().trim().to_owned())
    }

    /// True when this tag is among them, or any would do.
    pub fn hold(&self, tag: &str) -> bool {
        let same = |given: &str| strip(given).is_some() && strip(given) == strip(tag);
        self.0 == "*" || self.0.split(',').any(|given| same(given.trim()))
    }
}

/// True when `If-None-Match` names this tag: the caller has it already (304).
pub fn caller_has(req: &HttpRequest, tag: &str) -> bool {
    KnownTags::of(req).hold(tag)
}
