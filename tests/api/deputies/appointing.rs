//! Who appoints whom, for which days.

use super::{ABSENT, days, deputies_of, items, lend, post_of};
use crate::harness::{PASSWORD, World};
use serde_json::{Value, json};

#[actix_web::test]
async fn a_holder_lends_the_own_assignment_for_some_days() {
    let world = World::new().await;
    let (holder, path) = (world.as_("leader@A").await, deputies_of(&world, "leader@A").await);
    let body = days(&world, "officer@A1", "2023-10-16", "2023-10-31").await;
    let before = world.events().await;
    let made = holder.post(&path, body.clone()).await.expect(201);
    assert_eq!(world.events().await, before + 1);
    let at = format!("/api/v1/deputies/{}", made.id());
    assert_eq!((made.header("location"), made.header("etag")), (at.as_str(), "\"v1\""));
    let told = json!({"id": world.user("leader@A").await.to_string(), "display_name": "leader@A"});
    assert_eq!((&made.body["holder"], &made.body["user"]["display_name"]), (&told, &json!("officer@A1")));
    for member in ["user_id", "from_on", "to_on", "reason"] {
        assert_eq!(made.body[member], body[member], "{member}");
    }
    // The holder, the deputy and the admin read it; others of the unit do not, and strangers find nothing.
    for (who, status) in [
        ("leader@A", 200),
        ("officer@A1", 200),
        ("admin@A", 200),
        ("officer@A", 403),
        ("leader@D", 403),
        ("leader@B", 403),
        ("admin@B", 404),
    ] {
        let answer = world.as_(who).await.get(&at).await.expect(status);
        assert_eq!(status == 200, answer.body["id"] == made.body["id"], "{who}");
        let status = if who == "officer@A1" { 403 } else { status };
        world.as_(who).await.get(&path).await.expect(status);
    }
    let admin = world.as_("admin@A").await;
    admin.get(&format!("/api/v1/deputies/{ABSENT}")).await.expect(404);
    admin.get(&format!("/api/v1/assignments/{ABSENT}/deputies")).await.expect(404);
    let log = world.as_("officer@A1").await;
    let log = log.get(&format!("/api/v1/users/{}/reads", world.user("officer@A1").await)).await.expect(200);
    let reader = |read: &Value| (read["what"].clone(), read["by"]["name"].clone());
    assert!(
        items(&log).iter().any(|read| reader(read) == (json!("deputy"), json!("admin@A"))),
        "{}",
        log.text
    );
}

#[actix_web::test]
async fn who_appoints_names_an_account_of_the_own_people() {
    let world = World::new().await;
    let lent = deputies_of(&world, "leader@A").await;
    let (holder, admin) = (world.as_("leader@A").await, world.as_("admin@A").await);
    let elsewhere = json!({"unit_id": world.unit("B"), "role": "viewer"});
    let both = world.user("officer@A2").await.to_string();
    world.root().await.post(&format!("/api/v1/users/{both}/assignments"), elsewhere).await.expect(201);
    let off = world.user("viewer@A1").await.to_string();
    admin.post(&format!("/api/v1/users/{off}/disable"), json!({})).await.expect(200);
    let gone = world.user("viewer@A2").await.to_string();
    let over = post_of(&world, "viewer@A2").await;
    admin.post(&format!("/api/v1/assignments/{over}/end"), json!({})).await.expect(200);
    let (unknown, not_here) = ("#/user_id unknown_reference", "#/user_id not_permitted_here");
    let before = world.events().await;
    for (id, by_holder, by_admin) in [
        (ABSENT.to_owned(), unknown, Some(unknown)),
        (world.user("officer@B").await.to_string(), unknown, Some(unknown)),
        (world.user("officer@D").await.to_string(), unknown, Some(unknown)),
        (world.user("leader@A").await.to_string(), not_here, Some(not_here)),
        (off, not_here, Some(not_here)),
        // Works nowhere any more: no colleague of the holder, but the admin's own to manage.
        (gone, unknown, None),
    ] {
        let body = json!({"user_id": id, "from_on": "2023-10-15", "to_on": "2023-10-31", "reason": "x"});
        assert_eq!(holder.post(&lent, body.clone()).await.expect(422).faults(), [by_holder], "{id}");
        let dry = format!("{lent}?dry_run=true");
        let answer = admin.post(&dry, body).await;
        match by_admin {
            Some(fault) => assert_eq!(answer.expect(422).faults(), [fault], "{id}"),
            None => drop(answer.expect(201)),
        }
    }
    // Who also works elsewhere is a colleague, and not this admin's alone.
    let body = json!({"user_id": both, "from_on": "2023-10-15", "to_on": "2023-10-31", "reason": "x"});
    admin.post(&lent, body.clone()).await.expect(403);
    // Two people came in on the way.
    assert_eq!(world.events().await, before + 2 * 3);
    holder.post(&lent, body).await.expect(201);
}

