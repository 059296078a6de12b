//! Posts: who holds them, what they give, and how they pass on.

use crate::harness::{Answer, Caller, World};
use serde_json::{Value, json};

async fn person(world: &World, unit: &str, name: &str, user: Option<String>) -> String {
    let body = json!({"unit_id": world.unit(unit), "full_name": name, "user_id": user});
    world.as_("leader@A").await.post("/api/v1/persons", body).await.expect(201).id()
}

fn holding(world: &World, unit: &str, post: &str, person: &str, from: &str) -> Value {
    json!({"unit_id": world.unit(unit), "post": post, "person_id": person, "starts_on": from})
}

async fn give(world: &World, unit: &str, post: &str, person: &str, from: &str) -> Answer {
    let body = holding(world, unit, post, person, from);
    world.as_("leader@A").await.post("/api/v1/holdings", body).await.expect(201)
}

fn at(holding: &Answer) -> String {
    format!("/api/v1/holdings/{}", holding.id())
}

/// The account's assignments that come from posts, as `role from to ended`.
async fn given(world: &World, user: &str) -> Vec<String> {
    let user = world.root().await.get(&format!("/api/v1/users/{user}")).await.expect(200);
    let posts = user.body["assignments"].as_array().unwrap().clone();
    let told = |a: &Value| {
        let word = |name: &str| a[name].as_str().unwrap_or("-").to_owned();
        format!("{} {} {} {}", word("role"), word("valid_from"), word("valid_to"), !a["ended_at"].is_null())
    };
    posts.iter().filter(|a| !a["holding_id"].is_null()).map(told).collect()
}

/// Somebody in the assignment that comes from a post.
async fn in_post<'a>(world: &'a World, who: &str) -> Caller<'a> {
    let me = world.as_(who).await;
    let user = world.user(who).await.to_string();
    let all = world.root().await.get(&format!("/api/v1/users/{user}")).await.expect(200);
    let of = |a: &&Value| !a["holding_id"].is_null() && a["ended_at"].is_null();
    let post = all.body["assignments"].as_array().unwrap().iter().find(of).unwrap()["id"].clone();
    let tokens = me.post("/api/v1/auth/act-as", json!({"assignment_id": post})).await.expect(200);
    world.bearing(tokens.body["access_token"].as_str().unwrap())
}

#[actix_web::test]
async fn one_person_holds_several_posts_and_a_single_post_has_one_holder() {
    let world = World::new().await;
    let (one, other) =
        (person(&world, "A1", "Người một", None).await, person(&world, "A1", "Người hai", None).await);
    give(&world, "A1", "secretary", &one, "2020-03-02").await;
    give(&world, "A1", "hamlet_head", &one, "2020-03-02").await;
    give(&world, "A", "part_time_worker", &one, "2020-03-02").await;
    let leader = world.as_("leader@A").await;
    let before = world.events().await;
    for (unit, post, who, from, status) in [
        ("A1", "secretary", &other, "2023-01-01", 409),
        // Nobody twice, even where several may.
        ("A", "part_time_worker", &one, "2023-01-01", 409),
        ("A", "part_time_worker", &other, "2023-01-01", 201),
        ("A2", "secretary", &other, "2023-01-01", 201),
    ] {
        let answer =
            leader.post("/api/v1/holdings", holding(&world, unit, post, who, from)).await.expect(status);
        assert!(status == 201 || answer.code() == "already_exists", "{}", answer.text);
    }
    assert_eq!(world.events().await, before + 2);
    // The days before are free.
    let mut past = holding(&world, "A1", "secretary", &other, "2015-01-01");
    past["ends_on"] = "2020-03-01".into();
    leader.post("/api/v1/holdings", past.clone()).await.expect(201);
    past["ends_on"] = "2014-12-31".into();
    assert_eq!(
        leader.post("/api/v1/holdings", past).await.expect(422).faults(),
        ["#/ends_on end_before_start"]
    );
    let strange = leader.post("/api/v1/holdings", holding(&world, "A1", "emperor", &one, "2020-01-01")).await;
    assert_eq!(strange.expect(422).faults(), ["#/post unknown_value"]);
    let mine = leader.get(&format!("/api/v1/holdings?person_id={one}&as_of=2023-10-15")).await.expect(200);
    assert_eq!(mine.body["items"].as_array().unwrap().len(), 3);
    let then = format!("/api/v1/holdings?unit_id={}&post=secretary&as_of=2018-01-01", world.unit("A1"));
    let then = leader.get(&then).await.expect(200);
    assert_eq!(then.body["items"][0]["person"]["full_name"], "Người hai");
}

#[actix_web::test]
async fn above_the_commune_the_post_stands_for_the_person() {
    let world = World::new().await;
    let who = person(&world, "A1", "Tên Kín Đáo", None).await;
    let made = give(&world, "A1", "secretary", &who, "2020-03-02").await;
    assert_eq!(made.body["person"]["full_name"], "Tên Kín Đáo");
    for (reader, named) in
        [("leader@D", false), ("inspector@D", false), ("viewer@A", true), ("service@A", false)]
    {
        let reader = world.as_(reader).await;
        for path in [at(&made), "/api/v1/holdings".into(), format!("{}/history", at(&made))] {
            let told = reader.get(&path).await.expect(200);
            let named = named && !path.ends_with("history");
            assert_eq!(told.text.contains("Kín"), named, "{path}: {}", told.text);
            assert_eq!(told.text.contains(&who), named, "{path}: {}", told.text);
        }
    }
    crate::events::settle(&world).await;
    let feed = world.as_("leader@D").await.get("/api/v1/changes?kinds=holding").await.expect(200);
    assert_eq!(feed.body["items"][0]["event"], "holding.created");
}

