//! Accounts and assignments: who manages whom, and what takes hold at once.

use crate::harness::{Answer, Caller, PASSWORD, World};
use diesel::prelude::*;
use serde_json::{Value, json};
use tiendo::db::schema::events;

const ABSENT: &str = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";

fn account(name: &str, assignments: Value) -> Value {
    json!({"username": name, "display_name": format!("Đồng chí {name}"), "password": PASSWORD,
        "assignments": assignments})
}

fn officer(world: &World, unit: &str) -> Value {
    json!([{"unit_id": world.unit(unit), "role": "officer"}])
}

async fn made(caller: &Caller<'_>, name: &str, assignments: Value) -> Answer {
    caller.post("/api/v1/users", account(name, assignments)).await.expect(201)
}

fn path(user: &Answer, rest: &str) -> String {
    format!("/api/v1/users/{}{rest}", user.id())
}

async fn log_in(world: &World, name: &str, password: &str) -> Answer {
    world.nobody().post("/api/v1/auth/login", json!({"username": name, "password": password})).await
}

fn token(answer: &Answer) -> String {
    answer.body["access_token"].as_str().unwrap().to_owned()
}

fn names(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|u| u["username"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_new_account_logs_in_under_its_assignment() {
    let world = World::new().await;
    let before = world.events().await;
    let admin = world.as_("admin@D").await;
    let added = world.events().await - before;
    let user = made(
        &admin,
        "Bí thư A1",
        json!([{"unit_id": world.unit("A1"), "role": "leader", "valid_from": "2023-10-15"}]),
    )
    .await;
    assert_eq!(world.events().await - before - added, 2, "one for the account, one for its assignment");
    assert_eq!(user.header("etag"), "\"v1\"");
    assert_eq!(user.header("location"), path(&user, ""));
    assert!(!user.text.contains("password") && !user.text.contains("argon2"), "{}", user.text);
    let there = admin.get(&path(&user, "")).await.expect(200);
    assert_eq!(there.body, user.body);
    let post = &there.body["assignments"][0];
    assert_eq!((post["unit"]["code"].as_str(), post["role"].as_str()), (Some("A1"), Some("leader")));
    assert_eq!(post["ground"], "post");
    // Case and accents do not tell names apart.
    let session = log_in(&world, "BI THU A1", PASSWORD).await.expect(200);
    let me = world.bearing(&token(&session)).get("/api/v1/me").await.expect(200);
    assert_eq!(me.body["acting_as"], post["id"]);
}

#[actix_web::test]
async fn rights_are_given_in_the_own_territory_only() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    made(&admin, "dưới", officer(&world, "A1")).await;
    let before = world.events().await;
    let foreign = admin.post("/api/v1/users", account("lạ", officer(&world, "B"))).await.expect(422);
    assert_eq!(foreign.faults(), ["#/assignments/0/unit_id unknown_reference"]);
    let absent =
        admin.post("/api/v1/users", account("lạ", json!([{"unit_id": ABSENT, "role": "viewer"}]))).await;
    assert_eq!(absent.expect(422).faults(), foreign.faults());
    let second = json!([{"unit_id": world.unit("A"), "role": "viewer"}, {"unit_id": world.unit("B1"), "role": "viewer"}]);
    let second = admin.post("/api/v1/users", account("lạ", second)).await.expect(422);
    assert_eq!(second.faults(), ["#/assignments/1/unit_id unknown_reference"]);
    let above = admin.post("/api/v1/users", account("lạ", officer(&world, "D"))).await.expect(403);
    assert_eq!((above.code(), above.body["action"].as_str()), ("forbidden", Some("user.manage")));
    let whole = json!([{"unit_id": null, "role": "admin"}]);
    admin.post("/api/v1/users", account("lạ", whole.clone())).await.expect(403);
    for role in ["leader@A", "officer@A", "inspector@A", "viewer@A", "service@A"] {
        let other = world.as_(role).await;
        let enrolled = world.events().await;
        other.post("/api/v1/users", account("lạ", officer(&world, "A1"))).await.expect(403);
        other.get("/api/v1/users").await.expect(403);
        assert_eq!(world.events().await, enrolled);
    }
    let root = world.root().await;
    let no_unit = json!([{"unit_id": null, "role": "leader"}]);
    let no_unit = root.post("/api/v1/users", account("lạ", no_unit)).await.expect(422);
    assert_eq!(no_unit.faults(), ["#/assignments/0/unit_id not_permitted_here"]);
    made(&root, "lạ", whole).await;
    assert!(world.events().await > before);
}

#[actix_web::test]
async fn a_strangers_account_is_as_good_as_absent() {
    let world = World::new().await;
    let user = made(&world.root().await, "của B", officer(&world, "B1")).await;
    let post = user.body["assignments"][0]["id"].as_str().unwrap();
    let admin = world.as_("admin@A").await;
    let before = world.events().await;
    for id in [user.id(), ABSENT.to_owned()] {
        let at = |rest: &str| format!("/api/v1/users/{id}{rest}");
        for rest in ["", "/history"] {
            assert_eq!(admin.get(&at(rest)).await.expect(404).code(), "not_found");
        }
        admin.patch(&at(""), 1, json!({"display_name": "x"})).await.expect(404);
        for verb in ["/disable", "/enable"] {
            admin.post(&at(verb), json!({"reason": "x"})).await.expect(404);
        }
        admin.post(&at("/reset-password"), json!({"password": PASSWORD})).await.expect(404);
        admin
            .post(&at("/assignments"), json!({"unit_id": world.unit("A1"), "role": "viewer"}))
            .await
            .expect(404);
    }
    for id in [post, ABSENT] {
        admin.get(&format!("/api/v1/assignments/{id}")).await.expect(404);
        admin.post(&format!("/api/v1/assignments/{id}/end"), json!({"reason": "x"})).await.expect(404);
    }
    assert_eq!(world.events().await, before);
    assert_eq!(names(&admin.get("/api/v1/users").await.expect(200)), ["admin@A"]);
    assert_eq!(
        admin.get(&format!("/api/v1/users?under={}", world.unit("B"))).await.expect(404).code(),
        "not_found"
    );
}

#[actix_web::test]
async fn who_also_works_elsewhere_is_read_but_managed_from_above() {
    let world = World::new().await;
    let both = json!([{"unit_id": world.unit("A"), "role": "leader"}, {"unit_id": world.unit("B"), "role": "officer"}]);
    let user = made(&world.as_("admin@D").await, "hai nơi", both).await;
    let (in_a, in_b) = (
        user.body["assignments"][0]["id"].as_str().unwrap().to_owned(),
        user.body["assignments"][1]["id"].as_str().unwrap().to_owned(),
    );
    assert_eq!(user.body["has_assignments_elsewhere"], false);
    let admin = world.as_("admin@A").await;
    let seen = admin.get(&path(&user, "")).await.expect(200);
    assert_eq!(seen.body["has_assignments_elsewhere"], true);
    assert_eq!(seen.body["assignments"].as_array().unwrap().len(), 1);
    assert!(!seen.text.contains(&world.unit("B")), "{}", seen.text);
    let history = admin.get(&path(&user, "/history")).await.expect(200);
    assert!(!history.text.contains(&world.unit("B")), "{}", history.text);
    for (verb, body) in [
        ("/disable", json!({})),
        ("/reset-password", json!({"password": PASSWORD})),
        ("/assignments", json!({"unit_id": world.unit("A1"), "role": "viewer"})),
    ] {
        assert_eq!(admin.post(&path(&user, verb), body).await.expect(403).code(), "forbidden", "{verb}");
    }
    admin.patch(&path(&user, ""), 1, json!({"display_name": "x"})).await.expect(403);
    admin.get(&format!("/api/v1/assignments/{in_b}")).await.expect(404);
    // But anybody is taken out of the own territory by its admin, and then belongs to the other.
    admin
        .post(&format!("/api/v1/assignments/{in_a}/end"), json!({"reason": "Chuyển công tác"}))
        .await
        .expect(200);
    let other = world.as_("admin@B").await;
    other.post(&path(&user, "/disable"), json!({"reason": "x"})).await.expect(200);
    admin.get(&path(&user, "")).await.expect(200);
    admin.post(&path(&user, "/enable"), json!({})).await.expect(403);
    // Nowhere any more: then whoever is above every place it ever had.
    other.post(&format!("/api/v1/assignments/{in_b}/end"), json!({})).await.expect(200);
    other.post(&path(&user, "/enable"), json!({})).await.expect(403);
    world.as_("admin@D").await.post(&path(&user, "/enable"), json!({})).await.expect(200);
}

#[actix_web::test]
async fn lists_are_filtered_and_paged() {
    let world = World::new().await;
    let root = world.root().await;
    for (name, unit, role) in
        [("Lê Đức", "A1", "leader"), ("Đỗ An", "A2", "officer"), ("Trần Bá", "B1", "officer")]
    {
        made(&root, name, json!([{"unit_id": world.unit(unit), "role": role}])).await;
    }
    let list = async |query: &str| root.get(&format!("/api/v1/users{query}")).await;
    assert_eq!(names(&list("").await.expect(200)), ["admin@", "Đỗ An", "Lê Đức", "Trần Bá"]);
    assert_eq!(names(&list("?q=dong%20chi%20do").await.expect(200)), ["Đỗ An"]);
    assert_eq!(list("?q=%25").await.expect(400).faults(), ["q malformed"], "a sign alone is no word");
    assert_eq!(names(&list("?q=").await.expect(200)).len(), 4, "nothing in particular");
    assert_eq!(names(&list("?role=officer").await.expect(200)), ["Đỗ An", "Trần Bá"]);
    assert_eq!(names(&list("?role=admin").await.expect(200)), ["admin@"]);
    let under = format!("?under={}&role=officer,leader", world.unit("A"));
    assert_eq!(names(&list(&under).await.expect(200)), ["Đỗ An", "Lê Đức"]);
    let leader = list("?q=le").await.expect(200).body["items"][0]["id"].as_str().unwrap().to_owned();
    root.post(&format!("/api/v1/users/{leader}/disable"), json!({})).await.expect(200);
    assert_eq!(names(&list("?disabled=true").await.expect(200)), ["Lê Đức"]);
    assert_eq!(names(&list("?disabled=false").await.expect(200)).len(), 3);
    let mut walked = Vec::new();
    let mut next = "?limit=1".to_owned();
    loop {
        let page = list(&next).await.expect(200);
        walked.extend(names(&page).into_iter().map(str::to_owned));
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        next = format!("?limit=1&cursor={cursor}");
    }
    assert_eq!(walked, ["admin@", "Đỗ An", "Lê Đức", "Trần Bá"]);
    let cursor = list("?limit=1").await.body["next_cursor"].as_str().unwrap().to_owned();
    let other = list(&format!("?limit=1&role=officer&cursor={cursor}")).await.expect(400);
    assert_eq!(other.faults(), ["cursor cursor_mismatch"]);
    let foreign = world.as_("admin@A").await.get(&format!("/api/v1/users?limit=1&cursor={cursor}")).await;
    assert_eq!(foreign.expect(400).faults(), ["cursor cursor_mismatch"]);
    for (query, fault) in [
        ("?role=bishop", "role unknown_value"),
        ("?disabled=perhaps", "disabled malformed"),
        ("?limit=201", "limit limit_out_of_range"),
        ("?rolle=officer", "rolle unknown_parameter"),
        ("?fields=password_hash", "fields unknown_value"),
    ] {
        assert_eq!(list(query).await.faults(), [fault]);
    }
    let narrow = list("?fields=username&limit=1").await.expect(200);
    assert_eq!(narrow.body["items"][0], json!({"username": "admin@"}));
}

#[actix_web::test]
async fn renaming_wants_the_version_and_a_free_name() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let user = made(&admin, "canbo.a1", officer(&world, "A1")).await;
    made(&admin, "canbo.a2", officer(&world, "A2")).await;
    let at = path(&user, "");
    let bare =
        admin.send(actix_web::http::Method::PATCH, &at, Some(json!({"display_name": "x"}).to_string())).await;
    assert_eq!(bare.expect(428).code(), "precondition_required");
    let taken = admin.patch(&at, 1, json!({"username": "CánBộ-A2"})).await.expect(409);
    assert_eq!(taken.code(), "already_exists");
    let renamed =
        admin.patch(&at, 1, json!({"username": "bithu.a1", "display_name": "Bí thư Chi bộ A1"})).await;
    assert_eq!(renamed.expect(200).header("etag"), "\"v2\"");
    let stale = admin.patch(&at, 1, json!({"display_name": "y"})).await.expect(412);
    assert_eq!((stale.body["current"].as_str(), stale.body["yours"].as_str()), (Some("v2"), Some("v1")));
    // The own name in another spelling is no conflict with itself.
    admin.patch(&at, 2, json!({"username": "BiThu.A1"})).await.expect(200);
    assert_eq!(names(&admin.get("/api/v1/users?q=chi%20bo%20a1").await), ["BiThu.A1"]);
    for (body, faults) in [
        (json!({"username": ""}), vec!["#/username may_not_be_empty"]),
        (json!({"username": "---"}), vec!["#/username bad_character"]),
        (json!({"username": "b\u{456}thu"}), vec!["#/username bad_character"]),
        (json!({"username": "x", "id": ABSENT}), vec!["#/id unknown_field"]),
        (
            json!({"display_name": null, "password_hash": "x"}),
            vec!["#/display_name wrong_type", "#/password_hash unknown_field"],
        ),
        (
            json!({"display_name": "a\u{202e}b", "username": 5}),
            vec!["#/display_name bad_character", "#/username wrong_type"],
        ),
    ] {
        let mut found = admin.patch(&at, 3, body.clone()).await.faults();
        found.sort();
        assert_eq!(found, faults, "{body}");
    }
    let log: Vec<String> =
        world.db.read(|c| Ok(events::table.select(events::changes).load(c)?)).await.unwrap();
    for name in ["canbo.a1", "bithu.a1", "Đồng chí", "Bí thư Chi bộ"] {
        assert!(!log.iter().any(|changes| changes.contains(name)), "{name} is in the log for ever");
    }
}

