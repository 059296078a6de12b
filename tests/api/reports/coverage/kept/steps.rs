//! Everything that happens to tasks and to what they serve, as the dice fall; what is refused is refused.

use super::super::{day, superior};
use crate::{dice::Dice, harness::World};
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

const UNITS: [&str; 5] = ["A", "A1", "A2", "B", "B1"];
/// What comes next in a life, the most likely more than once.
fn commands(status: &str) -> &'static [&'static str] {
    match status {
        "registered" => &["accept", "accept", "return", "return"],
        "returned" => &["resubmit"],
        "accepted" => &["start", "start", "start", "cancel"],
        "in_progress" => &["submit", "submit", "submit", "submit", "cancel"],
        "submitted" => &["confirm", "confirm", "confirm", "return"],
        "completed" => &["reopen", "close"],
        _ => &["reopen"],
    }
}

/// Who acts for a unit; nobody ever does in the one that will close.
fn hand(role: &str, unit: &str) -> String {
    format!("{role}@{}", if unit == "A2" { "A" } else { unit })
}

/// What there is.
#[derive(Default)]
pub struct Place {
    pub tasks: Vec<(String, &'static str)>,
    pub papers: Vec<String>,
    pub items: Vec<String>,
    pub today: NaiveDate,
    /// What was sent back comes again next.
    returned: Option<(String, &'static str)>,
}

impl Place {
    /// Three documents, one putting another into practice, with an item.
    pub async fn begin(world: &World, dice: &mut Dice) -> Self {
        let mut place = Self { today: day(0), ..Self::default() };
        for _ in 0..3 {
            place.paper(world, dice).await;
        }
        for _ in 0..4 {
            place.assign(world, dice).await;
            place.item(world, dice).await;
        }
        place
    }

    /// Something happens.
    pub async fn step(&mut self, world: &World, dice: &mut Dice) {
        match dice.below(26_usize) {
            0..=3 => self.assign(world, dice).await,
            4..=11 => self.command(world, dice).await,
            12 | 13 => self.relink(world, dice).await,
            14 => self.name(world, dice).await,
            15 | 16 => self.extend(world, dice).await,
            17 => self.report(world, dice).await,
            18 => self.delete(world, dice).await,
            19 => self.plan(world, dice).await,
            20 => self.paper(world, dice).await,
            21 => self.reparent(world, dice).await,
            22 => self.unsay(world, dice).await,
            23 => self.item(world, dice).await,
            24 => self.load(world, dice).await,
            _ => {
                self.today += TimeDelta::days(1);
                world.go_to(&self.today.to_string()).await;
            }
        }
    }

    /// Some records to serve.
    fn parents(&self, dice: &mut Dice) -> Vec<Value> {
        let mut parents: Vec<Value> = Vec::new();
        for _ in 0..dice.below(4_usize) {
            let (kind, id) = match dice.below(5_usize) {
                0 | 1 => ("document", self.papers[dice.below(self.papers.len())].clone()),
                2 if !self.items.is_empty() => {
                    ("resolution_item", self.items[dice.below(self.items.len())].clone())
                }
                _ if !self.tasks.is_empty() => ("task", self.tasks[dice.below(self.tasks.len())].0.clone()),
                _ => continue,
            };
            let one = json!({"kind": kind, "id": id});
            if !parents.contains(&one) {
                parents.push(one);
            }
        }
        parents
    }

    async fn assign(&mut self, world: &World, dice: &mut Dice) {
        let unit = dice.pick(&UNITS);
        let (registers, due) = (dice.below(2_usize) == 0, self.today + TimeDelta::days(dice.below(4_i64)));
        let mut body = json!({"title": "Vận động", "unit_id": world.unit(unit), "class": "key",
            "due_on": due, "parents": self.parents(dice)});
        if dice.below(4_usize) == 0 {
            body["document_id"] = json!(self.papers[dice.below(self.papers.len())]);
        }
        let who = if registers { hand("officer", unit) } else { format!("leader@{}", superior(unit)) };
        // A rehearsal leaves nothing.
        let query = if dice.below(6_usize) == 0 { "?dry_run=true" } else { "" };
        let made = world.as_(&who).await.post(&format!("/api/v1/tasks{query}"), body).await;
        if made.status == 201 && query.is_empty() {
            self.tasks.push((made.id(), unit));
        }
    }

    fn task(&self, dice: &mut Dice) -> (String, &'static str) {
        self.tasks[dice.below(self.tasks.len())].clone()
    }

    async fn command(&mut self, world: &World, dice: &mut Dice) {
        let (task, unit) = self.returned.take().unwrap_or_else(|| self.task(dice));
        let shown = world.as_("leader@D").await.get(&format!("/api/v1/tasks/{task}")).await;
        let command = dice.pick(commands(shown.body["status"].as_str().unwrap_or_default()));
        let own = matches!(command, "start" | "submit" | "resubmit");
        let who = if own { hand("officer", unit) } else { format!("leader@{}", superior(unit)) };
        let body = match command {
            "return" | "cancel" | "reopen" => json!({"reason": "Rà soát lại"}),
            "confirm" => json!({"result": "met"}),
            _ => json!({}),
        };
        let done = world.as_(&who).await.post(&format!("/api/v1/tasks/{task}/{command}"), body).await;
        if done.body["status"] == "returned" {
            self.returned = Some((task, unit));
        }
    }

    /// Changes a task as it stands, as who may do so.
    async fn patch(&self, world: &World, (task, unit): (String, &str), body: Value) {
        let path = format!("/api/v1/tasks/{task}");
        let shown = world.as_("leader@D").await.get(&path).await;
        if let Some(version) = shown.body["version"].as_i64() {
            let who = format!("leader@{}", superior(unit));
            world.as_(&who).await.patch(&path, version, body).await;
        }
    }

    async fn relink(&self, world: &World, dice: &mut Dice) {
        self.patch(world, self.task(dice), json!({"parents": self.parents(dice)})).await;
    }

    async fn name(&self, world: &World, dice: &mut Dice) {
        let paper = (dice.below(3_usize) > 0).then(|| &self.papers[dice.below(self.papers.len())]);
        self.patch(world, self.task(dice), json!({"document_id": paper, "weight": 1 + dice.below(3_i64)}))
            .await;
    }

    async fn extend(&self, world: &World, dice: &mut Dice) {
        let (task, unit) = self.task(dice);
        let path = format!("/api/v1/tasks/{task}/extensions");
        let body =
            json!({"new_due_on": self.today + TimeDelta::days(1 + dice.below(6_i64)), "reason": "Mưa bão"});
        let asked = world.as_(&hand("officer", unit)).await.post(&path, body).await;
        if asked.status == 201 && dice.below(5_usize) > 0 {
            let decision = dice.pick(&["approve", "reject"]);
            let who = format!("leader@{}", superior(unit));
            let said = if decision == "approve" { "comment" } else { "reason" };
            let body = json!({said: "Đã xem xét"});
            world.as_(&who).await.post(&format!("{path}/{}/{decision}", asked.id()), body).await;
        }
    }

    async fn report(&self, world: &World, dice: &mut Dice) {
        let (task, unit) = self.task(dice);
        let body = json!({"progress": dice.below(100_i64), "note": "Đã vận động"});
        let path = format!("/api/v1/tasks/{task}/progress-reports");
        world.as_(&hand("officer", unit)).await.post(&path, body).await;
    }

    async fn delete(&self, world: &World, dice: &mut Dice) {
        // Only a proposal can be: look for one.
        for (task, unit) in self.tasks.iter().rev().take(8) {
            let path = format!("/api/v1/tasks/{task}");
            let shown = world.as_("leader@D").await.get(&path).await;
            if shown.body["status"] == "registered" && dice.below(2_usize) == 0 {
                let version = shown.body["version"].as_i64().unwrap();
                world.as_(&hand("officer", unit)).await.delete(&path, version).await.expect(204);
                return;
            }
        }
    }

    async fn plan(&self, world: &World, dice: &mut Dice) {
        let (task, unit) = self.task(dice);
        let leader = world.as_(&hand("leader", unit)).await;
        let due = self.today + TimeDelta::days(1);
        let milestone = json!({"title": "Sơ kết", "due_on": due});
        leader.post(&format!("/api/v1/tasks/{task}/milestones"), milestone).await;
        let part = json!({"unit_id": world.unit("B1"), "description": "Cử cán bộ", "due_on": due});
        leader.post(&format!("/api/v1/tasks/{task}/parts"), part).await;
    }

    async fn paper(&mut self, world: &World, dice: &mut Dice) {
        let mut body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": "Nghị quyết",
            "issued_on": "2023-10-10", "status": "issued"});
        body["parents"] = self.above(dice);
        let made = world.as_("officer@D").await.post("/api/v1/documents", body).await;
        if made.status == 201 {
            self.papers.push(made.id());
        }
    }

