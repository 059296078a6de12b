//! Acting for somebody: both names, and rights that end by themselves.

use super::{act_as, days, deputies_of, items, lend, post_of, refresh, stand_in};
use crate::harness::{PASSWORD, World};
use diesel::prelude::*;
use serde_json::{Value, json};
use tiendo::{db::schema::events, ids::Id};

#[actix_web::test]
async fn a_deputy_acts_with_the_rights_of_the_assignment_and_both_names() {
    let world = World::new().await;
    let lent = post_of(&world, "leader@D").await;
    let made = lend(&world, "leader@D", "officer@A1", "2023-10-15", "2023-10-31").await;
    let own = world.as_("officer@A1").await.get("/api/v1/me").await.expect(200);
    assert_eq!(own.body["assignments"].as_array().unwrap().len(), 1, "what is lent is not one's own");
    let unit = json!({"id": world.unit("D"), "code": "D", "name": "Đơn vị D", "level": "district"});
    let told = json!([{"id": made.id(), "assignment": {"id": lent, "role": "leader", "unit": unit},
        "holder": made.body["holder"], "from_on": "2023-10-15", "to_on": "2023-10-31"}]);
    assert_eq!(own.body["deputises"], told);

    let deputy = stand_in(&world, "officer@A1", "leader@D").await;
    let me = deputy.get("/api/v1/me").await.expect(200);
    assert_eq!((&me.body["acting_as"], &me.body["user"]), (&json!(lent), &own.body["user"]));
    let new = json!({"title": "Vận động hiến đất mở đường", "unit_id": world.unit("A"), "class": "key"});
    world.as_("officer@A1").await.post("/api/v1/tasks", new.clone()).await.expect(403);
    let task = deputy.post("/api/v1/tasks", new).await.expect(201);
    assert_eq!(task.body["status"], "accepted", "given from above");
    let holder: Id = world.user("leader@D").await;
    let deputy_id: Id = world.user("officer@A1").await;
    let logged = world.db.read(move |conn| {
        let both = (events::kind, events::actor_user, events::acting_as, events::on_behalf_of);
        let mine = events::table.filter(events::on_behalf_of.is_not_null()).order(events::seq).select(both);
        Ok(mine.load::<(String, Option<Id>, Option<Id>, Option<Id>)>(conn)?)
    });
    let names = |kind: &str| (kind.to_owned(), Some(deputy_id), Some(lent.parse().unwrap()), Some(holder));
    assert_eq!(logged.await.unwrap(), [names("session.acted_as"), names("task.assigned")]);
    let history = format!("/api/v1/tasks/{}/history", task.id());
    let first = world.as_("leader@A").await.get(&history).await.expect(200).body["items"][0].clone();
    assert_eq!((&first["by"]["name"], &first["by"]["role"]), (&json!("officer@A1"), &json!("leader")));
    assert_eq!(first["on_behalf_of"], json!({"user_id": holder.to_string(), "name": "leader@D"}));
    let other = world.as_("leader@D").await;
    let cancel = format!("/api/v1/tasks/{}/cancel", task.id());
    other.post(&cancel, json!({"reason": "Trùng"})).await.expect(200);
    assert_eq!(other.get(&history).await.expect(200).body["items"][1]["on_behalf_of"], Value::Null);
    // Back under the own assignment, it is one name again.
    let back = deputy.post("/api/v1/auth/act-as", json!({"assignment_id": own.body["acting_as"]})).await;
    let back = world.bearing(back.expect(200).body["access_token"].as_str().unwrap());
    back.post(
        "/api/v1/tasks",
        json!({"title": "Tu sửa đường ấp", "unit_id": world.unit("A1"), "class": "routine"}),
    )
    .await
    .expect(201);
    let named = world.db.read(|conn| {
        Ok(events::table
            .order(events::seq.desc())
            .select(events::on_behalf_of)
            .limit(2)
            .load::<Option<Id>>(conn)?)
    });
    assert_eq!(named.await.unwrap(), [None, None]);
}

