//! A deputy and the holder are one hand: neither judges what the other handed in.

use super::{days, deputies_of, items, lend, stand_in};
use crate::harness::{Caller, World};
use serde_json::{Value, json};

const LEADS: &str = "leader@A";
const GIVES: &str = "leader@D";

/// What was handed in.
struct Work {
    task: String,
    asked: String,
    part: String,
}

/// A world in which D gives work and A does it.
struct Stage {
    world: World,
}

impl Stage {
    async fn new() -> Self {
        Self { world: World::new().await }
    }

    /// Work of A, a request for a later due date and a part of what B leads, handed in by a caller: how
    /// they are judged.
    async fn handed_in(&self, by: &Caller<'_>) -> Work {
        let new = json!({"title": "Tu sửa đường ấp", "unit_id": self.world.unit("A"), "class": "key", "due_on": "2023-12-31"});
        let giver = self.world.as_("leader@D#9").await;
        let mut ids = Vec::new();
        for _ in 0..2 {
            let id = giver.post("/api/v1/tasks", new.clone()).await.expect(201).id();
            by.post(&format!("/api/v1/tasks/{id}/start"), json!({})).await.expect(200);
            ids.push(id);
        }
        by.post(&format!("/api/v1/tasks/{}/submit", ids[0]), json!({})).await.expect(200);
        let asked = format!("/api/v1/tasks/{}/extensions", ids[1]);
        let later = json!({"new_due_on": "2024-03-31", "reason": "Mưa bão"});
        let asked = format!("{asked}/{}", by.post(&asked, later).await.expect(201).id());
        let led_by_b =
            json!({"title": "Tuần tra giáp ranh", "unit_id": self.world.unit("B"), "class": "key"});
        let parts = giver.post("/api/v1/tasks", led_by_b).await.expect(201).id();
        let parts = format!("/api/v1/tasks/{parts}/parts");
        let part = json!({"unit_id": self.world.unit("A"), "description": "Cử lực lượng"});
        let part = format!("{parts}/{}", giver.post(&parts, part).await.expect(201).id());
        by.post(&format!("{part}/progress-reports"), json!({"progress": 100})).await.expect(201);
        by.post(&format!("{part}/submit"), json!({})).await.expect(200);
        Work { task: ids[0].clone(), asked, part }
    }

    /// Judges all of it; the refusals, or none.
    async fn judged(&self, by: &Caller<'_>, Work { task, asked, part }: &Work) -> Vec<String> {
        let shown = by.get(&format!("/api/v1/tasks/{task}")).await.expect(200);
        let offered = shown.body["actions"].as_array().unwrap().iter().find(|a| a["name"] == "confirm");
        let mut refused = vec![offered.unwrap()["because"].as_str().unwrap_or("-").to_owned()];
        for path in [
            format!("/api/v1/tasks/{task}/confirm?dry_run=true"),
            format!("{asked}/approve?dry_run=true"),
            format!("{part}/accept?dry_run=true"),
        ] {
            let answer = by.post(&path, json!({})).await;
            refused.push(if answer.status == 200 { "-".into() } else { answer.code().to_owned() });
        }
        refused
    }

    /// Gives somebody one more assignment and a caller in it.
    async fn also(&self, who: &str, role: &str, unit: &str) -> Caller<'_> {
        let user = self.world.user(who).await.to_string();
        let more = json!({"unit_id": self.world.unit(unit), "role": role});
        let root = self.world.root().await;
        let post = root.post(&format!("/api/v1/users/{user}/assignments"), more).await.expect(201).id();
        let tokens =
            self.world.as_(who).await.post("/api/v1/auth/act-as", json!({"assignment_id": post})).await;
        self.world.bearing(tokens.expect(200).body["access_token"].as_str().unwrap())
    }
}

const OWN: [&str; 4] = ["own_work"; 4];
const FREE: [&str; 4] = ["-"; 4];

