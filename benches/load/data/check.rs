//! What the service says of the finished data set, held against the arithmetic that made it.

use super::{
    land::{self, FIRST_DISTRICT, kind},
    plan, practice,
    sql::texts,
    templates::{End, REPORTS, TEMPLATES},
};
use crate::service::{Place, Service, command};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tiendo::{db::AnyConn, text};

/// What the roll-up of a district must say.
fn expected(of: usize, district: usize) -> BTreeMap<&'static str, u64> {
    let mut counts = BTreeMap::new();
    let mut count = |name, yes: bool| *counts.entry(name).or_default() += u64::from(yes);
    for task in (0..of).map(|n| plan::task(n, of)).filter(|task| task.district == district) {
        let end = TEMPLATES.get(task.template).expect("a course").end;
        count("total", end != End::Cancelled);
        count("cancelled", end == End::Cancelled);
        count("awaiting_confirmation", end == End::Submitted);
        count("overdue", end == End::Reporting && task.due < 0);
        count("done", end == End::Completed);
        count("done_late", end == End::Completed && task.submitted > task.due);
        count("done_on_time", end == End::Completed && task.submitted <= task.due);
    }
    if district == 0 {
        // Each item of a programme became a task too.
        *counts.entry("total").or_default() += u64::from(practice::WITH_PROGRAMME);
    }
    counts
}

/// Asks a running service for figures of two districts, a copy of a template and its history, and a word.
pub fn service(service: &Service, place: &Place, of: usize) {
    let mut viewer = service.client(&land::username("viewer", 0));
    for district in [0, 6] {
        let path = format!("/reports/task-rollup?unit_id={}&by=none", land::unit(FIRST_DISTRICT + district));
        let told = viewer.get(&path).expect("an answer").expect(200);
        for (name, count) in expected(of, district) {
            assert_eq!(told["rolled_up"][name], json!(count), "{name} of district {district}: {told}");
        }
    }
    let mut conn = AnyConn::open_to_read(&place.url).expect("the database");
    // The province reads branches only in sums.
    let mut officer = service.client(&land::username("officer", FIRST_DISTRICT));
    for n in [20, 29, 30, 31, 32, 33, 34, 35, 47, 499].map(|r| r * land::DISTRICTS) {
        same_shape(&mut officer, &mut conn, n, of);
    }
    let found = officer.get("/search?q=nhan%20dan%20hien%20dat&kinds=task").expect("an answer").expect(200);
    assert!(!found["items"].as_array().expect("a list").is_empty(), "search finds no task");
}

/// A copy has the members, steps and folded words that its template has.
fn same_shape(officer: &mut crate::http::Client, conn: &mut AnyConn, n: usize, of: usize) {
    let task = plan::task(n, of);
    let id = land::id(kind::TASK, n);
    let template = land::id(kind::TASK, super::templates::number(task.template));
    let mut get = |path: String| officer.get(&path).expect("an answer").expect(200);
    let (made, model) = (get(format!("/tasks/{id}")), get(format!("/tasks/{template}")));
    assert_eq!(made["unit"]["id"], json!(land::unit(task.unit)), "{made}");
    assert_eq!(made["weight"], json!(task.weight), "{made}");
    assert_eq!(shape(&made), shape(&model));
    for list in ["history", "progress-reports"] {
        let told = get(format!("/tasks/{id}/{list}"));
        assert_eq!(shape(&told), shape(&get(format!("/tasks/{template}/{list}"))), "{list} of {id}");
        for was in [super::templates::TITLE, super::templates::DUE, super::templates::START, &template] {
            assert!(!told.to_string().contains(was), "{list} of {id} still tells of its template: {told}");
        }
    }
    let reports = get(format!("/tasks/{id}/progress-reports"));
    assert_eq!(reports["items"].as_array().map(Vec::len), Some(REPORTS));
    let said = |field: &str| made[field].as_str();
    let folded = text::fold_all([said("title"), said("code"), said("description"), said("expected_product")]);
    let stored = texts(conn, &format!("SELECT search_text AS one FROM tasks WHERE id = '{id}'"));
    assert_eq!(stored, [folded]);
}

/// The names of all members, in order; lists as they are.
fn shape(value: &Value) -> Vec<String> {
    let mut names = Vec::new();
    walk(value, &mut names);
    names
}

fn walk(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                // Told of the first report of a day only; all reports on a template are of one day.
                if name != "last_reported_on" {
                    names.push(name.clone());
                    walk(value, names);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| walk(item, names)),
        _ => {}
    }
}

/// The chain of the log proves itself, by the service's own command.
pub fn log(place: &Place) {
    let said = command(place).args(["audit", "verify"]).output().expect("tiendo runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    print!("  {}", String::from_utf8_lossy(&said.stdout));
}
