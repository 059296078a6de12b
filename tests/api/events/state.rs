//! Tags: what says that nothing changed.

use super::{append, settle};
use crate::harness::World;
use actix_web::rt::{spawn, time::sleep};
use serde_json::json;
use std::{sync::mpsc::channel, time::Duration};
use tiendo::{db::Backend, error::Error, events::log, ids::Id};

async fn state(world: &World) -> String {
    let root = world.units["D"].id;
    world.db.report(move |conn| log::state_of_root(conn, root)).await.unwrap().to_string()
}

#[actix_web::test]
async fn the_state_of_a_root_moves_with_every_change_and_with_nothing_else() {
    let mut world = World::new().await;
    settle(&world).await;
    let mut before = state(&world).await;
    world.as_("officer@A").await;
    settle(&world).await;
    assert_ne!(state(&world).await, before, "an account is a change");
    before = state(&world).await;
    let keys = json!({"username": "officer@A", "password": crate::harness::PASSWORD});
    world.nobody().post("/api/v1/auth/login", keys).await.expect(200);
    settle(&world).await;
    assert_eq!(state(&world).await, before, "a session is none");
    let officer = world.as_("officer@A").await;
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("A"), "title": "Nghị quyết"});
    let made = officer.post("/api/v1/documents?dry_run=true", body.clone()).await.expect(201);
    assert_eq!(state(&world).await, before, "nor is a rehearsal");
    officer.get(&format!("/api/v1/documents/{}", made.id())).await.expect(404);
    let made = officer.post("/api/v1/documents", body).await.expect(201);
    let mut seen = vec![before, state(&world).await];
    officer.patch(&format!("/api/v1/documents/{}", made.id()), 1, json!({"title": "x"})).await.expect(200);
    seen.push(state(&world).await);
    let unit = format!("/api/v1/org-units/{}", world.unit("A1"));
    world.root().await.patch(&unit, 1, json!({"name": "Mới"})).await.expect(200);
    seen.push(state(&world).await);
    set_something(&world).await;
    seen.push(state(&world).await);
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), seen.len(), "{seen:?}");
    settle(&world).await;
    let before = state(&world).await;
    world.add_unit("E", "district", "party_committee", "").await;
    let elsewhere = json!({"name": "Huyện khác"});
    world
        .root()
        .await
        .patch(&format!("/api/v1/org-units/{}", world.unit("E")), 1, elsewhere)
        .await
        .expect(200);
    settle(&world).await;
    assert_eq!(state(&world).await, before, "another root's changes are not this one's");
}

/// What bears on everybody and lies in no unit.
async fn set_something(world: &World) {
    world.root().await.patch("/api/v1/settings", 1, json!({"due_soon_days": 10})).await.expect(200);
}

#[actix_web::test]
async fn what_is_seen_while_an_older_writer_is_busy_moves_the_state_too() {
    let world = World::new().await;
    if world.db.backend() == Backend::Sqlite {
        return; // One writer.
    }
    settle(&world).await;
    let (began, begun) = channel();
    let (go, gone) = channel();
    let (clock, place, db) = (world.clock.clone(), world.units["A"].clone(), world.db.clone());
    let job = spawn(async move {
        db.write(move |conn| {
            append(conn, &clock, &place, Id::new())?;
            began.send(()).map_err(Error::internal)?;
            gone.recv_timeout(Duration::from_secs(20)).map_err(Error::internal)
        })
        .await
    });
    while begun.try_recv().is_err() {
        sleep(Duration::from_millis(5)).await;
    }
    let mut seen = vec![state(&world).await];
    for _ in 0..3 {
        let (clock, place) = (world.clock.clone(), world.units["A"].clone());
        world.db.write(move |conn| append(conn, &clock, &place, Id::new())).await.unwrap();
        seen.push(state(&world).await);
    }
    go.send(()).unwrap();
    job.await.unwrap().unwrap();
    seen.push(state(&world).await);
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!(distinct.len(), seen.len(), "{seen:?}");
}

