//! The superior's comments: answered one by one, kept with their round whatever becomes of the draft.

use super::{add, at, because, draft, status, step, versions, vote, whole};
use crate::harness::World;
use serde_json::{Value, json};

async fn say(world: &World, by: &str, id: &str, text: &str, item: Option<&str>) -> String {
    let body = json!({"text": text, "item_id": item});
    step(world, by, id, "comments", body).await.expect(201).id()
}

async fn answer(world: &World, comment: &str, how: &str, text: &str) {
    let path = format!("/api/v1/programme-comments/{comment}/answer");
    let body = json!({"answer": how, "text": text});
    world.as_("officer@A").await.post(&path, body).await.expect(200);
}

/// `revision.round text: answer`.
async fn told(world: &World, id: &str, query: &str) -> Vec<String> {
    let page =
        world.as_("viewer@A").await.get(&format!("{}/comments?{query}", at(id))).await.expect(200).body;
    let one = |comment: &Value| {
        let (text, answer) = (comment["text"].as_str().unwrap(), comment["answer"].as_str().unwrap_or("-"));
        format!("{}.{} {text}: {answer}", comment["revision"], comment["round"])
    };
    page["items"].as_array().unwrap().iter().map(one).collect()
}

#[actix_web::test]
async fn comments_survive_a_resubmission_with_a_diff() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    let items = add(&world, "A", &id, json!([whole(json!({})), whole(json!({"text": "Bỏ"}))])).await;
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(&world, "officer@A", &id, "revise", json!({})).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &id, "send-to-superior", json!({})).await.expect(200);
    let first = say(&world, "officer@D", &id, "Nêu rõ hạn", Some(&items[0])).await;
    let second = say(&world, "leader@D", &id, "Bổ sung nhiệm vụ", None).await;
    step(&world, "leader@D", &id, "return-comments", json!({})).await.expect(200);
    // Nothing goes on while one waits.
    for (who, name) in [("officer@A", "revise"), ("officer@A", "send-to-superior"), ("leader@A", "adopt")] {
        let body = if name == "adopt" { vote() } else { json!({}) };
        let refused = step(&world, who, &id, name, body).await.expect_problem(409, "in_use");
        assert!(refused.text.contains("ý kiến góp ý chưa được tiếp thu, giải trình: 2"), "{}", refused.text);
        assert_eq!(because(&world, who, &id, name).await, "unanswered", "{name}");
    }
    answer(&world, &first, "accepted", "Đã lùi hạn").await;
    answer(&world, &second, "explained", "Đã có trong kế hoạch khác").await;
    let officer = world.as_("officer@A").await;
    let item = |id: &str| format!("/api/v1/programme-items/{id}");
    officer.patch(&item(&items[0]), 1, json!({"due_on": "2025-06-30"})).await.expect(200);
    officer.delete(&item(&items[1]), 1).await.expect(204);
    let new = add(&world, "A", &id, json!([whole(json!({"text": "Thêm", "ordinal": 1}))])).await;
    step(&world, "officer@A", &id, "revise", json!({})).await.expect(200);
    step(&world, "officer@A", &id, "send-to-superior", json!({})).await.expect(200);
    say(&world, "officer@D", &id, "Đồng ý", None).await;
    assert_eq!(
        told(&world, &id, "").await,
        ["1.1 Nêu rõ hạn: accepted", "1.1 Bổ sung nhiệm vụ: explained", "1.2 Đồng ý: -"]
    );
    assert_eq!(told(&world, &id, "round=2").await, ["1.2 Đồng ý: -"]);
    assert_eq!(told(&world, &id, "unanswered=true").await, ["1.2 Đồng ý: -"]);
    let about = format!("item_id={}", items[0]);
    assert_eq!(told(&world, &id, &about).await, ["1.1 Nêu rõ hạn: accepted"]);
    assert_eq!(
        versions(&world, &id).await,
        ["1 1 submit-for-review", "2 1 send-to-superior", "3 1 revise", "4 1 send-to-superior"]
    );
    let diff = format!("{}/diff?from=2&to=4", at(&id));
    let diff = world.as_("officer@D").await.get(&diff).await.expect(200).body;
    let told: Vec<String> = diff["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let id = one["id"].as_str().unwrap();
            let which = items.iter().chain(&new).position(|known| known == id).unwrap();
            format!("{which} {} {} {} {}", one["added"], one["removed"], one["moved"], one["changes"])
        })
        .collect();
    assert_eq!(
        told,
        [
            "2 true false false {}",
            r#"0 false false false {"due_on":["2024-12-31","2025-06-30"]}"#,
            "1 false true false {}"
        ]
    );
}

#[actix_web::test]
async fn only_who_stands_above_comments_and_only_while_it_lies_there() {
    let world = World::new().await;
    let id = draft(&world, "A", json!({})).await;
    let other = draft(&world, "A", json!({})).await;
    let theirs = add(&world, "A", &other, json!([whole(json!({}))])).await;
    let path = format!("{}/comments", at(&id));
    let body = json!({"text": "Góp ý"});
    world.as_("officer@D").await.post(&path, body.clone()).await.expect_problem(409, "invalid_state");
    for name in ["submit-for-review", "send-to-superior"] {
        step(&world, "officer@A", &id, name, json!({})).await.expect(200);
    }
    world.as_("leader@A").await.post(&path, body.clone()).await.expect_problem(403, "forbidden");
    world.as_("viewer@D").await.post(&path, body.clone()).await.expect_problem(403, "forbidden");
    world.as_("leader@B").await.post(&path, body).await.expect(404);
    let officer = world.as_("officer@D").await;
    let of_another = json!({"text": "Góp ý", "item_id": theirs[0]});
    officer.post(&path, of_another).await.expect_fault(422, "/item_id", "unknown_reference");
    let mine = json!({"id": "01890000-0000-7000-8000-00000000a002", "text": "Góp ý"});
    officer.post(&path, mine.clone()).await.expect(201);
    officer.post(&path, mine).await.expect(200);
    assert_eq!(because(&world, "officer@D", &id, "comment").await, Value::Null);
    assert_eq!(because(&world, "officer@A", &id, "comment").await, "role");
    // The unit may take it back; the comment stays.
    step(&world, "leader@A", &id, "return-to-draft", json!({"reason": "Rút"})).await.expect(200);
    assert_eq!(told(&world, &id, "").await, ["1.1 Góp ý: -"]);
    assert_eq!(status(&world, &id).await, "draft");
}

#[actix_web::test]
async fn a_unit_with_nobody_above_has_nobody_to_ask() {
    let world = World::new().await;
    let id = draft(&world, "D", json!({})).await;
    step(&world, "officer@D", &id, "submit-for-review", json!({})).await.expect(200);
    let refused = step(&world, "officer@D", &id, "send-to-superior", json!({})).await;
    refused.expect_problem(409, "in_use");
    assert_eq!(because(&world, "officer@D", &id, "send-to-superior").await, "no_superior");
}
