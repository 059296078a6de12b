//! The coverage matrix: right on each day of random histories, told by a count made another way.

use crate::harness::World;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const UNITS: [&str; 5] = ["A", "A1", "A2", "B", "B1"];

/// What happened, with its day, as the test itself remembers it.
#[derive(Default)]
struct Story {
    papers: Vec<(String, NaiveDate)>,
    sent: BTreeMap<(usize, &'static str), Sent>,
    studies: BTreeMap<(usize, &'static str), Study>,
    /// Paper, unit, day, the paper it became.
    programmes: Vec<(BTreeSet<usize>, &'static str, NaiveDate)>,
    tasks: Vec<Task>,
}

#[derive(Default, Clone)]
struct Sent {
    on: NaiveDate,
    receipt: String,
    study_due: Option<NaiveDate>,
    programme_due: Option<NaiveDate>,
    received: Option<NaiveDate>,
    released: Option<NaiveDate>,
}

struct Study {
    id: String,
    held: Vec<(NaiveDate, i64)>,
    completed: Option<NaiveDate>,
}

struct Task {
    unit: &'static str,
    serves: BTreeSet<usize>,
    made: NaiveDate,
    due: NaiveDate,
    done: Option<NaiveDate>,
    cancelled: Option<NaiveDate>,
    id: String,
}

/// A small generator: the same seed tells the same story.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(n).unwrap()).unwrap()
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.up_to(of.len())]
    }
}

fn superior(unit: &str) -> &'static str {
    match unit {
        "A" | "B" => "D",
        "B1" => "B",
        _ => "A",
    }
}

fn day(n: i64) -> NaiveDate {
    crate::harness::day("2023-10-15") + chrono::TimeDelta::days(n)
}

async fn post(world: &World, who: &str, path: &str, body: Value) -> Value {
    let answer = world.as_(who).await.post(&format!("/api/v1/{path}"), body).await;
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.body);
    answer.body
}

fn id(body: &Value) -> String {
    body["id"].as_str().unwrap().to_owned()
}

