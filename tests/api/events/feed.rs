//! The change feed: who is told of what.

use super::{append, settle};
use crate::harness::{Answer, World};
use serde_json::{Value, json};
use tiendo::ids::Id;

const PATH: &str = "/api/v1/changes";

async fn paper(world: &World, who: &str, unit: &str, status: &str) -> String {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit(unit), "title": "x", "status": status});
    world.as_(who).await.post("/api/v1/documents", body).await.expect(201).id()
}

async fn task(world: &World, unit: &str) -> String {
    let (subject, clock, place) = (Id::new(), world.clock.clone(), world.units[unit].clone());
    world.db.write(move |conn| append(conn, &clock, &place, subject)).await.unwrap();
    subject.to_string()
}

/// What somebody is told, as `kind id`.
async fn told(world: &World, who: &str, query: &str) -> Vec<String> {
    settle(world).await;
    let caller = if who == "root" { world.root().await } else { world.as_(who).await };
    let (mut all, mut since) = (Vec::new(), String::new());
    loop {
        let page = caller.get(&format!("{PATH}?limit=200{query}{since}")).await.expect(200);
        for item in page.body["items"].as_array().unwrap() {
            all.push(format!("{} {}", item["kind"].as_str().unwrap(), item["id"].as_str().unwrap()));
        }
        since = format!("&since={}", page.body["next_cursor"].as_str().unwrap());
        if page.body["has_more"] == false {
            return all;
        }
    }
}

#[actix_web::test]
async fn each_is_told_of_what_it_may_read() {
    let mut world = World::new().await;
    world.add_unit("A1x", "branch", "branch", "A1").await;
    world.as_("officer@A").await;
    let (of_d, draft) =
        (paper(&world, "officer@D", "D", "issued").await, paper(&world, "officer@D", "D", "draft").await);
    let (of_a, of_b) =
        (paper(&world, "officer@A", "A", "issued").await, paper(&world, "officer@B", "B", "issued").await);
    let (in_a1, deep, in_d) = (task(&world, "A1").await, task(&world, "A1x").await, task(&world, "D").await);
    let unit = |code: &str| format!("org_unit {}", world.unit(code));
    let document = |id: &String| format!("document {id}");
    let work = |id: &String| format!("task {id}");
    let sorted = |mut all: Vec<String>| {
        all.sort();
        all
    };
    let of_commune = vec![
        unit("D"),
        unit("A"),
        unit("A1"),
        unit("A2"),
        unit("A1x"),
        document(&of_d),
        document(&of_a),
        work(&in_a1),
        work(&deep),
    ];
    for who in ["viewer@A", "officer@A", "service@A", "inspector@A", "leader@A"] {
        assert_eq!(sorted(told(&world, who, "").await), sorted(of_commune.clone()), "{who}");
    }
    let whole = [&of_d, &draft, &of_a, &of_b].map(document);
    let mut of_district: Vec<String> = ["D", "A", "B", "A1", "A2", "B1", "A1x"].map(unit).to_vec();
    of_district.extend(whole.into_iter().chain([work(&in_a1), work(&in_d)]));
    assert_eq!(sorted(told(&world, "viewer@D", "").await), sorted(of_district.clone()));
    of_district.push(work(&deep));
    assert_eq!(sorted(told(&world, "inspector@D", "").await), sorted(of_district));
    let admin = told(&world, "admin@A", "").await;
    let kinds = |all: &[String]| {
        let mut kinds: Vec<String> =
            all.iter().map(|line| line.split(' ').next().unwrap().to_owned()).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(&admin), ["assignment", "org_unit", "user"]);
    assert!(admin.contains(&format!("user {}", world.user("officer@A").await)));
    assert!(!admin.contains(&format!("user {}", world.user("officer@B").await)));
    assert_eq!(kinds(&told(&world, "root", "").await), ["assignment", "org_unit", "user"]);
    assert_eq!(told(&world, "viewer@A", "&kinds=user,assignment,settings").await, [""; 0]);
    assert_eq!(told(&world, "viewer@A", "&kinds=document").await, [document(&of_d), document(&of_a)]);
}

