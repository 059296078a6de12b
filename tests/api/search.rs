//! Search: what a clerk types finds what is meant, in any spelling, on both databases alike.

mod corpus;
mod folding;
mod index;
mod pinned;
mod random;
mod seen;

use crate::harness::{Answer, Caller};

/// Percent-encodes everything, so that any text can be asked for.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02x}")).collect()
}

async fn search(caller: &Caller<'_>, q: &str, more: &str) -> Answer {
    caller.get(&format!("/api/v1/search?q={}{more}", encoded(q))).await
}

/// The titles that were found, in their order.
fn titles(answer: &Answer) -> Vec<&str> {
    answer.body["items"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect()
}
