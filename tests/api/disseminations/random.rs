//! The report against a naive recomputation over random histories: everything that was answered with
//! success is written down, and replayed up to each day asked for.

use super::{class, paper, report, send};
use crate::{
    dice::Dice,
    harness::{World, day},
};
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

const UNITS: [&str; 5] = ["A", "B", "A1", "A2", "B1"];
const SENT_TO: [&str; 4] = ["A", "B", "A1", "A2"];

#[derive(Debug, Clone)]
enum What {
    Planned(Option<i64>),
    Held { session: String, on: NaiveDate, attended: i64 },
    Corrected { session: String, attended: i64 },
    Deleted { session: String },
    Completed,
    SentBack,
    Confirmed,
    Checked { examined: i64, passed: i64 },
}

/// What happened, in the order in which it was recorded, with the day on which it counts.
type Log = Vec<(NaiveDate, What)>;

/// What one unit's log makes of a day.
#[derive(Debug, Default)]
struct Naive {
    there: bool,
    planned: Option<i64>,
    sessions: BTreeMap<String, (NaiveDate, i64)>,
    completed: Option<NaiveDate>,
    verified: bool,
    examined: i64,
    passed: i64,
}

fn replay(log: &Log, until: NaiveDate) -> Naive {
    let mut now = Naive::default();
    // The first plan serves days before it was written down.
    if let Some((_, What::Planned(number))) = log.first() {
        now.planned = *number;
    }
    for (on, what) in log.iter().filter(|(on, _)| *on <= until) {
        now.there = true;
        match what.clone() {
            What::Planned(number) => now.planned = number,
            What::Held { session, on, attended } => drop(now.sessions.insert(session, (on, attended))),
            What::Corrected { session, attended } => now.sessions.get_mut(&session).unwrap().1 = attended,
            What::Deleted { session } => drop(now.sessions.remove(&session)),
            What::Completed => now.completed = Some(*on),
            What::SentBack => (now.completed, now.verified) = (None, false),
            What::Confirmed => now.verified = true,
            What::Checked { examined, passed } => {
                now.examined += examined;
                now.passed += passed;
            }
        }
    }
    now
}

/// Timeliness by living through the days with the deadline in force on each.
fn timeliness(
    completed: Option<NaiveDate>,
    set: &[(NaiveDate, NaiveDate)],
    until: NaiveDate,
) -> (String, i64) {
    let (mut missed, mut due) = (None, None);
    let mut now = set[0].0 - TimeDelta::days(30);
    let last = completed.unwrap_or(until);
    while now <= last {
        due = set.iter().rfind(|(on, _)| *on <= now).map(|(_, due)| *due);
        if now < last && due == Some(now) {
            missed = missed.or(due);
        }
        now += TimeDelta::days(1);
    }
    let judged = if completed.is_some() { missed.or(due) } else { due };
    let Some(judged) = judged else { return ("no_due_date".into(), 0) };
    let late = (last - judged).num_days().max(0);
    let word = match (completed, late) {
        (Some(_), 0) => "completed_on_time",
        (Some(_), _) => "completed_late",
        (None, 0) => "in_time",
        (None, _) => "overdue",
    };
    (word.into(), late)
}

struct Unit {
    code: &'static str,
    study: Option<String>,
    sessions: Vec<String>,
    log: Log,
}

