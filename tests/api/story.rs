//! The golden thread up to tasks, as one story: Mỏ Cày Bắc's congress resolution goes to 13 communes and
//! two agencies; all 13 study it; 12 issue a programme in time and one five days late; the communes
//! register their key tasks. The matrix and the lag are right on each of five days.
//!
//! The same story, with the demo's own communes, is a script in the README.

use crate::harness::World;
use serde_json::{Value, json};

const COMMUNES: [&str; 13] =
    ["X01", "X02", "X03", "X04", "X05", "X06", "X07", "X08", "X09", "X10", "X11", "X12", "X13"];
/// The commune that is late.
const LATE: &str = "X13";
const AGENCIES: [&str; 2] = ["VP", "BTC"];

/// Posts what must succeed.
async fn post(world: &World, who: &str, path: &str, body: Value) -> Value {
    let answer = world.as_(who).await.post(&format!("/api/v1/{path}"), body).await;
    assert!(answer.status < 300, "{who} {path}: {} {}", answer.status, answer.body);
    answer.body
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

async fn district() -> World {
    let mut world = World::empty().await;
    world.add_unit("HU", "district", "party_committee", "").await;
    for commune in COMMUNES {
        world.add_unit(commune, "commune", "party_committee", "HU").await;
    }
    for agency in AGENCIES {
        world.add_unit(agency, "district", "party_agency", "HU").await;
    }
    world
}

/// The congress resolution with a target, issued on 12 October and sent on the 15th: to be received by
/// the 18th, studied by the 30th, made a programme by 15 November.
struct Resolution {
    paper: String,
    target: String,
    receipts: Vec<(String, String)>,
}

async fn dispatched(world: &World) -> Resolution {
    let body = json!({"type": "NQ", "issuer_unit_id": world.unit("HU"), "issued_on": "2023-10-12",
        "title": "Nghị quyết Đại hội Đảng bộ huyện Mỏ Cày Bắc lần thứ XII", "status": "issued"});
    let paper = id(&post(world, "officer@HU", "documents", body).await);
    let items = json!({"items": [{"kind": "target", "text": "95% người dân tham gia bảo hiểm y tế."}]});
    let made = post(world, "officer@HU", &format!("documents/{paper}/items"), items).await;
    let target = made["items"][0]["id"].as_str().unwrap().to_owned();
    let units: Vec<String> = COMMUNES.iter().chain(&AGENCIES).map(|code| world.unit(code)).collect();
    let body = json!({"unit_ids": units, "receipt_due_on": "2023-10-18", "study_due_on": "2023-10-30",
        "programme_due_on": "2023-11-15"});
    let sent = post(world, "officer@HU", &format!("documents/{paper}/dispatches"), body).await;
    let receipts = sent["sent"].as_array().unwrap().iter().map(|one| {
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        (word(&one["unit"]["code"]), word(&one["receipt_id"]))
    });
    Resolution { receipts: receipts.collect(), paper, target }
}

/// Everybody takes it in; the second agency has nothing to put into practice.
async fn received(world: &World, resolution: &Resolution) {
    for (code, receipt) in &resolution.receipts {
        post(world, &format!("officer@{code}"), &format!("receipts/{receipt}/receive"), json!({})).await;
        if code == "BTC" {
            let why = json!({"reason": "Thực hiện theo chương trình của Huyện ủy"});
            post(world, "leader@HU", &format!("receipts/{receipt}/exempt"), why).await;
        }
    }
}

/// A commune studies it in one class, 18 of its 20 cadres and members and "over" so many.
async fn studied(world: &World, resolution: &Resolution, code: &str, day: &str) {
    let officer = format!("officer@{code}");
    let plan = json!({"waves": [{"audience": "cadres_and_members",
        "planned": [{"class": "cadres_civil_servants", "value": 20}]}]});
    let path = format!("documents/{}/disseminations", resolution.paper);
    let study = id(&post(world, &officer, &path, plan).await);
    let class = json!({"audience": "cadres_and_members", "form": "class", "held_on": day,
        "attendance": [{"class": "cadres_civil_servants", "attended": 18, "qualifier": "over"}]});
    post(world, &officer, &format!("disseminations/{study}/sessions"), class).await;
    let path = format!("disseminations/{study}/waves/cadres_and_members/complete");
    post(world, &officer, &path, json!({"completed_on": day})).await;
}

/// A commune draws up its programme of two items, takes up what the district says of it, adopts it by its
/// collective and issues it; gives the tasks that became of the items.
async fn issued(world: &World, resolution: &Resolution, code: &str) -> Vec<String> {
    let (officer, leader) = (format!("officer@{code}"), format!("leader@{code}"));
    let parents = json!([{"document_id": resolution.paper, "relation": "concretises"}]);
    let body = json!({"unit_id": world.unit(code), "title": format!("Chương trình hành động của {code}"),
        "year": 2023, "parents": parents});
    let programme = id(&post(world, &officer, "programmes", body).await);
    let at = |step: &str| format!("programmes/{programme}/{step}");
    let item = |text: &str, priority: i64, due: &str| {
        json!({"text": text, "class": "key", "priority": priority, "start_on": "2023-11-01", "due_on": due,
            "lead_collective": "Ủy ban nhân dân xã", "lead_individual": "Phó Bí thư Đảng ủy",
            "resolution_item_ids": [resolution.target]})
    };
    let items = json!({"items": [item("Vận động nhân dân tham gia bảo hiểm y tế", 1, "2023-11-20"),
        item("Lập danh sách hộ chưa tham gia", 2, "2024-06-30")]});
    let items = post(world, &officer, &at("items"), items).await;
    let first = items["items"][0]["id"].as_str().unwrap();
    post(world, &officer, &at("submit-for-review"), json!({})).await;
    post(world, &officer, &at("send-to-superior"), json!({})).await;
    let say = json!({"text": "Nêu rõ số hộ", "item_id": first});
    let comment = id(&post(world, "officer@HU", &at("comments"), say).await);
    post(world, "officer@HU", &at("return-comments"), json!({})).await;
    // Not before it is answered.
    let vote = json!({"body": "collective", "eligible": 15, "present": 14, "in_favour": 14, "against": 0,
        "abstained": 0});
    let early = world.as_(&leader).await.post(&format!("/api/v1/{}", at("adopt")), vote.clone()).await;
    assert_eq!(early.status, 409, "{}", early.body);
    let answer = json!({"answer": "accepted", "text": "Tiếp thu: 312 hộ"});
    post(world, &officer, &format!("programme-comments/{comment}/answer"), answer).await;
    post(world, &officer, &at("revise"), json!({})).await;
    post(world, &leader, &at("adopt"), vote).await;
    let paper = post(world, &leader, &at("issue"), json!({"number_text": "01-CTr/ĐU"})).await;
    let again = post(world, &leader, &at("issue"), json!({"number_text": "01-CTr/ĐU"})).await;
    assert_eq!(paper["tasks"], again["tasks"]);
    let tasks = paper["tasks"].as_array().unwrap().iter();
    tasks.map(|task| task["task_id"].as_str().unwrap().to_owned()).collect()
}

/// The units register their key tasks in a round; all but the late one are accepted.
async fn registered(world: &World, resolution: &Resolution) -> usize {
    let units: Vec<String> = COMMUNES.iter().chain(&AGENCIES).map(|code| world.unit(code)).collect();
    let round = json!({"document_id": resolution.paper, "title": "Đăng ký đầu việc trọng tâm", "unit_ids": units,
        "opens_on": "2023-11-01", "closes_on": "2023-11-30",
        "quotas": [{"level": "commune", "min": 2, "max": 3}, {"kind": "party_agency", "min": 1, "max": 5}]});
    let round = id(&post(world, "leader@HU", "registration-rounds", round).await);
    let mut made = 0;
    for code in COMMUNES.iter().chain(&AGENCIES).filter(|code| **code != LATE) {
        let officer = format!("officer@{code}");
        let path = format!("registration-rounds/{round}/registrations");
        let registration = id(&post(world, &officer, &path, json!({})).await);
        let line = |title: &str| {
            json!({"title": title, "class": "key", "field": "society", "due_on": "2024-12-31", "expected_product": "Báo cáo",
                "lead_individual": "Bí thư", "resolution_item_ids": [resolution.target]})
        };
        let lines = json!({"lines": [line("Xây dựng nông thôn mới nâng cao"), line("Chuyển đổi số")]});
        post(world, &officer, &format!("registrations/{registration}/lines"), lines).await;
        let handed = post(world, &officer, &format!("registrations/{registration}/submit"), json!({})).await;
        assert_eq!(handed["quota"]["verdict"], "within", "{handed}");
        let path = format!("registrations/{registration}/accept");
        let accepted = post(world, "leader@HU", &path, json!({})).await;
        assert_eq!(accepted["task_ids"], post(world, "leader@HU", &path, json!({})).await["task_ids"]);
        made += accepted["task_ids"].as_array().unwrap().len();
    }
    made
}

async fn matrix(world: &World, resolution: &Resolution, day: &str) -> Value {
    let path = format!("/api/v1/reports/coverage?document_id={}&as_of={day}&explain=true", resolution.paper);
    world.as_("leader@HU").await.get(&path).await.expect(200).body
}

fn figures(matrix: &Value) -> [i64; 9] {
    let total = |name: &str| matrix["total"][name].as_i64().unwrap();
    ["units", "received", "studied", "missing", "missing_overdue", "late", "issued", "tasks", "overdue"]
        .map(total)
}

fn row<'a>(matrix: &'a Value, code: &str) -> &'a Value {
    matrix["rows"].as_array().unwrap().iter().find(|row| row["unit"]["code"] == code).unwrap()
}

