//! Commits that fail, errors that are swallowed, connections that break, disks that are full.

use diesel::sql_types::Text;
use tiendo::{
    db::{Backend, lock_row},
    error::{Code, Place},
};

use super::*;

#[actix_web::test]
async fn a_lone_job_learns_why_its_commit_failed() {
    let (_scratch, db) = opened(|_| {}).await;
    let error = db.write(|c| insert_dangling(c, 1)).await.unwrap_err();
    assert_eq!(error.code, Code::ValidationFailed, "{error}");
    assert_eq!(error.faults[0].code, Code::UnknownReference);
    assert_eq!(error.faults[0].place, Place::Pointer(String::new()));
    assert!(ids(&db).await.is_empty());
    db.write(|c| insert(c, 2)).await.unwrap();
    assert_eq!(ids(&db).await, [2]);
}

#[actix_web::test]
async fn a_failed_commit_leaves_nothing_of_any_job_in_it() {
    let (_scratch, db) = opened(|config| config.writers = 1).await;
    let busy = keep_busy(&db, Door::Write).await;
    let jobs: Vec<_> = (0..5)
        .map(|id| {
            let db = db.clone();
            spawn(async move {
                db.write(move |c| if id == 2 { insert_dangling(c, id) } else { insert(c, id) }).await
            })
        })
        .collect();
    while db.queued().writes < 5 {
        sleep(Duration::from_millis(2)).await;
    }
    // The waiting job has used up the time of its own group, so these five form the next one.
    sleep(Duration::from_millis(100)).await;
    busy.let_go().await.unwrap();
    let mut told = Vec::new();
    for job in jobs {
        match job.await.unwrap() {
            Ok(id) => told.push(id),
            Err(e) if db.backend() == Backend::Sqlite => assert_eq!(e.code, Code::Unavailable, "{e}"),
            Err(e) => assert_eq!(e.code, Code::ValidationFailed, "{e}"),
        }
    }
    match db.backend() {
        Backend::Sqlite => assert!(told.is_empty(), "all shared the commit that failed"),
        Backend::Postgres => assert_eq!(told, [0, 1, 3, 4], "each has its own commit"),
    }
    assert_eq!(ids(&db).await, told);
    db.write(|c| insert(c, 9)).await.unwrap();
}

#[actix_web::test]
async fn a_swallowed_error_is_never_answered_as_saved() {
    let (_scratch, db) = opened(|_| {}).await;
    db.write(|c| insert(c, 1)).await.unwrap();
    let answer = db
        .write(|c| {
            insert(c, 2)?;
            assert!(insert(c, 1).is_err());
            Ok(())
        })
        .await;
    // SQLite undoes the one statement, PostgreSQL the whole transaction: both are honest about it.
    assert_eq!(ids(&db).await.contains(&2), answer.is_ok());
    assert_eq!(answer.is_ok(), db.backend() == Backend::Sqlite);
}

#[actix_web::test]
async fn a_taken_value_is_named_alike() {
    let (_scratch, db) = opened(|_| {}).await;
    db.write(|c| {
        Ok(c.batch_execute(
            "CREATE TABLE pair (a TEXT, b TEXT); CREATE UNIQUE INDEX pair_a_b ON pair (a, b)",
        )?)
    })
    .await
    .unwrap();
    let again = |c: &mut AnyConn| Ok(c.batch_execute("INSERT INTO pair VALUES ('x', 'y')")?);
    db.write(again).await.unwrap();
    let error = db.write(again).await.unwrap_err();
    assert_eq!((error.code, error.params), (Code::AlreadyExists, vec![("what", "a, b".to_owned().into())]));
    db.write(|c| insert(c, 1)).await.unwrap();
    let error = db.write(|c| insert(c, 1)).await.unwrap_err();
    assert_eq!((error.code, error.params), (Code::AlreadyExists, vec![("what", "id".to_owned().into())]));
}

