//! Who is let in: tokens, sessions, log-ins and the own account.

mod account;
mod login;
mod refresh;
mod tokens;

use crate::harness::{Answer, PASSWORD, World};
use serde_json::json;
use tiendo::{ids::Id, policy::Role};

/// A person with an officer's assignment in A1 and the password of all test accounts.
async fn person(world: &World, name: &str) -> Id {
    world.enrol(name, Role::Officer, Some(world.units["A1"].clone())).await.0
}

async fn log_in(world: &World, name: &str, password: &str) -> Answer {
    world.nobody().post("/api/v1/auth/login", json!({"username": name, "password": password})).await
}

/// Logs a person in with the right password.
async fn session(world: &World, name: &str) -> Answer {
    log_in(world, name, PASSWORD).await.expect(200)
}

async fn refresh(world: &World, token: &str) -> Answer {
    world.nobody().post("/api/v1/auth/refresh", json!({"refresh_token": token})).await
}

fn access(tokens: &Answer) -> &str {
    tokens.body["access_token"].as_str().unwrap()
}

fn next(tokens: &Answer) -> &str {
    tokens.body["refresh_token"].as_str().unwrap()
}

/// The status a token gets.
async fn status(world: &World, token: &str) -> u16 {
    world.bearing(token).get("/api/v1/me").await.status
}
