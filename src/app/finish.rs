//! The outermost layer: gives each request its id and trace, words every error (the framework's own too), sets
//! the headers all answers carry, and writes the one log line.

use crate::{
    app::Shared,
    auth::gate::Acted,
    error::{Code, Error},
    http::{
        problem::{self, Carried},
        request::{Language, RequestId, Trace},
    },
};
use actix_web::{
    HttpMessage, HttpRequest,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use std::time::Instant;

/// See the module.
pub async fn finish(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let started = Instant::now();
    let id = RequestId::choose(req.request());
    let trace = Trace::choose(req.request());
    req.extensions_mut().insert(id.clone());
    let method = req.method().clone();
    // HEAD is GET without the body, which the server leaves out itself.
    if method == Method::HEAD {
        req.head_mut().method = Method::GET;
    }
    let shared = req.app_data::<web::Data<Shared>>().cloned();
    let response = next.call(req).await?.map_into_boxed_body();
    let mut response = word(response, shared.as_ref().map(|shared| shared.get_ref()), &id, &trace);
    dress(&mut response, &id, &trace);
    let micros = started.elapsed().as_micros();
    note(&response, &method, micros, &trace, shared.as_ref().map(|shared| shared.get_ref()));
    Ok(response)
}

/// Turns a refusal into a problem document in the caller's language.
fn word(
    response: ServiceResponse,
    shared: Option<&Shared>,
    id: &RequestId,
    trace: &Trace,
) -> ServiceResponse {
    let status = response.status();
    let is_problem =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|t| t == "application/problem+json");
    if status.as_u16() < 400 || is_problem {
        return response;
    }
    let (request, mut bare) = response.into_parts();
    let carried = bare.extensions_mut().remove::<Carried>();
    let known = carried.is_some();
    let mut error = carried.map_or_else(|| problem::of_status(status), Error::from);
    let mut allowed = Vec::new();
    // The router says 404 where only the method is wrong.
    let addresses = shared.map(|shared| &shared.addresses);
    let misread = addresses.is_some_and(|a| a.is_word_without(request.path(), request.method().as_str()));
    if misread || (!known && status == StatusCode::NOT_FOUND) {
        allowed = addresses.map(|addresses| addresses.methods_of(request.path())).unwrap_or_default();
        if !allowed.is_empty() {
            error = Error::new(Code::MethodNotAllowed);
        }
    }
    if error.code.status() >= 500 {
        log::error!(target: "tiendo::problem", "request={} {error}", id.0);
    } else if let Some(cause) = &error.cause {
        log::debug!(target: "tiendo::problem", "request={} {cause}", id.0);
    }
    let mut worded = problem::render(&error, Language::of(&request), id, trace);
    for (name, value) in bare.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            worded.headers_mut().append(name.clone(), value.clone());
        }
    }
    if !allowed.is_empty()
        && let Ok(value) = HeaderValue::from_str(&allowed.join(", "))
    {
        worded.headers_mut().insert(header::ALLOW, value);
    }
    ServiceResponse::new(request, worded)
}

/// Headers that every answer carries.
fn dress(response: &mut ServiceResponse, id: &RequestId, trace: &Trace) {
    let path = response.request().path();
    let (docs, secret) = (path.starts_with("/docs"), path.starts_with("/api/v1/auth/"));
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    put(header::CACHE_CONTROL, if secret { "no-store" } else { "private, no-cache" });
    put(header::X_FRAME_OPTIONS, "DENY");
    let policy = if docs {
        "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"
    } else {
        "default-src 'none'; frame-ancestors 'none'"
    };
    put(header::CONTENT_SECURITY_POLICY, policy);
    weaken_tag(headers);
    // A compressed answer says the third already.
    let plain = !headers.contains_key(header::CONTENT_ENCODING);
    for varies in
        ["Authorization", "Accept-Language", "Accept-Encoding"].iter().take(if plain { 3 } else { 2 })
    {
        headers.append(header::VARY, HeaderValue::from_static(varies));
    }
    for (name, value) in [("x-request-id", id.0.clone()), ("traceparent", trace.parent())] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
}

/// A strong tag promises the same bytes; a compressed answer has others than the plain one, so its tag
/// is weak (RFC 9110, 8.8.3.3). Versions are compared without the mark.
fn weaken_tag(headers: &mut header::HeaderMap) {
    let strong =
        headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| tag.starts_with('"'));
    if let Some(tag) = strong
        && headers.contains_key(header::CONTENT_ENCODING)
        && let Ok(weak) = HeaderValue::from_str(&format!("W/{tag}"))
    {
        headers.insert(header::ETAG, weak);
    }
}

/// One line a request: who by id, never what.
fn note(response: &ServiceResponse, method: &Method, micros: u128, trace: &Trace, shared: Option<&Shared>) {
    let request = response.request();
    let route = shared.and_then(|shared| shared.addresses.pattern_of(request.path())).unwrap_or("-");
    let status = response.status().as_u16();
    if let Some(shared) = shared {
        shared.metrics.count(method, route, status, micros);
    }
    let (user, unit) = acted(request);
    let id = RequestId::of(request);
    if shared.is_some_and(|shared| shared.settings.log_json) {
        let line = serde_json::json!({
            "method": method.as_str(), "route": route, "status": status, "duration_us": micros,
            "request_id": id, "trace_id": trace.id(), "user_id": user, "unit_id": unit,
        });
        log::info!(target: "tiendo::request", "{line}");
    } else {
        log::info!(
            target: "tiendo::request",
            "{method} {route} {status} {micros}us request={id} trace={} user={} unit={}",
            trace.id(),
            user.as_deref().unwrap_or("-"),
            unit.as_deref().unwrap_or("-"),
        );
    }
}

fn acted(request: &HttpRequest) -> (Option<String>, Option<String>) {
    let acted = request.extensions().get::<Acted>().copied();
    let text = |id: Option<crate::ids::Id>| id.map(|id| id.to_string());
    acted.map_or((None, None), |acted| (text(acted.user), text(acted.unit)))
}
