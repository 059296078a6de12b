//! Where rooms put their routes.

use actix_web::{dev::HttpServiceFactory, web::ServiceConfig};
use utoipa::openapi::{Components, OpenApi, Paths};
use utoipa_actix_web::OpenApiFactory;

/// Takes the routes of a room, to serve them or to describe them.
///
/// Two types and not one with a switch: what only describes is needed where the document is generated, and
/// is then left out of the binary.
pub trait Routes {
    /// Takes a route.
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, route: F) -> &mut Self;
}

/// Routes that a worker serves.
pub struct Served<'a>(pub &'a mut ServiceConfig);

impl Routes for Served<'_> {
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, route: F) -> &mut Self {
        self.0.service(route);
        self
    }
}

/// Routes that stand in a document, behind a prefix.
pub struct Described<'a> {
    pub document: &'a mut OpenApi,
    pub prefix: &'static str,
}

impl Routes for Described<'_> {
    fn service<F: HttpServiceFactory + OpenApiFactory + 'static>(&mut self, route: F) -> &mut Self {
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
