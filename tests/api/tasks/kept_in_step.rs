//! What is kept beside tasks for speed says what the tasks say, whatever happens to tasks and units: lists
//! read from the index of territories, and roll-ups made of sums in memory.

use super::{given, run};
use crate::{dice::Dice, harness::World};
use serde_json::{Value, json};

const UNITS: [&str; 6] = ["D", "A", "B", "A1", "A2", "B1"];
const READERS: [&str; 6] = ["leader@D", "officer@A", "viewer@B", "officer@A1", "inspector@D", "viewer@B1"];
const QUESTIONS: [&str; 5] = [
    "",
    "&status=in_progress",
    "&status=accepted,registered,in_progress",
    "&timeliness=overdue,due_soon,no_due_date&status=accepted,in_progress",
    "&due_before=2023-12-01",
];

async fn some_task(world: &World, dice: &mut Dice) -> String {
    let due =
        dice.pick(&[Some("2023-10-01"), Some("2023-10-18"), Some("2023-11-20"), Some("2023-12-31"), None]);
    let unit = world.unit(dice.pick(&UNITS));
    given(world, json!({"unit_id": unit, "due_on": due, "weight": dice.below(4_u64)})).await
}

async fn part(world: &World, dice: &mut Dice, task: &str) {
    let body = json!({"unit_id": world.unit(dice.pick(&UNITS))});
    let path = format!("/api/v1/tasks/{task}/parts");
    let added = world.as_("leader@D").await.post(&path, body).await;
    if added.status == 201 && dice.below(3_u64) == 0 {
        world.as_("leader@D").await.delete(&format!("{path}/{}", added.id()), 1).await;
    }
}

/// Something that may happen; what the rules refuse changes nothing.
async fn step(world: &World, dice: &mut Dice, tasks: &mut Vec<String>) {
    let task = tasks.get(dice.below(tasks.len())).cloned().unwrap();
    match dice.below(12_u64) {
        0 | 1 => tasks.push(some_task(world, dice).await),
        2 | 3 => part(world, dice, &task).await,
        4 => {
            let (unit, parent) = (dice.pick(&["A1", "A2", "B1"]), dice.pick(&["A", "B"]));
            let path = format!("/api/v1/org-units/{}", world.unit(unit));
            let root = world.root().await;
            let version = root.get(&path).await.body["version"].as_i64().unwrap();
            let body = json!({"parent_id": world.unit(parent), "effective_on": "2023-10-15"});
            root.patch(&path, version, body).await;
        }
        5 => {
            let path = format!("/api/v1/tasks/{task}/progress-reports");
            world.root().await.get(&path).await;
            let body = json!({"progress": dice.below(100_u64)});
            for who in ["officer@A", "officer@A1", "officer@B"] {
                world.as_(who).await.post(&path, body.clone()).await;
            }
        }
        6 => {
            let leader = world.as_("leader@D").await;
            let version =
                leader.get(&format!("/api/v1/tasks/{task}")).await.body["version"].as_i64().unwrap_or(1);
            let body = json!({"weight": dice.below(5_u64)});
            leader.patch(&format!("/api/v1/tasks/{task}"), version, body).await;
        }
        _ => {
            let (who, command) = dice.pick(&[
                ("officer@A", "start"),
                ("officer@A1", "start"),
                ("officer@A", "submit"),
                ("officer@A1", "submit"),
                ("leader@D", "confirm"),
                ("leader@A", "confirm"),
                ("leader@D", "cancel"),
            ]);
            run(world, who, &task, command, json!({"reason": "x"})).await;
        }
    }
}

async fn ids(world: &World, who: &str, question: &str) -> Vec<(Option<String>, String)> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/tasks?limit=7{question}{cursor}");
        let page = world.as_(who).await.get(&path).await.expect(200);
        let items = page.body["items"].as_array().unwrap();
        found.extend(items.iter().map(|task| {
            (task["due_on"].as_str().map(str::to_owned), task["id"].as_str().unwrap().to_owned())
        }));
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[actix_web::test]
async fn a_list_in_order_is_the_list_whatever_happened() {
    let world = World::new().await;
    let mut dice = Dice::new(6);
    let mut tasks = vec![some_task(&world, &mut dice).await];
    let mut met = 0;
    for _ in 0..8 {
        for _ in 0..14 {
            step(&world, &mut dice, &mut tasks).await;
        }
        for who in READERS {
            for question in QUESTIONS {
                // Asked in another order it is read from the tasks.
                let mut plain = ids(&world, who, &format!("{question}&sort=created_at")).await;
                plain.sort_by_key(|(due, id)| (due.is_none(), due.clone(), id.clone()));
                let kept = ids(&world, who, question).await;
                assert_eq!(kept, plain, "{who} {question}");
                let lean = ids(&world, who, &format!("{question}&fields=id,due_on")).await;
                assert_eq!(lean, plain, "{who} {question}");
                met += kept.len();
            }
        }
    }
    assert!(met > 500, "{met}");
}

#[actix_web::test]
async fn lean_lines_are_cut_from_whole_tasks() {
    let world = World::new().await;
    let mut dice = Dice::new(16);
    let mut tasks = vec![some_task(&world, &mut dice).await];
    for _ in 0..40 {
        step(&world, &mut dice, &mut tasks).await;
    }
    let fields = "id,code,title,unit_id,unit,class,status,timeliness,progress,due_on,submitted_on,completed_on,version";
    let leader = world.as_("leader@D").await;
    let whole = leader.get("/api/v1/tasks?limit=200").await.expect(200);
    let lean = leader.get(&format!("/api/v1/tasks?limit=200&fields={fields}")).await.expect(200);
    let names: Vec<&str> = fields.split(',').collect();
    let cut: Vec<Value> = whole.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|task| {
            let members = task.as_object().unwrap().iter().filter(|(name, _)| names.contains(&name.as_str()));
            members
                .map(|(name, value)| (name.clone(), value.clone()))
                .collect::<serde_json::Map<_, _>>()
                .into()
        })
        .collect();
    assert!(cut.len() > 5);
    assert_eq!(lean.body["items"], Value::Array(cut));
}

#[actix_web::test]
async fn sums_in_memory_are_the_sums_whatever_happened() {
    let world = World::new().await;
    let mut dice = Dice::new(26);
    let mut tasks = vec![some_task(&world, &mut dice).await];
    for round in 0..30 {
        for _ in 0..dice.below(4_u64) {
            step(&world, &mut dice, &mut tasks).await;
        }
        for (who, unit) in [("leader@D", "D"), ("viewer@A", "A"), ("inspector@D", "D")] {
            for day in ["2023-10-15", "2023-10-14", "2023-11-25"] {
                let path = format!(
                    "/api/v1/reports/task-rollup?by=descendants&unit_id={}&as_of={day}",
                    world.unit(unit)
                );
                let kept = world.as_(who).await.get(&path).await.expect(200);
                // What explains them is read from the tasks.
                let mut plain = world.as_(who).await.get(&format!("{path}&explain=true")).await.expect(200);
                plain.body.as_object_mut().unwrap().remove("explain");
                let mut body = kept.body;
                body.as_object_mut().unwrap().remove("explain");
                assert_eq!(body, plain.body, "{who} {day} in round {round}");
            }
        }
    }
    let (days, held) = world.shared.tallies.held();
    assert_eq!((days, held > 0), (3, true));
}
