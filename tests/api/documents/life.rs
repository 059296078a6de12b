//! The life of a document, and what one does to another.

use super::{PATH, at, goes_back, paper, register};
use crate::harness::World;
use serde_json::{Value, json};

fn command(id: &str, name: &str) -> String {
    format!("{}/{name}", at(id))
}

async fn status(world: &World, id: &str) -> Value {
    world.as_("officer@D").await.get(&at(id)).await.expect(200).body["status"].clone()
}

#[actix_web::test]
async fn a_document_enters_into_force_and_expires() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let id = register(&world, "officer@D", "D", json!({"issued_on": "2023-01-10"})).await;
    let (force, expire) = (command(&id, "enter-into-force"), command(&id, "expire"));
    officer.post(&force, json!({"effective_on": "2023-01-09"})).await.expect_fault(
        422,
        "/effective_on",
        "not_permitted_here",
    );
    officer.post(&force, json!({"effective_on": "2023-10-16"})).await.expect_fault(
        422,
        "/effective_on",
        "in_future",
    );
    let answer = officer.post(&force, json!({"effective_on": "2023-02-01"})).await.expect(200);
    assert_eq!(
        (&answer.body["status"], &answer.body["effective_on"]),
        (&json!("in_force"), &json!("2023-02-01"))
    );
    officer.post(&force, json!({})).await.expect_problem(409, "invalid_state");
    officer.post(&expire, json!({})).await.expect_fault(422, "/reason", "reason_required");
    let reason = json!({"reason": "Hết thời hạn thực hiện"});
    let answer = officer.post(&expire, reason.clone()).await.expect(200);
    assert_eq!(
        (&answer.body["status"], &answer.body["expired_on"]),
        (&json!("expired"), &json!("2023-10-15"))
    );
    officer.post(&expire, reason.clone()).await.expect_problem(409, "invalid_state");
    let history = officer.get(&command(&id, "history")).await.expect(200);
    let kinds: Vec<&Value> =
        history.body["items"].as_array().unwrap().iter().map(|item| &item["kind"]).collect();
    assert_eq!(kinds, ["document.created", "document.entered_into_force", "document.expired"]);
    assert_eq!(history.body["items"][2]["reason"], "Hết thời hạn thực hiện");
    // A draft does neither.
    let draft = register(&world, "officer@D", "D", json!({"status": "draft"})).await;
    officer.post(&command(&draft, "enter-into-force"), json!({})).await.expect_problem(409, "invalid_state");
    officer.post(&command(&draft, "expire"), reason).await.expect_problem(409, "invalid_state");
}

#[actix_web::test]
async fn what_one_document_does_to_another_begins_with_its_issue() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let old = register(&world, "officer@D", "D", json!({"issued_on": "2021-01-10"})).await;
    let mut draft = goes_back(&old, "replaces");
    draft["status"] = json!("draft");
    let new = register(&world, "officer@D", "D", draft).await;
    assert_eq!(status(&world, &old).await, "issued");
    officer.post(&command(&new, "issue"), json!({})).await.expect(200);
    assert_eq!(status(&world, &old).await, "replaced");
    officer.post(&command(&old, "enter-into-force"), json!({})).await.expect_problem(409, "invalid_state");
    let history = officer.get(&command(&old, "history")).await.expect(200);
    assert_eq!(history.body["items"][1]["kind"], "document.replaced");
    assert_eq!(history.body["items"][1]["changes"]["status"], json!(["issued", "replaced"]));
    // The strongest effect counts, and ends with what it came from.
    let last = register(&world, "officer@D", "D", goes_back(&old, "repeals")).await;
    assert_eq!(status(&world, &old).await, "repealed");
    officer.delete(&at(&last), 1).await.expect(204);
    assert_eq!(status(&world, &old).await, "replaced");
    officer.patch(&at(&new), 2, json!({"parents": []})).await.expect(200);
    assert_eq!(status(&world, &old).await, "issued");
    officer.patch(&at(&new), 3, goes_back(&old, "amends")).await.expect(200);
    assert_eq!(status(&world, &old).await, "amended");
}

#[actix_web::test]
async fn only_the_issuer_or_a_superior_amends_replaces_and_repeals() {
    let world = World::new().await;
    let of_district = register(&world, "officer@D", "D", json!({})).await;
    let of_commune = register(&world, "officer@A", "A", json!({})).await;
    let commune = world.as_("officer@A").await;
    for relation in ["amends", "replaces", "repeals"] {
        let body = paper(&world, "A", goes_back(&of_district, relation));
        commune.post(PATH, body).await.expect_fault(422, "/parents/0/relation", "not_permitted_here");
    }
    register(&world, "officer@A", "A", goes_back(&of_district, "concretises")).await;
    assert_eq!(status(&world, &of_district).await, "issued");
    register(&world, "officer@D", "D", goes_back(&of_commune, "repeals")).await;
    assert_eq!(status(&world, &of_commune).await, "repealed");
    // A draft that got such a relation by a back door is stopped at its issue.
    let draft = register(&world, "officer@A", "A", json!({"status": "draft"})).await;
    commune.patch(&at(&draft), 1, goes_back(&of_district, "amends")).await.expect_fault(
        422,
        "/parents/0/relation",
        "not_permitted_here",
    );
}

#[actix_web::test]
async fn what_a_paper_says_of_itself_is_kept() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let files = json!([{"title": "Bản ký số", "url": "https://mocaybac.example.vn/12.pdf", "media_type": "application/pdf",
        "size_bytes": 482113, "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}]);
    let said = json!({"place": "Mỏ Cày Bắc", "signer": "Bí thư Huyện ủy", "signing_capacity": "T/M Ban Thường vụ",
        "recipients": ["Các chi, đảng bộ cơ sở", "Lưu Văn phòng"], "urgency": "khan", "attachments": files,
        "issuing_body": "standing_committee", "id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"});
    let body = paper(&world, "D", said.clone());
    let made = officer.post(PATH, body.clone()).await.expect(201);
    for (name, value) in said.as_object().unwrap() {
        assert_eq!(&made.body[name], value, "{name}");
    }
    // The same again is the same paper; another attachment is not.
    officer.post(PATH, body.clone()).await.expect(200);
    let mut other = body;
    other["attachments"] = json!([]);
    officer.post(PATH, other).await.expect_problem(409, "id_conflict");
    let patch = json!({"place": null, "recipients": ["Lưu"], "urgency": "none", "attachments": []});
    let changed = officer.patch(&at(&made.id()), 1, patch).await.expect(200);
    assert_eq!((&changed.body["place"], &changed.body["recipients"]), (&Value::Null, &json!(["Lưu"])));
    assert_eq!((&changed.body["urgency"], &changed.body["attachments"]), (&json!("none"), &json!([])));
    let wrong = |file: Value| paper(&world, "D", json!({"attachments": [file]}));
    for (file, pointer, code, at_status) in [
        (json!({"title": "a", "url": "http://x"}), "/attachments/0/url", "not_permitted_here", 422),
        (
            json!({"title": "a", "url": "https://x", "sha256": "Z".repeat(64)}),
            "/attachments/0/sha256",
            "malformed",
            400,
        ),
        (json!({"title": "TỐI MẬT", "url": "https://x"}), "/attachments", "classified_content", 422),
    ] {
        officer.post(PATH, wrong(file)).await.expect_fault(at_status, pointer, code);
    }
    let stamped = paper(&world, "D", json!({"recipients": ["[MẬT]"]}));
    officer.post(PATH, stamped).await.expect_fault(422, "/recipients", "classified_content");
}
