//! Access tokens: only what this service signed for this use, now, counts (RFC 8725, RFC 9068).

use super::{access, person, session, status};
use crate::harness::{Answer, World, noon};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use diesel::prelude::*;
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey, Validation, crypto,
    jwk::{Jwk, JwkSet},
};
use serde_json::{Value, json};
use tiendo::{
    auth::keys::{Claims, Keys},
    clock::Instant,
    db::schema::{assignments, sessions, users},
};

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn part(token: &str, n: usize) -> Value {
    let text = token.split('.').nth(n).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).unwrap()).unwrap()
}

/// Signs any header and claims with a private key.
fn signed(header: &Value, claims: &Value, pem: &str) -> String {
    let message = format!("{}.{}", encode(header), encode(claims));
    let key = EncodingKey::from_ed_pem(pem.as_bytes()).unwrap();
    format!("{message}.{}", crypto::sign(message.as_bytes(), &key, Algorithm::EdDSA).unwrap())
}

fn with(object: &Value, name: &str, value: Value) -> Value {
    let mut object = object.clone();
    object[name] = value;
    object
}

fn without(object: &Value, name: &str) -> Value {
    let mut object = object.clone();
    object.as_object_mut().unwrap().remove(name).unwrap();
    object
}

/// A world with one person's good token, taken apart.
async fn good() -> (World, String, Value, Value) {
    let world = World::new().await;
    person(&world, "canbo").await;
    let token = access(&session(&world, "canbo").await).to_owned();
    let (header, claims) = (part(&token, 0), part(&token, 1));
    (world, token, header, claims)
}

fn refused(answer: &Answer) -> (u16, &str, &str) {
    (answer.status, answer.code(), answer.header("www-authenticate"))
}

#[actix_web::test]
async fn a_forged_head_is_refused() {
    let (world, token, header, claims) = good().await;
    assert_eq!(status(&world, &signed(&header, &claims, &world.key)).await, 200, "the forge works");
    let foreign = Keys::generate().unwrap();
    let mine = EncodingKey::from_ed_pem(foreign.as_bytes()).unwrap();
    let jwk = serde_json::to_value(Jwk::from_encoding_key(&mine, Algorithm::EdDSA).unwrap()).unwrap();
    for (forged, key) in [
        (with(&header, "kid", "../../../../dev/null".into()), &world.key),
        (with(&header, "kid", "' OR 1=1 --".into()), &world.key),
        (with(&header, "kid", "x".repeat(10_000).into()), &world.key),
        (with(&header, "kid", "".into()), &world.key),
        (without(&header, "kid"), &world.key),
        (with(&header, "typ", "JWT".into()), &world.key),
        (with(&header, "typ", "rt+jwt".into()), &world.key),
        (without(&header, "typ"), &world.key),
        (with(&with(&header, "crit", json!(["urn:x"])), "urn:x", json!(1)), &world.key),
        (with(&header, "jwk", jwk.clone()), &foreign),
        (with(&header, "jku", "https://example.vn/jwks.json".into()), &foreign),
        (header.clone(), &foreign),
    ] {
        let answer = world.bearing(&signed(&forged, &claims, key)).get("/api/v1/me").await;
        assert_eq!(refused(&answer), (401, "unauthenticated", "Bearer"), "{forged}");
    }
    // No signature, and the public key taken for a shared secret.
    let message = |alg: &str| format!("{}.{}", encode(&with(&header, "alg", alg.into())), encode(&claims));
    let (_, signature) = token.rsplit_once('.').unwrap();
    let public = URL_SAFE_NO_PAD.decode(world_jwk(&world).await["x"].as_str().unwrap()).unwrap();
    let hs256 = message("HS256");
    let mac = crypto::sign(hs256.as_bytes(), &EncodingKey::from_secret(&public), Algorithm::HS256).unwrap();
    for forged in [
        format!("{}.", message("none")),
        format!("{}.", message("None")),
        format!("{}.{signature}", message("NONE")),
        format!("{hs256}.{mac}"),
        format!("{}.{signature}", message("ES256")),
    ] {
        assert_eq!(status(&world, &forged).await, 401, "{forged}");
    }
}

