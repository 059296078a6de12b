//! What happens in a random story, done over HTTP and remembered.

use super::{Dice, Sent, Story, Study, Task, UNITS, id, post, programme, superior};
use crate::harness::World;
use chrono::NaiveDate;
use serde_json::json;
use std::collections::BTreeSet;

impl Story {
    /// Two papers of the district; the second one has an item.
    pub(super) async fn begin(world: &World) -> (Self, String) {
        let mut story = Self::default();
        for title in ["Nghị quyết về y tế", "Nghị quyết về giao thông"] {
            let body = json!({"type": "NQ", "issuer_unit_id": world.unit("D"), "title": title,
                "issued_on": "2023-10-10", "status": "issued"});
            let made = post(world, "officer@D", "documents", body).await;
            story.papers.push((id(&made), crate::harness::day("2023-10-10")));
        }
        let items = json!({"items": [{"kind": "target", "text": "95% người dân có bảo hiểm y tế."}]});
        let made = post(world, "officer@D", &format!("documents/{}/items", story.papers[1].0), items).await;
        (story, made["items"][0]["id"].as_str().unwrap().to_owned())
    }

    /// Something happens today, whatever the dice say; what cannot happen does not.
    pub(super) async fn step(&mut self, world: &World, dice: &mut Dice, item: &str, today: NaiveDate) {
        let (paper, unit) = (dice.below(2_usize), dice.pick(&UNITS));
        match dice.below(8_usize) {
            0 | 1 => self.send(world, dice, (paper, unit), today).await,
            2 => self.take(world, (paper, unit), today).await,
            3 => self.release(world, dice, (paper, unit), today).await,
            4 => self.study(world, dice, (paper, unit), today).await,
            5 => self.issue(world, dice, unit, today).await,
            6 => self.assign(world, dice, (paper, unit), item, today).await,
            _ => self.finish(world, dice, today).await,
        }
    }

