//! Units and accounts, through the service.

use super::land;
use crate::{
    http::Client,
    service::{PASSWORD, Service},
};
use serde_json::{Value, json};
use std::thread;

/// Lines in one file.
const FILE: usize = 1000;
/// Accounts are slow to make, by intent: as many at once as the machine may have cores.
const HANDS: usize = 4;

/// Loads lines of history; each must be taken.
pub fn load(admin: &mut Client, lines: &[Value]) -> Vec<Value> {
    let mut answers = Vec::new();
    for some in lines.chunks(FILE) {
        let text: Vec<String> = some.iter().map(Value::to_string).collect();
        let answer = admin.send("POST", "/api/v1/imports", "application/x-ndjson", &text.join("\n"));
        let answer = answer.expect("an answer").expect(200);
        let refused =
            answer["lines"].as_array().expect("lines").iter().find(|line| line["problem"] != Value::Null);
        assert!(refused.is_none(), "refused: {}", refused.unwrap_or(&Value::Null));
        answers.extend(answer["lines"].as_array().expect("lines").iter().cloned());
    }
    answers
}

/// Makes all accounts.
pub fn enrol(service: &Service) {
    let (all, token) = (land::accounts(), service.token("admin"));
    thread::scope(|scope| {
        for mine in all.chunks(all.len().div_ceil(HANDS)) {
            let token = &token;
            scope.spawn(move || {
                let mut admin = Client::new(&service.address, token).expect("the service listens");
                for (role, n) in mine {
                    enrol_one(&mut admin, role, *n);
                }
            });
        }
    });
}

fn enrol_one(admin: &mut Client, role: &str, n: usize) {
    let name = land::username(role, n);
    let mut account = json!({"username": name, "display_name": name, "password": PASSWORD,
        "assignments": [{"unit_id": land::unit(n), "role": role}]});
    if role != "viewer" {
        account["id"] = land::person(land::kind::USER, role, n).into();
        account["assignments"][0]["id"] = land::person(land::kind::ASSIGNMENT, role, n).into();
    }
    admin.post("/users", &account).expect("an answer").expect(201);
}