#[actix_web::test]
async fn a_creation_may_be_sent_again() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let id = "0199a0b2-0000-7000-8000-000000000001";
    let mut body = account("một lần", officer(&world, "A1"));
    body["id"] = id.into();
    body["assignments"][0]["id"] = "0199a0b2-0000-7000-8000-000000000002".into();
    admin.post("/api/v1/users", body.clone()).await.expect(201);
    let before = world.events().await;
    assert_eq!(admin.post("/api/v1/users", body.clone()).await.expect(200).id(), id);
    let mut other = body.clone();
    other["assignments"][0]["role"] = "leader".into();
    assert_eq!(admin.post("/api/v1/users", other).await.expect(409).code(), "id_conflict");
    let stranger = world.as_("admin@B").await;
    let before = before.max(world.events().await);
    let mut foreign = account("khác", officer(&world, "B1"));
    foreign["id"] = id.into();
    let foreign = stranger.post("/api/v1/users", foreign).await.expect(409);
    assert_eq!(foreign.code(), "id_conflict");
    assert!(!foreign.text.contains("một lần") && !foreign.text.contains("A1"), "{}", foreign.text);

    let at = format!("/api/v1/users/{id}/assignments");
    let more =
        json!({"id": "0199a0b2-0000-7000-8000-000000000003", "unit_id": world.unit("A2"), "role": "viewer"});
    let made = admin.post(&at, more.clone()).await.expect(201);
    assert_eq!(made.header("location"), format!("/api/v1/assignments/{}", made.id()));
    assert_eq!(admin.get(made.header("location")).await.expect(200).body, made.body);
    assert_eq!(admin.post(&at, more.clone()).await.expect(200).body, made.body);
    let mut other = more.clone();
    other["unit_id"] = world.unit("A1").into();
    assert_eq!(admin.post(&at, other).await.expect(409).code(), "id_conflict");
    assert_eq!(world.events().await, before + 1);
    let user = admin.get(&format!("/api/v1/users/{id}")).await.expect(200);
    assert_eq!((user.header("etag"), user.body["assignments"].as_array().unwrap().len()), ("\"v2\"", 2));
    let third = world.root().await;
    let mut stolen = account("người khác", officer(&world, "B1"));
    stolen["assignments"][0]["id"] = "0199a0b2-0000-7000-8000-000000000003".into();
    assert_eq!(third.post("/api/v1/users", stolen).await.expect(409).code(), "id_conflict");
}

