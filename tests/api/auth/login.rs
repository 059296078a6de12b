//! Logging in: nothing is told about which names exist, and guessing gets slower.

use super::{log_in, person};
use crate::harness::{PASSWORD, World, noon};
use futures_util::future::join_all;
use serde_json::json;
use std::time::{Duration, Instant as Moment};
use tiendo::{
    auth::{password::hash_now, throttle::Throttle},
    clock::Instant,
};

#[actix_web::test]
async fn a_log_in_answers_tokens_and_leaves_its_event() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let before = world.events().await;
    let tokens = log_in(&world, "canbo", PASSWORD).await.expect(200);
    assert_eq!(world.events().await, before + 1);
    assert_eq!(
        (tokens.body["token_type"].as_str(), tokens.body["expires_in"].as_i64()),
        (Some("Bearer"), Some(900))
    );
    assert!(tokens.body["access_token"].is_string() && tokens.body["refresh_token"].is_string());
    assert_eq!(tokens.header("cache-control"), "no-store");
    log_in(&world, "canbo", "sai mật khẩu").await.expect(401);
    assert_eq!(world.events().await, before + 1);
}

#[actix_web::test]
async fn nobody_learns_which_names_exist() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let off = person(&world, "đã nghỉ").await;
    world.root().await.post(&format!("/api/v1/users/{off}/disable"), json!({})).await.expect(200);
    let known = log_in(&world, "canbo", "sai mật khẩu").await.expect(401);
    let unknown = log_in(&world, "không có ai", "sai mật khẩu").await.expect(401);
    // Not even with the right password.
    let disabled = log_in(&world, "đã nghỉ", PASSWORD).await.expect(401);
    let comparable = |answer: &crate::harness::Answer| {
        let mut body = answer.body.clone();
        body["instance"] = "".into();
        body["trace_id"] = "".into();
        let mut headers: Vec<String> = answer
            .headers
            .iter()
            .filter(|(name, _)| *name != "x-request-id" && *name != "traceparent")
            .map(|(name, value)| format!("{name}: {value:?}"))
            .collect();
        headers.sort();
        (body, headers)
    };
    assert_eq!(known.code(), "invalid_credentials");
    assert_eq!(comparable(&known), comparable(&unknown));
    assert_eq!(comparable(&known), comparable(&disabled));
}

#[actix_web::test]
async fn an_unknown_name_takes_its_time() {
    let world = World::empty().await;
    let (mut hash, mut unknown) = (Duration::MAX, Duration::MAX);
    for n in 0..4 {
        let start = Moment::now();
        hash_now(PASSWORD).unwrap();
        hash = hash.min(start.elapsed());
        let start = Moment::now();
        log_in(&world, &format!("không có ai {n}"), "sai mật khẩu").await.expect(401);
        unknown = unknown.min(start.elapsed());
    }
    // A hash takes far longer than everything else of a log-in; the shortest of each bears a busy machine.
    assert!(unknown * 3 > hash, "{unknown:?} is too short for a hash of {hash:?}");
}

#[actix_web::test]
async fn guessing_slows_down_and_a_success_forgives() {
    let world = World::new().await;
    for name in ["canbo", "khác"] {
        person(&world, name).await;
    }
    let at = |seconds: i64| {
        world.clock.hold_at(Instant::from_millis(noon("2023-10-15").millis() + 1000 * seconds))
    };
    for _ in 0..5 {
        log_in(&world, "canbo", "sai mật khẩu").await.expect(401);
    }
    let wait = log_in(&world, "canbo", PASSWORD).await.expect(429);
    assert_eq!((wait.code(), wait.header("retry-after")), ("too_many_requests", "2"));
    // The same account in another spelling; another account is not concerned.
    log_in(&world, "CÁNBO", PASSWORD).await.expect(429);
    log_in(&world, "khác", PASSWORD).await.expect(200);
    at(2);
    log_in(&world, "canbo", "sai mật khẩu").await.expect(401);
    assert_eq!(log_in(&world, "canbo", "x").await.expect(429).header("retry-after"), "4");
    at(5);
    log_in(&world, "canbo", PASSWORD).await.expect(429);
    at(6);
    log_in(&world, "canbo", PASSWORD).await.expect(200);
    log_in(&world, "canbo", "sai mật khẩu").await.expect(401);
    log_in(&world, "canbo", PASSWORD).await.expect(200);
    // Names that do not exist slow down alike.
    for _ in 0..5 {
        log_in(&world, "không có ai", "sai mật khẩu").await.expect(401);
    }
    log_in(&world, "không có ai", PASSWORD).await.expect(429);
}

#[actix_web::test]
async fn guesses_at_once_do_not_slip_through() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let guesses =
        join_all((0..20).map(|n| log_in(&world, "canbo", ["sai mật khẩu", PASSWORD][n / 19]))).await;
    let judged = guesses.iter().filter(|answer| answer.status == 401).count();
    let turned_away = guesses.iter().filter(|answer| answer.status == 429).count();
    assert_eq!((judged, turned_away), (5, 15), "the right one among them is not told either");
}

#[actix_web::test]
async fn a_stranger_cannot_lock_a_leader_out() {
    let throttle = Throttle::default();
    let now = noon("2023-10-15");
    for _ in 0..40 {
        throttle.failed("bithu", "10.0.0.1", now);
    }
    let refused = throttle.check("bithu", "10.0.0.1", now).unwrap_err();
    assert_eq!(refused.retry_after, Some(900), "never longer than a quarter of an hour");
    assert!(throttle.check("bithu", "10.0.0.2", now).is_ok());
    // One password tried on many accounts.
    for n in 0..50 {
        throttle.failed(&format!("canbo {n}"), "10.0.0.3", now);
    }
    assert!(throttle.check("canbo 51", "10.0.0.3", now).is_err());
    throttle.succeeded("canbo 1", "10.0.0.3");
    assert!(throttle.check("canbo 1", "10.0.0.3", now).is_err(), "one success does not clear the address");
}

#[actix_web::test]
async fn bad_log_ins_are_named_by_field() {
    let world = World::empty().await;
    for (body, status, faults) in [
        (json!({}), 400, vec!["#/password required", "#/username required"]),
        (json!({"username": "a", "password": "b", "otp": 1}), 400, vec!["#/otp unknown_field"]),
        (json!({"username": ["a"], "password": "b"}), 400, vec!["#/username wrong_type"]),
        (json!({"username": "a\u{0}", "password": "b"}), 400, vec!["#/username bad_character"]),
        (json!({"username": "a", "password": "x".repeat(129)}), 422, vec!["#/password too_long"]),
    ] {
        let answer = world.nobody().post("/api/v1/auth/login", body).await.expect(status);
        let mut found = answer.faults();
        found.sort();
        assert_eq!(found, faults);
    }
}