#[actix_web::test]
async fn a_draft_from_above_is_told_of_once_it_is_issued() {
    let world = World::new().await;
    let id = paper(&world, "officer@D", "D", "draft").await;
    let gone = paper(&world, "officer@D", "D", "issued").await;
    assert_eq!(told(&world, "viewer@A", "&kinds=document").await, [format!("document {gone}")]);
    let officer = world.as_("officer@D").await;
    officer.post(&format!("/api/v1/documents/{id}/issue"), json!({})).await.expect(200);
    officer.delete(&format!("/api/v1/documents/{gone}"), 1).await.expect(204);
    settle(&world).await;
    let page = world.as_("viewer@A").await.get(&format!("{PATH}?kinds=document")).await.expect(200);
    let last: Vec<&Value> = page.body["items"].as_array().unwrap().iter().rev().take(2).collect();
    assert_eq!(last[0]["id"].as_str(), Some(gone.as_str()));
    assert_eq!(
        (last[0]["event"].as_str(), last[0]["deleted"].as_bool()),
        (Some("document.deleted"), Some(true))
    );
    assert_eq!(last[1]["event"].as_str(), Some("document.issued"));
    assert_eq!((last[1]["version"].as_i64(), last[1]["deleted"].as_bool()), (Some(2), Some(false)));
}

#[actix_web::test]
async fn under_narrows_to_a_subtree_of_the_own() {
    let world = World::new().await;
    let (in_a1, in_b) = (task(&world, "A1").await, task(&world, "B").await);
    let under = |code: &str| format!("&kinds=task&under={}", world.unit(code));
    assert_eq!(told(&world, "viewer@D", &under("A")).await, [format!("task {in_a1}")]);
    assert_eq!(told(&world, "viewer@D", &under("B")).await, [format!("task {in_b}")]);
    let viewer = world.as_("viewer@A").await;
    for code in ["B", "D"] {
        viewer.get(&format!("{PATH}?under={}", world.unit(code))).await.expect(404);
    }
}

#[actix_web::test]
async fn a_cursor_outlives_its_filters() {
    let world = World::new().await;
    let first = task(&world, "A1").await;
    settle(&world).await;
    let viewer = world.as_("viewer@A").await;
    let cursor = |answer: &Answer| answer.body["next_cursor"].as_str().unwrap().to_owned();
    let page = viewer.get(&format!("{PATH}?kinds=task")).await.expect(200);
    assert_eq!(page.body["items"][0]["id"].as_str(), Some(first.as_str()));
    let since = cursor(&page);
    let nothing = viewer.get(&format!("{PATH}?since={since}")).await.expect(200);
    assert_eq!(nothing.body["items"], json!([]));
    assert_eq!(nothing.body["has_more"], false);
    let second = task(&world, "A1").await;
    settle(&world).await;
    for query in ["", "&kinds=task", "&limit=1"] {
        let empty = cursor(&nothing);
        let next = viewer.get(&format!("{PATH}?since={empty}{query}")).await.expect(200);
        assert_eq!(next.body["items"][0]["id"].as_str(), Some(second.as_str()), "{query}");
    }
    let other =
        world.as_("inspector@D").await.get(&format!("{PATH}?since={since}&kinds=task")).await.expect(200);
    assert_eq!(other.body["items"].as_array().unwrap().len(), 1, "a cursor is a place, not a right");
    for (query, status, fault) in [
        ("since=abc", 400, "since malformed"),
        (&*format!("since={}", forged(&since)), 400, "since cursor_mismatch"),
        ("kinds=task,session", 422, "kinds unknown_value"),
        ("limit=0", 400, "limit limit_out_of_range"),
        ("colour=red", 400, "colour unknown_parameter"),
    ] {
        let refused = viewer.get(&format!("{PATH}?{query}")).await.expect(status);
        assert_eq!(refused.faults(), [fault]);
    }
    assert_eq!(world.nobody().get(PATH).await.status, 401);
}

/// The same place with another signature.
fn forged(cursor: &str) -> String {
    let first = if cursor.starts_with('A') { 'B' } else { 'A' };
    format!("{first}{}", &cursor[1..])
}

#[actix_web::test]
async fn whoever_sees_little_still_gets_on() {
    let world = World::new().await;
    let (clock, place) = (world.clock.clone(), world.units["B"].clone());
    let many = move |conn: &mut tiendo::db::AnyConn| {
        (0..5200).try_for_each(|_| append(conn, &clock, &place, Id::new()))
    };
    world.db.write(many).await.unwrap();
    let mine = task(&world, "A1").await;
    settle(&world).await;
    let viewer = world.as_("viewer@A").await;
    let page = viewer.get(&format!("{PATH}?kinds=task")).await.expect(200);
    assert_eq!(page.body["items"], json!([]));
    assert_eq!(page.body["has_more"], true);
    let since = page.body["next_cursor"].as_str().unwrap();
    let page = viewer.get(&format!("{PATH}?kinds=task&since={since}")).await.expect(200);
    assert_eq!(page.body["items"][0]["id"].as_str(), Some(mine.as_str()));
    assert_eq!(page.body["has_more"], false);
}
