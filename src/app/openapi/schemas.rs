//! Schemas as generators of clients like them: only objects and closed lists have names, a value that
//! may be null says so in its type, and a request body takes no member it does not name.

use super::{METHODS, member, put};
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

type Schemas = Map<String, Value>;

const PREFIX: &str = "#/components/schemas/";

/// The component a schema refers to.
pub fn target(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(PREFIX)
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("{PREFIX}{name}")})
}

/// Tidies the schemas of the components and those in the paths.
pub fn tidy(paths: &Value, all: Schemas) -> (Value, Schemas) {
    let (named, aliases): (Schemas, Schemas) = all.into_iter().partition(|(_, schema)| deserves_name(schema));
    let mut named: Schemas =
        named.into_iter().map(|(name, schema)| (pleasant(&name), flatten(&schema, &aliases))).collect();
    let mut paths = flatten(paths, &aliases);
    let whole = named.clone();
    named.values_mut().chain([&mut paths]).for_each(|schema| write_out(schema, &whole));
    let known: HashMap<String, String> =
        named.iter().map(|(name, schema)| (schema.to_string(), name.clone())).collect();
    for (name, schema) in &mut named {
        for part in children(schema) {
            name_known(part, &known, name);
        }
    }
    name_known(&mut paths, &known, "");
    close_bodies(&paths, &mut named);
    allow_parts(&mut paths, &mut named);
    keep_used(&paths, &mut named);
    named.sort_keys();
    (paths, named)
}

/// Objects and closed lists; texts with a length and the like are written where they stand.
fn deserves_name(schema: &Value) -> bool {
    schema["type"] == "object" || schema.get("enum").is_some() || schema.get("allOf").is_some()
}

/// `Page_OrgUnit` → `OrgUnitPage`.
fn pleasant(name: &str) -> String {
    name.split('_').rev().collect()
}

fn children(value: &mut Value) -> Box<dyn Iterator<Item = &mut Value> + '_> {
    match value {
        Value::Object(members) => Box::new(members.values_mut()),
        Value::Array(items) => Box::new(items.iter_mut()),
        _ => Box::new(std::iter::empty()),
    }
}

/// The value with every alias written out, nullable unions as types, unions of objects as one object.
fn flatten(value: &Value, aliases: &Schemas) -> Value {
    match value {
        Value::Array(items) => items.iter().map(|item| flatten(item, aliases)).collect(),
        Value::Object(members) => {
            if let Some(name) = target(value) {
                let Some(alias) = aliases.get(name) else {
                    let mut kept = value.clone();
                    put(&mut kept, "$ref", format!("{PREFIX}{}", pleasant(name)));
                    return kept;
                };
                let mut written = flatten(alias, aliases);
                for (key, own) in members.iter().filter(|(key, _)| *key != "$ref") {
                    put(&mut written, key, own.clone());
                }
                return written;
            }
            let inner: Value =
                members.iter().map(|(key, inner)| (key.clone(), flatten(inner, aliases))).collect();
            merge_objects(merge_null(inner))
        }
        plain => plain.clone(),
    }
}

/// `oneOf: [X, null]` → X with `null` among its types.
fn merge_null(schema: Value) -> Value {
    let Some(Value::Array(options)) = schema.get("oneOf") else { return schema };
    let [first, second] = options.as_slice() else { return schema };
    let other = match (first["type"] == "null", second["type"] == "null") {
        (true, false) => second,
        (false, true) => first,
        _ => return schema,
    };
    let mut merged = other.clone();
    match other["type"].as_str() {
        Some(kind) if other.get("properties").is_none() => put(&mut merged, "type", json!([kind, "null"])),
        // A name stays a name; only its words move out, to where readers look for them.
        _ => {
            let words = merged.as_object_mut().and_then(|object| object.remove("description"));
            merged = json!({"oneOf": [merged, {"type": "null"}]});
            if let Some(words) = words {
                put(&mut merged, "description", words);
            }
        }
    }
    if let Some(Value::Array(words)) = merged.get_mut("enum") {
        words.push(Value::Null);
    }
    for (key, own) in schema.as_object().into_iter().flatten().filter(|(key, _)| *key != "oneOf") {
        put(&mut merged, key, own.clone());
    }
    merged
}

