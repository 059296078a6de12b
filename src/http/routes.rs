//! Where rooms put their routes.

use actix_web::{
    dev::HttpServiceFactory,
    guard::fn_guard,
    web::{ServiceConfig, scope},
};
use utoipa::openapi::{Components, OpenApi, Paths};
use utoipa_actix_web::OpenApiFactory;

use super::addresses::{family, is_of};

/// What a route says of itself: its path and methods, and all that stands in the document.
pub trait Operation: OpenApiFactory + utoipa::Path {}

impl<R: OpenApiFactory + utoipa::Path> Operation for R {}

/// Takes the routes of a room, to serve them, to list them or to describe them.
///
/// Types and not one with a switch: what only describes is needed where the document is generated, and is
/// then left out of the binary.
pub trait Routes {
    /// Takes a route.
    fn service<F: HttpServiceFactory + Operation + 'static>(&mut self, route: F) -> &mut Self;
}

type Register = Box<dyn FnOnce(&mut ServiceConfig)>;

/// Routes that a worker serves. The framework tries one pattern after another, some hundred of them for each
/// request; so each family of addresses stands behind a guard, and only the one that is meant is tried.
pub struct Served {
    prefix: &'static str,
    families: Vec<(String, Vec<Register>)>,
}

impl Served {
    /// For routes behind a prefix.
    pub fn under(prefix: &'static str) -> Self {
        Self { prefix, families: Vec::new() }
    }

    /// Serves what was taken; `cfg` is that of the prefix.
    pub fn serve(self, cfg: &mut ServiceConfig) {
        for (name, routes) in self.families {
            let meant = fn_guard(move |request| is_of(request.head().uri.path(), &name));
            let all = |cfg: &mut ServiceConfig| routes.into_iter().for_each(|route| route(cfg));
            cfg.service(scope("").guard(meant).configure(all));
        }
    }
}

impl Routes for Served {
    fn service<F: HttpServiceFactory + Operation + 'static>(&mut self, route: F) -> &mut Self {
        let path = format!("{}{}", self.prefix, F::path());
        let register: Register = Box::new(|cfg| {
            cfg.service(route);
        });
        match self.families.iter_mut().find(|(name, _)| name == family(&path)) {
            Some((_, routes)) => routes.push(register),
            None => self.families.push((family(&path).to_owned(), vec![register])),
        }
        self
    }
}

/// Routes that stand in a document, behind a prefix.
pub struct Described<'a> {
    pub document: &'a mut OpenApi,
    pub prefix: &'static str,
}

impl Routes for Described<'_> {
    fn service<F: HttpServiceFactory + Operation + 'static>(&mut self, route: F) -> &mut Self {
        let mut paths = Paths::new();
        let named = |(path, item)| (format!("{}{path}", self.prefix), item);
        paths.paths = route.paths().paths.into_iter().map(named).collect();
        self.document.paths.merge(paths);
        let mut schemas = Vec::new();
        route.schemas(&mut schemas);
        self.document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
        self
    }
}
