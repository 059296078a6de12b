//! Jobs that succeed, fail and panic.

use diesel::{Connection, connection::SimpleConnection};
use std::sync::{
    Arc, Barrier,
    atomic::{AtomicUsize, Ordering},
};
use tiendo::error::{Code, Error, Result};

use super::*;

#[actix_web::test]
async fn a_write_is_there_once_it_is_answered() {
    let (_scratch, db) = opened(|_| {}).await;
    assert_eq!(db.write(|c| insert(c, 1)).await.unwrap(), 1);
    assert_eq!(ids(&db).await, [1]);
    assert_eq!(db.report(ids_on).await.unwrap(), [1]);
}

#[actix_web::test]
async fn a_failed_job_leaves_nothing() {
    let (_scratch, db) = opened(|_| {}).await;
    let failed: Result<()> = db
        .write(|c| {
            insert(c, 1)?;
            Err(Error::new(Code::InvalidState))
        })
        .await;
    assert_eq!(failed.unwrap_err().code, Code::InvalidState);
    assert!(ids(&db).await.is_empty());
}

#[actix_web::test]
async fn a_panic_in_an_inner_transaction_leaves_nothing() {
    let (_scratch, db) = opened(|config| config.writers = 1).await;
    let failed: Result<()> = db
        .write(|c| {
            insert(c, 1)?;
            c.transaction(|c| {
                insert(c, 2)?;
                panic!("a job of the test")
            })
        })
        .await;
    assert_eq!(failed.unwrap_err().code, Code::Internal);
    db.write(|c| insert(c, 3)).await.unwrap();
    assert_eq!(ids(&db).await, [3]);
}

#[actix_web::test]
async fn a_reader_survives_panics_and_open_transactions() {
    let (_scratch, db) = opened(|config| config.readers = 1).await;
    let failed: Result<()> = db.read(|c| c.transaction(|_| panic!("a job of the test"))).await;
    assert_eq!(failed.unwrap_err().code, Code::Internal);
    db.write(|c| insert(c, 1)).await.unwrap();
    assert_eq!(ids(&db).await, [1], "the reader does not look at an old snapshot");
}

#[actix_web::test]
async fn of_many_concurrent_writes_exactly_the_successful_ones_are_there() {
    let (_scratch, db) = opened(|config| config.queue = 400).await;
    let jobs: Vec<_> = (0..300)
        .map(|id| {
            let db = db.clone();
            spawn(async move {
                let work = move |c: &mut AnyConn| {
                    insert(c, id)?;
                    match id % 10 {
                        3 => Err(Error::new(Code::InvalidState)),
                        5 => panic!("a job of the test"),
                        _ => Ok(id),
                    }
                };
                db.write(work).await
            })
        })
        .collect();
    let mut told = Vec::new();
    for (id, job) in (0..).zip(jobs) {
        match job.await.unwrap() {
            Ok(id) => told.push(id),
            Err(e) => {
                assert_eq!(e.code, if id % 10 == 3 { Code::InvalidState } else { Code::Internal }, "{e}")
            }
        }
    }
    assert_eq!(told.len(), 240);
    assert_eq!(ids(&db).await, told);
}

#[actix_web::test]
async fn a_rehearsal_answers_and_leaves_nothing() {
    let (_scratch, db) = opened(|_| {}).await;
    let seen = db
        .rehearse(|c| {
            insert(c, 1)?;
            ids_on(c)
        })
        .await;
    assert_eq!(seen.unwrap(), [1]);
    assert!(ids(&db).await.is_empty());
}

#[actix_web::test]
async fn a_rehearsal_leaves_nothing_beside_real_writes() {
    let (_scratch, db) = opened(|config| config.writers = 1).await;
    let busy = keep_busy(&db, Door::Write).await;
    let jobs: Vec<_> = (0..10)
        .map(|id| {
            let db = db.clone();
            spawn(async move {
                if id % 2 == 0 {
                    db.write(move |c| insert(c, id)).await
                } else {
                    db.rehearse(move |c| insert(c, id)).await
                }
            })
        })
        .collect();
    while db.queued().writes < 10 {
        sleep(Duration::from_millis(2)).await;
    }
    busy.let_go().await.unwrap();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    assert_eq!(ids(&db).await, [0, 2, 4, 6, 8]);
}

#[actix_web::test]
async fn a_report_sees_one_snapshot() {
    let (_scratch, db) = opened(|_| {}).await;
    db.write(|c| insert(c, 1)).await.unwrap();
    let (seen, first) = channel::<()>();
    let (written, go) = channel::<()>();
    let report = spawn({
        let db = db.clone();
        async move {
            let work = move |c: &mut AnyConn| {
                let before = ids_on(c)?;
                seen.send(()).unwrap();
                go.recv().unwrap();
                Ok((before, ids_on(c)?))
            };
            db.report(work).await
        }
    });
    while first.try_recv().is_err() {
        sleep(Duration::from_millis(2)).await;
    }
    db.write(|c| insert(c, 2)).await.unwrap();
    written.send(()).unwrap();
    assert_eq!(report.await.unwrap().unwrap(), (vec![1], vec![1]));
    assert_eq!(db.report(ids_on).await.unwrap(), [1, 2], "the next report sees the present");
}

#[actix_web::test]
async fn the_reading_doors_refuse_to_write() {
    let (_scratch, db) = opened(|_| {}).await;
    assert!(db.read(|c| insert(c, 1)).await.is_err());
    assert!(db.report(|c| insert(c, 3)).await.is_err());
    assert!(db.read(|c| Ok(c.batch_execute("DROP TABLE item")?)).await.is_err());
    assert!(ids(&db).await.is_empty());
}

/// Two writes that wait for each other: PostgreSQL ends one of them, which is then tried anew. SQLite has one
/// writer, where nothing of the kind can happen.
#[actix_web::test]
async fn a_write_that_was_undone_for_another_is_tried_again() {
    let (scratch, db) = opened(|_| {}).await;
    db.write(|c| insert(c, 1).and_then(|_| insert(c, 2))).await.unwrap();
    let met = Arc::new(Barrier::new(2));
    let waits = scratch.schema().is_some();
    let attempts = Arc::new(AtomicUsize::new(0));
    let crossing = |first: i64, second: i64| {
        let (db, met, attempts, tried) = (db.clone(), met.clone(), attempts.clone(), AtomicUsize::new(0));
        actix_web::rt::spawn(async move {
            let job = move |c: &mut AnyConn| {
                attempts.fetch_add(1, Ordering::SeqCst);
                c.batch_execute(&format!("UPDATE item SET id = id WHERE id = {first}"))?;
                if waits && tried.fetch_add(1, Ordering::SeqCst) == 0 {
                    met.wait();
                }
                c.batch_execute(&format!("UPDATE item SET id = id WHERE id = {second}"))?;
                Ok(())
            };
            db.write_again(job).await
        })
    };
    let (one, other) = (crossing(1, 2), crossing(2, 1));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(attempts.load(Ordering::SeqCst), if waits { 3 } else { 2 });
}