/// `allOf` of plain objects → one object.
fn merge_objects(schema: Value) -> Value {
    let Some(Value::Array(parts)) = schema.get("allOf") else { return schema };
    if parts.iter().any(|part| part["type"] != "object") {
        return schema;
    }
    let mut merged = json!({"type": "object"});
    for part in parts {
        // Members that only some cases have (a flattened map).
        if part.get("properties").is_none() {
            put(&mut merged, "additionalProperties", true);
        }
        for name in part["required"].as_array().into_iter().flatten() {
            match merged.get_mut("required") {
                Some(Value::Array(required)) => required.push(name.clone()),
                _ => put(&mut merged, "required", json!([name])),
            }
        }
        let properties = part["properties"].as_object().into_iter().flatten();
        if let Some(all) = member(&mut merged, "properties") {
            all.extend(properties.map(|(name, inner)| (name.clone(), inner.clone())));
        }
    }
    for (key, own) in schema.as_object().into_iter().flatten().filter(|(key, _)| *key != "allOf") {
        put(&mut merged, key, own.clone());
    }
    merged
}

/// `allOf` that names objects (a flattened record) → one object with all their members.
fn write_out(value: &mut Value, named: &Schemas) {
    if let Some(Value::Array(parts)) = value.get_mut("allOf") {
        for part in parts {
            let whole =
                target(part).and_then(|name| named.get(name)).filter(|whole| whole["type"] == "object");
            if let Some(whole) = whole {
                *part = whole.clone();
            }
        }
        *value = merge_objects(value.take());
    }
    children(value).for_each(|part| write_out(part, named));
}

/// Replaces a schema written out that is a component by its name.
fn name_known(value: &mut Value, known: &HashMap<String, String>, inside: &str) {
    if value["type"] == "object"
        && value.get("properties").is_some()
        && let Some(name) = known.get(&value.to_string()).filter(|name| *name != inside)
    {
        *value = reference(name);
        return;
    }
    for part in children(value) {
        name_known(part, known, inside);
    }
}

/// The components a value refers to, directly or through others.
fn reach(value: &Value, named: &Schemas, found: &mut BTreeSet<String>) {
    if let Some(name) = target(value)
        && found.insert(name.to_owned())
        && let Some(schema) = named.get(name)
    {
        reach(schema, named, found);
    }
    match value {
        Value::Object(members) => members.values().for_each(|inner| reach(inner, named, found)),
        Value::Array(items) => items.iter().for_each(|inner| reach(inner, named, found)),
        _ => {}
    }
}

fn operations(paths: &Value) -> impl Iterator<Item = &Value> {
    let items = paths.as_object().into_iter().flatten();
    items.flat_map(|(_, item)| METHODS.into_iter().filter_map(|method| item.get(method)))
}

/// Objects in request bodies take no other members than theirs.
fn close_bodies(paths: &Value, named: &mut Schemas) {
    let mut found = BTreeSet::new();
    for operation in operations(paths) {
        reach(&operation["requestBody"], named, &mut found);
    }
    for name in found {
        if let Some(schema) = named.get_mut(&name) {
            close(schema);
        }
    }
}

fn close(schema: &mut Value) {
    if schema["type"] == "object"
        && schema.get("properties").is_some()
        && schema.get("additionalProperties").is_none()
    {
        put(schema, "additionalProperties", false);
    }
    children(schema).for_each(close);
}

/// Where `fields` cuts a record down, the answer is a part of it: no member is sure to be there.
fn allow_parts(paths: &mut Value, named: &mut Schemas) {
    for item in children(paths) {
        let Some(operation) = item.get_mut("get") else { continue };
        let mut parameters = operation["parameters"].as_array().into_iter().flatten();
        let cuts = parameters.any(|p| p["name"] == "fields" && p["in"] == "query");
        let schema = operation.pointer_mut("/responses/200/content/application~1json/schema");
        if let Some(schema) = schema.filter(|_| cuts)
            && let Some(name) = target(schema).map(ToOwned::to_owned)
        {
            *schema = reference(&part_of(&name, named));
        }
    }
}

fn part_of(name: &str, named: &mut Schemas) -> String {
    let Some(mut schema) = named.get(name).cloned() else { return name.into() };
    let items = schema.pointer("/properties/items/items").cloned().unwrap_or_default();
    let part = match target(&items).map(ToOwned::to_owned) {
        Some(item) if name.ends_with("Page") => {
            let inner = part_of(&item, named);
            if let Some(items) = schema.pointer_mut("/properties/items/items") {
                *items = reference(&inner);
            }
            format!("{inner}Page")
        }
        _ => {
            let words = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            let part =
                format!("{words} With `fields`, only the members asked for; without it, all of `{name}`.");
            put(&mut schema, "description", part);
            if let Some(schema) = schema.as_object_mut() {
                schema.shift_remove("required");
            }
            format!("{name}Part")
        }
    };
    named.insert(part.clone(), schema);
    part
}

fn keep_used(paths: &Value, named: &mut Schemas) {
    let mut used = BTreeSet::from(["Problem".to_owned()]);
    reach(paths, named, &mut used);
    let problem = named.get("Problem").cloned().unwrap_or_default();
    reach(&problem, named, &mut used);
    named.retain(|name, _| used.contains(name));
}