#[actix_web::test]
async fn a_broken_token_is_refused() {
    let (world, token, _, claims) = good().await;
    let (message, signature) = token.rsplit_once('.').unwrap();
    let flipped = if signature.starts_with('A') { "B" } else { "A" };
    let other = with(&claims, "sub", "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d".into());
    let head = message.split_once('.').unwrap().0;
    for broken in [
        format!("{message}.{flipped}{}", &signature[1..]),
        format!("{message}."),
        message.to_owned(),
        format!("{head}.{}.{signature}", encode(&other)),
        format!("{token}.{signature}"),
        format!("{token}x"),
        "a.b.c.d.e".to_owned(),
        "x".repeat(60_000),
        "....".to_owned(),
        "null".to_owned(),
    ] {
        assert_eq!(status(&world, &broken).await, 401, "{broken:.80}");
    }
    for header in [token.as_str(), "Bearer", "Bearer ", "Basic YTpi", &format!("Token {token}")] {
        let answer = world.nobody().with("authorization", header).get("/api/v1/me").await;
        assert_eq!(refused(&answer), (401, "unauthenticated", "Bearer"), "{header:.20}");
    }
    world.nobody().with("authorization", &format!("bearer {token}")).get("/api/v1/me").await.expect(200);
}

#[actix_web::test]
async fn claims_are_checked_one_by_one() {
    let (world, _, header, claims) = good().await;
    let now = world.clock.system().seconds();
    for (changed, expected) in [
        (with(&claims, "exp", (now - 61).into()), 401),
        (with(&claims, "exp", (now - 1).into()), 200),
        (with(&claims, "nbf", (now + 61).into()), 401),
        (with(&claims, "nbf", (now + 1).into()), 200),
        (with(&claims, "exp", "soon".into()), 401),
        (with(&claims, "exp", i64::MAX.into()), 200),
        (with(&claims, "exp", i64::MIN.into()), 401),
        (with(&claims, "nbf", 0.into()), 200),
        (with(&claims, "nbf", i64::MAX.into()), 401),
        (with(&claims, "aud", "portal".into()), 401),
        (with(&claims, "aud", json!(["tiendo"])), 401),
        (with(&claims, "aud", json!(["tiendo", "portal"])), 401),
        (with(&claims, "iss", "https://example.vn".into()), 401),
        (with(&claims, "sub", "admin".into()), 401),
        (with(&claims, "jti", "".into()), 401),
        (with(&claims, "role", "admin".into()), 200),
    ] {
        assert_eq!(status(&world, &signed(&header, &changed, &world.key)).await, expected, "{changed}");
    }
    for name in ["exp", "nbf", "iss", "aud", "sub", "sid", "assignment", "jti"] {
        let less = without(&claims, name);
        assert_eq!(status(&world, &signed(&header, &less, &world.key)).await, 401, "without {name}");
    }
    // What a token says of the role gives no rights.
    let grown = signed(&header, &with(&claims, "role", "admin".into()), &world.key);
    world.bearing(&grown).get("/api/v1/users").await.expect(403);
    // Somebody else's session or assignment under the own name.
    let other = world.as_("leader@D").await.get("/api/v1/me").await.body["acting_as"].clone();
    let stolen = signed(&header, &with(&claims, "assignment", other), &world.key);
    assert_eq!(status(&world, &stolen).await, 401);
}

#[actix_web::test]
async fn a_token_lives_a_quarter_of_an_hour() {
    let (world, token, header, claims) = good().await;
    assert_eq!((header["alg"].as_str(), header["typ"].as_str()), (Some("EdDSA"), Some("at+jwt")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 900);
    for name in ["iss", "aud", "sub", "jti", "client_id", "unit_id", "role", "assignment"] {
        assert!(claims[name].is_string(), "{name}");
    }
    let at = |seconds: i64| {
        world.clock.hold_at(Instant::from_millis(noon("2023-10-15").millis() + 1000 * seconds))
    };
    at(930);
    assert_eq!(status(&world, &token).await, 200, "the clocks of two nodes may differ a little");
    at(931);
    assert_eq!(status(&world, &token).await, 401);
    at(-31);
    assert_eq!(status(&world, &token).await, 401);
}

#[actix_web::test]
async fn a_refresh_token_is_no_access_token() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let tokens = session(&world, "canbo").await;
    assert_eq!(status(&world, super::next(&tokens)).await, 401);
    let swapped = super::refresh(&world, access(&tokens)).await;
    assert_eq!(refused(&swapped.expect(401)).1, "invalid_refresh_token");
}

