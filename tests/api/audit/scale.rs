//! How long a million events take.

use crate::scratch::Scratch;
use diesel::{connection::SimpleConnection, prelude::*};
use std::time::Instant;
use tiendo::{
    auth::keys::Keys,
    clock::Clock,
    db::{AnyConn, Backend, migrate, schema::events},
    events::{
        seal::{BATCH, batch},
        verify::verify,
    },
};

/// Events like those of tasks, about 800 bytes each, made by the database itself.
fn generate(conn: &mut AnyConn, many: i64) {
    let numbers = match conn.backend() {
        Backend::Sqlite => format!(
            "WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < {many})"
        ),
        Backend::Postgres => format!("WITH numbers (i) AS (SELECT generate_series(1, {many}))"),
    };
    let id = match conn.backend() {
        Backend::Sqlite => "printf('018b2c00-%04x-7000-8000-%012x', i / 65536, i)",
        Backend::Postgres => {
            "format('018b2c00-%s-7000-8000-%s', lpad(to_hex(i / 65536), 4, '0'), lpad(to_hex(i), 12, '0'))"
        }
    };
    let insert = format!(
        "INSERT INTO events (id, occurred_at, recorded_at, actor_user, acting_as, request_id, root_unit, unit_id,
            unit_path, kind, subject_type, subject_id, subject_version, changes, reason)
         {numbers} SELECT {id}, 1697346000000 + i, 1697346000000 + i, {id}, {id}, {id}, {id}, {id},
            '/' || {id} || '/' || {id} || '/' || {id} || '/', 'task.progress_reported', 'task', {id}, 3,
            '{{\"progress\":[20,45],\"status\":[\"accepted\",\"in_progress\"],\"last_reported_on\":[null,\"2023-10-15\"]}}',
            'Đã vận động nhân dân hiến đất, hoàn thành hai trong ba tuyến đường' FROM numbers"
    );
    conn.batch_execute(&insert).unwrap();
}

/// `cargo test --release --test api million -- --ignored --nocapture`, and with `TEST_DATABASE_URL` too.
#[test]
#[ignore = "minutes; asks for a release build"]
fn a_million_events_are_sealed_and_verified() {
    let many = std::env::var("TIENDO_EVENTS").map_or(1_000_000, |many| many.parse().unwrap());
    let scratch = Scratch::new();
    migrate::run(&scratch.url).unwrap();
    let mut conn = AnyConn::open(&scratch.url).unwrap();
    let begun = Instant::now();
    generate(&mut conn, many);
    let bytes: Vec<i32> = events::table
        .select(diesel::dsl::sql::<diesel::sql_types::Integer>(
            "length(changes) + length(reason) + length(unit_path) + 36 * 8",
        ))
        .limit(1)
        .load(&mut conn)
        .unwrap();
    println!("{many} events of about {} characters made in {:?}", bytes[0], begun.elapsed());
    let (keys, clock) = (Keys::from_pem(&Keys::generate().unwrap()).unwrap(), Clock::real());
    let begun = Instant::now();
    loop {
        conn.batch_execute(if conn.backend() == Backend::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" })
            .unwrap();
        let sealed = batch(&mut conn, BATCH, clock.system(), true, &|head| keys.sign_head(head)).unwrap();
        conn.batch_execute("COMMIT").unwrap();
        if !sealed.more {
            break;
        }
    }
    println!("sealed in {:?}", begun.elapsed());
    let mut conn = AnyConn::open_to_read(&scratch.url).unwrap();
    let begun = Instant::now();
    let report = verify(&mut conn, &[], &|jws| keys.open_head(jws)).unwrap();
    let took = begun.elapsed();
    println!("verified in {took:?}: {report:?}");
    assert_eq!((report.checked, report.unsealed, report.broken.len()), (many, 0, 0));
    assert!(cfg!(debug_assertions) || took.as_secs() < 30);
}
