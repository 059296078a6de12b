//! Forms of periodic reports: what may be asked, versions, exemptions and unlocks.

use crate::harness::{Answer, World};
use serde_json::{Value, json};

/// Defines an indicator of D for communes.
pub async fn indicator(world: &World, code: &str) -> String {
    let body = json!({"unit_id": world.unit("D"), "code": code, "name": format!("Chỉ tiêu {code}"),
        "measure_unit": "hộ", "direction": "lower", "decimals": 0, "over_periods": "latest", "over_units": "sum",
        "period_kind": "month"});
    world.as_("officer@D").await.post("/api/v1/indicators", body).await.expect(201).id()
}

/// Defines a monthly form of D for communes, with more in the request.
pub async fn form_of(world: &World, by: &str, more: Value) -> Answer {
    let mut body = json!({"unit_id": world.unit("D"), "code": "BC-THANG", "name": "Báo cáo tháng",
        "period_kind": "month", "valid_from": "2023-01", "levels": ["commune"], "due_working_days": 2,
        "grace_working_days": 4, "lock_working_days": 10,
        "items": [{"key": "danh_gia", "kind": "narrative", "label": "Đánh giá chung", "required": true}]});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.as_(by).await.post("/api/v1/forms", body).await
}

#[actix_web::test]
async fn a_form_says_all_that_decides_and_comes_again_unharmed() {
    let world = World::new().await;
    let poor = indicator(&world, "HO_NGHEO").await;
    let all = indicator(&world, "TONG_HO").await;
    let more = json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a40", "chain": ["parent", "owner"],
        "items": [{"key": "ho_ngheo", "kind": "indicator", "indicator_id": poor, "label": "Hộ nghèo", "required": true, "min": 0, "max": 999.5},
            {"key": "tong", "kind": "indicator", "indicator_id": all, "label": "Tổng số hộ"},
            {"key": "viec", "kind": "task_figure", "figure": "overdue", "rolled_up": true, "label": "Việc quá hạn"}],
        "rules": [{"key": "qua_tong", "left": "ho_ngheo", "op": "<=", "right": "TONG_HO", "severity": "error",
            "text_vi": "Số hộ nghèo không lớn hơn tổng số hộ"}]});
    let form = form_of(&world, "officer@D", more.clone()).await.expect(201);
    assert_eq!(form.body["content"]["n"], 1);
    assert_eq!(form.body["content"]["items"][0]["max"], 999.5);
    assert_eq!(form.body["content"]["rules"][0]["op"], "<=");
    assert_eq!(form.body["content"]["chain"], json!(["parent", "owner"]));
    form_of(&world, "officer@D", more.clone()).await.expect(200);
    let other = json!({"id": "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a40"});
    form_of(&world, "officer@D", other).await.expect_problem(409, "id_conflict");
    form_of(&world, "officer@D", json!({})).await.expect_problem(409, "already_exists");
    // Those below see it; strangers to the unit that asks do not change it.
    let path = format!("/api/v1/forms/{}", form.id());
    world.as_("viewer@A1").await.get(&path).await.expect(200);
    let patch = json!({"name": "Báo cáo khác"});
    let by_a = world.as_("leader@A").await.patch(&path, 1, patch).await;
    by_a.expect_problem(403, "forbidden");
}

#[actix_web::test]
async fn what_contradicts_itself_is_refused_all_at_once() {
    let world = World::new().await;
    let poor = indicator(&world, "HO_NGHEO").await;
    let wrong = json!({"valid_until": "2022-Q1", "levels": ["hamlet"], "lock_working_days": 1, "chain": ["boss"],
        "unit_ids": ["0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d"],
        "items": [{"key": "a", "kind": "indicator", "indicator_id": poor, "label": "x", "cell": ["kinh"]},
            {"key": "a", "kind": "narrative", "label": "x", "min": 1}],
        "rules": [{"key": "r", "left": "a +", "op": "=", "right": "khong_co", "severity": "error", "text_vi": "x"}]});
    let answer = form_of(&world, "officer@D", wrong).await;
    let expected = [
        "#/levels/0 unknown_value",
        "#/unit_ids/0 unknown_reference",
        "#/lock_working_days out_of_range",
        "#/chain/0 unknown_value",
        "#/items/0/cell unknown_reference",
        "#/items/1/key not_permitted_here",
        "#/items/1/min not_permitted_here",
        "#/rules/0/left malformed",
        "#/rules/0/right not_permitted_here",
        "#/valid_until not_permitted_here",
    ];
    assert_eq!(answer.faults(), expected, "{}", answer.text);
    // A form of quarters takes no figures of months.
    let quarters = json!({"period_kind": "quarter", "valid_from": "2023-Q1",
        "items": [{"key": "a", "kind": "indicator", "indicator_id": poor, "label": "x"}]});
    let answer = form_of(&world, "officer@D", quarters).await;
    answer.expect_fault(422, "/items/0/indicator_id", "not_permitted_here");
}

