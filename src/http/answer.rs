//! The answer of a write, as plain data: it can be stored for `Idempotency-Key` and given again.

use crate::{
    error::{Error, Result},
    http::version::etag,
};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode, http::header};
use serde::{Deserialize, Serialize};

/// True when a record already says what a request would create: a member the request leaves out says
/// nothing. So a creation whose answer was lost may be sent again.
pub fn same_content(request: &impl Serialize, record: &impl Serialize) -> Result<bool> {
    let request = serde_json::to_value(request).map_err(Error::internal)?;
    let record = serde_json::to_value(record).map_err(Error::internal)?;
    let Some(members) = request.as_object() else { return Ok(false) };
    Ok(members
        .iter()
        .all(|(name, value)| value.is_null() || record.get(name).is_none_or(|given| given == value)))
}

/// Status, headers and body of a finished write.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub etag: Option<String>,
    /// JSON text.
    pub body: Option<String>,
}

impl Answer {
    fn json(status: u16, body: &impl Serialize) -> Result<Self> {
        let body = serde_json::to_string(body).map_err(Error::internal)?;
        Ok(Self { status, location: None, etag: None, body: Some(body) })
    }

    /// 201 with the record's address, its version and itself.
    pub fn created(path: String, version: i32, body: &impl Serialize) -> Result<Self> {
        Ok(Self { location: Some(path), etag: Some(etag(version)), ..Self::json(201, body)? })
    }

    /// 201 for a record without a version of its own.
    pub fn added(path: String, body: &impl Serialize) -> Result<Self> {
        Ok(Self { location: Some(path), ..Self::json(201, body)? })
    }

    /// 200 with the record and its version.
    pub fn changed(version: i32, body: &impl Serialize) -> Result<Self> {
        Ok(Self { etag: Some(etag(version)), ..Self::json(200, body)? })
    }

    /// 200 with a body.
    pub fn ok(body: &impl Serialize) -> Result<Self> {
        Self::json(200, body)
    }

    /// 207: several answers in one.
    pub fn several(body: &impl Serialize) -> Result<Self> {
        Self::json(207, body)
    }

    /// 204.
    pub const fn nothing() -> Self {
        Self { status: 204, location: None, etag: None, body: None }
    }

    /// The response to send. Where the caller prefers little (RFC 7240) and can read the record again,
    /// its body stays away: 201 as before, 204 instead of 200.
    pub fn respond(self, preference: Return) -> HttpResponse {
        let readable_again = self.location.is_some() || self.etag.is_some();
        let (body, minimal) = match self.body {
            Some(_) if preference == Return::Minimal && readable_again => (None, true),
            body => (body, false),
        };
        let status = if minimal && self.status == 200 { 204 } else { self.status };
        let mut builder = HttpResponseBuilder::new(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
        if let Some(location) = self.location {
            builder.insert_header((header::LOCATION, location));
        }
        if let Some(etag) = self.etag {
            builder.insert_header((header::ETAG, etag));
        }
        if minimal {
            builder.insert_header(("preference-applied", "return=minimal"));
        }
        match body {
            Some(body) => builder.content_type("application/json").body(body),
            None => builder.finish(),
        }
    }
}

/// How much of a changed record the caller wants back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Return {
    #[default]
    Representation,
    Minimal,
}

impl Return {
    /// Reads `Prefer`: the first `return` counts; what is not known there is not listened to.
    pub fn of(req: &HttpRequest) -> Self {
        let lines = req.headers().get_all("prefer").filter_map(|line| line.to_str().ok());
        match lines.flat_map(preferences).find(|(name, _)| name.eq_ignore_ascii_case("return")) {
            Some((_, value)) if value.eq_ignore_ascii_case("minimal") => Self::Minimal,
            _ => Self::Representation,
        }
    }
}

/// Names and values of a line of preferences; their own parameters are left out.
fn preferences(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut quoted = false;
    let parts = line.split(move |c| {
        quoted ^= c == '"';
        c == ',' && !quoted
    });
    parts.filter_map(|part| {
        let (name, value) = part.split(';').next()?.split_once('=')?;
        Some((name.trim(), value.trim().trim_matches('"')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn only_the_first_return_counts() {
        for (lines, minimal) in [
            (vec!["return=minimal"], true),
            (vec!["Return = \"minimal\"; why=phone"], true),
            (vec!["respond-async, wait=10", "return=minimal"], true),
            (vec!["return=representation, return=minimal"], false),
            (vec!["note=\"a, return=minimal\""], false),
            (vec!["return=least"], false),
            (vec!["return"], false),
            (vec!["minimal", ",;=\"", ""], false),
            (vec![], false),
        ] {
            let request = TestRequest::default();
            let request =
                lines.iter().fold(request, |request, line| request.append_header(("prefer", *line)));
            assert_eq!(Return::of(&request.to_http_request()) == Return::Minimal, minimal, "{lines:?}");
        }
    }
}
