//! What a programme repeats, before anybody adopts it.

use super::{PATH, add, at, draft, paper, show, step, vote, whole, with};
use crate::{
    documents::likeness::{COMMUNES, OBJECTIVES, copied, honest},
    harness::World,
};
use serde_json::{Value, json};

const CODES: [&str; 13] = ["X0", "X1", "X2", "X3", "X4", "X5", "X6", "X7", "X8", "X9", "X10", "X11", "X12"];

/// A resolution of D: half of its objectives stand in its text, the others are its clauses only.
async fn resolution(world: &World) -> String {
    let id = paper(world, "D", json!({"content": OBJECTIVES[..2].join(";\n")})).await;
    let clause = |text: &&str| json!({"kind": "objective", "text": text});
    let clauses: Vec<Value> = OBJECTIVES[2..].iter().map(clause).collect();
    let officer = world.as_("officer@D").await;
    officer.post(&format!("/api/v1/documents/{id}/items"), json!({"items": clauses})).await.expect(201);
    id
}

fn from(document: &str) -> Value {
    json!({"parents": [{"document_id": document, "relation": "concretises"}]})
}

/// A draft of a unit that puts the resolution into practice.
async fn made(world: &World, unit: &str, above: &str, items: &[String]) -> String {
    let id = draft(world, unit, from(above)).await;
    let items: Vec<Value> = items.iter().map(|text| whole(json!({"text": text}))).collect();
    add(world, unit, &id, json!(items)).await;
    id
}

async fn alike(world: &World, who: &str, id: &str) -> Value {
    world.as_(who).await.get(&format!("{}/likeness", at(id))).await.expect(200).body
}

fn warned(found: &Value) -> Vec<&str> {
    let all = found["siblings"].as_array().unwrap().iter().filter(|one| one["warns"] == true);
    all.map(|one| one["sibling"]["id"].as_str().unwrap()).collect()
}

/// Thirteen communes with a draft each, of which the fifth copies the second.
async fn thirteen(world: &mut World) -> (String, Vec<String>) {
    let root = world.root().await;
    let mut places = Vec::new();
    for (code, name) in CODES.into_iter().zip(COMMUNES) {
        let unit = json!({"code": code, "name": format!("Đảng ủy xã {name}"), "level": "commune",
            "kind": "party_committee", "parent_id": world.unit("D")});
        let id = root.post("/api/v1/org-units", unit).await.expect(201).id();
        places.push((code, world.place(&id).await));
    }
    drop(root);
    world.units.extend(places);
    let above = resolution(world).await;
    let mut ids = Vec::new();
    for (n, code) in CODES.iter().enumerate() {
        let items = if n == 4 { copied(&honest(1), COMMUNES[1], COMMUNES[4]) } else { honest(n) };
        ids.push(made(world, code, &above, &items).await);
    }
    (above, ids)
}

#[actix_web::test]
async fn of_thirteen_drafts_exactly_the_two_copies_are_flagged() {
    let mut world = World::new().await;
    let (above, ids) = thirteen(&mut world).await;
    for (n, id) in ids.iter().enumerate() {
        let found = alike(&world, "leader@D", id).await;
        assert_eq!(found["compared"], json!({"parents": 1, "siblings": 12, "truncated": false}));
        let expected: &[&str] = match n {
            1 => &[&ids[4]],
            4 => &[&ids[1]],
            _ => &[],
        };
        assert_eq!(
            (warned(&found), &found["warns"]),
            (expected.to_vec(), &json!(!expected.is_empty())),
            "{n}"
        );
        // All quote their parent, in its text and in its clauses, and none is blamed for it.
        let parent = &found["parents"][0];
        assert_eq!((&parent["document"]["id"], &parent["warns"]), (&json!(above), &json!(false)));
        assert_eq!(parent["passages"].as_array().unwrap().len(), 4, "{n}: {parent:#}");
        assert_eq!(found["items"].as_array().unwrap().len(), 13);
    }
    // Nine items were copied from the last to the first, then come the quotations.
    let found = alike(&world, "leader@D", &ids[4]).await;
    let first = &found["siblings"][0];
    assert_eq!((&first["share"]["value"], &first["sibling"]["kind"]), (&json!(100), &json!("programme")));
    assert_eq!((&first["sibling"]["unit"]["code"], first["sibling"].get("document")), (&json!("X1"), None));
    for (i, item) in found["items"].as_array().unwrap().iter().enumerate() {
        assert_eq!(item["ordinal"], i + 1);
        let told = (&item["of_parents"]["value"], &item["of_siblings"]["value"], &item["warns"]);
        if i < 9 {
            assert_eq!(told, (&json!(0), &json!(100), &json!(true)), "{item:#}");
            assert_eq!(item["most_like"]["sibling"], first["sibling"]);
        } else {
            assert_eq!(told, (&json!(100), &Value::Null, &json!(false)), "{item:#}");
            assert_eq!(item["most_like"], Value::Null);
        }
    }
    let few = world.as_("leader@D").await.get(&format!("{}/likeness?limit=2", at(&ids[4]))).await.expect(200);
    let first = &few.body["siblings"][0];
    assert_eq!((first["passages"].as_array().unwrap().len(), &first["truncated"]), (2, &json!(true)));
    assert_eq!(few.body["items"], found["items"]);
    // Its own commune sees what it quotes, and nothing of the drafts of others.
    let own = alike(&world, "officer@X4", &ids[4]).await;
    assert_eq!(own["compared"], json!({"parents": 1, "siblings": 0, "truncated": false}));
    assert_eq!((&own["siblings"], &own["warns"]), (&json!([]), &json!(false)));
    assert_eq!((&own["parents"], &own["items"][12]), (&found["parents"], &found["items"][12]));
    assert!(own["items"].as_array().unwrap().iter().all(|item| item["most_like"].is_null()));
    world.as_("leader@X1").await.get(&format!("{}/likeness", at(&ids[4]))).await.expect(404);
}

