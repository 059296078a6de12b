//! What a deputy may not: rights that end by themselves must not be made to last.

use super::{act_as, days, deputies_of, items, kinds, lend, post_of, stand_in};
use crate::harness::{PASSWORD, World};
use serde_json::json;

#[actix_web::test]
async fn a_deputy_appoints_nobody_and_leaves_accounts_alone() {
    let world = World::new().await;
    lend(&world, "leader@A", "officer@A1", "2023-10-15", "2023-10-25").await;
    let lent = deputies_of(&world, "leader@A").await;
    let deputy = stand_in(&world, "officer@A1", "leader@A").await;
    let body = days(&world, "officer@A2", "2023-10-15", "2023-10-25").await;
    deputy.post(&lent, body.clone()).await.expect(403);
    // Nor under the own assignment, while acting for another.
    deputy.post(&deputies_of(&world, "officer@A1").await, body.clone()).await.expect(403);
    // Who stands in for an admin neither touches the admin's account nor gives himself anything.
    let admins = deputies_of(&world, "admin@A").await;
    let body = days(&world, "officer@A1", "2023-10-15", "2023-10-25").await;
    world.as_("admin@D").await.post(&admins, body.clone()).await.expect(201);
    let deputy = stand_in(&world, "officer@A1", "admin@A").await;
    deputy.post(&lent, body).await.expect(403);
    for whose in ["admin@A", "officer@A1"] {
        let (user, post) = (world.user(whose).await.to_string(), post_of(&world, whose).await);
        let at = |rest: &str| format!("/api/v1/users/{user}{rest}");
        deputy.get(&at("")).await.expect(200);
        deputy.patch(&at(""), 1, json!({"display_name": "x"})).await.expect(403);
        deputy.post(&at("/disable"), json!({})).await.expect(403);
        deputy.post(&at("/reset-password"), json!({"password": PASSWORD})).await.expect(403);
        let more = json!({"unit_id": world.unit("A"), "role": "leader"});
        deputy.post(&at("/assignments"), more).await.expect(403);
        deputy.post(&format!("/api/v1/assignments/{post}/end"), json!({})).await.expect(403);
    }
    let other = world.user("officer@A2").await.to_string();
    deputy.post(&format!("/api/v1/users/{other}/disable"), json!({})).await.expect(200);
    let history = world.as_("admin@A").await.get(&format!("/api/v1/users/{other}/history")).await.expect(200);
    assert_eq!(kinds(&history).last(), Some(&"user.disabled"));
    let last = items(&history).last().unwrap();
    assert_eq!(
        (&last["by"]["name"], &last["on_behalf_of"]["name"]),
        (&json!("officer@A1"), &json!("admin@A"))
    );
    assert_eq!(
        act_as(&world, "officer@A1", "leader@B").await.expect(422).faults(),
        ["#/assignment_id unknown_reference"]
    );
}

#[actix_web::test]
async fn a_post_is_not_taken_from_its_holder_by_the_deputy() {
    let world = World::new().await;
    let leader = world.as_("leader@A").await;
    let mut people = Vec::new();
    for who in ["viewer@A", "officer@A1"] {
        let body = json!({"unit_id": world.unit("A"), "full_name": who, "user_id": world.user(who).await.to_string()});
        people.push(leader.post("/api/v1/persons", body).await.expect(201).id());
    }
    let post = json!({"unit_id": world.unit("A"), "post": "secretary", "person_id": people[0], "starts_on": "2023-10-01"});
    let holding = leader.post("/api/v1/holdings", post).await.expect(201).id();
    let user = world.root().await.get(&format!("/api/v1/users/{}", world.user("viewer@A").await)).await;
    let posts = user.body["assignments"].as_array().unwrap();
    let given = posts.iter().find(|post| post["holding_id"] == holding).unwrap()["id"].clone();
    let path = format!("/api/v1/assignments/{}/deputies", given.as_str().unwrap());
    let body = days(&world, "officer@A1", "2023-10-15", "2023-10-25").await;
    world.as_("admin@A").await.post(&path, body).await.expect(201);
    let tokens =
        world.as_("officer@A1").await.post("/api/v1/auth/act-as", json!({"assignment_id": given})).await;
    let deputy = world.bearing(tokens.expect(200).body["access_token"].as_str().unwrap());
    let hand = json!({"to_person_id": people[1], "on": "2023-10-16", "reason": "x"});
    deputy.post(&format!("/api/v1/holdings/{holding}/hand-over"), hand.clone()).await.expect(403);
    deputy.post(&format!("/api/v1/holdings/{holding}/end"), json!({"reason": "x"})).await.expect(403);
    let own = json!({"unit_id": world.unit("A1"), "post": "secretary", "person_id": people[1], "starts_on": "2023-10-15"});
    deputy.post("/api/v1/holdings", own).await.expect(403);
    deputy.get("/api/v1/me").await.expect(200);
    // Handed over by who may, the post's assignment ends on the day before, and the deputy with it.
    let before = world.events().await;
    let hand = json!({"to_person_id": people[1], "on": "2023-10-15", "reason": "Luân chuyển"});
    leader.post(&format!("/api/v1/holdings/{holding}/hand-over"), hand).await.expect(200);
    assert_eq!(world.events().await, before + 5);
    deputy.get("/api/v1/me").await.expect(401);
    let ended = world.as_("admin@A").await.get(&path).await.expect(200);
    assert!(items(&ended)[0]["ended_at"].is_string(), "{}", ended.text);
}
