//! Persons: who reads them by name, what the log keeps of them, and what they may say.

use crate::harness::{Answer, World};
use serde_json::{Value, json};

fn person(world: &World, unit: &str, name: &str) -> Value {
    json!({"unit_id": world.unit(unit), "full_name": name, "birth_year": 1975})
}

fn at(person: &Answer) -> String {
    format!("/api/v1/persons/{}", person.id())
}

fn names(page: &Answer) -> Vec<&str> {
    page.body["items"].as_array().unwrap().iter().map(|p| p["full_name"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn persons_are_named_in_the_commune_and_the_branch_and_nowhere_above() {
    let world = World::new().await;
    for (who, unit) in [("officer@D", "D"), ("officer@A", "A"), ("officer@A1", "A1"), ("leader@B", "B1")] {
        let body = person(&world, unit, &format!("Cán bộ {unit}"));
        world.as_(who).await.post("/api/v1/persons", body).await.expect(201);
    }
    for (who, expected) in [
        ("leader@D", vec!["Cán bộ D"]),
        ("inspector@D", vec!["Cán bộ D"]),
        ("viewer@A", vec!["Cán bộ A", "Cán bộ A1"]),
        ("leader@A1", vec!["Cán bộ A1"]),
        ("leader@B", vec!["Cán bộ B1"]),
    ] {
        let page = world.as_(who).await.get("/api/v1/persons").await.expect(200);
        assert_eq!(names(&page), expected, "{who}");
    }
    let officer = world.as_("officer@A").await;
    assert_eq!(names(&officer.get("/api/v1/persons?q=can%20bo%20a1").await.expect(200)), ["Cán bộ A1"]);
    let under = format!("/api/v1/persons?under={}&limit=1", world.unit("A"));
    let first = officer.get(&under).await.expect(200);
    let cursor = first.body["next_cursor"].as_str().unwrap();
    assert_eq!(names(&officer.get(&format!("{under}&cursor={cursor}")).await.expect(200)), ["Cán bộ A1"]);
    // Nobody hides a record from its own office by putting it too deep.
    let deep =
        world.as_("officer@D").await.post("/api/v1/persons", person(&world, "A", "x")).await.expect(422);
    assert_eq!(deep.faults(), ["#/unit_id not_permitted_here"]);
}

#[actix_web::test]
async fn the_log_never_learns_a_name() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let made = officer.post("/api/v1/persons", person(&world, "A1", "Tên Kín Đáo")).await.expect(201);
    officer.patch(&at(&made), 1, json!({"full_name": "Tên Khác Hẳn", "birth_year": null})).await.expect(200);
    let card = json!({"status": "official", "card_number": "58.999999", "admitted_on": "2005-05-19"});
    officer.post(&format!("{}/membership", at(&made)), card).await.expect(201);
    let logged = world.db.read(|conn| {
        use diesel::prelude::*;
        let all: Vec<String> =
            tiendo::db::schema::events::table.select(tiendo::db::schema::events::changes).load(conn)?;
        Ok(all.join("\n"))
    });
    let logged = logged.await.unwrap();
    let told = officer.get(&format!("{}/history", at(&made))).await.expect(200);
    assert_eq!(told.body["items"].as_array().unwrap().len(), 3);
    for secret in ["Kín", "Khác Hẳn", "1975", "58.999999", "2005-05-19"] {
        assert!(!logged.contains(secret), "{secret} in {logged}");
        // Who may read the person reads what changed: the values stand beside the log.
        assert!(told.text.contains(secret), "{secret} not in {}", told.text);
    }
    crate::events::settle(&world).await;
    let feed = officer.get("/api/v1/changes").await.expect(200);
    assert!(!feed.text.contains(&made.id()), "persons are in no feed");
}

#[actix_web::test]
async fn one_account_stands_for_one_person() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let mut body = person(&world, "A1", "Bí thư Chi bộ");
    body["user_id"] = world.user("leader@A1").await.to_string().into();
    let made = officer.post("/api/v1/persons", body.clone()).await.expect(201);
    assert_eq!(officer.post("/api/v1/persons", body.clone()).await.expect(409).code(), "already_exists");
    // An account of another commune is none that is known here.
    body["user_id"] = world.user("leader@B").await.to_string().into();
    let foreign = officer.post("/api/v1/persons", body.clone()).await.expect(422);
    assert_eq!(foreign.faults(), ["#/user_id unknown_reference"]);
    body["user_id"] = Value::Null;
    let other = officer.post("/api/v1/persons", body.clone()).await.expect(201);
    let taken = json!({"user_id": made.body["user_id"]});
    assert_eq!(officer.patch(&at(&other), 1, taken.clone()).await.expect(409).code(), "already_exists");
    officer.delete(&at(&made), 1).await.expect(204);
    officer.patch(&at(&other), 1, taken).await.expect(200);
}

#[actix_web::test]
async fn membership_is_a_record_of_its_own() {
    let world = World::new().await;
    let officer = world.as_("officer@A1").await;
    let made = officer.post("/api/v1/persons", person(&world, "A1", "Đảng viên dự bị")).await.expect(201);
    let address = format!("{}/membership", at(&made));
    officer.get(&address).await.expect(404);
    let before = world.events().await;
    let wrong = json!({"status": "official", "admitted_on": "2005-05-19", "official_on": "2005-05-18"});
    assert_eq!(officer.post(&address, wrong).await.expect(422).faults(), ["#/official_on end_before_start"]);
    let strange = officer.post(&address, json!({"status": "guest"})).await.expect(422);
    assert_eq!(strange.faults(), ["#/status unknown_value"]);
    let admitted = json!({"status": "probationary", "admitted_on": "2022-11-07"});
    officer.post(&address, admitted.clone()).await.expect(201);
    assert_eq!(officer.post(&address, admitted).await.expect(409).code(), "already_exists");
    let early = officer.patch(&address, 1, json!({"official_on": "2022-11-06"})).await.expect(422);
    assert_eq!(early.faults(), ["#/official_on end_before_start"]);
    let official = json!({"status": "official", "official_on": "2023-11-07"});
    let after = officer.patch(&address, 1, official.clone()).await.expect(200);
    assert_eq!((after.header("etag"), after.body["status"].as_str()), ("\"v2\"", Some("official")));
    officer.patch(&address, 1, json!({"status": "left"})).await.expect(412);
    // What changes nothing leaves nothing.
    officer.patch(&address, 2, official).await.expect(200);
    assert_eq!(world.events().await, before + 2);
    // A viewer sees the person, and not what makes it a member.
    let viewer = world.as_("viewer@A").await;
    viewer.get(&at(&made)).await.expect(200);
    viewer.get(&address).await.expect(403);
}

#[actix_web::test]
async fn ids_versions_and_strangers_are_handled_like_everywhere() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let mut body = person(&world, "A", "Cán bộ xã");
    body["id"] = "0199a0b2-0000-7000-8000-000000000021".into();
    let made = officer.post("/api/v1/persons", body.clone()).await.expect(201);
    assert_eq!(officer.post("/api/v1/persons", body.clone()).await.expect(200).body, made.body);
    body["birth_year"] = 1980.into();
    assert_eq!(officer.post("/api/v1/persons", body.clone()).await.expect(409).code(), "id_conflict");
    body["unit_id"] = world.unit("B").into();
    let foreign = world.as_("officer@B").await.post("/api/v1/persons", body).await.expect(409);
    assert!(!foreign.text.contains("Cán bộ xã"), "{}", foreign.text);
    // Moving within the commune keeps the record and its history.
    let moved = officer.patch(&at(&made), 1, json!({"unit_id": world.unit("A2")})).await.expect(200);
    assert_eq!(moved.body["unit"]["code"], "A2");
    world.as_("officer@A1").await.get(&at(&made)).await.expect(404);
    let away = officer.patch(&at(&made), 2, json!({"unit_id": world.unit("B")})).await.expect(422);
    assert_eq!(away.faults(), ["#/unit_id unknown_reference"]);
    officer.patch(&at(&made), 1, json!({"full_name": "x"})).await.expect(412);
    officer.delete(&at(&made), 2).await.expect(204);
    officer.get(&at(&made)).await.expect(404);
}

