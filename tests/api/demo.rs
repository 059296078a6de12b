//! The demo: what it loads, and that the service's figures are those worked out apart from it.

use crate::{
    harness::{Caller, World},
    oracle::difference,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tiendo::{demo, policy::Role};

/// The figures as the authors of the data worked them out, without the service.
fn expected() -> Value {
    serde_json::from_str(include_str!("../../demo/expected.json")).unwrap()
}

async fn rollup(caller: &Caller<'_>, unit: &Value, by: &str) -> Value {
    let unit = unit["id"].as_str().unwrap();
    let path = format!("/api/v1/reports/task-rollup?unit_id={unit}&as_of={}&by={by}", demo::TODAY);
    caller.get(&path).await.expect(200).body
}

#[track_caller]
fn same(expected: &Value, answer: &Value) {
    assert_eq!(expected["unit"]["id"], answer["unit"]["id"]);
    for part in ["own", "rolled_up"] {
        let place = format!("{} {part}", expected["unit"]["code"]);
        if let Some(difference) = difference(&place, &expected[part], &answer[part]) {
            panic!("{difference}");
        }
    }
}

/// Every unit of the expected figures: as a row of the one above it and asked for itself.
async fn compare(caller: &Caller<'_>, expected: &Value) -> usize {
    let mut compared = 0;
    for district in expected["districts"].as_object().unwrap().values() {
        let answer = rollup(caller, &district["unit"], "children").await;
        same(district, &answer);
        let (rows, answers) = (district["rows"].as_array().unwrap(), answer["rows"].as_array().unwrap());
        assert_eq!(rows.len(), answers.len(), "{}", district["unit"]);
        for (row, answer) in rows.iter().zip(answers) {
            same(row, answer);
            same(row, &rollup(caller, &row["unit"], "none").await);
        }
        compared += 1 + rows.len();
    }
    same(&expected["whole"], &rollup(caller, &expected["whole"]["unit"], "none").await);
    compared + 1
}

async fn ids(caller: &Caller<'_>, query: &str) -> BTreeMap<String, String> {
    let page = caller.get(&format!("/api/v1/org-units?limit=200&{query}")).await.expect(200).body;
    assert_eq!(page["next_cursor"], Value::Null, "all on one page");
    let of = |unit: &Value, name: &str| unit[name].as_str().unwrap().to_owned();
    page["items"].as_array().unwrap().iter().map(|unit| (of(unit, "code"), of(unit, "id"))).collect()
}

/// The district the articles tell most about: 13 communes, 200 branches, 45 to 50 tasks a commune.
async fn count(caller: &Caller<'_>, expected: &Value) {
    let district = expected["districts"]["BT-MCB"]["unit"]["id"].as_str().unwrap();
    let communes = ids(caller, &format!("parent_id={district}&level=commune")).await;
    let branches = ids(caller, &format!("under={district}&level=branch")).await;
    assert_eq!((communes.len(), branches.len()), (13, 200));
    let mut tasks = serde_json::Map::new();
    for (code, id) in &communes {
        let page = caller.get(&format!("/api/v1/tasks?unit_id={id}&limit=200")).await.expect(200).body;
        let count = page["items"].as_array().unwrap().len();
        assert!((45..=50).contains(&count), "{code}: {count}");
        tasks.insert(code.clone(), count.into());
    }
    assert_eq!(Value::Object(tasks), expected["mo_cay_bac"]["commune_tasks"]);
}

/// The article on Mỏ Cày Bắc: 42, 43 and 2 cases in hamlets, 89 people "ở ấp, xã". Both are right, each
/// in its scope.
async fn concurrent_posts(caller: &Caller<'_>, expected: &Value) {
    let district = expected["districts"]["BT-MCB"]["unit"]["id"].as_str().unwrap();
    let asked = async |scope: &str| {
        let path =
            format!("/api/v1/reports/concurrency?unit_id={district}&as_of=2020-11-13&explain=true{scope}");
        caller.get(&path).await.expect(200).body
    };
    let hamlets = asked("&scope=hamlet").await;
    let cases: Vec<i64> =
        hamlets["by_model"].as_array().unwrap().iter().map(|m| m["cases"].as_i64().unwrap()).collect();
    assert_eq!(cases, [42, 43, 2]);
    assert_eq!((&hamlets["holders"], &hamlets["scope_name"]), (&json!(87), &json!("ấp")));
    let both = asked("&scope=hamlet,commune").await;
    assert_eq!((&both["holders"], &both["scope_name"]), (&json!(89), &json!("ấp, xã")));
    let all = asked("").await;
    assert_eq!((&all["holders"], &all["by_scope"][2]["holders"]), (&json!(90), &json!(1)));
    // Before they began nobody held anything.
    let path = format!("/api/v1/reports/concurrency?unit_id={district}&as_of=2020-03-01");
    assert_eq!(caller.get(&path).await.expect(200).body["holders"], 0);
}

/// 200 branches of Mỏ Cày Bắc held congresses, each of which began a term of its own.
async fn congresses(caller: &Caller<'_>, expected: &Value) {
    let of = async |code: &str, cursor: &str| {
        let unit = expected["districts"][code]["unit"]["id"].as_str().unwrap();
        let path = format!("/api/v1/congresses?under={unit}&limit=200{cursor}");
        caller.get(&path).await.expect(200).body
    };
    let first = of("BT-MCB", "").await;
    let rest = of("BT-MCB", &format!("&cursor={}", first["next_cursor"].as_str().unwrap())).await;
    let all = [&first, &rest].into_iter().flat_map(|page| page["items"].as_array().unwrap());
    let branches: Vec<&Value> = all.filter(|congress| congress["unit"]["level"] == "branch").collect();
    assert_eq!(branches.len(), 200);
    assert!(branches.iter().all(|congress| congress["term_id"].is_string()));
    let district = of("QT-TP", "").await["items"][0].clone();
    assert_eq!((&district["ordinal"], &district["closed_on"]), (&json!("XX"), &json!("2020-07-30")));
}

/// Three targets of Mỏ Cày Bắc, and the sums of what its communes reported, counted apart.
async fn targets(caller: &Caller<'_>, expected: &Value) {
    let unit = expected["districts"]["BT-MCB"]["unit"]["id"].as_str().unwrap();
    let path =
        format!("/api/v1/reports/target-scoreboard?unit_id={unit}&as_of={}&children=true", demo::TODAY);
    let board = caller.get(&path).await.expect(200).body;
    assert_eq!(board["words"], "01/03 chỉ tiêu đạt và vượt; 01/03 đang trong lộ trình; 01/03 khó đạt");
    let told = |item: &Value| ["actual", "target", "verdict"].map(|name| item[name].clone());
    let items: Vec<[Value; 3]> = board["items"].as_array().unwrap().iter().map(told).collect();
    assert_eq!(
        items,
        [
            [json!(125), json!(150), json!("on_track")],
            [json!(771), json!(700), json!("hard_to_meet")],
            [json!(94.29), json!(93), json!("exceeded")],
        ]
    );
    let communes = board["rows"].as_array().unwrap();
    let silent = communes.iter().find(|row| row["unit"]["code"] == "MCB-28933").unwrap();
    assert_eq!(silent["words"], "00/03 chỉ tiêu đạt và vượt; 03/03 chưa có số liệu");
}

#[actix_web::test]
async fn the_demo_says_what_was_worked_out_apart_from_it() {
    let world = World::empty().await;
    demo::load(&world.db, &world.clock).await.unwrap();
    let expected = expected();
    assert_eq!(expected["as_of"], demo::TODAY);
    let root = world.place(expected["whole"]["unit"]["id"].as_str().unwrap()).await;
    let (_, token) = world.enrol("thanhtra", Role::Inspector, Some(root)).await;
    let inspector = world.bearing(&token);
    count(&inspector, &expected).await;
    assert_eq!(compare(&inspector, &expected).await, 131);
    concurrent_posts(&inspector, &expected).await;
    congresses(&inspector, &expected).await;
    targets(&inspector, &expected).await;

    // Whoever tries it logs in with what the welcome says and sees the same figures.
    assert!(demo::welcome("x").contains(demo::PASSWORD));
    for name in ["bithu.mocaybac", "vanphong.mocaybac", "ubkt.mocaybac"] {
        let body = json!({"username": name, "password": demo::PASSWORD});
        let login = world.nobody().post("/api/v1/auth/login", body).await.expect(200).body;
        let caller = world.bearing(login["access_token"].as_str().unwrap());
        let district = &expected["districts"]["BT-MCB"];
        same(district, &rollup(&caller, &district["unit"], "none").await);
        let other = expected["districts"]["QT-HH"]["unit"]["id"].as_str().unwrap();
        caller.get(&format!("/api/v1/reports/task-rollup?unit_id={other}")).await.expect(404);
    }
    let wrong = json!({"username": "bithu.mocaybac", "password": "tien-do-2024"});
    world.nobody().post("/api/v1/auth/login", wrong).await.expect(401);
    // Only an empty database becomes a demo.
    let before = world.events().await;
    demo::load(&world.db, &world.clock).await.unwrap_err();
    assert_eq!(world.events().await, before);
}
