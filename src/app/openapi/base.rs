//! What stands at the head of the document.

use utoipa::openapi::{
    Contact, Info, License, OpenApi, OpenApiBuilder, Server, Tag,
    security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
};

const DESCRIPTION: &str = "Đưa nghị quyết vào cuộc sống, với những con số trung thực. \
A service with which Party committees put resolutions into practice: units, documents, tasks, progress, figures.\n\n\
Texts are Vietnamese unless `Accept-Language` prefers English. Records outside the caller's territory are absent \
(404). Every error is `application/problem+json` (RFC 9457) with a stable `code`; `x-error-codes` lists, for each \
status of an operation, the codes it can carry, of the request or of one field; `GET /api/v1/errors` explains them. \
Every address also takes HEAD where it takes GET, and `traceparent` (W3C Trace Context), which it goes on with.";

const TAGS: [(&str, &str); 41] = [
    ("auth", "Sessions, tokens, the own account"),
    ("org-units", "The tree of committees, agencies and branches"),
    ("users", "Accounts and their assignments"),
    ("persons", "Persons and their membership, apart from accounts and posts"),
    ("posts", "Who holds which post where, and since when"),
    ("terms", "Terms of committees"),
    ("congresses", "Congresses, which begin terms"),
    ("documents", "The register of documents"),
    ("resolution-items", "What a document says, clause by clause, and what comes of it"),
    ("dispatches", "Documents sent to many units at once, with deadlines"),
    ("receipts", "What each unit did with a document sent to it"),
    ("disseminations", "How units study documents, and what was understood"),
    ("dissemination-sessions", "The sessions at which a document was presented"),
    ("tasks", "Registered tasks, their progress and their life"),
    ("recurring-duties", "What comes again every period and becomes a task each time"),
    ("registration-rounds", "Rounds in which units register their tasks, as a document orders"),
    ("registrations", "What each unit registers in a round, and what becomes of it"),
    ("registration-lines", "The tasks of a registration, line by line"),
    ("programmes", "Action programmes, from draft to adoption, issue and review"),
    ("programme-items", "What a programme means to do, item by item"),
    ("adoption-rules", "Who adopts programmes, by level, origin and day"),
    ("criteria-sets", "Sets of criteria, such as those of new-rural communes, version by version"),
    ("criteria-assessments", "What units say of themselves by criteria, and what superiors verify or return"),
    ("criteria-unit-rules", "To which group a unit belongs under a set, and which criteria it must hold"),
    ("criteria-recognitions", "Recognitions by decision, and their withdrawal"),
    ("reconfirmations", "What a new document touches, and what owners say to it"),
    ("indicators", "What is measured, and how its values come together"),
    ("indicator-values", "What units reported of indicators, period by period"),
    ("targets", "What units are to reach, from the first offer to what binds, version by version"),
    ("forms", "Periodic reports: what is asked of whom, for which periods, until when"),
    ("expectations", "Which units owe which reports, and how they stand"),
    ("submissions", "What units hand in of a form for a period, and what becomes of it"),
    ("reports", "Figures, each of which explains itself"),
    ("search", "Finding documents, tasks and units by their words"),
    ("exchange", "Change feed and loading of history"),
    ("audit", "Proof that the log is what it was"),
    ("settings", "Settings of the instance"),
    ("working-days", "Holidays, and Saturdays worked in exchange"),
    ("report-regimes", "When the periods of reports begin and end"),
    ("meta", "Lists, rights and this document"),
    ("health", "Whether the service lives"),
];

/// Title, licence, tags and the ways to prove who one is.
pub fn base() -> OpenApi {
    let mut info = Info::new("tiendo", env!("CARGO_PKG_VERSION"));
    info.description = Some(DESCRIPTION.into());
    let mut license = License::new("MIT OR Apache-2.0");
    license.identifier = Some("MIT OR Apache-2.0".into());
    info.license = Some(license);
    let mut contact = Contact::new();
    contact.name = Some("The operator of this instance".into());
    info.contact = Some(contact);
    let mut document = OpenApiBuilder::new()
        .info(info)
        .servers(Some([Server::new("/")]))
        .tags(Some(TAGS.map(|(name, text)| {
            let mut tag = Tag::new(name);
            tag.description = Some(text.into());
            tag
        })))
        .security(Some([SecurityRequirement::new("access_token", Vec::<String>::new())]))
        .build();
    let components = document.components.get_or_insert_default();
    components.add_security_scheme("access_token", bearer("Access token from `POST /api/v1/auth/login`"));
    components.add_security_scheme("metrics_token", bearer("The configured metrics token"));
    document
}

fn bearer(text: &str) -> SecurityScheme {
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT");
    SecurityScheme::Http(scheme.description(Some(text)).build())
}