#[actix_web::test]
async fn what_is_personal_is_erased_and_the_posts_stay() {
    let world = World::new().await;
    let (leader, user) = (world.as_("leader@A").await, world.user("officer@A1").await.to_string());
    let mut body = person(&world, "A1", "Tên Kín Đáo");
    body["user_id"] = user.clone().into();
    let keyed = world.as_("leader@A").await.with("idempotency-key", "nguoi-1");
    let made = keyed.post("/api/v1/persons", body.clone()).await.expect(201);
    let (here, erase) = (at(&made), format!("{}/erase", at(&made)));
    let card = json!({"status": "official", "card_number": "58.999999", "admitted_on": "2005-05-19"});
    leader.post(&format!("{here}/membership"), card).await.expect(201);
    let holding = json!({"unit_id": world.unit("A1"), "post": "committee_member", "person_id": made.id(),
        "starts_on": "2020-01-01"});
    let holding = leader.post("/api/v1/holdings", holding).await.expect(201);

    let reason = json!({"reason": "Theo yêu cầu, sau khi thôi công tác"});
    for none in [json!({}), json!({"reason": " "})] {
        assert_eq!(leader.post(&erase, none).await.expect(422).faults(), ["#/reason reason_required"]);
    }
    assert_eq!(leader.post(&erase, reason.clone()).await.expect(409).code(), "in_use");
    let end = json!({"on": "2023-10-14", "reason": "Thôi giữ chức"});
    leader.post(&format!("/api/v1/holdings/{}/end", holding.id()), end).await.expect(200);
    let before = leader.get(&format!("{here}/history")).await.expect(200);
    assert!(before.text.contains("Tên Kín Đáo") && before.text.contains("58.999999"));
    leader.post(&format!("{erase}?dry_run=true"), reason.clone()).await.expect(200);
    assert!(leader.get(&here).await.expect(200).text.contains("Kín"), "a rehearsal erases nothing");

    let counted = world.events().await;
    let erased = leader.post(&erase, reason.clone()).await.expect(200);
    assert_eq!(world.events().await, counted + 1);
    assert_eq!(
        (&erased.body["full_name"], &erased.body["birth_year"], &erased.body["user_id"]),
        (&json!("Người đã xóa dữ liệu cá nhân"), &Value::Null, &Value::Null)
    );
    assert!(erased.body["erased_at"].is_string());
    let member = leader.get(&format!("{here}/membership")).await.expect(200);
    assert_eq!((&member.body["card_number"], &member.body["admitted_on"]), (&Value::Null, &Value::Null));
    let told = leader.get(&format!("{here}/history")).await.expect(200);
    let last = told.body["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["reason"]), (&json!("person.erased"), &reason["reason"]));
    for secret in ["Kín", "58.999999", "1975", "2005-05-19"] {
        assert!(!told.text.contains(secret), "{secret} in {}", told.text);
    }
    // The post was held all the same, by somebody.
    let held = leader.get(&format!("/api/v1/holdings/{}", holding.id())).await.expect(200);
    assert_eq!(held.body["person"]["id"], made.body["id"]);
    // Sent again under its key, the creation is neither done nor told again.
    assert_eq!(keyed.post("/api/v1/persons", body).await.expect(422).code(), "idempotency_mismatch");
    for again in [
        leader.post(&erase, reason).await,
        leader.patch(&here, erased.body["version"].as_i64().unwrap(), json!({"birth_year": 1980})).await,
        leader.patch(&format!("{here}/membership"), 2, json!({"status": "official"})).await,
    ] {
        assert_eq!(again.expect(409).code(), "invalid_state");
    }
}

#[actix_web::test]
async fn who_was_recorded_by_mistake_leaves_no_name() {
    use diesel::prelude::*;
    use tiendo::db::schema::{personal_values, persons};
    let world = World::new().await;
    let leader = world.as_("leader@A").await;
    let made = leader.post("/api/v1/persons", person(&world, "A1", "Tên Kín Đáo")).await.expect(201);
    leader.delete(&at(&made), 1).await.expect(204);
    let id = made.id();
    let left = world.db.read(move |conn| {
        let rows =
            persons::table.filter(persons::id.eq(&id)).select((persons::full_name, persons::birth_year));
        let values = personal_values::table.filter(personal_values::subject_id.eq(&id)).count();
        Ok((rows.first::<(String, Option<i32>)>(conn)?, values.get_result::<i64>(conn)?))
    });
    let ((name, year), values) = left.await.unwrap();
    assert_eq!((name.contains("Kín"), year, values), (false, None, 0));
}

#[actix_web::test]
async fn who_read_a_person_is_told_to_the_person_and_to_inspectors() {
    let world = World::new().await;
    let mut body = person(&world, "A1", "Cán bộ A1");
    body["user_id"] = world.user("officer@A1").await.to_string().into();
    let made = world.as_("leader@A").await.post("/api/v1/persons", body).await.expect(201);
    world.as_("leader@A").await.get(&at(&made)).await.expect(200);
    let log = format!("{}/reads", at(&made));
    for who in ["officer@A1", "inspector@A"] {
        let told = world.as_(who).await.get(&log).await.expect(200);
        let oldest = told.body["items"].as_array().unwrap().last().unwrap();
        assert_eq!((&oldest["what"], &oldest["by"]["name"]), (&json!("record"), &json!("leader@A")), "{who}");
    }
    world.as_("leader@A").await.get(&log).await.expect(403);
    world.as_("inspector@B").await.get(&log).await.expect(404);
}