#[actix_web::test]
async fn the_first_and_the_last_day_count() {
    let world = World::new().await;
    lend(&world, "leader@A", "officer@A1", "2023-10-17", "2023-10-18").await;
    for early in ["2023-10-15", "2023-10-16"] {
        world.clock.set_today(early.parse().unwrap());
        let refused = act_as(&world, "officer@A1", "leader@A").await.expect(422);
        assert_eq!(refused.faults(), ["#/assignment_id unknown_reference"]);
        let me = world.as_("officer@A1").await.get("/api/v1/me").await.expect(200);
        assert_eq!(me.body["deputises"], json!([]));
    }
    world.clock.set_today("2023-10-17".parse().unwrap());
    let tokens = act_as(&world, "officer@A1", "leader@A").await.expect(200);
    let deputy = world.bearing(tokens.body["access_token"].as_str().unwrap());
    world.clock.set_today("2023-10-18".parse().unwrap());
    deputy.get("/api/v1/tasks").await.expect(200);
    let tokens = refresh(&world, &tokens).await.expect(200);
    world.clock.set_today("2023-10-19".parse().unwrap());
    deputy.get("/api/v1/tasks").await.expect(401);
    deputy.get("/api/v1/me").await.expect(401);
    assert_eq!(refresh(&world, &tokens).await.expect(401).code(), "invalid_refresh_token");
    act_as(&world, "officer@A1", "leader@A").await.expect(422);
    world.as_("officer@A1").await.get("/api/v1/tasks").await.expect(200);
}

#[actix_web::test]
async fn what_is_ended_stops_the_next_request() {
    let world = World::new().await;
    let made = lend(&world, "leader@A", "officer@A1", "2023-10-15", "2023-10-31").await;
    let tokens = act_as(&world, "officer@A1", "leader@A").await.expect(200);
    let deputy = world.bearing(tokens.body["access_token"].as_str().unwrap());
    deputy.get("/api/v1/tasks").await.expect(200);
    let end = format!("/api/v1/deputies/{}/end", made.id());
    world.as_("leader@A").await.post(&end, json!({"reason": "Đã về"})).await.expect(200);
    deputy.get("/api/v1/tasks").await.expect(401);
    deputy
        .post("/api/v1/tasks", json!({"title": "x", "unit_id": world.unit("A1"), "class": "key"}))
        .await
        .expect(401);
    refresh(&world, &tokens).await.expect(401);
    // A later deputyship does not bring the old session back.
    lend(&world, "leader@A", "officer@A1", "2023-10-15", "2023-10-31").await;
    deputy.get("/api/v1/tasks").await.expect(401);
    refresh(&world, &tokens).await.expect(401);
    stand_in(&world, "officer@A1", "leader@A").await.get("/api/v1/tasks").await.expect(200);
    for other in ["leader@A", "officer@A1"] {
        world.as_(other).await.get("/api/v1/me").await.expect(200);
    }
}

#[actix_web::test]
async fn it_ends_with_the_assignment_and_rests_while_the_holder_is_disabled() {
    let world = World::new().await;
    let made = lend(&world, "leader@A", "officer@A1", "2023-10-15", "2023-10-31").await;
    let tokens = act_as(&world, "officer@A1", "leader@A").await.expect(200);
    let deputy = world.bearing(tokens.body["access_token"].as_str().unwrap());
    let admin = world.as_("admin@A").await;
    let holder = format!("/api/v1/users/{}", world.user("leader@A").await);
    let post = made.body["assignment_id"].as_str().unwrap().to_owned();
    admin.post(&format!("{holder}/disable"), json!({})).await.expect(200);
    deputy.get("/api/v1/me").await.expect(401);
    refresh(&world, &tokens).await.expect(401);
    let again = json!({"assignment_id": post});
    let officer = world.as_("officer@A1").await;
    officer.post("/api/v1/auth/act-as", again.clone()).await.expect(422);
    admin.post(&format!("{holder}/enable"), json!({})).await.expect(200);
    deputy.get("/api/v1/me").await.expect(200);

    let end = format!("/api/v1/assignments/{post}/end");
    let before = world.events().await;
    admin.post(&end, json!({"on": "2023-10-16", "reason": "Chuyển công tác"})).await.expect(200);
    assert_eq!(world.events().await, before + 1, "the days end by themselves");
    deputy.get("/api/v1/me").await.expect(200);
    world.clock.set_today("2023-10-17".parse().unwrap());
    deputy.get("/api/v1/me").await.expect(401);
    world.clock.set_today("2023-10-16".parse().unwrap());
    admin.post(&end, json!({"reason": "Chuyển công tác"})).await.expect(200);
    assert_eq!(world.events().await, before + 3, "the assignment and the deputy");
    deputy.get("/api/v1/me").await.expect(401);
    refresh(&world, &tokens).await.expect(401);
    officer.post("/api/v1/auth/act-as", again).await.expect(422);
    let seen = admin.get(&format!("/api/v1/deputies/{}", made.id())).await.expect(200);
    assert!(seen.body["ended_at"].is_string());
}