#[actix_web::test]
async fn a_resolution_becomes_the_work_of_thirteen_communes_and_the_matrix_is_right_on_each_of_five_days() {
    let world = district().await;
    let resolution = dispatched(&world).await;
    world.go_to("2023-10-17").await;
    received(&world, &resolution).await;
    world.go_to("2023-10-28").await;
    for code in COMMUNES {
        studied(&world, &resolution, code, "2023-10-28").await;
    }
    world.go_to("2023-11-10").await;
    let registered = registered(&world, &resolution).await;
    assert_eq!(registered, 28);
    for code in COMMUNES.iter().chain(&["VP"]).filter(|code| **code != LATE) {
        assert_eq!(issued(&world, &resolution, code).await.len(), 2);
    }
    world.go_to("2023-11-20").await;
    let tasks = issued(&world, &resolution, LATE).await;
    world.go_to("2023-11-25").await;

    // units, received, studied, missing, missing past the deadline, late, issued, tasks, overdue
    for (day, expected) in [
        ("2023-10-14", [0; 9]),
        ("2023-10-16", [15, 0, 0, 15, 0, 0, 0, 0, 0]),
        ("2023-10-31", [14, 14, 13, 14, 0, 0, 0, 0, 0]),
        ("2023-11-16", [14, 14, 13, 1, 1, 0, 13, 28 + 26, 0]),
        ("2023-11-25", [14, 14, 13, 0, 0, 1, 13, 28 + 28, 14]),
    ] {
        assert_eq!(figures(&matrix(&world, &resolution, day).await), expected, "{day}");
    }
    // The one that is late: missing with a growing lag, then late for good.
    for (day, state, lag, late) in [
        ("2023-10-16", "missing", 4, None),
        ("2023-10-31", "missing", 19, None),
        ("2023-11-16", "missing", 35, Some(1)),
        ("2023-11-25", "late", 39, Some(5)),
    ] {
        let matrix = matrix(&world, &resolution, day).await;
        let programme = &row(&matrix, LATE)["programme"];
        let told = (programme["state"].as_str().unwrap(), programme["lag_days"].as_i64().unwrap());
        assert_eq!((told, programme["days_late"].as_i64()), ((state, lag), late), "{day}");
        // Who is missing stands first.
        assert!(state != "missing" || matrix["rows"][0]["programme"]["state"] == "missing");
    }
    let last = matrix(&world, &resolution, "2023-11-25").await;
    let first = row(&last, "X01");
    assert_eq!(first["programme"]["lag_days"], 29);
    assert_eq!(first["dissemination"], json!({"num": 18, "den": 20, "value": 90}));
    assert_eq!(first["study"]["completed_on"], "2023-10-28");
    let exempt = &row(&last, "BTC")["programme"];
    assert_eq!(
        (&exempt["state"], &exempt["reason"]),
        (&json!("not_applicable"), &json!("Thực hiện theo chương trình của Huyện ủy"))
    );
    origins(&world, &resolution, &tasks).await;
}

