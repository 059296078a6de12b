//! Adds to each operation what all share: refusals, headers, parameters, examples.

use super::{
    METHODS,
    codes::{self, Shape},
    examples, member, problems, put, schemas,
};
use crate::{error::Code, http::problem::Problem};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::{PartialSchema, ToSchema};

/// Texts for parameters that mean the same everywhere.
const PARAMETERS: [(&str, &str); 6] = [
    ("id", "Id of the record"),
    ("limit", "How many items a page holds; more than the maximum is refused, not cut down"),
    ("cursor", "`next_cursor` of the page before; the other parameters must be the same"),
    ("fields", "Members to answer with, separated by commas; all without it"),
    ("sort", "By what to sort; `-` before it turns the order round"),
    ("field", "The field of work, as it is written"),
];

/// Completes the document.
pub fn complete(document: &mut Value) {
    let written =
        document.pointer("/components/schemas").and_then(Value::as_object).cloned().unwrap_or_default();
    let written = written.into_iter().chain(problem_schemas()).collect();
    let (mut paths, schemas) = schemas::tidy(&document["paths"], written);
    let mut used = BTreeMap::new();
    for (path, item) in paths.as_object_mut().into_iter().flatten() {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                finish(path, method, operation, &schemas, &mut used);
            }
        }
    }
    let responses = used
        .iter()
        .map(|(status, codes)| (problems::name_and_text(*status).0, problems::response(*status, codes)));
    if let Some(components) = member(document, "components") {
        components.insert("schemas".into(), schemas.into());
        components.insert("responses".into(), responses.collect());
        components.insert("headers".into(), problems::headers());
        components.insert("parameters".into(), shared_parameters());
    }
    put(document, "paths", paths);
}

fn problem_schemas() -> impl Iterator<Item = (String, Value)> {
    let mut found = vec![("Problem".to_owned(), Problem::schema())];
    Problem::schemas(&mut found);
    found.into_iter().filter_map(|(name, schema)| Some((name, serde_json::to_value(schema).ok()?)))
}

fn finish(
    path: &str,
    method: &str,
    operation: &mut Value,
    components: &Map<String, Value>,
    used: &mut BTreeMap<u16, Vec<Code>>,
) {
    let shape = shape(path, method, operation);
    put(operation, "operationId", shape.id.clone());
    describe_parameters(operation);
    finish_body(&shape, operation, components);
    let tagged = is_tagged(operation, components);
    let codes = codes_by_status(&shape);
    if let Some(responses) = member(operation, "responses") {
        for (status, response) in responses.iter_mut() {
            finish_success(&shape, status, tagged, response, components);
        }
        if tagged && method == "get" {
            responses.insert("304".into(), not_modified());
        }
        if shape.is_gated_write()
            && responses.get("200").is_some_and(|ok| ok["headers"].get("ETag").is_some())
        {
            responses.insert("204".into(), minimal());
        }
        for (status, codes) in &codes {
            let name = problems::name_and_text(*status).0;
            responses.insert(status.to_string(), json!({"$ref": format!("#/components/responses/{name}")}));
            used.entry(*status).or_insert_with(|| codes.clone());
        }
        responses.sort_keys();
    }
    let slugs = |codes: &[Code]| codes.iter().map(|code| Value::from(code.slug())).collect::<Value>();
    let listed: Value = codes.iter().map(|(status, codes)| (status.to_string(), slugs(codes))).collect();
    put(operation, "x-error-codes", listed);
    add_headers(&shape, tagged, operation);
}

/// Done, for who prefers little.
fn minimal() -> Value {
    let own = [("ETag", "ETag"), ("Preference-Applied", "PreferenceApplied")];
    let own = own.map(|(name, component)| (name.to_owned(), problems::header_ref(component)));
    let headers: Map<_, _> = problems::every().chain(own).collect();
    json!({"description": "Done; the caller prefers not to be told more (`Prefer: return=minimal`)", "headers": headers})
}

/// Every refusal the operation can give.
fn codes_by_status(shape: &Shape) -> BTreeMap<u16, Vec<Code>> {
    let mut found: BTreeMap<u16, Vec<Code>> = BTreeMap::new();
    for code in codes::of(shape) {
        found.entry(code.status()).or_default().push(code);
    }
    found
}

fn shape(path: &str, method: &str, operation: &Value) -> Shape {
    let tag = operation.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default();
    let name = operation["operationId"].as_str().unwrap_or_default();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    Shape {
        id: format!("{}_{name}", tag.replace('-', "_")),
        path: path.into(),
        method: method.into(),
        tag: tag.into(),
        open: operation["security"] == json!([{}]),
        has_body: operation.get("requestBody").is_some(),
        creates: operation["responses"].get("201").is_some(),
        query: parameters
            .filter(|parameter| parameter["in"] == "query")
            .filter_map(|parameter| parameter["name"].as_str().map(Into::into))
            .collect(),
    }
}

fn describe_parameters(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let known = PARAMETERS.iter().find(|(known, _)| name == *known).map(|(_, text)| (*text).to_owned());
        let of = |record: &str| format!("Id of the {}", record.replace('_', " "));
        let text = known.or_else(|| name.strip_suffix("_id").map(of));
        if let Some(text) = text.filter(|_| parameter.get("description").is_none()) {
            put(parameter, "description", text);
        }
    }
}

