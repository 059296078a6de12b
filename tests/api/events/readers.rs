//! Readers while others write.

use super::{append, settle};
use crate::{dice::Dice, harness::World};
use actix_web::rt::{spawn, time::sleep};
use diesel::prelude::*;
use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::mpsc::channel,
    thread,
    time::Duration,
};
use tiendo::{
    db::{Backend, Db, DbConfig, schema::events},
    error::{Code, Error},
    events::{Position, log},
    ids::Id,
};

const WRITERS: u64 = 8;
const WRITES: u64 = 400;

/// One after the other: transactions of one to three events, held open for a while after the first,
/// every tenth of them given up. Gives the subjects of what was committed, in their order.
async fn write(world: &World, db: Db, seed: u64) -> Vec<Id> {
    let (clock, place) = (world.clock.clone(), world.units["A"].clone());
    // SQLite has one writer: it would only sleep in turn.
    let longest = if db.backend() == Backend::Postgres { 12 } else { 1 };
    let (mut dice, mut kept) = (Dice::new(seed), Vec::new());
    for _ in 0..WRITES {
        let subjects: Vec<Id> = (0..=dice.below(3)).map(|_| Id::new()).collect();
        let (pause, give_up) = (dice.below(longest), dice.below(10) == 0);
        let (clock, place, mine) = (clock.clone(), place.clone(), subjects.clone());
        let done = db
            .write(move |conn| {
                for subject in mine {
                    append(conn, &clock, &place, subject)?;
                    thread::sleep(Duration::from_millis(pause));
                }
                if give_up { Err(Error::new(Code::Forbidden)) } else { Ok(()) }
            })
            .await;
        assert_eq!(done.is_err(), give_up);
        if !give_up {
            kept.extend(subjects);
        }
    }
    kept
}

#[actix_web::test]
async fn eight_writers_and_a_reader_nothing_is_missed_and_nothing_comes_twice() {
    let world = Rc::new(World::new().await);
    let db = Db::open(DbConfig { writers: 8, readers: 1, ..DbConfig::new(&world.scratch.url) }).unwrap();
    let busy = Rc::new(Cell::new(WRITERS));
    let writers: Vec<_> = (1..=WRITERS)
        .map(|seed| {
            let (world, db, busy) = (world.clone(), db.clone(), busy.clone());
            spawn(async move {
                let kept = write(&world, db, seed * 7919).await;
                busy.set(busy.get() - 1);
                kept
            })
        })
        .collect();
    let reader = world.as_("inspector@D").await;
    let (mut met, mut since, mut polls) = (Vec::new(), String::new(), 0);
    loop {
        let over = busy.get() == 0;
        if over {
            settle(&world).await;
        }
        let page = reader.get(&format!("/api/v1/changes?kinds=task&limit=200{since}")).await.expect(200);
        polls += 1;
        let items = page.body["items"].as_array().unwrap();
        met.extend(items.iter().map(|item| item["id"].as_str().unwrap().parse::<Id>().unwrap()));
        since = format!("&since={}", page.body["next_cursor"].as_str().unwrap());
        if over && page.body["has_more"] == false {
            break;
        }
        sleep(Duration::from_millis(1)).await;
    }
    let mut kept = Vec::new();
    for writer in writers {
        kept.push(writer.await.unwrap());
    }
    db.close().await;
    let all: HashSet<Id> = kept.iter().flatten().copied().collect();
    let once: HashSet<Id> = met.iter().copied().collect();
    println!("{} events in {polls} polls", met.len());
    assert!(all.len() > 4000, "{} events", all.len());
    assert!(polls > 20, "{polls} polls");
    assert_eq!(all.difference(&once).count(), 0, "missed");
    assert_eq!(met.len(), once.len(), "met twice");
    assert_eq!(once.difference(&all).count(), 0, "met although given up");
    let place: HashMap<Id, usize> = met.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    for mine in &kept {
        assert!(mine.is_sorted_by_key(|id| place[id]), "each writer's own order is kept");
    }
}

/// What a reader by `seq` alone would do, beside what the log does: the reason why the log's order is
/// (tx, seq) and why its readers stop below the oldest open transaction.
#[actix_web::test]
async fn by_seq_alone_a_change_would_be_missed() {
    let world = World::new().await;
    if world.db.backend() == Backend::Sqlite {
        return; // One writer: what commits later has the later seq.
    }
    settle(&world).await;
    let start = log_end(&world).await;
    let (slow, quick) = (Id::new(), Id::new());
    let ((clock, place), (began, begun), (go, gone)) =
        ((world.clock.clone(), world.units["A"].clone()), channel(), channel());
    let db = world.db.clone();
    let job = spawn(async move {
        db.write(move |conn| {
            append(conn, &clock, &place, slow)?;
            began.send(()).map_err(Error::internal)?;
            gone.recv_timeout(Duration::from_secs(20)).map_err(Error::internal)
        })
        .await
    });
    while begun.try_recv().is_err() {
        sleep(Duration::from_millis(5)).await;
    }
    let (clock, place) = (world.clock.clone(), world.units["A"].clone());
    world.db.write(move |conn| append(conn, &clock, &place, quick)).await.unwrap();
    let (naive, careful) = both(&world, start).await;
    assert_eq!((naive.as_slice(), careful.as_slice()), (&[quick][..], &[][..]));
    let naive_end = log_end(&world).await;
    go.send(()).unwrap();
    job.await.unwrap().unwrap();
    settle(&world).await;
    let (naive, _) = both(&world, naive_end).await;
    assert_eq!(naive, [], "the slow one stands before what was read: missed for ever");
    let (_, careful) = both(&world, start).await;
    assert_eq!(careful, [slow, quick]);
}

async fn log_end(world: &World) -> Position {
    world
        .db
        .read(|conn| {
            let last = events::table.select((events::tx, events::seq)).order(events::seq.desc());
            let (tx, seq) = last.first(conn)?;
            Ok(Position { tx, seq })
        })
        .await
        .unwrap()
}

/// What follows a position, for a reader by seq and for a reader of what is settled.
async fn both(world: &World, after: Position) -> (Vec<Id>, Vec<Id>) {
    world
        .db
        .read(move |conn| {
            let naive = events::table.filter(events::seq.gt(after.seq)).order(events::seq);
            let naive = naive.select(events::subject_id).load(conn)?;
            Ok((naive, log::settled_after(conn, after).select(events::subject_id).load(conn)?))
        })
        .await
        .unwrap()
}

#[actix_web::test]
async fn every_change_is_a_place_to_go_on_from() {
    let world = World::new().await;
    let (clock, place) = (world.clock.clone(), world.units["A"].clone());
    for _ in 0..5 {
        let (clock, place) = (clock.clone(), place.clone());
        world.db.write(move |conn| append(conn, &clock, &place, Id::new())).await.unwrap();
    }
    settle(&world).await;
    let reader = world.as_("inspector@D").await;
    let whole = reader.get("/api/v1/changes?kinds=task").await.expect(200);
    let items = whole.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 5);
    for (i, item) in items.iter().enumerate() {
        let since = item["cursor"].as_str().unwrap();
        let rest = reader.get(&format!("/api/v1/changes?kinds=task&since={since}")).await.expect(200);
        assert_eq!(rest.body["items"].as_array().unwrap(), &items[i + 1..]);
    }
}
