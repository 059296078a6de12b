//! The house: a room uses only rooms below it. The floors are data; an arrow that does not follow
//! from them fails the test, and so does a room that stands on no floor.

use std::{collections::BTreeSet, fs, path::Path};

/// From the ground up. A room may use every room of a lower floor and none of its own, except on
/// the ground, whose rooms know only each other.
const FLOORS: &[&[&str]] = &[
    &["error", "clock", "ids", "text", "roman", "place", "vocabulary", "config"],
    &["measures"],
    &["http"],
    &["db"],
    &["events"],
    &["policy"],
    &["auth"],
    &["org_units"],
    &["settings", "calendars"],
    &["people", "terms"],
    &["documents", "persons", "congresses"],
    &["indicators", "resolution_items"],
    &["targets"],
    &["tasks", "posts", "likeness", "dispatches", "disseminations"],
    &["criteria"],
    &["duties", "forms", "programmes", "registrations"],
    &["reconfirmations", "submissions"],
    &["search"],
    &["reports", "exchange", "audit"],
    &["app"],
    &["demo"],
    &["cli"],
];

/// Rooms that use less than their floor would let them, and why.
const ONLY: &[(&str, &[&str])] = &[
    // Figures are pure: what a number is must not depend on where it is kept or shown.
    ("measures", &["error", "vocabulary"]),
];

/// Macros of the crate's root, and the rooms they live in.
const MACROS: &[(&str, &str)] = &[("on", "db")];

/// Names of files that must not know the web.
const WITHOUT_WEB: &[&str] = &["model.rs", "workflow.rs"];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

fn may_use(room: &str, other: &str) -> bool {
    if room == other {
        return true;
    }
    if let Some((_, few)) = ONLY.iter().find(|(name, _)| *name == room) {
        return few.contains(&other);
    }
    match (floor(room), floor(other)) {
        (Some(0), Some(0)) => true,
        (Some(mine), Some(its)) => its < mine,
        _ => false,
    }
}

/// What is wrong with a file of the library; its path is given below `src`.
fn faults(path: &str, source: &str) -> Vec<String> {
    let room = path.split('/').next().unwrap().trim_end_matches(".rs");
    let file = path.rsplit('/').next().unwrap();
    let code = without_comments(source);
    let mut found = Vec::new();
    if floor(room).is_none() {
        found.push(format!("{path}: the room {room} stands on no floor"));
    }
    for other in rooms_used(&code).into_iter().filter(|other| !may_use(room, other)) {
        found.push(format!("{path}: {room} must not use {other}"));
    }
    if (file == "routes.rs" || path.contains("/routes/")) && code.contains("diesel") {
        found.push(format!("{path}: handlers take, call and answer; queries belong to the model"));
    }
    let pure = matches!(room, "policy" | "measures") || floor(room) == Some(0);
    if (pure || WITHOUT_WEB.contains(&file)) && code.contains("actix") {
        found.push(format!("{path}: knows the web"));
    }
    if pure && ["std::fs", "std::net", "std::env"].iter().any(|io| code.contains(io)) {
        found.push(format!("{path}: does input or output"));
    }
    found
}

fn without_comments(source: &str) -> String {
    let code = |line: &str| line.split("//").next().unwrap_or_default().to_owned();
    source.lines().map(code).collect::<Vec<_>>().join("\n")
}

/// The rooms after every `crate::`, also in braces. `$crate::` stands in macros: what those name is
/// used where they are, and was written there by choice.
fn rooms_used(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, start) in code.match_indices("crate::") {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c == '$' || c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => found.extend(first_names(group)),
            None => found.extend(name(rest)),
        }
    }
    let room = |name: String| {
        MACROS.iter().find(|(makro, _)| *makro == name).map_or(name, |(_, room)| (*room).into())
    };
    found.into_iter().map(room).collect()
}

fn name(text: &str) -> Option<String> {
    let name: String = text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!name.is_empty()).then_some(name)
}

/// The first name of each member of a group, up to its closing brace.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut begins, mut found) = (1, true, Vec::new());
    for (at, c) in group.char_indices() {
        if begins && depth == 1 && !c.is_whitespace() {
            found.extend(name(&group[at..]));
            begins = false;
        }
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => begins = true,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found
}

fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_room_uses_only_what_lies_below() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut all, mut found) = (Vec::new(), Vec::new());
    files(&src, &mut all);
    assert!(all.len() > 50, "the house was not found");
    for path in all {
        let short = path.strip_prefix(&src).unwrap().to_str().unwrap();
        // The list of the rooms, and the way in.
        if !matches!(short, "lib.rs" | "main.rs") {
            found.extend(faults(short, &fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_kind_of_fault_is_found() {
    let wrong = |path: &str, source: &str| faults(path, source).join("; ");
    assert_eq!(wrong("auth/gate.rs", "use crate::tasks::model;"), "auth/gate.rs: auth must not use tasks");
    let nested =
        "use crate::{\n    db::{AnyConn, schema::{tasks, users}},\n    error::Result,\n    reports,\n};";
    assert_eq!(wrong("tasks/model.rs", nested), "tasks/model.rs: tasks must not use reports");
    assert_eq!(
        wrong("terms/wire.rs", "let x = crate::people::y();"),
        "terms/wire.rs: terms must not use people"
    );
    assert_eq!(
        wrong("measures/mod.rs", "use crate::clock::Instant;"),
        "measures/mod.rs: measures must not use clock"
    );
    assert_eq!(wrong("events/tx.rs", "use crate::{on, auth};"), "events/tx.rs: events must not use auth");
    assert_eq!(wrong("http/page.rs", "use crate::on;"), "http/page.rs: http must not use db");
    assert!(wrong("tasks/routes.rs", "use diesel::prelude::*;").contains("queries belong to the model"));
    assert!(wrong("tasks/routes/x.rs", "use diesel::prelude::*;").contains("queries belong to the model"));
    assert!(wrong("tasks/model.rs", "use actix_web::web;").contains("knows the web"));
    assert!(wrong("policy/table.rs", "fn f() -> actix_web::HttpResponse").contains("knows the web"));
    assert!(wrong("clock.rs", "let t = std::fs::read(p);").contains("input or output"));
    assert!(wrong("garden/mod.rs", "").contains("stands on no floor"));
    // And what is right passes.
    let good = "//! crate::reports\nuse crate::{db::{self, schema::reports}, events::{Tx, log}, http::Page}; // crate::cli\n$crate::cli::x";
    assert_eq!(wrong("tasks/model.rs", good), "");
}
