//! The problem answers, once each for all operations.

use crate::{
    error::{Code, Error, Fault, Phrase, Said},
    http::{problem::Problem, request::Language, version::stale},
    policy::Action,
};
use serde_json::{Map, Value, json};

/// Component name and text of the answer with this status.
pub fn name_and_text(status: u16) -> (String, &'static str) {
    let (name, text) = match status {
        400 => ("BadRequest", "Malformed: every fault at once, each with its place"),
        401 => ("Unauthenticated", "The token is missing or no longer valid"),
        403 => ("Forbidden", "Visible, but not for this role or unit to do; says who may"),
        404 => ("NotFound", "Absent, or outside the caller's territory: the two answer alike"),
        406 => ("NotAcceptable", "No acceptable coding: every coding was refused by `Accept-Encoding`"),
        408 => ("RequestTimeout", "The body came too slowly"),
        409 => ("Conflict", "The state of the record or another request stands against it"),
        410 => ("Gone", "The cursor is no longer usable; start again"),
        412 => ("StaleVersion", "Somebody changed the record first: `current` and `yours` say how far"),
        413 => ("PayloadTooLarge", "The body is too large"),
        414 => ("UriTooLong", "The address is too long"),
        415 => ("UnsupportedMediaType", "The content type is not taken here"),
        422 => ("RuleBroken", "Well-formed, but against a rule: every fault at once, each with its place"),
        423 => ("Locked", "The period is locked; who asks for the report can open it again"),
        428 => ("PreconditionRequired", "`If-Match` is missing"),
        429 => ("TooManyRequests", "Too many requests; wait as long as `Retry-After` says"),
        500 => ("InternalError", "A failure of the service; report the request id"),
        503 => ("Unavailable", "Busy, starting or stopping; try again after `Retry-After`"),
        507 => ("StorageFull", "Storage is full; nothing was written"),
        other => return (format!("Problem{other}"), "Refused"),
    };
    (name.into(), text)
}

/// The answer with this status, with a case of it as an example.
pub fn response(status: u16, codes: &[Code]) -> Value {
    let mut headers = Map::new();
    headers.extend(every());
    headers.insert("Content-Language".into(), header_ref("ContentLanguage"));
    if matches!(status, 409 | 429 | 503) {
        headers.insert("Retry-After".into(), header_ref("RetryAfter"));
    }
    if status == 401 {
        headers.insert("WWW-Authenticate".into(), header_ref("WwwAuthenticate"));
    }
    let problem = Problem::new(&case(status, codes), Language::Vi, EXAMPLE_ID.into());
    json!({
        "description": name_and_text(status).1,
        "headers": headers,
        "content": {"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": Problem { trace_id: Some(EXAMPLE_TRACE.into()), ..problem },
        }},
    })
}

/// Headers of every answer, the last two while the limit is on.
pub fn every() -> impl Iterator<Item = (String, Value)> {
    [
        ("X-Request-Id", "XRequestId"),
        ("traceparent", "Traceparent"),
        ("RateLimit-Policy", "RateLimitPolicy"),
        ("RateLimit", "RateLimit"),
    ]
    .map(|(name, component)| (name.to_owned(), header_ref(component)))
    .into_iter()
}

/// A reference to one of the headers below.
pub fn header_ref(name: &str) -> Value {
    json!({"$ref": format!("#/components/headers/{name}")})
}

/// The headers of answers.
pub fn headers() -> Value {
    let text = |text: &str, example: &str| json!({"description": text, "schema": {"type": "string"}, "example": example});
    json!({
        "XRequestId": text("Id of the request, to quote to the operator", EXAMPLE_ID),
        "Traceparent": text("The trace the request belongs to, with the service's own span (W3C Trace Context)",
            &format!("00-{EXAMPLE_TRACE}-00f067aa0ba902b7-01")),
        "ContentLanguage": text("Language of the texts", "vi"),
        "RetryAfter": {"description": "Seconds to wait", "schema": {"type": "integer", "minimum": 1}, "example": 2},
        "RateLimitPolicy": text("Requests (`q`) that a caller may make in `w` seconds \
            (draft-ietf-httpapi-ratelimit-headers-11); absent where there is no limit", "\"default\";q=1200;w=60"),
        "RateLimit": text("Requests left now (`r`), and seconds (`t`) until there are more", "\"default\";r=1187;t=1"),
        "PreferenceApplied": text("The preference that was followed", "return=minimal"),
        "WwwAuthenticate": text("How to prove who one is", "Bearer"),
        "ETag": text("Version of the record; give it back as `If-Match` or `If-None-Match`", "\"v1\""),
        "Location": text("Address of the record", "/api/v1/org-units/0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"),
    })
}

const EXAMPLE_TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const EXAMPLE_ID: &str = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";

/// An error that really happens with this status.
fn case(status: u16, codes: &[Code]) -> Error {
    match status {
        400 => Error::faults(vec![
            Fault::parameter("limit", Code::LimitOutOfRange).with("min", 1).with("max", 200),
            Fault::at("/due_on", Code::Malformed).with("expected", Phrase::Day),
        ]),
        403 => Error::new(Code::Forbidden).with("who", Action::TaskConfirm.rule().who()),
        409 => Error::new(Code::InvalidState).with("status", Phrase::ClosedUnit),
        412 => stale(18, 17),
        413 => Error::new(Code::PayloadTooLarge).with("max", crate::http::body::MAX_BODY),
        415 => Error::new(Code::UnsupportedMediaType).with("accepted", Said::alike("application/json")),
        422 => Error::field("/due_on", Code::DueBeforeStart),
        423 => {
            let locked = Error::new(Code::PeriodLocked).with("on", "2023-09-28".to_owned());
            locked.with("unit", "Huyện ủy Mỏ Cày Bắc".to_owned())
        }
        429 => Error::new(Code::TooManyRequests).with("seconds", 2),
        _ => Error::new(codes.first().copied().unwrap_or(Code::Internal)),
    }
}
