//! Configuration: flags and environment variables, each documented once, here.

use clap::Args;
use std::path::PathBuf;

/// Where the data is.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// SQLite file (`sqlite://…`, the folder is made) or PostgreSQL (`postgres://…`).
    #[arg(long, env = "DATABASE_URL", default_value = "sqlite://data/tiendo.db", hide_env_values = true)]
    pub database_url: String,
}

/// The service's key.
#[derive(Debug, Clone, Args)]
pub struct KeyArgs {
    /// Ed25519 key that signs access tokens (PEM); made on first start, mode 0600. Nodes of one service
    /// share it.
    #[arg(long, env = "TIENDO_KEY_FILE", default_value = "data/tiendo.key")]
    pub key_file: PathBuf,
}

/// How the service listens and behaves.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Address to listen on.
    #[arg(long, env = "TIENDO_BIND", default_value = "127.0.0.1:8080")]
    pub bind: String,

    /// Replica for reads that may lag behind (PostgreSQL).
    #[arg(long, env = "DATABASE_REPLICA_URL", hide_env_values = true)]
    pub replica_url: Option<String>,

    /// Address of its own for /metrics, without a token.
    #[arg(long, env = "TIENDO_METRICS_BIND")]
    pub metrics_bind: Option<String>,

    #[command(flatten)]
    pub settings: Settings,
}

/// What the application itself is told.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// Bearer token that opens /metrics on the main address; without it /metrics is absent there.
    #[arg(long, env = "TIENDO_METRICS_TOKEN", hide_env_values = true)]
    pub metrics_token: Option<Secret>,

    /// Origins that may call from a browser, separated by commas; none by default.
    #[arg(long, env = "TIENDO_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,

    /// Requests a minute for each caller; 0 switches the limit off (load tests).
    #[arg(long, env = "TIENDO_RATE_LIMIT", default_value_t = 1200)]
    pub rate_limit: u32,

    /// Take the caller's address from X-Forwarded-For: only behind a proxy of your own.
    #[arg(long, env = "TIENDO_TRUST_PROXY")]
    pub trust_proxy: bool,

    /// Database threads for short reads.
    #[arg(long, env = "TIENDO_READERS")]
    pub readers: Option<usize>,

    /// Database threads for writes (PostgreSQL; SQLite has one writer).
    #[arg(long, env = "TIENDO_WRITERS")]
    pub writers: Option<usize>,

    /// Worker threads for HTTP; default: one per core.
    #[arg(long, env = "TIENDO_WORKERS")]
    pub workers: Option<usize>,

    /// Seconds after SIGTERM in which requests are still taken while /health/ready already says 503: so long
    /// as a load balancer needs to notice. What reaches a closing socket is lost.
    #[arg(long, env = "TIENDO_NOTICE_SECONDS", default_value_t = 0)]
    pub notice_seconds: u64,

    /// Seconds that open requests get to finish after SIGTERM.
    #[arg(long, env = "TIENDO_SHUTDOWN_SECONDS", default_value_t = 25)]
    pub shutdown_seconds: u64,

    /// Log lines as JSON objects.
    #[arg(long, env = "TIENDO_LOG_JSON")]
    pub log_json: bool,

    /// Do not serve the documentation page at /docs.
    #[arg(long, env = "TIENDO_NO_DOCS")]
    pub no_docs: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            metrics_token: None,
            cors_origins: Vec::new(),
            rate_limit: 0,
            trust_proxy: false,
            readers: None,
            writers: None,
            workers: None,
            notice_seconds: 0,
            shutdown_seconds: 25,
            log_json: false,
            no_docs: false,
        }
    }
}

/// A value that prints as `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for Secret {
    type Err = std::convert::Infallible;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.into()))
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

impl std::fmt::Display for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}