async fn live(world: &World, paper: &str, dice: &mut Dice, unit: &mut Unit, today: NaiveDate) {
    let officer = world.as_(&format!("officer@{}", unit.code)).await.with("if-match", "*");
    let Some(study) = unit.study.clone() else {
        let number = (dice.below(3) > 0).then(|| 20 + dice.below(60));
        let body = json!({"waves": waves(number)});
        let made = officer.post(&format!("/api/v1/documents/{paper}/disseminations"), body).await.expect(201);
        unit.study = Some(made.id());
        return unit.log.push((today, What::Planned(number)));
    };
    let at = format!("/api/v1/disseminations/{study}");
    let some = (!unit.sessions.is_empty()).then(|| unit.sessions[dice.below(unit.sessions.len())].clone());
    let ago = today - TimeDelta::days(dice.below(3));
    let number = dice.below(50);
    match (dice.below(10), some) {
        (0..=2, _) => {
            let made = officer.post(&format!("{at}/sessions"), class(&ago.to_string(), number)).await;
            if made.status == 201 {
                let session = made.id();
                unit.sessions.push(session.clone());
                unit.log.push((ago, What::Held { session, on: ago, attended: number }));
            }
        }
        (3, Some(session)) => {
            let body = json!({"attendance": [{"class": "party_members", "attended": number}]}).to_string();
            let path = format!("/api/v1/dissemination-sessions/{session}");
            if officer.send("PATCH".parse().unwrap(), &path, Some(body)).await.status == 200 {
                unit.log.push((today, What::Corrected { session, attended: number }));
            }
        }
        (4, Some(session)) => {
            let path = format!("/api/v1/dissemination-sessions/{session}");
            if officer.send("DELETE".parse().unwrap(), &path, None).await.status == 204 {
                unit.sessions.retain(|one| *one != session);
                unit.log.push((today, What::Deleted { session }));
            }
        }
        (5 | 6, _) => {
            let body = json!({"completed_on": ago.to_string()});
            if officer.post(&format!("{at}/{}", super::MEMBERS), body).await.status == 200 {
                unit.log.push((ago, What::Completed));
            }
        }
        (7, _) => {
            let good = dice.below(2) == 0;
            let outcome = if good { "confirmed" } else { "sent_back" };
            let body = json!({"sampled": 9, "understood": 3, "outcome": outcome, "reason": "Kiểm tra mẫu"});
            let path = format!("{at}/verifications");
            if world.as_("leader@D").await.post(&path, body).await.status == 201 {
                unit.log.push((today, if good { What::Confirmed } else { What::SentBack }));
            }
        }
        (8, _) => {
            let passed = number.min(30);
            let body =
                json!({"kind": "test", "checked_on": ago.to_string(), "examined": 30, "passed": passed});
            if officer.post(&format!("{at}/study-checks"), body).await.status == 201 {
                unit.log.push((ago, What::Checked { examined: 30, passed }));
            }
        }
        _ => {
            let body = json!({"waves": waves(Some(number + 1))}).to_string();
            if officer.send("PATCH".parse().unwrap(), &at, Some(body)).await.status == 200 {
                unit.log.push((today, What::Planned(Some(number + 1))));
            }
        }
    }
}

fn waves(number: Option<i64>) -> Value {
    let planned: Vec<Value> =
        number.iter().map(|number| json!({"class": "party_members", "value": number})).collect();
    json!([{"audience": "cadres_and_members", "planned": planned}])
}

/// What the report must say of a unit on a day.
fn expected(unit: &Unit, set: &[(NaiveDate, NaiveDate)], on: NaiveDate) -> Option<Value> {
    let now = replay(&unit.log, on);
    let owes = SENT_TO.contains(&unit.code) && set[0].0 <= on;
    if !now.there && !owes {
        return None;
    }
    let came: i64 = now.sessions.values().map(|(_, attended)| attended).sum();
    let state = match (now.completed, now.verified, now.sessions.is_empty()) {
        (Some(_), true, _) => "verified",
        (Some(_), false, _) => "completed",
        (None, _, false) => "in_progress",
        (None, _, true) => "not_started",
    };
    let (word, late) = if owes { timeliness(now.completed, set, on) } else { ("no_due_date".into(), 0) };
    let planned = if now.there { now.planned } else { None };
    let first = now.sessions.values().map(|(on, _)| on.to_string()).min();
    Some(json!({"state": state, "timeliness": word, "days_late": (late > 0).then_some(late),
        "started_on": first, "sessions": now.sessions.len(),
        "attended": [planned.map_or(0, |planned| came.min(planned)), planned.unwrap_or(0)],
        "understood": [now.passed, now.examined]}))
}

