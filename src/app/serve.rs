//! Starting, listening and stopping.

use crate::{
    app::{Shared, build, housekeeping},
    audit::sealer,
    auth::{Gate, actors::Actors, keys::Keys, throttle::Throttle},
    clock::Clock,
    config::{ServeArgs, Settings},
    db::{Db, DbConfig},
    duties::sweep,
    error::{Error, Result},
    http::page,
    settings,
};
use actix_web::{App, HttpResponse, HttpServer, web};
use std::{path::Path, time::Duration};

/// Opens what the application needs. Migrations have run.
pub fn open(
    url: &str,
    replica: Option<String>,
    key_file: &Path,
    clock: Clock,
    settings: Settings,
) -> Result<Shared> {
    let mut config = DbConfig::new(url);
    config.replica_url = replica;
    config.readers = settings.readers.unwrap_or(config.readers);
    config.writers = settings.writers.unwrap_or(config.writers);
    let keys = Keys::load_or_create(key_file)?;
    page::set_cursor_key(keys.derive("cursor")?);
    let gate = Gate {
        db: Db::open(config)?,
        keys,
        clock,
        actors: Actors::default(),
        throttle: Throttle::default(),
        trust_proxy: settings.trust_proxy,
    };
    Ok(Shared::new(gate, settings))
}

/// How long the head of a request may take.
const SLOWEST_HEAD: Duration = Duration::from_secs(10);

/// Listens until SIGTERM or Ctrl-C, then drains: not ready at once, a while for load balancers to notice,
/// open requests finish, their events are sealed, the database closes last. `started` is called with the
/// address when listening.
pub async fn serve(shared: Shared, args: &ServeArgs, started: impl FnOnce(&str)) -> Result<()> {
    // Before anybody can know that we are there, and stop us.
    let asked_to_stop = stop_signal();
    let cannot = |e: std::io::Error| Error::internal(format!("cannot listen on {}: {e}", args.bind));
    let app = shared.clone();
    let workers = shared
        .settings
        .workers
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(2, usize::from));
    let server = HttpServer::new(move || build(app.clone()))
        .workers(workers)
        .client_request_timeout(SLOWEST_HEAD)
        .client_disconnect_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(75))
        .shutdown_timeout(shared.settings.shutdown_seconds)
        .disable_signals()
        .bind(&args.bind)
        .map_err(cannot)?;
    let address = server.addrs().first().map_or_else(|| args.bind.clone(), ToString::to_string);
    let running = server.run();
    let handle = running.handle();
    let metrics = args.metrics_bind.as_deref().map(|bind| metrics_server(bind, &shared)).transpose()?;
    let clock = shared.gate.clock.clone();
    shared.gate.db.write(move |conn| settings::change::at_start(conn, &clock)).await?;
    let gate = &shared.gate;
    let background =
        [sealer::start(gate.clone()), housekeeping::start(gate.clone()), sweep::start(gate.clone())];
    shared.ready.set(true);
    started(&address);
    let stopping = shared.clone();
    actix_web::rt::spawn(async move {
        asked_to_stop.await;
        log::info!("stopping: open requests may finish");
        stopping.ready.set(false);
        actix_web::rt::time::sleep(Duration::from_secs(stopping.settings.notice_seconds)).await;
        handle.stop(true).await;
    });
    running.await.map_err(Error::internal)?;
    if let Some(metrics) = metrics {
        metrics.stop(true).await;
    }
    for job in background {
        job.abort();
    }
    if let Err(e) = sealer::close(&shared.gate).await {
        log::warn!("the last events wait for their seals until the next start: {e}");
    }
    shared.gate.db.close().await;
    Ok(())
}

fn metrics_server(bind: &str, shared: &Shared) -> Result<actix_web::dev::ServerHandle> {
    let shared = shared.clone();
    let server = HttpServer::new(move || {
        let shared = shared.clone();
        App::new().route(
            "/metrics",
            web::get().to(move || {
                let text = shared.metrics.text(&shared);
                async move {
                    text.map(|text| {
                        HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text)
                    })
                }
            }),
        )
    })
    .workers(1)
    .disable_signals()
    .bind(bind)
    .map_err(|e| Error::internal(format!("cannot listen on {bind} for metrics: {e}")))?
    .run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    Ok(handle)
}

/// Ends when we are asked to stop. SIGTERM is caught from the call on, not only once this is awaited.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let term = signal(SignalKind::terminate());
    async {
        let Ok(mut term) = term else {
            let _ = tokio::signal::ctrl_c().await;
            return;
        };
        tokio::select! {
            _ = term.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    let _ = tokio::signal::ctrl_c().await;
}