#[actix_web::test]
async fn bad_accounts_are_refused_field_by_field() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let before = world.events().await;
    let unit = world.unit("A1");
    for (change, status, faults) in [
        (json!({"password": "ngắn"}), 422, vec!["#/password too_short"]),
        (json!({"password": "x".repeat(129)}), 422, vec!["#/password too_long"]),
        (json!({"password": "aaaabbbb"}), 422, vec!["#/password weak_password"]),
        (json!({"password": "Mới-Đến-01"}), 422, vec!["#/password weak_password"]),
        (json!({"assignments": []}), 422, vec!["#/assignments may_not_be_empty"]),
        (json!({"assignments": null}), 400, vec!["#/assignments wrong_type"]),
        (json!({"assignments": [{"unit_id": unit}]}), 400, vec!["#/assignments/0/role required"]),
        (json!({"assignments": [{"role": "viewer"}]}), 400, vec!["#/assignments/0/unit_id required"]),
        (
            json!({"assignments": [{"unit_id": unit, "role": "king"}]}),
            422,
            vec!["#/assignments/0/role unknown_value"],
        ),
        (
            json!({"assignments": [{"unit_id": unit, "role": "viewer", "valid_from": "2023-02-31"}]}),
            400,
            vec!["#/assignments/0/valid_from malformed"],
        ),
        (
            json!({"assignments": [{"unit_id": unit, "role": "viewer", "valid_from": "2023-02-02", "valid_to": "2023-02-01"}]}),
            422,
            vec!["#/assignments/0/valid_to end_before_start"],
        ),
        (json!({"username": "a\u{0}b"}), 400, vec!["#/username bad_character"]),
        (json!({"disabled_at": null}), 400, vec!["#/disabled_at unknown_field"]),
    ] {
        let mut body = account("mới đến 01", officer(&world, "A1"));
        body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let answer = admin.post("/api/v1/users", body).await.expect(status);
        assert_eq!(answer.faults(), faults, "{change}");
        assert!(!answer.text.contains("aaaabbbb"));
    }
    let bare = admin.post("/api/v1/users", json!({})).await.expect(400);
    assert_eq!(bare.faults().len(), 4, "every missing field at once: {:?}", bare.faults());
    admin.post("/api/v1/users?dry_run=true", account("thử", officer(&world, "A1"))).await.expect(201);
    assert_eq!(world.events().await, before);
    assert_eq!(names(&admin.get("/api/v1/users").await), ["admin@A"]);
}

