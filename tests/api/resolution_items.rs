//! Resolution items: the tree of a document, its wordings, and who may touch them.

mod changing;
mod reading;
mod refusals;

use crate::harness::World;
use serde_json::{Value, json};

/// A paper of district D.
async fn paper(world: &World, status: &str) -> String {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Về nhiệm vụ năm 2023", "status": status});
    world.as_("officer@D").await.post("/api/v1/documents", body).await.expect(201).id()
}

fn items_of(paper: &str) -> String {
    format!("/api/v1/documents/{paper}/items")
}

fn at(item: &str) -> String {
    format!("/api/v1/resolution-items/{item}")
}

/// An item that says its own label.
fn item(label: &str, parent: Option<usize>) -> Value {
    json!({"kind": "clause", "label": label, "text": format!("Điều {label}"), "parent": parent})
}

/// Adds items by their labels, each below the one at a place of the list.
async fn add(world: &World, paper: &str, items: &[(&str, Option<usize>)]) -> Vec<String> {
    let items: Vec<Value> = items.iter().map(|(label, parent)| item(label, *parent)).collect();
    let made = world.as_("officer@D").await.post(&items_of(paper), json!({"items": items})).await.expect(201);
    ids(&made.body)
}

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

/// What a reader is shown, in order: `2.1 label`.
async fn told(world: &World, who: &str, paper: &str, query: &str) -> Vec<String> {
    let page = world.as_(who).await.get(&format!("{}{query}", items_of(paper))).await.expect(200).body;
    page["items"].as_array().unwrap().iter().map(spot).collect()
}

fn spot(item: &Value) -> String {
    let ordinals: Vec<String> = item["ordinals"].as_array().unwrap().iter().map(Value::to_string).collect();
    assert_eq!(item["depth"], ordinals.len());
    assert_eq!(item["ordinal"].to_string(), *ordinals.last().unwrap());
    format!("{} {}", ordinals.join("."), item["label"].as_str().unwrap())
}

/// A resolution of two parts: I (I.1, I.2) and II.
async fn resolution(world: &World, status: &str) -> (String, Vec<String>) {
    let paper = paper(world, status).await;
    let made = add(world, &paper, &[("I", None), ("I.1", Some(0)), ("I.2", Some(0)), ("II", None)]).await;
    (paper, made)
}