#[actix_web::test]
async fn only_the_holder_acting_under_it_or_another_admin_above_decides() {
    let world = World::new().await;
    let lent = deputies_of(&world, "leader@A").await;
    let body = days(&world, "officer@A1", "2023-10-15", "2023-10-31").await;
    for (who, status) in [("officer@A", 403), ("leader@D", 403), ("leader@B", 404), ("admin@B", 404)] {
        let refused = world.as_(who).await.post(&lent, body.clone()).await.expect(status);
        assert_eq!(refused.code(), if status == 403 { "forbidden" } else { "not_found" }, "{who}");
    }
    // Under another of the own assignments one is somebody else.
    let user = world.user("leader@A").await.to_string();
    let second = json!({"unit_id": world.unit("A2"), "role": "leader"});
    let root = world.root().await;
    let second = root.post(&format!("/api/v1/users/{user}/assignments"), second).await.expect(201).id();
    let second = format!("/api/v1/assignments/{second}/deputies");
    let holder = world.as_("leader@A").await;
    let refused = holder.post(&second, body.clone()).await.expect(403);
    assert_eq!(refused.body["action"], "deputy.appoint");
    holder.get(&second).await.expect(200);
    // An admin lends nothing of the own, another admin does it; the whole instance is lent to nobody.
    let admins = deputies_of(&world, "admin@A").await;
    world.as_("admin@A").await.post(&admins, body.clone()).await.expect(403);
    let made = world.as_("admin@D").await.post(&admins, body.clone()).await.expect(201).id();
    let end = format!("/api/v1/deputies/{made}/end");
    world.as_("admin@A").await.post(&end, json!({})).await.expect(403);
    world.as_("officer@A1").await.post(&end, json!({})).await.expect(403);
    world.as_("admin@B").await.post(&end, json!({})).await.expect(404);
    world.as_("admin@D").await.post(&end, json!({})).await.expect(200);
    let whole = json!({"username": "quan.tri.2", "display_name": "Quản trị 2", "password": PASSWORD,
        "assignments": [{"unit_id": null, "role": "admin"}]});
    let whole = root.post("/api/v1/users", whole).await.expect(201);
    let whole = whole.body["assignments"][0]["id"].as_str().unwrap().to_owned();
    let refused = root.post(&format!("/api/v1/assignments/{whole}/deputies"), body).await.expect(409);
    assert_eq!(refused.code(), "invalid_state");
}

#[actix_web::test]
async fn the_days_lie_ahead_and_inside_those_of_the_assignment() {
    let world = World::new().await;
    let root = world.root().await;
    let user = world.user("viewer@A").await.to_string();
    let term = json!({"unit_id": world.unit("A"), "role": "leader", "valid_from": "2023-10-20", "valid_to": "2023-11-20"});
    let term = root.post(&format!("/api/v1/users/{user}/assignments"), term).await.expect(201).id();
    let path = format!("/api/v1/assignments/{term}/deputies");
    let (from, to) = ("#/from_on not_permitted_here", "#/to_on not_permitted_here");
    for (first, last, faults) in [
        ("2023-10-14", "2023-10-25", vec![from]),
        ("2023-10-19", "2023-10-25", vec![from]),
        ("2023-10-20", "2023-11-21", vec![to]),
        ("2023-10-25", "2023-10-24", vec!["#/to_on end_before_start"]),
        ("2023-10-14", "2023-11-21", vec![from, to]),
    ] {
        let body = days(&world, "officer@A", first, last).await;
        assert_eq!(root.post(&path, body).await.expect(422).faults(), faults, "{first} - {last}");
    }
    let body = days(&world, "officer@A", "2023-10-20", "2023-11-20").await;
    let silent = json!({"user_id": body["user_id"], "from_on": "2023-10-20", "to_on": "2023-10-20"});
    assert_eq!(root.post(&path, silent).await.faults(), ["#/reason reason_required"]);
    let dry = format!("{path}?dry_run=true");
    root.post(&dry, body.clone()).await.expect(201);
    // Not under what is over, closed or disabled.
    let holder = format!("/api/v1/users/{user}");
    root.post(&format!("{holder}/disable"), json!({})).await.expect(200);
    assert_eq!(root.post(&dry, body.clone()).await.expect(409).code(), "invalid_state");
    root.post(&format!("{holder}/enable"), json!({})).await.expect(200);
    root.post(&format!("/api/v1/assignments/{term}/end"), json!({})).await.expect(200);
    assert_eq!(root.post(&dry, body).await.expect(409).code(), "invalid_state");
    let branch = deputies_of(&world, "leader@A2").await;
    let body = days(&world, "officer@A", "2023-10-16", "2023-10-20").await;
    let close = json!({"on": "2023-10-15", "reason": "Giải thể"});
    root.post(&format!("/api/v1/org-units/{}/close", world.unit("A2")), close).await.expect(200);
    assert_eq!(root.post(&branch, body).await.expect(409).code(), "invalid_state");
}

