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
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    num::NonZeroU32,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

type Buckets = RateLimiter<u64, DefaultKeyedStateStore<u64>, DefaultClock, StateInformationMiddleware>;

/// Requests a minute for each caller (address and token together); each node counts for itself.
pub struct Limiter {
    buckets: Option<Buckets>,
    since_sweep: AtomicU32,
}

/// Requests after which forgotten callers are swept out of memory.
const SWEEP_EVERY: u32 = 10_000;
/// Longest address line.
const MAX_URI: usize = 8192;
/// Seconds in which a whole quota comes back.
const WINDOW: u32 = 60;

/// What a caller may still ask, as the fields of draft-ietf-httpapi-ratelimit-headers-11 say it.
struct Allowance {
    quota: u32,
    remaining: u32,
    /// Seconds until there is more: the quota comes back request by request, so that this is never the
    /// whole window, and what a refused caller waits.
    seconds: u64,
    refused: bool,
}

impl Limiter {
    /// `per_minute` = 0 switches the limit off.
    pub fn new(per_minute: u32) -> Self {
        let quota = NonZeroU32::new(per_minute).map(Quota::per_minute);
        let buckets = quota.map(|quota| RateLimiter::keyed(quota).with_middleware());
        Self { buckets, since_sweep: AtomicU32::new(0) }
    }

    /// Takes one request from what this caller has left; nothing while the limit is off.
    fn take(&self, caller: u64) -> Option<Allowance> {
        let buckets = self.buckets.as_ref()?;
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) >= SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            buckets.retain_recent();
        }
        let (quota, remaining, wait, refused) = match buckets.check_key(&caller) {
            Ok(state) => {
                let (quota, left) = (state.quota(), state.remaining_burst_capacity());
                (quota, left, quota.replenish_interval(), false)
            }
            Err(until) => (until.quota(), 0, until.wait_time_from(buckets.clock().now()), true),
        };
        Some(Allowance { quota: quota.burst_size().get(), remaining, seconds: whole(wait), refused })
    }
}

/// Seconds, rounded up: who waits so long is not refused again.
fn whole(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

impl Allowance {
    /// The two fields (RFC 9651): the policy, and what is left of it.
    fn say(&self, headers: &mut header::HeaderMap) {
        let policy = format!("\"default\";q={};w={WINDOW}", self.quota);
        let left = format!("\"default\";r={};t={}", self.remaining, self.seconds);
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
            if let Ok(value) = header::HeaderValue::from_str(&value) {
                headers.insert(header::HeaderName::from_static(name), value);
            }
        }
    }
}

/// Refuses callers that ask too much (429) and addresses that are too long (414), and tells everybody
/// how much is left. Probes are free.
pub async fn limit(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let probe = req.path().starts_with("/health/");
    let shared = req.app_data::<web::Data<Shared>>().filter(|_| !probe);
    let allowance = shared.and_then(|shared| shared.limiter.take(caller(&req, shared)));
    let too_much = allowance.as_ref().filter(|allowance| allowance.refused).map(|allowance| {
        let seconds = allowance.seconds;
        Error::new(Code::TooManyRequests).with("seconds", seconds).retry_after(seconds)
    });
    let too_long = || (req.uri().to_string().len() > MAX_URI).then(|| Error::new(Code::UriTooLong));
    let mut response = match too_much.or_else(too_long) {
        Some(error) => req.into_response(error.error_response()),
        None => next.call(req).await?.map_into_boxed_body(),
    };
    if let Some(allowance) = allowance {
        allowance.say(response.headers_mut());
    }
    Ok(response)
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
            "prefer",
            "accept-language",
            "x-request-id",
            "traceparent",
            "tracestate",
        ])
        .expose_headers([
            "etag",
            "location",
            "x-request-id",
            "traceparent",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
            "preference-applied",
        ])
        .block_on_origin_mismatch(false)
        .max_age(3600);
    settings.cors_origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