    async fn send(&mut self, world: &World, dice: &mut Dice, pair: (usize, &'static str), today: NaiveDate) {
        if self.sent.contains_key(&pair) {
            return;
        }
        let ahead = |n: usize| (n > 0).then(|| today + chrono::TimeDelta::days(i64::try_from(n).unwrap()));
        let (study_due, programme_due) = (ahead(dice.below(6_usize)), ahead(dice.below(6_usize)));
        let body = json!({"unit_ids": [world.unit(pair.1)], "study_due_on": study_due,
            "programme_due_on": programme_due});
        let made =
            post(world, "officer@D", &format!("documents/{}/dispatches", self.papers[pair.0].0), body).await;
        let receipt = made["sent"][0]["receipt_id"].as_str().unwrap().to_owned();
        self.sent.insert(pair, Sent { on: today, receipt, study_due, programme_due, ..Sent::default() });
    }

    async fn take(&mut self, world: &World, pair: (usize, &'static str), today: NaiveDate) {
        let Some(sent) = self.sent.get_mut(&pair) else { return };
        if sent.received.is_none() && sent.released.is_none() {
            post(
                world,
                &format!("officer@{}", pair.1),
                &format!("receipts/{}/receive", sent.receipt),
                json!({}),
            )
            .await;
            sent.received = Some(today);
        }
    }

    async fn release(
        &mut self,
        world: &World,
        dice: &mut Dice,
        pair: (usize, &'static str),
        today: NaiveDate,
    ) {
        let Some(sent) = self.sent.get_mut(&pair) else { return };
        // Seldom, or little else would be seen.
        if sent.released.is_none() && dice.below(3_usize) == 0 {
            let how = dice.pick(&["exempt", "recall"]);
            let body = json!({"reason": "Không áp dụng"});
            post(world, "leader@D", &format!("receipts/{}/{how}", sent.receipt), body).await;
            sent.released = Some(today);
        }
    }

    async fn study(&mut self, world: &World, dice: &mut Dice, pair: (usize, &'static str), today: NaiveDate) {
        let officer = format!("officer@{}", pair.1);
        if !self.studies.contains_key(&pair) {
            let plan = json!({"waves": [{"audience": "cadres_and_members",
                "planned": [{"class": "party_members", "value": 20}]}]});
            let path = format!("documents/{}/disseminations", self.papers[pair.0].0);
            let made = post(world, &officer, &path, plan).await;
            self.studies.insert(pair, Study { id: id(&made), held: vec![], completed: None });
        }
        let study = self.studies.get_mut(&pair).unwrap();
        if study.completed.is_some() {
            return;
        }
        if study.held.is_empty() || dice.below(2_usize) == 0 {
            let came = dice.below(16_i64);
            let body = json!({"audience": "cadres_and_members", "form": "class", "held_on": today,
                "attendance": [{"class": "party_members", "attended": came}]});
            post(world, &officer, &format!("disseminations/{}/sessions", study.id), body).await;
            study.held.push((today, came));
        } else {
            let path = format!("disseminations/{}/waves/cadres_and_members/complete", study.id);
            post(world, &officer, &path, json!({"completed_on": today})).await;
            study.completed = Some(today);
        }
    }

    async fn issue(&mut self, world: &World, dice: &mut Dice, unit: &'static str, today: NaiveDate) {
        let papers: BTreeSet<usize> = match dice.below(3_usize) {
            0 => [0].into(),
            1 => [1].into(),
            _ => [0, 1].into(),
        };
        let due = today + chrono::TimeDelta::days(3);
        let parents: Vec<String> = papers.iter().map(|paper| self.papers[*paper].0.clone()).collect();
        let task = programme(world, unit, &parents, self.programmes.len() + 1, (today, due)).await;
        self.tasks.push(Task {
            unit,
            serves: papers.clone(),
            made: today,
            due,
            done: None,
            cancelled: None,
            id: task,
        });
        self.programmes.push((papers, unit, today));
    }

    async fn assign(
        &mut self,
        world: &World,
        dice: &mut Dice,
        (paper, unit): (usize, &'static str),
        item: &str,
        today: NaiveDate,
    ) {
        let mut serves = BTreeSet::from([paper]);
        let mut parents = vec![json!({"kind": "document", "id": self.papers[paper].0})];
        if dice.below(2_usize) == 0 {
            serves.insert(1);
            parents.push(json!({"kind": "resolution_item", "id": item}));
        }
        let due = today + chrono::TimeDelta::days(dice.below(5_i64));
        let body = json!({"title": "Vận động", "unit_id": world.unit(unit), "class": "key", "due_on": due, "parents": parents});
        let made = post(world, &format!("leader@{}", superior(unit)), "tasks", body).await;
        self.tasks.push(Task { unit, serves, made: today, due, done: None, cancelled: None, id: id(&made) });
    }

    async fn finish(&mut self, world: &World, dice: &mut Dice, today: NaiveDate) {
        let open: Vec<usize> = (0..self.tasks.len())
            .filter(|i| self.tasks[*i].done.is_none() && self.tasks[*i].cancelled.is_none())
            .collect();
        if open.is_empty() {
            return;
        }
        let task = &mut self.tasks[dice.pick(&open)];
        let (officer, leader) = (format!("officer@{}", task.unit), format!("leader@{}", superior(task.unit)));
        let path = |step: &str| format!("tasks/{}/{step}", task.id);
        if dice.below(3_usize) == 0 {
            post(world, &leader, &path("cancel"), json!({"reason": "Không còn phù hợp"})).await;
            task.cancelled = Some(today);
            return;
        }
        // A registered one is accepted first.
        let shown =
            world.as_(&leader).await.get(&format!("/api/v1/tasks/{}", task.id)).await.expect(200).body;
        if shown["status"] == "registered" {
            post(world, &leader, &path("accept"), json!({})).await;
        }
        post(world, &officer, &path("start"), json!({})).await;
        post(world, &officer, &path("submit"), json!({})).await;
        post(world, &leader, &path("confirm"), json!({"result": "met"})).await;
        task.done = Some(today);
    }
}