#[actix_web::test]
async fn an_assignment_ends_at_once_or_after_its_last_day() {
    let world = World::new().await;
    let root = world.root().await;
    let admin = world.as_("admin@A").await;
    let user = made(&admin, "sắp đi", officer(&world, "A1")).await;
    let post = user.body["assignments"][0]["id"].as_str().unwrap().to_owned();
    let bearer = token(&log_in(&world, "sắp đi", PASSWORD).await.expect(200));
    let end = format!("/api/v1/assignments/{post}/end");
    let later = admin.post(&end, json!({"on": "2023-10-16", "reason": "Chuyển"})).await.expect(200);
    assert_eq!(
        (later.body["valid_to"].as_str(), later.body["ended_at"].is_null()),
        (Some("2023-10-16"), true)
    );
    world.bearing(&bearer).get("/api/v1/me").await.expect(200);
    let longer = admin.post(&end, json!({"on": "2023-10-17", "reason": "x"})).await.expect(422);
    assert_eq!(longer.faults(), ["#/on not_permitted_here"]);
    world.clock.set_today("2023-10-16".parse().unwrap());
    world.bearing(&bearer).get("/api/v1/me").await.expect(200);
    world.clock.set_today("2023-10-17".parse().unwrap());
    world.bearing(&bearer).get("/api/v1/me").await.expect(401);
    assert_eq!(log_in(&world, "sắp đi", PASSWORD).await.expect(403).code(), "no_assignment");
    assert_eq!(admin.post(&end, json!({})).await.expect(409).code(), "invalid_state");

    world.clock.set_today("2023-10-15".parse().unwrap());
    let before = world.events().await;
    let now = admin.send(actix_web::http::Method::POST, &end, None).await.expect(200);
    assert!(now.body["ended_at"].is_string());
    assert_eq!(world.events().await, before + 1);
    world.bearing(&bearer).get("/api/v1/me").await.expect(401);
    let shown = admin.get(&path(&user, "")).await.expect(200);
    assert_eq!(
        (shown.header("etag"), shown.body["assignments"][0]["id"].as_str()),
        ("\"v3\"", Some(post.as_str()))
    );

    // One that has yet to begin gives no rights before its day.
    let next = json!({"unit_id": world.unit("A2"), "role": "leader", "valid_from": "2023-10-20", "valid_to": "2023-10-20"});
    let next = admin.post(&path(&user, "/assignments"), next).await.expect(201).id();
    assert_eq!(log_in(&world, "sắp đi", PASSWORD).await.expect(403).code(), "no_assignment");
    world.clock.set_today("2023-10-20".parse().unwrap());
    log_in(&world, "sắp đi", PASSWORD).await.expect(200);
    let early = root.post(&format!("/api/v1/assignments/{next}/end"), json!({"on": "2023-10-19"})).await;
    assert_eq!(early.expect(422).faults(), ["#/on end_before_start"]);
}

