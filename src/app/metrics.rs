//! Numbers about the service itself, for Prometheus.

use crate::{
    app::Shared,
    error::{Error, Result},
};
use actix_web::{HttpRequest, HttpResponse, get, http::Method, http::header, web};
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::Registry,
};
use std::sync::{Arc, Mutex, atomic::Ordering};

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    queue: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Side {
    by: String,
}

/// Counters that all workers share.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Mutex<Registry>>,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    queued: Family<Queue, Gauge>,
    stale_reads: Family<Side, Counter>,
}

/// Upper bounds of the buckets, in seconds.
const BUCKETS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("tiendo");
        let requests = Family::<Labels, Counter>::default();
        let seconds = Histogram::new(BUCKETS);
        let queued = Family::<Queue, Gauge>::default();
        registry.register("http_requests", "Requests by method, route and status", requests.clone());
        registry.register("http_request_seconds", "How long requests took", seconds.clone());
        registry.register("db_queued_jobs", "Jobs that wait for a database thread", queued.clone());
        let stale_reads = Family::<Side, Counter>::default();
        registry.register(
            "db_stale_reads",
            "Reads that a replica may serve, by who served them",
            stale_reads.clone(),
        );
        Self { registry: Arc::new(Mutex::new(registry)), requests, seconds, queued, stale_reads }
    }
}

impl Metrics {
    /// Counts one request.
    pub fn count(&self, method: &Method, route: &str, status: u16, micros: u128) {
        let labels = Labels { method: method.to_string(), route: route.into(), status };
        self.requests.get_or_create(&labels).inc();
        let seconds =
            std::time::Duration::from_micros(u64::try_from(micros).unwrap_or(u64::MAX)).as_secs_f64();
        self.seconds.observe(seconds);
    }

    /// The text Prometheus reads.
    pub fn text(&self, shared: &Shared) -> Result<String> {
        let depths = shared.gate.db.queued();
        for (queue, depth) in
            [("reads", depths.reads), ("writes", depths.writes), ("reports", depths.reports)]
        {
            let depth = i64::try_from(depth).unwrap_or(i64::MAX);
            self.queued.get_or_create(&Queue { queue: queue.into() }).set(depth);
        }
        if let Some(served) = shared.gate.db.served() {
            for (by, count) in [("replica", served.replica), ("primary", served.primary)] {
                let counter = self.stale_reads.get_or_create(&Side { by: by.into() }).clone();
                counter.inner().store(count, Ordering::Relaxed);
            }
        }
        let registry = self.registry.lock().map_err(Error::internal)?;
        let mut text = String::new();
        encode(&mut text, &registry).map_err(Error::internal)?;
        Ok(text)
    }
}

/// Metrics
///
/// In the text format of Prometheus. On the main address only with the configured token; absent (404)
/// when none is configured.
///
/// Who: the holder of the metrics token.
#[utoipa::path(tag = "health", security(("metrics_token" = [])), responses((status = 200, content_type = "text/plain", body = String)))]
#[get("/metrics")]
pub async fn metrics(shared: web::Data<Shared>, req: HttpRequest) -> Result<HttpResponse> {
    let token = shared.settings.metrics_token.as_ref().ok_or_else(Error::not_found)?;
    let given = req.headers().get(header::AUTHORIZATION).and_then(|h| h.to_str().ok());
    let given = given.and_then(|h| h.strip_prefix("Bearer ")).unwrap_or_default();
    // Hashes are compared, so that the time taken tells nothing about the token.
    let hash = |text: &str| <sha2::Sha256 as sha2::Digest>::digest(text);
    if hash(given) != hash(token.reveal()) {
        return Err(Error::new(crate::error::Code::Unauthenticated));
    }
    Ok(HttpResponse::Ok()
        .content_type("text/plain; version=0.0.4; charset=utf-8")
        .body(shared.metrics.text(&shared)?))
}
