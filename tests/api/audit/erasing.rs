//! Personal values: shown while they are there, gone everywhere once they are erased.

use crate::harness::{PASSWORD, World};
use diesel::{QueryableByName, RunQueryDsl, sql_query, sql_types::Text};
use serde_json::{Value, json};
use tiendo::db::Backend;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table's every row, as text.
async fn everything(world: &World) -> String {
    let mut all = String::new();
    for table in ["users", "assignments", "events", "personal_values", "personal_reads", "idempotency_keys"] {
        let backend = world.db.backend();
        let lines = world.db.read(move |conn| {
            let columns = match backend {
                Backend::Postgres => format!("SELECT CAST({table} AS text) AS line FROM {table}"),
                Backend::Sqlite => {
                    let names = format!(
                        "SELECT group_concat('coalesce(' || name || ', '''')', ' || ''|'' || ') AS line
                         FROM pragma_table_info('{table}')"
                    );
                    let names: Line = sql_query(names).get_result(conn)?;
                    format!("SELECT CAST({} AS TEXT) AS line FROM {table}", names.line)
                }
            };
            Ok(sql_query(columns).load::<Line>(conn)?)
        });
        all.extend(lines.await.unwrap().into_iter().map(|row| row.line + "\n"));
    }
    all
}

fn names(history: &Value) -> Vec<Value> {
    let items = history["items"].as_array().unwrap().iter();
    items.map(|event| event["changes"]["display_name"].clone()).filter(|change| !change.is_null()).collect()
}

#[actix_web::test]
async fn names_are_shown_until_they_are_erased_and_then_gone_everywhere() {
    let world = World::new().await;
    let admin = world.as_("admin@A").await;
    let account = json!({"username": "nguyen.van.binh", "display_name": "Nguyễn Văn Bình", "password": PASSWORD,
        "assignments": [{"unit_id": world.unit("A1"), "role": "officer", "ground_note": "Con ông Nguyễn Văn An"}]});
    let keyed = world.as_("admin@A").await.with("idempotency-key", "mot-lan");
    let id = keyed.post("/api/v1/users", account.clone()).await.expect(201).id();
    let at = |rest: &str| format!("/api/v1/users/{id}{rest}");
    admin.patch(&at(""), 1, json!({"display_name": "Nguyễn Văn Bính"})).await.expect(200);
    // Sent again, it is answered again.
    assert_eq!(keyed.post("/api/v1/users", account.clone()).await.expect(201).id(), id);
    let words = ["Văn B", "nguyen.van.binh", "nguyen van binh", "ông Nguyễn"];
    let before = everything(&world).await;
    assert!(words.iter().all(|word| before.contains(word)), "{before}");
    let events: Vec<&str> = before.lines().filter(|line| line.contains("user.c")).collect();
    assert!(!events.is_empty() && events.iter().all(|line| !line.contains("Bình")), "{events:?}");

    let history = admin.get(&at("/history")).await.expect(200);
    let changes = [json!([null, "Nguyễn Văn Bình"]), json!(["Nguyễn Văn Bình", "Nguyễn Văn Bính"])];
    assert_eq!(names(&history.body), changes);
    assert_eq!(history.body["items"][1]["changes"]["ground_note"], json!([null, "Con ông Nguyễn Văn An"]));

    let reason = json!({"reason": "Theo yêu cầu, sau khi thôi công tác"});
    let early = admin.post(&at("/erase"), reason.clone()).await.expect(409);
    assert_eq!(
        (early.code(), early.body["detail"].as_str().unwrap().contains("đang dùng")),
        ("invalid_state", true)
    );
    admin.post(&at("/disable"), json!({})).await.expect(200);
    for none in [json!({}), json!({"reason": " "})] {
        let refused = admin.post(&at("/erase"), none).await.expect(422);
        assert_eq!(refused.faults(), ["#/reason reason_required"]);
    }
    let rehearsed = admin.post(&at("/erase?dry_run=true"), reason.clone()).await.expect(200);
    assert!(rehearsed.body["erased_at"].is_string());
    assert_eq!(names(&admin.get(&at("/history")).await.body), changes, "a rehearsal erases nothing");
    world.seal().await;
    let counted = world.events().await;
    let erased = admin.post(&at("/erase"), reason.clone()).await.expect(200);
    assert_eq!(world.events().await, counted + 1);
    assert!(!erased.text.contains("Văn B") && erased.body["disabled_at"].is_string());
    assert_eq!(erased.body["display_name"], "Tài khoản đã xóa dữ liệu cá nhân");

    let after = everything(&world).await;
    assert!(words.iter().all(|word| !after.contains(word)), "{after}");
    let history = admin.get(&at("/history")).await.expect(200);
    assert_eq!(names(&history.body), [json!([null, "***"]), json!(["***", "***"])]);
    let last = history.body["items"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["reason"]), (&json!("user.erased"), &reason["reason"]));
    world.seal().await;
    assert_eq!(world.verify(&[]).broken, []);
    // Sent again under its key, the creation is neither done nor told again.
    let again = keyed.post("/api/v1/users", account).await.expect(422);
    assert_eq!(again.code(), "idempotency_mismatch");
    assert!(!admin.get("/api/v1/users?q=binh").await.expect(200).text.contains("Bình"));

    // It stays as it is.
    for (verb, body) in [
        ("/erase", reason),
        ("/enable", json!({})),
        ("/reset-password", json!({"password": PASSWORD})),
        ("/assignments", json!({"unit_id": world.unit("A1"), "role": "viewer"})),
    ] {
        let refused = admin.post(&at(verb), body).await.expect(409);
        assert_eq!(refused.code(), "invalid_state", "{verb}");
    }
    let version = erased.body["version"].as_i64().unwrap();
    admin.patch(&at(""), version, json!({"display_name": "x"})).await.expect(409);
}

/// Nobody reads somebody else's values by naming them in a record of the own.
#[actix_web::test]
async fn a_reference_is_followed_only_in_the_persons_own_history() {
    use diesel::prelude::*;
    use tiendo::{db::schema::personal_values, events::personal, ids::Id};
    let world = World::new().await;
    let (mine, other) = (world.user("officer@A").await, world.user("officer@B").await);
    let shown = world.db.read(move |conn| {
        let rows = personal_values::table.filter(personal_values::subject_id.eq(other));
        let id: Id = rows.select(personal_values::id).first(conn)?;
        let changes = || vec![json!({"name": [null, {"ref": id, "hash": "x"}]})];
        let (mut own, mut strange) = (changes(), changes());
        personal::reveal(conn, &[other], &mut own)?;
        personal::reveal(conn, &[mine], &mut strange)?;
        Ok((own, strange))
    });
    let (own, strange) = shown.await.unwrap();
    assert_eq!(own, [json!({"name": [null, "officer@B"]})]);
    assert_eq!(strange, [json!({"name": [null, "***"]})]);
}
