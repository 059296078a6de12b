//! What every answer carries: language, ids, versions, protection.

use crate::harness::{Answer, World};
use actix_web::http::Method;
use serde_json::json;
use tiendo::config::Settings;

#[actix_web::test]
async fn texts_come_in_the_language_asked_for() {
    let world = World::empty().await;
    for (asked, language, title) in [
        (None, "vi", "Không tìm thấy"),
        (Some("en"), "en", "Not found"),
        (Some("en-GB, vi;q=0.5"), "en", "Not found"),
        (Some("vi;q=0.8, en;q=0.2"), "vi", "Không tìm thấy"),
        (Some("en;q=0.5, vi;q=0.5"), "vi", "Không tìm thấy"),
        (Some("fr, ja;q=0.9"), "vi", "Không tìm thấy"),
        (Some("en;q=x;;, *"), "en", "Not found"),
        (Some("\u{1ec7}"), "vi", "Không tìm thấy"),
    ] {
        let caller = world.nobody();
        let caller = asked.map_or(world.nobody(), |asked| caller.with("accept-language", asked));
        let answer = caller.get("/api/v1/nothing").await.expect(404);
        assert_eq!(answer.header("content-language"), language, "{asked:?}");
        assert_eq!(answer.body["title"], title, "{asked:?}");
    }
}

#[actix_web::test]
async fn a_plain_request_id_is_echoed_and_any_other_replaced() {
    let world = World::empty().await;
    for id in ["abc", "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d", "a.b_c-1", &"x".repeat(64)] {
        let answer = world.nobody().with("x-request-id", id).get("/api/v1/nothing").await.expect(404);
        assert_eq!((answer.header("x-request-id"), answer.body["instance"].as_str()), (id, Some(id)));
    }
    for id in ["", "a b", "a\"b", "<script>", &"x".repeat(65), "đ", "a,b", "a;b=c"] {
        let answer = world.nobody().with("x-request-id", id).get("/health/live").await.expect(200);
        assert_ne!(answer.header("x-request-id"), id);
        assert_eq!(answer.header("x-request-id").len(), 36);
    }
}

#[actix_web::test]
async fn every_answer_belongs_to_a_trace() {
    let world = World::new().await;
    let (trace, span) = ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7");
    let parent = format!("00-{trace}-{span}-01");
    for address in ["/api/v1/org-units", "/api/v1/nothing", "/health/live", "/docs/"] {
        let asked = world.as_("leader@D").await.with("traceparent", &parent);
        let (first, second) = (asked.get(address).await, asked.get(address).await);
        let said = first.header("traceparent").to_owned();
        assert!(said.starts_with(&format!("00-{trace}-")) && said.ends_with("-01"), "{address}: {said}");
        assert_ne!(said, parent, "{address}: our span is not the caller's");
        assert_ne!(said, second.header("traceparent"), "{address}: each request is a span");
        if first.status == 404 {
            assert_eq!(first.body["trace_id"], trace);
        }
        let invalid =
            world.as_("leader@D").await.with("traceparent", &parent.to_uppercase()).get(address).await;
        assert_eq!(invalid.status, first.status, "{address}: a bad trace is no error");
        assert!(!invalid.header("traceparent").contains(trace), "{address}");
    }
}

#[actix_web::test]
async fn every_answer_protects_the_browser_that_shows_it() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await;
    for address in ["/api/v1/org-units", "/api/v1/nothing", "/health/live", "/docs/", "/api/v1/openapi.json"]
    {
        let answer = leader.get(address).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("x-frame-options", "DENY"),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
        ] {
            assert_eq!(answer.header(name), value, "{address} {name}");
        }
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{address}: {policy}");
        let strict = policy == "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(strict, !address.starts_with("/docs"), "{address}: {policy}");
        assert!(answer.header("server").is_empty(), "{address} tells what runs it");
    }
    let cache = |answer: &Answer| answer.header("cache-control").to_owned();
    assert_eq!(cache(&leader.get("/api/v1/org-units").await), "private, no-cache");
    let login = json!({"username": "nobody", "password": "nothing"});
    assert_eq!(cache(&world.nobody().post("/api/v1/auth/login", login).await), "no-store");
    let varies: Vec<String> = leader
        .get("/api/v1/org-units")
        .await
        .headers
        .get_all("vary")
        .map(|value| value.to_str().unwrap().to_ascii_lowercase())
        .collect();
    for name in ["authorization", "accept-language", "accept-encoding"] {
        assert!(varies.iter().any(|v| v.contains(name)), "{varies:?}");
    }
}

