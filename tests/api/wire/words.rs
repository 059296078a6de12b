//! Texts for people: one language each, and titles that stay the same.

use crate::{
    harness::{Answer, Caller, World},
    matrix::{Stage, fill},
};
use actix_web::http::Method;
use serde_json::json;
use tiendo::{
    documents::wire::DocumentStatus,
    error::{Code, Said},
    measures::Status,
    policy::{Role, Whose},
    tasks::wire::ExtensionStatus,
};

/// All texts of an answer.
fn texts(answer: &Answer) -> String {
    let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
    let details = errors.iter().map(|error| error["detail"].as_str().unwrap().to_owned());
    let whole = answer.body["detail"].as_str().unwrap().to_owned();
    std::iter::once(whole).chain(details).collect::<Vec<_>>().join(" ")
}

async fn both(
    stage: &Stage,
    who: &str,
    ask: impl AsyncFn(Caller<'_>) -> Answer,
) -> (String, String, serde_json::Value) {
    let vi = ask(stage.actor(who).await.with("if-match", "*")).await;
    let en = ask(stage.actor(who).await.with("if-match", "*").with("accept-language", "en")).await;
    assert_eq!(vi.code(), en.code(), "{} {}", vi.text, en.text);
    let code = Code::ALL.iter().find(|code| code.slug() == vi.code());
    let code = code.unwrap_or_else(|| panic!("not refused: {}", vi.text));
    assert_eq!(
        (vi.body["title"].as_str(), en.body["title"].as_str()),
        (Some(code.title_vi()), Some(code.title_en()))
    );
    let params = |answer: &Answer| {
        let errors = answer.body["errors"].as_array().cloned().unwrap_or_default();
        errors.into_iter().map(|error| error["params"].clone()).collect::<Vec<_>>()
    };
    // Programs read the same words whatever the language.
    assert_eq!(params(&vi), params(&en));
    (texts(&vi), texts(&en), json!(params(&vi)))
}

#[actix_web::test]
async fn a_text_is_in_one_language() {
    let stage = Stage::new().await;
    for (who, method, call, body, vi, en) in [
        ("root", "POST", "org-units", r#"{"code": 7}"#, "cần chuỗi ký tự", "string expected"),
        ("root", "POST", "org-units", r#"{"traits": {}}"#, "cần danh sách", "array expected"),
        ("officer@A", "POST", "tasks", r#"{"weight": "x"}"#, "cần số.", "number expected"),
        ("root", "POST", "org-units", "{", "JSON hợp lệ (chưa hết ở dòng 1, cột 1)", "EOF while parsing"),
        ("root", "POST", "org-units", "{\"a\":1,\n'b'}", "sai ở dòng 2, cột 1", "line 2 column 1"),
        (
            "viewer@D",
            "POST",
            "tasks/{submitted}/confirm",
            "{}",
            "lãnh đạo (đơn vị giao việc)",
            "leader (assigner_unit)",
        ),
        ("leader@D", "POST", "tasks/{registered}/confirm", "{}", "(đã đăng ký)", "(registered)"),
        (
            "leader@D",
            "POST",
            "tasks/{registered}/accept",
            r#"{"result": "met"}"#,
            "chỉ dùng khi",
            "here: confirm",
        ),
        ("root", "PATCH", "org-units/{A}", r#"{"level": "central"}"#, "không đúng thứ bậc", "here: level"),
        (
            "root",
            "PATCH",
            "org-units/{A}",
            r#"{"effective_on": "31/12"}"#,
            "ngày dạng YYYY-MM-DD",
            "YYYY-MM-DD expected",
        ),
        ("leader@D", "GET", "tasks?cursor=x", "", "con trỏ trang", "cursor expected"),
    ] {
        let at = fill(&format!("/api/v1/{call}"), &stage.things);
        let method: Method = method.parse().unwrap();
        let body = (!body.is_empty()).then(|| body.to_owned());
        let ask = async |caller: Caller<'_>| caller.send(method.clone(), &at, body.clone()).await;
        let (said_vi, said_en, _) = both(&stage, who, ask).await;
        assert!(said_vi.contains(vi) && !said_vi.contains(en), "{call}: {said_vi}");
        assert!(said_en.contains(en), "{call}: {said_en}");
    }
}

#[actix_web::test]
async fn programs_get_the_words_of_the_api() {
    let stage = Stage::new().await;
    let ask = async |caller: Caller<'_>| caller.post("/api/v1/org-units", json!({"code": 7})).await;
    let (_, _, params) = both(&stage, "root", ask).await;
    assert!(params.as_array().unwrap().contains(&json!({"expected": "string"})), "{params}");
}

#[test]
fn the_words_that_stand_in_texts_have_their_vietnamese() {
    let words = Status::ALL.iter().map(|word| Said::from(*word));
    let words = words.chain(ExtensionStatus::ALL.iter().map(|word| Said::from(*word)));
    let words = words.chain(DocumentStatus::ALL.iter().map(|word| Said::from(*word)));
    let words = words.chain(Role::ALL.iter().map(|word| Said::from(*word)));
    for word in words.chain(Whose::ALL.iter().map(|word| Said::from(*word))) {
        assert_ne!(word.vi(), word.plain());
    }
}

#[actix_web::test]
async fn a_day_too_early_or_too_late_is_out_of_range() {
    let world = World::new().await;
    let leader = world.as_("leader@D").await.with("accept-language", "en");
    for (day, status, fault) in [
        ("1899-12-31", 422, "out_of_range"),
        ("2200-01-01", 422, "out_of_range"),
        ("2023-02-29", 400, "malformed"),
        ("1899-02-29", 400, "malformed"),
        ("10000-01-01", 400, "malformed"),
    ] {
        let body = json!({"title": "x", "unit_id": world.unit("A"), "class": "key", "due_on": day});
        let refused = leader.post("/api/v1/tasks", body).await.expect(status);
        assert_eq!(refused.faults(), [format!("#/due_on {fault}")], "{day}");
        let asked = leader.get(&format!("/api/v1/tasks?as_of={day}")).await.expect(status);
        assert_eq!(asked.faults(), [format!("as_of {fault}")], "{day}");
        if status == 422 {
            let range = json!({"min": "1900-01-01", "max": "2199-12-31"});
            assert_eq!(asked.body["errors"][0]["params"], range);
        }
    }
    for day in ["1900-01-01", "2199-12-31"] {
        leader.get(&format!("/api/v1/tasks?as_of={day}")).await.expect(200);
    }
}

#[actix_web::test]
async fn a_missing_reason_is_the_same_fault_everywhere() {
    let stage = Stage::new().await;
    for (who, call, more) in [
        ("leader@D", "tasks/{submitted}/return", json!({})),
        ("leader@D", "tasks/{registered}/cancel", json!({})),
        ("officer@A", "tasks/{accepted}/extensions", json!({"new_due_on": "2024-03-31"})),
        ("admin@A", "org-units/{A1}/close", json!({"on": "2023-10-15"})),
    ] {
        let at = fill(&format!("/api/v1/{call}"), &stage.things);
        for reason in [None, Some(json!(null)), Some(json!("")), Some(json!("  "))] {
            let mut body = more.clone();
            if let Some(reason) = &reason {
                body["reason"] = reason.clone();
            }
            let refused = stage.actor(who).await.post(&at, body).await.expect(422);
            assert_eq!(refused.faults(), ["#/reason reason_required"], "{call} {reason:?}");
        }
    }
}
