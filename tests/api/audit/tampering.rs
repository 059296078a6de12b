//! What is done to the log by whoever owns the database.

use super::Victim;
use diesel::{connection::SimpleConnection, prelude::*};
use tiendo::{
    db::{
        AnyConn,
        schema::{event_seals, events},
    },
    events::chain::{self, Stored},
};

fn changed(id: &str, n: usize) -> String {
    format!("changed: event {id} at position {n} is not what was sealed")
}

#[actix_web::test]
async fn what_nobody_touched_verifies() {
    let mut victim = Victim::new().await;
    assert!(victim.last() > 15, "{}", victim.last());
    assert_eq!(victim.after("SELECT 1"), Vec::<String>::new());
    let report = victim.world.verify(&[]);
    assert_eq!((report.sealed, report.unsealed), (report.checked, 0));
    assert!(report.heads >= 2, "{report:?}");
    assert!(report.values > 0, "names of accounts are compared too");
}

#[actix_web::test]
async fn a_changed_row_is_named_whatever_changed_in_it() {
    let mut victim = Victim::new().await;
    let n = 7;
    let id = victim.id(n).to_owned();
    for change in [
        "seq = seq + 100000",
        "tx = tx + 1",
        "occurred_at = occurred_at + 1",
        "recorded_at = recorded_at - 1",
        "imported_by = 'x'",
        "actor_user = 'x'",
        "acting_as = 'x'",
        "on_behalf_of = ''",
        "request_id = request_id || ' '",
        "root_unit = 'x'",
        "unit_id = 'x'",
        "unit_path = unit_path || '/'",
        "kind = upper(kind)",
        "subject_type = 'task'",
        "subject_id = upper(subject_id)",
        "subject_version = subject_version + 1",
        "changes = '{}'",
        "reason = ''",
    ] {
        let found = victim.after(&format!("UPDATE events SET {change} WHERE id = '{id}'"));
        assert_eq!(found, [changed(&id, n)], "{change}");
    }
    for change in ["hash = prev_hash", "prev_hash = hash"] {
        let found = victim.after(&format!("UPDATE event_seals SET {change} WHERE n = {n}"));
        assert!(found.iter().any(|line| line.contains(&format!("position {n} "))), "{change}: {found:?}");
    }
    // Its id is what the seal knows it by: it is gone, and something unsealed is there.
    let found = victim.after(&format!("UPDATE events SET id = 'x' WHERE id = '{id}'"));
    let removed = format!("removed: event {id} at position {n} is gone");
    assert_eq!(
        found,
        [removed, format!("unsealed: event x has no seal, but stands before position {}", n + 1)]
    );
    // The last one, behind which nothing follows.
    let (last, id) = (victim.last(), victim.id(victim.last()).to_owned());
    let found = victim.after(&format!("UPDATE events SET reason = 'x' WHERE id = '{id}'"));
    assert_eq!(found, [changed(&id, last)]);
}

#[actix_web::test]
async fn removed_rows_are_named() {
    let mut victim = Victim::new().await;
    let (a, b, c) = (victim.id(5).to_owned(), victim.id(6).to_owned(), victim.id(9).to_owned());
    let found = victim.after(&format!("DELETE FROM events WHERE id = '{a}'"));
    assert_eq!(found, [format!("removed: event {a} at position 5 is gone")]);
    let found = victim.after(&format!("DELETE FROM events WHERE id IN ('{a}', '{b}', '{c}')"));
    let range = format!("removed: the events from {a} at position 5 to {b} at position 6 are gone");
    assert_eq!(found, [range, format!("removed: event {c} at position 9 is gone")]);
    // With the seal only the position is left to tell.
    let both = format!("DELETE FROM events WHERE id = '{a}'; DELETE FROM event_seals WHERE n = 5");
    assert_eq!(victim.after(&both), ["removed: event (its seal too) at position 5 is gone"]);
    // A seal alone: the event is there, unsealed among sealed ones.
    let found = victim.after("DELETE FROM event_seals WHERE n = 5");
    let gone = "removed: event (its seal too) at position 5 is gone".to_owned();
    assert_eq!(found, [gone, format!("unsealed: event {a} has no seal, but stands before position 6")]);
}

