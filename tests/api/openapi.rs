//! The OpenAPI document: committed as generated, complete, and true to the router.

use crate::{
    conformance::{Operation, document, fits, operations, resolve},
    harness::World,
};
use actix_web::http::Method;
use serde_json::{Map, Value};
use std::{collections::BTreeSet, fs, path::Path};
use tiendo::{
    app::openapi::{DOCUMENT, generated},
    error::Code,
};

/// `UPDATE_OPENAPI=1 cargo test openapi` writes the document anew.
#[test]
fn the_committed_document_is_the_generated_one() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi/openapi.json");
    if std::env::var_os("UPDATE_OPENAPI").is_some_and(|value| value == "1") {
        fs::write(&file, generated()).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == generated(),
        "openapi/openapi.json is not what the routes say: run UPDATE_OPENAPI=1 cargo test openapi and look at the difference"
    );
}

/// Collects what is wrong, so that one run names every gap.
#[derive(Default)]
struct Gaps(Vec<String>);

impl Gaps {
    fn unless(&mut self, good: bool, where_: &str, what: &str) {
        if !good {
            self.0.push(format!("{where_}: {what}"));
        }
    }

    #[track_caller]
    fn none(self) {
        assert!(self.0.is_empty(), "{} gaps\n{}", self.0.len(), self.0.join("\n"));
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

#[test]
fn every_operation_says_what_it_does_and_for_whom() {
    let mut gaps = Gaps::default();
    let mut ids = BTreeSet::new();
    let tags: Vec<&Value> = document()["tags"].as_array().unwrap().iter().map(|tag| &tag["name"]).collect();
    for op in operations() {
        let (name, value) = (op.name(), op.value);
        gaps.unless(!text(value, "summary").is_empty(), &name, "no summary");
        gaps.unless(!text(value, "summary").ends_with('.'), &name, "the summary ends with a full stop");
        let who = text(value, "description").lines().last().is_some_and(|line| line.starts_with("Who: "));
        gaps.unless(who, &name, "the description does not end with a line `Who: …`");
        gaps.unless(ids.insert(text(value, "operationId")), &name, "its operation id is taken");
        gaps.unless(tags.contains(&&value["tags"][0]), &name, "its tag is not declared at the head");
        for parameter in op.parameters() {
            check_parameter(op, parameter, &mut gaps);
        }
    }
    gaps.none();
}

fn check_parameter(op: Operation, parameter: &Value, gaps: &mut Gaps) {
    let place = format!("{} parameter {}", op.name(), parameter["name"]);
    gaps.unless(!text(parameter, "description").is_empty(), &place, "no description");
    if parameter["name"] == "limit" {
        gaps.unless(parameter["schema"]["maximum"].is_u64(), &place, "no maximum");
    }
}

#[test]
fn every_answer_is_described_with_an_example_that_fits() {
    let mut gaps = Gaps::default();
    for op in operations() {
        let name = op.name();
        if let Some(content) = op.value["requestBody"]["content"].as_object() {
            check_examples(&format!("{name} body"), content, &mut gaps);
        }
        let responses = op.value["responses"].as_object().unwrap();
        gaps.unless(responses.keys().any(|s| s.starts_with(['2', '3'])), &name, "no success");
        for (status, response) in responses {
            let (place, response) = (format!("{name} {status}"), resolve(response));
            gaps.unless(!text(response, "description").is_empty(), &place, "no description");
            gaps.unless(!response["headers"]["X-Request-Id"].is_null(), &place, "no X-Request-Id");
            let content = response["content"].as_object();
            gaps.unless(
                content.is_some() || matches!(status.as_str(), "204" | "304" | "308"),
                &place,
                "no content",
            );
            if let Some(content) = content {
                let problem = content.contains_key("application/problem+json");
                gaps.unless(problem == status.starts_with(['4', '5']), &place, "a problem or no problem?");
                check_examples(&place, content, &mut gaps);
            }
        }
    }
    gaps.none();
}

fn check_examples(place: &str, content: &'static Map<String, Value>, gaps: &mut Gaps) {
    for (media, value) in content {
        let named = value["examples"].as_object().into_iter().flatten().map(|(_, e)| &e["value"]);
        let examples: Vec<&Value> = value.get("example").into_iter().chain(named).collect();
        gaps.unless(!examples.is_empty(), place, "no example");
        for example in examples.into_iter().filter(|_| media.ends_with("json")) {
            if let Err(why) = fits(&value["schema"], example, "") {
                gaps.0.push(format!("{place}: the example does not fit: {why}"));
            }
        }
    }
}

#[test]
fn every_refusal_lists_known_codes_of_its_status() {
    let mut gaps = Gaps::default();
    let mut met = BTreeSet::new();
    for op in operations() {
        let listed = op.value["x-error-codes"].as_object().unwrap();
        let statuses = op.value["responses"].as_object().unwrap().keys();
        for status in statuses.filter(|status| status.starts_with(['4', '5'])) {
            gaps.unless(listed.contains_key(status), &op.name(), &format!("no codes for {status}"));
        }
        for (status, codes) in listed {
            for slug in codes.as_array().unwrap() {
                let code = Code::ALL.iter().find(|code| slug == code.slug());
                let right = code.is_some_and(|code| code.status().to_string() == *status);
                gaps.unless(right, &op.name(), &format!("{slug} is no code of {status}"));
                met.insert(slug.as_str().unwrap());
            }
        }
    }
    // A wrong method is no operation; the server below the service refuses large headers.
    let elsewhere = [Code::MethodNotAllowed, Code::HeadersTooLarge];
    // Codes of rooms that have no operation yet.
    let tags: BTreeSet<_> = operations().iter().map(|op| op.value["tags"][0].as_str().unwrap()).collect();
    if ["documents", "tasks", "exchange", "users"].iter().all(|tag| tags.contains(tag)) {
        for code in Code::ALL.iter().filter(|code| !elsewhere.contains(code)) {
            gaps.unless(met.contains(code.slug()), code.slug(), "no operation gives this code");
        }
    }
    gaps.none();
}

#[test]
fn what_goes_in_is_bounded_and_closed() {
    let mut gaps = Gaps::default();
    let mut seen = BTreeSet::new();
    for op in operations() {
        // Lines of other media types are bounded line by line, where they are read.
        let content = op.value["requestBody"]["content"].as_object().into_iter().flatten();
        for (_, media) in content.filter(|(name, _)| name.ends_with("json") && !name.ends_with("ndjson")) {
            bounded(&media["schema"], &op.name(), &mut seen, &mut gaps);
        }
    }
    gaps.none();
}

fn bounded(schema: &'static Value, place: &str, seen: &mut BTreeSet<&'static str>, gaps: &mut Gaps) {
    if let Some(name) = schema["$ref"].as_str()
        && !seen.insert(name)
    {
        return;
    }
    let schema = resolve(schema);
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|t| t.iter().any(|t| t == kind))
    };
    if is("string") {
        gaps.unless(schema["maxLength"].is_u64(), place, "a text without maxLength");
    }
    if is("array") {
        gaps.unless(schema["maxItems"].is_u64(), place, "an array without maxItems");
        bounded(&schema["items"], place, seen, gaps);
    }
    if is("object") && schema.get("properties").is_some() {
        gaps.unless(schema["additionalProperties"] == false, place, "takes unknown members");
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        bounded(inner, &format!("{place}/{name}"), seen, gaps);
    }
    for option in schema["oneOf"].as_array().into_iter().flatten() {
        bounded(option, place, seen, gaps);
    }
}

