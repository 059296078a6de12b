//! Deputies: who is appointed, what they may, and how it ends by itself.

mod acting;
mod appointing;
mod bounds;
mod hands;
mod words;

use crate::harness::{Answer, Caller, World};
use serde_json::{Value, json};

const ABSENT: &str = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";

/// The assignment somebody acts under.
async fn post_of(world: &World, who: &str) -> String {
    let me = world.as_(who).await.get("/api/v1/me").await.expect(200);
    me.body["acting_as"].as_str().unwrap().to_owned()
}

/// Where the deputies of somebody are.
async fn deputies_of(world: &World, holder: &str) -> String {
    format!("/api/v1/assignments/{}/deputies", post_of(world, holder).await)
}

/// The words of an appointment.
async fn days(world: &World, deputy: &str, from: &str, to: &str) -> Value {
    let user = world.user(deputy).await.to_string();
    json!({"user_id": user, "from_on": from, "to_on": to, "reason": "Đi học lớp cao cấp"})
}

/// The holder appoints a deputy.
async fn lend(world: &World, holder: &str, deputy: &str, from: &str, to: &str) -> Answer {
    let body = days(world, deputy, from, to).await;
    world.as_(holder).await.post(&deputies_of(world, holder).await, body).await.expect(201)
}

async fn act_as(world: &World, who: &str, holder: &str) -> Answer {
    let body = json!({"assignment_id": post_of(world, holder).await});
    world.as_(who).await.post("/api/v1/auth/act-as", body).await
}

/// Somebody acting under another's assignment.
async fn stand_in<'a>(world: &'a World, who: &str, holder: &str) -> Caller<'a> {
    let tokens = act_as(world, who, holder).await.expect(200);
    world.bearing(tokens.body["access_token"].as_str().unwrap())
}

async fn refresh(world: &World, tokens: &Answer) -> Answer {
    let body = json!({"refresh_token": tokens.body["refresh_token"]});
    world.nobody().post("/api/v1/auth/refresh", body).await
}

fn items(page: &Answer) -> &Vec<Value> {
    page.body["items"].as_array().unwrap()
}

fn kinds(page: &Answer) -> Vec<&str> {
    items(page).iter().map(|event| event["kind"].as_str().unwrap()).collect()
}
