//! How long the matrix of a hundred documents and 240 units takes, whatever other tasks there are.

mod ground;

use crate::harness::World;
use actix_web::{
    body::to_bytes,
    test::{TestRequest, call_service, init_service},
};
use diesel::{dsl::sql, prelude::*, sql_types::BigInt};
use ground::Ground;
use serde_json::Value;
use std::time::{Duration, Instant};
use tiendo::{app::build, db::Backend};

/// The quickest of some answers to a question, and the last of them.
async fn time(world: &World, question: &str) -> (Duration, Value, usize) {
    // Not through the harness: it holds every answer against the OpenAPI document.
    let service = init_service(build(world.shared.clone())).await;
    let token = format!("Bearer {}", world.as_("leader@D").await.token().unwrap());
    let path = format!("/api/v1/reports/coverage?{question}");
    let (mut best, mut told, mut size) = (Duration::MAX, Value::Null, 0);
    for _ in 0..3 {
        let request = TestRequest::get().uri(&path).insert_header(("authorization", token.clone()));
        let begun = Instant::now();
        let response = call_service(&service, request.to_request()).await;
        let status = response.status();
        let body = to_bytes(response.into_body()).await.ok().unwrap();
        best = best.min(begun.elapsed());
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&body));
        (told, size) = (serde_json::from_slice(&body).unwrap(), body.len());
    }
    (best, told, size)
}

/// Asks for the whole and prints how long it took.
async fn whole(world: &World, name: &str, tasks: usize) -> Duration {
    let (took, told, size) = time(world, "limit=100").await;
    println!("{name:>44}: {:>6} ms, {} KB", took.as_millis(), size / 1000);
    assert_eq!(told["rows"].as_array().unwrap().len(), ground::PAIRS);
    assert_eq!(told["total"]["tasks"], tasks);
    assert!(told["next_cursor"].is_null());
    took
}

/// How many rows were read by scans of whole tables that grow with what is not asked for. Only PostgreSQL
/// counts them.
async fn scanned(world: &World) -> i64 {
    // It counts when a transaction has ended, a second later at most.
    actix_web::rt::time::sleep(Duration::from_secs(2)).await;
    let count = |conn: &mut tiendo::db::AnyConn| {
        if conn.backend() == Backend::Sqlite {
            return Ok(0);
        }
        let read = "(SELECT CAST(sum(seq_tup_read) AS BIGINT) FROM pg_stat_user_tables
            WHERE schemaname = current_schema() AND relname IN ('tasks', 'task_states'))";
        Ok(diesel::select(sql::<BigInt>(read)).get_result(conn)?)
    };
    world.db.read(count).await.unwrap()
}

/// `cargo test --test api matrix_is_bound -- --ignored --nocapture`, and with `TEST_DATABASE_URL` too.
#[actix_web::test]
#[ignore = "minutes; measures times, so nothing else should run"]
async fn the_matrix_is_bound_by_its_answer_and_by_the_tasks_that_serve_it() {
    let world = World::new().await;
    world.as_("leader@D").await;
    let ground = Ground::new(&world);
    ground.papers(&world).await;
    whole(&world, "100 documents sent to 240 units", 0).await;
    ground.studies(&world).await;
    whole(&world, "with 24,000 studies", 0).await;
    ground.programmes(&world).await;
    whole(&world, "with 6,000 programmes", 0).await;
    let (mut done, mut took) = (0, Duration::ZERO);
    for serving in [25_000, 50_000, 100_000] {
        ground.tasks(&world, done..serving, true).await;
        took = whole(&world, &format!("with {serving} tasks that serve them"), serving).await;
        done = serving;
    }
    let small = format!("limit=100&unit_id={}", ground.branch());
    let (alone, told, _) = time(&world, &small).await;
    println!(
        "{:>44}: {:>6} ms, {} rows",
        "one branch of it",
        alone.as_millis(),
        told["rows"].as_array().unwrap().len()
    );
    let (past, ..) = time(&world, "limit=100&as_of=2023-10-01").await;
    println!("{:>44}: {:>6} ms", "a fortnight before", past.as_millis());
    let mut others = 0;
    for more in [100_000, 400_000] {
        ground.tasks(&world, others..more, false).await;
        let scans = scanned(&world).await;
        let now = whole(&world, &format!("and {more} tasks that serve nothing"), done).await;
        println!("{:>44}: {:.2}", "ratio", now.as_secs_f64() / took.as_secs_f64());
        assert!(now.as_secs_f64() <= 1.2 * took.as_secs_f64(), "{now:?} after {took:?}");
        assert_eq!(scanned(&world).await, scans, "a table was read to the end");
        others = more;
    }
}
