//! The OpenAPI document: generated from the routes, completed here with what every operation shares.

use crate::{app::Shared, http::problem::Problem};
use actix_web::{App, HttpResponse, dev::ResourceDef, web};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        Content, HeaderBuilder, Info, License, ObjectBuilder, OpenApi, OpenApiBuilder, Ref, RefOr, Response,
        ResponseBuilder, Server, Tag,
        path::{Operation, PathItem},
        schema::Type,
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// The finished document, and the routes in it.
pub struct Document {
    json: String,
    routes: Vec<(ResourceDef, Vec<&'static str>)>,
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

impl Document {
    /// Generates the document.
    pub fn new() -> Self {
        let (_, document) = super::routed(App::new());
        let document = complete(document);
        let routes = document
            .paths
            .paths
            .iter()
            .map(|(path, item)| (ResourceDef::new(path.as_str()), methods(item)))
            .collect();
        Self { json: document.to_pretty_json().unwrap_or_default() + "\n", routes }
    }

    /// The document as JSON text.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The methods an address takes; empty when there is no such address.
    pub fn methods_of(&self, path: &str) -> Vec<&'static str> {
        self.routes
            .iter()
            .filter(|(route, _)| route.is_match(path))
            .flat_map(|(_, methods)| methods.clone())
            .collect()
    }
}

/// Serves the document and, unless switched off, the page that shows it.
pub fn serve(cfg: &mut web::ServiceConfig, shared: &Shared) {
    let document: Arc<Document> = shared.document.clone();
    cfg.route(
        "/api/v1/openapi.json",
        web::get().to(move || {
            let document = document.clone();
            async move {
                HttpResponse::Ok()
                    .content_type("application/json")
                    .insert_header(("Cache-Control", "public, max-age=300"))
                    .body(document.json().to_owned())
            }
        }),
    );
    if !shared.settings.no_docs {
        cfg.route(
            "/docs",
            web::get().to(|| async {
                HttpResponse::PermanentRedirect().insert_header(("Location", "/docs/")).finish()
            }),
        );
        cfg.service(SwaggerUi::new("/docs/{_:.*}").config(Config::from("/api/v1/openapi.json")));
    }
}

/// What stands at the head of the document.
pub fn base() -> OpenApi {
    let mut info = Info::new("tiendo", env!("CARGO_PKG_VERSION"));
    info.description = Some(DESCRIPTION.into());
    let mut license = License::new("MIT OR Apache-2.0");
    license.identifier = Some("MIT OR Apache-2.0".into());
    info.license = Some(license);
    let tag = |name: &str, text: &str| {
        let mut tag = Tag::new(name);
        tag.description = Some(text.into());
        tag
    };
    OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .tags(Some(TAGS.map(|(name, text)| tag(name, text))))
        .security(Some([SecurityRequirement::new("access_token", [] as [&str; 0])]))
        .build()
}

const DESCRIPTION: &str = "Đưa nghị quyết vào cuộc sống, với những con số trung thực. \
A service with which Party committees put resolutions into practice: units, documents, tasks, progress, figures. \
Texts are Vietnamese unless `Accept-Language` prefers English. Records outside the caller's territory are absent (404).";

const TAGS: [(&str, &str); 11] = [
    ("auth", "Sessions, tokens, the own account"),
    ("org-units", "The tree of committees, agencies and branches"),
    ("users", "Accounts and their assignments"),
    ("terms", "Terms of committees"),
    ("documents", "The register of documents"),
    ("tasks", "Registered tasks, their progress and their life"),
    ("reports", "Figures, each of which explains itself"),
    ("exchange", "Change feed and loading of history"),
    ("settings", "Settings of the instance"),
    ("meta", "Lists and rights"),
    ("health", "Whether the service lives"),
];

fn methods(item: &PathItem) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (name, operation) in [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
        ("PUT", &item.put),
    ] {
        if operation.is_some() {
            found.push(name);
            if name == "GET" {
                found.push("HEAD");
            }
        }
    }
    found
}

