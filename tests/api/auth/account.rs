//! The own account: who am I, acting under another assignment, changing the password.

use super::{access, log_in, next, person, refresh, session, status};
use crate::harness::{Answer, PASSWORD, World};
use futures_util::future::join;
use serde_json::{Value, json};

const NEW: &str = "cây dừa nước mặn";

async fn change(world: &World, tokens: &Answer, current: &str, new: &str) -> Answer {
    let body = json!({"current_password": current, "new_password": new});
    world.bearing(access(tokens)).post("/api/v1/me/password", body).await
}

/// One person with three posts: in A, in B1, and once in A2.
async fn busy(world: &World) -> Answer {
    let posts = json!([
        {"unit_id": world.unit("A"), "role": "leader"},
        {"unit_id": world.unit("B1"), "role": "officer", "valid_to": "2023-10-15"},
        {"unit_id": world.unit("A2"), "role": "viewer", "valid_to": "2023-10-14"}
    ]);
    let body = json!({"username": "kiêm nhiệm", "display_name": "Kiêm nhiệm", "password": PASSWORD, "assignments": posts});
    world.root().await.post("/api/v1/users", body).await.expect(201)
}

fn acting(me: &Answer) -> &str {
    me.body["acting_as"].as_str().unwrap()
}

#[actix_web::test]
async fn me_shows_the_account_and_its_assignments_in_force() {
    let world = World::new().await;
    let user = busy(&world).await;
    let tokens = session(&world, "kiem nhiem").await;
    let me = world.bearing(access(&tokens)).get("/api/v1/me").await.expect(200);
    let posts = &user.body["assignments"];
    assert_eq!(
        me.body,
        json!({
            "user": {"id": user.id(), "username": "kiêm nhiệm", "display_name": "Kiêm nhiệm"},
            "assignments": [
                {"id": posts[0]["id"], "role": "leader",
                    "unit": {"id": world.unit("A"), "code": "A", "name": "Đơn vị A", "level": "commune"}},
                {"id": posts[1]["id"], "role": "officer",
                    "unit": {"id": world.unit("B1"), "code": "B1", "name": "Đơn vị B1", "level": "branch"}},
            ],
            "deputises": [],
            "acting_as": posts[0]["id"],
        })
    );
    let whole = world.root().await.get("/api/v1/me").await.expect(200);
    assert_eq!(
        (whole.body["assignments"][0]["unit"].clone(), whole.body["assignments"][0]["role"].as_str()),
        (Value::Null, Some("admin"))
    );
    let odd = world.bearing(access(&tokens)).get("/api/v1/me?x=1").await.expect(400);
    assert_eq!(odd.faults(), ["x unknown_parameter"]);
}

#[actix_web::test]
async fn one_person_acts_under_one_assignment_at_a_time() {
    let world = World::new().await;
    let user = busy(&world).await;
    let post = |n: usize| user.body["assignments"][n]["id"].clone();
    let tokens = session(&world, "kiem nhiem").await;
    let me = world.bearing(access(&tokens));
    let before = world.events().await;
    let act_as = async |id: Value| me.post("/api/v1/auth/act-as", json!({"assignment_id": id})).await;
    let other = act_as(post(1)).await.expect(200);
    assert_eq!(world.events().await, before + 1);
    assert_eq!(acting(&world.bearing(access(&other)).get("/api/v1/me").await), post(1).as_str().unwrap());
    assert_eq!(acting(&me.get("/api/v1/me").await), post(0).as_str().unwrap());
    // Each sees the territory of its own assignment only.
    let b1 = format!("/api/v1/org-units/{}", world.unit("B1"));
    me.get(&b1).await.expect(404);
    world.bearing(access(&other)).get(&b1).await.expect(200);
    world.bearing(access(&other)).get(&format!("/api/v1/org-units/{}", world.unit("A"))).await.expect(404);
    // One that is over, somebody else's, and none at all are alike.
    let stranger = world.as_("leader@D").await.get("/api/v1/me").await;
    for id in [post(2), acting(&stranger).into(), "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d".into()] {
        assert_eq!(act_as(id).await.expect(422).faults(), ["#/assignment_id unknown_reference"]);
    }
    assert_eq!(act_as("leader".into()).await.expect(400).faults(), ["#/assignment_id malformed"]);
    world.nobody().post("/api/v1/auth/act-as", json!({"assignment_id": post(0)})).await.expect(401);
    let again = refresh(&world, next(&other)).await.expect(200);
    assert_eq!(acting(&world.bearing(access(&again)).get("/api/v1/me").await), post(1).as_str().unwrap());
}