#[actix_web::test]
async fn who_has_the_version_is_told_so() {
    let world = World::new().await;
    let path = format!("/api/v1/org-units/{}", world.unit("A"));
    let ask =
        async |tag: &str| world.as_("viewer@A").await.with("if-none-match", tag).get(&path).await.status;
    assert_eq!(ask("\"v1\"").await, 304);
    assert_eq!(ask("W/\"v1\"").await, 304);
    assert_eq!(ask("\"v0\", \"v1\"").await, 304);
    assert_eq!(ask("*").await, 304);
    for other in ["\"v2\"", "v1", "\"\"", "nonsense"] {
        assert_eq!(ask(other).await, 200, "{other}");
    }
    world.root().await.patch(&path, 1, json!({"name": "Mới"})).await.expect(200);
    assert_eq!(ask("\"v1\"").await, 200);
    assert_eq!(ask("\"v2\"").await, 304);
}

#[actix_web::test]
async fn a_history_is_paged_and_tells_who() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("A"), "title": "0"});
    let id = officer.post("/api/v1/documents", body).await.expect(201).id();
    for version in 1..=6 {
        let who = if version % 2 == 0 { "officer@A" } else { "leader@D" };
        let patch = json!({"title": format!("{version}")});
        world.as_(who).await.patch(&format!("/api/v1/documents/{id}"), version, patch).await.expect(200);
    }
    let (mut met, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/documents/{id}/history?limit=3{cursor}");
        let page = officer.get(&path).await.expect(200);
        met.extend(page.body["items"].as_array().unwrap().clone());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(met.iter().map(|e| e["version"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(met[0]["kind"], "document.created");
    assert_eq!(met[1]["changes"], json!({"title": ["0", "1"]}));
    assert_eq!(met[1]["by"]["name"], "leader@D");
    assert_eq!(met[1]["by"]["role"], "leader");
    assert_eq!(met[1]["by"]["unit"], "Đơn vị D");
    assert_eq!(met[2]["by"]["name"], "officer@A");
    assert_eq!(met[1]["imported"], false);
    let other = format!("/api/v1/org-units/{}/history?limit=3{cursor}", world.unit("A"));
    assert_eq!(officer.get(&other).await.expect(400).faults(), ["cursor cursor_mismatch"]);
}

/// PostgreSQL plans a question anew each time when it takes the plan for any value to be a bad one: that costs
/// more than the answer.
#[actix_web::test]
async fn the_question_for_a_state_is_planned_once() {
    use diesel::{prelude::*, sql_types::BigInt};
    #[derive(QueryableByName, Debug)]
    struct Plans {
        #[diesel(sql_type = BigInt)]
        generic_plans: i64,
    }
    let world = World::new().await;
    if world.db.backend() == Backend::Sqlite {
        return; // It keeps the plan with the statement.
    }
    let root = world.units["D"].id;
    let plans = world.db.read(move |conn| {
        for _ in 0..20 {
            log::state_along(conn, Id::new())?;
            log::state_of_root(conn, root)?;
        }
        let kept = "SELECT generic_plans FROM pg_prepared_statements WHERE statement LIKE '%oldest_open%'";
        Ok(diesel::sql_query(kept).load::<Plans>(conn)?)
    });
    let plans = plans.await.unwrap();
    assert!(plans.len() == 2 && plans.iter().all(|one| one.generic_plans >= 10), "{plans:?}");
}

/// How a database would answer a question; an empty PostgreSQL reads a table of a few rows whole, unless that
/// is made dear.
async fn plan(world: &World, question: &'static str) -> String {
    use diesel::{connection::SimpleConnection, prelude::*, sql_types::Text};
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
        line: String,
    }
    #[derive(QueryableByName)]
    struct Step {
        #[diesel(sql_type = Text)]
        detail: String,
    }
    let plan = world.db.report(move |conn| {
        if conn.backend() == Backend::Sqlite {
            let steps: Vec<Step> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {question}")).load(conn)?;
            return Ok(steps.into_iter().map(|step| step.detail).collect::<Vec<_>>());
        }
        conn.batch_execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")?;
        let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {question}")).load(conn)?;
        Ok(lines.into_iter().map(|line| line.line).collect())
    });
    plan.await.unwrap().join("\n")
}

#[actix_web::test]
async fn the_last_changes_are_found_by_their_indexes() {
    let world = World::new().await;
    for (question, index) in [
        ("SELECT max(seq) FROM events WHERE root_unit = 'x' AND tx = 0", "events_by_root"),
        (
            "SELECT max(seq) FROM events WHERE events.root_unit IS NULL AND events.subject_type <> 'session' AND tx = 0",
            "events_of_instance",
        ),
    ] {
        let plan = plan(&world, question).await;
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.to_lowercase().contains("sort") && !plan.contains("TEMP B-TREE"), "{plan}");
    }
}
