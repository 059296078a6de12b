//! Every answer that any test receives is held against the OpenAPI document: status, media type,
//! code, headers and body must be as documented.

use crate::harness::Answer;
use serde_json::{Map, Value};
use std::sync::OnceLock;
use tiendo::app::openapi;

/// The document as clients read it.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| serde_json::from_str(openapi::DOCUMENT).unwrap())
}

/// One operation of the document.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub method: &'static str,
    pub path: &'static str,
    pub value: &'static Value,
}

impl Operation {
    pub fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Its parameters, with those that all operations share.
    pub fn parameters(&self) -> Vec<&'static Value> {
        self.value["parameters"].as_array().into_iter().flatten().map(resolve).collect()
    }

    /// Its answer with a status.
    pub fn response(&self, status: u16) -> Option<&'static Value> {
        self.value["responses"].get(status.to_string()).map(resolve)
    }
}

/// Every operation.
pub fn operations() -> Vec<Operation> {
    let mut found = Vec::new();
    for (path, item) in document()["paths"].as_object().unwrap() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(value) = item.get(method) {
                found.push(Operation { method, path, value });
            }
        }
    }
    found
}

/// The operation an address belongs to; of several that fit the one with the fewest variables.
pub fn operation(method: &str, address: &str) -> Option<Operation> {
    let path = address.split('?').next().unwrap();
    let fits = |pattern: &str| {
        let (want, given): (Vec<_>, Vec<_>) = (pattern.split('/').collect(), path.split('/').collect());
        want.len() == given.len() && want.iter().zip(&given).all(|(w, g)| w.starts_with('{') || w == g)
    };
    let fitting: Vec<_> = operations().into_iter().filter(|op| fits(op.path)).collect();
    let path = fitting.iter().map(|op| op.path).min_by_key(|path| path.matches('{').count())?;
    fitting.into_iter().find(|op| op.path == path && op.method.eq_ignore_ascii_case(method))
}