#[actix_web::test]
async fn a_disabled_account_stops_at_once() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let user = made(&admin, "tạm nghỉ", officer(&world, "A1")).await;
    let session = log_in(&world, "tạm nghỉ", PASSWORD).await.expect(200);
    let before = world.events().await;
    let disabled =
        admin.send(actix_web::http::Method::POST, &path(&user, "/disable"), None).await.expect(200);
    assert!(disabled.body["disabled_at"].is_string());
    assert_eq!(world.events().await, before + 1);
    world.bearing(&token(&session)).get("/api/v1/me").await.expect(401);
    let refresh = json!({"refresh_token": session.body["refresh_token"]});
    world.nobody().post("/api/v1/auth/refresh", refresh.clone()).await.expect(401);
    assert_eq!(log_in(&world, "tạm nghỉ", PASSWORD).await.expect(401).code(), "invalid_credentials");
    assert_eq!(admin.post(&path(&user, "/disable"), json!({})).await.expect(409).code(), "invalid_state");
    admin.post(&path(&user, "/enable"), json!({"reason": "Đi làm lại"})).await.expect(200);
    assert_eq!(admin.post(&path(&user, "/enable"), json!({})).await.expect(409).code(), "invalid_state");
    world.nobody().post("/api/v1/auth/refresh", refresh).await.expect(401);
    log_in(&world, "tạm nghỉ", PASSWORD).await.expect(200);
    let stale = world.as_("admin@A").await.with("if-match", "\"v1\"");
    stale.post(&path(&user, "/disable"), json!({})).await.expect(412);
}