#[actix_web::test]
async fn one_person_stands_in_once_on_a_day_and_several_may() {
    let world = World::new().await;
    let made = lend(&world, "leader@A", "officer@A1", "2023-10-20", "2023-10-25").await;
    let (holder, path) = (world.as_("leader@A").await, deputies_of(&world, "leader@A").await);
    let again = |from: &'static str, to: &'static str| days(&world, "officer@A1", from, to);
    for (from, to) in
        [("2023-10-25", "2023-10-30"), ("2023-10-15", "2023-10-20"), ("2023-10-15", "2023-10-30")]
    {
        let taken = holder.post(&path, again(from, to).await).await.expect(409);
        assert_eq!(taken.code(), "already_exists", "{from} - {to}");
    }
    holder.post(&path, again("2023-10-15", "2023-10-19").await).await.expect(201);
    lend(&world, "leader@A", "officer@A", "2023-10-20", "2023-10-25").await;
    let stale = world.as_("leader@A").await.with("if-match", "\"v7\"");
    let end = format!("/api/v1/deputies/{}/end", made.id());
    stale.post(&end, json!({})).await.expect(412);
    let ended = holder.post(&end, json!({"reason": "Hoãn đi học"})).await.expect(200);
    assert_eq!((ended.header("etag"), ended.body["ended_at"].is_string()), ("\"v2\"", true));
    assert_eq!(holder.post(&end, json!({})).await.expect(409).code(), "invalid_state");
    // What was ended is no hindrance.
    holder.post(&path, again("2023-10-20", "2023-10-25").await).await.expect(201);
    let all = holder.get(&path).await.expect(200);
    let mut firsts: Vec<&str> = items(&all).iter().map(|one| one["from_on"].as_str().unwrap()).collect();
    assert_eq!(firsts, ["2023-10-15", "2023-10-20", "2023-10-20", "2023-10-20"]);
    let (mut walked, mut next) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let page = holder.get(&format!("{path}{next}")).await.expect(200);
        walked.extend(items(&page).clone());
        let Some(cursor) = page.body["next_cursor"].as_str() else { break };
        next = format!("?limit=1&cursor={cursor}");
    }
    assert_eq!(&walked, items(&all));
    let narrow = holder.get(&format!("{path}?fields=from_on&limit=1")).await.expect(200);
    assert_eq!(items(&narrow), &[json!({"from_on": firsts.remove(0)})]);
}

#[actix_web::test]
async fn of_two_appointments_for_the_same_days_at_once_one_is_made() {
    let world = World::new().await;
    let (holder, path) = (world.as_("leader@A").await, deputies_of(&world, "leader@A").await);
    let body = days(&world, "officer@A1", "2023-10-15", "2023-10-25").await;
    let before = world.events().await;
    let both = futures_util::future::join(holder.post(&path, body.clone()), holder.post(&path, body)).await;
    let mut statuses = [both.0.status, both.1.status];
    statuses.sort_unstable();
    assert_eq!((statuses, world.events().await), ([201, 409], before + 1));
}

#[actix_web::test]
async fn an_appointment_may_be_sent_again() {
    let world = World::new().await;
    let (holder, path) = (world.as_("leader@A").await, deputies_of(&world, "leader@A").await);
    let mut body = days(&world, "officer@A1", "2023-10-15", "2023-10-25").await;
    body["id"] = "0199a0b2-0000-7000-8000-000000000001".into();
    let made = holder.post(&path, body.clone()).await.expect(201);
    let before = world.events().await;
    assert_eq!(holder.post(&path, body.clone()).await.expect(200).body, made.body);
    let mut other = body.clone();
    other["to_on"] = "2023-10-26".into();
    assert_eq!(holder.post(&path, other).await.expect(409).code(), "id_conflict");
    assert_eq!(world.events().await, before);
    let strange = deputies_of(&world, "leader@B").await;
    let taken = world.as_("leader@B").await.post(&strange, body).await.expect(409);
    assert_eq!(taken.code(), "id_conflict");
    assert!(!taken.text.contains("officer@A1"), "{}", taken.text);
}