#[test]
fn names_are_snake_case_and_schemas_pleasant() {
    let mut gaps = Gaps::default();
    let snake = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    for (name, schema) in document()["components"]["schemas"].as_object().unwrap() {
        gaps.unless(name.chars().all(|c| c.is_ascii_alphanumeric()), name, "not a name for a class");
        for property in schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name) {
            gaps.unless(snake(property), name, property);
        }
    }
    for op in operations() {
        for parameter in op.parameters().iter().filter(|p| p["in"] != "header") {
            gaps.unless(snake(text(parameter, "name")), &op.name(), text(parameter, "name"));
        }
    }
    gaps.none();
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk(value: &'static Value, gaps: &mut Gaps) {
        if let Some(target) = value["$ref"].as_str() {
            gaps.unless(document().pointer(&target[1..]).is_some(), target, "is not there");
        }
        let members = value.as_object().into_iter().flatten().map(|(_, inner)| inner);
        members.chain(value.as_array().into_iter().flatten()).for_each(|inner| walk(inner, gaps));
    }
    let mut gaps = Gaps::default();
    walk(document(), &mut gaps);
    gaps.none();
}

#[test]
fn writes_know_versions_and_repeats() {
    let mut gaps = Gaps::default();
    for op in operations() {
        let has = |name: &str| op.parameters().iter().any(|p| p["name"] == name);
        if matches!(op.method, "patch" | "delete") {
            let required = op.parameters().iter().any(|p| p["name"] == "If-Match" && p["required"] == true);
            gaps.unless(required, &op.name(), "If-Match is not required");
            gaps.unless(has("dry_run"), &op.name(), "no dry_run");
        }
        gaps.unless(has("dry_run") == has("Idempotency-Key"), &op.name(), "dry_run without Idempotency-Key");
        gaps.unless(has("Accept-Language"), &op.name(), "no Accept-Language");
    }
    gaps.none();
}

