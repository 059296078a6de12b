//! Bad bodies: each good body of the matrix, spoiled in every way.

use super::{Verdict, rows_stored};
use crate::{
    conformance::resolve,
    matrix::{Row, Stage, fill, rows},
};
use actix_web::http::Method;
use serde_json::{Value, json};

/// A spoiled body: what was done, the text, and the place the answer must name.
struct Spoiled {
    what: String,
    text: String,
    place: Option<String>,
}

fn spoiled(what: impl Into<String>, text: impl Into<String>, place: Option<&str>) -> Spoiled {
    Spoiled { what: what.into(), text: text.into(), place: place.map(|p| format!("#{p}")) }
}

/// Ways to spoil any body.
fn whole(good: &Value) -> Vec<Spoiled> {
    let text = good.to_string();
    let comma = if text == "{}" { "" } else { "," };
    let with = |extra: &str| text.replacen('{', &format!("{{{extra}{comma}"), 1);
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    vec![
        spoiled("nothing", "", Some("")),
        spoiled("half", &text[..text.len() - 1], Some("")),
        spoiled("text after the end", format!("{text}{text}"), Some("")),
        spoiled("no object", "[]", None),
        spoiled("null", "null", None),
        spoiled("a text", "\"x\"", None),
        spoiled("a single quote", "{'a': 1}", Some("")),
        spoiled("a key twice", with("\"reason\": \"x\", \"reason\": \"x\""), Some("")),
        spoiled("an unknown member", with("\"no_such_member\": 1"), Some("/no_such_member")),
        spoiled("a member of the server's", with("\"created_by\": \"x\""), Some("/created_by")),
        spoiled("depth 200", with(&format!("\"no_such_member\": {deep}")), Some("")),
        spoiled("1e400", with("\"no_such_member\": 1e400"), Some("")),
        spoiled("a lone surrogate in a key", with(r#""\ud800": 1"#), Some("")),
        spoiled("NaN", with("\"no_such_member\": NaN"), Some("")),
    ]
}

/// Ways to spoil one member, told by its schema.
fn member(good: &Value, name: &str, schema: &'static Value) -> Vec<Spoiled> {
    let place = format!("/{name}");
    let mut found = Vec::new();
    let mut put = |what: &str, value: Value| {
        let mut body = good.clone();
        body[name] = value;
        found.push(spoiled(format!("{name}: {what}"), body.to_string(), Some(&place)));
    };
    let kinds: Vec<&str> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let is = |kind: &str| kinds.contains(&kind);
    put("a flag", if is("boolean") { json!("yes") } else { json!(true) });
    put("an array in an array", json!([[1]]));
    if !is("object") && schema.get("$ref").is_none() && schema.get("oneOf").is_none() {
        put("an object", json!({"a": 1}));
    }
    if is("string") {
        put("a number", json!(1));
        if schema["maxLength"].as_u64().is_none_or(|most| most < 100_000) {
            put("100 kB", json!("x".repeat(100_000)));
        }
        put("NUL", json!("a\u{0}b"));
        put("right-to-left override", json!("a\u{202e}b"));
        if let Some(most) = schema["maxLength"].as_u64() {
            put("one too long", json!("đ".repeat(one_more(most))));
        }
        if schema.get("enum").is_some() {
            put("not in the list", json!("no_such_word"));
        }
        match schema["format"].as_str() {
            Some("date") => {
                for day in ["2023-02-31", "31/02/2023", "2023-2-1", "0001-01-01", "9999-12-31", "today", ""] {
                    put(day, json!(day));
                }
            }
            Some("uuid") => {
                put("not an id", json!("x"));
                put("upper case", json!("0199A0B2-7C1E-7D3A-9C55-0D6F1C2B3A4D"));
            }
            _ => {}
        }
        if schema["minLength"].as_u64().is_some_and(|least| least > 0) {
            put("empty", json!(""));
            put("blank", json!("   "));
        }
    }
    if is("integer") || is("number") {
        put("a text", json!("1"));
        put("too large for 64 bits", json!(1e30));
        if let Some(least) = schema["minimum"].as_i64() {
            put("one too small", json!(least - 1));
        }
        if let Some(most) = schema["maximum"].as_i64() {
            put("one too large", json!(most + 1));
        }
    }
    if is("integer") {
        put("half", json!(0.5));
    }
    if let Some(most) = schema["maxItems"].as_u64() {
        let item = good[name].get(0).cloned().unwrap_or(json!("x"));
        put("one item too many", Value::Array(vec![item; one_more(most)]));
    }
    if !is("null") && schema.get("oneOf").is_none() {
        let mut body = good.clone();
        body[name] = Value::Null;
        found.push(spoiled(format!("{name}: null"), body.to_string(), Some(&place)));
    }
    if is("string") {
        let mut body = good.clone();
        body[name] = "@".into();
        let text = body.to_string().replace("\"@\"", r#""\ud800""#);
        found.push(spoiled(format!("{name}: a lone surrogate"), text, Some("")));
    }
    found
}

fn one_more(most: u64) -> usize {
    usize::try_from(most).unwrap() + 1
}

fn required(good: &Value, schema: &Value) -> Vec<Spoiled> {
    let names = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    names
        .map(|name| {
            let place = format!("/{name}");
            let mut without = good.clone();
            without.as_object_mut().unwrap().remove(name);
            spoiled(format!("{name}: missing"), without.to_string(), Some(&place))
        })
        .collect()
}

/// Rows with a JSON body that somebody may really send.
fn good_rows(stage: &Stage) -> Vec<(&'static Row, &'static str)> {
    let json = |row: &Row| {
        row.operation(&stage.things).value["requestBody"]["content"].get("application/json").is_some()
    };
    rows().filter(|row| row.effect.is_some() && json(row)).map(|row| (row, row.effect.unwrap().by)).collect()
}

#[actix_web::test]
async fn bad_bodies_are_refused_by_name_and_leave_nothing() {
    let stage = Stage::new().await;
    let mut verdict = Verdict::default();
    for (row, by) in good_rows(&stage) {
        let things = stage.with_own(by, &stage.things).await;
        // A command that needs no words may come without any.
        let good: Value = serde_json::from_str(&fill(row.good_body().unwrap_or("{}"), &things)).unwrap();
        let media = &row.operation(&stage.things).value["requestBody"]["content"]["application/json"];
        let schema = resolve(&media["schema"]);
        let mut cases = whole(&good);
        cases.extend(required(&good, schema));
        let needs_no_words = schema["required"].as_array().is_none_or(Vec::is_empty);
        cases.retain(|case| !(case.what == "nothing" && row.method() == "POST" && needs_no_words));
        for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
            cases.extend(member(&good, name, inner));
        }
        let before = rows_stored(&stage).await;
        for case in cases {
            let answer = stage.send(row.method(), &row.address(&things), by, Some(case.text)).await;
            // A guesser is slowed down before the body is looked at in full.
            let place = case.place.filter(|_| answer.status != 429);
            verdict.refused(&format!("{} {}", row.call, case.what), &answer, place.as_deref());
        }
        verdict.stored_nothing(row.call, &before, &rows_stored(&stage).await);
    }
    verdict.none();
}

#[actix_web::test]
async fn only_json_is_read_and_only_as_it_is() {
    let stage = Stage::new().await;
    for (row, by) in good_rows(&stage) {
        let things = stage.with_own(by, &stage.things).await;
        let good = fill(row.good_body().unwrap_or("{}"), &things);
        let before = rows_stored(&stage).await;
        for media in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "",
            "application/jsonx",
            "application/json-patch+json",
        ] {
            let caller = stage.actor(by).await.with("content-type", media).with("if-match", "*");
            let answer =
                caller.send(row.method().parse().unwrap(), &row.address(&things), Some(good.clone())).await;
            assert_eq!(
                (answer.status, answer.code()),
                (415, "unsupported_media_type"),
                "{} {media}",
                row.call
            );
        }
        let caller = stage.actor(by).await.with("content-encoding", "gzip").with("if-match", "*");
        let answer =
            caller.send(row.method().parse().unwrap(), &row.address(&things), Some(good.clone())).await;
        assert_eq!(answer.status, 415, "{} gzip", row.call);
        let caller = stage.actor(by).await.with("if-match", "*");
        let bytes = b"{\"name\": \"\xff\xfe\"}".to_vec();
        let answer = caller.send_bytes(row.method().parse().unwrap(), &row.address(&things), bytes).await;
        assert_eq!((answer.status, answer.code()), (400, "invalid_request"), "{} not UTF-8", row.call);
        assert_eq!(rows_stored(&stage).await, before, "{} stored something", row.call);
    }
}

#[actix_web::test]
async fn a_write_wants_a_version_it_can_read() {
    let stage = Stage::new().await;
    let root = stage.world.root().await;
    let path = format!("/api/v1/org-units/{}", stage.world.unit("A"));
    let body = Some(r#"{"short_name": "x"}"#.to_owned());
    let answer = root.send(Method::PATCH, &path, body.clone()).await.expect(428);
    assert_eq!(answer.code(), "precondition_required");
    for tag in ["v1", "1", "\"v1", "W/v1", "", ",", "\"v1\" \"v2\"", "*, \"v1\"", "\"v 1\""] {
        let answer =
            stage.world.root().await.with("if-match", tag).send(Method::PATCH, &path, body.clone()).await;
        assert_eq!(answer.expect(400).faults(), ["If-Match malformed"], "{tag}");
    }
    let answer =
        stage.world.root().await.with("if-match", "\"v7\"").send(Method::PATCH, &path, body.clone()).await;
    let stale = answer.expect(412);
    assert_eq!((stale.body["current"].as_str(), stale.body["yours"].as_str()), (Some("v1"), Some("v7")));
    // A tag that no version of ours has is a tag still: it matches none.
    for tag in ["\"1\"", "\"vx\"", "\"v99999999999\"", "\"\"", "\"v7\", \"v8\"", "\"*\"", "\"v7,v1\""] {
        let answer = stage.world.root().await.with("if-match", tag);
        let answer = answer.send(Method::PATCH, &path, body.clone()).await.expect(412);
        let yours = tag.replace('"', "");
        assert_eq!(
            (answer.body["current"].as_str(), answer.body["yours"].as_str()),
            (Some("v1"), Some(&*yours))
        );
    }
    for (n, tag) in ["W/\"v1\"", "\"v1\" , \"v2\"", "\"x\",,W/\"v3\"", "*"].iter().enumerate() {
        let body = Some(json!({"short_name": format!("x{n}")}).to_string());
        stage.world.root().await.with("if-match", tag).send(Method::PATCH, &path, body).await.expect(200);
    }
}

#[actix_web::test]
async fn all_faults_come_at_once() {
    let stage = Stage::new().await;
    let body = json!({"code": 7, "name": "", "short_name": "x".repeat(200), "valid_from": "2023-02-31",
        "traits": ["border", 1], "external_ids": [{"scheme": "gso"}], "nonsense": null});
    let answer = stage.world.root().await.post("/api/v1/org-units", body).await.expect(400);
    let mut faults = answer.faults();
    faults.sort();
    let expected = [
        "#/code wrong_type",
        "#/external_ids/0/code required",
        "#/kind required",
        "#/level required",
        "#/name may_not_be_empty",
        "#/nonsense unknown_field",
        "#/short_name too_long",
        "#/traits/1 wrong_type",
        "#/valid_from malformed",
    ];
    assert_eq!(faults, expected);
    let rules =
        json!({"code": "x", "name": "x", "level": "galaxy", "kind": "club", "valid_from": "2024-01-01"});
    let mut faults = stage.world.root().await.post("/api/v1/org-units", rules).await.expect(422).faults();
    faults.sort();
    assert_eq!(faults, ["#/kind unknown_value", "#/level unknown_value", "#/valid_from in_future"]);
}
