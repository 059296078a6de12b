//! `tiendo audit verify`, and a service that is stopped.

use crate::{
    process::{self, KeyFile, Start},
    scratch::Scratch,
};
use diesel::connection::SimpleConnection;
use std::{
    process::{Command, Output},
    time::Duration,
};
use tiendo::db::AnyConn;

fn verify(scratch: &Scratch, key: &std::path::Path, more: &[&str]) -> (bool, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
    command.args(["audit", "verify", "--database-url", &scratch.url, "--key-file"]).arg(key).args(more);
    let Output { status, stdout, stderr } = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (status.success(), text(stdout), text(stderr))
}

#[test]
fn beside_a_service_and_after_it_the_command_tells_what_it_finds() {
    let (scratch, key_file) = (Scratch::new(), KeyFile::new());
    let key = &key_file.0;
    process::create_admin(&scratch.url);
    let mut service = Start::new(&scratch.url, key).run();
    service.log_in();
    let (good, out, err) = verify(&scratch, key, &[]);
    assert!(good, "{out} {err}");
    assert!(out.contains("events checked: ") && out.contains("not yet sealed: "), "{out}");
    // A clean stop seals what there is and signs the end; on PostgreSQL other tests may hold it back.
    assert_eq!(service.stop(Duration::from_secs(15)), Some(0));
    let (good, out, err) = verify(&scratch, key, &[]);
    assert!(good && err.is_empty(), "{out} {err}");
    if scratch.folder().is_some() {
        assert!(out.contains("events checked: 4\n") && out.contains("not yet sealed: 0\n"), "{out}");
    }
    assert!(!out.contains("heads checked: 0\n"), "{out}");

    let mut conn = AnyConn::open(&scratch.url).unwrap();
    conn.batch_execute("UPDATE events SET reason = 'x' WHERE kind = 'assignment.created'").unwrap();
    let (good, out, err) = verify(&scratch, key, &[]);
    assert!(!good && out.contains("events checked: "), "{out}");
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), 2, "{err}");
    assert!(lines[0].starts_with("changed: event ") && lines[0].contains(" at position 2 "), "{err}");
    assert_eq!(lines[1], "tiendo: the log does not verify: 1 findings");
    conn.batch_execute("UPDATE events SET reason = NULL").unwrap();

    // A head kept in a file, as it was logged, and one that is none.
    let head: String = {
        use diesel::prelude::*;
        use tiendo::db::schema::chain_heads;
        chain_heads::table.select(chain_heads::jws).order(chain_heads::n.desc()).first(&mut conn).unwrap()
    };
    let file = key.with_extension("head");
    std::fs::write(&file, format!("{head}\n")).unwrap();
    let (good, _, err) = verify(&scratch, key, &["--head", file.to_str().unwrap(), "--head", &head]);
    assert!(good, "{err}");
    let all = "DELETE FROM events; DELETE FROM event_seals; DELETE FROM chain_heads; \
        UPDATE event_chain SET n = 0, hash = '0000000000000000000000000000000000000000000000000000000000000000'";
    conn.batch_execute(all).unwrap();
    let (good, _, err) = verify(&scratch, key, &["--head", file.to_str().unwrap()]);
    assert!(!good && err.starts_with("cut: "), "{err}");
    let (good, _, err) = verify(&scratch, key, &["--head", "no.head.this"]);
    assert!(!good && err.starts_with("forged head: "), "{err}");
    std::fs::remove_file(file).unwrap();
}

#[test]
fn what_is_not_there_is_said_in_one_line_and_not_made() {
    let folder = std::env::temp_dir().join(format!("{}", tiendo::ids::Id::new()));
    std::fs::create_dir_all(&folder).unwrap();
    let (key, database) = (folder.join("x.key"), folder.join("x.db"));
    let run = |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tiendo"));
        let output = command
            .args(["audit", "verify", "--database-url", url, "--key-file"])
            .arg(&key)
            .output()
            .unwrap();
        assert!(!output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    let url = format!("sqlite://{}", database.display());
    let err = run(&url);
    assert!(err.lines().count() == 1 && err.contains("x.key"), "{err}");
    std::fs::write(&key, tiendo::auth::keys::Keys::generate().unwrap()).unwrap();
    let err = run(&url);
    assert!(err.lines().count() == 1 && err.contains("does not exist"), "{err}");
    assert!(!database.exists());
    drop(AnyConn::open(&url).unwrap());
    let err = run(&url);
    assert!(err.lines().count() == 1 && err.contains("tiendo migrate"), "{err}");
    std::fs::remove_dir_all(folder).unwrap();
}