/// The text of the library.
fn source() -> String {
    fn read(folder: &Path) -> String {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .map(|path| if path.is_dir() { read(&path) } else { fs::read_to_string(path).unwrap() })
            .collect()
    }
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
}

#[test]
fn every_route_is_in_the_document_and_the_other_way_round() {
    let source = source();
    let documented: BTreeSet<String> =
        operations().iter().map(|op| op.name().replacen(" /api/v1/", " /", 1)).collect();
    for line in source.lines() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(rest) = line.trim().strip_prefix(&format!("#[{method}(\""))
                && let Some((path, _)) = rest.split_once('"')
            {
                let route = format!("{} {path}", method.to_uppercase());
                assert!(documented.contains(&route), "{route} is not in the document");
            }
        }
    }
    for operation in &documented {
        let path = operation.split(' ').nth(1).unwrap();
        assert!(source.contains(&format!("\"{path}\"")), "{operation} is no route");
    }
}

#[actix_web::test]
async fn another_method_is_a_405_that_says_which_are_allowed() {
    let world = World::empty().await;
    let nobody = world.nobody();
    let paths: BTreeSet<&str> = operations().iter().map(|op| op.path).collect();
    for path in paths {
        let known: BTreeSet<String> =
            operations().iter().filter(|op| op.path == path).map(|op| op.method.to_uppercase()).collect();
        let address = path.replace("{id}", "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d");
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "PROPFIND"] {
            if known.contains(method) {
                continue;
            }
            let answer = nobody.send(Method::from_bytes(method.as_bytes()).unwrap(), &address, None).await;
            assert_eq!(
                (answer.status, answer.code()),
                (405, "method_not_allowed"),
                "{method} {path} {}",
                answer.text
            );
            let allowed: BTreeSet<String> = answer.header("allow").split(", ").map(Into::into).collect();
            let heads = known.contains("GET").then(|| "HEAD".to_owned());
            assert_eq!(allowed, known.iter().cloned().chain(heads).collect(), "{method} {path}");
        }
    }
}

#[actix_web::test]
async fn head_answers_like_get_without_a_body() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    for address in ["/health/live", "/api/v1/openapi.json", "/api/v1/org-units", "/api/v1/nothing"] {
        let get = leader.get(address).await;
        let head = leader.send(Method::HEAD, address, None).await;
        assert_eq!(head.status, get.status, "{address}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{address}");
    }
}

#[actix_web::test]
async fn the_page_and_the_document_are_served() {
    let world = World::empty().await;
    let nobody = world.nobody();
    let served = nobody.get("/api/v1/openapi.json").await.expect(200);
    assert_eq!(served.text, DOCUMENT);
    assert_eq!(nobody.get("/docs").await.expect(308).header("location"), "/docs/");
    let page = nobody.get("/docs/").await.expect(200);
    assert!(page.text.contains("swagger-ui"), "{}", page.text);
    let quiet = World::with(tiendo::config::Settings { no_docs: true, ..Default::default() }).await;
    quiet.nobody().get("/docs").await.expect(404);
    quiet.nobody().get("/docs/").await.expect(404);
}
