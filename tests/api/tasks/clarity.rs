//! "5 rõ": what tasks leave unsaid.

use super::given;
use crate::harness::World;
use serde_json::{Value, json};

fn points(clarity: &Value) -> Vec<&str> {
    clarity["missing"].as_array().unwrap().iter().map(|m| m["point"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn what_is_missing_is_told_of_a_task_and_found_in_lists() {
    let world = World::new().await;
    let said = json!({"description": "Rà soát từng hộ, vận động, lập danh sách", "lead_individual": "Phó Bí thư Thường trực",
        "expected_product": "Danh sách hộ đã tham gia"});
    let clear = given(&world, said.clone()).await;
    let vague = given(&world, json!({})).await;
    let mut undated = said;
    undated["title"] = "Không hạn".into();
    undated["due_on"] = Value::Null;
    let undated = given(&world, undated).await;
    let viewer = world.as_("viewer@A").await;
    let of = async |id: &str| viewer.get(&format!("/api/v1/tasks/{id}/clarity")).await.expect(200).body;
    assert_eq!(of(&clear).await, json!({"clear": true, "missing": []}));
    assert_eq!(points(&of(&vague).await), ["who", "what", "result"]);
    let missing = of(&undated).await;
    assert_eq!((points(&missing), missing["missing"][0]["field"].as_str()), (vec!["when"], Some("due_on")));
    assert_eq!(missing["missing"][0]["label_vi"], "Chưa rõ thời gian: chưa có hạn hoàn thành");
    // In lists only when asked for, and the filter agrees with it, today and for a day in the past.
    let plain = viewer.get("/api/v1/tasks").await.expect(200).body;
    assert!(plain["items"].as_array().unwrap().iter().all(|task| task.get("clarity").is_none()));
    world.go_to("2023-10-20").await;
    let viewer = world.as_("viewer@A").await;
    for day in ["", "&as_of=2023-10-15"] {
        for unclear in [true, false] {
            let path = format!("/api/v1/tasks?fields=id,clarity&unclear={unclear}{day}");
            let items = viewer.get(&path).await.expect(200).body["items"].as_array().unwrap().clone();
            assert_eq!(items.len(), if unclear { 2 } else { 1 }, "{path}");
            assert!(items.iter().all(|task| task["clarity"]["clear"] == !unclear), "{path}");
            assert_eq!(items.iter().any(|task| task["id"] == clear), !unclear);
        }
    }
    let one = viewer.get(&format!("/api/v1/tasks/{vague}?fields=clarity")).await.expect(200).body;
    assert_eq!(points(&one["clarity"]).len(), 3);
}