#[actix_web::test]
async fn broken_connections_are_replaced() {
    let scratch = Scratch::new();
    let Some(schema) = scratch.schema() else {
        return; // A file does not hang up.
    };
    let mark = format!("kill_{schema}");
    let url = format!("{}&application_name={mark}", scratch.url);
    let db = Db::open(DbConfig { readers: 3, writers: 3, reporters: 1, ..DbConfig::new(url) }).unwrap();
    db.write(|c| Ok(c.batch_execute(ITEM)?)).await.unwrap();
    let mut killer = AnyConn::open(&scratch.url).unwrap();
    let killed =
        sql_query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1")
            .bind::<Text, _>(&mark)
            .execute(&mut killer)
            .unwrap();
    // The threads, and what feels the pulse once it is connected.
    assert!((7..=8).contains(&killed), "{killed}");
    let mut told = Vec::new();
    for id in 0..20 {
        told.push(db.write(move |c| insert(c, id)).await.expect("a write begins with a live connection"));
    }
    assert!(db.report(ids_on).await.is_ok());
    let mut failures = 0;
    for _ in 0..50 {
        match db.read(ids_on).await {
            Ok(seen) => assert_eq!(seen, told),
            Err(e) => {
                assert_eq!(e.code, Code::Unavailable, "{e}");
                failures += 1;
            }
        }
    }
    assert!(failures <= 3, "each reader notices once, not {failures} times in all");
}

#[actix_web::test]
async fn a_connection_that_breaks_in_mid_job_is_replaced() {
    let (_scratch, db) = opened(|config| config.writers = 1).await;
    if db.backend() == Backend::Sqlite {
        return; // A file does not hang up.
    }
    let answer = db
        .write(|c| {
            insert(c, 1)?;
            c.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())")?;
            Ok(())
        })
        .await;
    assert_eq!(answer.unwrap_err().code, Code::Unavailable);
    db.write(|c| insert(c, 2)).await.unwrap();
    assert_eq!(ids(&db).await, [2]);
}

#[actix_web::test]
async fn a_full_disk_is_told_and_survived() {
    let (_scratch, db) = opened(|_| {}).await;
    if db.backend() == Backend::Postgres {
        return; // Needs a small file system; the text is tested where it is read.
    }
    let answer = db
        .write(|c| {
            insert(c, 1)?;
            c.batch_execute("CREATE TABLE big (x BLOB); PRAGMA max_page_count = 20")?;
            c.batch_execute("INSERT INTO big VALUES (zeroblob(10000000))")?;
            Ok(())
        })
        .await;
    assert_eq!(answer.unwrap_err().code, Code::StorageFull);
    db.write(|c| {
        c.batch_execute("PRAGMA max_page_count = 1000000")?;
        insert(c, 2)
    })
    .await
    .unwrap();
    assert_eq!(ids(&db).await, [2]);
}

#[actix_web::test]
async fn a_locked_row_keeps_others_waiting() {
    let (_scratch, db) = opened(|_| {}).await;
    db.write(|c| Ok(c.batch_execute("CREATE TABLE tally (id TEXT NOT NULL PRIMARY KEY, n BIGINT NOT NULL); INSERT INTO tally VALUES ('a', 0)")?))
        .await
        .unwrap();
    let add_one = |c: &mut AnyConn| {
        lock_row(c, "tally", "a")?;
        let read = sql_query("SELECT n AS id FROM tally").get_result::<Id>(c)?;
        std::thread::sleep(Duration::from_millis(2));
        sql_query("UPDATE tally SET n = $1").bind::<BigInt, _>(read.id + 1).execute(c)?;
        Ok(())
    };
    let jobs: Vec<_> = (0..20)
        .map(|_| {
            let db = db.clone();
            spawn(async move { db.write(add_one).await })
        })
        .collect();
    for job in jobs {
        job.await.unwrap().unwrap();
    }
    let sum = db.read(|c| Ok(sql_query("SELECT n AS id FROM tally").get_result::<Id>(c)?)).await.unwrap();
    assert_eq!(sum.id, 20);
    db.write(|c| lock_row(c, "tally", "absent")).await.unwrap();
}
