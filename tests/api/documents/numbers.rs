//! Numbers: read, held once in their run, taken at issue.

use super::{PATH, at, paper, register};
use crate::harness::World;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_number_is_read_as_the_contract_says() {
    let world = World::new().await;
    let officer = world.as_("officer@A").await;
    let read = async |text: &str| officer.post(&format!("{PATH}/parse-number"), json!({"text": text})).await;
    for (text, expected) in [
        ("Số 1083-QĐ/HU", json!(["party", "1083", 1083, null, "QĐ", "HU", null, null, "1083-QĐ/HU"])),
        (
            "Chỉ thị số 05-CT/TW, ngày 15/5/2016",
            json!(["party", "05", 5, null, "CT", "TW", null, "2016-05-15", "05-CT/TW"]),
        ),
        ("12a-KH/ĐU", json!(["party", "12a", 12, "a", "KH", "ĐU", null, null, "12a-KH/ĐU"])),
        ("11/2023/QĐ-UBND", json!(["state", "11", 11, null, "QĐ", "UBND", 2023, null, "11/2023/QĐ-UBND"])),
    ] {
        let answer = read(text).await.expect(200).body;
        let names = [
            "format",
            "number_text",
            "number_value",
            "number_suffix",
            "type",
            "issuer",
            "year",
            "date",
            "canonical",
        ];
        let given: Vec<&Value> = names.iter().map(|name| &answer[*name]).collect();
        assert_eq!(json!(given), expected, "{text}");
    }
    for (text, why) in [
        ("Kế hoạch số 7-KH/HU ngày 31/02/2023", "date_does_not_exist"),
        ("CTr/HU", "no_number"),
        ("", "empty"),
    ] {
        let refused = read(text).await.expect_fault(422, "/text", "unreadable_number");
        assert_eq!(refused.body["errors"][0]["params"]["why"], why, "{text}");
    }
    let detail = read("CTr/HU").await.body["errors"][0]["detail"].clone();
    assert_eq!(detail, "Không đọc được số văn bản: không có số.");
}

#[actix_web::test]
async fn a_number_is_held_once_in_its_run() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let numbered =
        |number: &str, on: &str| paper(&world, "D", json!({"number_text": number, "issued_on": on}));
    let made = officer.post(PATH, numbered("12-NQ/HU", "2023-01-10")).await.expect(201);
    assert_eq!(made.body["number_value"], 12);
    // However it is written; a gap, a suffix and another type are free.
    officer.post(PATH, numbered("Số 012 – nq/hu", "2023-03-01")).await.expect_problem(409, "already_exists");
    officer.post(PATH, numbered("99-NQ/HU", "2023-03-01")).await.expect(201);
    officer.post(PATH, numbered("12a-NQ/HU", "2023-03-01")).await.expect(201);
    let mut plan = numbered("12-KH/HU", "2023-03-01");
    plan["type"] = json!("KH");
    officer.post(PATH, plan).await.expect(201);
    // Another year without a known term, and another issuer, have runs of their own.
    officer.post(PATH, numbered("12-NQ/HU", "2022-03-01")).await.expect(201);
    register(&world, "officer@A", "A", json!({"number_text": "12-NQ/ĐU", "issued_on": "2023-01-10"})).await;
    // What cannot be read is kept as written, and holds nothing.
    let odd = officer.post(PATH, numbered("số mười hai", "2023-01-10")).await.expect(201);
    assert_eq!(odd.body["number_text"], "số mười hai");
    assert_eq!(odd.body["number_value"], Value::Null);
    officer.post(PATH, numbered("số mười hai", "2023-01-10")).await.expect(201);
    // Taken out of the register, it is free again.
    officer.delete(&at(&made.id()), 1).await.expect(204);
    officer.post(PATH, numbered("12-NQ/HU", "2023-01-10")).await.expect(201);
}

#[actix_web::test]
async fn numbers_run_through_a_term_and_begin_anew_with_the_next() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    for (ordinal, from, to) in [("XIX", "2015-08-15", "2020-07-30"), ("XX", "2020-07-31", "2025-07-30")] {
        let term = json!({"unit_id": world.unit("D"), "name": format!("Nhiệm kỳ {ordinal}"), "ordinal": ordinal,
            "starts_on": from, "ends_on": to});
        officer.post("/api/v1/terms", term).await.expect(201);
    }
    let numbered =
        |number: &str, on: &str| paper(&world, "D", json!({"number_text": number, "issued_on": on}));
    officer.post(PATH, numbered("12-NQ/HU", "2020-07-30")).await.expect(201);
    officer.post(PATH, numbered("12-NQ/HU", "2020-07-31")).await.expect(201);
    officer.post(PATH, numbered("12-NQ/HU", "2023-01-10")).await.expect_problem(409, "already_exists");
    // A congress numbers all its papers in one run; State numbers begin anew each year.
    officer.post(PATH, numbered("01-NQ/ĐH", "2020-07-30")).await.expect(201);
    let mut minutes = numbered("01-BB/ĐH", "2020-07-30");
    minutes["type"] = json!("BB");
    officer.post(PATH, minutes).await.expect_problem(409, "already_exists");
    officer.post(PATH, numbered("5/2021/NQ-HĐND", "2021-05-01")).await.expect(201);
    officer.post(PATH, numbered("5/2022/NQ-HĐND", "2022-05-01")).await.expect(201);
    officer.post(PATH, numbered("5/2022/NQ-HĐND", "2022-06-01")).await.expect_problem(409, "already_exists");
}