fn told(row: &Value) -> Value {
    let parts = |name: &str| json!([row[name]["num"], row[name]["den"]]);
    json!({"state": row["state"], "timeliness": row["timeliness"], "days_late": row["days_late"],
        "started_on": row["started_on"], "sessions": row["sessions"], "attended": parts("attended"),
        "understood": parts("understood")})
}

async fn compare(seed: u64) {
    let world = World::new().await;
    let paper = paper(&world).await;
    let mut dice = Dice::new(seed);
    let mut units = UNITS.map(|code| Unit { code, study: None, sessions: vec![], log: vec![] });
    let first = day("2023-10-15");
    let mut set = Vec::new();
    let mut dispatch = String::new();
    for n in 0..10 {
        let today = first + TimeDelta::days(n);
        world.go_to(&today.to_string()).await;
        if n == 1 {
            let due = today + TimeDelta::days(dice.below(5));
            dispatch = send(&world, &paper, &SENT_TO, &due.to_string()).await.id();
            set.push((today, due));
        }
        if n > 1 && dice.below(5) == 0 {
            let due = today + TimeDelta::days(dice.below(5));
            let body = json!({"study_due_on": due.to_string(), "reason": "Dời hạn"}).to_string();
            let leader = world.as_("leader@D").await.with("if-match", "*");
            let path = format!("/api/v1/dispatches/{dispatch}");
            leader.send("PATCH".parse().unwrap(), &path, Some(body)).await.expect(200);
            set.push((today, due));
        }
        for _ in 0..9 {
            let one = dice.below(5_usize);
            live(&world, &paper, &mut dice, &mut units[one], today).await;
        }
    }
    for n in -2..13 {
        let on = first + TimeDelta::days(n);
        let report = report(&world, "viewer@D", &paper, &format!("&as_of={on}")).await;
        let rows = report["rows"].as_array().unwrap();
        let found: HashMap<&str, Value> =
            rows.iter().map(|row| (row["unit"]["code"].as_str().unwrap(), told(row))).collect();
        let wanted: HashMap<&str, Value> =
            units.iter().filter_map(|unit| Some((unit.code, expected(unit, &set, on)?))).collect();
        assert_eq!(found, wanted, "seed {seed}, {on}");
        totals(&report["total"], &wanted, &format!("seed {seed}, {on}"));
        let states = ["not_started", "in_progress", "completed", "verified"];
        let ranks: Vec<_> =
            rows.iter().map(|row| states.iter().position(|state| row["state"] == *state).unwrap()).collect();
        assert!(ranks.is_sorted(), "seed {seed}, {on}: {ranks:?}");
    }
    let verified = units.iter().flat_map(|unit| &unit.log);
    assert!(verified.count() > 20, "seed {seed}: too little happened");
}

fn totals(total: &Value, units: &HashMap<&str, Value>, case: &str) {
    let many = |is: &dyn Fn(&Value) -> bool| units.values().filter(|unit| is(unit)).count();
    let in_state = |words: &[&str]| many(&|unit| words.iter().any(|word| unit["state"] == *word));
    let in_time = |word: &str| many(&|unit| unit["timeliness"] == word);
    let sum =
        |name: &str, part: usize| units.values().map(|unit| unit[name][part].as_i64().unwrap()).sum::<i64>();
    let counts = json!([
        units.len(),
        in_state(&["in_progress", "completed", "verified"]),
        in_state(&["completed", "verified"]),
        in_state(&["verified"]),
        in_time("overdue"),
        in_time("completed_late"),
        in_time("completed_on_time")
    ]);
    let said = json!([
        total["units"],
        total["started"],
        total["completed"],
        total["verified"],
        total["overdue"],
        total["completed_late"],
        total["completed_on_time"]
    ]);
    assert_eq!(said, counts, "{case}");
    for name in ["attended", "understood"] {
        let parts = json!([total[name]["num"], total[name]["den"]]);
        assert_eq!(parts, json!([sum(name, 0), sum(name, 1)]), "{case} {name}");
    }
}

#[actix_web::test]
async fn the_report_is_what_a_replay_of_the_log_makes_of_each_day() {
    for seed in 1..=4 {
        compare(seed).await;
    }
}
