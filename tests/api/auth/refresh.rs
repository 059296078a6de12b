//! Refresh tokens: each is used once, and a copy ends the family.

use super::{access, next, person, refresh, session, status};
use crate::harness::{World, noon};
use diesel::prelude::*;
use futures_util::future::join_all;
use serde_json::json;
use std::collections::HashSet;
use tiendo::{clock::Instant, db::schema::events};

fn later(world: &World, seconds: i64) {
    world.clock.hold_at(Instant::from_millis(noon("2023-10-15").millis() + 1000 * seconds));
}

const DAY: i64 = 86_400;

#[actix_web::test]
async fn each_use_gives_the_next() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let first = session(&world, "canbo").await;
    let second = refresh(&world, next(&first)).await.expect(200);
    let third = refresh(&world, next(&second)).await.expect(200);
    let all: HashSet<&str> = [&first, &second, &third].map(next).into();
    assert_eq!(all.len(), 3);
    assert_eq!(
        (third.body["token_type"].as_str(), third.body["expires_in"].as_i64()),
        (Some("Bearer"), Some(900))
    );
    for tokens in [&first, &second, &third] {
        assert_eq!(status(&world, access(tokens)).await, 200);
    }
    assert_eq!(third.header("cache-control"), "no-store");
}

#[actix_web::test]
async fn a_lost_answer_is_given_again_for_a_minute() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let first = session(&world, "canbo").await;
    let second = refresh(&world, next(&first)).await.expect(200);
    later(&world, 60);
    let again = refresh(&world, next(&first)).await.expect(200);
    assert_eq!(next(&again), next(&second), "the same one, not a branch");
    // Once that is used, the old one is a copy in somebody's hands.
    let third = refresh(&world, next(&again)).await.expect(200);
    assert_eq!(refresh(&world, next(&first)).await.expect(401).code(), "invalid_refresh_token");
    refresh(&world, next(&third)).await.expect(401);
    assert_eq!(status(&world, access(&third)).await, 401);
}

#[actix_web::test]
async fn a_copy_ends_the_family_and_leaves_a_trace() {
    let world = World::new().await;
    let user = person(&world, "canbo").await;
    let (first, other) = (session(&world, "canbo").await, session(&world, "canbo").await);
    let second = refresh(&world, next(&first)).await.expect(200);
    later(&world, 61);
    let before = world.events().await;
    assert_eq!(refresh(&world, next(&first)).await.expect(401).code(), "invalid_refresh_token");
    assert_eq!(world.events().await, before + 1);
    let (kind, by, reason): (String, Option<String>, Option<String>) = world
        .db
        .read(|c| {
            let last = events::table.order(events::seq.desc());
            Ok(last.select((events::kind, events::actor_user, events::reason)).first(c)?)
        })
        .await
        .unwrap();
    assert_eq!(
        (kind.as_str(), by, reason.as_deref()),
        ("session.ended", Some(user.to_string()), Some("reused"))
    );
    assert_eq!(status(&world, access(&second)).await, 401, "its access token too");
    refresh(&world, next(&second)).await.expect(401);
    assert_eq!(status(&world, access(&other)).await, 200, "another family lives on");
    assert_eq!(world.events().await, before + 1);
}

#[actix_web::test]
async fn twenty_at_once_get_one_successor() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let first = session(&world, "canbo").await;
    let all = join_all((0..20).map(|_| refresh(&world, next(&first)))).await;
    assert!(all.iter().all(|answer| answer.status == 200), "{all:?}");
    let successors: HashSet<&str> = all.iter().map(next).collect();
    assert_eq!(successors.len(), 1);
    refresh(&world, successors.iter().next().unwrap()).await.expect(200);
}

#[actix_web::test]
async fn a_session_ends_by_rest_and_by_age() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let idle = session(&world, "canbo").await;
    later(&world, 7 * DAY + 1);
    refresh(&world, next(&idle)).await.expect(401);
    later(&world, 0);
    let mut tokens = session(&world, "canbo").await;
    for days in [6, 12, 18, 24] {
        later(&world, days * DAY);
        tokens = refresh(&world, next(&tokens)).await.expect(200);
    }
    later(&world, 30 * DAY);
    refresh(&world, next(&tokens)).await.expect(401);
}

#[actix_web::test]
async fn logging_out_stops_everything_of_the_session() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let (mine, other) = (session(&world, "canbo").await, session(&world, "canbo").await);
    let before = world.events().await;
    let out = json!({"refresh_token": next(&mine)});
    for events in [1, 1] {
        world.nobody().post("/api/v1/auth/logout", out.clone()).await.expect(204);
        assert_eq!(world.events().await, before + events, "a second time changes nothing");
    }
    assert_eq!(status(&world, access(&mine)).await, 401);
    refresh(&world, next(&mine)).await.expect(401);
    assert_eq!(status(&world, access(&other)).await, 200);
}

#[actix_web::test]
async fn a_made_up_token_is_refused() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let tokens = session(&world, "canbo").await;
    let (id, rest) = next(&tokens).split_once('.').unwrap();
    let (_, secret) = rest.split_once('.').unwrap();
    let before = world.events().await;
    for made_up in [
        format!("{id}.2.{secret}"),
        format!("{id}.1."),
        format!("{id}.1.{secret}A"),
        format!("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d.1.{secret}"),
        format!("{id}.-1.{secret}"),
        id.to_owned(),
        "x".to_owned(),
    ] {
        assert_eq!(refresh(&world, &made_up).await.expect(401).code(), "invalid_refresh_token", "{made_up}");
        world.nobody().post("/api/v1/auth/logout", json!({"refresh_token": made_up})).await.expect(204);
    }
    assert_eq!(world.events().await, before);
    let bare = world.nobody().post("/api/v1/auth/refresh", json!({})).await.expect(400);
    assert_eq!(bare.faults(), ["#/refresh_token required"]);
    refresh(&world, next(&tokens)).await.expect(200);
}

#[actix_web::test]
async fn a_lost_right_ends_refreshing() {
    let world = World::new().await;
    let admin = world.as_("admin@D").await;
    let user = person(&world, "canbo").await;
    let tokens = session(&world, "canbo").await;
    let me = world.bearing(access(&tokens)).get("/api/v1/me").await.expect(200);
    let post = me.body["acting_as"].as_str().unwrap();
    let last_day = json!({"on": "2023-10-15"});
    admin.post(&format!("/api/v1/assignments/{post}/end"), last_day).await.expect(200);
    let tokens = refresh(&world, next(&tokens)).await.expect(200);
    later(&world, DAY);
    refresh(&world, next(&tokens)).await.expect(401);
    later(&world, 0);
    let tokens = refresh(&world, next(&tokens)).await.expect(200);
    admin.post(&format!("/api/v1/users/{user}/disable"), json!({})).await.expect(200);
    refresh(&world, next(&tokens)).await.expect(401);
}
