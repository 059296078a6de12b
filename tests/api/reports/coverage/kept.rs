//! What is kept of tasks in memory is what the tasks themselves say, whatever happened.

mod apart;
mod kinds;
mod naive;
mod steps;

use super::{day, id, paper, post};
use crate::{dice::Dice, harness::World};
use chrono::TimeDelta;
use diesel::prelude::*;
use naive::{Question, kept, naive};
use std::{collections::BTreeSet, sync::Arc};
use steps::Place;
use tiendo::{
    db::schema::events,
    ids::Id,
    tasks::kept::{Keeper, kinds as known},
};

/// How much happens in a story.
const STEPS: usize = 150;

/// Everything that can be asked after a step: documents and units, all and some, on three days.
fn questions(world: &World, place: &Place) -> Vec<Question> {
    let papers: Vec<Id> = place.papers.iter().map(|paper| paper.parse().unwrap()).collect();
    let units = |codes: &[&str]| codes.iter().map(|code| world.units[code].id).collect();
    let mut asked = Vec::new();
    for on in [place.today, place.today - TimeDelta::days(1), day(1)] {
        for documents in [papers.clone(), papers[..1].to_vec()] {
            for codes in [&["D", "A", "A1", "A2", "B", "B1"][..], &["A", "A1"]] {
                let (root, documents, units) = (world.units["D"].id, documents.clone(), units(codes));
                asked.push(Question { root, documents, units, day: on });
            }
        }
    }
    asked
}

/// Compares what keepers say with the tasks, all in one snapshot.
async fn compare(world: &World, place: &Place, keepers: Vec<Arc<Keeper>>, told: String) {
    let asked = questions(world, place);
    let job = move |conn: &mut tiendo::db::AnyConn| {
        for one in asked {
            let right = naive(conn, &one)?;
            for (n, keeper) in keepers.iter().enumerate() {
                assert_eq!(kept(conn, keeper, &one)?, right, "keeper {n}, {}, {told}", one.day);
            }
        }
        Ok(())
    };
    world.db.report(job).await.unwrap();
}

#[actix_web::test]
async fn it_is_what_the_tasks_say_after_every_step_of_random_stories() {
    let most = std::env::var("TIENDO_RANDOM_STORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let mut met = BTreeSet::new();
    for seed in 1..=most {
        let world = World::new().await;
        let mut dice = Dice::new(seed);
        let mut place = Place::begin(&world, &mut dice).await;
        let asked_always = world.shared.keeper.clone().into_inner();
        // One that is asked now and then only, one that holds few tasks, and one that holds none.
        let (seldom, few, none) = (Keeper::default(), Keeper::holding(60), Keeper::holding(0));
        let (seldom, few, none) = (Arc::new(seldom), Arc::new(few), Arc::new(none));
        for n in 0..STEPS {
            if n == STEPS / 2 {
                place.close(&world).await;
            } else {
                place.step(&world, &mut dice).await;
            }
            let mut keepers = vec![asked_always.clone()];
            if n % 7 == 0 {
                keepers.extend([seldom.clone(), few.clone(), none.clone()]);
            }
            compare(&world, &place, keepers, format!("story {seed}, step {n}")).await;
        }
        let (days, tasks) = asked_always.held();
        assert!(days > 1 && tasks > 20, "it kept {tasks} tasks on {days} days");
        assert!(few.held().1 <= 60 && none.held() == (0, 0));
        let kinds = |conn: &mut tiendo::db::AnyConn| {
            Ok(events::table.select(events::kind).distinct().load::<String>(conn)?)
        };
        met.extend(world.db.read(kinds).await.unwrap());
    }
    let unknown: Vec<&String> = met.iter().filter(|kind| known::of(kind).is_none()).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    let wanted = [
        "task.registered",
        "task.assigned",
        "task.loaded",
        "task.changed",
        "task.deleted",
        "task.accepted",
        "task.returned",
        "task.started",
        "task.submitted",
        "task.confirmed",
        "task.cancelled",
        "task.reopened",
        "task.closed",
        "task.resubmitted",
        "task.progress_reported",
        "task.extension_requested",
        "task.extension_approved",
        "task.extension_rejected",
        "task.transferred",
        "document.amended",
        "document.changed",
        "document.deleted",
        "resolution_item.changed",
        "resolution_item.deleted",
        "org_unit.closed",
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|kind| !met.contains(*kind)).collect();
    assert!(most < 3 || missing.is_empty(), "never happened: {missing:?}");
}
