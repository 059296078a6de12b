//! URLs and migrations.

use std::path::Path;

use tiendo::{
    db::{Length, Served, migrate},
    error::Error,
};

use super::*;

fn has_settings(url: &str) -> bool {
    AnyConn::open(url).unwrap().batch_execute("SELECT key, value, version, updated_at FROM settings").is_ok()
}

#[actix_web::test]
async fn an_unknown_scheme_is_refused_and_makes_no_file() {
    let folder = std::env::temp_dir().join(format!("tiendo_refused_{}", uuid::Uuid::now_v7().simple()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("x.db");
    for url in [
        format!("mysql://{}", path.display()),
        path.display().to_string(),
        format!("sqlite:{}", path.display()),
    ] {
        assert!(AnyConn::open(&url).is_err(), "{url}");
        assert!(Db::open(DbConfig::new(&url)).is_err(), "{url}");
        assert!(migrate::run(&url).is_err(), "{url}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    std::fs::remove_dir_all(folder).unwrap();
}

#[actix_web::test]
async fn an_unreachable_database_is_an_error_at_once() {
    let told =
        Db::open(DbConfig::new("postgres://nobody:secret@127.0.0.1:1/none")).err().unwrap().to_string();
    assert!(!told.contains('\n') && !told.contains("secret"), "{told}");
    assert!(Db::open(DbConfig::new("sqlite:///proc/no/such/folder/x.db")).is_err());
}

#[actix_web::test]
async fn a_replica_of_another_kind_is_refused() {
    let scratch = Scratch::new();
    let other = if scratch.schema().is_some() { "sqlite://x.db" } else { "postgres://127.0.0.1:1/none" };
    let config = DbConfig { replica_url: Some(other.into()), ..DbConfig::new(&scratch.url) };
    assert!(Db::open(config).is_err());
    assert!(!Path::new("x.db").exists());
}

#[actix_web::test]
async fn without_its_replica_the_primary_answers() {
    let scratch = Scratch::new();
    let down = match scratch.schema() {
        Some(_) => "postgres://nobody@127.0.0.1:1/none",
        None => "sqlite:///proc/no/such/folder/x.db",
    };
    let config = DbConfig { readers: 1, replica_url: Some(down.into()), ..DbConfig::new(&scratch.url) };
    let db = Db::open(config).unwrap();
    db.write(|c| Ok(c.batch_execute(ITEM)?)).await.unwrap();
    assert_eq!(asked(&db).await, None);
    assert_eq!(db.served(), Some(Served { replica: 0, primary: 1 }));
    db.close().await;
}

#[actix_web::test]
async fn a_replica_answers_for_the_primary() {
    let scratch = Scratch::new();
    let db = beside_itself(&scratch).await;
    // The primary's only reader is busy from now on.
    let before = db.served().unwrap();
    let busy = keep_busy(&db, Door::Read).await;
    assert_eq!(asked(&db).await, Some(vec![]));
    assert_eq!(db.served(), Some(Served { replica: before.replica + 1, ..before }));
    busy.let_go().await.unwrap();
}

#[actix_web::test]
async fn what_fails_on_the_replica_is_left_to_the_primary() {
    let scratch = Scratch::new();
    let db = beside_itself(&scratch).await;
    // It refuses nothing, and what it does not show yet is no reason to leave it alone.
    let absent = db.ask_replica(Length::Short, |_| Err::<Option<()>, _>(Error::not_found())).await;
    assert_eq!(absent, None);
    assert_eq!(db.ask_replica(Length::Short, |_| Ok(None::<()>)).await, None);
    assert_eq!(asked(&db).await, Some(vec![]));
    assert_eq!(db.ask_replica(Length::Short, |c| insert(c, 1).map(Some)).await, None);
    assert_eq!(asked(&db).await, None, "after a failure it rests");
    assert!(db.read(ids_on).await.unwrap().is_empty());
    db.close().await;
}

/// A migrated database that is its own replica, as soon as it answers: until its threads have connected
/// nobody asks it.
async fn beside_itself(scratch: &Scratch) -> Db {
    migrate::run(&scratch.url).unwrap();
    let config =
        DbConfig { readers: 1, replica_url: Some(scratch.url.clone()), ..DbConfig::new(&scratch.url) };
    let db = Db::open(config).unwrap();
    db.write(|c| Ok(c.batch_execute(ITEM)?)).await.unwrap();
    for _ in 0..400 {
        if asked(&db).await.is_some() {
            return db;
        }
        sleep(Duration::from_millis(50)).await;
    }
    panic!("the replica never answers");
}

/// What the replica says of the table of items.
async fn asked(db: &Db) -> Option<Vec<i64>> {
    db.ask_replica(Length::Short, |c| ids_on(c).map(Some)).await
}

#[actix_web::test]
async fn migrations_run_once_and_can_be_taken_back() {
    let scratch = Scratch::new();
    let all = migrate::run(&scratch.url).unwrap();
    assert!(all > 0 && has_settings(&scratch.url));
    assert_eq!(migrate::run(&scratch.url).unwrap(), 0, "the second time there is nothing to do");
    migrate::redo(&scratch.url).unwrap();
    assert_eq!(migrate::down_all(&scratch.url).unwrap(), all);
    assert!(!has_settings(&scratch.url));
    assert_eq!(migrate::run(&scratch.url).unwrap(), all);
    assert!(has_settings(&scratch.url));
}

#[actix_web::test]
async fn several_nodes_may_migrate_at_once() {
    let scratch = Scratch::new();
    let nodes: Vec<_> = (0..4)
        .map(|_| {
            let url = scratch.url.clone();
            std::thread::spawn(move || migrate::run(&url).unwrap())
        })
        .collect();
    let ran: Vec<usize> = nodes.into_iter().map(|node| node.join().unwrap()).collect();
    assert_eq!(ran.iter().filter(|n| **n > 0).count(), 1, "{ran:?}");
}

#[actix_web::test]
async fn the_binary_holds_every_migration_of_both_databases() {
    let names = |database: &str| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(database);
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|e| e.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names("sqlite"), names("postgres"));
    let scratch = Scratch::new();
    let embedded = migrate::run(&scratch.url).unwrap();
    assert_eq!(embedded, names("sqlite").len(), "touch src/db/migrate.rs: it embeds an older state");
}
