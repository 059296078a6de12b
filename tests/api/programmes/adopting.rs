//! The gates of adoption.

use super::{PATH, add, at, because, draft, paper, show, status, step, vote, whole, with};
use crate::harness::World;
use futures_util::future::join_all;
use serde_json::{Value, json};

/// A programme of a unit before its collective, submitted by its officer.
async fn submitted(world: &World, unit: &str, more: Value) -> String {
    let id = draft(world, unit, more).await;
    add(world, unit, &id, json!([whole(json!({}))])).await;
    step(world, &format!("officer@{unit}"), &id, "submit-for-review", json!({})).await.expect(200);
    id
}

#[actix_web::test]
async fn an_item_without_priority_time_collective_or_individual_keeps_it_from_adoption() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    let empty = step(&world, "leader@A", &id, "adopt", vote()).await;
    empty.expect_fault(422, "/items", "may_not_be_empty");
    add(
        &world,
        "A",
        &id,
        json!([
            whole(json!({})),
            {"text": "Thiếu hết"},
            whole(json!({"text": "Thiếu cá nhân", "lead_individual": null})),
            whole(json!({"text": "Có lộ trình", "start_on": null, "roadmap": [{"title": "Bước một", "due_on": "2024-03-01"}]})),
        ]),
    )
    .await;
    let answer =
        step(&world, "leader@A", &id, "adopt", vote()).await.expect_problem(422, "validation_failed");
    assert_eq!(
        answer.faults(),
        [
            "#/items/1/priority may_not_be_empty",
            "#/items/1/start_on may_not_be_empty",
            "#/items/1/due_on may_not_be_empty",
            "#/items/1/lead_collective may_not_be_empty",
            "#/items/1/lead_individual may_not_be_empty",
            "#/items/2/lead_individual may_not_be_empty",
        ]
    );
    assert_eq!(because(&world, "leader@A", &id, "adopt").await, "incomplete");
    assert_eq!(show(&world, "leader@A", &id).await["incomplete_items"], 2);
    assert_eq!(status(&world, &id).await, "collective_review");
}

#[actix_web::test]
async fn nobody_adopts_alone_what_the_policy_gives_to_a_collective() {
    let world = World::new().await;
    let id = submitted(&world, "A", json!({})).await;
    for (more, pointer, code) in [
        (json!({"eligible": 3, "present": 1, "in_favour": 1, "abstained": 0}), "/present", "out_of_range"),
        (json!({"present": 7, "in_favour": 7, "abstained": 0}), "/present", "out_of_range"),
        (json!({"present": 16}), "/present", "out_of_range"),
        (json!({"in_favour": 7, "against": 7, "abstained": 0}), "/in_favour", "not_permitted_here"),
        (json!({"in_favour": 12}), "/in_favour", "not_permitted_here"),
        (json!({"against": null}), "/against", "may_not_be_empty"),
        (json!({"body": "members_conference"}), "/body", "not_permitted_here"),
        (json!({"adopted_on": "2023-10-16"}), "/adopted_on", "in_future"),
        (json!({"adopted_on": "1999-12-31"}), "/adopted_on", "not_permitted_here"),
        (json!({"eligible": 1}), "/eligible", "out_of_range"),
    ] {
        let answer = step(&world, "leader@A", &id, "adopt", with(vote(), &more)).await.expect(422);
        assert!(answer.faults().contains(&format!("#{pointer} {code}")), "{more}: {}", answer.text);
    }
    step(&world, "officer@A", &id, "adopt", vote()).await.expect_problem(403, "forbidden");
    step(&world, "leader@D", &id, "adopt", vote()).await.expect_problem(403, "forbidden");
    let done = step(&world, "leader@A", &id, "adopt", vote()).await.expect(200).body;
    let adoption = &done["adoption"];
    assert_eq!(
        (&adoption["in_favour"], &adoption["adopted_on"], &done["status"]),
        (&json!(13), &json!("2023-10-15"), &json!("adopted"))
    );
}

#[actix_web::test]
async fn who_submitted_the_draft_does_not_record_its_adoption() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    add(&world, "A", &id, json!([whole(json!({}))])).await;
    step(&world, "leader@A", &id, "submit-for-review", json!({})).await.expect(200);
    assert_eq!(because(&world, "leader@A", &id, "adopt").await, "own_work");
    step(&world, "leader@A", &id, "adopt", vote()).await.expect_problem(403, "own_work");
    step(&world, "leader@A#2", &id, "adopt", vote()).await.expect(200);
}