#[actix_web::test]
async fn a_cut_tail_is_named_as_long_as_any_head_is_left() {
    let mut victim = Victim::new().await;
    let last = victim.last();
    let (from, a, b) = (last - 2, victim.id(last - 2).to_owned(), victim.id(last).to_owned());
    let cut = |first: &str, end: &str| {
        format!(
            "cut: the log should go on to position {last}, but the events from {first} at position {from} to \
             {end} at position {last} are gone"
        )
    };
    let events =
        format!("DELETE FROM events WHERE id IN (SELECT event_id FROM event_seals WHERE n >= {from});");
    assert_eq!(victim.after(&events), [cut(&a, &b)]);
    let seals = format!("{events} DELETE FROM event_seals WHERE n >= {from};");
    // The head knows the last one.
    assert_eq!(victim.after(&seals), [cut("(its seal too)", &b)]);
    let back = format!(
        "{seals} UPDATE event_chain SET n = {before}, hash = (SELECT hash FROM event_seals WHERE n = {before});",
        before = from - 1
    );
    assert_eq!(victim.after(&back), [cut("(its seal too)", &b)]);
    // Without its heads the database tells of nothing any more; a head kept elsewhere does.
    let all = format!("{back} DELETE FROM chain_heads WHERE n >= {from};");
    assert_eq!(victim.after(&all), Vec::<String>::new());
    let root = victim.world.root().await;
    let newest = root.get("/api/v1/audit/heads?limit=1").await.expect(200);
    let jws = newest.body["items"][0]["jws"].as_str().unwrap().to_owned();
    let found = victim.after_doing(&[jws], |conn| conn.batch_execute(&all).unwrap());
    assert_eq!(found, [cut("(its seal too)", &b)]);
}

#[actix_web::test]
async fn swapped_rows_are_named_together() {
    let mut victim = Victim::new().await;
    for (n, m) in [(5, 6), (4, 11)] {
        let (a, b) = (victim.id(n).to_owned(), victim.id(m).to_owned());
        let swapped = format!(
            "swapped: event {a} at position {n} and event {b} at position {m} stand in each other's place"
        );
        let value = |column: &str, id: &str| format!("(SELECT {column} FROM events WHERE id = '{id}')");
        let seqs = format!(
            "CREATE TEMPORARY TABLE was AS SELECT id, tx, seq FROM events WHERE id IN ('{a}', '{b}');
             UPDATE events SET seq = -seq WHERE id IN ('{a}', '{b}');
             UPDATE events SET tx = (SELECT tx FROM was WHERE was.id = '{b}'),
                seq = (SELECT seq FROM was WHERE was.id = '{b}') WHERE id = '{a}';
             UPDATE events SET tx = (SELECT tx FROM was WHERE was.id = '{a}'),
                seq = (SELECT seq FROM was WHERE was.id = '{a}') WHERE id = '{b}'; DROP TABLE was"
        );
        assert_eq!(victim.after(&seqs), [swapped.as_str()], "places of {n} and {m}");
        let names = format!(
            "UPDATE events SET id = 'x' WHERE id = '{a}'; UPDATE events SET id = '{a}' WHERE id = '{b}';
             UPDATE events SET id = '{b}' WHERE id = 'x'"
        );
        assert_eq!(victim.after(&names), [swapped.as_str()], "ids of {n} and {m}");
        let seals = format!(
            "UPDATE event_seals SET event_id = 'x' WHERE n = {n}; UPDATE event_seals SET event_id = '{a}'
             WHERE n = {m}; UPDATE event_seals SET event_id = '{b}' WHERE n = {n}"
        );
        let swapped_seals = format!(
            "swapped: event {b} at position {n} and event {a} at position {m} stand in each other's place"
        );
        assert!(victim.after(&seals).contains(&swapped_seals), "seals of {n} and {m}");
        // One content for two: nothing was exchanged.
        let copied =
            format!("UPDATE events SET request_id = 'x', reason = {} WHERE id = '{a}'", value("kind", &b));
        assert_eq!(victim.after(&copied), [changed(&a, n)]);
    }
    // All but id and place is exchanged between two tasks just created.
    let (n, m) = (victim.last() - 3, victim.last() - 1);
    let (a, b) = (victim.id(n).to_owned(), victim.id(m).to_owned());
    let contents = format!(
        "CREATE TEMPORARY TABLE was AS SELECT id, request_id, subject_id, changes FROM events;
         UPDATE events SET (request_id, subject_id, changes) =
            (SELECT request_id, subject_id, changes FROM was WHERE was.id = '{b}') WHERE id = '{a}';
         UPDATE events SET (request_id, subject_id, changes) =
            (SELECT request_id, subject_id, changes FROM was WHERE was.id = '{a}') WHERE id = '{b}';
         DROP TABLE was"
    );
    let swapped = format!(
        "swapped: event {a} at position {n} and event {b} at position {m} stand in each other's place"
    );
    assert_eq!(victim.after(&contents), [swapped]);
}