#[actix_web::test]
async fn a_reset_password_ends_all_sessions() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let user = made(&admin, "hay quên", officer(&world, "A1")).await;
    let sessions = [log_in(&world, "hay quên", PASSWORD).await, log_in(&world, "hay quên", PASSWORD).await];
    let weak = admin.post(&path(&user, "/reset-password"), json!({"password": "Hay-Quên"})).await.expect(422);
    assert_eq!(weak.faults(), ["#/password weak_password"]);
    let before = world.events().await;
    let body = json!({"password": "cây dừa nước mặn", "reason": "Quên mật khẩu"});
    let answer = admin.post(&path(&user, "/reset-password"), body).await.expect(200);
    assert!(!answer.text.contains("argon2"));
    assert_eq!(world.events().await, before + 1);
    for session in sessions {
        world.bearing(&token(&session)).get("/api/v1/me").await.expect(401);
        let refresh = json!({"refresh_token": session.body["refresh_token"]});
        world.nobody().post("/api/v1/auth/refresh", refresh).await.expect(401);
    }
    log_in(&world, "hay quên", PASSWORD).await.expect(401);
    log_in(&world, "hay quên", "cây dừa nước mặn").await.expect(200);
    let history = admin.get(&path(&user, "/history")).await.expect(200);
    let kinds: Vec<&str> =
        history.body["items"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["user.created", "assignment.created", "user.password_reset"]);
    let last = &history.body["items"][2];
    assert_eq!(
        (last["reason"].as_str(), last["by"]["role"].as_str()),
        (Some("Quên mật khẩu"), Some("admin"))
    );
    assert_eq!(last["changes"], json!({}));
}

#[actix_web::test]
async fn nothing_is_given_in_a_closed_unit() {
    let world = World::new().await;
    let root = world.root().await;
    root.post(
        &format!("/api/v1/org-units/{}/close", world.unit("A2")),
        json!({"on": "2023-10-15", "reason": "Giải thể"}),
    )
    .await
    .expect(200);
    let refused = root.post("/api/v1/users", account("muộn", officer(&world, "A2"))).await.expect(422);
    assert_eq!(refused.faults(), ["#/assignments/0/unit_id not_permitted_here"]);
}