#[actix_web::test]
async fn nothing_is_adopted_before_it_lay_before_the_collective() {
    let world = World::new().await;
    let id = submitted(&world, "A", json!({})).await;
    world.go_to("2023-10-18").await;
    let early = with(vote(), &json!({"adopted_on": "2023-10-14"}));
    let refused = step(&world, "leader@A", &id, "adopt", early.clone()).await;
    let refused = refused.expect_fault(422, "/adopted_on", "out_of_range");
    assert!(refused.text.contains("2023-10-15") && refused.text.contains("2023-10-18"), "{}", refused.text);
    // Taken back, it lies before the collective again only from the day it is handed in again.
    step(&world, "leader@A", &id, "return-to-draft", json!({"reason": "Chưa kỹ"})).await.expect(200);
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    let both = with(early, &json!({"adopted_on": "2023-10-17", "present": 16}));
    let refused = step(&world, "leader@A", &id, "adopt", both).await.expect(422);
    assert!(refused.faults().contains(&"#/present out_of_range".to_owned()), "{}", refused.text);
    assert!(refused.faults().contains(&"#/adopted_on out_of_range".to_owned()), "{}", refused.text);
    let on = with(vote(), &json!({"adopted_on": "2023-10-18"}));
    step(&world, "leader@A", &id, "adopt", on).await.expect(200);
}

#[actix_web::test]
async fn a_branch_adopts_in_the_conference_of_its_members() {
    let world = World::new().await;
    let id = submitted(&world, "A1", json!({})).await;
    step(&world, "leader@A1", &id, "adopt", vote()).await.expect_fault(422, "/body", "not_permitted_here");
    let conference = with(vote(), &json!({"body": "members_conference"}));
    step(&world, "leader@A1", &id, "adopt", conference).await.expect(200);
}

#[actix_web::test]
async fn a_congress_discusses_without_a_vote() {
    let world = World::new().await;
    let own = paper(&world, "A", json!({"issuing_body": "congress"})).await;
    let parents = json!({"parents": [{"document_id": own, "relation": "concretises"}]});
    let id = submitted(&world, "A", parents).await;
    assert_eq!(show(&world, "viewer@A", &id).await["origin"], "own_congress");
    step(&world, "leader@A", &id, "adopt", vote()).await.expect(422);
    let voted = with(vote(), &json!({"body": "congress_discussion"}));
    let refused = step(&world, "leader@A", &id, "adopt", voted).await.expect(422);
    assert_eq!(refused.faults().len(), 3, "{}", refused.text);
    let before =
        json!({"body": "congress_discussion", "eligible": 150, "present": 149, "adopted_on": "2020-04-22"});
    step(&world, "leader@A", &id, "adopt", before).await.expect_fault(
        422,
        "/adopted_on",
        "not_permitted_here",
    );
    let discussed = json!({"body": "congress_discussion", "eligible": 150, "present": 149});
    let done = step(&world, "leader@A", &id, "adopt", discussed).await.expect(200).body;
    assert_eq!(done["adoption"]["in_favour"], Value::Null);
}

#[actix_web::test]
async fn what_comes_of_the_state_alone_is_told_from_the_party() {
    let mut world = World::new().await;
    world.add_unit("S", "commune", "state_body", "A").await;
    let (state, party) = (paper(&world, "S", json!({})).await, paper(&world, "D", json!({})).await);
    let implements = |id: &str| json!({"document_id": id, "relation": "implements"});
    let one = draft(&world, "A", json!({"parents": [implements(&state)]})).await;
    let both = draft(&world, "A", json!({"parents": [implements(&state), implements(&party)]})).await;
    assert_eq!(show(&world, "viewer@A", &one).await["origin"], "state");
    assert_eq!(show(&world, "viewer@A", &both).await["origin"], "party");
}

#[actix_web::test]
async fn of_two_who_adopt_at_once_one_does() {
    let world = World::new().await;
    let id = submitted(&world, "A", json!({})).await;
    let (one, two) = (world.as_("leader@A").await, world.as_("leader@A#2").await);
    let path = format!("{}/adopt", at(&id));
    let before = world.events().await;
    let answers = join_all([one.post(&path, vote()), two.post(&path, vote())]).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409], "{answers:?}");
    assert_eq!(world.events().await, before + 1);
    assert_eq!(super::versions(&world, &id).await, ["1 1 submit-for-review", "2 1 adopt"]);
}

#[actix_web::test]
async fn a_stale_reader_adopts_nothing() {
    let world = World::new().await;
    let id = submitted(&world, "A", json!({})).await;
    let leader = world.as_("leader@A").await.with("if-match", "\"v1\"");
    leader.post(&format!("{}/adopt", at(&id)), vote()).await.expect_problem(412, "stale_version");
    let page = world.as_("leader@A").await.get(PATH).await.expect(200).body;
    assert_eq!(page["items"][0]["status"], "collective_review");
}