/// Makes the seals anew from a position on, as the service would.
fn reseal(conn: &mut AnyConn, from: i64, to: i64) {
    for n in from..=to {
        let event: Stored = event_seals::table
            .inner_join(events::table.on(events::id.eq(event_seals::event_id)))
            .filter(event_seals::n.eq(n))
            .select(events::all_columns)
            .first(conn)
            .unwrap();
        let before = event_seals::table.find(n - 1).select(event_seals::hash);
        let before: String = before.first(conn).unwrap();
        let hash = chain::hash(n, &before, &event);
        diesel::update(event_seals::table.find(n))
            .set((event_seals::prev_hash.eq(before), event_seals::hash.eq(hash)))
            .execute(conn)
            .unwrap();
    }
}

#[actix_web::test]
async fn a_chain_made_anew_does_not_fit_what_was_signed() {
    let mut victim = Victim::new().await;
    let (last, id) = (i64::try_from(victim.last()).unwrap(), victim.id(8).to_owned());
    let lie = format!("UPDATE events SET reason = 'x' WHERE id = '{id}'");
    let found = victim.after_doing(&[], |conn| {
        conn.batch_execute(&lie).unwrap();
        reseal(conn, 8, 8);
    });
    let resealed =
        format!("resealed: event {id} at position 8 was sealed anew, the next one does not follow it");
    assert_eq!(found, [resealed]);
    let found = victim.after_doing(&[], |conn| {
        conn.batch_execute(&lie).unwrap();
        reseal(conn, 8, last);
        let end = "UPDATE event_chain SET hash = (SELECT hash FROM event_seals WHERE event_seals.n = event_chain.n)";
        conn.batch_execute(end).unwrap();
    });
    assert!(!found.is_empty() && found.iter().all(|line| line.starts_with("rewritten: ")), "{found:?}");
    let end = victim.id(victim.last());
    assert!(found.last().unwrap().contains(&format!("event {end} at position {last}")), "{found:?}");
    // The note of the end is no proof, but it should fit too.
    let found = victim.after("UPDATE event_chain SET hash = 'x'");
    let note = format!("changed end: the note of the chain's end does not fit the seal at position {last}");
    assert_eq!(found, [note]);
}

#[actix_web::test]
async fn what_is_slipped_in_has_no_seal() {
    let mut victim = Victim::new().await;
    let at = victim.id(6).to_owned();
    let insert = |place: &str| {
        format!(
            "INSERT INTO events (tx, seq, id, occurred_at, recorded_at, request_id, unit_path, kind, subject_type,
                subject_id, subject_version, changes)
             SELECT {place}, 'x', occurred_at, recorded_at, 'x', '', kind, subject_type, subject_id, 9, '{{}}'
             FROM events WHERE id = '{at}'"
        )
    };
    let found = victim.after(&insert("tx, -seq"));
    let unsealed = "unsealed: event x has no seal, but stands before position ";
    assert!(found.len() == 1 && found[0].starts_with(unsealed), "{found:?}");
    // At the end it waits for its seal like any other.
    assert_eq!(victim.after(&insert("tx + 1000000, seq + 1000000")), Vec::<String>::new());
}

#[actix_web::test]
async fn a_changed_personal_value_is_named_and_an_erased_one_is_not_missed() {
    let mut victim = Victim::new().await;
    let found =
        victim.after("UPDATE personal_values SET value = '\"Trần Thị Lan\"' WHERE field = 'display_name'");
    assert!(!found.is_empty() && found.iter().all(|line| line.starts_with("changed value: ")), "{found:?}");
    assert!(!victim.after("UPDATE personal_values SET salt = 'x'").is_empty());
    assert_eq!(victim.after("DELETE FROM personal_values"), Vec::<String>::new());
}
