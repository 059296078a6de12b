//! How much one may ask.

use crate::harness::World;
use actix_web::{dev::Payload, http::Method, web::Bytes};
use futures_util::{StreamExt, stream};
use std::{cell::Cell, collections::HashMap, rc::Rc, time::Duration};
use tiendo::{
    config::Settings,
    error::Code,
    http::body::{MAX_BODY, collect, collect_with},
};

#[actix_web::test]
async fn who_asks_too_much_waits() {
    let world = World::with(Settings { rate_limit: 3, ..Settings::default() }).await;
    for _ in 0..3 {
        world.nobody().get("/api/v1/errors").await.expect(200);
    }
    let refused = world.nobody().get("/api/v1/errors").await.expect(429);
    assert_eq!(refused.code(), "too_many_requests");
    let seconds: u64 = refused.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert!(refused.body["detail"].as_str().unwrap().contains(&seconds.to_string()), "{}", refused.text);
    // Another caller has an allowance of its own, and probes are never refused.
    world.bearing("somebody").get("/api/v1/errors").await.expect(200);
    world.nobody().get("/health/live").await.expect(200);
}

/// Name and whole-number parameters of a list of one item (RFC 9651).
fn item(field: &str) -> (String, HashMap<String, u64>) {
    let mut parts = field.split(';');
    let name = parts.next().unwrap().strip_prefix('"').unwrap().strip_suffix('"').unwrap();
    let pairs = parts.map(|part| part.split_once('=').unwrap());
    (name.to_owned(), pairs.map(|(key, value)| (key.to_owned(), value.parse().unwrap())).collect())
}

#[actix_web::test]
async fn every_answer_says_how_much_is_left() {
    let world = World::with(Settings { rate_limit: 5, ..Settings::default() }).await;
    let unit = format!("/api/v1/errors?q={}", "x".repeat(9000));
    let asked = ["/api/v1/errors", "/api/v1/me", "/api/v1/nothing", "/docs", &unit, "/api/v1/errors"];
    for (n, address) in asked.into_iter().enumerate() {
        let answer = world.nobody().get(address).await;
        let status = [200, 401, 404, 308, 414, 429][n];
        assert_eq!(answer.status, status, "{address}");
        let (name, policy) = item(answer.header("ratelimit-policy"));
        assert_eq!((name.as_str(), policy["q"], policy["w"]), ("default", 5, 60), "{address}");
        let (name, left) = item(answer.header("ratelimit"));
        assert_eq!((name.as_str(), left["r"]), ("default", [4, 3, 2, 1, 0, 0][n]), "{address}");
        // A request comes back every 12 seconds.
        assert!((1..=12).contains(&left["t"]), "{address}: {left:?}");
        if status == 429 {
            assert_eq!(answer.header("retry-after"), left["t"].to_string());
        }
    }
    let probe = world.nobody().get("/health/live").await.expect(200);
    assert_eq!((probe.header("ratelimit"), probe.header("ratelimit-policy")), ("", ""));
}

#[actix_web::test]
async fn who_waits_as_long_as_told_is_let_in() {
    // Sixty a minute: one comes back every second.
    let world = World::with(Settings { rate_limit: 60, ..Settings::default() }).await;
    let mut refused = world.nobody().get("/api/v1/errors").await;
    while refused.status == 200 {
        refused = world.nobody().get("/api/v1/errors").await;
    }
    assert_eq!(refused.header("retry-after"), "1");
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.nobody().get("/api/v1/errors").await.expect(200);
}

#[actix_web::test]
async fn the_limit_can_be_switched_off() {
    let world = World::with(Settings { rate_limit: 0, ..Settings::default() }).await;
    for _ in 0..50 {
        world.nobody().get("/health/live").await.expect(200);
        let answer = world.nobody().get("/.well-known/jwks.json").await.expect(200);
        assert_eq!((answer.header("ratelimit"), answer.header("ratelimit-policy")), ("", ""));
    }
}

#[actix_web::test]
async fn a_long_address_is_refused() {
    let world = World::empty().await;
    let answer = world.nobody().get(&format!("/api/v1/errors?q={}", "x".repeat(9000))).await;
    assert_eq!((answer.status, answer.code()), (414, "uri_too_long"));
}

#[actix_web::test]
async fn a_large_body_is_refused() {
    let world = World::new().await;
    let before = world.events().await;
    let body = format!("{{\"code\": \"{}\"}}", "x".repeat(MAX_BODY));
    let answer = world.root().await.send(Method::POST, "/api/v1/org-units", Some(body)).await;
    assert_eq!((answer.status, answer.code()), (413, "payload_too_large"));
    let honest = world.root().await.with("content-length", "99999999");
    let answer = honest.send(Method::POST, "/api/v1/org-units", Some("{}".into())).await;
    assert_eq!((answer.status, answer.code()), (413, "payload_too_large"));
    assert_eq!(world.events().await, before);
}

#[actix_web::test]
async fn a_large_body_is_not_read_to_its_end() {
    const CHUNK: usize = 64 * 1024;
    let read = Rc::new(Cell::new(0));
    let counter = read.clone();
    let endless = stream::repeat_with(move || {
        counter.set(counter.get() + CHUNK);
        Ok(Bytes::from(vec![b'x'; CHUNK]))
    });
    let payload = Payload::Stream { payload: endless.boxed_local() };
    let refused = collect(payload, MAX_BODY).await.unwrap_err();
    assert_eq!(refused.code, Code::PayloadTooLarge);
    assert!(read.get() <= MAX_BODY + CHUNK, "{} bytes were read", read.get());
}

#[actix_web::test]
async fn a_body_that_stands_still_is_given_up() {
    let stalled = stream::once(async { Ok(Bytes::from_static(b"{")) }).chain(stream::pending());
    let payload = Payload::Stream { payload: stalled.boxed_local() };
    let refused = collect_with(payload, MAX_BODY, Duration::from_millis(20)).await.unwrap_err();
    assert_eq!(refused.code, Code::RequestTimeout);
}

#[actix_web::test]
async fn metrics_open_to_their_token_only() {
    let settings =
        Settings { metrics_token: Some("một từ bí mật".parse().unwrap()), ..Settings::default() };
    let world = World::with(settings).await;
    world.nobody().get("/metrics").await.expect(401);
    world.bearing("wrong").get("/metrics").await.expect(401);
    world.root().await.get("/metrics").await.expect(401);
    world.nobody().get("/api/v1/nothing").await.expect(404);
    let plain = Settings { metrics_token: Some("token-0".parse().unwrap()), ..Settings::default() };
    let world = World::with(plain).await;
    world.nobody().get("/api/v1/errors").await.expect(200);
    let text = world.bearing("token-0").get("/metrics").await.expect(200).text;
    assert!(
        text.contains("tiendo_http_requests_total{method=\"GET\",route=\"/api/v1/errors\",status=\"200\"} 1"),
        "{text}"
    );
}
