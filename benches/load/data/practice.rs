//! A resolution on its way: sent to every commune, put into practice by those of the first district; and an indicator
//! with a year of values of that district's branches. All of it through the service.

use super::{
    land::{self, BRANCHES_PER_DISTRICT, COMMUNES_PER_DISTRICT, FIRST_BRANCH, FIRST_COMMUNE, kind},
    people::load,
};
use crate::{http::Client, service::Service};
use chrono::{Datelike, Days, Months, NaiveDate};
use serde_json::{Value, json};

/// Communes of the first district that issue a programme; the others are behind.
pub const WITH_PROGRAMME: u32 = 12;
/// Periods of the indicator.
pub const MONTHS: u32 = 12;

/// The id of the resolution.
pub fn resolution() -> String {
    land::id(kind::DOCUMENT, 1)
}

/// The id of the indicator.
pub fn indicator() -> String {
    land::id(kind::INDICATOR, 1)
}

fn post(client: &mut Client, path: &str, body: &Value) -> Value {
    let answer = client.post(path, body).expect("an answer");
    assert!(matches!(answer.status, 200 | 201), "{path}: {}", answer.text);
    serde_json::from_str(&answer.text).expect("JSON")
}

/// The province issues a resolution and sends it to its districts and communes.
pub fn issue(service: &Service, today: NaiveDate) {
    let mut province = service.client(&land::username("officer", 0));
    let document = json!({"id": resolution(), "type": "NQ", "number_text": "20-NQ/TU", "issued_on": today,
        "status": "issued", "issuer_unit_id": land::unit(0),
        "title": "Nghị quyết về chuyển đổi số, phát triển kinh tế nông thôn và nâng cao đời sống nhân dân"});
    post(&mut province, "/documents", &document);
    for level in ["district", "commune"] {
        let sent = json!({"level": level, "kind": "party_committee", "study_due_on": today + Days::new(20),
            "programme_due_on": today + Days::new(30)});
        post(&mut province, &format!("/documents/{}/dispatches", resolution()), &sent);
    }
}

/// The communes of the first district study the resolution; most issue their own programme.
pub fn follow(service: &Service, today: NaiveDate) {
    for (i, n) in (0..).zip(FIRST_COMMUNE..FIRST_COMMUNE + COMMUNES_PER_DISTRICT) {
        let mut officer = service.client(&land::username("officer", n));
        take_in(&mut officer, n, today);
        if i < WITH_PROGRAMME {
            let mut leader = service.client(&land::username("leader", n));
            programme(&mut officer, &mut leader, n, today);
        }
    }
}

fn take_in(officer: &mut Client, n: usize, today: NaiveDate) {
    let path = format!("/receipts?document_id={}&unit_id={}", resolution(), land::unit(n));
    let receipts = officer.get(&path).expect("an answer").expect(200);
    let receipt = receipts["items"][0]["id"].as_str().expect("a receipt").to_owned();
    post(officer, &format!("/receipts/{receipt}/receive"), &json!({}));
    let plan = json!({"waves": [{"audience": "cadres_and_members", "planned": [{"class": "party_members", "value": 50}]}]});
    let study = post(officer, &format!("/documents/{}/disseminations", resolution()), &plan);
    let study = format!("/disseminations/{}", study["id"].as_str().expect("an id"));
    let session = json!({"audience": "cadres_and_members", "form": "class", "held_on": today,
        "attendance": [{"class": "party_members", "attended": 40 + n % 10}]});
    post(officer, &format!("{study}/sessions"), &session);
    if !n.is_multiple_of(4) {
        let day = json!({"completed_on": today});
        post(officer, &format!("{study}/waves/cadres_and_members/complete"), &day);
    }
}

fn programme(officer: &mut Client, leader: &mut Client, n: usize, today: NaiveDate) {
    let new = json!({"title": "Chương trình hành động thực hiện Nghị quyết về chuyển đổi số", "unit_id": land::unit(n),
        "parents": [{"document_id": resolution(), "relation": "concretises"}]});
    let made = post(officer, "/programmes", &new);
    let path = format!("/programmes/{}", made["id"].as_str().expect("an id"));
    let item = json!({"items": [{"text": "Vận động nhân dân dùng dịch vụ công trực tuyến", "class": "key", "priority": 1,
        "start_on": today, "due_on": today + Days::new(90), "lead_collective": "Ủy ban nhân dân xã",
        "lead_individual": "Phó Bí thư Đảng ủy"}]});
    post(officer, &format!("{path}/items"), &item);
    post(officer, &format!("{path}/submit-for-review"), &json!({}));
    let vote = json!({"body": "collective", "eligible": 15, "present": 14, "in_favour": 14, "against": 0, "abstained": 0});
    post(leader, &format!("{path}/adopt"), &vote);
    post(leader, &format!("{path}/issue"), &json!({}));
}

/// The month before last is the last whose values are all there.
pub fn last_month(today: NaiveDate) -> NaiveDate {
    today.with_day(1).expect("a day") - Months::new(2)
}

/// A month as periods are named.
pub fn period(month: NaiveDate) -> String {
    month.format("%Y-%m").to_string()
}

/// An indicator of the province and its values in the branches of the first district, as loaded history.
pub fn figures(service: &Service, today: NaiveDate) {
    let new = json!({"id": indicator(), "unit_id": land::unit(0), "code": "HO-DVC", "measure_unit": "hộ",
        "name": "Số hộ sử dụng dịch vụ công trực tuyến", "direction": "higher", "decimals": 0, "over_periods": "sum",
        "over_units": "sum", "level": "branch", "period_kind": "month"});
    let mut lines = vec![json!({"op": "indicator.create", "at": "2020-02-03T08:00:00+07:00", "data": new})];
    for back in (0..MONTHS).rev() {
        let month = last_month(today) - Months::new(back);
        let at = format!("{}T08:00:00+07:00", month + Months::new(1));
        for i in 0..BRANCHES_PER_DISTRICT {
            let months = usize::try_from(back).expect("small");
            lines.push(json!({"op": "indicator_value.load", "at": at, "data": {"indicator_id": indicator(),
                "unit_id": land::unit(FIRST_BRANCH + i), "period": period(month), "value": 10 + (i * 7 + months * 3) % 40}}));
        }
    }
    load(&mut service.client("admin"), &lines);
}
