//! Which documents an answer holds, and how the next ones are got.

use super::{dispatch, matrix, paper};
use crate::{events::settle, harness::World};
use diesel::prelude::*;
use serde_json::{Value, json};
use tiendo::{
    clock::Instant,
    db::{AnyConn, schema::documents},
};

/// The documents of an answer, in their order.
fn papers(told: &Value) -> Vec<String> {
    let all = told["by_document"].as_array().unwrap();
    all.iter().map(|one| one["document"]["id"].as_str().unwrap().to_owned()).collect()
}

/// Every page there is.
async fn pages(world: &World, who: &str, more: &str) -> Vec<Value> {
    let (mut all, mut at) = (Vec::new(), String::new());
    loop {
        let page = matrix(world, who, &format!("{more}{at}")).await;
        let next = page["next_cursor"].as_str().map(str::to_owned);
        all.push(page);
        match next {
            Some(cursor) => at = format!("&cursor={cursor}"),
            None => return all,
        }
        assert!(all.len() < 20, "no end");
    }
}

/// Seven documents of D: sent to A or below it but for the third, which went to B alone, and the
/// fifth, which went nowhere. The sixth has no day.
async fn story(world: &World) -> Vec<String> {
    let mut all = Vec::new();
    for (n, to) in [&["A", "B"][..], &["A1"], &["B"], &["A", "A1"], &[], &["A2"], &["A"]].iter().enumerate() {
        let day = (n != 5).then(|| format!("2023-10-{:02}", 3 + n / 2));
        let paper = paper(world, json!({"issued_on": day})).await;
        if !to.is_empty() {
            dispatch(world, &paper, to, json!({})).await;
        }
        all.push(paper);
    }
    all
}

#[actix_web::test]
async fn by_default_it_holds_what_was_sent_to_the_unit_or_below_it_latest_first() {
    let world = World::new().await;
    let all = story(&world).await;
    let of = |which: &[usize]| which.iter().map(|n| all[*n].clone()).collect::<Vec<_>>();
    assert_eq!(papers(&matrix(&world, "leader@D", "").await), of(&[6, 3, 2, 1, 0, 5]));
    assert_eq!(papers(&matrix(&world, "leader@A", "").await), of(&[6, 3, 1, 0, 5]));
    assert_eq!(papers(&matrix(&world, "leader@A1", "").await), of(&[3, 1]));
    let below = format!("unit_id={}", world.unit("B"));
    assert_eq!(papers(&matrix(&world, "leader@D", &below).await), of(&[2, 0]));
    // Before they were sent there was nothing to see.
    assert!(papers(&matrix(&world, "leader@D", "as_of=2023-10-14").await).is_empty());
}

#[actix_web::test]
async fn pages_hold_each_document_once_and_sum_up_themselves() {
    let world = World::new().await;
    story(&world).await;
    let whole = matrix(&world, "leader@D", "").await;
    for limit in 1..=7 {
        let pages = pages(&world, "leader@D", &format!("limit={limit}")).await;
        assert_eq!(pages.len(), 6_usize.div_ceil(limit));
        assert_eq!(pages.iter().flat_map(papers).collect::<Vec<_>>(), papers(&whole));
        let rows = |page: &Value| page["rows"].as_array().unwrap().clone();
        assert_eq!(pages.iter().flat_map(rows).collect::<Vec<_>>(), rows(&whole));
        for page in &pages {
            assert_eq!(page["total"]["units"], rows(page).len());
            let units = page["by_unit"].as_array().unwrap().iter();
            assert_eq!(
                units.map(|one| one["figures"]["units"].as_u64().unwrap()).sum::<u64>(),
                page["total"]["units"]
            );
        }
    }
    // A cursor leads on in the question it came from and in no other.
    let page = matrix(&world, "leader@D", "limit=2").await;
    let path =
        format!("/api/v1/reports/coverage?as_of=2023-10-20&cursor={}", page["next_cursor"].as_str().unwrap());
    assert_eq!(world.as_("leader@D").await.get(&path).await.expect(400).faults(), ["cursor cursor_mismatch"]);
}