#[actix_web::test]
async fn a_state_regime_leaves_a_working_day_and_grace_comes_before_the_lock() {
    let world = World::new().await;
    let at_once = |regime: &str| json!({"due_working_days": 0, "regime": regime});
    let refused = form_of(&world, "officer@D", at_once("decree_09")).await;
    let refused = refused.expect_fault(422, "/due_working_days", "not_permitted_here");
    assert!(refused.text.contains("09/2019"), "{}", refused.text);
    // The regime of a form that names none is the State's.
    let refused = form_of(&world, "officer@D", json!({"due_working_days": 0})).await;
    refused.expect_fault(422, "/due_working_days", "not_permitted_here");
    let refused = form_of(&world, "officer@D", json!({"lock_working_days": 3})).await;
    refused.expect_fault(422, "/lock_working_days", "out_of_range");
    let refused = form_of(&world, "officer@D", json!({"grace_working_days": 1})).await;
    refused.expect_fault(422, "/grace_working_days", "out_of_range");
    // Working rules of a committee may ask for it on the last day.
    form_of(&world, "officer@D", at_once("party_months")).await.expect(201);
    // A version is held to the same.
    let form = form_of(&world, "officer@D", json!({"code": "BC-2"})).await.expect(201).id();
    let items = json!([{"key": "danh_gia", "kind": "narrative", "label": "Đánh giá chung"}]);
    let version = |days: i64| json!({"from_period": "2023-12", "levels": ["commune"], "due_working_days": days, "items": items});
    let path = format!("/api/v1/forms/{form}/versions");
    let officer = world.as_("officer@D").await;
    officer.post(&path, version(0)).await.expect_fault(422, "/due_working_days", "not_permitted_here");
    officer.post(&path, version(1)).await.expect(201);
}

#[actix_web::test]
async fn a_version_begins_with_a_period_that_has_not() {
    let world = World::new().await;
    let form = form_of(&world, "officer@D", json!({})).await.expect(201).id();
    let path = format!("/api/v1/forms/{form}/versions");
    let version = |from: &str, days: i64| {
        json!({"from_period": from, "levels": ["commune"], "due_working_days": days,
            "items": [{"key": "moi", "kind": "narrative", "label": "Nội dung mới"}]})
    };
    // November of the decree began today, on 15 October.
    let begun = world.as_("officer@D").await.post(&path, version("2023-11", 3)).await;
    begun.expect_fault(422, "/from_period", "not_permitted_here");
    world.as_("leader@A").await.post(&path, version("2023-12", 3)).await.expect_problem(403, "forbidden");
    let added = world.as_("officer@D").await.post(&path, version("2023-12", 3)).await.expect(201);
    assert_eq!(added.body["content"]["n"], 2);
    world.as_("officer@D").await.post(&path, version("2023-12", 3)).await.expect(200);
    let all = world.as_("viewer@A").await.get(&path).await.expect(200);
    let from: Vec<&str> = all.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["from_period"].as_str().unwrap())
        .collect();
    assert_eq!(from, ["2023-01", "2023-12"]);
}

/// Case 12: without the right, of a unit the form is not asked of, of no unit; a unit outside the territory is
/// as none, and so is the form for those who do not see it.
#[actix_web::test]
async fn case_12_a_lock_exception_is_refused_in_three_ways() {
    let mut world = World::new().await;
    world.add_unit("E", "province", "party_committee", "").await;
    let form = form_of(&world, "officer@D", json!({})).await.expect(201).id();
    let path = format!("/api/v1/forms/{form}/unlocks");
    let body = |unit: &str| json!({"unit_id": unit, "period": "2023-08", "until_on": "2023-10-20", "reason": "Mất điện cả tuần"});
    let (a, a1, stranger) = (world.unit("A"), world.unit("A1"), world.unit("E"));
    let leader = world.as_("leader@D").await;
    world.as_("leader@A").await.post(&path, body(&a)).await.expect_problem(403, "forbidden");
    leader.post(&path, body(&a1)).await.expect_fault(422, "/unit_id", "not_permitted_here");
    let absent = leader.post(&path, body("0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d")).await;
    let absent = absent.expect_fault(422, "/unit_id", "unknown_reference");
    let outside = leader.post(&path, body(&stranger)).await;
    assert_eq!(outside.body["errors"], absent.body["errors"]);
    let from_outside = world.as_("leader@E").await;
    from_outside.post(&path, body(&stranger)).await.expect_problem(404, "not_found");
    let no_form = path.replace(&form, "0199a0b2-7c1e-7d3a-9c55-0d6f1c2b3a4d");
    from_outside.post(&no_form, body(&stranger)).await.expect_problem(404, "not_found");
    assert_eq!(leader.get(&path).await.expect(200).body["items"], json!([]), "nothing was opened");
    let made = leader.post(&path, body(&a)).await.expect(201);
    assert_eq!(made.body["until_on"], "2023-10-20");
    let seen = world.as_("officer@B").await.get(&path).await.expect(200);
    assert_eq!(seen.body["items"], json!([]), "of units that B does not see");
}

#[actix_web::test]
async fn the_heir_of_the_unit_that_asks_goes_on_asking() {
    let mut world = World::new().await;
    world.add_unit("C", "commune", "party_committee", "D").await;
    let more = json!({"unit_id": world.unit("C"), "levels": ["commune"]});
    let form = form_of(&world, "officer@C", more).await.expect(201).id();
    let close = json!({"on": "2023-10-10", "successor_ids": [world.unit("A")], "reason": "Sáp nhập"});
    let path = format!("/api/v1/org-units/{}/close", world.unit("C"));
    world.root().await.post(&path, close).await.expect(200);
    let form = world.as_("officer@A").await.get(&format!("/api/v1/forms/{form}")).await.expect(200);
    assert_eq!(form.body["unit"]["code"], "A");
    let history = world.as_("officer@A").await.get(&format!("/api/v1/forms/{}/history", form.id())).await;
    assert_eq!(history.expect(200).body["items"][1]["kind"], "form.transferred");
}