#[actix_web::test]
async fn what_a_token_stands_for_is_looked_up_every_time() {
    let (world, token, _, claims) = good().await;
    let assignment = claims["assignment"].as_str().unwrap().to_owned();
    let (user, sid) =
        (claims["sub"].as_str().unwrap().to_owned(), claims["sid"].as_str().unwrap().to_owned());
    let term = json!({"unit_id": world.unit("A1"), "name": "x"});
    world.bearing(&token).post("/api/v1/terms", term.clone()).await.expect(201);
    // Another role counts from the next request on.
    let id = assignment.clone();
    let set_role = |role: &'static str| {
        let id = id.clone();
        world.db.write(move |c| {
            Ok(diesel::update(assignments::table.filter(assignments::id.eq(id)))
                .set(assignments::role.eq(role))
                .execute(c)?)
        })
    };
    set_role("viewer").await.unwrap();
    world.bearing(&token).post("/api/v1/terms", term).await.expect(403);
    set_role("officer").await.unwrap();
    let id = user.clone();
    let disable = |at: Option<i64>| {
        let id = id.clone();
        world.db.write(move |c| {
            Ok(diesel::update(users::table.filter(users::id.eq(id)))
                .set(users::disabled_at.eq(at))
                .execute(c)?)
        })
    };
    disable(Some(1)).await.unwrap();
    assert_eq!(status(&world, &token).await, 401);
    disable(None).await.unwrap();
    assert_eq!(status(&world, &token).await, 200);
    let close = |at: Option<i64>| {
        let id = sid.clone();
        world.db.write(move |c| {
            Ok(diesel::update(sessions::table.filter(sessions::id.eq(id)))
                .set(sessions::revoked_at.eq(at))
                .execute(c)?)
        })
    };
    close(Some(1)).await.unwrap();
    assert_eq!(status(&world, &token).await, 401);
    close(None).await.unwrap();
    let admin = world.as_("admin@D").await;
    admin.post(&format!("/api/v1/assignments/{assignment}/end"), json!({})).await.expect(200);
    assert_eq!(status(&world, &token).await, 401);
}

#[actix_web::test]
async fn a_closed_unit_gives_no_rights() {
    let (world, token, ..) = good().await;
    let body = json!({"on": "2023-10-15", "reason": "Giải thể"});
    let close = format!("/api/v1/org-units/{}/close", world.unit("A1"));
    world.root().await.post(&close, body).await.expect(200);
    assert_eq!(status(&world, &token).await, 401);
}

async fn world_jwk(world: &World) -> Value {
    world.nobody().get("/.well-known/jwks.json").await.expect(200).body["keys"][0].clone()
}

#[actix_web::test]
async fn a_portal_verifies_a_token_with_the_public_keys() {
    let (world, token, ..) = good().await;
    let answer = world.nobody().get("/.well-known/jwks.json").await.expect(200);
    assert!(answer.header("cache-control").starts_with("public"));
    let keys: JwkSet = serde_json::from_value(answer.body.clone()).unwrap();
    let header = jsonwebtoken::decode_header(&token).unwrap();
    let jwk = keys.find(&header.kid.unwrap()).unwrap();
    let mut rules = Validation::new(Algorithm::EdDSA);
    rules.set_audience(&["tiendo"]);
    rules.set_issuer(&["tiendo"]);
    rules.validate_exp = false;
    let claims =
        jsonwebtoken::decode::<Claims>(&token, &DecodingKey::from_jwk(jwk).unwrap(), &rules).unwrap().claims;
    assert_eq!((claims.role.as_str(), claims.unit_id), ("officer", Some(world.unit("A1"))));
    let jwk = &answer.body["keys"][0];
    assert_eq!(
        (jwk["kty"].as_str(), jwk["crv"].as_str(), jwk["use"].as_str()),
        (Some("OKP"), Some("Ed25519"), Some("sig"))
    );
    assert!(jwk["d"].is_null(), "the private part is out");
}