/// A body that may be left away is no null; a patch comes under either media type; every body shows an
/// example.
fn finish_body(shape: &Shape, operation: &mut Value, components: &Map<String, Value>) {
    let body = operation.get_mut("requestBody");
    let Some(content) = body.and_then(|body| member(body, "content")) else { return };
    for media in content.values_mut() {
        let mut options = media.pointer("/schema/oneOf").and_then(Value::as_array).into_iter().flatten();
        if let Some(body) = options.find(|option| option["type"] != "null").cloned() {
            put(media, "schema", body);
        }
        add_example(media, components);
    }
    if shape.method == "patch"
        && let Some(json) = content.get("application/json").cloned()
    {
        content.insert("application/merge-patch+json".into(), json);
    }
}

fn add_example(media: &mut Value, components: &Map<String, Value>) {
    if media.get("example").is_none() && media.get("examples").is_none() {
        put(media, "example", examples::of(&media["schema"], components, ""));
    }
}

/// The component an answer's JSON body is.
fn body_of(response: &Value) -> Option<&str> {
    schemas::target(response.pointer("/content/application~1json/schema")?)
}

/// True when the answer carries an `ETag`: it says so, or its body is one record with a version.
fn is_tagged(operation: &Value, components: &Map<String, Value>) -> bool {
    let responses = &operation["responses"];
    let tagged = |status: &str| {
        let response = &responses[status];
        let body = body_of(response);
        response["headers"].get("ETag").is_some()
            || body
                .and_then(|name| components.get(name))
                .is_some_and(|s| s["properties"].get("version").is_some())
    };
    responses.get("304").is_some() || tagged("200") || tagged("201")
}

fn finish_success(
    shape: &Shape,
    status: &str,
    tagged: bool,
    response: &mut Value,
    components: &Map<String, Value>,
) {
    if status.starts_with(['4', '5']) {
        return;
    }
    if response["description"].as_str().unwrap_or_default().is_empty() {
        let text = match status {
            "200" if shape.creates => "It was there already, with the same content",
            "201" if shape.is_gated_write() => "Created; without a body for `Prefer: return=minimal`",
            "201" => "Created",
            "204" => "Done, nothing to say",
            _ => "Done",
        };
        put(response, "description", text);
    }
    let body = body_of(response).map(ToOwned::to_owned);
    if let Some(Value::Object(content)) = response.get_mut("content") {
        content.values_mut().for_each(|media| add_example(media, components));
    }
    let Some(headers) = member(response, "headers") else { return };
    headers.extend(problems::every());
    if status == "201" {
        headers.insert("Location".into(), problems::header_ref("Location"));
        headers.insert("Preference-Applied".into(), problems::header_ref("PreferenceApplied"));
    }
    let versioned =
        body.and_then(|name| components.get(&name)).is_some_and(|s| s["properties"].get("version").is_some());
    if versioned || (tagged && shape.method == "get") {
        headers.insert("ETag".into(), problems::header_ref("ETag"));
    }
}

fn not_modified() -> Value {
    let headers = problems::every().chain([("ETag".to_owned(), problems::header_ref("ETag"))]);
    json!({"description": "The caller has it already", "headers": headers.collect::<Map<_, _>>()})
}

/// The request headers that apply.
fn add_headers(shape: &Shape, tagged: bool, operation: &mut Value) {
    let mut names = Vec::new();
    match shape.method.as_str() {
        "get" if tagged => names.push("IfNoneMatch"),
        "patch" | "delete" => names.push("IfMatchRequired"),
        "post" if shape.is_gated_write() && shape.names_record() => names.push("IfMatch"),
        _ => {}
    }
    if shape.is_gated_write() {
        names.push("IdempotencyKey");
    }
    if shape.is_gated_write() && shape.method != "delete" && (tagged || shape.creates) {
        names.push("Prefer");
    }
    names.push("AcceptLanguage");
    let given = operation["parameters"].as_array().cloned().unwrap_or_default();
    let shared = names.into_iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")}));
    put(operation, "parameters", given.into_iter().chain(shared).collect::<Value>());
}

fn shared_parameters() -> Value {
    let header = |name: &str, required: bool, text: &str, example: &str, schema: Value| {
        json!({"name": name, "in": "header", "required": required, "description": text, "schema": schema,
            "example": example})
    };
    let tag = || {
        json!({"type": "string", "maxLength": 1000,
        "pattern": r#"^(\*|(W/)?"[!#-~]*"( *, *(W/)?"[!#-~]*")*)$"#})
    };
    let text = |most: usize| json!({"type": "string", "minLength": 1, "maxLength": most});
    json!({
        "IfMatchRequired": header("If-Match", true,
            "The version read last (`ETag`), or several; a weak tag counts as its strong one, `*` is whatever is there", "\"v1\"", tag()),
        "IfMatch": header("If-Match", false, "The version read last; without it the command meets whatever is there", "\"v1\"", tag()),
        "IfNoneMatch": header("If-None-Match", false, "Tags the caller has: 304 when one of them still holds", "\"v1\"", text(1000)),
        "IdempotencyKey": header("Idempotency-Key", false,
            "A word of the caller's for this request: sent again within 48 hours, it is answered again, not done again",
            "\"8e03978e-40d5-43e8-bc93-6894a57f9324\"", text(255)),
        "Prefer": header("Prefer", false, "`return=minimal` (RFC 7240): success without the record, with its \
            address and version only; anything else is not listened to", "return=minimal", text(200)),
        "AcceptLanguage": header("Accept-Language", false, "`vi` (default) or `en`", "vi", text(200)),
    })
}
