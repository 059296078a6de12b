//! Settings: defaults, bounds, and who may change them.

use crate::harness::{World, day};
use serde_json::json;
use tiendo::settings;

const AT: &str = "/api/v1/settings";

#[actix_web::test]
async fn an_instance_is_born_with_defaults_and_a_window() {
    let world = World::new().await;
    let root = world.root().await;
    let before = world.events().await;
    let unset = root.get(AT).await.expect(200);
    assert_eq!(unset.body["loading_window_ends_on"], "2024-01-13", "90 days from today");
    for events in [1, 0] {
        let (clock, there) = (world.clock.clone(), world.events().await);
        world.db.write(move |conn| settings::change::at_start(conn, &clock)).await.unwrap();
        assert_eq!(world.events().await, there + events, "only the first start writes");
    }
    world.clock.set_today(day("2023-11-15"));
    let born = root.get(AT).await.expect(200);
    assert_eq!((born.body["due_soon_days"].as_i64(), born.body["stale_days"].as_i64()), (Some(7), Some(30)));
    assert_eq!(born.body["loading_window_ends_on"], "2024-01-13", "and not from every day anew");
    assert_eq!((born.header("etag"), world.events().await), ("\"v1\"", before + 1));
}

#[actix_web::test]
async fn settings_change_together_and_take_effect() {
    let world = World::new().await;
    let root = world.root().await;
    let before = world.events().await;
    let patch = json!({"due_soon_days": 10, "loading_window_ends_on": "2024-06-30"});
    let changed = root.patch(AT, 1, patch).await.expect(200);
    assert_eq!((changed.header("etag"), changed.body["stale_days"].as_i64()), ("\"v2\"", Some(30)));
    assert_eq!(world.events().await, before + 1);
    assert_eq!(root.patch(AT, 1, json!({"stale_days": 5})).await.expect(412).body["current"], "v2");
    root.patch(AT, 2, json!({"stale_days": 45})).await.expect(200);
    root.patch(AT, 3, json!({"stale_days": 46})).await.expect(200);
    let (soon, stale, window) = world
        .db
        .read(|c| {
            Ok((
                settings::due_soon_days(c)?,
                settings::stale_days(c)?,
                settings::loading_window_ends_on(c, day("2030-01-01"))?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((soon, stale, window), (10, 46, day("2024-06-30")));
    let known = root.with("if-none-match", "\"v4\"");
    known.get(AT).await.expect(304);
}

#[actix_web::test]
async fn only_who_administers_the_instance_sees_settings() {
    let world = World::new().await;
    for who in ["admin@D", "leader@D", "officer@A", "inspector@D", "service@D"] {
        let caller = world.as_(who).await;
        caller.get(AT).await.expect(403);
        caller.patch(AT, 1, json!({"due_soon_days": 3})).await.expect(403);
    }
    world.nobody().get(AT).await.expect(401);
    let root = world.root().await;
    let before = world.events().await;
    let bare = root.send(actix_web::http::Method::PATCH, AT, Some("{}".into())).await;
    assert_eq!(bare.expect(428).code(), "precondition_required");
    for (body, status, fault) in [
        (json!({"due_soon_days": 0}), 422, "#/due_soon_days out_of_range"),
        (json!({"due_soon_days": 61}), 422, "#/due_soon_days out_of_range"),
        (json!({"stale_days": 1.5}), 400, "#/stale_days wrong_type"),
        (json!({"loading_window_ends_on": "mai"}), 400, "#/loading_window_ends_on malformed"),
        (json!({"password": "x"}), 400, "#/password unknown_field"),
    ] {
        assert_eq!(root.patch(AT, 1, body).await.expect(status).faults(), [fault]);
    }
    root.patch(&format!("{AT}?dry_run=true"), 1, json!({"due_soon_days": 3})).await.expect(200);
    assert_eq!(world.events().await, before);
    assert_eq!(root.get(AT).await.expect(200).body["due_soon_days"], 7);
}

#[actix_web::test]
async fn of_two_changes_at_once_one_wins() {
    let world = World::new().await;
    let root = world.root().await;
    let change = |n: i64| root.patch(AT, 1, json!({"due_soon_days": n}));
    let (a, b) = futures_util::future::join(change(3), change(4)).await;
    let mut both = [a.status, b.status];
    both.sort_unstable();
    assert_eq!(both, [200, 412]);
}
