//! Examples made from schemas: every answer shows one, put together from the examples of its fields.

use serde_json::{Map, Value};

/// Words for texts whose field brings no example.
const WORDS: [(&str, &str); 9] = [
    ("name", "Đảng ủy xã Phước Mỹ Trung"),
    ("title", "Xây dựng xã đạt chuẩn nông thôn mới nâng cao"),
    ("abstract", "Về việc thực hiện nhiệm vụ trọng tâm năm 2023"),
    ("description", "Vận động nhân dân hiến đất làm đường liên ấp"),
    ("reason", "Theo kết luận của Ban Thường vụ Huyện ủy"),
    ("note", "Đã hoàn thành hai trong ba tuyến đường"),
    ("comment", "Đề nghị bổ sung minh chứng"),
    ("code", "MCB-28915"),
    ("detail", "Dữ liệu không hợp lệ: có 1 chỗ cần sửa."),
];

/// An example of a schema; `name` is the field it stands in.
pub fn of(schema: &Value, components: &Map<String, Value>, name: &str) -> Value {
    sample(schema, components, name, &[])
}

/// `above` are the components the schema stands in: one that holds itself ends there.
fn sample(schema: &Value, components: &Map<String, Value>, name: &str, above: &[&str]) -> Value {
    if let Some(ready) = ready(schema) {
        return ready;
    }
    if let Some(referred) = super::schemas::target(schema) {
        let inner = components.get(referred).filter(|_| !above.contains(&referred));
        let above: Vec<&str> = above.iter().copied().chain([referred]).collect();
        return inner.map_or(Value::Null, |inner| sample(inner, components, name, &above));
    }
    for choice in ["oneOf", "anyOf"] {
        let options = schema[choice].as_array().into_iter().flatten();
        if let Some(first) = options.into_iter().find(|option| option["type"] != "null") {
            return sample(first, components, name, above);
        }
    }
    match kind(schema) {
        "object" => {
            let members = schema["properties"].as_object().into_iter().flatten();
            members.map(|(key, inner)| (key.clone(), sample(inner, components, key, above))).collect()
        }
        "array" => Value::Array(vec![sample(&schema["items"], components, name, above)]),
        "string" => text(schema, name).into(),
        "integer" | "number" => schema["minimum"].as_i64().map_or(1, |least| least.max(1)).into(),
        "boolean" => false.into(),
        _ => Value::Null,
    }
}

/// What the schema itself gives as an example.
fn ready(schema: &Value) -> Option<Value> {
    let first = |name: &str| schema[name].as_array().and_then(|all| all.first()).cloned();
    schema.get("example").cloned().or_else(|| first("examples")).or_else(|| first("enum"))
}

fn kind(schema: &Value) -> &str {
    let types = &schema["type"];
    let several = types.as_array().into_iter().flatten().filter_map(Value::as_str);
    types.as_str().or_else(|| several.into_iter().find(|one| *one != "null")).unwrap_or_default()
}

fn text(schema: &Value, name: &str) -> String {
    let text = match schema["format"].as_str() {
        Some("date-time") => "2023-10-15T05:00:00.000Z",
        Some("date") => "2023-10-15",
        Some("uuid") => "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d",
        _ => WORDS.iter().find(|(field, _)| *field == name).map_or("văn bản mẫu", |(_, words)| words),
    };
    let most = schema["maxLength"].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
    text.chars().take(most).collect()
}