const MINE: [&str; 3] = [
    "Nạo vét tuyến kênh nội đồng phía sau trường mẫu giáo trước mùa mưa",
    "Bê tông hóa con đường liên ấp qua chợ cũ bằng nguồn vốn sự nghiệp giao thông",
    "Trồng mới vườn dừa lão năng suất thấp gắn với tổ hợp tác chăn nuôi bò vỗ béo",
];

/// A share without its value, which is rounded.
fn bare(share: &Value) -> (usize, usize) {
    let whole = |name: &str| usize::try_from(share[name].as_u64().unwrap()).unwrap();
    (whole("num"), whole("den"))
}

#[actix_web::test]
async fn an_item_is_told_what_it_quotes_what_it_copies_and_from_whom() {
    let world = World::new().await;
    let above = resolution(&world).await;
    let mixed = format!("{}. {}. {}", OBJECTIVES[0], MINE[0], MINE[1]);
    let fresh = "Khảo sát, lập dự toán cầu ván bắc qua rạch Cái Cấm sau khi lấy ý kiến các hộ có đất";
    let all = [mixed, fresh.to_owned(), "Ngắn".to_owned(), format!("{}; {fresh}", MINE[2])];
    let own = made(&world, "A", &above, &all).await;
    let programme = made(&world, "B", &above, &[MINE[0].to_uppercase()]).await;
    let document = paper(&world, "B", with(from(&above), &json!({"content": MINE[..2].join("\n")}))).await;
    let found = alike(&world, "leader@D", &own).await;
    assert_eq!(found["compared"]["siblings"], 2);
    let words = |text: &str| text.split_whitespace().count();
    let (quoted, one, two) = (words(OBJECTIVES[0]), words(MINE[0]), words(MINE[1]));
    let item = &found["items"][0];
    assert_eq!(item["words"], quoted + one + two);
    assert_eq!(bare(&item["of_parents"]), (quoted, quoted + one + two));
    assert_eq!((bare(&item["of_siblings"]), &item["warns"]), ((one + two, one + two), &json!(true)));
    let like = &item["most_like"];
    assert_eq!((&like["sibling"]["kind"], &like["sibling"]["id"]), (&json!("document"), &json!(document)));
    assert_eq!(bare(&like["share"]), (one + two, one + two));
    // What is new or short says nothing.
    for i in 1..4 {
        let item = &found["items"][i];
        assert_eq!((&item["warns"], &item["most_like"]), (&json!(false), &Value::Null), "{item:#}");
    }
    assert_eq!(
        (&found["items"][2]["words"], &found["items"][2]["of_siblings"]["value"]),
        (&json!(0), &Value::Null)
    );
    let order: Vec<&Value> =
        found["siblings"].as_array().unwrap().iter().map(|one| &one["sibling"]["id"]).collect();
    assert_eq!(order, [&json!(document), &json!(programme)]);
    // Once the programme is out, its paper is not compared beside it.
    step(&world, "officer@B", &programme, "submit-for-review", json!({})).await.expect(200);
    step(&world, "leader@B", &programme, "adopt", vote()).await.expect(200);
    let number = json!({"number_text": "05-CTr/ĐU"});
    step(&world, "leader@B", &programme, "issue", number).await.expect(200);
    assert_eq!(alike(&world, "leader@D", &own).await, found);
}

