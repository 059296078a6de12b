//! Errors as `application/problem+json` (RFC 9457), in the caller's language.

use crate::{
    error::{Code, Error, Fault, Params, Place, Said, fill_with},
    http::request::{Language, RequestId, Trace},
};
use actix_web::{
    HttpResponse, HttpResponseBuilder, ResponseError,
    http::{StatusCode, header},
};
use serde::Serialize;
use serde_json::{Map, Value};

/// The problem document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Address of this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/api/v1/errors#validation_failed")]
    pub kind: String,
    /// What the code is called, in the language asked for: the same in every case.
    pub title: String,
    #[schema(example = 422, minimum = 400, maximum = 599)]
    pub status: u16,
    /// The stable code: the only part a program should branch on.
    #[schema(example = "validation_failed")]
    pub code: String,
    /// What happened, with the values of this case.
    pub detail: String,
    /// Id of the request, to quote to the operator.
    #[schema(example = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d")]
    pub instance: String,
    /// Trace the request belongs to, as in `traceparent`; not in the lines of a loaded file.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4bf92f3577b34da6a3ce929d0e0e4736")]
    pub trace_id: Option<String>,
    /// Every fault at once, each with the field or parameter it lies in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldProblem>,
    /// Members of single codes, e.g. `current` and `yours` of `stale_version`.
    #[serde(flatten)]
    #[schema(value_type = Object, additional_properties)]
    pub extra: Map<String, Value>,
}

/// One fault of one field.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FieldProblem {
    /// JSON pointer into the body.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#/due_on")]
    pub pointer: Option<String>,
    /// Name of the query or path parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// Name of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    #[schema(example = "due_before_start")]
    pub code: String,
    pub detail: String,
    /// The values in `detail`, for programs.
    #[serde(skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object, additional_properties, required = false)]
    pub params: Map<String, Value>,
}

impl Problem {
    /// Words an error for a request.
    pub fn new(error: &Error, language: Language, instance: String) -> Self {
        let mut params = error.params.clone();
        if !error.faults.is_empty() {
            params.push(("count", error.faults.len().into()));
        }
        Self {
            kind: format!("/api/v1/errors#{}", error.code.slug()),
            title: language.pick(error.code.title_vi(), error.code.title_en()),
            status: error.code.status(),
            code: error.code.slug().into(),
            detail: word(error.code, &params, language),
            instance,
            trace_id: None,
            errors: error.faults.iter().map(|fault| FieldProblem::new(fault, language)).collect(),
            extra: (*error.extra).clone(),
        }
    }
}

impl FieldProblem {
    fn new(fault: &Fault, language: Language) -> Self {
        let (pointer, parameter, header) = match &fault.place {
            Place::Pointer(pointer) => (Some(format!("#{pointer}")), None, None),
            Place::Parameter(name) => (None, Some(name.clone()), None),
            Place::Header(name) => (None, None, Some((*name).into())),
        };
        Self {
            pointer,
            parameter,
            header,
            code: fault.code.slug().into(),
            detail: word(fault.code, &fault.params, language),
            params: fault.params.iter().map(|(name, value)| ((*name).into(), value.plain().into())).collect(),
        }
    }
}

fn word(code: Code, params: &Params, language: Language) -> String {
    match language {
        Language::Vi => fill_with(code.vi(), params, Said::vi),
        Language::En => fill_with(code.en(), params, Said::plain),
    }
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// An empty response that carries the error: only the outer layer (`app::finish`) knows the
    /// language and the request id, and words it there.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponseBuilder::new(self.status_code()).finish();
        response.extensions_mut().insert(Carried {
            code: self.code,
            params: self.params.clone(),
            faults: self.faults.clone(),
            extra: self.extra.clone(),
            retry_after: self.retry_after,
            cause: self.cause.clone(),
        });
        response
    }
}

/// An error on its way to the layer that words it.
#[derive(Clone)]
pub struct Carried {
    code: Code,
    params: Params,
    faults: Vec<Fault>,
    extra: crate::error::Extra,
    retry_after: Option<u64>,
    cause: Option<String>,
}

impl From<Carried> for Error {
    fn from(carried: Carried) -> Self {
        let Carried { code, params, faults, extra, retry_after, cause } = carried;
        Self { code, params, faults, extra, retry_after, cause }
    }
}

/// The error behind a response of the framework's own, by its status.
pub fn of_status(status: StatusCode) -> Error {
    let code = match status.as_u16() {
        401 => Code::Unauthenticated,
        403 => Code::Forbidden,
        404 => Code::NotFound,
        405 => Code::MethodNotAllowed,
        406 => Code::NotAcceptable,
        408 => Code::RequestTimeout,
        413 => Code::PayloadTooLarge,
        414 => Code::UriTooLong,
        415 => Code::UnsupportedMediaType,
        429 => Code::TooManyRequests,
        431 => Code::HeadersTooLarge,
        503 => Code::Unavailable,
        400..=499 => Code::InvalidRequest,
        _ => Code::Internal,
    };
    Error::new(code)
}

/// The finished response.
pub fn render(error: &Error, language: Language, id: &RequestId, trace: &Trace) -> HttpResponse {
    let problem =
        Problem { trace_id: Some(trace.id().into()), ..Problem::new(error, language, id.0.clone()) };
    let mut builder = HttpResponseBuilder::new(error.status_code());
    builder
        .insert_header((header::CONTENT_TYPE, "application/problem+json"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()));
    if let Some(seconds) = error.retry_after {
        builder.insert_header((header::RETRY_AFTER, seconds));
    }
    if error.code.status() == 401 {
        builder.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    builder.body(body)
}