#[actix_web::test]
async fn only_listed_origins_are_let_in() {
    let origin = "https://cong-thong-tin.example.vn";
    let settings = Settings { cors_origins: vec![origin.into()], ..Settings::default() };
    let world = World::with(settings).await;
    let allowed = "access-control-allow-origin";
    let ours = world.nobody().with("origin", origin).get("/api/v1/errors").await.expect(200);
    assert_eq!(ours.header(allowed), origin);
    let exposed = ours.header("access-control-expose-headers").to_lowercase();
    for name in [
        "etag",
        "location",
        "preference-applied",
        "ratelimit",
        "ratelimit-policy",
        "retry-after",
        "x-request-id",
    ] {
        assert!(exposed.split(',').any(|given| given.trim() == name), "{name}: {exposed}");
    }
    assert!(ours.header("access-control-allow-credentials").is_empty());
    for stranger in ["https://example.com", "null", "https://cong-thong-tin.example.vn.evil.com"] {
        let answer = world.nobody().with("origin", stranger).get("/api/v1/errors").await.expect(200);
        assert_eq!(answer.header(allowed), "", "{stranger}");
    }
    let preflight = |origin: &'static str, method: &'static str| {
        world
            .nobody()
            .with("origin", origin)
            .with("access-control-request-method", method)
            .with("access-control-request-headers", "authorization,if-match,content-type")
    };
    let path = "/api/v1/org-units";
    let answer = preflight(origin, "PATCH").send(Method::OPTIONS, path, None).await.expect(200);
    assert_eq!(answer.header(allowed), origin);
    assert!(answer.header("access-control-allow-methods").contains("PATCH"));
    assert_eq!(answer.header("access-control-max-age"), "3600");
    let refused = preflight("https://example.com", "PATCH").send(Method::OPTIONS, path, None).await;
    assert_eq!(refused.header(allowed), "");
    let quiet = World::empty().await;
    let answer = quiet.nobody().with("origin", origin).get("/api/v1/errors").await.expect(200);
    assert_eq!(answer.header(allowed), "");
}

#[actix_web::test]
async fn what_the_caller_has_is_not_sent_again() {
    let world = World::new().await;
    let path = format!("/api/v1/org-units/{}", world.unit("A"));
    let leader = world.as_("leader@A").await;
    let first = leader.get(&path).await.expect(200);
    assert_eq!(first.header("etag"), "\"v1\"");
    for tag in ["\"v1\"", "W/\"v1\"", "\"v0\", \"v1\"", "*"] {
        let answer = world.as_("leader@A").await.with("if-none-match", tag).get(&path).await.expect(304);
        assert_eq!((answer.header("etag"), answer.text.as_str()), ("\"v1\"", ""), "{tag}");
    }
    for tag in ["\"v2\"", "v1", "\"v1"] {
        world.as_("leader@A").await.with("if-none-match", tag).get(&path).await.expect(200);
    }
    // A tag tells nothing about what one may not see.
    world.as_("leader@B").await.with("if-none-match", "*").get(&path).await.expect(404);
}

#[actix_web::test]
async fn a_compressed_answer_carries_a_weak_tag() {
    let world = World::new().await;
    let path = format!("/api/v1/org-units/{}", world.unit("A"));
    let zipped = world.root().await.with("accept-encoding", "gzip").get(&path).await.expect(200);
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert_eq!(zipped.header("etag"), "W/\"v1\"");
    let varies =
        zipped.headers.get_all("vary").any(|v| v.to_str().unwrap().eq_ignore_ascii_case("accept-encoding"));
    assert!(varies, "{:?}", zipped.headers);
    let body = Some(r#"{"short_name": "ĐU A"}"#.to_owned());
    let changed = world.root().await.with("if-match", "W/\"v1\"").with("accept-encoding", "gzip");
    assert_eq!(changed.send(Method::PATCH, &path, body).await.expect(200).header("etag"), "W/\"v2\"");
    let plain = world.root().await.with("accept-encoding", "identity").get(&path).await.expect(200);
    assert_eq!((plain.header("content-encoding"), plain.header("etag")), ("", "\"v2\""));
    let none =
        world.root().await.with("accept-encoding", "identity;q=0, br;q=0, gzip;q=0, *;q=0").get(&path).await;
    assert_eq!((none.status, none.code()), (406, "not_acceptable"));
}

#[actix_web::test]
async fn refusals_say_how_to_go_on() {
    let world = World::new().await;
    let answer = world.nobody().get("/api/v1/me").await.expect(401);
    assert_eq!(answer.header("www-authenticate"), "Bearer");
    let created = json!({"code": "C", "name": "Đảng ủy xã C", "level": "commune", "kind": "party_committee",
        "parent_id": world.unit("D")});
    let answer = world.root().await.post("/api/v1/org-units", created).await.expect(201);
    assert_eq!(answer.header("location"), format!("/api/v1/org-units/{}", answer.id()));
    assert_eq!(answer.header("etag"), "\"v1\"");
    world.root().await.get(answer.header("location")).await.expect(200);
}

#[actix_web::test]
async fn a_token_that_is_not_ours_opens_nothing() {
    let world = World::new().await;
    let good = world.as_("leader@D").await.token().unwrap();
    let parts: Vec<&str> = good.split('.').collect();
    let none = format!("eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJub25lIn0.{}.", parts[1]);
    let long = format!("{good}{}", "x".repeat(5000));
    for bad in ["", "x", "a.b.c", "....", &none, &long, &format!("{}.{}.", parts[0], parts[1]), &good[1..]] {
        let answer = world.bearing(bad).get("/api/v1/me").await;
        assert_eq!((answer.status, answer.code()), (401, "unauthenticated"), "{bad}");
    }
    for header in [
        format!("Basic {good}"),
        good.clone(),
        format!("Bearer{good}"),
        "Bearer".into(),
        "Bearer \u{e9}".into(),
    ] {
        let answer = world.nobody().with("authorization", &header).get("/api/v1/me").await;
        assert_eq!(answer.status, 401, "{header}");
    }
    world.nobody().with("authorization", &format!("bearer {good}")).get("/api/v1/me").await.expect(200);
}