/// Adds what all operations share: problem answers, headers, ids, security schemes.
fn complete(mut document: OpenApi) -> OpenApi {
    let mut ids = BTreeMap::new();
    for (path, item) in &mut document.paths.paths {
        let slots = [
            ("get", &mut item.get),
            ("post", &mut item.post),
            ("patch", &mut item.patch),
            ("delete", &mut item.delete),
        ];
        for (method, operation) in slots {
            if let Some(operation) = operation {
                finish_operation(path, method, operation);
                ids.insert(operation.operation_id.clone(), path.clone());
            }
        }
    }
    let components = document.components.get_or_insert_default();
    let mut schemas = vec![("Problem".to_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    components.schemas.extend(schemas);
    let bearer = |text: &str| {
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some(text))
                .build(),
        )
    };
    components.add_security_scheme("access_token", bearer("Access token from `POST /api/v1/auth/login`"));
    components.add_security_scheme("metrics_token", bearer("The configured metrics token"));
    document
}

fn finish_operation(path: &str, method: &str, operation: &mut Operation) {
    let tag = operation.tags.as_ref().and_then(|tags| tags.first()).cloned().unwrap_or_default();
    if let Some(id) = &operation.operation_id {
        operation.operation_id = Some(format!("{}_{id}", tag.replace('-', "_")));
    }
    let open = operation
        .security
        .as_ref()
        .is_some_and(|all| serde_json::to_string(all).is_ok_and(|text| text == "[{}]"));
    let has_id = path.contains('{');
    let has_body = operation.request_body.is_some();
    let mut add = |statuses: &[(u16, &str)]| {
        for (status, text) in statuses {
            operation
                .responses
                .responses
                .entry(status.to_string())
                .or_insert_with(|| RefOr::T(problem(text)));
        }
    };
    add(&[(400, "Malformed: `invalid_request`, with every fault")]);
    add(&[
        (429, "`too_many_requests`"),
        (500, "`internal`"),
        (503, "`unavailable`: try again after `Retry-After`"),
    ]);
    if !open {
        add(&[(401, "`unauthenticated`")]);
    }
    if !open && tag != "health" {
        add(&[(403, "`forbidden`, `own_work`: says who may")]);
    }
    if has_id {
        add(&[(404, "`not_found`: absent or outside the territory")]);
    }
    if has_body {
        add(&[
            (408, "`request_timeout`"),
            (413, "`payload_too_large`"),
            (415, "`unsupported_media_type`"),
            (422, "A rule is broken: `validation_failed` with every fault, or a code of the case"),
        ]);
    }
    if method != "get" {
        add(&[(
            409,
            "`already_exists`, `id_conflict`, `invalid_state`, `concurrent_change`, `idempotency_in_flight`",
        )]);
        add(&[(412, "`stale_version`, with `current` and `yours`"), (507, "`storage_full`")]);
    }
    if method == "patch" || method == "delete" {
        add(&[(428, "`precondition_required`")]);
    }
    describe_successes(method, operation);
}

/// Words for successes that the route leaves plain, and the headers they carry.
fn describe_successes(method: &str, operation: &mut Operation) {
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        if response.description.is_empty() {
            response.description = match status.as_str() {
                "200" => "Done",
                "201" => "Created",
                "204" => "Done, nothing to say",
                _ => "Answered",
            }
            .into();
        }
        let text = |description: &str| {
            HeaderBuilder::new()
                .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
                .description(Some(description))
                .build()
        };
        if status == "201" {
            response.headers.insert("Location".into(), text("Address of the new record").into());
        }
        if method != "get" && status == "201" {
            response.headers.insert("X-Request-Id".into(), text("Id of the request").into());
        }
    }
}

fn problem(text: &str) -> Response {
    ResponseBuilder::new()
        .description(text)
        .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
        .build()
}