    /// What a document goes back to.
    fn above(&self, dice: &mut Dice) -> Value {
        let relation = dice.pick(&["concretises", "implements", "amends"]);
        let above = (!self.papers.is_empty() && dice.below(4_usize) > 0).then(
            || json!({"document_id": self.papers[dice.below(self.papers.len())], "relation": relation}),
        );
        Value::from_iter(above)
    }

    async fn reparent(&self, world: &World, dice: &mut Dice) {
        let path = format!("/api/v1/documents/{}", self.papers[dice.below(self.papers.len())]);
        let officer = world.as_("officer@D").await;
        if let Some(version) = officer.get(&path).await.body["version"].as_i64() {
            officer.patch(&path, version, json!({"parents": self.above(dice)})).await;
        }
    }

    /// A document or an item goes, if nothing names it.
    async fn unsay(&self, world: &World, dice: &mut Dice) {
        let officer = world.as_("officer@D").await;
        let items = self.items.iter().map(|item| format!("/api/v1/resolution-items/{item}"));
        let papers = self.papers.iter().skip(1).map(|paper| format!("/api/v1/documents/{paper}"));
        let all: Vec<String> = items.chain(papers).collect();
        let path = &all[dice.below(all.len())];
        if let Some(version) = officer.get(path).await.body["version"].as_i64() {
            officer.delete(path, version).await;
        }
    }

