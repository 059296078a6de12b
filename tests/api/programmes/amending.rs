//! Amendment: the next revision, by the same gates; tasks of the issue before go on.

use super::{add, adopted, at, show, status, step, versions, vote, whole};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_later_revision_makes_new_tasks_only_and_names_those_it_touches() {
    let world = World::new().await;
    let all = json!([
        whole(json!({"text": "Giữ nguyên"})),
        whole(json!({"text": "Đổi hạn"})),
        whole(json!({"text": "Bỏ"})),
        whole(json!({"text": "Đổi mức ưu tiên"}))
    ]);
    let (id, items) = adopted(&world, all, json!({})).await;
    let number = |n: u8| json!({"number_text": format!("0{n}-CTr/ĐU")});
    let first = step(&world, "leader@A", &id, "issue", number(5)).await.expect(200).body;
    assert_eq!(first["affected_tasks"], json!([]));
    step(&world, "leader@A", &id, "amend", json!({"reason": "Sớm"}))
        .await
        .expect_problem(409, "invalid_state");
    step(&world, "officer@A", &id, "start", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "amend", json!({})).await.expect_fault(422, "/reason", "reason_required");
    let amended = step(&world, "leader@A", &id, "amend", json!({"reason": "Bổ sung"})).await.expect(200).body;
    assert_eq!((&amended["status"], &amended["revision"]), (&json!("amended"), &json!(2)));
    let officer = world.as_("officer@A").await;
    let item = |i: usize| format!("/api/v1/programme-items/{}", items[i]);
    officer.patch(&item(1), 1, json!({"due_on": "2025-06-30"})).await.expect(200);
    officer.delete(&item(2), 1).await.expect(204);
    officer.patch(&item(3), 1, json!({"priority": 9})).await.expect(200);
    let new = add(&world, "A", &id, json!([whole(json!({"text": "Thêm"}))])).await;
    // The same gate: it is submitted and adopted again, by other hands.
    step(&world, "leader@A", &id, "adopt", vote()).await.expect_problem(409, "invalid_state");
    step(&world, "leader@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "adopt", vote()).await.expect_problem(403, "own_work");
    step(&world, "leader@A#2", &id, "adopt", vote()).await.expect(200);
    let second = step(&world, "leader@A", &id, "issue", number(6)).await.expect(200).body;
    assert_eq!(status(&world, &id).await, "executing");
    let task = |issued: &Value, item: &str| {
        let all = issued["tasks"].as_array().unwrap();
        all.iter().find(|task| task["item_id"] == item).unwrap()["task_id"].clone()
    };
    for i in [0, 1, 3] {
        assert_eq!(task(&first, &items[i]), task(&second, &items[i]), "{i}");
    }
    task(&second, &new[0]);
    assert_eq!(second["tasks"].as_array().unwrap().len(), 4);
    let touched = json!([
        {"item_id": items[1], "task_id": task(&first, &items[1]), "dropped": false, "fields": ["due_on"]},
        {"item_id": items[2], "task_id": task(&first, &items[2]), "dropped": true, "fields": []},
    ]);
    assert_eq!(second["affected_tasks"], touched);
    // The task itself is what it was until its owner acts.
    let path = format!("/api/v1/tasks/{}", task(&first, &items[1]).as_str().unwrap());
    assert_eq!(world.as_("leader@A").await.get(&path).await.expect(200).body["due_on"], "2024-12-31");
    // The second paper amends the first, and the programme keeps the day of its first issue.
    let papers = &second["document"]["parents"];
    assert_eq!(papers, &json!([{"document_id": first["document"]["id"], "relation": "amends"}]));
    let programme = show(&world, "viewer@A", &id).await;
    assert_eq!(programme["document_id"], second["document"]["id"]);
    assert_eq!(
        versions(&world, &id).await,
        [
            "1 1 submit-for-review",
            "2 1 adopt",
            "3 1 issue",
            "4 2 amend",
            "5 2 submit-for-review",
            "6 2 adopt",
            "7 2 issue"
        ]
    );
    let kept = world.as_("viewer@A").await.get(&format!("{}/versions/7", at(&id))).await.expect(200).body;
    assert_eq!((&kept["affected_tasks"], kept["items"].as_array().unwrap().len()), (&touched, 4));
    let again = step(&world, "leader@A", &id, "issue", json!({})).await.expect(200).body;
    assert_eq!((&again["tasks"], &again["affected_tasks"]), (&second["tasks"], &touched));
    // Between the two issues stands what the amendment did, item by item.
    let path = format!("{}/diff?from=3&to=7", at(&id));
    let diff = world.as_("viewer@A").await.get(&path).await.expect(200).body;
    let change = |i: usize, text: &str, changes: Value| {
        json!({"id": items[i], "text": text, "added": false, "removed": false, "moved": false,
            "changes": changes})
    };
    let added =
        json!({"id": new[0], "text": "Thêm", "added": true, "removed": false, "moved": false, "changes": {}});
    let dropped =
        json!({"id": items[2], "text": "Bỏ", "added": false, "removed": true, "moved": false, "changes": {}});
    let told = [
        change(1, "Đổi hạn", json!({"due_on": ["2024-12-31", "2025-06-30"]})),
        change(3, "Đổi mức ưu tiên", json!({"priority": [1, 9]})),
        added,
        dropped,
    ];
    assert_eq!((&diff["title"], &diff["items"]), (&json!([]), &json!(told)));
    // The task of the dropped item stays open: it is named, and its owner ends it.
    let path = format!("/api/v1/tasks/{}", task(&first, &items[2]).as_str().unwrap());
    assert_eq!(world.as_("leader@A").await.get(&path).await.expect(200).body["status"], "registered");
}

#[actix_web::test]
async fn an_amendment_taken_back_is_still_being_amended() {
    let world = World::new().await;
    let (id, _) = adopted(&world, json!([whole(json!({}))]), json!({})).await;
    step(&world, "leader@A", &id, "issue", json!({"number_text": "05-CTr/ĐU"})).await.expect(200);
    step(&world, "leader@A", &id, "start", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "amend", json!({"reason": "Bổ sung"})).await.expect(200);
    step(&world, "leader@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "return-to-draft", json!({"reason": "Chưa kỹ"})).await.expect(200);
    assert_eq!(status(&world, &id).await, "amended");
    let officer = world.as_("officer@A").await;
    officer.delete(&at(&id), 8).await.expect_problem(409, "in_use");
    officer.patch(&at(&id), 8, json!({"type": "KH"})).await.expect_fault(422, "/type", "not_permitted_here");
}
