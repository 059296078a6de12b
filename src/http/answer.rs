//! The answer of a write, as plain data: it can be stored for `Idempotency-Key` and given again.

use crate::{
    error::{Error, Result},
    http::version::etag,
};
use actix_web::{HttpResponse, HttpResponseBuilder, http::StatusCode, http::header};
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

    /// The response to send.
    pub fn respond(self) -> HttpResponse {
        let mut builder =
            HttpResponseBuilder::new(StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK));
        if let Some(location) = self.location {
            builder.insert_header((header::LOCATION, location));
        }
        if let Some(etag) = self.etag {
            builder.insert_header((header::ETAG, etag));
        }
        match self.body {
            Some(body) => builder.content_type("application/json").body(body),
            None => builder.finish(),
        }
    }
}
