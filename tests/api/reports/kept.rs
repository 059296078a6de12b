//! Answers that are kept: given again as they are, to whoever may have them and no longer than they hold.

use super::{A, due, rollup, task, with};
use crate::{
    events::settle,
    harness::{Answer, World},
};
use actix_web::web::Bytes;
use serde_json::json;
use tiendo::{db::AnyConn, reports::tallied::Tallied};

/// A roll-up of the district, asked by somebody.
async fn ask(world: &World, who: &str) -> Answer {
    rollup(world, who, "D", "&by=none").await
}

/// Puts another text in the place of an answer, to see where it is taken from.
fn mark(world: &World, answer: &Answer) {
    let mut body = answer.body.clone();
    body["unit"]["name"] = json!("kept");
    world.shared.answers.keep(answer.header("etag"), &Bytes::from(body.to_string()));
}

fn is_kept(answer: &Answer) -> bool {
    answer.body["unit"]["name"] == "kept"
}

#[actix_web::test]
async fn an_answer_is_given_again_until_something_changes() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    for who in ["leader@D", "leader@D#2"] {
        world.as_(who).await;
    }
    settle(&world).await;
    let first = ask(&world, "leader@D").await.expect(200);
    mark(&world, &first);
    let again = ask(&world, "leader@D").await.expect(200);
    assert!(is_kept(&again));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(again.header("content-type"), first.header("content-type"));
    let path = format!("/api/v1/reports/task-rollup?unit_id={}&by=none", world.unit("D"));
    world.as_("leader@D").await.with("if-none-match", "*").get(&path).await.expect(304);
    for (who, more) in
        [("leader@D#2", "&by=none"), ("leader@D", ""), ("leader@D", "&by=none&as_of=2023-10-14")]
    {
        assert!(!is_kept(&rollup(&world, who, "D", more).await.expect(200)), "{who} {more}");
    }
    let unit = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&unit, 1, json!({"name": "Chi bộ ấp 1"})).await.expect(200);
    assert_eq!(ask(&world, "leader@D").await.expect(200).body, first.body);
}

#[actix_web::test]
async fn an_answer_is_given_to_nobody_who_may_not_have_it() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    for who in ["leader@D", "leader@A", "admin@D"] {
        world.as_(who).await;
    }
    settle(&world).await;
    mark(&world, &ask(&world, "leader@D").await.expect(200));
    ask(&world, "leader@A").await.expect(404);
    ask(&world, "admin@D").await.expect(403);
    let path = format!("/api/v1/reports/task-rollup?unit_id={}&by=none", world.unit("D"));
    world.nobody().get(&path).await.expect(401);
    // An account that is disabled is an event, and its end.
    let root = world.root().await;
    let found = root.get("/api/v1/users?q=leader@D").await.expect(200);
    let user = found.body["items"][0]["id"].as_str().unwrap().to_owned();
    root.post(&format!("/api/v1/users/{user}/disable"), json!({})).await.expect(200);
    ask(&world, "leader@D").await.expect(401);
}

#[actix_web::test]
async fn what_changes_in_no_unit_changes_every_answer() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    let root = world.root().await;
    world.as_("leader@D").await;
    settle(&world).await;
    let mut tags = vec![ask(&world, "leader@D").await.expect(200).header("etag").to_owned()];
    let day = json!({"on": "2023-11-20", "kind": "off", "occasion": "other", "name": "Ngày nghỉ thử",
        "source": "Thông báo"});
    root.post("/api/v1/working-days", day).await.expect(201);
    tags.push(ask(&world, "leader@D").await.expect(200).header("etag").to_owned());
    root.patch("/api/v1/settings", 1, json!({"due_soon_days": 10})).await.expect(200);
    tags.push(ask(&world, "leader@D").await.expect(200).header("etag").to_owned());
    let all = tags.len();
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), all, "{tags:?}");
}

#[actix_web::test]
async fn a_change_is_told_at_once_from_what_is_kept() {
    let world = with(&[due("2023-10-15", task(A, "accepted"))]).await;
    let day = "2023-10-15".parse().unwrap();
    let root = world.units["D"].id;
    let soon = async || {
        let (tallies, root) = (world.shared.tallies.clone(), root);
        let sum = move |kept: &Tallied| kept.rolled_up(root).is_empty();
        let read =
            move |conn: &mut AnyConn| conn.in_snapshot(|conn| tallies.answer_soon(conn, (root, day), sum));
        world.db.read(read).await.unwrap()
    };
    assert_eq!(soon().await, None, "nothing is kept");
    ask(&world, "leader@D").await.expect(200);
    assert_eq!(soon().await, Some(false));
    // More than can be told at once, or a change of units: what is kept stays as it was.
    let unit = format!("/api/v1/org-units/{}", world.unit("B1"));
    world.root().await.patch(&unit, 1, json!({"name": "Chi bộ ấp 1"})).await.expect(200);
    assert_eq!([soon().await, soon().await], [None, None]);
    ask(&world, "leader@D").await.expect(200);
    assert_eq!(soon().await, Some(false));
    let (days, held) = world.shared.tallies.held();
    assert_eq!((days, held), (1, 1));
}