#[actix_web::test]
async fn a_deputy_judges_neither_the_own_work_nor_the_holders() {
    let stage = Stage::new().await;
    let world = &stage.world;
    // D's leader also works in A, and so hands in what D gave.
    let holder_in_a = stage.also(GIVES, "officer", "A").await;
    lend(world, GIVES, "officer@A", "2023-10-15", "2023-10-31").await;
    let deputy = stand_in(world, "officer@A", GIVES).await;
    let own = stage.handed_in(&world.as_("officer@A").await).await;
    assert_eq!(stage.judged(&deputy, &own).await, OWN, "what the deputy handed in");
    let holders = stage.handed_in(&holder_in_a).await;
    assert_eq!(stage.judged(&deputy, &holders).await, OWN, "what the holder handed in");
    assert_eq!(stage.judged(&world.as_(GIVES).await, &holders).await, OWN);
    let others = stage.handed_in(&world.as_(LEADS).await).await;
    assert_eq!(stage.judged(&deputy, &others).await, FREE);
    assert_eq!(stage.judged(&world.as_(GIVES).await, &own).await, FREE, "handed in for nobody else");
}

#[actix_web::test]
async fn the_holder_does_not_judge_what_the_deputy_handed_in_for_him() {
    let stage = Stage::new().await;
    let world = &stage.world;
    let holder_in_d = stage.also(LEADS, "leader", "D").await;
    lend(world, LEADS, "officer@A1", "2023-10-15", "2023-10-31").await;
    lend(world, LEADS, "officer@A2", "2023-10-15", "2023-10-31").await;
    let done = stage.handed_in(&stand_in(world, "officer@A1", LEADS).await).await;
    assert_eq!(stage.judged(&holder_in_d, &done).await, OWN);
    let deputy_in_d = stage.also("officer@A1", "leader", "D").await;
    assert_eq!(stage.judged(&deputy_in_d, &done).await, OWN);
    // Another deputy of the same holder has the same hand only while acting for the holder.
    let other_in_d = stage.also("officer@A2", "leader", "D").await;
    assert_eq!(stage.judged(&other_in_d, &done).await, FREE);
    assert_eq!(stage.judged(&world.as_("leader@D").await, &done).await, FREE);
}

#[actix_web::test]
async fn records_show_both_accounts() {
    let stage = Stage::new().await;
    let world = &stage.world;
    lend(world, LEADS, "officer@A1", "2023-10-15", "2023-10-31").await;
    let path = deputies_of(world, GIVES).await;
    world
        .as_(GIVES)
        .await
        .post(&path, days(world, "officer@B", "2023-10-15", "2023-10-31").await)
        .await
        .expect(201);
    let deputy = stand_in(world, "officer@A1", LEADS).await;
    let Work { task, asked, .. } = stage.handed_in(&deputy).await;
    let judge = stand_in(world, "officer@B", GIVES).await;
    judge.post(&format!("{asked}/approve"), json!({})).await.expect(200);
    let list = asked.rsplit_once('/').unwrap().0;
    let extension = items(&deputy.get(list).await.expect(200))[0].clone();
    let reports = format!("{}/progress-reports", list.rsplit_once('/').unwrap().0);
    deputy.post(&reports, json!({"progress": 60})).await.expect(201);
    world.as_("officer@A").await.post(&reports, json!({"progress": 70})).await.expect(201);
    let reports = deputy.get(&reports).await.expect(200);
    let (holder, giver) = (world.user(LEADS).await.to_string(), world.user(GIVES).await.to_string());
    let (by, judged_by) =
        (world.user("officer@A1").await.to_string(), world.user("officer@B").await.to_string());
    let pair =
        |record: &Value, by: &str, on_behalf_of: &str| (record[by].clone(), record[on_behalf_of].clone());
    assert_eq!(pair(&extension, "requested_by", "requested_for"), (json!(by), json!(holder)));
    assert_eq!(pair(&extension, "decided_by", "decided_for"), (json!(judged_by), json!(giver)));
    assert_eq!(pair(&items(&reports)[1], "entered_by", "entered_for"), (json!(by), json!(holder)));
    let plain = world.user("officer@A").await.to_string();
    assert_eq!(pair(&items(&reports)[0], "entered_by", "entered_for"), (json!(plain), Value::Null));
    let history = deputy.get(&format!("/api/v1/tasks/{task}/history")).await.expect(200);
    let names: Vec<&Value> = items(&history).iter().map(|event| &event["on_behalf_of"]["name"]).collect();
    assert_eq!(names, [&Value::Null, &json!(LEADS), &json!(LEADS)]);
}
