//! Full queues, deadlines, callers that go away, and the end.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use actix_web::rt::time::timeout;
use tiendo::{
    db::Backend,
    error::{Code, Error},
};

use super::*;

fn assert_unavailable<T: std::fmt::Debug>(answer: Result<T>) {
    let error = answer.unwrap_err();
    assert_eq!(error.code, Code::Unavailable, "{error}");
    assert!(error.retry_after.is_some());
}

/// A job that leaves a mark when it runs.
fn marking(mark: &Arc<AtomicBool>) -> impl FnOnce(&mut AnyConn) -> Result<()> + Send + 'static {
    let mark = Arc::clone(mark);
    move |_| {
        mark.store(true, Ordering::SeqCst);
        Ok(())
    }
}

#[actix_web::test]
async fn a_full_queue_refuses_at_once() {
    let (_scratch, db) = opened(|config| (config.readers, config.queue) = (1, 2)).await;
    let busy = keep_busy(&db, Door::Read).await;
    let waiting: Vec<_> = (0..2)
        .map(|_| {
            let db = db.clone();
            spawn(async move { db.read(ids_on).await })
        })
        .collect();
    while db.queued().reads < 2 {
        sleep(Duration::from_millis(2)).await;
    }
    let asked = Instant::now();
    assert_unavailable(db.read(ids_on).await);
    assert!(asked.elapsed() < Duration::from_secs(1));
    assert_eq!(db.report(ids_on).await.unwrap(), [0_i64; 0], "reports have a queue of their own");
    busy.let_go().await.unwrap();
    for job in waiting {
        job.await.unwrap().unwrap();
    }
    assert_eq!(db.queued().reads, 0);
}

#[actix_web::test]
async fn a_job_past_its_deadline_does_not_start() {
    for door in [Door::Read, Door::Write] {
        let limit = Duration::from_millis(100);
        let (scratch, db) = opened(|config| {
            (config.readers, config.writers) = (1, 1);
            config.read_deadline = limit;
            config.write_deadline = Duration::from_secs(5);
        })
        .await;
        // The writer's deadline is long while the table is made; this one is for the test.
        let db = match door {
            Door::Read => db,
            Door::Write => {
                db.close().await;
                let config = DbConfig { writers: 1, write_deadline: limit, ..DbConfig::new(&scratch.url) };
                Db::open(config).unwrap()
            }
        };
        let busy = keep_busy(&db, door).await;
        let ran = Arc::new(AtomicBool::new(false));
        assert_unavailable(match door {
            Door::Read => db.read(marking(&ran)).await,
            Door::Write => db.write(marking(&ran)).await,
        });
        // Its own caller may have lost patience as well.
        let _ = busy.let_go().await;
        db.close().await;
        assert!(!ran.load(Ordering::SeqCst));
    }
}

#[actix_web::test]
async fn a_job_whose_caller_is_gone_is_skipped() {
    let (_scratch, db) = opened(|config| config.writers = 1).await;
    let busy = keep_busy(&db, Door::Write).await;
    let ran = Arc::new(AtomicBool::new(false));
    assert!(timeout(Duration::from_millis(20), db.write(marking(&ran))).await.is_err());
    assert_eq!(db.queued().writes, 1);
    busy.let_go().await.unwrap();
    db.close().await;
    assert!(!ran.load(Ordering::SeqCst));
}

#[actix_web::test]
async fn a_write_that_runs_is_finished_though_its_caller_is_gone() {
    let (_scratch, db) = opened(|_| {}).await;
    let (begin, begun) = channel::<()>();
    let write = spawn({
        let db = db.clone();
        async move {
            let work = move |c: &mut AnyConn| {
                begin.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(100));
                insert(c, 1)
            };
            db.write(work).await
        }
    });
    while begun.try_recv().is_err() {
        sleep(Duration::from_millis(2)).await;
    }
    write.abort();
    assert!(write.await.unwrap_err().is_cancelled());
    let until = Instant::now() + Duration::from_secs(5);
    while ids(&db).await.is_empty() && Instant::now() < until {
        sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(ids(&db).await, [1]);
}

#[actix_web::test]
async fn a_statement_for_which_nobody_waits_is_stopped() {
    let (_scratch, db) = opened(|config| config.report_deadline = Duration::from_millis(200)).await;
    let long = match db.backend() {
        Backend::Sqlite => {
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        }
        Backend::Postgres => "SELECT pg_sleep(30)",
    };
    let asked = Instant::now();
    assert_unavailable(db.report(move |c| Ok(c.batch_execute(long)?)).await);
    let mut answer = db.report(ids_on).await;
    while answer.is_err() && asked.elapsed() < Duration::from_secs(10) {
        answer = db.report(ids_on).await;
    }
    assert!(answer.unwrap().is_empty(), "the only reporter is free again");
}

#[actix_web::test]
async fn close_finishes_what_it_accepted() {
    let (scratch, db) = opened(|config| config.writers = 1).await;
    let busy = keep_busy(&db, Door::Write).await;
    let jobs: Vec<_> = (0..50)
        .map(|id| {
            let db = db.clone();
            spawn(async move { db.write(move |c| insert(c, id)).await })
        })
        .collect();
    while db.queued().writes < 50 {
        sleep(Duration::from_millis(2)).await;
    }
    let closing = spawn({
        let db = db.clone();
        async move { db.close().await }
    });
    while db.queued().writes > 0 {
        sleep(Duration::from_millis(2)).await;
    }
    assert_unavailable(db.write(|c| insert(c, 99)).await);
    assert_unavailable(db.read(ids_on).await);
    assert_unavailable(db.report(ids_on).await);
    busy.let_go().await.unwrap();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    closing.await.unwrap();
    db.close().await;
    assert_eq!(ids_on(&mut AnyConn::open(&scratch.url).unwrap()).unwrap(), (0..50).collect::<Vec<_>>());
    if let Some(folder) = scratch.folder() {
        let log = std::fs::metadata(folder.join("tiendo.db-wal")).map_or(0, |m| m.len());
        assert_eq!(log, 0, "the write-ahead log is folded into the file");
    }
}

#[actix_web::test]
async fn errors_of_a_job_are_its_own() {
    let (_scratch, db) = opened(|_| {}).await;
    let code = |answer: Result<()>| answer.unwrap_err().code;
    assert_eq!(code(db.write(|_| Err(Error::not_found())).await), Code::NotFound);
    assert_eq!(code(db.read(|_| Err(Error::new(Code::Forbidden))).await), Code::Forbidden);
    assert_eq!(code(db.rehearse(|_| Err(Error::new(Code::OwnWork))).await), Code::OwnWork);
    assert_eq!(code(db.report(|_| Err(Error::internal("x"))).await), Code::Internal);
}
