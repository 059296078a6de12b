//! The SQLite file: its lock, backup and restore.

use std::{fs, path::Path};

use tiendo::{
    db::{FileLock, backup, migrate, restore},
    error::Code,
};

use super::*;

#[actix_web::test]
async fn one_process_has_the_file() {
    let scratch = Scratch::new();
    let first = FileLock::acquire(&scratch.url).unwrap();
    assert_eq!(first.is_some(), scratch.schema().is_none());
    match FileLock::acquire(&scratch.url) {
        Ok(second) => assert!(second.is_none(), "only PostgreSQL serves several"),
        Err(e) => assert_eq!(e.code, Code::InUse),
    }
    if let Some(folder) = scratch.folder() {
        fs::write(folder.join("copy"), "").unwrap();
        let refused = restore(&scratch.url, &folder.join("copy")).unwrap_err();
        assert_eq!(refused.code, Code::InUse, "no restore under a running service");
    }
    drop(first);
    FileLock::acquire(&scratch.url).unwrap();
}

#[actix_web::test]
async fn a_backup_made_under_load_restores_to_a_moment_of_it() {
    let scratch = Scratch::new();
    migrate::run(&scratch.url).unwrap();
    let db = Db::open(DbConfig::new(&scratch.url)).unwrap();
    db.write(|c| Ok(c.batch_execute(ITEM)?)).await.unwrap();
    let Some(folder) = scratch.folder() else {
        let refused = backup(&scratch.url, Path::new("x")).unwrap_err();
        assert!(refused.to_string().contains("pg_dump"));
        let refused = restore(&scratch.url, Path::new("x")).unwrap_err();
        assert!(refused.to_string().contains("pg_restore"));
        return;
    };
    let load = spawn({
        let db = db.clone();
        async move {
            for id in 0..300 {
                db.write(move |c| insert(c, id)).await.unwrap();
            }
        }
    });
    while ids(&db).await.len() < 20 {
        sleep(Duration::from_millis(2)).await;
    }
    let copy = folder.join("backup").join("copy.db");
    let (url, to) = (scratch.url.clone(), copy.clone());
    actix_web::rt::task::spawn_blocking(move || backup(&url, &to)).await.unwrap().unwrap();
    load.await.unwrap();
    assert_eq!(backup(&scratch.url, &copy).unwrap_err().code, Code::AlreadyExists, "nothing is overwritten");
    db.close().await;

    restore(&scratch.url, &copy).unwrap();
    let restored = ids_on(&mut AnyConn::open(&scratch.url).unwrap()).unwrap();
    assert!(restored.len() >= 20, "{}", restored.len());
    assert_eq!(
        restored,
        (0..).take(restored.len()).collect::<Vec<i64>>(),
        "the first so many, without a gap"
    );
    assert_eq!(migrate::run(&scratch.url).unwrap(), 0);
    let left = fs::read_dir(copy.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "no half-made files stay");
}

#[actix_web::test]
async fn a_restore_refuses_what_is_not_a_whole_database_of_ours() {
    let scratch = Scratch::new();
    let Some(folder) = scratch.folder() else { return };
    migrate::run(&scratch.url).unwrap();
    let mut live = AnyConn::open(&scratch.url).unwrap();
    live.batch_execute(ITEM).unwrap();
    insert(&mut live, 1).unwrap();

    for id in 2..2000 {
        insert(&mut live, id).unwrap();
    }
    let text = folder.join("text.db");
    fs::write(&text, "not a database at all".repeat(100)).unwrap();
    let foreign = folder.join("foreign.db");
    AnyConn::open(&format!("sqlite://{}", foreign.display())).unwrap().batch_execute(ITEM).unwrap();
    let damaged = folder.join("damaged.db");
    backup(&scratch.url, &damaged).unwrap();
    let mut bytes = fs::read(&damaged).unwrap();
    let half = bytes.len() / 2;
    bytes[half..half + 4096].fill(0x5a);
    fs::write(&damaged, bytes).unwrap();
    for (bad, why) in [
        (text, "not a database"),
        (foreign, "not a database of tiendo"),
        (damaged, "damaged"),
        (folder.join("tiendo.db"), "in use"),
        (folder.join("absent.db"), "not a file"),
        (folder.clone(), "not a file"),
    ] {
        for url in [&scratch.url, &format!("sqlite://{}", folder.join("target.db").display())] {
            let refused = restore(url, &bad).unwrap_err().cause.unwrap();
            assert!(refused.contains(why), "{}: {refused}", bad.display());
        }
    }
    assert!(!folder.join("target.db").exists());
    assert_eq!(ids_on(&mut live).unwrap().len(), 1999, "nothing was touched");
    let parts = fs::read_dir(folder)
        .unwrap()
        .filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains(".part"));
    assert_eq!(parts.count(), 0);
}

#[cfg(unix)]
#[actix_web::test]
async fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let Some(folder) = scratch.folder() else { return };
    migrate::run(&scratch.url).unwrap();
    backup(&scratch.url, &folder.join("copy.db")).unwrap();
    for name in ["tiendo.db", "copy.db"] {
        let mode = fs::metadata(folder.join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{name}");
    }
}
