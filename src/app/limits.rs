//! How much a caller may ask, and from where browsers may call.

use crate::{
    app::Shared,
    config::Settings,
    error::{Code, Error},
};
use actix_cors::Cors;
use actix_web::{
    ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web,
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter, clock::Clock};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
};

/// Requests a minute for each caller (address and token together); each node counts for itself.
pub struct Limiter {
    buckets: Option<DefaultKeyedRateLimiter<u64>>,
    since_sweep: AtomicU32,
}

/// Requests after which forgotten callers are swept out of memory.
const SWEEP_EVERY: u32 = 10_000;
/// Longest address line.
const MAX_URI: usize = 8192;

impl Limiter {
    /// `per_minute` = 0 switches the limit off.
    pub fn new(per_minute: u32) -> Self {
        let buckets = NonZeroU32::new(per_minute).map(|n| RateLimiter::keyed(Quota::per_minute(n)));
        Self { buckets, since_sweep: AtomicU32::new(0) }
    }

    /// Seconds to wait, when this caller has asked too much.
    fn wait(&self, caller: u64) -> Option<u64> {
        let buckets = self.buckets.as_ref()?;
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) >= SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            buckets.retain_recent();
        }
        let refused = buckets.check_key(&caller).err()?;
        Some(refused.wait_time_from(governor::clock::DefaultClock::default().now()).as_secs() + 1)
    }
}

/// Refuses callers that ask too much (429) and addresses that are too long (414).
pub async fn limit(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let refused = match req.app_data::<web::Data<Shared>>() {
        Some(_) if req.uri().to_string().len() > MAX_URI => Some(Error::new(Code::UriTooLong)),
        Some(shared) if !req.path().starts_with("/health/") => shared
            .limiter
            .wait(caller(&req, shared))
            .map(|seconds| Error::new(Code::TooManyRequests).with("seconds", seconds).retry_after(seconds)),
        _ => None,
    };
    match refused {
        Some(error) => Ok(req.into_response(error.error_response())),
        None => Ok(next.call(req).await?.map_into_boxed_body()),
    }
}

fn caller(req: &ServiceRequest, shared: &Shared) -> u64 {
    let mut hasher = DefaultHasher::new();
    shared.gate.address(req.request()).hash(&mut hasher);
    req.headers().get(header::AUTHORIZATION).map(header::HeaderValue::as_bytes).hash(&mut hasher);
    hasher.finish()
}

/// The allow-list of browser origins; without one no cross-origin call is answered.
pub fn cors(settings: &Settings) -> Cors {
    let cors = Cors::default()
        .allowed_methods(["GET", "POST", "PATCH", "DELETE"])
        .allowed_headers([
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "accept-language",
            "x-request-id",
        ])
        .expose_headers(["etag", "location", "x-request-id", "retry-after"])
        .block_on_origin_mismatch(false)
        .max_age(3600);
    settings.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