/// What a reference points to.
pub fn resolve(value: &'static Value) -> &'static Value {
    match value["$ref"].as_str() {
        Some(target) => {
            document().pointer(target.trim_start_matches('#')).unwrap_or_else(|| panic!("{target}"))
        }
        None => value,
    }
}

/// Fails when an answer is not as documented. Addresses outside the document are not looked at.
#[track_caller]
pub fn check(method: &str, address: &str, answer: &Answer) {
    let (asked, is_head) = if method == "HEAD" { ("GET", true) } else { (method, false) };
    let Some(op) = operation(asked, address) else { return };
    let what = || format!("{} answered {} {}", op.name(), answer.status, answer.text);
    let response = op.response(answer.status).unwrap_or_else(|| panic!("undocumented: {}", what()));
    check_headers(response, answer, &what);
    if answer.status >= 400 {
        check_codes(op, answer, &what);
    }
    // A compressed body is checked where it is unpacked.
    if is_head || !answer.header("content-encoding").is_empty() {
        return;
    }
    // The one body that may stay away; OpenAPI has no words for that.
    if answer.status == 201 && !answer.header("preference-applied").is_empty() {
        assert!(answer.text.is_empty(), "a body although little was wanted: {}", what());
        return;
    }
    let Some(content) = response["content"].as_object() else {
        assert!(answer.text.is_empty(), "a body where none is documented: {}", what());
        return;
    };
    let given = answer.header("content-type").split(';').next().unwrap();
    let media = content.get(given).unwrap_or_else(|| panic!("media type {given:?}: {}", what()));
    if given.ends_with("json") {
        fits(&media["schema"], &answer.body, "").unwrap_or_else(|why| panic!("{why}: {}", what()));
    }
}

fn check_headers(response: &'static Value, answer: &Answer, what: &dyn Fn() -> String) {
    let documented = |name: &str| {
        response["headers"].as_object().into_iter().flatten().any(|(n, _)| n.eq_ignore_ascii_case(name))
    };
    for name in [
        "etag",
        "location",
        "retry-after",
        "x-request-id",
        "www-authenticate",
        "ratelimit",
        "ratelimit-policy",
        "preference-applied",
        "traceparent",
    ] {
        if !answer.header(name).is_empty() {
            assert!(documented(name), "undocumented header {name}: {}", what());
        }
    }
    assert!(!answer.header("x-request-id").is_empty(), "no request id: {}", what());
}

fn check_codes(op: Operation, answer: &Answer, what: &dyn Fn() -> String) {
    let listed = |status: &str, code: &Value| {
        op.value["x-error-codes"][status].as_array().is_some_and(|c| c.contains(code))
    };
    assert!(listed(&answer.status.to_string(), &answer.body["code"]), "unlisted code: {}", what());
    for fault in answer.body["errors"].as_array().into_iter().flatten() {
        let code = &fault["code"];
        // What is wrong with an item of a batch may be the answer's own code.
        let own = listed(&answer.status.to_string(), code);
        assert!(own || listed("400", code) || listed("422", code), "unlisted code {code}: {}", what());
    }
}

/// Why a value does not fit a schema, if it does not.
pub fn fits(schema: &'static Value, value: &Value, at: &str) -> Result<(), String> {
    let schema = resolve(schema);
    let wrong = |why: &str| Err(format!("{at}: {why}, but got {value}"));
    if let Some(options) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
        let faults: Vec<_> = options.iter().filter_map(|option| fits(option, value, at).err()).collect();
        return if faults.len() < options.len() { Ok(()) } else { Err(faults.join(" | ")) };
    }
    for part in schema["allOf"].as_array().into_iter().flatten() {
        fits(part, value, at)?;
    }
    if !has_type(schema, value) {
        return wrong(&format!("should be {}", schema["type"]));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return wrong("not in the list");
    }
    match value {
        Value::Object(members) => fits_object(schema, members, at),
        Value::Array(items) => {
            let mut all = items.iter().enumerate();
            all.try_for_each(|(i, item)| fits(&schema["items"], item, &format!("{at}/{i}")))
        }
        Value::String(text) => fits_text(schema, text).or_else(|why| wrong(&why)),
        Value::Number(number) => {
            let n = number.as_f64().unwrap();
            let low = schema["minimum"].as_f64().is_some_and(|least| n < least);
            let high = schema["maximum"].as_f64().is_some_and(|most| n > most);
            if low || high { wrong("out of range") } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

fn has_type(schema: &Value, value: &Value) -> bool {
    let is = |kind: &Value| match kind.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    };
    match &schema["type"] {
        Value::Null => true,
        Value::Array(kinds) => kinds.iter().any(is),
        kind => is(kind),
    }
}

fn fits_object(schema: &'static Value, members: &Map<String, Value>, at: &str) -> Result<(), String> {
    for name in schema["required"].as_array().into_iter().flatten() {
        if !members.contains_key(name.as_str().unwrap()) {
            return Err(format!("{at}: {name} is missing"));
        }
    }
    for (name, inner) in members {
        let at = format!("{at}/{name}");
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => fits(known, inner, &at)?,
            // An object whose members are described should describe all of them.
            (None, Value::Null) if schema.get("properties").is_some() => {
                return Err(format!("{at}: undescribed"));
            }
            (None, Value::Bool(false)) => return Err(format!("{at}: not allowed")),
            (None, Value::Null | Value::Bool(true)) => {}
            (None, others) => fits(others, inner, &at)?,
        }
    }
    Ok(())
}

fn fits_text(schema: &Value, text: &str) -> Result<(), String> {
    let length = u64::try_from(text.chars().count()).unwrap();
    if schema["maxLength"].as_u64().is_some_and(|most| length > most) {
        return Err("too long".into());
    }
    if schema["minLength"].as_u64().is_some_and(|least| length < least) {
        return Err("too short".into());
    }
    let good = match schema["format"].as_str() {
        Some("date") => text.parse::<chrono::NaiveDate>().is_ok(),
        Some("date-time") => tiendo::clock::Instant::parse(text).is_some(),
        Some("uuid") => text.parse::<tiendo::ids::Id>().is_ok(),
        _ => true,
    };
    if good { Ok(()) } else { Err(format!("not a {}", schema["format"])) }
}