#[actix_web::test]
async fn a_new_password_ends_all_other_sessions() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let (mine, other) = (session(&world, "canbo").await, session(&world, "canbo").await);
    let before = world.events().await;
    for (current, new, fault) in [
        ("sai mật khẩu", NEW, "#/current_password wrong_password"),
        (PASSWORD, "ngắn", "#/new_password too_short"),
        (PASSWORD, "12345678", "#/new_password weak_password"),
        (PASSWORD, "matkhau123", "#/new_password weak_password"),
    ] {
        assert_eq!(change(&world, &mine, current, new).await.expect(422).faults(), [fault]);
    }
    assert_eq!((world.events().await, status(&world, access(&other)).await), (before, 200));
    change(&world, &mine, PASSWORD, NEW).await.expect(204);
    assert_eq!(world.events().await, before + 1);
    assert_eq!(status(&world, access(&other)).await, 401);
    refresh(&world, next(&other)).await.expect(401);
    assert_eq!(status(&world, access(&mine)).await, 200);
    refresh(&world, next(&mine)).await.expect(200);
    log_in(&world, "canbo", PASSWORD).await.expect(401);
    log_in(&world, "canbo", NEW).await.expect(200);
}

#[actix_web::test]
async fn of_two_new_passwords_at_once_one_loses_and_learns_it() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let (a, b) = (session(&world, "canbo").await, session(&world, "canbo").await);
    let (first, second) =
        join(change(&world, &a, PASSWORD, "rừng tràm xanh ngát"), change(&world, &b, PASSWORD, NEW)).await;
    let won = [&first, &second].iter().filter(|answer| answer.status == 204).count();
    let lost = if first.status == 204 { &second } else { &first };
    assert_eq!(won, 1, "{} {}", first.text, second.text);
    // Its session ended with the other's success, unless it came to the account itself first.
    assert!([401, 409].contains(&lost.status), "{}", lost.text);
    let (good, bad) =
        if first.status == 204 { ("rừng tràm xanh ngát", NEW) } else { (NEW, "rừng tràm xanh ngát") };
    log_in(&world, "canbo", good).await.expect(200);
    log_in(&world, "canbo", bad).await.expect(401);
}

#[actix_web::test]
async fn two_changes_from_one_session_do_not_both_win() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let mine = session(&world, "canbo").await;
    let (first, second) =
        join(change(&world, &mine, PASSWORD, "rừng tràm xanh ngát"), change(&world, &mine, PASSWORD, NEW))
            .await;
    let mut both = [first.status, second.status];
    both.sort_unstable();
    // The other checked the old password before it was replaced, or after.
    assert!([[204, 409], [204, 422]].contains(&both), "{} {}", first.text, second.text);
}

#[actix_web::test]
async fn a_change_whose_answer_was_lost_is_sent_again() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let mine = session(&world, "canbo").await;
    let before = world.events().await;
    let body = json!({"current_password": PASSWORD, "new_password": NEW});
    for _ in 0..2 {
        let caller = world.bearing(access(&mine)).with("idempotency-key", "\"doi-mat-khau\"");
        caller.post("/api/v1/me/password", body.clone()).await.expect(204);
    }
    assert_eq!(world.events().await, before + 1);
    change(&world, &mine, PASSWORD, NEW).await.expect(422);
}

#[actix_web::test]
async fn the_current_password_is_not_guessed_with_a_borrowed_token() {
    let world = World::new().await;
    person(&world, "canbo").await;
    let mine = session(&world, "canbo").await;
    for _ in 0..5 {
        change(&world, &mine, "sai mật khẩu", NEW).await.expect(422);
    }
    assert_eq!(change(&world, &mine, PASSWORD, NEW).await.expect(429).code(), "too_many_requests");
}
