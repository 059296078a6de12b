//! The roof: wires every room into one service.

pub mod explain;
pub mod finish;
pub mod health;
pub mod housekeeping;
pub mod limits;
pub mod meta;
pub mod metrics;
pub mod openapi;
pub mod serve;

use crate::{
    audit, auth,
    auth::Gate,
    calendars,
    config::Settings,
    congresses, criteria, dispatches, disseminations, documents, duties,
    error::{Code, Error},
    exchange, forms,
    http::{Routes, addresses::Addresses, routes::Served},
    indicators, likeness, org_units,
    org_units::close::Heirs,
    people, persons, posts, programmes, reconfirmations, registrations, reports, resolution_items, search,
    settings, submissions, targets, tasks, terms,
};
use actix_web::{
    App,
    body::MessageBody,
    dev::{ServiceFactory, ServiceRequest, ServiceResponse},
    middleware::{Compress, from_fn},
    web,
};
use std::sync::Arc;

/// What all workers share.
#[derive(Clone)]
pub struct Shared {
    pub gate: web::Data<Gate>,
    pub settings: Arc<Settings>,
    pub ready: health::Readiness,
    pub metrics: metrics::Metrics,
    pub limiter: Arc<limits::Limiter>,
    pub addresses: Arc<Addresses>,
    /// What reports keep in memory of tasks.
    pub keeper: web::Data<tasks::kept::Keeper>,
    /// And of sums over tasks.
    pub tallies: web::Data<reports::tallied::Tallies>,
    /// And of the answers themselves.
    pub answers: web::Data<reports::answers::Answers>,
}

impl Shared {
    /// Puts the parts together.
    pub fn new(gate: Gate, settings: Settings) -> Self {
        Self {
            gate: web::Data::new(gate),
            limiter: Arc::new(limits::Limiter::new(settings.rate_limit)),
            settings: Arc::new(settings),
            ready: health::Readiness::default(),
            metrics: metrics::Metrics::default(),
            addresses: Arc::new(addresses()),
            keeper: web::Data::default(),
            tallies: web::Data::default(),
            answers: web::Data::default(),
        }
    }
}

/// What passes on when a unit closes: each room above `org_units` that keeps work of units.
pub fn heirs() -> Heirs {
    Heirs(vec![
        tasks::transfer::inherit,
        duties::transfer::inherit,
        programmes::transfer::inherit,
        dispatches::transfer::inherit,
        disseminations::transfer::inherit,
        registrations::transfer::inherit,
        calendars::transfer::inherit,
        forms::transfer::inherit,
        submissions::transfer::inherit,
        posts::end::with_unit,
    ])
}

/// What the addresses of all rooms begin with.
const PREFIX: &str = "/api/v1";

/// Every route under [`PREFIX`]: one line a room.
fn api(cfg: &mut impl Routes) {
    auth::routes::routes(cfg);
    org_units::routes(cfg);
    people::routes(cfg);
    persons::routes(cfg);
    posts::routes(cfg);
    terms::routes(cfg);
    congresses::routes(cfg);
    documents::routes(cfg);
    resolution_items::routes(cfg);
    indicators::routes(cfg);
    targets::routes(cfg);
    forms::routes(cfg);
    submissions::routes(cfg);
    dispatches::routes(cfg);
    disseminations::routes(cfg);
    reports::routes(cfg);
    likeness::routes(cfg);
    search::routes(cfg);
    tasks::routes(cfg);
    duties::routes(cfg);
    registrations::routes(cfg);
    programmes::routes(cfg);
    criteria::routes(cfg);
    reconfirmations::routes(cfg);
    settings::routes(cfg);
    calendars::routes(cfg);
    exchange::routes(cfg);
    audit::routes(cfg);
    meta::routes(cfg);
    explain::routes(cfg);
    cfg.service(openapi::show);
}

/// The routes beside them.
fn beside(cfg: &mut impl Routes) {
    cfg.service(auth::routes::jwks)
        .service(health::live)
        .service(health::ready)
        .service(metrics::metrics)
        .service(openapi::docs);
}

/// The addresses of all of them.
fn addresses() -> Addresses {
    let mut all = Addresses::default();
    api(&mut all.under(PREFIX));
    beside(&mut all.under(""));
    all
}

/// The whole application, as each worker runs it.
pub fn build(
    shared: Shared,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    let not_found = || web::PathConfig::default().error_handler(|_, _| Error::new(Code::NotFound).into());
    let (mut rooms, mut others) = (Served::under(PREFIX), Served::under(""));
    api(&mut rooms);
    beside(&mut others);
    App::new()
        .service(web::scope(PREFIX).configure(|cfg| rooms.serve(cfg)))
        .configure(|cfg| others.serve(cfg))
        .app_data(shared.gate.clone())
        .app_data(web::Data::new(heirs()))
        .app_data(shared.keeper.clone())
        .app_data(shared.tallies.clone())
        .app_data(shared.answers.clone())
        .app_data(web::Data::new(shared.clone()))
        .app_data(not_found())
        .configure(|cfg| openapi::serve_page(cfg, &shared))
        .wrap(from_fn(limits::limit))
        .wrap(limits::cors(&shared.settings))
        .wrap(Compress::default())
        .wrap(from_fn(finish::finish))
}