#[actix_web::test]
async fn a_post_gives_its_rights_and_takes_them() {
    let world = World::new().await;
    let user = world.user("viewer@A1").await.to_string();
    let who = person(&world, "A1", "Bí thư Chi bộ", Some(user.clone())).await;
    let task = || json!({"title": "Làm đường ấp", "class": "routine", "unit_id": world.unit("A1")});
    world.as_("viewer@A1").await.post("/api/v1/tasks", task()).await.expect(403);
    give(&world, "A1", "hamlet_head", &who, "2020-03-02").await;
    assert!(given(&world, &user).await.is_empty(), "this post carries no role");
    let made = give(&world, "A1", "secretary", &who, "2023-10-01").await;
    assert_eq!(given(&world, &user).await, ["leader 2023-10-01 - false"]);
    let secretary = in_post(&world, "viewer@A1").await;
    let before = world.events().await;
    let done = secretary.post("/api/v1/tasks", task()).await.expect(201);
    assert_eq!(world.events().await, before + 1);
    // Whose account it is cannot change under a post that carries a role.
    let leader = world.as_("leader@A").await;
    let unlink = leader.patch(&format!("/api/v1/persons/{who}"), 1, json!({"user_id": null})).await;
    assert_eq!(unlink.expect(409).code(), "in_use");
    leader.delete(&format!("/api/v1/persons/{who}"), 1).await.expect(409);
    // Ended, it ends at once for tokens that are out.
    let ended =
        leader.post(&format!("{}/end", at(&made)), json!({"reason": "Thôi giữ chức"})).await.expect(200);
    assert_eq!(ended.body["ends_on"], "2023-10-15");
    secretary.get("/api/v1/me").await.expect(401);
    assert_eq!(given(&world, &user).await, ["leader 2023-10-01 - true"]);
    // What was done keeps its author.
    let told = leader.get(&format!("/api/v1/tasks/{}/history", done.id())).await.expect(200);
    assert_eq!(told.body["items"][0]["by"]["user_id"], user);
}

#[actix_web::test]
async fn a_post_passes_on_with_its_rights_and_without_its_authorship() {
    let world = World::new().await;
    let (old, new) = (world.user("viewer@A1").await.to_string(), world.user("viewer@A2").await.to_string());
    let from = person(&world, "A1", "Bí thư cũ", Some(old.clone())).await;
    let to = person(&world, "A2", "Bí thư mới", Some(new.clone())).await;
    let made = give(&world, "A1", "secretary", &from, "2020-03-02").await;
    let leaving = in_post(&world, "viewer@A1").await;
    leaving.get("/api/v1/me").await.expect(200);
    let leader = world.as_("leader@A").await;
    let path = format!("{}/hand-over", at(&made));
    let words = |to: &str, on: &str| json!({"to_person_id": to, "on": on, "reason": "Luân chuyển"});
    let same = leader.post(&path, words(&from, "2023-10-15")).await.expect(422);
    assert_eq!(same.faults(), ["#/to_person_id not_permitted_here"]);
    let early = leader.post(&path, words(&to, "2020-03-02")).await.expect(422);
    assert_eq!(early.faults(), ["#/on end_before_start"]);
    let silent = leader.post(&path, json!({"to_person_id": to, "on": "2023-10-15"})).await;
    assert!(silent.status == 400 || silent.status == 422, "{}", silent.text);
    let before = world.events().await;
    let passed = leader.post(&path, words(&to, "2023-10-15")).await.expect(200).body;
    // Two holdings and two assignments.
    assert_eq!(world.events().await, before + 4);
    assert_eq!(
        (&passed["ended"]["ends_on"], &passed["begun"]["starts_on"]),
        (&json!("2023-10-14"), &json!("2023-10-15"))
    );
    assert_eq!(passed["begun"]["person"]["full_name"], "Bí thư mới");
    leaving.get("/api/v1/me").await.expect(401);
    let arriving = in_post(&world, "viewer@A2").await;
    let me = arriving.get("/api/v1/me").await.expect(200);
    assert!(me.text.contains("\"A1\""), "{}", me.text);
    assert_eq!(given(&world, &old).await, ["leader 2020-03-02 2023-10-14 true"]);
    assert_eq!(given(&world, &new).await, ["leader 2023-10-15 - false"]);
    assert_eq!(leader.post(&path, words(&to, "2023-10-15")).await.expect(409).code(), "invalid_state");
}

#[actix_web::test]
async fn what_is_held_ends_with_its_unit() {
    let world = World::new().await;
    let user = world.user("viewer@A1").await.to_string();
    let who = person(&world, "A2", "Bí thư Chi bộ", Some(user.clone())).await;
    let made = give(&world, "A1", "secretary", &who, "2020-03-02").await;
    let close = json!({"on": "2023-10-15", "successor_ids": [world.unit("A2")], "reason": "Sáp nhập"});
    world
        .as_("admin@D")
        .await
        .post(&format!("/api/v1/org-units/{}/close", world.unit("A1")), close)
        .await
        .expect(200);
    let leader = world.as_("leader@A").await;
    assert_eq!(leader.get(&at(&made)).await.expect(200).body["ends_on"], "2023-10-14");
    assert_eq!(given(&world, &user).await, ["leader 2020-03-02 2023-10-14 true"]);
    let late = leader.post("/api/v1/holdings", holding(&world, "A1", "secretary", &who, "2023-10-01")).await;
    assert_eq!(late.expect(422).faults(), ["#/unit_id not_permitted_here"]);
}
