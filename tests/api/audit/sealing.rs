//! The sealer beside writers, beside other sealers, and cut off.

use crate::harness::World;
use actix_web::rt::{spawn, time::sleep};
use diesel::{connection::SimpleConnection, prelude::*};
use std::{cell::Cell, rc::Rc, thread, time::Duration};
use tiendo::{
    audit::sealer,
    auth::{Gate, keys::Keys, throttle::Throttle},
    clock::Clock,
    db::{AnyConn, Backend, Db, DbConfig, schema::event_seals},
    error::{Code, Error},
    events::{Author, Changes, Event, Position, Tx, log, seal},
    ids::Id,
    place::Place,
};

const WRITERS: u64 = 6;
const WRITES: u64 = 120;

fn append(conn: &mut AnyConn, clock: &Clock, place: &Place) -> tiendo::error::Result<()> {
    let mut tx = Tx {
        conn,
        author: Author::default(),
        request_id: "test".into(),
        at: clock.business(),
        recorded_at: clock.system(),
    };
    tx.append(Event {
        kind: "task.changed",
        subject_type: "task",
        subject_id: Id::new(),
        subject_version: 1,
        place: Some(place),
        changes: Changes::none(),
        reason: None,
    })
}

/// Events one after the other, in transactions of one to three that stay open for a while.
async fn write(world: Rc<World>, db: Db, seed: u64) -> i64 {
    let longest = if db.backend() == Backend::Postgres { 9 } else { 1 };
    let mut kept = 0;
    for n in 0..WRITES {
        let (clock, place) = (world.clock.clone(), world.units["A"].clone());
        let (events, pause, give_up) =
            ((n + seed) % 3 + 1, (n * 7 + seed) % longest, (n + seed).is_multiple_of(10));
        let done = db
            .write(move |conn| {
                for _ in 0..events {
                    append(conn, &clock, &place)?;
                    thread::sleep(Duration::from_millis(pause));
                }
                if give_up { Err(Error::new(Code::Forbidden)) } else { Ok(()) }
            })
            .await;
        assert_eq!(done.is_err(), give_up);
        kept += if give_up { 0 } else { i64::try_from(events).unwrap() };
    }
    kept
}

/// Another node of the same service: on SQLite there is none, but its sealer may be tried all the same.
fn node(world: &World, db: &Db) -> actix_web::web::Data<Gate> {
    actix_web::web::Data::new(Gate {
        db: db.clone(),
        keys: Keys::from_pem(&world.key).unwrap(),
        clock: world.clock.clone(),
        actors: Default::default(),
        throttle: Throttle::default(),
        trust_proxy: false,
    })
}

#[actix_web::test]
async fn two_sealers_beside_six_writers_seal_everything_in_the_order_of_reading() {
    let world = Rc::new(World::new().await);
    let db = Db::open(DbConfig { writers: 8, readers: 1, ..DbConfig::new(&world.scratch.url) }).unwrap();
    let before = world.events().await;
    let writers: Vec<_> = (1..=WRITERS).map(|seed| spawn(write(world.clone(), db.clone(), seed))).collect();
    let over = Rc::new(Cell::new(false));
    let sealers: Vec<_> = (0..2)
        .map(|_| {
            let (gate, over) = (node(&world, &db), over.clone());
            spawn(async move {
                while !over.get() {
                    sealer::seal(&gate, true, None).await.unwrap();
                    sleep(Duration::from_millis(2)).await;
                }
            })
        })
        .collect();
    let mut written = 0;
    for writer in writers {
        written += writer.await.unwrap();
    }
    over.set(true);
    for sealer in sealers {
        sealer.await.expect("sealers wait for each other");
    }
    world.seal().await;
    db.close().await;
    assert_eq!(world.events().await, before + written);
    let report = world.verify(&[]);
    assert_eq!((report.broken.as_slice(), report.checked, report.unsealed), (&[][..], before + written, 0));
    println!("{} events, {} heads", report.checked, report.heads);
    assert!(report.heads > 10, "sealed in many goes: {}", report.heads);
    let (read, sealed) = world
        .db
        .read(|conn| {
            let read: Vec<log::Recorded> = log::settled_after(conn, Position::default()).load(conn)?;
            let sealed = event_seals::table.order(event_seals::n).select(event_seals::event_id);
            Ok((read, sealed.load::<Id>(conn)?))
        })
        .await
        .unwrap();
    assert_eq!(read.iter().map(|event| event.id).collect::<Vec<_>>(), sealed);
}

#[actix_web::test]
async fn a_sealer_killed_between_batches_leaves_a_whole_chain() {
    let world = World::new().await;
    world.seal().await;
    let before = world.events().await;
    for _ in 0..20 {
        let (clock, place) = (world.clock.clone(), world.units["A"].clone());
        world.db.write(move |conn| append(conn, &clock, &place)).await.unwrap();
    }
    let all = world.events().await;
    // On PostgreSQL other tests may hold events back for a while.
    for n in 0..3000 {
        let (now, keys) = (world.clock.system(), Keys::from_pem(&world.key).unwrap());
        // Every second one is cut off in mid-transaction, with seals and all.
        let sealed = world
            .db
            .write(move |conn| {
                seal::batch(conn, 3, now, false, &|head| keys.sign_head(head))?;
                if n % 2 == 0 { Ok(()) } else { Err(Error::unavailable("killed")) }
            })
            .await;
        assert_eq!(sealed.is_err(), n % 2 == 1);
        // Whatever it was cut off at: what is sealed verifies, the rest waits.
        let report = world.verify(&[]);
        assert_eq!((report.broken.as_slice(), report.checked + report.unsealed), (&[][..], all));
        assert!(report.sealed >= before && report.sealed <= all);
        if report.unsealed == 0 {
            break;
        }
        sleep(Duration::from_millis(5)).await;
    }
    let report = world.verify(&[]);
    assert_eq!((report.sealed, report.unsealed), (all, 0));
}

#[actix_web::test]
async fn a_note_of_the_end_set_back_makes_no_second_chain() {
    let world = World::new().await;
    world.spoilt.set(true);
    world.seal().await;
    let mut conn = AnyConn::open(&world.scratch.url).unwrap();
    conn.batch_execute("UPDATE event_chain SET n = n - 2").unwrap();
    world.as_("leader@A").await;
    // Its positions are taken: it stops, rather than seal over what is there. On PostgreSQL the new
    // event may have to wait until other tests end their transactions; until then there is nothing to seal.
    let mut tries = 0;
    while sealer::seal(&world.shared.gate, false, None).await.is_ok() {
        tries += 1;
        assert!(tries < 6000, "sealed over what was there");
        sleep(Duration::from_millis(5)).await;
    }
    assert!(!world.verify(&[]).broken.is_empty());
}
