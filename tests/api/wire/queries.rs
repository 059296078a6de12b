//! Bad addresses: each good one of the matrix, spoiled in every way.

use super::{Verdict, rows_stored};
use crate::{
    conformance::operations,
    matrix::{ACTORS, Row, Stage, knows, rows},
};
use serde_json::Value;

/// Rows that somebody reads with success, and who.
fn readable() -> Vec<(&'static Row, &'static str)> {
    let reader = |row: &Row| row.statuses().iter().rposition(|status| *status == 200).map(|i| ACTORS[i]);
    rows().filter(|row| row.method() == "GET").filter_map(|row| Some((row, reader(row)?))).collect()
}

fn join(address: &str, query: &str) -> String {
    let sign = if address.contains('?') { '&' } else { '?' };
    format!("{address}{sign}{query}")
}

/// Values a parameter cannot have.
fn bad_values(parameter: &Value) -> Vec<&'static str> {
    let schema = &parameter["schema"];
    let mut found =
        match (parameter["name"].as_str().unwrap(), schema["format"].as_str(), schema["type"].as_str()) {
            ("limit", ..) => vec!["0", "201", "-1", "x", "1e9", "", "1.5", "99999999999999999999"],
            ("cursor", ..) => vec!["x", "AAAA", "!!!", "eyJhIjoxfQ", "AAAAAAAAAAAAAAAAWyJBIl0"],
            ("q", ..) => vec!["%25%25", "--", "_", "%5C", "%E2%80%A6!"],
            ("fields", ..) => vec!["password_hash", "id,,code", "*", ""],
            (_, Some("date"), _) => vec!["2023-02-31", "31/02/2023", "2023-1-1", "x", "", "0000-00-00"],
            (_, Some("uuid"), _) => vec!["x", "", "0199A0B2-7C1E-7D3A-9C55-0D6F1C2B3A4D", "1"],
            (_, _, Some("boolean")) => vec!["yes", "1", "TRUE", ""],
            (_, _, Some("integer")) => vec!["x", "", "1.5", "99999999999999999999"],
            _ => vec![],
        };
    if schema.get("enum").is_some() || schema["items"].get("enum").is_some() {
        found.extend(["no_such_word", ""]);
    }
    found
}

#[actix_web::test]
async fn bad_parameters_are_refused_by_name() {
    let stage = Stage::new().await;
    let mut verdict = Verdict::default();
    for (row, who) in readable() {
        let things = stage.with_own(who, &stage.things).await;
        let (address, caller) = (row.address(&things), stage.actor(who).await);
        let answer = caller.get(&join(&address, "no_such_parameter=1")).await;
        verdict.refused(&format!("{} unknown parameter", row.call), &answer, Some("no_such_parameter"));
        for parameter in row.operation(&stage.things).parameters().into_iter().filter(|p| p["in"] == "query")
        {
            let name = parameter["name"].as_str().unwrap();
            // The row's own value of it would make two of them.
            let base = if address.contains(&format!("{name}=")) {
                address.split('?').next().unwrap()
            } else {
                &address
            };
            for value in bad_values(parameter) {
                let answer = caller.get(&join(base, &format!("{name}={value}"))).await;
                verdict.refused(&format!("{} {name}={value}", row.call), &answer, Some(name));
            }
            let answer = caller.get(&join(base, &format!("{name}=a&{name}=b"))).await;
            verdict.refused(&format!("{} {name} twice", row.call), &answer, Some(name));
            for value in [
                "%00",
                "a%00b",
                "%E2%80%AE",
                "%25",
                "'",
                "%27%3B--",
                "%F0%9F%98%80",
                &"x".repeat(2000),
                &"x,".repeat(100),
            ] {
                let answer = caller.get(&join(base, &format!("{name}={value}"))).await;
                verdict.survived(&format!("{} {name}={value}", row.call), &answer);
            }
        }
        for broken in ["%ff", "a=%ff", "a=%ed%a0%80"] {
            let answer = caller.get(&join(&address, broken)).await;
            verdict.refused(&format!("{} {broken}", row.call), &answer, None);
        }
    }
    verdict.none();
}

#[actix_web::test]
async fn writes_read_their_parameters_as_strictly() {
    let stage = Stage::new().await;
    let mut verdict = Verdict::default();
    for row in rows().filter(|row| row.effect.is_some() && knows(row.operation(&stage.things), "dry_run")) {
        let by = row.effect.unwrap().by;
        let things = stage.with_own(by, &stage.things).await;
        let before = rows_stored(&stage).await;
        for (query, name) in [
            ("dry_run=yes", "dry_run"),
            ("dry_run=true&dry_run=false", "dry_run"),
            ("no_such_parameter=1", "no_such_parameter"),
        ] {
            let body = row.good_body().map(|body| crate::matrix::fill(body, &things));
            let answer = stage.send(row.method(), &join(&row.address(&things), query), by, body).await;
            verdict.refused(&format!("{} {query}", row.call), &answer, Some(name));
        }
        assert_eq!(rows_stored(&stage).await, before, "{} stored something", row.call);
    }
    verdict.none();
}

#[actix_web::test]
async fn bad_ids_in_the_address_are_absent() {
    let stage = Stage::new().await;
    for operation in operations().into_iter().filter(|op| op.path.contains('{')) {
        for id in [
            "x",
            "%00",
            "%ff",
            "%zz",
            "..%2F..%2Fetc",
            "0199A0B2-7C1E-7D3A-9C55-0D6F1C2B3A4D",
            "1%27--",
            "%F0%9F%98%80",
        ] {
            let mut address = String::new();
            for step in operation.path.split('/').skip(1) {
                address += "/";
                address += if step.starts_with('{') { id } else { step };
            }
            let method = operation.method.to_uppercase();
            let body = (method != "GET").then(|| "{}".to_owned());
            let answer = stage.send(&method, &address, "root", body).await;
            let refused = matches!(answer.status, 400 | 403 | 404 | 422);
            assert!(refused, "{method} {address}: {} {}", answer.status, answer.text);
        }
    }
}

#[actix_web::test]
async fn a_cursor_belongs_to_its_query_and_its_reader() {
    let stage = Stage::new().await;
    let leader = stage.world.as_("leader@D").await;
    let first = leader.get("/api/v1/org-units?limit=2").await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap().to_owned();
    let next = leader.get(&format!("/api/v1/org-units?limit=2&cursor={cursor}")).await.expect(200);
    assert_ne!(first.body["items"], next.body["items"]);
    let other_filter = format!("/api/v1/org-units?limit=2&cursor={cursor}&level=commune");
    assert_eq!(leader.get(&other_filter).await.expect(400).faults(), ["cursor cursor_mismatch"]);
    let other_reader = stage.world.as_("leader@A").await;
    let answer = other_reader.get(&format!("/api/v1/org-units?limit=2&cursor={cursor}")).await;
    assert_eq!(answer.expect(400).faults(), ["cursor cursor_mismatch"]);
    let mut bent = cursor.into_bytes();
    bent[3] = if bent[3] == b'A' { b'B' } else { b'A' };
    let bent = String::from_utf8(bent).unwrap();
    leader.get(&format!("/api/v1/org-units?limit=2&cursor={bent}")).await.expect(400);
}
