//! Lists, the document, health and metrics.

use super::stage::{Room, Row, nothing, row};

pub const ROOM: Room = Room { rows: ROWS, prepare: nothing };

const ANYBODY: &str = "200 200 200 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200";
const EVERYBODY: &str = "401 401 401 | 200 | 200 200 200 200 200 200 | 200 200 200 | 200 200 | 200 200 | 200";

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("GET /api/v1/meta/permissions", EVERYBODY),
    row("GET /api/v1/meta/levels", EVERYBODY),
    row("GET /api/v1/meta/unit-kinds", EVERYBODY),
    row("GET /api/v1/meta/document-types", EVERYBODY),
    row("GET /api/v1/meta/issuing-rules", EVERYBODY),
    row("GET /api/v1/meta/posts", EVERYBODY),
    row("GET /api/v1/meta/concurrency-models", EVERYBODY),
    row("GET /api/v1/errors", ANYBODY),
    row("GET /api/v1/errors/stale_version", ANYBODY),
    row("GET /api/v1/openapi.json", ANYBODY),
    row("GET /docs",
        "308 308 308 | 308 | 308 308 308 308 308 308 | 308 308 308 | 308 308 | 308 308 | 308"),
    row("GET /health/live", ANYBODY),
    row("GET /health/ready", ANYBODY),
    // Absent, because this instance has no metrics token; `wire` looks at the one that has.
    row("GET /metrics",
        "404 404 404 | 404 | 404 404 404 404 404 404 | 404 404 404 | 404 404 | 404 404 | 404"),
];
