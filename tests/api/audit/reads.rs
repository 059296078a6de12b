//! The read log of personal data.

use crate::harness::World;
use serde_json::Value;
use tiendo::policy::Role;

async fn whats(world: &World, who: &str, id: &str) -> Vec<(String, String)> {
    let log = world.as_(who).await.get(&format!("/api/v1/users/{id}/reads")).await.expect(200);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = log.body["items"].as_array().unwrap().iter();
    items.map(|read| (text(&read["by"]["name"]), text(&read["what"]))).collect()
}

#[actix_web::test]
async fn who_reads_about_somebody_is_written_down_first() {
    let world = World::new().await;
    let user = world.user("officer@A").await.to_string();
    let admin = world.as_("admin@A").await;
    let own = admin.get("/api/v1/me").await.body["user"]["id"].as_str().unwrap().to_owned();
    let account = admin.get(&format!("/api/v1/users/{user}")).await.expect(200);
    let post = account.body["assignments"][0]["id"].as_str().unwrap().to_owned();
    admin.get(&format!("/api/v1/users/{user}/history")).await.expect(200);
    admin.get(&format!("/api/v1/assignments/{post}")).await.expect(200);
    let listed = admin.with("x-request-id", "danh-sach-1").get("/api/v1/users").await.expect(200);
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2, "the reader too");
    let by = |what: &str| ("admin@A".to_owned(), what.to_owned());
    let expected = [by("list"), by("assignment"), by("history"), by("record")];
    assert_eq!(whats(&world, "inspector@D", &user).await, expected);
    let log = world.as_("officer@A").await.get(&format!("/api/v1/users/{user}/reads?limit=2")).await;
    let first = &log.body["items"][0];
    assert_eq!((first["what"].as_str(), first["by"]["name"].as_str()), (Some("reads"), Some("inspector@D")));
    let second = &log.body["items"][1];
    assert_eq!(
        (second["request_id"].as_str(), second["by"]["role"].as_str()),
        (Some("danh-sach-1"), Some("admin"))
    );
    assert_eq!(second["by"]["unit"], "Đơn vị A");
    let cursor = log.body["next_cursor"].as_str().unwrap();
    let rest = world.as_("officer@A").await;
    let rest = rest.get(&format!("/api/v1/users/{user}/reads?cursor={cursor}")).await.expect(200);
    assert_eq!(rest.body["items"].as_array().unwrap().len(), 3, "one's own readings are not noted");
    // Of themselves they read without a note.
    world.as_("admin@A").await.get(&format!("/api/v1/users/{own}")).await.expect(200);
    assert_eq!(whats(&world, "admin@A", &own).await, []);
}

#[actix_web::test]
async fn what_is_refused_is_not_noted() {
    let world = World::new().await;
    let user = world.user("officer@A").await.to_string();
    for (who, path, status) in [
        ("leader@A", "", 403),
        ("admin@B", "", 404),
        ("admin@B", "/history", 404),
        ("inspector@A", "/reads", 403),
        ("inspector@B", "/reads", 404),
        ("admin@A", "/reads", 403),
        ("leader@D", "/reads", 403),
    ] {
        let answer = world.as_(who).await.get(&format!("/api/v1/users/{user}{path}")).await;
        assert_eq!(answer.status, status, "{who} {path}");
    }
    world.root().await.get(&format!("/api/v1/users/{user}/reads")).await.expect(403);
    assert_eq!(whats(&world, "officer@A", &user).await, []);
}

/// No note, no answer: the log is written before the data goes out.
#[actix_web::test]
async fn what_cannot_be_noted_is_not_shown() {
    use diesel::connection::SimpleConnection;
    let world = World::new().await;
    let (id, _) = world.enrol("Lê Thị Bình", Role::Officer, Some(world.units["A"].clone())).await;
    let admin = world.as_("admin@A").await;
    world.db.write(|conn| Ok(conn.batch_execute("DROP TABLE personal_reads")?)).await.unwrap();
    for path in [format!("/api/v1/users/{id}"), format!("/api/v1/users/{id}/history"), "/api/v1/users".into()]
    {
        let answer = admin.get(&path).await.expect(503);
        assert!(!answer.text.contains("Bình"), "{}", answer.text);
    }
}

#[actix_web::test]
async fn what_has_run_out_is_removed_and_nothing_else() {
    use tiendo::app::housekeeping::{Removed, sweep};
    const DAY: i64 = 86_400_000;
    let world = World::new().await;
    let user = world.user("officer@A").await.to_string();
    let admin = world.as_("admin@A").await.with("idempotency-key", "mot-lan");
    admin.get(&format!("/api/v1/users/{user}")).await.expect(200);
    admin
        .patch(&format!("/api/v1/users/{user}"), 1, serde_json::json!({"display_name": "X"}))
        .await
        .expect(200);
    world.root().await;
    let events = world.events().await;
    let nothing = Removed { answers: 0, sessions: 0, reads: 0 };
    let start = world.clock.system();
    let after = |days: i64| {
        world.clock.hold_at(start.plus_millis(days * DAY));
        sweep(&world.shared.gate)
    };
    assert_eq!(after(1).await.unwrap(), nothing);
    assert_eq!(after(3).await.unwrap(), Removed { answers: 1, ..nothing });
    assert_eq!(after(59).await.unwrap(), nothing, "run out, but still told apart from made up");
    let removed = after(61).await.unwrap();
    assert!(removed.sessions > 0 && removed.reads == 0, "{removed:?}");
    assert_eq!(after(729).await.unwrap(), nothing, "readings are kept for 730 days");
    assert_eq!(after(731).await.unwrap(), Removed { reads: 1, ..nothing });
    assert_eq!(world.events().await, events);
}