#[actix_web::test]
async fn a_number_says_the_type_it_stands_for() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let body = paper(&world, "D", json!({"number_text": "12-CT/HU", "issued_on": "2023-01-10"}));
    officer.post(PATH, body).await.expect_fault(422, "/number_text", "not_permitted_here");
    // Quy định are numbered with the symbol of quyết định as well.
    let mut rule = paper(&world, "D", json!({"number_text": "66-QĐ/HU", "issued_on": "2023-01-10"}));
    rule["type"] = json!("QĐi");
    officer.post(PATH, rule).await.expect(201);
}

#[actix_web::test]
async fn a_draft_holds_no_number_until_its_issue() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let draft = |number: Value| paper(&world, "D", json!({"number_text": number, "status": "draft"}));
    let first = officer.post(PATH, draft(json!("12-NQ/HU"))).await.expect(201).id();
    let second = officer.post(PATH, draft(json!("12-NQ/HU"))).await.expect(201).id();
    let third = officer.post(PATH, draft(Value::Null)).await.expect(201).id();
    officer.post(&format!("{}/issue", at(&second)), json!({})).await.expect(200);
    officer.post(&format!("{}/issue", at(&first)), json!({})).await.expect_problem(409, "already_exists");
    assert_eq!(officer.get(&at(&first)).await.body["status"], "draft");
    // The next number needs the issuer's symbol.
    let next = json!({"take_next_number": true});
    let issue = format!("{}/issue", at(&third));
    officer.post(&issue, next.clone()).await.expect_fault(422, "/take_next_number", "not_permitted_here");
    let both = json!({"take_next_number": true, "number_text": "13-NQ/HU"});
    officer.post(&issue, both).await.expect_fault(422, "/take_next_number", "not_permitted_here");
    let unit = format!("/api/v1/org-units/{}", world.unit("D"));
    world.as_("admin@D").await.patch(&unit, 1, json!({"issuer_code": "HU"})).await.expect(200);
    let issued = officer.post(&issue, next.clone()).await.expect(200);
    assert_eq!(issued.body["number_text"], "13-NQ/HU");
    let plan =
        json!({"type": "KH", "issuer_unit_id": world.unit("D"), "title": "Kế hoạch", "status": "draft"});
    let plan = officer.post(PATH, plan).await.expect(201).id();
    let issued = officer.post(&format!("{}/issue", at(&plan)), next).await.expect(200);
    assert_eq!(issued.body["number_text"], "01-KH/HU");
}

#[actix_web::test]
async fn two_that_ask_for_one_number_at_once_do_not_both_get_it() {
    let world = World::new().await;
    let officer = world.as_("officer@D").await;
    let bodies: Vec<Value> = (0..12)
        .map(|_| paper(&world, "D", json!({"number_text": "12-NQ/HU", "issued_on": "2023-01-10"})))
        .collect();
    let answers =
        futures_util::future::join_all(bodies.into_iter().map(|body| officer.post(PATH, body))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.status == 409).count();
    assert_eq!((made, refused), (1, 11));
}

#[actix_web::test]
async fn who_may_issue_what_is_dated_data() {
    let world = World::new().await;
    world.go_to("2026-02-01").await;
    let officer = world.as_("officer@A").await;
    let issue = async |doc_type: &str, on: &str, body: Value| {
        let mut paper = paper(&world, "A", json!({"type": doc_type, "issued_on": on, "issuing_body": body}));
        paper["type"] = json!(doc_type);
        officer.post(PATH, paper).await
    };
    // 399-QĐ/TW counts from 9 January 2026; what held before is not known.
    issue("CT", "2026-01-08", Value::Null).await.expect(201);
    issue("CT", "2026-01-09", Value::Null).await.expect_fault(422, "/type", "not_permitted_here");
    // One of the bodies may: it is enough when nobody says which.
    issue("HD", "2026-01-09", Value::Null).await.expect(201);
    issue("HD", "2026-01-09", json!("standing_committee")).await.expect(201);
    let refused = issue("HD", "2026-01-09", json!("executive_committee")).await;
    refused.expect_fault(422, "/type", "not_permitted_here");
    let listed = officer.get("/api/v1/meta/issuing-rules").await.expect(200);
    let rule = listed.body["items"].as_array().unwrap().iter().find(|rule| rule["allowed"] == false).unwrap();
    assert_eq!(rule["legal_basis"], "399-QĐ/TW");
    // A draft may be anything until it is to be issued.
    let draft =
        json!({"type": "CT", "issuer_unit_id": world.unit("A"), "title": "Chỉ thị", "status": "draft"});
    let draft = officer.post(PATH, draft).await.expect(201).id();
    officer.post(&format!("{}/issue", at(&draft)), json!({})).await.expect_fault(
        422,
        "/type",
        "not_permitted_here",
    );
}