#[actix_web::test]
async fn a_document_that_goes_between_two_pages_takes_none_with_it() {
    let world = World::new().await;
    let all = story(&world).await;
    let first = matrix(&world, "leader@A", "limit=2").await;
    assert_eq!(papers(&first), [all[6].clone(), all[3].clone()]);
    let gone: tiendo::ids::Id = all[3].parse().unwrap();
    let delete = move |conn: &mut AnyConn| {
        let deleted = documents::deleted_at.eq(Instant::from_millis(1));
        diesel::update(documents::table.find(gone)).set(deleted).execute(conn)?;
        Ok(())
    };
    world.db.write(delete).await.unwrap();
    let next = format!("limit=2&cursor={}", first["next_cursor"].as_str().unwrap());
    assert_eq!(papers(&matrix(&world, "leader@A", &next).await), [all[1].clone(), all[0].clone()]);
}

#[actix_web::test]
async fn named_documents_come_once_and_a_strangers_one_is_absent() {
    let world = World::new().await;
    let all = story(&world).await;
    let twice = matrix(&world, "leader@D", &format!("document_id={0},{1},{0}", all[0], all[4])).await;
    let mut both = [all[0].clone(), all[4].clone()];
    both.sort_by_key(|id| std::cmp::Reverse(all.iter().position(|one| one == id)));
    assert_eq!(papers(&twice), both);
    assert_eq!((twice["total"]["units"].clone(), twice["rows"].as_array().unwrap().len()), (json!(2), 2));
    let own = json!({"type": "NQ", "issuer_unit_id": world.unit("B"), "title": "Nghị quyết của xã", "status": "issued"});
    let own = world.as_("officer@B").await.post("/api/v1/documents", own).await.expect(201).id();
    let get = async |who: &str, more: String| {
        world.as_(who).await.get(&format!("/api/v1/reports/coverage?{more}")).await
    };
    let absent = "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d";
    get("leader@D", format!("document_id={own}")).await.expect(200);
    // One absent one is enough, and nothing is said of the others.
    for id in [&own, absent, &format!("{},{own}", all[0])] {
        get("leader@A", format!("document_id={id}")).await.expect_problem(404, "not_found");
    }
    for unit in ["B", "D"] {
        get("leader@A", format!("unit_id={}", world.unit(unit))).await.expect_problem(404, "not_found");
    }
    get("leader@A", format!("unit_id={absent}")).await.expect_problem(404, "not_found");
}

#[actix_web::test]
async fn nothing_comes_again_until_something_changes_under_the_root() {
    let world = World::new().await;
    let all = story(&world).await;
    let path = format!("/api/v1/reports/coverage?document_id={}", all[1]);
    world.as_("leader@D").await;
    world.as_("officer@A1").await;
    settle(&world).await;
    let first = world.as_("leader@D").await.get(&path).await.expect(200);
    let tag = first.header("etag").to_owned();
    let again = async || world.as_("leader@D").await.with("if-none-match", &tag).get(&path).await;
    assert_eq!(again().await.expect(304).header("etag"), tag);
    let receipts = world.as_("officer@A1").await.get("/api/v1/receipts").await.expect(200).body;
    let of = |one: &&Value| one["document_id"] == *all[1] || one["document"]["id"] == *all[1];
    let receipt = receipts["items"].as_array().unwrap().iter().find(of).unwrap();
    let take = format!("/api/v1/receipts/{}/receive", receipt["id"].as_str().unwrap());
    world.as_("officer@A1").await.post(&take, json!({})).await.expect(200);
    let changed = again().await.expect(200);
    assert_ne!(changed.header("etag"), tag);
    assert_eq!(
        (&first.body["total"]["received"], &changed.body["total"]["received"]),
        (&json!(0), &json!(1))
    );
    // Another filter is another answer.
    let narrow = format!("{path}&programme=issued");
    let narrow = world.as_("leader@D").await.with("if-none-match", changed.header("etag")).get(&narrow).await;
    assert_eq!(narrow.expect(200).body["total"], changed.body["total"]);
}
