//! Returned with comments, sent again with what changed.

use super::*;

#[actix_web::test]
async fn comments_stay_and_the_next_submission_tells_what_changed() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    let ids =
        add(&world, "officer@A", &id, json!([line("Một", "key"), line("Hai", "key"), line("Ba", "routine")]))
            .await;
    assert_eq!(show(&world, "viewer@A", &id).await["diff"], Value::Null);
    step(&world, "officer@A", &id, "submit", json!({})).await.expect(200);
    let patch = json!({"title": "Khác"});
    let path = |line: &str| format!("/api/v1/registration-lines/{line}");
    let officer = world.as_("officer@A").await;
    officer.patch(&path(&ids[0]), 1, patch).await.expect_problem(409, "invalid_state");
    let words = json!({"reason": "Chưa rõ", "comment": "Xem lại hạn.",
        "lines": [{"line_id": ids[1], "comment": "Nêu rõ chỉ tiêu."}]});
    step(&world, "leader@D", &id, "return", json!({})).await.expect_fault(422, "/reason", "reason_required");
    let returned = step(&world, "leader@D", &id, "return", words).await.expect(200).body;
    assert_eq!((&returned["state"], &returned["answer"]["reason"]), (&json!("returned"), &json!("Chưa rõ")));
    let verdicts = |lines: &[Value]| -> Vec<String> {
        lines.iter().map(|line| line["verdict"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(verdicts(&lines(&world, &id).await), ["open", "returned", "open"]);
    officer.patch(&path(&ids[1]), 1, json!({"due_on": "2023-11-30"})).await.expect(200);
    officer.delete(&path(&ids[2]), 1).await.expect(204);
    let new = add(&world, "officer@A", &id, json!([line("Bốn", "breakthrough")])).await;
    // The superior gives a task meanwhile: what changed since the return is still told.
    let body = json!({"title": "Năm", "field": "digital", "due_on": "2024-06-30", "reason": "Huyện giao"});
    let imposed = step(&world, "leader@D", &id, "impose", body).await.expect(201).id();
    let sent = step(&world, "officer@A", &id, "submit", json!({"comment": "Đã sửa."})).await.expect(200).body;
    let diff = &sent["diff"];
    let named = |list: &str| -> Vec<&str> {
        diff[list].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap()).collect()
    };
    assert_eq!((named("added"), named("removed")), (vec![&*new[0], &*imposed], vec![&*ids[2]]));
    assert_eq!(diff["changed"][0]["changes"], json!({"due_on": ["2023-12-31", "2023-11-30"]}));
    assert_eq!(diff["changed"].as_array().unwrap().len(), 1);
    let commented = &lines(&world, &id).await[1];
    assert_eq!(commented["comments"][0]["comment"], "Nêu rõ chỉ tiêu.");
    let history = format!("/api/v1/registrations/{id}/history");
    let history = world.as_("viewer@D").await.get(&history).await.expect(200).body;
    let kinds: Vec<&str> =
        history["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "registration.line_added").count(), 4);
    assert_eq!(kinds.last(), Some(&"registration.submitted"));
}

#[actix_web::test]
async fn a_quota_warns_and_refuses_nothing() {
    let world = World::new().await;
    let round = round(&world).await;
    let id = begin(&world, "officer@A", &round).await;
    let verdict = async |n: usize| {
        let titles: Vec<Value> = (0..n).map(|n| line(&format!("Việc {n}"), "routine")).collect();
        add(&world, "officer@A", &id, json!(titles)).await;
        show(&world, "viewer@A", &id).await["quota"]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!([verdict(1).await, verdict(1).await, verdict(2).await], ["below", "within", "above"]);
    let sent = step(&world, "officer@A", &id, "submit", json!({})).await.expect(200).body;
    assert_eq!(sent["warnings"], json!(["above_quota", "no_key_task"]));
}