impl Story {
    /// Two papers of the district; the second one has an item.
    async fn begin(world: &World) -> (Self, String) {
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
    async fn step(&mut self, world: &World, dice: &mut Dice, item: &str, today: NaiveDate) {
        let (paper, unit) = (dice.up_to(2), dice.pick(&UNITS));
        match dice.up_to(8) {
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
        let (study_due, programme_due) = (ahead(dice.up_to(6)), ahead(dice.up_to(6)));
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
        if sent.released.is_none() && dice.up_to(3) == 0 {
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
        if study.held.is_empty() || dice.up_to(2) == 0 {
            let came = i64::try_from(dice.up_to(16)).unwrap();
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
        let papers: BTreeSet<usize> = match dice.up_to(3) {
            0 => [0].into(),
            1 => [1].into(),
            _ => [0, 1].into(),
        };
        let parents: Vec<Value> = papers
            .iter()
            .map(|paper| json!({"document_id": self.papers[*paper].0, "relation": "concretises"}))
            .collect();
        let body =
            json!({"unit_id": world.unit(unit), "title": "Chương trình hành động", "parents": parents});
        let officer = format!("officer@{unit}");
        let programme = id(&post(world, &officer, "programmes", body).await);
        let due = today + chrono::TimeDelta::days(3);
        let item = json!({"text": "Vận động tham gia bảo hiểm y tế", "class": "key", "priority": 1,
            "start_on": today, "due_on": due, "lead_collective": "Ủy ban nhân dân xã", "lead_individual": "Phó Bí thư"});
        let path = |step: &str| format!("programmes/{programme}/{step}");
        post(world, &officer, &path("items"), json!({"items": [item]})).await;
        post(world, &officer, &path("submit-for-review"), json!({})).await;
        let body = if unit.len() == 1 { "collective" } else { "members_conference" };
        let vote = json!({"body": body, "eligible": 15, "present": 14, "in_favour": 14, "against": 0, "abstained": 0});
        post(world, &format!("leader@{unit}"), &path("adopt"), vote).await;
        let number = json!({"number_text": format!("{}-CTr/ĐU", self.programmes.len() + 1)});
        let issued = post(world, &format!("leader@{unit}"), &path("issue"), number).await;
        let task = issued["tasks"][0]["task_id"].as_str().unwrap().to_owned();
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
        if dice.up_to(2) == 0 {
            serves.insert(1);
            parents.push(json!({"kind": "resolution_item", "id": item}));
        }
        let due = today + chrono::TimeDelta::days(i64::try_from(dice.up_to(5)).unwrap());
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
        if dice.up_to(3) == 0 {
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

    /// What the matrix has to say, as one line a pair.
    fn told(&self, on: NaiveDate) -> Vec<String> {
        let mut lines = Vec::new();
        for paper in 0..2 {
            for unit in UNITS {
                lines.extend(self.line(paper, unit, on));
            }
        }
        lines.sort();
        lines
    }

    fn line(&self, paper: usize, unit: &'static str, on: NaiveDate) -> Option<String> {
        let sent = self.sent.get(&(paper, unit)).filter(|sent| sent.on <= on);
        let study =
            self.studies.get(&(paper, unit)).filter(|study| study.held.iter().any(|held| held.0 <= on));
        let issued =
            self.programmes.iter().filter(|(of, by, when)| of.contains(&paper) && *by == unit && *when <= on);
        let issued = issued.map(|(_, _, when)| *when).min();
        if sent.is_none() && study.is_none() && issued.is_none() {
            return None;
        }
        let by = |when: Option<NaiveDate>| when.is_some_and(|when| when <= on);
        let free = sent.is_some_and(|sent| by(sent.released));
        let late = |done: Option<NaiveDate>, due: Option<NaiveDate>| {
            let days = (done.unwrap_or(on) - due?).num_days();
            (days > 0 && !free).then_some(days)
        };
        let completed = study.and_then(|study| study.completed).filter(|when| *when <= on);
        let state = match (study, completed) {
            (None, _) => "not_started",
            (Some(_), None) => "in_progress",
            (Some(_), Some(_)) => "completed",
        };
        let came: i64 =
            study.map_or(0, |study| study.held.iter().filter(|held| held.0 <= on).map(|held| held.1).sum());
        let study_late = late(completed, sent.and_then(|sent| sent.study_due));
        let programme_late = late(issued, sent.and_then(|sent| sent.programme_due));
        let programme = match (free, issued, programme_late) {
            (true, ..) => "not_applicable",
            (_, None, _) => "missing",
            (_, Some(_), Some(_)) => "late",
            (_, Some(_), None) => "issued",
        };
        let lag = match (free, issued) {
            (true, None) => None,
            (_, when) => Some((when.unwrap_or(on) - self.papers[paper].1).num_days()),
        };
        let (tasks, overdue) =
            self.counted(&|task| task.serves.contains(&paper) && task.unit.starts_with(unit), on);
        Some(format!(
            "{paper} {unit} received={} {state} {}/{} late={study_late:?} {programme} {issued:?} lag={lag:?} late={programme_late:?} {tasks} {overdue}",
            sent.is_some_and(|sent| by(sent.received)),
            came.min(20),
            if study.is_some() { 20 } else { 0 },
        ))
    }

    /// How many tasks of a kind there are, and how many of them are overdue.
    fn counted(&self, is: &dyn Fn(&Task) -> bool, on: NaiveDate) -> (i64, i64) {
        let by = |when: Option<NaiveDate>| when.is_some_and(|when| when <= on);
        let there: Vec<&Task> =
            self.tasks.iter().filter(|task| is(task) && task.made <= on && !by(task.cancelled)).collect();
        let overdue = there.iter().filter(|task| !by(task.done) && task.due < on);
        (i64::try_from(there.len()).unwrap(), i64::try_from(overdue.count()).unwrap())
    }
}

/// The same lines, of what the service says.
fn lines(story: &Story, matrix: &Value) -> Vec<String> {
    let date = |value: &Value| value.as_str().map(|text| text.parse::<NaiveDate>().unwrap());
    let one = |row: &Value| {
        let paper = story.papers.iter().position(|paper| row["document_id"] == *paper.0).unwrap();
        let (study, programme) = (&row["study"], &row["programme"]);
        format!(
            "{paper} {} received={} {} {}/{} late={:?} {} {:?} lag={:?} late={:?} {} {}",
            row["unit"]["code"].as_str().unwrap(),
            !row["received_at"].is_null(),
            study["state"].as_str().unwrap(),
            row["dissemination"]["num"],
            row["dissemination"]["den"],
            study["days_late"].as_i64(),
            programme["state"].as_str().unwrap(),
            date(&programme["issued_on"]),
            programme["lag_days"].as_i64(),
            programme["days_late"].as_i64(),
            row["tasks"],
            row["overdue"],
        )
    };
    let mut lines: Vec<String> = matrix["rows"].as_array().unwrap().iter().map(one).collect();
    lines.sort();
    lines
}

async fn matrix(world: &World, who: &str, more: &str) -> Value {
    world.as_(who).await.get(&format!("/api/v1/reports/coverage?{more}")).await.expect(200).body
}

#[actix_web::test]
async fn it_agrees_with_a_count_made_another_way_on_every_day_of_random_stories() {
    let most = std::env::var("TIENDO_RANDOM_STORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for seed in 1..=most {
        let world = World::new().await;
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ (seed << 17));
        let (mut story, item) = Story::begin(&world).await;
        for n in 0..10 {
            world.go_to(&day(n).to_string()).await;
            for _ in 0..6 {
                story.step(&world, &mut dice, &item, day(n)).await;
            }
        }
        for n in -2..16 {
            let (a, b) = (&story.papers[0].0, &story.papers[1].0);
            let told = matrix(&world, "leader@D", &format!("document_id={a},{b}&as_of={}", day(n))).await;
            assert_eq!(lines(&story, &told), story.told(day(n)), "story {seed}, {}", day(n));
            sums(&story, &told, day(n));
        }
    }
}

/// The sums agree with the rows, and count each task once.
fn sums(story: &Story, told: &Value, on: NaiveDate) {
    let rows = told["rows"].as_array().unwrap();
    let state = |row: &Value, is: &str| row["programme"]["state"] == is;
    let many = |of: &dyn Fn(&&Value) -> bool| i64::try_from(rows.iter().filter(of).count()).unwrap();
    let total = &told["total"];
    for (name, expected) in [
        ("units", many(&|row| !state(row, "not_applicable"))),
        ("not_applicable", many(&|row| state(row, "not_applicable"))),
        ("missing", many(&|row| state(row, "missing"))),
        ("late", many(&|row| state(row, "late"))),
        ("issued", many(&|row| state(row, "issued"))),
        ("missing_overdue", many(&|row| state(row, "missing") && !row["programme"]["days_late"].is_null())),
        ("studied", many(&|row| !state(row, "not_applicable") && row["study"]["state"] == "completed")),
        ("received", many(&|row| !state(row, "not_applicable") && !row["received_at"].is_null())),
    ] {
        assert_eq!(total[name], expected, "{name} on {on}");
    }
    let once = story.counted(&|_| true, on);
    assert_eq!((total["tasks"].as_i64().unwrap(), total["overdue"].as_i64().unwrap()), once, "{on}");
    for one in told["by_document"].as_array().unwrap() {
        let paper = story.papers.iter().position(|paper| one["document"]["id"] == *paper.0).unwrap();
        let figures =
            (one["figures"]["tasks"].as_i64().unwrap(), one["figures"]["overdue"].as_i64().unwrap());
        assert_eq!(figures, story.counted(&|task| task.serves.contains(&paper), on));
    }
    for one in told["by_unit"].as_array().unwrap() {
        let unit = one["unit"]["code"].as_str().unwrap();
        let of = |row: &&Value| row["unit"]["code"] == unit;
        let here: BTreeSet<usize> = rows
            .iter()
            .filter(of)
            .map(|row| story.papers.iter().position(|paper| row["document_id"] == *paper.0).unwrap())
            .collect();
        let once = story.counted(
            &|task| task.unit.starts_with(unit) && task.serves.iter().any(|paper| here.contains(paper)),
            on,
        );
        assert_eq!(one["figures"]["tasks"].as_i64().unwrap(), once.0, "{unit} on {on}");
        let applies = |row: &&Value| of(row) && !state(row, "not_applicable");
        assert_eq!(one["figures"]["units"], many(&applies));
    }
}