#[actix_web::test]
async fn it_ends_with_the_deputys_account_and_with_the_unit() {
    let world = World::new().await;
    lend(&world, "leader@A2", "officer@A2", "2023-10-15", "2023-10-31").await;
    let deputy = stand_in(&world, "officer@A2", "leader@A2").await;
    let root = world.root().await;
    let user = format!("/api/v1/users/{}", world.user("officer@A2").await);
    root.post(&format!("{user}/disable"), json!({})).await.expect(200);
    deputy.get("/api/v1/me").await.expect(401);
    root.post(&format!("{user}/enable"), json!({})).await.expect(200);
    deputy.get("/api/v1/me").await.expect(401);
    world.go_to("2023-10-15").await;
    let deputy = stand_in(&world, "officer@A2", "leader@A2").await;
    deputy.get("/api/v1/me").await.expect(200);
    let close = json!({"on": "2023-10-15", "reason": "Giải thể"});
    world
        .root()
        .await
        .post(&format!("/api/v1/org-units/{}/close", world.unit("A2")), close)
        .await
        .expect(200);
    deputy.get("/api/v1/me").await.expect(401);
}

#[actix_web::test]
async fn who_has_no_assignment_left_logs_in_as_the_deputy() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let over = post_of(&world, "viewer@A1").await;
    let body = days(&world, "viewer@A1", "2023-10-15", "2023-10-15").await;
    admin.post(&deputies_of(&world, "officer@A1").await, body).await.expect(201);
    admin.post(&format!("/api/v1/assignments/{over}/end"), json!({})).await.expect(200);
    let log_in = json!({"username": "viewer@A1", "password": PASSWORD});
    let tokens = world.nobody().post("/api/v1/auth/login", log_in.clone()).await.expect(200);
    let me = world.bearing(tokens.body["access_token"].as_str().unwrap()).get("/api/v1/me").await.expect(200);
    assert_eq!(me.body["acting_as"], post_of(&world, "officer@A1").await);
    world.clock.set_today("2023-10-16".parse().unwrap());
    assert_eq!(world.nobody().post("/api/v1/auth/login", log_in).await.expect(403).code(), "no_assignment");
}

#[actix_web::test]
async fn the_own_account_stays_the_deputys_own() {
    let world = World::new().await;
    lend(&world, "leader@A", "officer@A1", "2023-10-15", "2023-10-31").await;
    let deputy = stand_in(&world, "officer@A1", "leader@A").await;
    let new = json!({"current_password": PASSWORD, "new_password": "cây dừa nước mặn"});
    deputy.post("/api/v1/me/password", new).await.expect(204);
    let history = format!("/api/v1/users/{}/history", world.user("officer@A1").await);
    let history = world.as_("admin@A").await.get(&history).await.expect(200);
    let changed = items(&history).iter().find(|event| event["kind"] == "user.password_changed").unwrap();
    assert_eq!((&changed["by"]["name"], &changed["on_behalf_of"]), (&json!("officer@A1"), &Value::Null));
    let log_in = |name: &str| json!({"username": name, "password": PASSWORD});
    world.nobody().post("/api/v1/auth/login", log_in("leader@A")).await.expect(200);
    world.nobody().post("/api/v1/auth/login", log_in("officer@A1")).await.expect(401);
    // The session goes, and both names stand at its end.
    let tokens = act_as_with(&world, &deputy).await;
    world.nobody().post("/api/v1/auth/logout", json!({"refresh_token": tokens})).await.expect(204);
    let holder = world.user("leader@A").await;
    let last = world.db.read(|conn| {
        let last = events::table.filter(events::kind.eq("session.ended")).order(events::seq.desc());
        Ok(last.select(events::on_behalf_of).first::<Option<Id>>(conn)?)
    });
    assert_eq!(last.await.unwrap(), Some(holder));
}

/// The refresh token of another session like the one that asks.
async fn act_as_with(world: &World, caller: &crate::harness::Caller<'_>) -> Value {
    let body = json!({"assignment_id": post_of(world, "leader@A").await});
    caller.post("/api/v1/auth/act-as", body).await.expect(200).body["refresh_token"].clone()
}