/// From the target down to the tasks of every commune, and from a task back to the resolution.
async fn origins(world: &World, resolution: &Resolution, tasks: &[String]) {
    let leader = world.as_("leader@HU").await;
    let thread =
        leader.get(&format!("/api/v1/resolution-items/{}/thread", resolution.target)).await.expect(200);
    assert_eq!(thread.body["tasks"].as_array().unwrap().len(), 56);
    let task = leader.get(&format!("/api/v1/tasks/{}", tasks[0])).await.expect(200).body;
    assert_eq!((&task["source"]["kind"], &task["unit"]["code"]), (&json!("programme_item"), &json!(LATE)));
    let origins = leader.get(&format!("/api/v1/tasks/{}/origins", tasks[0])).await.expect(200).body;
    let papers: Vec<&Value> =
        origins["documents"]["nodes"].as_array().unwrap().iter().map(|node| &node["id"]).collect();
    assert!(papers.contains(&&json!(resolution.paper)), "{origins}");
    // The same number in the list behind the figure, and in the roll-up, where each counts once.
    let list = format!("/api/v1/tasks?under_document_id={}&limit=200", resolution.paper);
    assert_eq!(leader.get(&list).await.expect(200).body["items"].as_array().unwrap().len(), 56);
    let rollup = format!("/api/v1/reports/task-rollup?unit_id={}&by=none", world.unit("HU"));
    assert_eq!(leader.get(&rollup).await.expect(200).body["rolled_up"]["total"], 56);
}
