//! Units that open and close inside periods.

use super::reported;
use serde_json::{Value, json};

async fn close(world: &crate::harness::World, unit: &str, on: &str, after: &str) {
    let body = json!({"on": on, "successor_ids": [world.unit(after)], "reason": "Sáp nhập"});
    let path = format!("/api/v1/org-units/{}/close", world.unit(unit));
    world.root().await.post(&path, body).await.expect(200);
}

fn whats(row: &Value) -> Vec<&str> {
    row["because"].as_array().unwrap().iter().map(|one| one["what"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn who_comes_after_a_unit_owes_what_it_did_in_the_period_and_is_told() {
    let this = reported(json!({})).await;
    let branch = json!({"on": "2023-10-01", "successor_ids": [], "reason": "Sáp nhập"});
    this.world
        .root()
        .await
        .post(&format!("/api/v1/org-units/{}/close", this.world.unit("B1")), branch)
        .await
        .expect(200);
    close(&this.world, "B", "2023-10-02", "A").await;
    let path = format!("/api/v1/reports/reporting-status?form_id={}&from=2023-09&to=2023-10", this.form);
    let now = this.world.as_("viewer@D").await.get(&path).await.expect(200);
    let rows = now.body["rows"].as_array().unwrap();
    let told: Vec<(&str, &str, &str, Vec<&str>)> = rows
        .iter()
        .map(|row| (text(&row["unit"]["code"]), text(&row["period"]), text(&row["state"]), whats(row)))
        .collect();
    let expected = [
        ("A", "2023-09", "missing", vec!["asked"]),
        ("B", "2023-09", "missing", vec!["asked"]),
        ("A", "2023-10", "pending", vec!["asked", "succeeds"]),
        ("B", "2023-10", "not_required", vec!["closed_inside"]),
    ];
    assert_eq!(told, expected);
    assert_eq!(rows[1]["owed_by"], this.world.unit("A"), "it existed on the last day: its heir hands it in");
    assert_eq!(rows[2]["because"][1]["unit_id"], this.world.unit("B"));
    // The heir sees it among what it owes, and hands it in as that of the closed unit.
    let list = format!("/api/v1/expectations?unit_id={}&period=2023-09", this.world.unit("A"));
    let list = this.world.as_("officer@A").await.get(&list).await.expect(200);
    let codes: Vec<&str> =
        list.body["items"].as_array().unwrap().iter().map(|one| text(&one["unit"]["code"])).collect();
    assert_eq!(codes, ["A", "B"]);
    let id = this.handed_in("officer@A", "B", "2023-09", 7).await;
    let shown = this.show("officer@A", &id).await;
    assert_eq!((&shown["unit"]["code"], &shown["reporter_id"]), (&json!("B"), &json!(this.world.unit("A"))));
    this.step("leader@D", &id, "approve", json!({})).await.expect(200);
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[actix_web::test]
async fn what_a_closed_unit_had_begun_passes_to_who_comes_after() {
    let this = reported(json!({"levels": ["branch"]})).await;
    let draft = this.start("officer@A1", "A1", "2023-09").await.expect(201).id();
    this.save("officer@A1", &draft, json!([{"key": "ngheo", "value": 5}])).await.expect(200);
    let done = this.handed_in("officer@A1", "A1", "2023-10", 6).await;
    this.step("leader@A", &done, "approve", json!({})).await.expect(200);
    this.start("officer@A2", "A1", "2023-10").await.expect_fault(422, "/unit_id", "unknown_reference");
    close(&this.world, "A1", "2023-10-15", "A2").await;
    let shown = this.show("officer@A2", &draft).await;
    assert_eq!((&shown["unit"]["code"], &shown["holder"]), (&json!("A1"), &Value::Null));
    assert_eq!(shown["lines"][0]["value"], 5, "nothing is lost");
    this.step("officer@A2", &draft, "submit", json!({})).await.expect(200);
    this.step("leader@A", &draft, "approve", json!({})).await.expect(200);
    this.world
        .as_("officer@A2")
        .await
        .get(&format!("/api/v1/submissions/{done}"))
        .await
        .expect_problem(404, "not_found");
}

#[actix_web::test]
async fn a_unit_opened_in_mid_period_owes_it() {
    let this = reported(json!({})).await;
    let new = |code: &str, from: &str| {
        json!({"code": code, "name": "Xã mới", "level": "commune", "kind": "party_committee",
            "parent_id": this.world.unit("D"), "valid_from": from})
    };
    this.world.root().await.post("/api/v1/org-units", new("X", "2023-10-01")).await.expect(201);
    this.world.root().await.post("/api/v1/org-units", new("Y", "2023-10-15")).await.expect(201);
    let path = format!("/api/v1/reports/reporting-status?form_id={}&from=2023-10&to=2023-10", this.form);
    let now = this.world.as_("viewer@D").await.get(&path).await.expect(200);
    let rows = now.body["rows"].as_array().unwrap();
    let of = |code: &str| rows.iter().find(|row| row["unit"]["code"] == code).unwrap();
    assert_eq!((&of("X")["state"], whats(of("X"))), (&json!("pending"), vec!["opened_inside"]));
    assert_eq!((&of("Y")["state"], whats(of("Y"))), (&json!("not_required"), vec!["not_yet_open"]));
}