#[actix_web::test]
async fn a_step_of_the_roadmap_is_compared_with_its_item() {
    let world = World::new().await;
    let above = resolution(&world).await;
    let own = draft(&world, "A", from(&above)).await;
    let roadmap = json!([{"title": MINE[1], "due_on": "2024-01-31"}]);
    add(&world, "A", &own, json!([whole(json!({"text": MINE[0], "roadmap": roadmap})), {"text": MINE[2]}]))
        .await;
    made(&world, "B", &above, &[MINE[1].replace("liên ấp", "liên xã")]).await;
    let found = alike(&world, "inspector@D", &own).await;
    let words = |text: &str| text.split_whitespace().count();
    let share = bare(&found["items"][0]["of_siblings"]);
    assert_eq!(share, (words(MINE[1]), words(MINE[0]) + words(MINE[1])));
    assert_eq!(bare(&found["items"][0]["most_like"]["share"]), share);
    assert_eq!(found["items"][1]["most_like"], Value::Null);
}

#[actix_web::test]
async fn who_has_nothing_but_the_parent_is_warned_and_adopts_all_the_same() {
    let world = World::new().await;
    let above = resolution(&world).await;
    let quoted: Vec<String> = OBJECTIVES.iter().rev().map(|text| text.replace("huyện", "xã")).collect();
    let id = made(&world, "A", &above, &quoted).await;
    let found = alike(&world, "officer@A", &id).await;
    assert_eq!((&found["parents"][0]["warns"], &found["warns"]), (&json!(true), &json!(true)));
    assert!(found["items"].as_array().unwrap().iter().all(|item| item["warns"] == false));
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "adopt", vote()).await.expect(200);
    assert_eq!(alike(&world, "officer@A", &id).await, found);
    // Nothing it goes back to, nothing to say; and what it is only based on, it was not made from.
    let bare = draft(&world, "A", json!({})).await;
    let none = alike(&world, "officer@A", &bare).await;
    assert_eq!((&none["words"], &none["items"], &none["warns"]), (&json!(0), &json!([]), &json!(false)));
    let based = json!({"parents": [{"document_id": above, "relation": "based_on"}]});
    let based = draft(&world, "B", based).await;
    add(&world, "B", &based, json!([{"text": OBJECTIVES[0]}])).await;
    let none = alike(&world, "leader@D", &based).await;
    assert_eq!(none["compared"], json!({"parents": 0, "siblings": 0, "truncated": false}));
    let leader = world.as_("leader@A").await;
    for limit in ["0", "51", "-1"] {
        leader.get(&format!("{}/likeness?limit={limit}", at(&id))).await.expect(400);
    }
}

#[actix_web::test]
async fn a_programme_that_passed_to_an_heir_is_no_copy_of_its_own_paper() {
    let world = World::new().await;
    let above = resolution(&world).await;
    let id = made(&world, "A", &above, &MINE.map(str::to_owned)).await;
    step(&world, "officer@A", &id, "submit-for-review", json!({})).await.expect(200);
    step(&world, "leader@A", &id, "adopt", vote()).await.expect(200);
    step(&world, "leader@A", &id, "issue", json!({"number_text": "05-CTr/ĐU"})).await.expect(200);
    for (unit, heir) in [("A1", "B1"), ("A2", "B1"), ("A", "B")] {
        let body = json!({"on": "2023-10-15", "reason": "Sáp nhập", "successor_ids": [world.unit(heir)]});
        let path = format!("/api/v1/org-units/{}/close", world.unit(unit));
        world.root().await.post(&path, body).await.expect(200);
    }
    assert_eq!(show(&world, "leader@D", &id).await["unit_id"], world.unit("B"));
    let found = alike(&world, "leader@D", &id).await;
    assert_eq!((&found["compared"]["siblings"], &found["warns"]), (&json!(0), &json!(false)));
}

#[actix_web::test]
async fn two_hundred_siblings_are_compared_in_one_request() {
    let world = World::new().await;
    let above = resolution(&world).await;
    let own = made(&world, "A", &above, &honest(0)).await;
    let officer = world.as_("officer@B").await;
    for n in 0..200 {
        let body =
            with(from(&above), &json!({"unit_id": world.unit("B"), "title": format!("Chương trình {n}")}));
        let id = officer.post(PATH, body).await.expect(201).id();
        let items: Vec<Value> = honest(1 + n % 12).iter().map(|text| json!({"text": text})).collect();
        officer.post(&format!("{}/items", at(&id)), json!({"items": items})).await.expect(201);
    }
    let start = std::time::Instant::now();
    let found = alike(&world, "leader@D", &own).await;
    println!("200 siblings of 13 items: {:?}", start.elapsed());
    assert_eq!(found["compared"], json!({"parents": 1, "siblings": 200, "truncated": false}));
    assert_eq!((found["siblings"].as_array().unwrap().len() <= 10, &found["warns"]), (true, &json!(false)));
}
