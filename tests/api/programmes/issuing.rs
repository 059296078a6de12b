//! Issue: a paper with its number, and a task for every item, once.

use super::{add, adopted, at, draft, paper, show, step, versions, vote, whole, with};
use crate::harness::World;
use futures_util::future::join_all;
use serde_json::{Value, json};

async fn tasks(world: &World, programme: &str) -> Vec<Value> {
    let document = show(world, "viewer@D", programme).await["document_id"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/tasks?serves_document_id={document}&limit=200");
    let page = world.as_("leader@D").await.get(&path).await.expect(200).body;
    page["items"].as_array().unwrap().clone()
}

#[actix_web::test]
async fn an_issued_programme_is_a_document_and_its_items_are_tasks() {
    let world = World::new().await;
    let resolution = paper(&world, "D", json!({})).await;
    let clauses = json!({"items": [{"kind": "target", "text": "95% hồ sơ trực tuyến."}]});
    let clause = world.as_("officer@D").await;
    let clause = clause.post(&format!("/api/v1/documents/{resolution}/items"), clauses).await.expect(201);
    let clause = clause.body["items"][0]["id"].as_str().unwrap().to_owned();
    let below = whole(json!({"lead_unit_id": world.unit("A1"), "resolution_item_ids": [clause],
        "coordinating_unit_ids": [world.unit("A2")], "roadmap": [{"title": "Tập huấn", "due_on": "2024-01-31"}]}));
    let own = whole(json!({"text": "Tự làm"}));
    let parents = json!({"parents": [{"document_id": resolution, "relation": "concretises"}]});
    let (id, items) = adopted(&world, json!([below, own]), parents).await;
    let body = json!({"number_text": "05-CTr/ĐU"});
    let issued = step(&world, "leader@A", &id, "issue", body).await.expect(200).body;
    let document = &issued["document"];
    assert_eq!(
        (&document["number_text"], &document["status"], &document["issued_on"], &document["type"]),
        (&json!("05-CTr/ĐU"), &json!("issued"), &json!("2023-10-15"), &json!("CTr"))
    );
    assert_eq!(document["parents"], json!([{"document_id": resolution, "relation": "concretises"}]));
    assert_eq!(
        (&issued["programme"]["status"], &issued["programme"]["first_issued_on"]),
        (&json!("issued"), &json!("2023-10-15"))
    );
    let of: Vec<&Value> = issued["tasks"].as_array().unwrap().iter().map(|task| &task["item_id"]).collect();
    assert_eq!(of, [&json!(items[0]), &json!(items[1])]);
    let all = tasks(&world, &id).await;
    let led = |unit: &str| all.iter().find(|task| task["unit_id"] == world.unit(unit)).unwrap();
    let (given, registered) = (led("A1"), led("A"));
    assert_eq!((&given["status"], &given["assigner_unit_id"]), (&json!("accepted"), &json!(world.unit("A"))));
    assert_eq!(
        (&registered["status"], &registered["assigner_unit_id"], &registered["class"]),
        (&json!("registered"), &json!(world.unit("D")), &json!("key"))
    );
    assert_eq!(given["source"], json!({"kind": "programme_item", "id": items[0]}));
    assert!(given["parents"].as_array().unwrap().contains(&json!({"kind": "resolution_item", "id": clause})));
    let task = format!("/api/v1/tasks/{}", given["id"].as_str().unwrap());
    let leader = world.as_("leader@A1").await;
    let milestones = leader.get(&format!("{task}/milestones")).await.expect(200).body;
    assert_eq!(milestones["items"][0]["title"], "Tập huấn");
    let parts = leader.get(&format!("{task}/parts")).await.expect(200).body;
    assert_eq!(parts["items"][0]["unit"]["code"], "A2");
    // The paper is read and compared as any other.
    let content = format!("/api/v1/documents/{}?fields=content", document["id"].as_str().unwrap());
    let content = leader.get(&content).await.expect(200).body["content"].as_str().unwrap().to_owned();
    assert!(content.contains("2. Tự làm\n") && content.contains("Đến 31/12/2024"), "{content}");
    let like = format!("/api/v1/documents/{}/likeness", document["id"].as_str().unwrap());
    leader.get(&like).await.expect(200);
}

#[actix_web::test]
async fn issued_twice_or_by_two_at_once_it_is_issued_once() {
    let world = World::new().await;
    let items: Vec<Value> = (0..7).map(|n| whole(json!({"text": format!("Việc {n}")}))).collect();
    let (id, _) = adopted(&world, json!(items), json!({})).await;
    let body = json!({"number_text": "05-CTr/ĐU"});
    let (one, two) = (world.as_("leader@A").await, world.as_("leader@A#2").await);
    let path = format!("{}/issue", at(&id));
    let answers = join_all([one.post(&path, body.clone()), two.post(&path, body.clone())]).await;
    let events = world.events().await;
    let again = step(&world, "leader@A", &id, "issue", json!({})).await.expect(200).body;
    for answer in answers {
        let answer = answer.expect(200).body;
        for member in ["tasks", "document"] {
            assert_eq!(answer[member], again[member], "{member}");
        }
    }
    assert_eq!(world.events().await, events, "nothing new");
    assert_eq!(tasks(&world, &id).await.len(), 7);
    assert_eq!(versions(&world, &id).await, ["1 1 submit-for-review", "2 1 adopt", "3 1 issue"]);
    step(&world, "officer@A", &id, "start", json!({})).await.expect(200);
    let later = step(&world, "leader@A", &id, "issue", json!({})).await.expect(200).body;
    assert_eq!((&later["tasks"], &later["document"]), (&again["tasks"], &again["document"]));
}

#[actix_web::test]
async fn the_number_is_reserved_with_the_issue() {
    let world = World::new().await;
    let (first, _) = adopted(&world, json!([whole(json!({}))]), json!({})).await;
    let refused = step(&world, "leader@A", &first, "issue", json!({})).await;
    refused.expect_fault(422, "/number_text", "not_permitted_here");
    assert_eq!(super::status(&world, &first).await, "adopted");
    let unit = format!("/api/v1/org-units/{}", world.unit("A"));
    world.as_("admin@D").await.patch(&unit, 1, json!({"issuer_code": "ĐU"})).await.expect(200);
    let (second, _) = adopted(&world, json!([whole(json!({}))]), json!({})).await;
    for (id, number) in [(&first, "01-CTr/ĐU"), (&second, "02-CTr/ĐU")] {
        let issued = step(&world, "leader@A", id, "issue", json!({})).await.expect(200).body;
        assert_eq!(issued["document"]["number_text"], number);
    }
    let (third, _) = adopted(&world, json!([whole(json!({}))]), json!({})).await;
    let taken = json!({"number_text": "02-CTr/ĐU"});
    step(&world, "leader@A", &third, "issue", taken).await.expect_problem(409, "already_exists");
}

#[actix_web::test]
async fn it_is_issued_neither_before_its_adoption_nor_in_the_future() {
    let world = World::new().await;
    world.go_to("2023-10-12").await;
    let id = draft(&world, "A", json!({})).await;
    add(&world, "A", &id, json!([whole(json!({}))])).await;
    let number = json!({"number_text": "05-CTr/ĐU"});
    step(&world, "leader@A", &id, "issue", number.clone()).await.expect_problem(409, "invalid_state");
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    world.go_to("2023-10-15").await;
    let vote = with(vote(), &json!({"adopted_on": "2023-10-12"}));
    step(&world, "leader@A", &id, "adopt", vote).await.expect(200);
    for (on, code) in [("2023-10-11", "out_of_range"), ("2023-10-16", "in_future")] {
        let body = with(number.clone(), &json!({"issued_on": on}));
        step(&world, "leader@A", &id, "issue", body).await.expect_fault(422, "/issued_on", code);
    }
    step(&world, "officer@A", &id, "issue", number.clone()).await.expect_problem(403, "forbidden");
    step(&world, "leader@A", &id, "issue", with(number, &json!({"issued_on": "2023-10-12"})))
        .await
        .expect(200);
}

#[actix_web::test]
async fn the_first_issue_of_each_programme_is_told_by_document_and_unit() {
    use tiendo::programmes::model::issued_for;
    let world = World::new().await;
    let resolution = paper(&world, "D", json!({})).await;
    let parents = json!({"parents": [{"document_id": resolution, "relation": "concretises"},
        {"document_id": resolution, "relation": "based_on"}]});
    let (id, _) = adopted(&world, json!([whole(json!({}))]), parents.clone()).await;
    adopted(&world, json!([whole(json!({}))]), parents).await;
    let body = json!({"number_text": "05-CTr/ĐU"});
    step(&world, "leader@A", &id, "issue", body).await.expect(200);
    let document = resolution.parse().unwrap();
    let told = async |until: &str| {
        let until = crate::harness::day(until);
        world.db.read(move |conn| issued_for(conn, &[document], until)).await.unwrap()
    };
    assert_eq!(told("2023-10-14").await, []);
    let found = told("2023-10-15").await;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].unit_id.to_string(), found[0].programme_id.to_string()), (world.unit("A"), id));
}