    async fn item(&mut self, world: &World, dice: &mut Dice) {
        let officer = world.as_("officer@D").await;
        if !self.items.is_empty() && dice.below(2_usize) == 0 {
            let path = format!("/api/v1/resolution-items/{}", self.items[dice.below(self.items.len())]);
            if let Some(version) = officer.get(&path).await.body["version"].as_i64() {
                let text = format!("{}% người dân", dice.below(100_i64));
                officer.patch(&path, version, json!({"text": text, "reason": "Sửa lỗi"})).await;
            }
            return;
        }
        let path = format!("/api/v1/documents/{}/items", self.papers[dice.below(self.papers.len())]);
        let made = officer.post(&path, json!({"items": [{"kind": "target", "text": "95% người dân"}]})).await;
        self.items.extend(made.body["items"][0]["id"].as_str().map(str::to_owned));
    }

    /// A task of the old books comes in.
    async fn load(&mut self, world: &World, dice: &mut Dice) {
        let (id, unit) = (tiendo::ids::Id::new().to_string(), dice.pick(&UNITS));
        let data = json!({"id": id, "title": "Xây dựng đường", "class": "key", "unit_id": world.unit(unit),
            "due_on": day(dice.below(4_i64)), "status": "accepted", "parents": self.parents(dice)});
        let at = format!("{}T10:00:00+07:00", day(-1));
        let line = json!({"op": "task.load", "at": at, "data": data}).to_string();
        let caller = world.as_("admin@D").await.with("content-type", "application/x-ndjson");
        let told = caller
            .send_bytes(actix_web::http::Method::POST, "/api/v1/imports", line.into())
            .await
            .expect(200);
        if told.body["accepted"] == 1 {
            self.tasks.push((id, unit));
        }
    }

    /// A branch closes; the other one takes over.
    pub async fn close(&mut self, world: &World) {
        let body = json!({"on": self.today, "reason": "Sáp nhập", "successor_ids": [world.unit("A1")]});
        let path = format!("/api/v1/org-units/{}/close", world.unit("A2"));
        world.root().await.post(&path, body).await.expect(200);
        for (_, unit) in self.tasks.iter_mut().filter(|(_, unit)| *unit == "A2") {
            *unit = "A1";
        }
    }
}
