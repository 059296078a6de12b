//! Right on each day of random histories, told by a count made another way.

use super::{Dice, Story, Task, UNITS, day, matrix};
use crate::harness::World;
use chrono::NaiveDate;
use serde_json::Value;
use std::collections::BTreeSet;

impl Story {
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

#[actix_web::test]
async fn it_agrees_with_a_count_made_another_way_on_every_day_of_random_stories() {
    let most = std::env::var("TIENDO_RANDOM_STORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    for seed in 1..=most {
        let world = World::new().await;
        let mut dice = Dice::new(0x9E37_79B9_7F4A_7C15 ^ (seed << 17));
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
