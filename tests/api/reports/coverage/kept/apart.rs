//! Snapshots that see different things at a time: each is answered as it is.

use super::{
    super::day,
    naive::{Counts, Question, kept, naive},
};
use crate::harness::World;
use actix_web::rt::{spawn, time::sleep};
use diesel::{connection::SimpleConnection, prelude::*};
use serde_json::json;
use std::{
    sync::{
        Arc,
        mpsc::{Sender, channel},
    },
    time::Duration,
};
use tiendo::{
    db::{AnyConn, Backend, schema::tasks},
    error::Error,
    events::{Author, Changes, Event, Tx},
    ids::Id,
    tasks::kept::Keeper,
};

/// A document, and what is asked of it.
async fn paper(world: &World) -> Question {
    let paper = super::paper(world, json!({})).await;
    let (root, units) = (world.units["D"].id, world.units.values().map(|place| place.id).collect());
    Question { root, documents: vec![paper.parse().unwrap()], units, day: day(0) }
}

/// A task that serves it.
async fn task(world: &World, asked: &Question) -> Id {
    let body = json!({"title": "Vận động", "unit_id": world.unit("A"), "class": "key", "due_on": day(9),
        "parents": [{"kind": "document", "id": asked.documents[0]}]});
    super::id(&super::post(world, "leader@D", "tasks", body).await).parse().unwrap()
}

/// What is kept, and that it is right.
async fn right(world: &World, asked: &Question) -> Counts {
    let (keeper, asked) = (world.shared.keeper.clone().into_inner(), asked.clone());
    let job = move |conn: &mut AnyConn| {
        let told = kept(conn, &keeper, &asked)?;
        assert_eq!(told, naive(conn, &asked)?);
        Ok(told)
    };
    world.db.report(job).await.unwrap()
}

/// How many tasks these are.
fn many(counts: &Counts) -> i64 {
    counts.values().map(|(tasks, _)| tasks).sum()
}

/// A writer that moves the due date of a task into the past and waits before it commits.
fn begin(world: &World, task: Id, began: Sender<()>) -> (Sender<()>, actix_web::rt::task::JoinHandle<()>) {
    let (go, gone) = channel();
    let (clock, place, db) = (world.clock.clone(), world.units["A"].clone(), world.db.clone());
    let job = spawn(async move {
        let write = move |conn: &mut AnyConn| {
            let (at, recorded_at) = (clock.business(), clock.system());
            let due = (tasks::due_on.eq(day(-1)), tasks::judged_due_on.eq(day(-1)));
            diesel::update(tasks::table.find(task)).set(due).execute(conn)?;
            diesel::update(tiendo::db::schema::task_states::table)
                .filter(tiendo::db::schema::task_states::task_id.eq(task))
                .set(tiendo::db::schema::task_states::due_on.eq(day(-1)))
                .execute(conn)?;
            diesel::update(tasks::table.find(task)).set(tasks::original_due_on.eq(day(-1))).execute(conn)?;
            let mut tx = Tx { conn, author: Author::default(), request_id: "test".into(), at, recorded_at };
            tx.append(Event {
                kind: "task.changed",
                subject_type: "task",
                subject_id: task,
                subject_version: 2,
                place: Some(&place),
                changes: Changes::none(),
                reason: None,
            })?;
            began.send(()).map_err(Error::internal)?;
            gone.recv_timeout(Duration::from_secs(20)).map_err(Error::internal)
        };
        db.write(write).await.unwrap();
    });
    (go, job)
}

#[actix_web::test]
async fn what_commits_behind_what_was_read_already_is_read_too() {
    let world = World::new().await;
    let asked = paper(&world).await;
    let (one, other) = (task(&world, &asked).await, task(&world, &asked).await);
    assert_eq!(many(&right(&world, &asked).await), 2);
    if world.db.backend() == Backend::Sqlite {
        return; // One writer: nothing commits behind anything.
    }
    let (began, begun) = channel();
    let (first, first_done) = begin(&world, one, began.clone());
    let (second, second_done) = begin(&world, other, began);
    for _ in 0..2 {
        while begun.try_recv().is_err() {
            sleep(Duration::from_millis(5)).await;
        }
    }
    // Seen while older ones are open, again and again.
    for n in 3..6 {
        assert_eq!(many(&right(&world, &asked).await), n - 1);
        task(&world, &asked).await;
        assert_eq!(many(&right(&world, &asked).await), n);
    }
    let overdue = |counts: &Counts| counts.values().map(|(_, overdue)| overdue).sum::<i64>();
    assert_eq!(overdue(&right(&world, &asked).await), 0);
    // The younger one first.
    second.send(()).unwrap();
    second_done.await.unwrap();
    assert_eq!(overdue(&right(&world, &asked).await), 1);
    first.send(()).unwrap();
    first_done.await.unwrap();
    assert_eq!(overdue(&right(&world, &asked).await), 2);
    task(&world, &asked).await;
    assert_eq!(many(&right(&world, &asked).await), 6);
}

#[actix_web::test]
async fn a_snapshot_older_than_what_is_kept_is_answered_as_it_is_and_spoils_nothing() {
    let world = World::new().await;
    let asked = paper(&world).await;
    task(&world, &asked).await;
    right(&world, &asked).await;
    let mut old = AnyConn::open_to_read(&world.scratch.url).unwrap();
    let begin = match old.backend() {
        Backend::Sqlite => "BEGIN",
        Backend::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    };
    old.batch_execute(begin).unwrap();
    let before = naive(&mut old, &asked).unwrap();
    let keeper = world.shared.keeper.clone();
    for n in 2..5 {
        task(&world, &asked).await;
        assert_eq!(many(&right(&world, &asked).await), n);
        assert_eq!(kept(&mut old, &keeper, &asked).unwrap(), before);
        assert_eq!(many(&right(&world, &asked).await), n);
        // Another day of it, and another node's.
        let yesterday = Question { day: day(-1), ..asked.clone() };
        assert!(kept(&mut old, &keeper, &yesterday).unwrap().is_empty());
        let fresh = Arc::new(Keeper::default());
        assert_eq!(kept(&mut old, &fresh, &asked).unwrap(), before);
        let asked = asked.clone();
        let newer = world.db.report(move |conn| kept(conn, &fresh, &asked)).await.unwrap();
        assert_eq!(many(&newer), n);
    }
    old.batch_execute("ROLLBACK").unwrap();
    assert_eq!(many(&kept(&mut old, &keeper, &asked).unwrap()), 4);
}

#[actix_web::test]
async fn midnight_needs_no_event_and_another_root_is_another_matter() {
    let world = World::new().await;
    let asked = paper(&world).await;
    task(&world, &asked).await;
    for n in 7..12 {
        let asked = Question { day: day(n), ..asked.clone() };
        let told: Vec<(i64, i64)> = right(&world, &asked).await.into_values().collect();
        assert_eq!(told, [(1, i64::from(n > 9))], "day {n}");
    }
    let elsewhere = Question { root: world.units["A"].id, ..asked };
    assert!(right_of(&world, elsewhere).await.is_empty());
}

/// What is kept, whatever the tasks say.
async fn right_of(world: &World, asked: Question) -> Counts {
    let keeper = world.shared.keeper.clone().into_inner();
    world.db.report(move |conn| kept(conn, &keeper, &asked)).await.unwrap()
}
